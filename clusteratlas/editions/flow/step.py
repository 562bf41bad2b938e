"""A step: a function whose name is what it makes and whose parameters name what it needs."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import pandas as pd

Made = TypeVar("Made", bound=Callable[..., Any])
Collect = Callable[[Mapping[str, Any]], Any]


@dataclass(frozen=True)
class Step:
    """One function of a flow; see :func:`step`."""

    name: str
    make: Callable[..., Any]
    needs: tuple[str, ...]
    over: str | None
    fixed: frozenset[str]
    collect: Collect
    keep: bool
    parallel: bool
    layers: tuple[str, ...]
    is_table: bool

    @property
    def summary(self) -> str:
        """First line of the function's docstring."""
        return (inspect.getdoc(self.make) or "").partition("\n")[0]


_STEPS: dict[Callable[..., Any], Step] = {}


def step(
    *,
    name: str = "",
    over: str | None = None,
    fixed: Sequence[str] = (),
    collect: Collect = dict,
    keep: bool = False,
    parallel: bool = False,
    layers: Sequence[str] = (),
    is_table: bool = False,
) -> Callable[[Made], Made]:
    """Declare a function as a step. It stays a plain function, which a test calls by hand.

    Parameters
    ----------
    name
        What other functions need it by; without it the name of the function.
    over
        Axis of the flow: the step is made once for each entry (each set of definitions, each
        year), with the entry's own givens in the place of the recipe's. A step of the same axis
        gets the entry's result; any other one gets what ``collect`` makes of all of them.
    fixed
        Parameters that are taken as they are outside of the axis, for example the clusters in
        whose terms every year is measured.
    collect
        Makes one result of the results by entry; else they come as a dict.
    keep
        Keep the result on disk. The results of steps that are not kept are computed when a step
        that is not at hand needs them.
    parallel
        Entries of the axis are computed side by side where all of them are asked for, each in a
        process of its own and with one thread for linear algebra. The function must be one that a
        new process can import; what it takes and gives is pickled. Only with ``over`` and
        ``keep``.
    layers
        Sub-packages whose source text the kept result depends on, or folders of them
        (``analysis/cells``); without them all that compute an edition.
    is_table
        The result is the table of that name.

    Raises
    ------
    ValueError
        If it is parallel, but over no axis or not kept.
    """
    if parallel and not (over and keep):
        raise ValueError("a parallel step is over an axis and kept")

    def declare(function: Made) -> Made:
        _STEPS[function] = Step(
            name or function.__name__,
            function,
            tuple(inspect.signature(function).parameters),
            over,
            frozenset(fixed),
            collect,
            keep,
            parallel,
            tuple(layers),
            is_table,
        )
        return function

    return declare


def table(
    *, name: str = "", over: str | None = None, fixed: Sequence[str] = (), keep: bool = False
) -> Callable[[Made], Made]:
    """Declare a function as the step that makes a table: that of ``name``, else of its own name.

    Over an axis the table is the frames of all entries, one below the other; an entry whose
    function gives None has no rows.
    """
    return step(name=name, over=over, fixed=fixed, collect=_stacked, keep=keep, is_table=True)


def _stacked(found: Mapping[str, pd.DataFrame | None]) -> pd.DataFrame:
    parts = [frame for frame in found.values() if frame is not None]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()


def steps_of(*packages: str) -> list[Step]:
    """Every step that is declared in some packages, or in modules of that name.

    Raises
    ------
    ValueError
        If two have one name.
    """
    names: list[str] = []
    for package in packages:
        module = importlib.import_module(package)
        inside = getattr(module, "__path__", None)
        names += [package]
        names += [m.name for m in pkgutil.walk_packages(inside, f"{package}.")] if inside else []
    found: dict[str, Step] = {}
    for name in names:
        for value in vars(importlib.import_module(name)).values():
            declared = _STEPS.get(value) if inspect.isfunction(value) else None
            if declared is None or value.__module__ != name:
                continue
            if declared.name in found:
                raise ValueError(f"two steps are called {declared.name}: one is in {name}")
            found[declared.name] = declared
    return list(found.values())
