"""Subclusters that a review names: they stand in place of those that the method finds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest

from clusteratlas.analysis.clustering.derivation import DerivedDefinitions, derive_definitions
from clusteratlas.analysis.clustering.recipes import Recipe
from clusteratlas.analysis.linkages.combined import Linkages, combine_linkages
from clusteratlas.editions.definitions.names import named_subclusters
from clusteratlas.editions.definitions.sets import members
from clusteratlas.errors import InputError

CODES = [f"3{g}{i:02d}00" for g in range(1, 4) for i in range(10)]
WARD = {"method": "ward", "clusters": 3, "title": "Rows"}
NO_PARTS = pd.DataFrame(columns=["to_naics", "from_naics", "part"])


@pytest.fixture(scope="module")
def linkages() -> Linkages:
    group = np.array([c[1] for c in CODES])
    noise = np.random.default_rng(5).normal(size=(30, 30)) * 0.1
    matrix = (noise + noise.T) / 2 + (group[:, None] == group[None, :])
    np.fill_diagonal(matrix, 1.0)
    names = ("lc_emp", "lc_est", "coi", "io", "occ")
    return combine_linkages(CODES, dict.fromkeys(names, matrix), [""] * 30, [""] * 30)


@pytest.fixture(scope="module")
def derived(linkages: Linkages) -> DerivedDefinitions:
    return derive_definitions(linkages, Recipe(method="ward", clusters=3))


def entry(**inside: list[str]) -> Mapping[str, Any]:
    named = [{"name": name, "codes": codes} for name, codes in inside.items()]
    return {"method": "review", "file": "review.toml", "subclusters": named}


def found(
    derived: DerivedDefinitions,
    linkages: Linkages,
    settings: Mapping[str, Any],
    parts: pd.DataFrame = NO_PARTS,
) -> pd.DataFrame:
    return members(
        derived, None, linkages, settings, WARD, None, True, parts, frozenset(CODES)
    ).set_index("naics")


def test_they_stand_in_their_cluster_alone(derived: DerivedDefinitions, linkages: Linkages) -> None:
    table = found(derived, linkages, entry(Mills=["310000", "310100"], Shops=["310200"]))
    inside = table["subcluster"].str.split(" // ").str[-1]
    assert inside[["310000", "310100", "310200"]].tolist() == ["Mills", "Mills", "Shops"]
    assert (inside[CODES[3:10]] == "").all()
    alone = found(derived, linkages, {**entry(), "subclusters": []})
    assert table["subcluster"][CODES[10:]].tolist() == alone["subcluster"][CODES[10:]].tolist()


def test_they_keep_the_names_that_they_were_given(
    derived: DerivedDefinitions, linkages: Linkages
) -> None:
    settings = entry(Mills=["310000", "310100"], Shops=["320200", "320300"])
    table = found(derived, linkages, settings).reset_index()
    keys = {label: f"us-2021/ward:{label}" for label in table["cluster"].unique()}
    titles = dict.fromkeys(CODES, "Making")
    weights = dict.fromkeys(CODES, 1.0)
    named = named_subclusters(table, settings, keys, titles, weights)
    judged = {n.name: n.parts for n in named.names.values() if n.origin == "judged"}
    assert judged == {
        "Mills": {"Mills": ["310000", "310100"]},
        "Shops": {"Shops": ["320200", "320300"]},
    }
    assert named.key_of["310000"].endswith("/mills")


def test_what_they_may_not_be(derived: DerivedDefinitions, linkages: Linkages) -> None:
    for settings, said in (
        (entry(Mills=["310000", "320000"]), "has 310000 and 320000, which are in two clusters"),
        (entry(Mills=["999999"]), "names 999999, which is no traded industry here"),
        (entry(Mills=["310000"], Shops=["310000"]), "has 310000 in two subclusters"),
    ):
        with pytest.raises(InputError, match=said):
            found(derived, linkages, settings)


def test_in_another_naics_they_follow_their_industries(
    derived: DerivedDefinitions, linkages: Linkages
) -> None:
    parts = pd.DataFrame(
        {
            "to_naics": ["310000", "310100", "310100", "310200"],
            "from_naics": ["910000", "910000", "920000", "920000"],
            "part": [1.0, 0.8, 0.2, 1.0],
        }
    )
    table = found(derived, linkages, entry(Mills=["910000"], Shops=["920000"]), parts)
    inside = table["subcluster"].str.split(" // ").str[-1]
    assert inside[["310000", "310100", "310200"]].tolist() == ["Mills", "Mills", "Shops"]
