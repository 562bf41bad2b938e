"""Whole numbers nearest to points under sums: the programmes that `whole_numbers` is made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, hstack, vstack

from clusteratlas.analysis.cells.completion import SLACK, Completed
from clusteratlas.analysis.cells.programs import LinearProgram, optimum
from clusteratlas.vocabulary.arrays import FloatArray, IntArray

_WHOLE = 1e-5
"""What the simplex method ends in is whole if it is no farther from it; it works with 1e-7."""


@dataclass(frozen=True)
class Totals:
    """Sums over areas: of each group, and of all of them last."""

    over: csr_array
    """Matrix that adds areas up, shape (groups + 1, areas)."""
    low: FloatArray
    """Shape (groups + 1, industries)."""
    high: FloatArray

    @classmethod
    def of(cls, found: Completed) -> Totals:
        """Take the totals of completed cells."""
        areas = len(found.low) - 1
        whole = csr_array(np.ones((1, areas)))
        if found.groups is None:
            return cls(whole, found.low[-1:], found.high[-1:])
        groups = found.groups
        inside = np.flatnonzero(groups.of >= 0)
        shape = (len(groups.names), areas)
        matrix = csr_array((np.ones(len(inside)), (groups.of[inside], inside)), shape=shape)
        return cls(
            vstack([matrix, whole], format="csr"),
            np.vstack([groups.low, found.low[-1:]]),
            np.vstack([groups.high, found.high[-1:]]),
        )

    def of_columns(self, area: IntArray, column: IntArray, columns: int) -> csr_array:
        """Matrix that adds cells up to each total in each column, shape (totals, columns)."""
        of_cells = self.over[:, area].tocoo()
        total, cell = of_cells.coords
        rows = total.astype(np.int64) * columns + column[cell]
        shape = (self.over.shape[0] * columns, len(area))
        return csr_array((np.ones(len(cell)), (rows, cell)), shape=shape)


def nearest(
    point: FloatArray,
    low: FloatArray,
    high: FloatArray,
    sums: csr_array,
    least: FloatArray,
    most: FloatArray,
) -> FloatArray | None:
    """Give the whole numbers nearest to points within bounds whose sums are within others.

    ``x = base + step + more - less``: the step from the number below a point to the one above costs
    what it is farther or nearer, each further one its whole length.
    """
    low, high = np.ceil(low - SLACK), np.floor(high + SLACK)
    point = np.clip(point, low, high)
    base = np.clip(np.floor(point), low, high)
    weight = 1.0 / (1.0 + point)
    room = high - base
    moved = sums @ base
    columns = sums.tocsc()
    program = LinearProgram(
        cost=np.concatenate([weight * (1.0 - 2.0 * (point - base)), weight, weight]),
        matrix=hstack([columns, columns, -columns], format="csc"),
        least=np.ceil(least - SLACK) - moved,
        most=np.floor(most + SLACK) - moved,
        upper=np.concatenate([np.minimum(room, 1.0), np.maximum(room - 1.0, 0.0), base - low]),
    )
    # What is whole by itself is found without being asked for, which is much faster.
    for whole in (False, True):
        solved = optimum(program, whole=whole)
        if solved is None:
            return None
        steps = np.asarray(np.rint(solved), dtype=np.float64)
        if np.abs(solved - steps).max() <= _WHOLE:
            break
    step, more, less = np.split(steps, 3)
    return np.asarray(base + step + more - less, dtype=np.float64)


def indicator(group: IntArray, size: int) -> csr_array:
    """Matrix that adds the values of each group, shape (size, values)."""
    ones = np.ones(len(group))
    return csr_array((ones, (group, np.arange(len(group)))), shape=(size, len(group)))
