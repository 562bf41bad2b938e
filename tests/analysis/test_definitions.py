from __future__ import annotations

import csv
import tomllib
from importlib.resources import files

import numpy as np
import pandas as pd
import pytest

from clusteratlas.analysis.clustering.derivation import (
    derive_definitions,
    memberships,
    naics_definition,
    weighted_similarity,
)
from clusteratlas.analysis.clustering.recipes import METHODS, Recipe
from clusteratlas.analysis.linkages.combined import (
    SINGLE,
    combine_linkages,
    naics_closeness,
    standardize,
)
from clusteratlas.analysis.partitions import cluster_labels
from clusteratlas.analysis.scores.agreement import compare_partitions
from clusteratlas.analysis.scores.validation import mean_validation_score
from clusteratlas.errors import AnalysisError

from .worked import CODES, LABELS, WORKED, planted_linkages

LINKS, TRUTH = planted_linkages()
SMALL = Recipe(clusters=6, neighbors=10, trials=3)


@pytest.mark.parametrize("method", METHODS)
def test_every_method_finds_planted_clusters(method: str) -> None:
    found = derive_definitions(LINKS, Recipe(method=method, clusters=6, neighbors=10, trials=3))
    # Medians of nearly equal values end in a local optimum: they may join two of the six groups.
    assert compare_partitions(found.labels, TRUTH).ari > (0.8 if method == "k-median" else 0.95)
    assert mean_validation_score(found.scores) > 95
    assert found.converged
    by_resolution = {"leiden", "leiden-modularity", "louvain"}
    assert (found.resolution > 0) == (method in by_resolution)


def test_the_same_recipe_gives_the_same_definitions() -> None:
    one, two = derive_definitions(LINKS, SMALL), derive_definitions(LINKS, SMALL)
    assert one.labels == two.labels
    pd.testing.assert_frame_equal(one.memberships, two.memberships)
    pd.testing.assert_frame_equal(one.outliers, two.outliers)


def test_rounding_of_the_last_digits_changes_nothing() -> None:
    noise = {k: m + 1e-13 * np.eye(48)[::-1] for k, m in LINKS.matrices.items() if k != "combined"}
    other = combine_linkages(LINKS.codes, noise, LINKS.sector_of, LINKS.profile_of)
    assert derive_definitions(other, SMALL).labels == derive_definitions(LINKS, SMALL).labels


def test_similarity_by_hand() -> None:
    matrices = {**dict.fromkeys(("lc_emp", "lc_est", "coi", "occ"), WORKED), "io": -WORKED}
    links = combine_linkages(CODES, matrices, CODES, CODES)
    weights = {"lc_emp": 2.0, "io": 1.0, "naics": 1.0}
    z, tree = standardize(WORKED), standardize(naics_closeness(CODES))
    assert np.allclose(weighted_similarity(links, Recipe(weights=weights)), (2 * z - z + tree) / 4)
    capped = weighted_similarity(links, Recipe(weights={"lc_emp": 1.0}, cap=1.0))
    assert capped.max() == 1.0
    assert np.allclose(capped, np.clip(z, -1, 1))
    with pytest.raises(AnalysisError, match="'skill'"):
        weighted_similarity(links, Recipe(weights={"skill": 1.0}))


def test_transforms_and_hub_correction_are_applied() -> None:
    plain = weighted_similarity(LINKS, Recipe())
    ranked = weighted_similarity(LINKS, Recipe(transform="rank"))
    cleaned = weighted_similarity(LINKS, Recipe(hubs_removed=True))
    assert not np.allclose(plain, ranked)
    assert np.abs(cleaned.sum(axis=1)).max() < np.abs(plain.sum(axis=1)).max()


def test_a_fixed_resolution_is_used() -> None:
    found = derive_definitions(LINKS, Recipe(resolution=0.5, neighbors=10, trials=2))
    assert found.resolution == 0.5


def test_memberships_by_hand() -> None:
    matrices = dict.fromkeys(SINGLE, WORKED)
    links = combine_linkages(CODES, matrices, CODES, CODES)
    z = standardize(WORKED)
    sd = (z[0, 1] - z[2, 3]) / 0.4
    table = memberships(links, LABELS, delta=0.05, core_margin=0.3 * sd, moved={CODES[2]})
    # Margins: a .9 - .3, b .5 - .4, c .1 - .4.
    assert table["mark"].tolist() == ["core"] * 2 + ["usual"] * 2 + ["marginal"] * 2
    assert table["next_cluster"].tolist() == ["c", "c", "c", "c", "b", "b"]
    assert table["relatedness"].iloc[0] == pytest.approx(z[0, 1])
    assert table["next_relatedness"].iloc[0] == pytest.approx(z[0, 4])
    assert table["moved"].tolist() == [False, False, True, False, False, False]


def test_one_alone_is_marginal_and_one_cluster_has_no_next() -> None:
    matrices = dict.fromkeys(SINGLE, WORKED)
    links = combine_linkages(CODES, matrices, CODES, CODES)
    alone = memberships(links, [*"aabbcd"], delta=0.05, core_margin=0.5)
    assert alone["mark"].iloc[5] == "marginal"
    assert np.isnan(alone["relatedness"].iloc[5])
    single = memberships(links, ["a"] * 6, delta=0.05, core_margin=0.5)
    assert single["next_cluster"].isna().all()
    with pytest.raises(AnalysisError, match="core_margin"):
        memberships(links, LABELS, delta=0.5, core_margin=0.1)


def test_labels_are_ordered_by_size() -> None:
    assert cluster_labels([*"xyyzyz"]) == ["c02", "c00", "c00", "c01", "c00", "c01"]


def test_naics_groups() -> None:
    assert naics_definition(["325411", "325510"], 3) == ["325", "325"]
    with pytest.raises(AnalysisError, match="6 digits"):
        naics_definition(["325411"], 6)


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
    shipped = tomllib.loads((folder / "recipes" / "us-2017.toml").read_text("utf-8"))
    for name in ("algorithm", "ward"):
        entries = {k: v for k, v in shipped["definitions"][name].items() if k != "title"}
        assert Recipe.from_dict(entries).method in METHODS
    rows = list(
        csv.DictReader((folder / "tables" / "cluster_names.csv").read_text("utf-8").splitlines())
    )
    assert len({row["id"] for row in rows}) == len(rows) >= 54
    drugs = next(row for row in rows if row["id"] == "biopharmaceuticals")
    assert drugs["members"].split() == ["325411", "325412", "325413", "325414", "541714"]
    judged = [code for entry in shipped["traded"]["judged"] for code in entry["codes"]]
    assert len(judged) == len(set(judged)) < 97  # at most a tenth of the industries
    assert all(entry["reason"] for entry in shipped["traded"]["judged"])
