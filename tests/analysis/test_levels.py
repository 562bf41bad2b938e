"""What is summed at a level holds every industry once."""

from __future__ import annotations

import pandas as pd

from clusteratlas.analysis.levels import clusters_at

CLUSTERS = pd.DataFrame(
    {
        "key": ["family-f", "f1", "f2", "f1/x", "f1/y", "local"],
        "level": ["family", "cluster", "cluster", "subcluster", "subcluster", "cluster"],
        "parent": [None, "family-f", "family-f", "f1", "f1", None],
    }
)


def at(level: str) -> list[str]:
    return list(CLUSTERS.loc[clusters_at(CLUSTERS, level), "key"])


def test_clusters_that_have_none_at_the_level_stand_for_themselves() -> None:
    assert at("cluster") == ["f1", "f2", "local"]
    assert at("family") == ["family-f", "local"]
    assert at("subcluster") == ["f2", "f1/x", "f1/y", "local"]
