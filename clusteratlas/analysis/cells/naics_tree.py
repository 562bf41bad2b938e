"""Cells of many areas as NAICS trees: parents, levels, and sums over children.

The NAICS tree can be read off the codes: 325414 lies in 32541, that in 3254, 325, the sector 31-33
and the total.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusteratlas.analysis.checks import require_unique
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import BoolArray, FloatArray, IntArray
from clusteratlas.vocabulary.naics import naics_level, naics_parent


def group_sums(group: NDArray[Any], values: NDArray[Any], size: int) -> FloatArray:
    """Sum of `values` by group; groups are numbered 0 to ``size - 1``.

    Parameters
    ----------
    group
        Number of each value's group, shape (n,).
    values
        Shape (n,), any unit.
    size
        How many groups there are.

    Returns
    -------
    Shape (size,), in the unit of the values; 0 for a group without values.
    """
    return np.asarray(np.bincount(group, weights=values, minlength=size), dtype=np.float64)


class CellTree:
    """Cells of many areas as trees of row numbers.

    An absent level is skipped: the parent of a row is the nearest industry above that its area
    has.

    Attributes
    ----------
    areas
        The areas, sorted.
    levels
        Digits of each row's code.
    parent
        Row of the parent; -1 for roots.
    roots
        Rows without a parent.
    steps
        Rows with a parent by depth, parents before children.
    """

    def __init__(self, cells: pd.DataFrame) -> None:
        require_unique(cells, ["area", "naics"])
        area, areas = pd.factorize(cells["area"], sort=True)
        code, codes = pd.factorize(cells["naics"], sort=True)
        self.areas = np.asarray(areas, dtype=object)
        self.code: IntArray = code.astype(np.int64)
        self._area: IntArray = area.astype(np.int64)
        # All ancestors get a number, even those that no area has, so that levels can be skipped.
        self._number: dict[str, int] = {str(name): i for i, name in enumerate(codes)}
        above: list[int] = []
        names = [str(name) for name in codes]
        for name in names:
            up = naics_parent(name)
            if up is not None and up not in self._number:
                self._number[up] = len(names)
                names.append(up)
            above.append(-1 if up is None else self._number[up])
        self.names = names
        self.above: IntArray = np.array(above, dtype=np.int64)
        self.levels: IntArray = np.array([naics_level(name) for name in names], dtype=np.int64)[
            self.code
        ]
        self._row = np.full((len(areas), len(names)), -1, dtype=np.int32)
        self._row[self._area, self.code] = np.arange(len(cells), dtype=np.int32)
        self.parent: IntArray = self._lookup(self._area, self.above[self.code])[0]
        self.roots = self.parent < 0
        self.steps: list[IntArray] = self._by_depth()

    def _lookup(self, area: NDArray[Any], code: NDArray[Any]) -> tuple[IntArray, IntArray]:
        """Row of the nearest published industry at or above `code`, and that industry; or -1."""
        code = code.copy()
        while True:
            row = np.where(code >= 0, self._row[area, code], -1)
            climb = (row < 0) & (code >= 0)
            if not climb.any():
                return row.astype(np.int64), code
            code[climb] = self.above[code[climb]]

    def _by_depth(self) -> list[IntArray]:
        """Rows with a parent, parents before children."""
        depth = np.zeros(len(self.parent), dtype=np.int8)
        up = self.parent
        while (up >= 0).any():
            depth += up >= 0
            up = np.where(up >= 0, self.parent[up], -1)
        return [np.flatnonzero(depth == d) for d in range(1, int(depth.max(initial=0)) + 1)]

    def sum_to_parents(self, rows: IntArray, values: FloatArray) -> FloatArray:
        """Sum of `values` over those of the `rows` that are children, for every row."""
        return group_sums(self.parent[rows], values[rows], len(self.parent))

    def all_below(self, leaf: BoolArray) -> BoolArray:
        """Rows that are in `leaf`, or have children that all are so."""
        known = leaf.copy()
        for rows in reversed(self.steps):
            children = self.sum_to_parents(rows, np.ones(len(known)))
            open_ = self.sum_to_parents(rows, (~known).astype(np.float64))
            known |= (children > 0) & (open_ == 0)
        return known

    def spread(self, by_code: Mapping[str, float] | pd.Series) -> FloatArray:
        """Value of each row's industry, or of the nearest industry above that has one."""
        given = dict(by_code)
        values = np.full(len(self.names), np.nan)
        for i, name in enumerate(self.names):
            at: str | None = name
            while at is not None and not np.isfinite(given.get(at, np.nan)):
                at = naics_parent(at)
            if at is not None:
                values[i] = given[at]
        out = values[self.code]
        if np.isnan(out).any():
            lost = sorted({self.names[i] for i in self.code[np.isnan(out)]})
            raise AnalysisError(
                f"no national jobs per establishment for {', '.join(lost[:5])}",
                hint="give a value for 'total', which stands in for any industry without one",
            )
        return out

    def nearest(self, members: list[str]) -> tuple[IntArray, BoolArray]:
        """Row at or above each member, areas x members (-1: none), and whether it is its own."""
        numbers = []
        for member in members:
            at: str | None = member
            while at is not None and at not in self._number:
                at = naics_parent(at)
            numbers.append(-1 if at is None else self._number[at])
        known = np.array([member in self._number for member in members], dtype=bool)
        number = np.array(numbers, dtype=np.int64)
        area = np.repeat(np.arange(len(self.areas)), len(members))
        wanted = np.tile(number, len(self.areas))
        row, code = self._lookup(area, wanted)
        own = (code == wanted) & (row >= 0) & np.tile(known, len(self.areas))
        shape = (len(self.areas), len(members))
        return row.reshape(shape), own.reshape(shape)
