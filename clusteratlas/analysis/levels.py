"""Levels of clusters: what is summed must hold every industry once."""

from __future__ import annotations

import pandas as pd

from clusteratlas.vocabulary.tables.clusters import CLUSTER_LEVEL


def clusters_at(clusters: pd.DataFrame, level: str) -> pd.Series[bool]:
    """Tell which clusters together hold every industry once, seen at a level.

    Those of the level, and the clusters that have none there: local ones have no family, small ones
    no subclusters. Shares and quotients of a level have the sum over these as their base; a sum
    over all levels would count most jobs two or three times.

    Parameters
    ----------
    clusters
        Columns key, level and parent, of one set of definitions or of several.
    level
        One of the levels.

    Returns
    -------
    A flag for each row.
    """
    own = clusters["level"] == level
    if level == CLUSTER_LEVEL:
        return own
    inner = clusters[own]
    # A family holds the clusters that name it; a cluster is held by the subclusters that name it.
    apart = clusters["key"].isin(inner["parent"]) | clusters["parent"].isin(inner["key"])
    return own | ((clusters["level"] == CLUSTER_LEVEL) & ~apart)
