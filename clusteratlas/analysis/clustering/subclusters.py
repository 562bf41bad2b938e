"""Subclusters: groups inside a cluster, by the same method one level down.

Reference: Delgado, Porter & Stern 2016 (subclusters within benchmark clusters). The test against
shuffled links is ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from clusteratlas.analysis.clustering.algorithms.communities import leiden_cpm, neighbor_graph
from clusteratlas.analysis.clustering.algorithms.points import hierarchical
from clusteratlas.analysis.linkages.relatedness import cluster_relatedness
from clusteratlas.analysis.partitions import ordered_labels
from clusteratlas.analysis.products import product
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray, IntArray

STEPS = (0.2, 0.35, 0.5, 0.65, 0.8)
"""Quantiles of a cluster's positive links that are tried as resolutions."""
MOST = 6
"""Subclusters at most, where their number has to be told."""
WHOLE = 15
"""A cluster of more members is always split: nobody reads so many at once."""
UNEVEN = 0.75
"""A split with a larger share of the members in one group is taken only if no other is found."""


@dataclass(frozen=True, slots=True, eq=False)
class ClusterSplit:
    """A cluster split into subclusters, or not.

    Attributes
    ----------
    labels
        Subcluster of each member, numbered by size; all 0 where the cluster is left whole. Where
        ``strength`` is not above ``null``, only the size of the cluster asked for a split.
    margin
        Mean over the members of similarity to their own subcluster less that to the nearest
        other one, standard deviations; 0 where the cluster is left whole.
    strength, null
        How far the best split is above shuffled links, in standard deviations of theirs, and
        the same for the best of the shuffled clusters: what chance alone gives.
    """

    labels: IntArray
    margin: float
    strength: float
    null: float


def split_cluster(
    similar: FloatArray,
    *,
    method: str,
    neighbors: int,
    mutual: bool,
    seed: int,
    smallest: int = 3,
    shuffles: int = 19,
) -> ClusterSplit:
    """Split one cluster by the similarity of its members.

    Leiden is run at several resolutions where it made the set, else average linkage at several
    numbers of groups (rows of so few members say too little for Ward or k-means); complete linkage
    beside it, since in the larger clusters average linkage takes away one member after the other
    and finds no two groups. Groups below ``smallest`` join the group that they are most similar to.
    Margins of splits of different fineness do not compare: tiny groups have large ones by chance.
    So each setting is held against the same setting on ``shuffles`` copies with shuffled links.
    Splits that are higher above them, ``(margin - mean) / sd``, than the best setting of any copy
    (max-T test; with 19 copies at the level of 5 %) are candidates: the highest without a group of
    more than :data:`UNEVEN` of the members, else the highest. Without any, a cluster of more than
    :data:`WHOLE` members takes the highest of all its splits, and a smaller one stays whole.

    Parameters
    ----------
    similar
        Similarity among the members, shape (n, n), without NaN.
    method, neighbors, mutual
        As in :class:`clusteratlas.analysis.clustering.recipes.Recipe`.
    seed
        Of the clustering function and of the shuffles.

    Returns
    -------
    The split, or the cluster left whole.

    Raises
    ------
    AnalysisError
        The matrix has NaN.
    """
    if np.isnan(similar).any():
        raise AnalysisError("the matrix has gaps", hint="split by the similarity of the set")
    n = len(similar)
    rng = np.random.default_rng(seed)
    upper = np.triu_indices(n, 1)
    found = _splits(similar, method, neighbors, mutual, seed, smallest)
    margins = [[_margin(similar, s) for s in found]]
    for _ in range(shuffles):
        mixed = np.zeros_like(similar)
        mixed[upper] = rng.permutation(similar[upper])
        mixed += mixed.T
        splits = _splits(mixed, method, neighbors, mutual, seed, smallest)
        margins.append([_margin(mixed, s) for s in splits])
    table = np.array(margins)
    spread = table[1:].std(axis=0)
    z = np.divide(
        table - table[1:].mean(axis=0), spread, out=np.zeros_like(table), where=spread > 0
    )
    null = float(z[1:].max())
    top = _best(z[0], table[0], null, [np.bincount(s).max() / n for s in found])
    if table[0, top] <= 0 or (z[0, top] <= null and n <= WHOLE):
        return ClusterSplit(np.zeros(n, dtype=np.int64), 0.0, float(z[0, top]), null)
    return ClusterSplit(found[top], float(table[0, top]), float(z[0, top]), null)


def _best(z: FloatArray, margins: FloatArray, null: float, largest: Sequence[float]) -> int:
    """Choose a split: above chance before others, then even ones, then the highest."""
    order = zip(margins > 0, z > null, np.array(largest) <= UNEVEN, z, strict=True)
    ranks = list(order)
    return max(range(len(ranks)), key=ranks.__getitem__)


def _splits(
    similar: FloatArray, method: str, neighbors: int, mutual: bool, seed: int, smallest: int
) -> list[IntArray]:
    """One split for each setting; a cluster left whole where the setting gives no proper one."""
    n = len(similar)
    if method == "leiden":
        graph = neighbor_graph(similar, neighbors, mutual=mutual)
        positive = graph[graph > 0]
        steps = list(np.quantile(positive, STEPS)) if positive.size else []
        raw = [leiden_cpm(graph, float(r), seed=seed, trials=1, iterations=3).labels for r in steps]
        # As many splits of every copy, so that they can be held against each other.
        raw += [np.zeros(n, dtype=np.int64)] * (len(STEPS) - len(raw))
    else:
        raw = [hierarchical(similar, k, linkage="average") for k in range(2, min(MOST, n) + 1)]
    raw += [hierarchical(similar, k, linkage="complete") for k in range(2, min(MOST, n) + 1)]
    return [_gathered(similar, groups, smallest) for groups in raw]


def _gathered(similar: FloatArray, groups: IntArray, smallest: int) -> IntArray:
    """Let the members of tiny groups join the group that they are most similar to."""
    sizes = np.bincount(groups)
    kept = np.flatnonzero(sizes >= smallest)
    if len(kept) == 0:
        return np.zeros(len(groups), dtype=np.int64)
    member = (groups[:, None] == kept[None, :]).astype(np.float64)
    means = product(similar, member) / member.sum(axis=0)
    tiny = sizes[groups] < smallest
    return ordered_labels(np.where(tiny, kept[np.argmax(means, axis=1)], groups))


def _margin(similar: FloatArray, labels: IntArray) -> float:
    if not labels.any():
        return 0.0
    r = cluster_relatedness(similar, [str(g) for g in labels])
    return float(np.mean(r.wcr - np.nanmax(r.others, axis=1)))


def split_clusters(
    similar: FloatArray,
    labels: Sequence[str],
    *,
    larger_than: int,
    method: str,
    neighbors: int,
    mutual: bool,
    seed: int,
) -> tuple[list[str], dict[str, ClusterSplit]]:
    """Split every cluster of more than ``larger_than`` members.

    Parameters
    ----------
    similar
        Similarity of all industries, without NaN.
    labels
        Cluster of each industry.
    larger_than
        Clusters of so many members or fewer are left whole.
    method, neighbors, mutual, seed
        As for :func:`split_cluster`.

    Returns
    -------
    Subcluster of each industry as ``cluster/0``, "" where its cluster is whole; and the split of
    each cluster that was tried.
    """
    own = np.asarray(labels, dtype=str)
    out = [""] * len(own)
    splits: dict[str, ClusterSplit] = {}
    for name in sorted(set(own.tolist())):
        at = np.flatnonzero(own == name)
        if len(at) <= larger_than:
            continue
        found = split_cluster(
            similar[np.ix_(at, at)], method=method, neighbors=neighbors, mutual=mutual, seed=seed
        )
        splits[name] = found
        if found.labels.any():
            for i, group in zip(at, found.labels, strict=True):
                out[i] = f"{name}/{group}"
    return out, splits
