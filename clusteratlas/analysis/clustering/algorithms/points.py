"""Clustering of industries as points: hierarchical, by means or medians, spectral, consensus.

References: Ward 1963; Delgado, Porter & Stern 2016 (rows of the matrix as observations); Bradley,
Mangasarian & Street 1997 (k-median); Ng, Jordan & Weiss 2001 (spectral); Lancichinetti & Fortunato
2012 (consensus).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, cast, get_args

import numpy as np
import numpy.typing as npt

from clusteratlas.analysis.checks import require_clusterable
from clusteratlas.analysis.partitions import ordered_labels
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray, IntArray

Linkage = Literal["ward", "average", "complete"]

LINKAGES = get_args(Linkage)

_NOTHING = 1e-9
"""Length of a row of eigenvectors that is rounding errors alone."""
_ROUNDS = 100


def hierarchical(matrix: FloatArray, k: int, *, linkage: str = "ward") -> IntArray:
    """Cut a hierarchical clustering into ``k`` groups.

    ``ward`` takes the rows of the matrix as observations (squared Euclidean distance, as Delgado,
    Porter & Stern 2016); ``average`` and ``complete`` take ``max(m) - m_ij`` as distances.

    Parameters
    ----------
    matrix
        Symmetric relatedness without NaN, shape (industries, industries).
    k
        Number of groups.
    linkage
        ward, average or complete.

    Returns
    -------
    Group of each industry, numbered by size.

    Raises
    ------
    AnalysisError
        The matrix has NaN, ``k`` is out of range, or the linkage is unknown.
    """
    from scipy.cluster import hierarchy
    from scipy.spatial.distance import squareform

    require_clusterable(matrix, k)
    if linkage not in LINKAGES:
        raise AnalysisError(f"no linkage {linkage!r}", hint=f"linkages: {', '.join(LINKAGES)}")
    if linkage == "ward":
        merges = hierarchy.linkage(matrix, method="ward")
    else:
        off = ~np.eye(len(matrix), dtype=bool)
        distance = matrix[off].max() - matrix
        np.fill_diagonal(distance, 0.0)
        condensed = squareform(distance, checks=False)
        merges = hierarchy.linkage(condensed, method=cast(Linkage, linkage))
    return ordered_labels(_after_merges(merges[: len(matrix) - k], len(matrix)))


def _after_merges(merges: FloatArray, n: int) -> IntArray:
    """Group of each of n leaves after the first merges; scipy's cut_tree makes them all first."""
    parent = np.arange(n + len(merges))
    for i, (a, b) in enumerate(merges[:, :2].astype(np.int64)):
        parent[a] = parent[b] = n + i
    # Parents have higher numbers: from the top down each already knows its root.
    for i in range(len(parent) - 1, -1, -1):
        parent[i] = parent[parent[i]]
    return parent[:n].astype(np.int64)


def k_means(matrix: FloatArray, k: int, *, seed: int, starts: int = 10) -> IntArray:
    """k-means on the rows of the matrix (k-means++ starts, the best of ``starts``).

    Parameters
    ----------
    matrix
        Points as rows.
    k
        Number of groups.
    seed, starts
        Of the chance starts, and how many.

    Returns
    -------
    Group of each row, numbered by size.

    Raises
    ------
    AnalysisError
        The matrix has NaN, or ``k`` is out of range.
    """
    from sklearn.cluster import KMeans

    require_clusterable(matrix, k)
    # scikit-learn's own default, "auto", is all that a type checker sees of the parameter.
    means = KMeans(k, n_init=starts, random_state=seed)  # pyright: ignore[reportArgumentType]
    return ordered_labels(means.fit_predict(matrix))


def k_medians(matrix: FloatArray, k: int, *, seed: int, starts: int = 10) -> IntArray:
    """k-median on the rows of the matrix: city-block distance to coordinate-wise medians.

    Lloyd's rounds from starts drawn with probability in proportion to the distance, until nothing
    moves; the start with the smallest sum of distances counts. A center that loses all its rows
    takes the row that is farthest from its own.

    Parameters
    ----------
    matrix
        Points as rows.
    k
        Number of groups.
    seed, starts
        Of the chance starts, and how many.

    Returns
    -------
    Group of each row, numbered by size.

    Raises
    ------
    AnalysisError
        The matrix has NaN, or ``k`` is out of range.
    """
    require_clusterable(matrix, k)
    rng = np.random.default_rng(seed)
    best: tuple[float, IntArray] | None = None
    for _ in range(starts):
        labels, cost = _medians(matrix, k, rng)
        if best is None or cost < best[0] - 1e-9:
            best = (cost, labels)
    if best is None:
        raise AnalysisError("k-median needs one start or more", hint="raise trials")
    return ordered_labels(best[1])


def _medians(matrix: FloatArray, k: int, rng: np.random.Generator) -> tuple[IntArray, float]:
    from scipy.spatial.distance import cdist

    picked = [int(rng.integers(len(matrix)))]
    nearest = cdist(matrix, matrix[picked], "cityblock")[:, 0]
    while len(picked) < k:
        total = nearest.sum()
        chance = nearest / total if total > 0 else np.full(len(matrix), 1 / len(matrix))
        picked.append(int(rng.choice(len(matrix), p=chance)))
        nearest = np.minimum(nearest, cdist(matrix, matrix[picked[-1:]], "cityblock")[:, 0])
    centers = matrix[picked]
    labels: IntArray = np.full(len(matrix), -1, dtype=np.int64)
    cost = np.inf
    for _ in range(_ROUNDS):
        distance = cdist(matrix, centers, "cityblock")
        found = np.argmin(distance, axis=1)
        own = distance[np.arange(len(matrix)), found]
        for empty in np.flatnonzero(np.bincount(found, minlength=k) == 0):
            shared = np.bincount(found, minlength=k)[found] > 1
            farthest = int(np.argmax(np.where(shared, own, -1.0)))
            found[farthest], own[farthest] = empty, 0.0
        cost = float(own.sum())
        if np.array_equal(found, labels):
            break
        labels = found.astype(np.int64)
        centers = np.stack([np.median(matrix[labels == c], axis=0) for c in range(k)])
    return labels, cost


def spectral(graph: FloatArray, k: int, *, seed: int, starts: int = 10) -> IntArray:
    """Group industries by the first eigenvectors of the normalized graph.

    The ``k`` largest eigenvectors of ``D^-1/2 W D^-1/2``, rows scaled to length 1, then k-means
    from Ward's groups of the rows and from ``starts - 1`` chance starts, the best of which counts.

    Parameters
    ----------
    graph
        Symmetric, non-negative weights; 0 = no link.
    k
        Number of groups.
    seed, starts
        Of the chance starts, and how many starts in all.

    Returns
    -------
    Group of each industry, numbered by size.

    Raises
    ------
    AnalysisError
        The graph has NaN or a negative weight, or ``k`` is out of range.
    """
    from scipy.linalg import eigh
    from sklearn.cluster import KMeans

    require_clusterable(graph, k)
    if (graph < 0).any():
        raise AnalysisError("the graph has negative links", hint="keep positive links only")
    degree = graph.sum(axis=1)
    scale = np.divide(1.0, np.sqrt(degree), out=np.zeros(len(degree)), where=degree > 0)
    normal = graph * scale[:, None] * scale[None, :]
    n = len(graph)
    _, vectors = eigh(normal, subset_by_index=[n - k, n - 1])
    rows = _directions(vectors)
    # Chance starts end in many near-equal optima; Ward's groups are one good start that data which
    # differ in the last digits share.
    first = hierarchical(rows, k)
    centers = np.stack([rows[first == c].mean(axis=0) for c in range(k)])
    # The library's annotations know neither arrays as starts nor numbers of them.
    make: Any = KMeans
    best = make(k, init=centers, n_init=1).fit(rows)
    if starts > 1:
        other = make(k, n_init=starts - 1, random_state=seed).fit(rows)
        if other.inertia_ < best.inertia_ - 1e-9:
            best = other
    return ordered_labels(best.labels_)


def _directions(vectors: FloatArray) -> FloatArray:
    """Scale rows to length 1, to nine decimals, with the sign of each column settled.

    An industry without a link has a row of nothing but rounding errors. It has no direction: its
    row is 0. Scaled like the others it had one by chance, another one on another processor.

    The sign of an eigenvector is a matter of the library: the distances do not know it, the starts
    of k-means would.
    """
    length = np.sqrt((vectors**2).sum(axis=1, keepdims=True))
    rows = np.divide(vectors, length, out=np.zeros_like(vectors), where=length > _NOTHING)
    rows = rows * np.where(rows.sum(axis=0) < 0, -1.0, 1.0)
    return np.asarray(np.round(rows, 9), dtype=np.float64)


def consensus(runs: Sequence[npt.ArrayLike], k: int) -> IntArray:
    """Group industries by how often several partitions put them together.

    Average linkage on the share of runs in which a pair is together, cut at ``k`` groups.

    Parameters
    ----------
    runs
        Partitions of the same industries, each of shape (industries,).
    k
        Number of groups.

    Returns
    -------
    Group of each industry, numbered by size.

    Raises
    ------
    AnalysisError
        There are no runs, or ``k`` is out of range.
    """
    if not len(runs):
        raise AnalysisError("a consensus of no partitions", hint="give one run or more")
    labels = np.stack([np.asarray(run) for run in runs])
    together = np.stack([run[:, None] == run[None, :] for run in labels])
    share = together.astype(np.float64).mean(axis=0)
    return hierarchical(np.round(share, 9), k, linkage="average")
