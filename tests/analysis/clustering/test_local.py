"""Local clusters are the sectors."""

from __future__ import annotations

import pytest

from clusteratlas.analysis.clustering.local import LOCAL_NAMES, local_clusters
from clusteratlas.analysis.clustering.naming import (
    cluster_id,
)
from clusteratlas.errors import AnalysisError


def test_local_clusters_are_the_sectors() -> None:
    table = local_clusters(["812111", "445110", "238110", "448110"])
    assert table["naics"].tolist() == ["238110", "445110", "448110", "812111"]
    assert table["cluster"].tolist()[:3] == [
        "local-construction",
        "local-retail-trade",
        "local-retail-trade",
    ]
    assert table["name"].iloc[3] == "Local Repair, Personal and Civic Services"
    assert len({cluster_id(n) for n in LOCAL_NAMES.values()}) == len(LOCAL_NAMES)
    with pytest.raises(AnalysisError, match="990000"):
        local_clusters(["990000"])
