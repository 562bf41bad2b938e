"""Sets scored on vintages that did not build them, on a small planted world."""

from __future__ import annotations

import pandas as pd
import pytest

from clusteratlas.analysis.linkages.combined import Linkages
from clusteratlas.editions.definitions.scoring import scores_of_set
from clusteratlas.vocabulary.tables import TABLES
from tests.editions.test_sweep import CODES, _world

WARD = {"title": "Rows", "method": "ward", "clusters": 6}
TRUE = {code: code[:3] for code in CODES}
BUILT = {name: list(TRUE.values()) for name in "ab"}


@pytest.fixture(scope="module")
def worlds() -> dict[str, Linkages]:
    return {"a": _world(1), "b": _world(2)}


def pairs(table: pd.DataFrame) -> list[tuple[str, str]]:
    return [(str(a), str(b)) for a, b in zip(table["built_on"], table["scored_on"], strict=True)]


def test_a_derived_set_is_built_on_each_and_stands_as_it_is(worlds: dict[str, Linkages]) -> None:
    table = scores_of_set(WARD, TRUE, worlds, BUILT)
    assert set(table) == set(TABLES["evaluations"].names) - {"definition"}
    assert pairs(table) == [
        ("recipe", "a"),
        ("recipe", "b"),
        ("a", "a"),
        ("a", "b"),
        ("b", "a"),
        ("b", "b"),
    ]
    assert table["out_of_sample"].isna().tolist() == [True, True, False, False, False, False]
    assert table["out_of_sample"].dropna().tolist() == [False, True, True, False]
    # The six groups were planted in both worlds.
    assert (table["vs4"] == 100).all()
    assert (table["clusters"] == 6).all()
    assert (table["industries"] == 24).all()


def test_a_set_that_was_not_derived_is_scored_as_it_stands(worlds: dict[str, Linkages]) -> None:
    wrong = {code: str(i % 4) for i, code in enumerate(CODES[:12])}
    table = scores_of_set({"method": "naics", "digits": 3}, wrong, worlds, {})
    assert pairs(table) == [("none", "a"), ("none", "b")]
    assert table["out_of_sample"].isna().all()
    assert table["agreement"].isna().all()
    assert (table["industries"] == 12).all()
    assert (table["vs4"] < 50).all()


def test_a_reviewed_set_stands_on_the_files_of_the_recipe(worlds: dict[str, Linkages]) -> None:
    table = scores_of_set({"method": "review", "of": "ward"}, TRUE, worlds, BUILT)
    assert pairs(table)[:2] == [("recipe", "a"), ("recipe", "b")]
    assert pairs(table)[3] == ("a", "b")
    assert (table["vs4"] == 100).all()
