"""Regions set beside each other: shares within bounds, and how far they differ."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from clusteratlas.analysis.regions.performance import private_wage
from clusteratlas.vocabulary.arrays import FloatArray


def bounded_share(jobs: ArrayLike, moved: ArrayLike, base: ArrayLike) -> FloatArray:
    """Share of a region's traded jobs, had one cluster other jobs: ``m / (E_T - E_c + m)``.

    Parameters
    ----------
    jobs, moved, base
        E_c the estimate, m its lowest or highest value, E_T the region's traded jobs; one shape.

    Returns
    -------
    Shares, 0..1, all else as it is estimated; 0 where there would be no jobs.
    """
    own, other, whole = (np.asarray(v, dtype=np.float64) for v in (jobs, moved, base))
    rest = np.maximum(whole - own, 0) + other
    return np.divide(other, rest, out=np.zeros(rest.shape), where=rest > 0)


def share_spread(
    shares: ArrayLike, low: ArrayLike, high: ArrayLike
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """How far the shares of each cluster lie apart among regions, and how far they may.

    ====================  =====================================================================
    spread                ``max_r s_cr - min_r s_cr``
    smallest              ``max(0, max_r low_cr - min_r high_cr)``
    largest               ``max_{r != q} (high_cr - low_cq)``, at least 0
    ====================  =====================================================================

    Parameters
    ----------
    shares, low, high
        Shares and their bounds, shape (clusters, regions); two regions at least.

    Returns
    -------
    Spread, smallest and largest, each of shape (clusters,).
    """
    value, least, most = (
        np.atleast_2d(np.asarray(v, dtype=np.float64)) for v in (shares, low, high)
    )
    spread = value.max(axis=1) - value.min(axis=1)
    smallest = np.maximum(0.0, least.max(axis=1) - most.min(axis=1))
    apart = most[:, :, None] - least[:, None, :]
    same = np.eye(value.shape[1], dtype=bool)
    largest = np.where(same, 0.0, apart).max(axis=(1, 2))
    return spread, smallest, np.maximum(largest, 0.0)


def structural_difference(shares: ArrayLike) -> FloatArray:
    """Share of jobs that would change clusters for two regions to be alike.

    ``d_rq = 1/2 sum_c |s_cr - s_cq|``, 0 (the same structure) to 1 (nothing in common): half of
    Krugman's index of specialization, with another region in the place of the nation.

    Parameters
    ----------
    shares
        s, shape (clusters, regions), each column summing to 1.

    Returns
    -------
    Shape (regions, regions), symmetric, 0 on the diagonal.

    References
    ----------
    Krugman 1991, Geography and Trade.
    """
    s = np.asarray(shares, dtype=np.float64)
    return np.asarray(0.5 * np.abs(s[:, :, None] - s[:, None, :]).sum(axis=0), dtype=np.float64)


def wage_bounds(
    payroll_low: ArrayLike, payroll_high: ArrayLike, jobs_low: ArrayLike, jobs_high: ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Lowest and highest average wage (USD) that bounds of payroll and jobs allow.

    ``payroll_low * 1000 / jobs_high`` to ``payroll_high * 1000 / jobs_low``. Payroll and jobs are
    moved apart from each other, which leaves more room than there may be, never less.

    Parameters
    ----------
    payroll_low, payroll_high
        Thousand USD a year.
    jobs_low, jobs_high
        Jobs.

    Returns
    -------
    Lowest and highest, NaN where the jobs may be zero: then nothing bounds it.
    """
    return private_wage(payroll_low, jobs_high), private_wage(payroll_high, jobs_low)
