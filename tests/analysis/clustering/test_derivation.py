"""Definitions derived: planted clusters, worked memberships, refused recipes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from clusteratlas.analysis.clustering.derivation import (
    derive_definitions,
    grade_memberships,
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
from clusteratlas.analysis.scores.agreement import compare_partitions
from clusteratlas.analysis.scores.validation import mean_validation_score
from clusteratlas.errors import AnalysisError
from tests.analysis.worked import CODES, LABELS, WORKED, planted_linkages

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
    table = grade_memberships(links, LABELS, delta=0.05, core_margin=0.3 * sd, moved={CODES[2]})
    # Margins: a .9 - .3, b .5 - .4, c .1 - .4.
    assert table["mark"].tolist() == ["core"] * 2 + ["usual"] * 2 + ["marginal"] * 2
    assert table["next_cluster"].tolist() == ["c", "c", "c", "c", "b", "b"]
    assert table["relatedness"].iloc[0] == pytest.approx(z[0, 1])
    assert table["next_relatedness"].iloc[0] == pytest.approx(z[0, 4])
    assert table["moved"].tolist() == [False, False, True, False, False, False]


def test_one_alone_is_marginal_and_one_cluster_has_no_next() -> None:
    matrices = dict.fromkeys(SINGLE, WORKED)
    links = combine_linkages(CODES, matrices, CODES, CODES)
    alone = grade_memberships(links, [*"aabbcd"], delta=0.05, core_margin=0.5)
    assert alone["mark"].iloc[5] == "marginal"
    assert np.isnan(alone["relatedness"].iloc[5])
    single = grade_memberships(links, ["a"] * 6, delta=0.05, core_margin=0.5)
    assert single["next_cluster"].isna().all()
    with pytest.raises(AnalysisError, match="core_margin"):
        grade_memberships(links, LABELS, delta=0.5, core_margin=0.1)


def test_naics_groups() -> None:
    assert naics_definition(["325411", "325510"], 3) == ["325", "325"]
    with pytest.raises(AnalysisError, match="6 digits"):
        naics_definition(["325411"], 6)
