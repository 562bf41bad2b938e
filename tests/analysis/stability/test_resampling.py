"""Stability of definitions: worked numbers, and groups planted at known strength."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.analysis.clustering.derivation import derive_definitions
from clusteratlas.analysis.clustering.recipes import Recipe
from clusteratlas.analysis.linkages.colocation import location_correlation, pairwise_coagglomeration
from clusteratlas.analysis.linkages.combined import Linkages, combine_linkages
from clusteratlas.analysis.stability.resampling import (
    AreaLevels,
    bootstrap_runs,
    cluster_co_membership,
    cluster_jaccard,
    pair_co_membership,
    refined_marks,
    stability_word,
)
from clusteratlas.errors import AnalysisError

GROUPS, EACH = 4, 6
LABELS = [f"g{i // EACH}" for i in range(GROUPS * EACH)]
RECIPE = Recipe(
    clusters=GROUPS, neighbors=6, trials=2, weights={"lc_emp": 1.0, "occ": 1.0}, delta=0.05
)


def planted(strength: float, *, areas: int = 60, seed: int = 7) -> tuple[Linkages, AreaLevels]:
    """Industries that follow their group's geography as far as the strength says (0 to 1)."""
    rng = np.random.default_rng(seed)
    common = rng.normal(size=(GROUPS, areas))
    own = rng.normal(size=(GROUPS * EACH, areas))
    group = np.repeat(np.arange(GROUPS), EACH)
    levels = np.exp(strength * common[group] + (1 - strength) * own)
    noise = rng.normal(size=(len(group),) * 2)
    occ = noise + noise.T
    codes = [f"{310000 + i}" for i in range(len(group))]
    matrices = {name: location_correlation(levels) for name in ("lc_emp", "lc_est")}
    links = combine_linkages(
        codes, {**matrices, "coi": occ, "io": occ, "occ": occ}, [""] * len(codes), [""] * len(codes)
    )
    return links, AreaLevels("cbsa", levels)


def runs_of(strength: float, *, threads: int = 1) -> npt.NDArray[np.int64]:
    links, levels = planted(strength)
    found = derive_definitions(links, RECIPE)
    recipe = replace(RECIPE, resolution=found.resolution)
    return bootstrap_runs(links, {"lc_emp": levels}, recipe, runs=12, seed=3, threads=threads)


RUNS = np.array([[0, 0, 0, 1, 1], [0, 0, 1, 1, 1], [0, 1, 2, 3, 3]])
FIVE = ["a", "a", "a", "b", "b"]


def test_jaccard_by_hand() -> None:
    # a: 3/3, 2/3, 1/3 over the runs; b: 2/2, 2/3, 2/2.
    jaccard = cluster_jaccard(FIVE, RUNS)
    assert jaccard == pytest.approx({"a": 2 / 3, "b": 8 / 9})


def test_company_by_hand() -> None:
    shares = cluster_co_membership(FIVE, RUNS)
    # First of a: with its two mates, with the one that did not leave, and by itself (its mates
    # lie apart: it is with neither).
    assert shares[0].tolist() == pytest.approx([2 / 3, 0])
    # Third of a: with them once; with b once.
    assert shares[2].tolist() == pytest.approx([1 / 3, 1 / 3])
    assert shares[3].tolist() == pytest.approx([0, 1])


def test_one_alone_is_stable_where_it_stays_alone() -> None:
    runs = np.array([[0, 0, 1], [0, 0, 0]])
    shares = cluster_co_membership(["a", "a", "b"], runs)
    assert shares[2, 1] == 0.5
    assert shares[2, 0] == 0.5  # in the second run it is with a's majority


def test_together_by_hand() -> None:
    pairs = pair_co_membership(RUNS)
    assert pairs[0, 1] == pytest.approx(2 / 3)
    assert pairs[2, 3] == pytest.approx(1 / 3)
    assert pairs[3, 4] == 1
    assert (np.diag(pairs) == 1).all()
    assert (pairs == pairs.T).all()


@pytest.mark.parametrize(
    ("jaccard", "word"),
    [
        (1.0, "highly stable"),
        (0.85, "highly stable"),
        (0.8, "stable"),
        (0.6, "pattern"),
        (0.55, "doubtful"),
        (0.49, "dissolved"),
    ],
)
def test_words(jaccard: float, word: str) -> None:
    assert stability_word(jaccard) == word


def test_marks_follow_stability() -> None:
    marks = ["core", "core", "core", "usual", "marginal", "usual"]
    shares = np.array([0.9, 0.7, 0.4, 0.9, 1.0, np.nan])
    assert refined_marks(marks, shares) == [
        "core",
        "usual",
        "marginal",
        "usual",
        "marginal",
        "usual",
    ]


def test_strong_groups_are_found_again() -> None:
    runs = runs_of(0.9)
    jaccard = cluster_jaccard(LABELS, runs)
    assert min(jaccard.values()) > 0.85
    shares = cluster_co_membership(LABELS, runs)
    own = [int(label[1:]) for label in LABELS]
    assert shares[np.arange(len(own)), own].mean() > 0.9


def test_noise_is_called_dissolved() -> None:
    links, _ = planted(0.0)
    labels = derive_definitions(links, RECIPE).labels
    words = [stability_word(j) for j in cluster_jaccard(labels, runs_of(0.0)).values()]
    assert set(words) <= {"dissolved", "doubtful", "pattern"}
    assert "dissolved" in words


def test_stability_falls_with_the_strength_of_the_groups() -> None:
    means = [np.mean(list(cluster_jaccard(LABELS, runs_of(s)).values())) for s in (0.2, 0.5, 0.9)]
    assert means == sorted(means)


def test_threads_do_not_matter() -> None:
    assert (runs_of(0.4) == runs_of(0.4, threads=3)).all()


def test_resampled_areas_count_as_often_as_they_are_drawn() -> None:
    _, levels = planted(0.5, areas=5)
    picked = np.array([0, 0, 3])
    want = location_correlation(levels.levels[:, [0, 0, 3]])
    np.testing.assert_allclose(levels.links(picked), want)
    total = levels.levels.sum(axis=0)
    coi = replace(levels, aggregate=total).links(picked)
    np.testing.assert_allclose(
        coi, pairwise_coagglomeration(levels.levels[:, picked], total[picked])
    )


def test_what_cannot_be_resampled_is_refused() -> None:
    links, levels = planted(0.5)
    with pytest.raises(AnalysisError, match="nothing to resample"):
        bootstrap_runs(links, {}, RECIPE, runs=3, seed=1)
    with pytest.raises(AnalysisError, match="nothing to resample"):
        bootstrap_runs(links, {"lc_emp": levels}, RECIPE, runs=0, seed=1)
    short = AreaLevels("cbsa", levels.levels[:-1])
    with pytest.raises(AnalysisError, match="23 rows for 24 industries"):
        bootstrap_runs(links, {"lc_emp": short}, RECIPE, runs=3, seed=1)
    with pytest.raises(AnalysisError, match="runs of shape"):
        cluster_jaccard(["a"], RUNS)


@given(st.lists(st.integers(0, 3), min_size=2, max_size=9), st.integers(1, 4))
def test_the_same_partition_in_every_run_is_fully_stable(groups: list[int], n: int) -> None:
    labels = [str(g) for g in groups]
    runs = np.array([groups] * n)
    assert set(cluster_jaccard(labels, runs).values()) == {1.0}
    own = np.unique(groups, return_inverse=True)[1]
    assert (cluster_co_membership(labels, runs)[np.arange(len(own)), own] == 1).all()
