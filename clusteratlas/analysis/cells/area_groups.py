"""Areas that are published together as well: counties of metropolitan areas within a state."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clusteratlas.vocabulary.arrays import BoolArray, FloatArray, IntArray

_SLACK = 1e-6
"""As :data:`clusteratlas.analysis.cells.completion.SLACK`, which builds on this module."""


@dataclass(frozen=True)
class AreaGroups:
    """Groups of areas, each with bounds of its own; no area is in two, and none is empty."""

    names: tuple[str, ...]
    of: IntArray
    """Group of each area, -1 for none; shape (areas,)."""
    low: FloatArray
    """Shape (groups, industries), as the next one."""
    high: FloatArray
    aim: FloatArray | None = None
    """What a group is likely to be where its bounds leave room, missing where nobody knows: points
    are fitted to it, and bounds are not touched."""

    @property
    def certain(self) -> BoolArray:
        """Cells of which only one value is possible."""
        return self.high - self.low <= _SLACK

    def wanted(self) -> tuple[FloatArray, FloatArray]:
        """Between what points are to be: the bounds, or the aim within them."""
        if self.aim is None:
            return self.low, self.high
        known = ~np.isnan(self.aim)
        aim = np.clip(np.where(known, self.aim, 0.0), self.low, self.high)
        return np.where(known, aim, self.low), np.where(known, aim, self.high)

    def add_up(self, values: FloatArray) -> FloatArray:
        """Sum areas, shape (areas, columns), to groups, shape (groups, columns)."""
        order, first = _side_by_side(self.of)
        return np.asarray(np.add.reduceat(values[order], first, axis=0), dtype=np.float64)

    def scale(self, values: FloatArray, factor: FloatArray) -> FloatArray:
        """Multiply areas by a factor of their group, shape (groups, columns); others stay."""
        out = values.copy()
        inside = self.of >= 0
        out[inside] *= factor[self.of[inside]]
        return out


def _side_by_side(groups: IntArray) -> tuple[IntArray, IntArray]:
    """Give areas that are in a group, those of one side by side, and where each group begins."""
    order = np.argsort(groups, kind="stable")[int((groups < 0).sum()) :]
    return order, np.unique(groups[order], return_index=True)[1]


def sums_of_rows(rows: int, groups: IntArray | None) -> list[tuple[IntArray, IntArray, IntArray]]:
    """Give the sums over rows of bounds: parts side by side, where each sum begins, the sums.

    Parameters
    ----------
    rows
        Of areas, then of groups, then of the whole.
    groups
        Group of each area, -1 for none; without, all rows but the last are areas.

    Returns
    -------
    First the sums to groups, then the one to the whole, of groups and of areas in none.
    """
    whole, start = np.array([rows - 1]), np.zeros(1, dtype=np.int64)
    if groups is None:
        return [(np.arange(rows - 1), start, whole)]
    own = np.arange(len(groups), rows - 1)
    return [
        (*_side_by_side(groups), own),
        (np.concatenate([np.flatnonzero(groups < 0), own]), start, whole),
    ]
