"""Completed cells carried to other areas, or to other industries, with what is certain of them.

Points are divided in whole numbers, so that nothing is lost. Of a cell that is divided nobody knows
how: each part may be none of it or all, and its bounds say so. What holds several parts together,
such as a state or a parent industry, keeps the bounds that it had.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusteratlas.analysis.cells.completion import IndustryTree
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray
from clusteratlas.vocabulary.naics import TOTAL, naics_ancestors

Grids = Mapping[str, NDArray[Any]]
"""Of each figure the point under its name, ``_low`` and ``_high``; rows are areas, columns the
industries of a tree."""

_SIX = 6
_STATE = 2
"""Digits of an industry without parts, and of a state."""


def whole_parts(values: NDArray[Any], shares: FloatArray) -> FloatArray:
    """Divide whole numbers by shares, by the method of largest remainders.

    Parameters
    ----------
    values
        Shape (n,).
    shares
        Shape (k,), adding to 1.

    Returns
    -------
    Whole numbers of shape (k, n); each column adds to its value.
    """
    exact = shares[:, None] * values
    parts = np.floor(exact)
    left = values - parts.sum(axis=0)
    rank = np.argsort(np.argsort(parts - exact, axis=0, kind="stable"), axis=0)
    found: FloatArray = parts + (rank < left)
    return found


def divided_areas(
    areas: Sequence[str],
    tree: IndustryTree,
    grids: Grids,
    shares: pd.DataFrame,
    measures: Mapping[str, str],
) -> tuple[tuple[str, ...], dict[str, NDArray[Any]]]:
    """Bring cells to the areas of another division of their states.

    Parameters
    ----------
    areas, tree, grids
        Counties and states (two digits), sorted so; industries; cells.
    shares
        As :func:`~clusteratlas.analysis.cells.overlaps.overlap_shares` gives them.
    measures
        Figures, and the measure by which each is divided.

    Returns
    -------
    The areas and cells after that. A new area has at most the sum of all that it overlaps and what
    its state has, and at least the sum of what lies wholly in it.

    Raises
    ------
    AnalysisError
        If there are areas of both divisions.
    """
    row = {area: k for k, area in enumerate(areas)}
    pairs = shares[shares["start"].isin(row)]
    ends = sorted(set(pairs["end"]))
    kept = [area for area in areas if area not in set(pairs["start"])]
    if both := sorted(set(kept) & set(ends)):
        raise AnalysisError(f"{both[0]} is there, and so are areas that overlap it")
    names = sorted({*kept, *ends}, key=lambda a: (len(a) == _STATE, a))
    place = {area: k for k, area in enumerate(names)}
    old, new = [row[a] for a in kept], [place[a] for a in kept]
    state = [row[end[:_STATE]] for end in ends]
    out = {}
    for figure, measure in measures.items():
        leaves = np.zeros((len(ends), len(tree.leaves)))
        low, high = (np.zeros((len(ends), len(tree.codes))) for _ in range(2))
        for start, own in pairs.groupby("start"):
            at, of = [ends.index(end) for end in own["end"]], row[str(start)]
            own_shares = own[measure].to_numpy(dtype=np.float64)
            leaves[at] += whole_parts(grids[figure][of, tree.leaves], own_shares)
            high[at] += grids[f"{figure}_high"][of]
            if len(own) == 1:
                low[at] += grids[f"{figure}_low"][of]
        high = np.minimum(high, grids[f"{figure}_high"][state])
        brought = {figure: tree.add_up(leaves), f"{figure}_low": low, f"{figure}_high": high}
        for name, cells in brought.items():
            grid = np.zeros((len(names), len(tree.codes)), grids[name].dtype)
            grid[new] = grids[name][old]
            grid[[place[end] for end in ends]] = cells
            out[name] = grid
    return tuple(names), out


def recoded_industries(
    areas: Sequence[str],
    tree: IndustryTree,
    grids: Grids,
    shares: pd.DataFrame,
    figures: Iterable[str],
) -> tuple[IndustryTree, dict[str, NDArray[Any]]]:
    """Bring cells to the industries of another NAICS.

    Parameters
    ----------
    areas, tree, grids
        As of :func:`divided_areas`; of a state all areas are there.
    shares
        As :func:`~clusteratlas.analysis.cells.bridge.bridge_shares` gives them. An industry without
        a row keeps its code.
    figures
        Names of the points.

    Returns
    -------
    The industries and cells after that. Parents of which all old and all new industries are the
    same keep their bounds.
    """
    codes = [tree.codes[leaf] for leaf in tree.leaves]
    to: dict[str, tuple[list[str], FloatArray]] = {c: ([c], np.ones(1)) for c in codes}
    for code, own in shares[shares["from_naics"].isin(codes)].groupby("from_naics"):
        to[str(code)] = (list(own["to_naics"]), own["share"].to_numpy(dtype=np.float64))
    new = IndustryTree(sorted({code for ends, _ in to.values() for code in ends}))
    place = {new.codes[leaf]: k for k, leaf in enumerate(new.leaves)}
    opened = {c for code, (ends, _) in to.items() for end in ends for c in _apart(code, end)}
    closed = [code for code in new.codes if code in tree.at and code not in opened]
    was, now = [tree.at[c] for c in closed], [new.at[c] for c in closed]
    in_state = _areas_by_state(areas)
    out: dict[str, NDArray[Any]] = {}
    for figure in figures:
        point, low, high = (np.zeros((len(areas), len(new.leaves))) for _ in range(3))
        for k, code in enumerate(codes):
            ends, share = to[code]
            at, column = [place[end] for end in ends], tree.leaves[k]
            point[:, at] += whole_parts(grids[figure][:, column], share).T
            high[:, at] += grids[f"{figure}_high"][:, [column]]
            if len(ends) == 1:
                low[:, at] += grids[f"{figure}_low"][:, [column]]
        for state, rows in in_state.items():
            point[state] = point[rows].sum(axis=0)
        kind = grids[figure].dtype
        out[figure] = new.add_up(point).astype(kind)
        for name, leaves in ((f"{figure}_low", low), (f"{figure}_high", high)):
            out[name] = _bounds(new, leaves, now, grids[name][:, was]).astype(kind)
    return new, out


def _areas_by_state(areas: Sequence[str]) -> dict[int, list[int]]:
    """Rows of the areas of each state, by the row of the state."""
    found: dict[int, list[int]] = {}
    for k, state in enumerate(areas):
        if len(state) == _STATE:
            inside = (len(a) > _STATE and a.startswith(state) for a in areas)
            found[k] = [row for row, is_in in enumerate(inside) if is_in]
    return found


def _apart(code: str, other: str) -> set[str]:
    """Give all that only one of two industries lies in."""
    return _above(code) ^ _above(other)


def _above(code: str) -> set[str]:
    return {TOTAL, *(naics_ancestors(code) if len(code) == _SIX else (code,))}


def _bounds(
    tree: IndustryTree, leaves: FloatArray, known: list[int], bounds: NDArray[Any]
) -> FloatArray:
    """Sum bounds of leaves to every industry, those of some known better."""
    out = np.zeros((len(leaves), len(tree.codes)))
    out[:, tree.leaves] = leaves
    out[:, known] = bounds
    better = set(known)
    for children, first, parents in tree.families:
        sums = np.add.reduceat(out[:, children], first, axis=1)
        open_ = np.array([k for k, parent in enumerate(parents) if parent not in better], dtype=int)
        out[:, parents[open_]] += sums[:, open_]
    return out
