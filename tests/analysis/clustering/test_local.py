"""Local clusters are grouped by function."""

from __future__ import annotations

import pytest

from clusteratlas.analysis.clustering.local import LocalCluster, local_clusters
from clusteratlas.errors import AnalysisError

DECLARED = [
    LocalCluster("local-shops", "Local Shops", "All shops.", ("44", "45")),
    LocalCluster("local-health", "Local Health", "Whatever heals.", ("621", "4461")),
    LocalCluster("local-looks", "Local Looks", "Hair and make-up.", ("8121", "446120")),
]


def test_the_longest_beginning_of_a_code_decides() -> None:
    table = local_clusters(["812111", "446120", "446110", "448110", "621111"], DECLARED)
    assert table.to_dict("list") == {
        "naics": ["446110", "446120", "448110", "621111", "812111"],
        "cluster": ["local-health", "local-looks", "local-shops", "local-health", "local-looks"],
        "name": ["Local Health", "Local Looks", "Local Shops", "Local Health", "Local Looks"],
    }


def test_an_industry_without_a_cluster_is_named() -> None:
    with pytest.raises(AnalysisError, match="990000 is in no local cluster"):
        local_clusters(["448110", "990000"], DECLARED)


def test_a_beginning_belongs_to_one_cluster() -> None:
    twice = [*DECLARED, LocalCluster("local-more", "Local More", "More shops.", ("45",))]
    with pytest.raises(AnalysisError, match="45 are declared for local-shops and for local-more"):
        local_clusters([], twice)
