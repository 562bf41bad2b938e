"""The packaged names that people use: of real industries, each name once, none silently local."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd
import pytest

from clusteratlas.editions.definitions.aliases import cluster_aliases, read_aliases
from clusteratlas.editions.store.edition import Edition, canonical, open_edition
from clusteratlas.queries.atlas.names import heard
from clusteratlas.vocabulary.tables.clusters import ALIASES, LEVELS
from tests.editions.inputs import Stub

READER = (
    "financial services",
    "hospitality and tourism",
    "business services",
    "information technology",
    "distribution",
    "education",
    "performing arts",
    "video production",
    "music",
    "printing",
    "footwear",
    "leather",
    "jewelry",
    "tobacco",
    "communications equipment",
    "trailers and motor homes",
    "metalworking",
    "upstream metal",
    "downstream metal",
    "oil and gas",
    "livestock",
    "construction products",
    "vulcanized materials",
    "coal",
    "trucking",
)
"""Well-known names of clusters that a reader tried."""


@pytest.fixture(scope="module")
def shipped() -> Edition:
    return open_edition()


def test_every_code_is_an_industry_of_the_kind_that_the_list_says(shipped: Edition) -> None:
    industries = shipped.table("industries")
    classed = industries[(industries["vintage"] == 2017) & industries["kind"].notna()]
    kinds = dict(zip(classed["naics"], classed["kind"], strict=True))
    wrong = {
        (alias.name, code, kinds.get(code))
        for alias in read_aliases()
        for code in alias.codes
        if kinds.get(code) != ("traded" if alias.traded else "local")
    }
    assert wrong == set()
    assert all(len(code) == 6 for alias in read_aliases() for code in alias.codes)


def test_names_are_in_order() -> None:
    aliases = read_aliases()
    assert len({a.name for a in aliases}) > 150
    assert {a.level for a in aliases} == set(LEVELS)
    assert all(a.codes and a.name == a.name.strip() == a.name.lower() for a in aliases)
    # No name says local: that word asks for the local meaning of a name.
    assert not any("local" in a.name for a in aliases)


def test_names_that_sound_alike_are_one_name() -> None:
    spelled: dict[str, set[str]] = defaultdict(set)
    for alias in read_aliases():
        spelled[heard(alias.name)].add(alias.name)
    assert {sound: names for sound, names in spelled.items() if len(names) > 1} == {}
    # A meaning that is listed twice would be no second one.
    meanings = [(heard(a.name), a.codes) for a in read_aliases()]
    assert len(meanings) == len(set(meanings))


@pytest.fixture(scope="module")
def named(shipped: Edition) -> pd.DataFrame:
    """The names in every shipped set, with the kind of the cluster that each means."""
    memberships = shipped.table("memberships")
    industries = shipped.table("industries")
    national = industries[industries["vintage"] == 2017].set_index("naics")[["jobs"]]
    file = Stub("cbp-county", 2021, pd.DataFrame())
    made = [
        cluster_aliases(own, national, str(key), file, pd.DataFrame(), frozenset())
        for key, own in memberships.groupby("definition")
    ]
    table = canonical(ALIASES, pd.concat(made, ignore_index=True))
    kinds = shipped.table("clusters").set_index("key")["kind"]
    return table.assign(kind=table["cluster"].map(kinds))


def test_a_name_means_clusters_of_its_kind_in_every_set(named: pd.DataFrame) -> None:
    assert named["kind"].notna().all()
    kinds = defaultdict(set)
    for alias in read_aliases():
        kinds[alias.name].add("traded" if alias.traded else "local")
    wrong = [row for row in named.itertuples() if row.kind not in kinds[str(row.alias)]]
    assert wrong == []


def test_every_name_means_something_in_the_default_set(
    shipped: Edition, named: pd.DataFrame
) -> None:
    sets = shipped.table("definitions")
    (default,) = sets.loc[sets["is_default"].astype(bool), "key"]
    own = named[named["definition"] == default]
    assert set(own["alias"]) == {a.name for a in read_aliases()}
    reader = own[own["alias"].isin(READER)]
    assert set(reader["alias"]) == set(READER)
    assert set(reader["kind"]) == {"traded"}
    assert own.groupby("alias").size().max() <= 4  # candidates that a person can weigh
