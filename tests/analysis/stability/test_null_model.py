"""Structure is found where it was planted, and refused where there is none."""

from __future__ import annotations

import numpy as np
import pytest

from clusteratlas.analysis.clustering.recipes import Recipe
from clusteratlas.analysis.linkages.combined import Linkages, combine_linkages
from clusteratlas.analysis.stability.null_model import StructureTest, _shuffled, structure_test
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray
from tests.analysis.worked import planted, planted_linkages

RECIPES = [
    Recipe(method="spectral", clusters=6, neighbors=10, trials=1),
    Recipe(method="ward", clusters=6),
    Recipe(method="leiden", clusters=6, neighbors=10, trials=1),
]


def world(strength: float, seed: int, hubs: float = 0.0) -> Linkages:
    """Four matrices with the same six planted groups of eight, and the same hubs."""
    central = np.random.default_rng(99).normal(size=48) * hubs
    matrices: dict[str, FloatArray] = {}
    for k, name in enumerate(("lc_emp", "lc_est", "coi", "io", "occ")):
        matrix, _ = planted(6, 8, inside=strength, noise=0.3, seed=10 * seed + k)
        matrices[name] = matrix + central[:, None] + central[None, :]
    codes = [f"{111111 + 1000 * (i // 8) + i}" for i in range(48)]
    return combine_linkages(codes, matrices, codes, codes)


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda r: r.method)
def test_planted_groups_are_found(recipe: Recipe) -> None:
    found = structure_test(planted_linkages()[0], recipe)
    assert found.found
    assert found.strength > 10
    assert found.note.startswith("the data show clusters: members are ")


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda r: r.method)
@pytest.mark.parametrize("hubs", [0.0, 0.5])
def test_noise_and_hubs_alone_are_refused(recipe: Recipe, hubs: float) -> None:
    verdicts = [structure_test(world(0.0, seed, hubs), recipe).found for seed in range(4)]
    # Each has one chance in twenty.
    assert sum(verdicts) <= 1


def test_strength_grows_with_what_is_planted() -> None:
    strengths = [structure_test(world(s, 1, 0.2), RECIPES[0]).strength for s in (0.0, 0.2, 0.6)]
    assert strengths == sorted(strengths)
    assert strengths[0] < 2 < strengths[2]


def test_a_prior_does_not_make_structure() -> None:
    noise = world(0.0, 1)
    weights = {"lc_emp": 1.0, "lc_est": 1.0, "io": 1.0, "occ": 1.0}
    bare = structure_test(noise, Recipe(method="ward", clusters=6, weights=weights))
    prior = structure_test(
        noise, Recipe(method="ward", clusters=6, weights={**weights, "naics": 9.0})
    )
    assert bare == prior
    with pytest.raises(AnalysisError, match="nothing to shuffle"):
        structure_test(noise, Recipe(method="ward", clusters=6, weights={"naics": 1.0}))


def test_a_copy_keeps_hubs_and_the_sum_of_links() -> None:
    central = np.array([3.0, 1.0, 0.0, 0.0, -1.0, -2.0])
    only_hubs = central[:, None] + central[None, :]
    np.fill_diagonal(only_hubs, 0.0)
    copy = _shuffled(only_hubs, np.random.default_rng(1))
    assert np.allclose(copy, only_hubs)
    noise = np.triu(np.random.default_rng(2).normal(size=(6, 6)), 1)
    mixed = _shuffled(only_hubs + noise + noise.T, np.random.default_rng(3))
    assert mixed.sum() == pytest.approx((only_hubs + noise + noise.T).sum())
    assert np.allclose(mixed, mixed.T)


def test_the_verdict_needs_to_beat_every_copy() -> None:
    assert StructureTest(0.5, (0.1, 0.4)).found
    assert not StructureTest(0.4, (0.1, 0.4)).found
    assert StructureTest(0.4, (0.1, 0.4)).note.startswith("the data show no structure")
    assert StructureTest(1.0, (0.1, 0.3)).strength == pytest.approx(8.0)
    assert StructureTest(1.0, (0.2,)).strength == 0.0
