"""Regions with the most similar economic structure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from clusteratlas.analysis.checks import require_columns, require_unique
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray

Distance = Literal["hellinger", "euclidean"]


def peer_regions(
    cells: pd.DataFrame,
    *,
    k: int = 10,
    distance: Distance = "hellinger",
    of: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Find the k nearest regions of each region by its shares of jobs.

    With p_r the shares of clusters (or industries) in the region's jobs:
    ``hellinger``: ``sqrt(1/2 sum_c (sqrt(p_rc) - sqrt(p_sc))^2)``, 0 (same structure) to 1
    (nothing in common); ``euclidean``: ``sqrt(sum_c (p_rc - p_sc)^2)``, 0 to sqrt(2), dominated by
    the largest shares.

    Parameters
    ----------
    cells
        region, cluster, jobs; one row per pair. Give regions of one type only. Regions without
        jobs are left out.
    k
        Peers per region; fewer where there are not as many regions.
    distance
        Which distance.
    of
        Regions whose peers are looked for; None: all.

    Returns
    -------
    DataFrame
        region, peer, position (1 = nearest), distance; sorted by region and position, ties by
        the name of the peer.

    Raises
    ------
    AnalysisError
        For missing columns, a repeated cell, an unknown distance, k below 1, fewer than two
        regions with jobs, or peers of a region without any.

    References
    ----------
    Pollard 2002 (Hellinger distance); peers by structure as in Metroverse (Growth Lab).
    """
    require_columns(cells, ("region", "cluster", "jobs"), "cells of peers")
    require_unique(cells, ["region", "cluster"])
    if distance not in ("hellinger", "euclidean") or k < 1:
        raise AnalysisError(
            f"peers: distance {distance!r}, k {k}", hint="hellinger or euclidean; k at least 1"
        )
    jobs = cells.pivot(index="region", columns="cluster", values="jobs").fillna(0).sort_index()
    jobs = jobs[jobs.sum(axis=1) > 0].astype("float64")
    if len(jobs) < 2:
        raise AnalysisError(
            "peers: fewer than two regions with jobs", hint="give all regions of one type"
        )
    shares = jobs.to_numpy() / jobs.to_numpy().sum(axis=1, keepdims=True)
    points = np.sqrt(shares / 2) if distance == "hellinger" else shares
    wanted = np.arange(len(jobs)) if of is None else jobs.index.get_indexer(pd.Index(of))
    if (wanted < 0).any():
        raise AnalysisError("peers of a region without jobs", hint="ask for one that has jobs")
    # Differences row by row: the Gram shortcut would lose small distances to cancellation.
    apart = np.stack([np.sqrt(((points - p) ** 2).sum(axis=1)) for p in points[wanted]])
    apart[np.arange(len(wanted)), wanted] = np.inf
    kept = min(k, len(jobs) - 1)
    nearest = np.argsort(apart, axis=1, kind="stable")[:, :kept]
    names = jobs.index.to_numpy()
    return pd.DataFrame(
        {
            "region": np.repeat(names[wanted], kept),
            "peer": names[nearest.ravel()],
            "position": np.tile(np.arange(1, kept + 1), len(wanted)),
            "distance": np.take_along_axis(apart, nearest, axis=1).ravel(),
        }
    )


def hellinger_bounds(
    jobs: ArrayLike, low: ArrayLike, high: ArrayLike, at: int
) -> tuple[FloatArray, FloatArray]:
    """Bound the Hellinger distances from one region where jobs are known within bounds.

    Shares are ``low / total`` to ``high / total``, at most 1, the total being that of the jobs as
    they are. Each term of the distance is smallest where the two shares are nearest and largest
    where they are farthest; the sums of these are bounds that are hardly ever reached, since all
    cells would have to be at their ends at once.

    Parameters
    ----------
    jobs, low, high
        Jobs and their bounds, shape (regions, clusters), ``0 <= low <= jobs <= high``.
    at
        Row of the region that distances are from.

    Returns
    -------
    tuple of ndarray
        Smallest and largest distance to each region, shape (regions,), 0 to 1; NaN for a region
        without jobs.
    """
    total = np.asarray(jobs, dtype=np.float64).sum(axis=1, keepdims=True)
    total[total == 0] = np.nan
    near, far = (
        np.sqrt(np.minimum(np.asarray(end, dtype=np.float64) / total, 1.0) / 2)
        for end in (low, high)
    )
    least = np.maximum(np.maximum(near[at] - far, near - far[at]), 0.0)
    most = np.maximum(far[at] - near, far - near[at])
    smallest, largest = (np.sqrt((term**2).sum(axis=1)) for term in (least, most))
    return smallest, np.minimum(largest, 1.0)
