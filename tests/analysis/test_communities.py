"""The sweep's clustering functions: planted groups are found, and what cannot be is refused."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from clusteratlas.analysis.clustering.algorithms.communities import (
    label_propagation,
    leiden_modularity,
    louvain,
    neighbor_graph,
)
from clusteratlas.analysis.clustering.algorithms.points import consensus, k_medians, spectral
from clusteratlas.analysis.clustering.recipes import METHODS, Recipe, cluster_by_method
from clusteratlas.analysis.scores.agreement import compare_partitions
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray, IntArray

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


def test_labels_spread_over_separate_blocks() -> None:
    graph = np.kron(np.eye(3), np.ones((4, 4))).astype(np.float64)
    np.fill_diagonal(graph, 0.0)
    assert label_propagation(graph, seed=1).tolist() == [0] * 4 + [1] * 4 + [2] * 4


@pytest.mark.parametrize("find", [leiden_modularity, louvain])
def test_modularity_keeps_two_cliques_apart(find: Callable[..., IntArray]) -> None:
    graph = np.kron(np.eye(2), np.ones((4, 4)))
    graph[3, 4] = graph[4, 3] = 0.1
    np.fill_diagonal(graph, 0.0)
    assert find(graph, 1.0, seed=1).tolist() == [0] * 4 + [1] * 4


def test_medians_are_not_drawn_by_one_far_row() -> None:
    rows = np.array([[0.0], [1.0], [2.0], [100.0], [101.0], [103.0]])
    assert k_medians(rows, 2, seed=0).tolist() == [0, 0, 0, 1, 1, 1]


def test_as_many_medians_as_rows_leave_each_alone() -> None:
    rows = np.array([[0.0], [1.0], [1.0], [5.0]])
    assert sorted(np.bincount(k_medians(rows, 4, seed=0)).tolist()) == [1, 1, 1, 1]


def test_a_consensus_follows_the_majority() -> None:
    runs = [[0, 0, 1, 1], [0, 0, 1, 1], [0, 1, 1, 1]]
    assert consensus(runs, 2).tolist() == [0, 0, 1, 1]


def test_bad_input_is_refused() -> None:
    matrix, _ = _planted(1.0)
    with pytest.raises(AnalysisError, match="cannot form 61 clusters"):
        k_medians(matrix, 61, seed=0)
    with pytest.raises(AnalysisError, match="negative links"):
        spectral(matrix, 3, seed=0)
    with pytest.raises(AnalysisError, match="a consensus of no partitions"):
        consensus([], 2)
    with pytest.raises(AnalysisError, match="needs links"):
        louvain(np.zeros((3, 3)), 1.0, seed=0)
    with pytest.raises(AnalysisError, match="has gaps"):
        spectral(np.full((3, 3), np.nan), 2, seed=0)
    with pytest.raises(AnalysisError, match="method = 'magic'"):
        _recipe("magic")
    assert (neighbor_graph(matrix, 5) >= 0).all()
