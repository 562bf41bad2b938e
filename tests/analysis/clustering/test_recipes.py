"""The sweep's clustering functions: planted groups are found, and what cannot be is refused."""

from __future__ import annotations

import csv
import tomllib
from importlib.resources import files

import numpy as np
import pytest

from clusteratlas.analysis.clustering.recipes import METHODS, Recipe, cluster_by_method
from clusteratlas.analysis.scores.agreement import compare_partitions
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray

GROUPS, EACH = 5, 12


def _planted(strength: float, seed: int = 0) -> tuple[FloatArray, list[str]]:
    rng = np.random.default_rng(seed)
    labels = np.repeat(np.arange(GROUPS), EACH)
    noise = rng.normal(size=(len(labels), len(labels)))
    matrix = (noise + noise.T) / np.sqrt(2) + strength * (labels[:, None] == labels[None, :])
    np.fill_diagonal(matrix, 0.0)
    return matrix, [str(g) for g in labels]


def _recipe(method: str) -> Recipe:
    return Recipe(method, clusters=GROUPS, neighbors=15, seed=3, trials=5)


@pytest.mark.parametrize("method", [m for m in METHODS if m != "label-propagation"])
def test_every_method_finds_strong_groups(method: str) -> None:
    matrix, truth = _planted(3.5)
    labels, _ = cluster_by_method(matrix, _recipe(method))
    assert compare_partitions([str(g) for g in labels], truth).ari > 0.9


@pytest.mark.parametrize("method", ["k-median", "spectral", "louvain", "consensus"])
def test_nothing_is_found_where_nothing_is(method: str) -> None:
    matrix, truth = _planted(0.0)
    labels, _ = cluster_by_method(matrix, _recipe(method))
    assert abs(compare_partitions([str(g) for g in labels], truth).ari) < 0.1


@pytest.mark.parametrize("method", METHODS)
def test_the_same_seed_gives_the_same_groups(method: str) -> None:
    matrix, _ = _planted(1.5)
    first, again = (cluster_by_method(matrix, _recipe(method))[0] for _ in range(2))
    assert first.tolist() == again.tolist()


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(AnalysisError, match="method = 'magic'"):
        _recipe("magic")


def test_a_recipe_survives_the_way_to_a_dictionary_and_back() -> None:
    recipe = Recipe(method="ward", clusters=40, weights={"io": 1.0, "naics": 0.5}, cap=3.0)
    assert Recipe.from_dict(recipe.to_dict()) == recipe
    assert Recipe.from_dict({"cap": 6}).cap == 6


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ({"metod": "ward"}, "'metod'"),
        ({"clusters": "fifty"}, "clusters = 'fifty'"),
        ({"clusters": True}, "clusters = True"),
        ({"method": "magic"}, "'magic'"),
        ({"transform": "log"}, "'log'"),
        ({"weights": {"io": 0.0}}, "no positive weight"),
    ],
)
def test_a_wrong_recipe_is_refused(entries: dict[str, object], message: str) -> None:
    with pytest.raises(AnalysisError, match=message):
        Recipe.from_dict(entries)


def test_the_shipped_recipes_and_names_can_be_read() -> None:
    folder = files("clusteratlas.editions")
    shipped = tomllib.loads((folder / "recipes" / "us-2021.toml").read_text("utf-8"))
    for name in ("algorithm", "ward"):
        entries = {k: v for k, v in shipped["definitions"][name].items() if k != "title"}
        assert Recipe.from_dict(entries).method in METHODS
    named = (folder / "definitions" / "cluster_names.csv").read_text("utf-8")
    rows = list(csv.DictReader(named.splitlines()))
    assert len({row["id"] for row in rows}) == len(rows) >= 54
    drugs = next(row for row in rows if row["id"] == "biopharmaceuticals")
    assert drugs["members"].split() == ["325411", "325412", "325413", "325414"]
    judged = [code for entry in shipped["traded"]["judged"] for code in entry["codes"]]
    assert len(judged) == len(set(judged)) < 121  # at most an eighth of the industries
    assert all(entry["reason"] for entry in shipped["traded"]["judged"])
