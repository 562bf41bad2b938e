"""Partitions of industries as labels: numbered by size, named by number, laid over each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from clusteratlas.vocabulary.arrays import FloatArray, IntArray


def ordered_labels(groups: npt.ArrayLike) -> IntArray:
    """Give groups numbers: by size, largest first, equal sizes by their first member.

    The numbers depend on the partition and the order of the members alone, not on how a clustering
    function happened to number them.

    Parameters
    ----------
    groups
        Group of each member under any names, shape (members,).

    Returns
    -------
    Number of each member's group, from 0, shape (members,).
    """
    _, first, inverse, sizes = np.unique(
        np.asarray(groups), return_index=True, return_inverse=True, return_counts=True
    )
    rank = np.empty(len(sizes), dtype=np.int64)
    rank[np.lexsort((first, -sizes))] = np.arange(len(sizes))
    return rank[inverse]


def cluster_labels(groups: Sequence[str]) -> list[str]:
    """Rename groups to "c00", "c01", ... by size, largest first, equal ones by first member.

    Parameters
    ----------
    groups
        Group of each member, under any names.

    Returns
    -------
    Label of each member's group, in order.
    """
    return [f"c{g:02d}" for g in ordered_labels(np.asarray(groups, dtype=str))]


def overlap_table(first: IntArray, second: IntArray) -> FloatArray:
    """Count the industries that each cluster of two partitions have in common.

    ``n_cd = |c & d|``.

    Parameters
    ----------
    first, second
        Cluster number of each industry, from 0, shape (industries,); the same industries in the
        same order.

    Returns
    -------
    Shape (clusters of the first, clusters of the second).
    """
    table = np.zeros((int(first.max()) + 1, int(second.max()) + 1))
    np.add.at(table, (first, second), 1.0)
    return table
