"""One thread for arithmetic whose last bits decide: results must not depend on the cores."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from threadpoolctl import threadpool_limits

_WITH_THREADS = ("numpy.linalg", "scipy.linalg", "scipy.sparse.linalg", "sklearn.cluster")
"""Libraries that bring threads of their own."""


def hold_to_one_thread() -> Any:
    """Keep linear algebra on one thread from now on; give what lifts the limit.

    A limit holds only those libraries that are loaded already, so all of them are loaded first.
    """
    for name in _WITH_THREADS:
        importlib.import_module(name)
    return threadpool_limits(limits=1)


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep the linear algebra of a call on one thread; also a decorator.

    Sums over several threads end in other last bits, and where industries are nearly tied those
    decide who is clustered first. Threads of our own, each with a task of its own, are no matter.
    """
    with hold_to_one_thread():
        yield
