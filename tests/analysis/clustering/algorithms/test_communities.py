"""Communities in graphs: by hand, planted, and refused."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusteratlas.analysis.clustering.algorithms.communities import (
    cpm_quality,
    label_propagation,
    leiden_cpm,
    leiden_modularity,
    leiden_with_k,
    louvain,
    neighbor_graph,
)
from clusteratlas.analysis.partitions import ordered_labels
from clusteratlas.analysis.scores.agreement import compare_partitions
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import IntArray
from tests.analysis.worked import WORKED, planted

MATRIX, TRUTH = planted(6, 8, inside=1.0, noise=0.3, seed=5)


def alike(found: np.ndarray) -> float:
    return compare_partitions([str(g) for g in found], TRUTH).ari


def test_the_graph_keeps_the_strongest_positive_links() -> None:
    either = neighbor_graph(WORKED, 1)
    # a-a and b-b choose each other, both of c choose the first of b.
    assert np.argwhere(np.triu(either)).tolist() == [[0, 1], [2, 3], [2, 4], [2, 5]]
    mutual = neighbor_graph(WORKED, 1, mutual=True)
    assert mutual[0, 1] == 0.9
    assert mutual[2, 4] == mutual[2, 5] == 0.4  # otherwise c would have no link at all
    assert np.array_equal(mutual, mutual.T)


def test_negative_links_are_no_links() -> None:
    assert (neighbor_graph(-np.ones((4, 4)), 2) == 0).all()
    assert (neighbor_graph(MATRIX, 5) >= 0).all()


def test_quality_by_hand() -> None:
    # Two pairs inside: .9 + .5 + .1 less the resolution three times.
    assert cpm_quality(WORKED, [0, 0, 1, 1, 2, 2], 0.2) == pytest.approx(1.5 - 0.6)


def test_leiden_keeps_a_pair_together_while_its_link_exceeds_the_resolution() -> None:
    graph = np.zeros((4, 4))
    graph[0, 1] = graph[1, 0] = 0.9
    graph[2, 3] = graph[3, 2] = 0.5
    assert leiden_cpm(graph, 0.4, seed=1).labels.tolist() == [0, 0, 1, 1]
    assert leiden_cpm(graph, 0.7, seed=1).labels.tolist() == [0, 0, 1, 2]


def test_leiden_splits_along_negative_links() -> None:
    graph = np.ones((6, 6))
    graph[:3, 3:] = graph[3:, :3] = -1
    found = leiden_cpm(graph, 0.1, seed=1)
    assert found.labels.tolist() == [0, 0, 0, 1, 1, 1]
    assert found.quality == pytest.approx(6 - 0.6)


def test_leiden_finds_planted_groups_and_the_wanted_number() -> None:
    found = leiden_with_k(neighbor_graph(MATRIX, 10), 6, seed=1)
    assert found.labels.max() == 5
    assert alike(found.labels) > 0.95
    dense = leiden_with_k(MATRIX, 6, seed=1)
    assert alike(dense.labels) > 0.95


def test_leiden_repeats_itself_and_is_no_worse_than_the_truth() -> None:
    graph = neighbor_graph(MATRIX, 10)
    one, two = leiden_cpm(graph, 0.3, seed=7), leiden_cpm(graph, 0.3, seed=7)
    assert np.array_equal(one.labels, two.labels)
    assert one.quality == two.quality
    assert one.quality >= cpm_quality(graph, ordered_labels(TRUTH), 0.3) - 1e-9


@given(st.permutations(range(48)))
@settings(max_examples=10)
def test_well_separated_groups_do_not_depend_on_the_order(order: list[int]) -> None:
    moved = MATRIX[np.ix_(order, order)]
    truth = [TRUTH[i] for i in order]
    found = leiden_with_k(neighbor_graph(moved, 10), 6, seed=1, trials=2)
    assert compare_partitions([str(g) for g in found.labels], truth).ari > 0.95


def test_an_industry_without_links_is_alone() -> None:
    graph = np.zeros((3, 3))
    graph[0, 1] = graph[1, 0] = 1.0
    assert leiden_cpm(graph, 0.5, seed=1).labels.tolist() == [0, 0, 1]


def test_wrong_arguments() -> None:
    with pytest.raises(AnalysisError, match="not positive"):
        leiden_cpm(WORKED, 0.0, seed=1)
    with pytest.raises(AnalysisError, match="no link"):
        leiden_cpm(np.zeros((3, 3)), 0.1, seed=1)
    with pytest.raises(AnalysisError, match="no positive link"):
        leiden_with_k(-np.ones((3, 3)), 2, seed=1)
    with pytest.raises(AnalysisError, match="needs links"):
        louvain(np.zeros((3, 3)), 1.0, seed=0)


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
