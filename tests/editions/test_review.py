"""Judged moves: logged with their price, and refused where they say nothing or too much."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from clusteratlas.analysis.clustering.derivation import DerivedDefinitions, derive_definitions
from clusteratlas.analysis.clustering.recipes import Recipe
from clusteratlas.analysis.linkages.combined import Linkages, combine_linkages
from clusteratlas.analysis.stability.resampling import cluster_jaccard
from clusteratlas.editions.definitions.review import review
from clusteratlas.editions.flow.judgments import (
    Judgment,
    Review,
    judgments,
    moved_alike,
    objections_to,
    read_review,
)
from clusteratlas.editions.flow.recipe import read_recipe
from clusteratlas.editions.tables.name_checks import NAME_FIGURES
from clusteratlas.editions.tables.review import findings, objections
from clusteratlas.errors import InputError
from tests.editions.inputs import Stub

CODES = [f"3{g}{i:02d}00" for g in range(1, 4) for i in range(10)]
RECIPE = Recipe(method="ward", clusters=3)


@pytest.fixture(scope="module")
def linkages() -> Linkages:
    group = np.array([c[1] for c in CODES])
    rng = np.random.default_rng(5)
    noise = rng.normal(size=(30, 30)) * 0.1
    matrix = (noise + noise.T) / 2 + (group[:, None] == group[None, :])
    np.fill_diagonal(matrix, 1.0)
    names = ("lc_emp", "lc_est", "coi", "io", "occ")
    return combine_linkages(CODES, dict.fromkeys(names, matrix), [""] * 30, [""] * 30)


@pytest.fixture(scope="module")
def base(linkages: Linkages) -> DerivedDefinitions:
    return derive_definitions(linkages, RECIPE)


def test_a_move_is_logged_with_its_reason_and_its_price(
    linkages: Linkages, base: DerivedDefinitions
) -> None:
    judged = (Judgment(("310000",), "320000", "sold with them"),)
    made = review(linkages, base, judged, RECIPE)
    label = dict(zip(made.derived.codes, made.derived.labels, strict=True))
    assert label["310000"] == label["320000"] != label["310100"]
    assert made.moved == {"310000"}
    row = made.derived.outliers.iloc[-1]
    combined = linkages.matrices["combined"]
    assert row["reason"] == "sold with them"
    assert row["relatedness"] == pytest.approx(combined[0, 1:10].mean())
    assert row["other_relatedness"] == pytest.approx(combined[0, 10:20].mean())
    assert row["to_cluster"] == label["320000"]
    members = made.derived.memberships.set_index("naics")
    assert bool(members.at["310000", "moved"])
    assert members.at["310000", "mark"] == "marginal"


def test_a_cluster_of_their_own(linkages: Linkages, base: DerivedDefinitions) -> None:
    made = review(linkages, base, (Judgment(("310000", "310100"), None, "apart"),), RECIPE)
    label = dict(zip(made.derived.codes, made.derived.labels, strict=True))
    assert label["310000"] == label["310100"]
    assert list(made.derived.labels).count(label["310000"]) == 2


@pytest.mark.parametrize(
    ("judged", "message"),
    [
        ((Judgment(("999999",), None, "x"),), "names 999999"),
        ((Judgment(("310000",), "310100", "x"),), "moves 310000 to the cluster that it is in"),
        (
            (Judgment(("310000",), "320000", "x"), Judgment(("310000",), "330000", "y")),
            "moves 310000 twice",
        ),
        ((Judgment(tuple(CODES[:7]), "320000", "x"),), "moves 7 of 30"),
    ],
)
def test_what_a_review_may_not_do(
    linkages: Linkages, base: DerivedDefinitions, judged: Review, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        review(linkages, base, judged, RECIPE)


def test_a_review_file(tmp_path: Path) -> None:
    path = tmp_path / "moves.toml"
    path.write_text('[[judged]]\ncodes = ["310000"]\nwith = "320000"\nreason = "near"\n')
    entries = read_review("moves.toml", tmp_path / "recipe.toml")
    settings = {"file": "moves.toml", **entries}
    assert judgments(settings) == (Judgment(("310000",), "320000", "near"),)
    with pytest.raises(InputError, match="cannot be read"):
        read_review("none.toml", tmp_path / "recipe.toml")
    for wrong in ({"codes": ["310000"]}, {"codes": ["1"], "reason": "x", "to": "2"}):
        with pytest.raises(InputError, match="review moves"):
            judgments({"file": "moves.toml", "judged": [wrong]})


def test_the_packaged_review_gives_a_reason_for_each_move() -> None:
    recipe = read_recipe()
    settings = recipe.definitions[recipe.default]
    assert settings["method"] == "review"
    made = judgments(settings)
    assert made
    assert len({c for j in made for c in j.codes}) == sum(len(j.codes) for j in made)
    assert all(len(j.reason) < 100 for j in made)


def test_no_review_changes_nothing_but_the_log(
    linkages: Linkages, base: DerivedDefinitions
) -> None:
    made = review(linkages, base, (), RECIPE)
    assert made.derived.labels == base.labels
    assert replace(made.derived, outliers=base.outliers).memberships.equals(base.memberships)


def test_the_moves_are_made_in_another_partition() -> None:
    judged = (
        Judgment(("b", "c"), "d", "sold with d"),
        Judgment(("e", "f"), None, "a kind of their own"),
        Judgment(("a",), "b", "goes with what b has gone to"),
    )
    codes = list("abcdefg")
    # Here the cluster of d is in pieces, and e and f are apart.
    after = moved_alike(judged, codes, np.array([0, 0, 0, 1, 1, 2, 2]))
    assert after.tolist() == [0, 0, 0, 0, 1, 1, 2]
    before = np.array([1, 1, 0, 0])
    assert moved_alike((), list("abcd"), before).tolist() == [0, 0, 1, 1]
    assert before.tolist() == [1, 1, 0, 0]


def test_a_reviewed_cluster_is_found_again_where_its_moves_are_made(
    linkages: Linkages, base: DerivedDefinitions
) -> None:
    judged = (Judgment(("310000", "320000", "330000"), None, "bought together"),)
    own = review(linkages, base, judged, RECIPE).derived.labels
    groups = np.unique(base.labels, return_inverse=True)[1]
    runs = np.stack([moved_alike(judged, base.codes, run) for run in (groups, groups)])
    assert set(cluster_jaccard(own, runs).values()) == {1.0}
    assert min(cluster_jaccard(own, np.stack([groups, groups])).values()) == pytest.approx(1 / 12)


HEAD = "naics,proposed,decision,with,reason\n"


def test_a_file_of_objections(tmp_path: Path) -> None:
    (tmp_path / "moves.toml").write_text('objections = "asked.csv"\n')
    path = tmp_path / "asked.csv"
    path.write_text(HEAD + "310000,with makers of toys,kept,,made on one line\n")
    settings: dict[str, Any] = {"method": "review", "file": "moves.toml"}
    settings |= read_review("moves.toml", tmp_path / "recipe.toml")
    (one,) = objections_to(settings)
    assert (one.naics, one.decision, one.with_) == ("310000", "kept", None)
    assert objections_to({"method": "ward"}) == []
    for line, said in (
        ("31,toys,kept,,x", "line 2: naics"),
        ("310000,toys,maybe,,x", "decision"),
        ("310000,toys,kept,,", "reason"),
        ("310000,toys,kept,,x\n310000,toys,kept,,y", "line 3: 310000 came before"),
    ):
        path.write_text(HEAD + line + "\n")
        with pytest.raises(InputError, match=said):
            read_review("moves.toml", tmp_path / "recipe.toml")
    path.unlink()
    with pytest.raises(InputError, match=r"objections asked\.csv cannot be read"):
        read_review("moves.toml", tmp_path / "recipe.toml")


def _asked(**entry: str) -> pd.DataFrame:
    members = pd.DataFrame(
        {"naics": ["310000", "320000", "330000"], "cluster": ["s:a", "s:a", "s:b"]}
    )
    rows = [{"naics": "310000", "proposed": "toys", "reason": "why", **entry}]
    settings = {"method": "review", "file": "moves.toml", "objections": rows}
    naics, file = (Stub(name, 2017, pd.DataFrame()) for name in ("naics-codes", "cbp-county"))
    return objections(settings, "s", members, naics, file, pd.DataFrame())


def test_an_objection_says_what_the_set_does() -> None:
    row = _asked(decision="changed", **{"with": "320000"}).iloc[0]
    assert (row["industry"], row["cluster"], row["target"]) == ("naics2017:310000", "s:a", "s:a")
    kept = _asked(decision="refused", **{"with": "330000"}).iloc[0]
    assert (kept["cluster"], kept["target"]) == ("s:a", "s:b")
    assert _asked(decision="kept").iloc[0]["target"] is None
    for entry, said in (
        ({"decision": "changed", "with": "330000"}, "not in the cluster of 330000"),
        ({"decision": "refused", "with": "320000"}, "is in the cluster of 320000"),
        ({"decision": "changed"}, "not in the cluster of an anchor"),
        ({"decision": "kept", "with": "999999"}, "names 999999, which is nowhere"),
    ):
        with pytest.raises(InputError, match=said):
            _asked(**entry)


def test_the_checklist_of_a_reviewed_set_takes_reasons_of_moves_and_objections() -> None:
    members = pd.DataFrame(
        {
            "naics": ["1", "2", "3"],
            "cluster": "s:a",
            "subcluster": [None, None, "s:a/x"],
            "traded": True,
            "relatedness": 0.1,
            "next_relatedness": 0.5,
            "moved_because": ["sold together", None, None],
        }
    )
    clusters = pd.DataFrame(
        {
            "key": ["s:a", "s:family-f"],
            "kind": "traded",
            "level": ["cluster", "family"],
            "industries": [3, 3],
            "stability": ["stable", None],
            "jaccard": [0.8, None],
        }
    )
    names = pd.DataFrame(
        {"description": ["A.", None], "kept_because": None}, index=["s:a", "s:family-f"]
    ).reindex(columns=["description", "kept_because", *NAME_FIGURES])
    asked = pd.DataFrame({"naics": ["2"], "reason": ["weighed"]})
    ward = {"method": "ward", "clusters": 3, "title": "Rows"}
    found = findings({"method": "review"}, ward, members, clusters, names, asked)
    near = found[found["item"] == "nearer"].set_index("what")["answer"]
    assert near["1"] == "sold together"
    assert near["2"] == "weighed"
    assert pd.isna(near["3"])
    assert found[found["item"] != "nearer"]["item"].tolist() == ["unexplained"]
    assert findings(ward, ward, members, clusters, names, asked).empty
