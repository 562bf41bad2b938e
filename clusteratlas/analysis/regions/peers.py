"""Regions with the most similar economic structure."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from clusteratlas.analysis.checks import require_columns, require_unique
from clusteratlas.errors import AnalysisError

Distance = Literal["hellinger", "euclidean"]


def peer_regions(
    cells: pd.DataFrame, *, k: int = 10, distance: Distance = "hellinger"
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

    Returns
    -------
    DataFrame
        region, peer, position (1 = nearest), distance; sorted by region and position, ties by
        the name of the peer.

    Raises
    ------
    AnalysisError
        For missing columns, a repeated cell, an unknown distance, k below 1, or fewer than two
        regions with jobs.

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
    # Differences row by row: the Gram shortcut would lose small distances to cancellation.
    apart = np.stack([np.sqrt(((points - p) ** 2).sum(axis=1)) for p in points])
    np.fill_diagonal(apart, np.inf)
    n, kept = len(jobs), min(k, len(jobs) - 1)
    nearest = np.argsort(apart, axis=1, kind="stable")[:, :kept]
    names = jobs.index.to_numpy()
    return pd.DataFrame(
        {
            "region": np.repeat(names, kept),
            "peer": names[nearest.ravel()],
            "position": np.tile(np.arange(1, kept + 1), n),
            "distance": np.take_along_axis(apart, nearest, axis=1).ravel(),
        }
    )
