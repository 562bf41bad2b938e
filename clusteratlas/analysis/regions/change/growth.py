"""Growth between two years, and what of it figures between bounds allow.

Arguments and results are arrays of one shape. A start of zero has no growth: NaN, never an error.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from clusteratlas.analysis.regions.performance import yearly_growth
from clusteratlas.vocabulary.arrays import FloatArray


def growth_bounds(
    start_low: ArrayLike,
    start_high: ArrayLike,
    end_low: ArrayLike,
    end_high: ArrayLike,
    years: int,
) -> tuple[FloatArray, FloatArray]:
    """Least and greatest yearly growth of figures between bounds.

    Parameters
    ----------
    start_low, start_high, end_low, end_high
        Bounds at the start and the end.
    years
        Years between them.

    Returns
    -------
    Low and high. The high is NaN where there may have been nothing at the start: growth has no
    bound then.
    """
    return (
        yearly_growth(start_high, end_low, years),
        yearly_growth(start_low, end_high, years),
    )


def difference_bounds(
    start_low: ArrayLike, start_high: ArrayLike, end_low: ArrayLike, end_high: ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Least and greatest difference of figures between bounds.

    Parameters
    ----------
    start_low, start_high, end_low, end_high
        Bounds at the start and the end, of any unit.

    Returns
    -------
    ``end_low - start_high`` and ``end_high - start_low``.
    """
    least, most, lowest, highest = _arrays(start_low, start_high, end_low, end_high)
    return lowest - most, highest - least


def expected_jobs(start: ArrayLike, nation_start: ArrayLike, nation_end: ArrayLike) -> FloatArray:
    """Jobs if a cluster had grown as in the nation: ``E0 * N1 / N0``.

    Parameters
    ----------
    start
        Jobs of the region at the start.
    nation_start, nation_end
        Jobs of the cluster in the nation.

    Returns
    -------
    Jobs; NaN where the nation had none.

    References
    ----------
    U.S. Cluster Mapping Project: job creation against expectation is ``E1`` less this.
    """
    first, before, after = _arrays(start, nation_start, nation_end)
    rate = np.divide(after, before, out=np.full(after.shape, np.nan), where=before > 0)
    return np.asarray(first * rate, dtype=np.float64)


def _arrays(*values: ArrayLike) -> tuple[FloatArray, ...]:
    return tuple(np.broadcast_arrays(*(np.asarray(v, dtype=np.float64) for v in values)))
