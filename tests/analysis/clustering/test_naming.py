"""Names and ids of clusters: kept when members change, never twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.analysis.clustering.naming import (
    CuratedName,
    cluster_id,
    name_clusters,
)
from clusteratlas.errors import AnalysisError

TITLES = {
    "325411": "Medicinal and Botanical Manufacturing",
    "325412": "Pharmaceutical Preparation Manufacturing",
    "337121": "Upholstered Household Furniture Manufacturing",
    "337122": "Nonupholstered Wood Household Furniture Manufacturing",
    "337211": "Wood Office Furniture Manufacturing",
    "311710": "Seafood Product Preparation and Packaging",
}
JOBS = {"325411": 30.0, "325412": 150.0, "337121": 60.0, "337122": 20.0, "337211": 12.0}
DRUGS = CuratedName("biopharmaceuticals", "Biopharmaceuticals", frozenset({"325411", "325412"}))
CHAIRS = CuratedName("furniture", "Furniture", frozenset({"337121", "337122"}))


def test_slugs() -> None:
    assert cluster_id("Men's Wear, Footwear & Leather (Café)") == "mens-wear-footwear-leather-cafe"
    assert cluster_id("Oil and Gas") == "oil-and-gas"
    with pytest.raises(AnalysisError, match="no letters"):
        cluster_id("—")


def test_rule_names() -> None:
    clusters = {"c0": ["337121", "337122", "337211"], "c1": ["325412"], "c2": ["325412", "311710"]}
    names = name_clusters(clusters, [], TITLES | {"3371": "Household Furniture (all)"}, JOBS)
    assert [n.name for n in names.values()] == [
        "Household Furniture",
        "Pharmaceutical Preparation",
        "Pharmaceutical Preparation",
    ]
    assert next(dict(n.parts) for n in names.values()) == {"Household Furniture": ["3371"]}
    assert [n.id for n in names.values()][1:] == [
        "pharmaceutical-preparation",
        "pharmaceutical-preparation-2",
    ]
    with pytest.raises(AnalysisError, match="without members"):
        name_clusters({"c0": []}, [], TITLES, JOBS)


def test_a_cluster_keeps_its_name_when_a_member_comes_or_goes() -> None:
    clusters = {"c00": ["337121", "337122", "337211"], "c01": ["325411", "325412", "311710"]}
    names = name_clusters(clusters, [DRUGS, CHAIRS], TITLES, JOBS)
    assert names["c00"].id == "furniture"
    assert names["c01"].name == "Biopharmaceuticals"
    assert names["c01"].origin == "curated"


def test_one_name_goes_to_one_cluster_the_better_one() -> None:
    clusters = {"c00": ["337121", "337122"], "c01": ["337211"]}
    anchor = CuratedName("furniture", "Furniture", frozenset({"337121", "337122", "337211"}))
    names = name_clusters(clusters, [anchor], TITLES, JOBS, floor=0.1)
    assert names["c00"].origin == "curated"
    assert names["c01"].origin == "rule"
    assert names["c01"].id == "wood-office-furniture"


def test_a_poor_match_is_none() -> None:
    clusters = {"c00": ["311710", "337121"]}
    assert name_clusters(clusters, [DRUGS], TITLES, JOBS)["c00"].origin == "rule"


def test_ids_never_collide() -> None:
    codes: list[str] = ["111", "112", "113"]
    twin = dict.fromkeys(codes, "Same Title")
    taken = CuratedName("same-title", "Taken", frozenset({"999"}))
    clusters = {"a": ["111"], "b": ["112"], "c": ["113"]}
    names = name_clusters(clusters, [taken], twin, {})
    assert [names[k].id for k in "abc"] == ["same-title-2", "same-title-3", "same-title-4"]


def test_wrong_tables_are_refused() -> None:
    with pytest.raises(AnalysisError, match="'furniture'"):
        name_clusters({}, [CHAIRS, CHAIRS], TITLES, JOBS)
    with pytest.raises(AnalysisError, match="999999 has no title"):
        name_clusters({"a": ["999999"]}, [], TITLES, JOBS)


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(sorted(TITLES)), min_size=1))
def test_every_cluster_gets_its_own_id(members: dict[str, str]) -> None:
    names = name_clusters({k: [v] for k, v in members.items()}, [DRUGS, CHAIRS], TITLES, JOBS)
    assert set(names) == set(members)
    assert len({n.id for n in names.values()}) == len(names)
