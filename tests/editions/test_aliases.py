"""The packaged names that people use: of real industries, each name once."""

from __future__ import annotations

from collections import defaultdict

import pytest

from clusteratlas.editions.definitions.aliases import read_aliases
from clusteratlas.editions.store.edition import Edition, open_edition
from clusteratlas.queries.atlas.names import heard
from clusteratlas.vocabulary.tables.clusters import LEVELS


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
