"""Clustering of points: planted groups are found, and what cannot be is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import scipy.linalg

from clusteratlas.analysis.clustering.algorithms.points import (
    consensus,
    hierarchical,
    k_means,
    k_medians,
    spectral,
)
from clusteratlas.analysis.scores.agreement import compare_partitions
from clusteratlas.errors import AnalysisError
from tests.analysis.worked import WORKED, planted

MATRIX, TRUTH = planted(6, 8, inside=1.0, noise=0.3, seed=5)


def alike(found: np.ndarray) -> float:
    return compare_partitions([str(g) for g in found], TRUTH).ari


@pytest.mark.parametrize("linkage", ["ward", "average", "complete"])
def test_hierarchies_find_planted_groups(linkage: str) -> None:
    assert alike(hierarchical(MATRIX, 6, linkage=linkage)) > 0.95


def test_k_means_finds_planted_groups_and_repeats_itself() -> None:
    found = k_means(MATRIX, 6, seed=1)
    assert alike(found) > 0.95
    assert np.array_equal(found, k_means(MATRIX, 6, seed=1))


def test_ward_by_hand() -> None:
    # Rows of a are (1 .9 ..) and (.9 1 ..): the pair at the smallest distance merges first.
    assert hierarchical(WORKED, 5).tolist() == [0, 0, 1, 2, 3, 4]


def test_medians_are_not_drawn_by_one_far_row() -> None:
    rows = np.array([[0.0], [1.0], [2.0], [100.0], [101.0], [103.0]])
    assert k_medians(rows, 2, seed=0).tolist() == [0, 0, 0, 1, 1, 1]


def test_as_many_medians_as_rows_leave_each_alone() -> None:
    rows = np.array([[0.0], [1.0], [1.0], [5.0]])
    assert sorted(np.bincount(k_medians(rows, 4, seed=0)).tolist()) == [1, 1, 1, 1]


def test_a_consensus_follows_the_majority() -> None:
    runs = [[0, 0, 1, 1], [0, 0, 1, 1], [0, 1, 1, 1]]
    assert consensus(runs, 2).tolist() == [0, 0, 1, 1]


def test_wrong_arguments() -> None:
    with pytest.raises(AnalysisError, match="gaps"):
        hierarchical(np.full((4, 4), np.nan), 2)
    with pytest.raises(AnalysisError, match="cannot form 9"):
        k_means(WORKED, 9, seed=1)
    with pytest.raises(AnalysisError, match="no linkage 'single'"):
        hierarchical(WORKED, 2, linkage="single")
    with pytest.raises(AnalysisError, match="cannot form 61 clusters"):
        k_medians(np.eye(60), 61, seed=0)
    with pytest.raises(AnalysisError, match="negative links"):
        spectral(MATRIX, 3, seed=0)
    with pytest.raises(AnalysisError, match="a consensus of no partitions"):
        consensus([], 2)
    with pytest.raises(AnalysisError, match="has gaps"):
        spectral(np.full((3, 3), np.nan), 2, seed=0)


@pytest.mark.parametrize("seed", range(4))
def test_last_bits_of_eigenvectors_decide_nothing(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another processor gives other last bits; an industry without a link has nothing else."""
    graph = np.where(MATRIX > 0.5, MATRIX, 0.0)
    np.fill_diagonal(graph, 0.0)
    graph[7] = graph[:, 7] = 0.0
    as_it_is = spectral(graph, 6, seed=1, starts=1)
    noise = np.random.default_rng(seed)
    exact = scipy.linalg.eigh

    def elsewhere(*given: Any, **options: Any) -> tuple[np.ndarray, np.ndarray]:
        values, vectors = exact(*given, **options)
        return values, vectors + noise.normal(0.0, 1e-16, vectors.shape)

    monkeypatch.setattr(scipy.linalg, "eigh", elsewhere)
    assert np.array_equal(spectral(graph, 6, seed=1, starts=1), as_it_is)
