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
    """Bound the locational Gini, ``1/2 sum_r sum_q x_r x_q |l_r - l_q|`` with ``l = s / x``.

    Two quotients between bounds are at least ``max(0, low_r - high_q, low_q - high_r)`` apart, and
    at most ``|m_r - m_q| + w_r + w_q`` with m the middles and w half the widths.

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
    l_low, l_high = least / x, most / x
    middle, half = (l_low + l_high) / 2, (l_high - l_low) / 2
    weights = np.broadcast_to(x, middle.shape)
    apart = _excess(middle, middle, weights) + (weights * half * (1 - weights)).sum(axis=-1)
    return _excess(l_low, l_high, weights), np.minimum(apart, 1.0)


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


def _excess(values: FloatArray, others: FloatArray, weights: FloatArray) -> FloatArray:
    """``sum_r sum_q w_r w_q max(0, v_r - o_q)`` along the last axis, without all pairs."""
    order = np.argsort(others, axis=-1, kind="stable")
    sorted_ = np.take_along_axis(others, order, -1)
    w = np.take_along_axis(weights, order, -1)
    first = np.zeros((*w.shape[:-1], 1))
    mass = np.concatenate([first, np.cumsum(w, axis=-1)], axis=-1)
    moment = np.concatenate([first, np.cumsum(w * sorted_, axis=-1)], axis=-1)
    flat = (-1, values.shape[-1])
    at = np.stack(
        [
            np.searchsorted(s, v, side="left")
            for s, v in zip(sorted_.reshape(flat), values.reshape(flat), strict=True)
        ]
    ).reshape(values.shape)
    below, sum_below = np.take_along_axis(mass, at, -1), np.take_along_axis(moment, at, -1)
    out: FloatArray = (weights * (values * below - sum_below)).sum(axis=-1)
    return out
