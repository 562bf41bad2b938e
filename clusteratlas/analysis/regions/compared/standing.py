"""Where regions stand among the regions that they are compared with, and where they may stand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from clusteratlas.analysis.regions.rankings import RankingPools, rank_bounds
from clusteratlas.vocabulary.arrays import IntArray


@dataclass(frozen=True)
class Standing:
    """Ranks of values within their groups, 1 = largest; each of shape (values,)."""

    rank: IntArray
    best: IntArray
    worst: IntArray
    size: IntArray
    """Values in the group of each."""


def standing(groups: ArrayLike, values: ArrayLike, low: ArrayLike, high: ArrayLike) -> Standing:
    """Rank values within groups, with the best and the worst rank that their bounds allow.

    Parameters
    ----------
    groups
        Group of each value, from 0 on.
    values
        The values; none may be NaN.
    low, high
        Their bounds; NaN where nothing bounds them on that side. Rounded bounds that the value
        itself is outside of are moved to it.

    Returns
    -------
    Standing
        ``rank`` is 1 + the number of larger values of the group; ``best`` and ``worst`` as
        `rank_bounds` gives them.
    """
    group = np.asarray(groups, dtype=np.int64)
    value, least, most = (np.asarray(v, dtype=np.float64) for v in (values, low, high))
    least = np.minimum(np.where(np.isnan(least), -np.inf, least), value)
    most = np.maximum(np.where(np.isnan(most), np.inf, most), value)
    pools = RankingPools.of(group, value, n_groups=int(group.max(initial=-1)) + 1)
    best, worst = rank_bounds(group, least, most)
    return Standing(pools.rank(group, value), best, worst, pools.sizes[group])
