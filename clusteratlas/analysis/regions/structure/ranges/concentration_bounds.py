"""Bounds of indices of concentration and specialization where jobs are known within bounds.

s_r are shares with ``low_r <= s_r <= high_r`` and ``sum_r s_r = 1``; x_r are the shares that they
are held against. All bounds hold whatever the cells are; those of sums may be wider than need be.
Arrays end in the axis that is summed over.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray


def hoover_bounds(
    low: ArrayLike, high: ArrayLike, aggregate: ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Bound ``1/2 sum_r |s_r - x_r|``.

    Since both sum to 1 the index is ``sum_r max(0, s_r - x_r)`` and ``sum_r max(0, x_r - s_r)`` as
    well: the lower bound is the larger of the two least sums, the upper one the smaller of the two
    greatest. Krugman's index of a region is twice this, with shares of industries.

    Parameters
    ----------
    low, high
        Bounds of s, shape (..., n).
    aggregate
        x, shape (n,), summing to 1.

    Returns
    -------
    Least and greatest index, shape (...), 0 to 1.
    """
    least, most, x = (np.asarray(v, dtype=np.float64) for v in (low, high, aggregate))
    above, below = ((np.maximum(v, 0.0)).sum(axis=-1) for v in (least - x, x - most))
    far_above, far_below = ((np.maximum(v, 0.0)).sum(axis=-1) for v in (most - x, x - least))
    return np.maximum(above, below), np.minimum(np.minimum(far_above, far_below), 1.0)


def gini_bounds(
    low: ArrayLike, high: ArrayLike, aggregate: ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Bound the locational Gini, ``1 - 2 int_0^1 L(p) dp``.

    L(p) is the least share s that regions with a share p of all jobs can have (the Lorenz curve):
    it is convex, and with A and B the curves of low and high, in sums a and b that need not be 1,
    ``max(A(p), B(p) - (b - 1)) <= L(p) <= min(B(p), A(p) + (1 - a))``.

    Parameters
    ----------
    low, high
        Bounds of s, shape (..., regions).
    aggregate
        x, shape (regions,), summing to 1, all of it above 0.

    Returns
    -------
    Least and greatest index, shape (...), 0 to 1.

    Raises
    ------
    AnalysisError
        If a region has no share of all jobs: its quotient has no bound.
    """
    least, most, x = (np.asarray(v, dtype=np.float64) for v in (low, high, aggregate))
    if not (x > 0).all():
        raise AnalysisError("a region has no jobs at all", hint="leave it out")
    flat = zip(least.reshape(-1, len(x)), most.reshape(-1, len(x)), strict=True)
    ends = np.array([_gini_ends(a, b, x) for a, b in flat]).reshape(*least.shape[:-1], 2)
    return ends[..., 0], ends[..., 1]


def hachman_bounds(
    low: ArrayLike, high: ArrayLike, nation: ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Bound ``1 / sum_i q_i^2 / b_i``, b being the nation's shares.

    Parameters
    ----------
    low, high
        Bounds of q, shape (..., industries).
    nation
        b, shape (industries,), summing to 1.

    Returns
    -------
    Least and greatest index, shape (...), 0 to 1; the least is 0 where the region may have an
    industry that the nation lacks.
    """
    b = np.asarray(nation, dtype=np.float64)
    ends = []
    for shares in (high, low):
        q = np.asarray(shares, dtype=np.float64)
        term = np.divide(q**2, b, out=np.where(q > 0, np.inf, 0.0), where=b > 0).sum(axis=-1)
        ends.append(np.divide(1.0, term, out=np.ones_like(term), where=term > 1))
    return ends[0], ends[1]


def _gini_ends(low: FloatArray, high: FloatArray, x: FloatArray) -> tuple[float, float]:
    """Give the least and the greatest Gini of one industry."""
    (p_low, of_low), (p_high, of_high) = _lorenz(low, x), _lorenz(high, x)
    p = np.union1d(p_low, p_high)
    a, b = np.interp(p, p_low, of_low), np.interp(p, p_high, of_high)
    # A convex curve below another lies below its convex hull, whose corners are among these.
    upper = _hull(p, np.minimum(b, a + (1 - of_low[-1])))
    area = float(np.trapezoid(upper, p))
    apart = (b - (of_high[-1] - 1)) - a
    below = float(np.trapezoid(a, p) + _positive_area(p, apart))
    return max(1 - 2 * area, 0.0), min(1 - 2 * below, 1.0)


def _lorenz(shares: FloatArray, x: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Corners of the Lorenz curve: running sums of x and of the shares, by their ratio."""
    order = np.argsort(shares / x, kind="stable")
    p, total = (np.concatenate([[0.0], np.cumsum(v[order])]) for v in (x, shares))
    return p, total


def _hull(p: FloatArray, values: FloatArray) -> FloatArray:
    """Greatest convex function below some points, at these points."""
    kept: list[int] = []
    for i in range(len(p)):
        while len(kept) > 1:
            j, k = kept[-2], kept[-1]
            if (values[k] - values[j]) * (p[i] - p[j]) < (values[i] - values[j]) * (p[k] - p[j]):
                break
            kept.pop()
        kept.append(i)
    return np.asarray(np.interp(p, p[kept], values[kept]), dtype=np.float64)


def _positive_area(p: FloatArray, values: FloatArray) -> float:
    """Area below a line of many pieces, where it is above zero."""
    width, first, last = np.diff(p), values[:-1], values[1:]
    over, under = np.maximum(first, last), np.minimum(first, last)
    crossing = np.divide(over**2, over - under, out=np.zeros_like(over), where=over > under)
    height = np.where(under >= 0, over + under, np.where(over > 0, crossing, 0.0))
    return float((width * height).sum() / 2)
