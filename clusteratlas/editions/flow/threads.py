"""One thread for arithmetic whose last bits decide: results must not depend on the cores."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from threadpoolctl import threadpool_limits


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep the linear algebra of a call on one thread; also a decorator.

    Sums over several threads end in other last bits, and where industries are nearly tied those
    decide who is clustered first. Threads of our own, each with a task of its own, are no matter.
    """
    with threadpool_limits(limits=1):
        yield
