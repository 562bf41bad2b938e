"""Bounds of what a set of regions holds together, by what is known of them and around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from clusteratlas.vocabulary.arrays import BoolArray, FloatArray, IntArray


@dataclass(frozen=True)
class Wholes:
    """Regions of one type that parts lie in: each part in one of them, or in none."""

    number: IntArray
    """Number of the whole that each part lies in, -1 for none; shape (parts,)."""
    low: FloatArray
    """Least that the parts of each whole hold together, shape (wholes, things); 0 where nothing is
    known, or the whole may hold something that is in no part."""
    high: FloatArray
    """Most that it holds; infinite where nothing is known."""


def spare_in_wholes(low: FloatArray, wholes: Sequence[Wholes]) -> FloatArray:
    """Give the most that a part can hold beyond its least: what the least of all parts leaves.

    ``cap_p = min over wholes w of (high_w - sum of low over the parts of w)``, at least 0.

    Parameters
    ----------
    low
        Least that each part holds, shape (parts, things); 0 where nothing is known.
    wholes
        One for each type of region; a part that lies in none is infinite.

    Returns
    -------
    Shape (parts, things); may be infinite.
    """
    cap = np.full(low.shape, np.inf)
    for one in wholes:
        inside = one.number >= 0
        spare = np.maximum(one.high - _added(low[inside], one.number[inside], len(one.high)), 0.0)
        cap[inside] = np.minimum(cap[inside], spare[one.number[inside]])
    return cap


def bounds_of_sum(
    low: FloatArray, high: FloatArray, chosen: BoolArray, wholes: Sequence[Wholes]
) -> tuple[FloatArray, FloatArray]:
    """Bound what some parts hold together.

    ====================  =====================================================================
    most                  sum of the parts' ``high``; of those in one whole no more than that
                          has when its other parts hold their least
    least                 sum of the parts' ``low``; of those in one whole no less than that has
                          when its other parts hold their most
    ====================  =====================================================================

    Of each type of whole the sums are valid alone, so the narrowest of them are given. Parts that
    are all of a whole have its own bounds.

    Parameters
    ----------
    low, high
        Bounds of each part, shape (parts, things).
    chosen
        Parts that are added up, shape (parts,).
    wholes
        One for each type of region that holds parts.

    Returns
    -------
    Least and most, each of shape (things,).
    """
    least, most = low[chosen].sum(axis=0), high[chosen].sum(axis=0)
    for one in wholes:
        inside = one.number >= 0
        mine, others = chosen & inside, ~chosen & inside
        touched = np.unique(one.number[mine])
        own_low, own_high, other_low, other_high = (
            _added(figures[rows], one.number[rows], len(one.high))[touched]
            for rows in (mine, others)
            for figures in (low, high)
        )
        apart = chosen & ~inside
        left = np.minimum(own_high, np.maximum(one.high[touched] - other_low, own_low))
        most = np.minimum(most, left.sum(axis=0) + high[apart].sum(axis=0))
        sure = np.maximum(own_low, one.low[touched] - other_high)
        least = np.maximum(least, sure.sum(axis=0) + low[apart].sum(axis=0))
    return least, most


def shared_out(
    total: FloatArray,
    points: FloatArray,
    told: BoolArray,
    weights: FloatArray,
    group: IntArray,
) -> FloatArray:
    """Share out what groups of things have beside those that are told.

    ``x_pi = max(T_pg - sum of told x_pj, 0) * w_pi / (sum of w_pj over the untold j of g)`` for an
    untold thing i of the group g.

    Parameters
    ----------
    total
        What each part holds of each group, shape (parts, groups).
    points
        What is told of each thing, shape (parts, things).
    told
        Where that is so, same shape; what `points` say elsewhere does not count.
    weights
        At least 0, same shape.
    group
        Group of each thing, shape (things,).

    Returns
    -------
    Shape (parts, things); 0 where something is told, and where all weights of a group are 0.
    """
    size = total.shape[1]
    spare = np.maximum(total - sums_by_group(np.where(told, points, 0.0), group, size), 0.0)
    open_ = np.where(told, 0.0, weights)
    base = sums_by_group(open_, group, size)
    rate = np.divide(spare, base, out=np.zeros(base.shape), where=base > 0)
    return np.asarray(open_ * rate[:, group], dtype=np.float64)


def sums_by_group(figures: FloatArray, group: IntArray, groups: int) -> FloatArray:
    """Add up things by group: shape (parts, things) to (parts, groups)."""
    return _added(figures.T, group, groups).T


def _added(figures: FloatArray, number: IntArray, wholes: int) -> FloatArray:
    out = np.zeros((wholes, figures.shape[1]))
    np.add.at(out, number, figures)
    return out
