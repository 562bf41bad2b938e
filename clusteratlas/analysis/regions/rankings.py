"""Ranks, percentiles and quantiles within many groups at once.

A *pool* is the set of values that a value is compared with: the regions of one type with jobs in
one cluster. All groups are handled in one sort, without a loop over groups.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from clusteratlas.vocabulary.arrays import BoolArray, FloatArray, IntArray


@dataclass(frozen=True)
class RankingPools:
    """Values of several groups, sorted within each group.

    Attributes
    ----------
    values
        All values, by group, ascending within each.
    starts
        Where each group starts in `values`; the last entry is their number. Length groups + 1.
    """

    values: FloatArray
    starts: IntArray

    @classmethod
    def of(cls, groups: ArrayLike, values: ArrayLike, *, n_groups: int) -> RankingPools:
        """Sort `values` within `groups`.

        Parameters
        ----------
        groups
            Group of each value, 0 to ``n_groups - 1``.
        values
            The values; none may be NaN.
        n_groups
            Number of groups; a group without values is allowed.
        """
        group = np.asarray(groups, dtype=np.int64)
        value = np.asarray(values, dtype=np.float64)
        order = np.lexsort((value, group))
        sizes = np.bincount(group, minlength=n_groups)
        starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        return cls(value[order], starts)

    @property
    def sizes(self) -> IntArray:
        """Number of values of each group."""
        return np.diff(self.starts)

    def quantile(self, percent: float) -> FloatArray:
        """Percentile of each group, linear between neighbors (R type 7, numpy's default).

        Parameters
        ----------
        percent
            0 to 100.

        Returns
        -------
        ndarray
            One value per group; NaN for a group without values.
        """
        sizes = self.sizes
        position = np.maximum(sizes - 1, 0) * (percent / 100)
        below = np.floor(position).astype(np.int64)
        weight = position - below
        above = np.minimum(below + 1, np.maximum(sizes - 1, 0))
        out = np.full(len(sizes), np.nan)
        filled = sizes > 0
        start = self.starts[:-1]
        low = self.values[(start + below)[filled]]
        high = self.values[(start + above)[filled]]
        out[filled] = low + (high - low) * weight[filled]
        return out

    def _counts(self, groups: IntArray, values: FloatArray) -> tuple[IntArray, IntArray]:
        """Return how many values of its own group are below, and how many equal, each value."""
        group_of = np.repeat(np.arange(len(self.sizes)), self.sizes)
        distinct = np.unique(np.concatenate([self.values, values]))
        width = len(distinct) + 1
        pool_key = group_of * width + np.searchsorted(distinct, self.values)
        key = groups * width + np.searchsorted(distinct, values)
        left = np.searchsorted(pool_key, key, side="left")
        right = np.searchsorted(pool_key, key, side="right")
        return left - self.starts[groups], right - left

    def rank(self, groups: ArrayLike, values: ArrayLike) -> IntArray:
        """Rank from the top: 1 + the number of larger values in the group.

        Equal values share a rank, so that one region under two names has one rank. A value need
        not be in the pool itself.
        """
        group = np.asarray(groups, dtype=np.int64)
        below, equal = self._counts(group, np.asarray(values, dtype=np.float64))
        return 1 + self.sizes[group] - below - equal

    def percentile(self, groups: ArrayLike, values: ArrayLike) -> FloatArray:
        """Return ``round((100 / n) * (index - 0.5))``, index 1 being the smallest of n values.

        Equal values share the mean of their indices. A value that is not in the pool lies
        between its neighbors: ``100 / n`` times the number of smaller values. NaN where the group
        is empty.
        """
        group = np.asarray(groups, dtype=np.int64)
        below, equal = self._counts(group, np.asarray(values, dtype=np.float64))
        n = self.sizes[group].astype(np.float64)
        n[n == 0] = np.nan
        return np.round(100 / n * (below + equal / 2))


def rank_bounds(groups: ArrayLike, low: ArrayLike, high: ArrayLike) -> tuple[IntArray, IntArray]:
    """Best and worst rank of values that are known to lie between bounds.

    ====================  =====================================================================
    best                  1 + number of others whose lowest is above the own highest
    worst                 1 + number of others whose highest is above the own lowest
    ====================  =====================================================================

    Each value may lie anywhere between its bounds, whatever the others are: a sum that they share
    could leave less room, never more.

    Parameters
    ----------
    groups
        Group of each value, from 0 on.
    low, high
        Lowest and highest that it can be, ``low <= high``.

    Returns
    -------
    tuple of ndarray
        Best and worst rank of each, 1 = largest; the same where no bounds overlap.
    """
    group = np.asarray(groups, dtype=np.int64)
    lowest, highest = np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)
    n = int(group.max(initial=-1)) + 1
    best = RankingPools.of(group, lowest, n_groups=n).rank(group, highest)
    # Among the highest that are above a lowest is its own, if the two differ.
    worst = RankingPools.of(group, highest, n_groups=n).rank(group, lowest) - (highest > lowest)
    return best, worst


@dataclass(frozen=True, slots=True)
class StrongRule:
    """When a traded cluster of a region counts as strong.

    Percentiles are taken over the regions of one type with jobs in the cluster; jobs and
    establishments must lie above theirs. Local clusters are never strong.
    """

    name: str
    lq_percentile: float
    """Percentile of the location quotient to reach."""
    lq_above: bool = False
    """The LQ must lie above its percentile; to reach it is not enough."""
    lq_minimum: float = 0.0
    """Location quotient that is needed in any case."""
    jobs_percentile: float = 25.0
    establishments_percentile: float = 25.0
    jobs_minimum: float = 0.0
    """Absolute floor: jobs that are needed in any case."""
    establishments_minimum: float = 0.0
    """Absolute floor: establishments that are needed in any case."""


SITE = StrongRule("site", 75, lq_minimum=1)
"""strong_b of the U.S. Cluster Mapping site: in the top quarter by LQ, with LQ >= 1."""
SITE_TOP_TENTH = StrongRule("site-10", 90, lq_minimum=1)
"""strong10_b of the site: in the top tenth by LQ, all else as `SITE`."""


def passes_rule(
    rule: StrongRule,
    pools: Mapping[str, RankingPools],
    group: NDArray[np.integer[Any]],
    lq: FloatArray,
    jobs: FloatArray,
    establishments: FloatArray,
) -> BoolArray:
    """Tell which clusters pass a rule, whatever their kind.

    Parameters
    ----------
    rule
        The rule.
    pools
        ``lq``, ``jobs`` and ``establishments`` of the regions with jobs, by pool.
    group
        Pool of each cell, shape (cells,).
    lq, jobs, establishments
        Figures of each cell, shape (cells,); they need not be in the pools.

    Returns
    -------
    ndarray
        Shape (cells,); none passes in an empty pool.
    """
    floor = pools["lq"].quantile(rule.lq_percentile)[group]
    special = lq > floor if rule.lq_above else lq >= floor
    enough = jobs > pools["jobs"].quantile(rule.jobs_percentile)[group]
    least = pools["establishments"].quantile(rule.establishments_percentile)[group]
    passed = (
        special
        & (lq >= rule.lq_minimum)
        & enough
        & (jobs >= rule.jobs_minimum)
        & (establishments > least)
        & (establishments >= rule.establishments_minimum)
    )
    return np.asarray(passed, dtype=np.bool_)


def ranks_in_pools(
    jobs_pools: RankingPools,
    lq_pools: RankingPools,
    group: NDArray[np.integer[Any]],
    jobs: FloatArray,
    lq: FloatArray,
    ranked: BoolArray,
) -> dict[str, IntArray | FloatArray]:
    """Rank by jobs and by location quotient, with the percentile of the latter.

    Parameters
    ----------
    jobs_pools, lq_pools
        Values that each is compared with.
    group, jobs, lq
        Pool and figures of each, shape (cells,).
    ranked
        Those that have a percentile; NaN for the others.

    Returns
    -------
    ``rank``, ``rank_lq``, ``percentile``, each of shape (cells,).
    """
    return {
        "rank": jobs_pools.rank(group, jobs),
        "rank_lq": lq_pools.rank(group, lq),
        "percentile": np.where(ranked, lq_pools.percentile(group, lq), np.nan),
    }
