"""Families of clusters: a tree on the relatedness of clusters, cut at a number of families.

Reference: Delgado, Porter & Stern 2016 (relatedness between clusters); complete linkage as in
Sørensen 1948. Average linkage was tried: services and wholesale, two thirds of all traded jobs,
then are one family at any number of families that is of use.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from clusteratlas.analysis.linkages.relatedness import cluster_relatedness
from clusteratlas.analysis.partitions import ordered_labels
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray

_DIGITS = 9
"""Decimals of the distances: beyond them is the arithmetic of one machine, and ties are broken."""


@dataclass(frozen=True, slots=True)
class Merge:
    """One merge of the tree.

    Attributes
    ----------
    a, b
        Labels of two clusters, or the steps of earlier merges as text.
    height
        Largest distance between two clusters of what is joined.
    clusters
        Clusters that are together after it.
    """

    a: str
    b: str
    height: float
    clusters: int


@dataclass(frozen=True, slots=True)
class ClusterTree:
    """A tree of clusters.

    Attributes
    ----------
    clusters
        Labels, sorted.
    merges
        From the nearest two to the whole; one less than there are clusters.
    """

    clusters: tuple[str, ...]
    merges: tuple[Merge, ...]

    def cut(self, families: int) -> dict[str, str]:
        """Cut the tree so that so many families are left.

        Returns
        -------
        Label of each cluster's family, "f00", "f01", ... by number of clusters, equal ones by
        their first cluster.

        Raises
        ------
        AnalysisError
            There are fewer clusters than families, or no family is asked for.
        """
        if not 1 <= families <= len(self.clusters):
            raise AnalysisError(
                f"{len(self.clusters)} clusters cannot be cut into {families} families",
                hint="change hierarchy.families in the recipe",
            )
        inside: dict[str, list[str]] = {name: [name] for name in self.clusters}
        for step, merge in enumerate(self.merges[: len(self.clusters) - families]):
            inside[str(step)] = inside.pop(merge.a) + inside.pop(merge.b)
        group = {name: at for at, names in enumerate(inside.values()) for name in names}
        numbers = ordered_labels([group[name] for name in self.clusters])
        return {c: f"f{n:02d}" for c, n in zip(self.clusters, numbers, strict=True)}


def cluster_tree(matrix: FloatArray, labels: Sequence[str]) -> ClusterTree:
    """Join clusters by their relatedness, the nearest two first (complete linkage).

    The relatedness of two clusters is held against that within them, so that two loose clusters
    are no farther apart than two tight ones of the same likeness::

        distance(c, d) = 1 - BCR_cd / mean(WCR_c, WCR_d)

    and of two groups it is the largest over their pairs of clusters. A cluster of
    one industry has no relatedness within: it takes the mean over the others. Distances are rounded
    and equal ones are taken in the order of the labels, so that every processor makes the same
    tree.

    Parameters
    ----------
    matrix
        Relatedness of industries, shape (industries, industries), NaN where unknown.
    labels
        Cluster of each industry.

    Returns
    -------
    The tree; distances above 1 are of clusters that are less related than two industries by chance.

    Raises
    ------
    AnalysisError
        There are fewer than two clusters, or one of them is not related to any other by known
        pairs.
    """
    near = cluster_relatedness(matrix, labels)
    k = len(near.clusters)
    if k < 2:
        raise AnalysisError("a tree needs two clusters or more", hint="derive more clusters")
    within = np.diag(near.cluster).copy()
    within = np.where(np.isnan(within), np.nanmean(within), within)
    distance = np.round(1.0 - near.cluster / ((within[:, None] + within[None, :]) / 2.0), _DIGITS)
    np.fill_diagonal(distance, np.inf)
    if np.isnan(distance).any():
        lone = near.clusters[int(np.argmax(np.isnan(distance).any(axis=1)))]
        raise AnalysisError(
            f"cluster {lone} has no known link to another one", hint="move its industries"
        )
    return ClusterTree(near.clusters, tuple(_merges(distance, near.clusters)))


def _merges(distance: FloatArray, names: Sequence[str]) -> list[Merge]:
    alive = list(range(len(names)))
    label = list(names)
    size = [1] * len(names)
    out: list[Merge] = []
    while len(alive) > 1:
        part = distance[np.ix_(alive, alive)]
        i, j = sorted(np.unravel_index(int(np.argmin(part)), part.shape))
        a, b = alive[i], alive[j]
        together = size[a] + size[b]
        out.append(Merge(label[a], label[b], float(distance[a, b]), together))
        distance[a, :] = distance[:, a] = np.maximum(distance[a], distance[b])
        distance[a, a] = np.inf
        label[a], size[a] = str(len(out) - 1), together
        alive.pop(j)
    return out


def second_memberships(
    matrix: FloatArray, labels: Sequence[str], *, margin: float
) -> list[tuple[int, str, float, float]]:
    """Find the other clusters that industries are nearly as related to as to their own.

    Cluster d is a second one of industry i where ``WCR_i - BCR_id <= margin``. An industry alone in
    its cluster has no relatedness to it, and no second cluster.

    Parameters
    ----------
    matrix
        Relatedness of industries, shape (industries, industries), NaN where unknown.
    labels
        Cluster of each industry.
    margin
        In units of the matrix.

    Returns
    -------
    Position of the industry, cluster, relatedness to it, gap (WCR_i - BCR_id); by industry, the
    nearest cluster first.

    Raises
    ------
    AnalysisError
        The margin is negative.
    """
    if margin < 0:
        raise AnalysisError(f"a margin of {margin}", hint="hierarchy.second_margin is 0 or more")
    near = cluster_relatedness(matrix, labels)
    gap = np.round(near.wcr[:, None] - near.others, _DIGITS)
    found = []
    for i, row in enumerate(gap):
        at = np.flatnonzero(row <= margin)  # unknown ones are not
        found += [
            (i, near.clusters[d], float(near.industry[i, d]), float(row[d]))
            for d in at[np.argsort(row[at], kind="stable")]
        ]
    return found


def judged_families(
    families: Mapping[str, str], judged: Sequence[tuple[str, Sequence[str]]]
) -> dict[str, str]:
    """Move clusters into the families that they were judged to be in.

    Parameters
    ----------
    families
        Id of the family of each cluster.
    judged
        Id of a family, known or new, and the clusters that move into it.

    Returns
    -------
    Id of the family of each cluster after all moves.

    Raises
    ------
    AnalysisError
        A cluster is moved twice.
    """
    out = dict(families)
    seen: set[str] = set()
    for family, clusters in judged:
        for cluster in clusters:
            if cluster in seen:
                raise AnalysisError(
                    f"cluster {cluster} is judged to be in two families",
                    hint="name one of its industries in one entry of the review alone",
                )
            seen.add(cluster)
            out[cluster] = family
    return out
