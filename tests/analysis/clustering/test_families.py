"""Families: the tree by hand, its cut, judged moves, and second clusters within a margin."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.analysis.clustering.families import (
    cluster_tree,
    judged_families,
    second_memberships,
)
from clusteratlas.errors import AnalysisError

# Two industries in each of four clusters: a and b are near, c and d are, the rest is far.
LABELS = ["a", "a", "b", "b", "c", "c", "d", "d"]
NEAR = {("a", "b"): 1.5, ("c", "d"): 1.0, ("a", "c"): 0.5}


def matrix() -> np.ndarray:
    out = np.zeros((8, 8))
    for i, one in enumerate(LABELS):
        for j, other in enumerate(LABELS):
            pair = (min(one, other), max(one, other))
            out[i, j] = 2.0 if one == other else NEAR.get(pair, 0.0)
    return out


def test_the_tree_by_hand() -> None:
    tree = cluster_tree(matrix(), LABELS)
    assert [(m.a, m.b, m.height, m.clusters) for m in tree.merges] == [
        ("a", "b", 0.25, 2),  # 1 - 1.5 / 2
        ("c", "d", 0.5, 2),
        ("0", "1", 1.0, 4),  # the farthest pair decides: a and c are at .75, b and d at 1
    ]
    assert tree.cut(2) == {"a": "f00", "b": "f00", "c": "f01", "d": "f01"}
    assert len(set(tree.cut(4).values())) == 4
    assert set(tree.cut(1).values()) == {"f00"}


def test_looseness_is_no_distance() -> None:
    """Clusters that are as alike as they are tight are no farther apart for being loose."""
    loose = matrix()
    loose[4:, 4:] /= 4.0  # c and d: all their links a quarter
    tree = cluster_tree(loose, LABELS)
    assert [m.height for m in tree.merges[:2]] == [0.25, 0.5]


def test_equal_distances_are_taken_in_the_order_of_the_labels() -> None:
    same = np.ones((8, 8))
    tree = cluster_tree(same, LABELS)
    assert [(m.a, m.b) for m in tree.merges] == [("a", "b"), ("0", "c"), ("1", "d")]


@given(st.integers(0, 10_000), st.integers(1, 6))
def test_a_cut_is_a_partition_into_that_many_families(seed: int, families: int) -> None:
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(12, 12)) + 3.0
    labels = [f"c{i % 6}" for i in range(12)]
    tree = cluster_tree(values + values.T, labels)
    cut = tree.cut(families)
    assert sorted(cut) == sorted(set(labels))
    assert len(set(cut.values())) == families
    assert [m.height for m in tree.merges] == sorted(m.height for m in tree.merges)


@pytest.mark.parametrize("families", [0, 5])
def test_a_cut_that_cannot_be(families: int) -> None:
    with pytest.raises(AnalysisError, match="cannot be cut into"):
        cluster_tree(matrix(), LABELS).cut(families)


def test_no_tree_of_one_cluster_or_of_unknown_links() -> None:
    with pytest.raises(AnalysisError, match="two clusters or more"):
        cluster_tree(np.ones((2, 2)), ["a", "a"])
    unknown = matrix()
    unknown[:2, :] = unknown[:, :2] = np.nan
    unknown[:2, :2] = 1.0
    with pytest.raises(AnalysisError, match="cluster a has no known link"):
        cluster_tree(unknown, LABELS)


def test_judged_moves() -> None:
    families = {"a": "x", "b": "x", "c": "y"}
    assert judged_families(families, [("new", ["b"]), ("x", ["c"])]) == {
        "a": "x",
        "b": "new",
        "c": "x",
    }
    with pytest.raises(AnalysisError, match="cluster b is judged to be in two families"):
        judged_families(families, [("new", ["b"]), ("y", ["b"])])


def test_second_clusters_within_the_margin() -> None:
    # Industries of a: 2.0 to their own, 1.5 to b, .5 to c.
    found = second_memberships(matrix(), LABELS, margin=0.5)
    assert [(i, cluster, relatedness, gap) for i, cluster, relatedness, gap in found] == [
        (0, "b", 1.5, 0.5),
        (1, "b", 1.5, 0.5),
        (2, "a", 1.5, 0.5),
        (3, "a", 1.5, 0.5),
    ]
    assert second_memberships(matrix(), LABELS, margin=0.49) == []
    with pytest.raises(AnalysisError, match="margin"):
        second_memberships(matrix(), LABELS, margin=-1.0)


def test_one_alone_has_no_second_cluster_and_the_nearest_comes_first() -> None:
    labels = ["a", "a", "b", "c", "c"]
    values = np.array(
        [
            [0.0, 1.0, 0.9, 1.2, 1.2],
            [1.0, 0.0, 0.0, 0.0, 0.0],
            [0.9, 0.0, 0.0, 3.0, 3.0],
            [1.2, 0.0, 3.0, 0.0, 2.0],
            [1.2, 0.0, 3.0, 2.0, 0.0],
        ]
    )
    found = second_memberships(values, labels, margin=0.25)
    assert [(i, c, round(gap, 6)) for i, c, _, gap in found] == [
        (0, "c", -0.2),
        (0, "b", 0.1),
        (3, "b", -1.0),
        (4, "b", -1.0),
    ]
