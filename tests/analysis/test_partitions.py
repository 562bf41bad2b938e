"""Partitions as labels."""

from __future__ import annotations

from clusteratlas.analysis.partitions import cluster_labels, ordered_labels


def test_groups_are_numbered_by_size_then_first_member() -> None:
    assert ordered_labels([7, 3, 3, 9, 7, 1, 3]).tolist() == [1, 0, 0, 2, 1, 3, 0]
    assert ordered_labels(["b", "a"]).tolist() == [0, 1]


def test_labels_are_ordered_by_size() -> None:
    assert cluster_labels([*"xyyzyz"]) == ["c02", "c00", "c00", "c01", "c00", "c01"]
