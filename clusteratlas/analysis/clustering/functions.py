"""Clustering functions: from a matrix of relatedness to groups of industries.

References: Ward 1963; Delgado, Porter & Stern 2016 (rows of the matrix as observations); Traag,
Waltman & van Eck 2019 (Leiden); Traag, Van Dooren & Nesterov 2011 (constant Potts model).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast, get_args

import numpy as np
import numpy.typing as npt

from clusteratlas.errors import AnalysisError

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
Linkage = Literal["ward", "average", "complete"]
LINKAGES = get_args(Linkage)


def ordered_labels(groups: npt.ArrayLike) -> IntArray:
    """Give groups numbers: by size, largest first, equal sizes by their first member.

    The numbers depend on the partition and the order of the members alone, not on how a clustering
    function happened to number them.
    """
    _, first, inverse, sizes = np.unique(
        np.asarray(groups), return_index=True, return_inverse=True, return_counts=True
    )
    rank = np.empty(len(sizes), dtype=np.int64)
    rank[np.lexsort((first, -sizes))] = np.arange(len(sizes))
    return rank[inverse]


def _check(matrix: FloatArray, k: int | None = None) -> None:
    if np.isnan(matrix).any():
        raise AnalysisError("the matrix has gaps", hint="cluster the combined matrix")
    if k is not None and not 1 <= k <= len(matrix):
        raise AnalysisError(
            f"{len(matrix)} industries cannot form {k} clusters",
            hint=f"choose 1 to {len(matrix)} clusters",
        )


def hierarchical(matrix: FloatArray, k: int, *, linkage: str = "ward") -> IntArray:
    """Cut a hierarchical clustering into ``k`` groups.

    ``ward`` takes the rows of the matrix as observations (squared Euclidean distance, as Delgado,
    Porter & Stern 2016); ``average`` and ``complete`` take ``max(m) - m_ij`` as distances.

    Raises
    ------
    AnalysisError
        The matrix has NaN, ``k`` is out of range, or the linkage is unknown.
    """
    from scipy.cluster import hierarchy
    from scipy.spatial.distance import squareform

    _check(matrix, k)
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

    Raises
    ------
    AnalysisError
        The matrix has NaN, or ``k`` is out of range.
    """
    from sklearn.cluster import KMeans

    _check(matrix, k)
    # scikit-learn's own default, "auto", is all that a type checker sees of the parameter.
    means = KMeans(k, n_init=starts, random_state=seed)  # pyright: ignore[reportArgumentType]
    return ordered_labels(means.fit_predict(matrix))


def neighbor_graph(matrix: FloatArray, neighbors: int, *, mutual: bool = False) -> FloatArray:
    """Keep the strongest positive links of each industry.

    A link stays if one of its ends (``mutual``: both) has it among its ``neighbors`` strongest;
    equal strengths go by position. An industry that would lose all its links keeps its strongest.

    Returns
    -------
    Symmetric, 0 where there is no link, weights as in the matrix (positive only).
    """
    _check(matrix)
    n = len(matrix)
    m = matrix.copy()
    np.fill_diagonal(m, -np.inf)
    order = np.argsort(-m, axis=1, kind="stable")
    chosen = np.zeros((n, n), dtype=bool)
    kept = min(neighbors, n - 1)
    chosen[np.repeat(np.arange(n), kept), order[:, :kept].ravel()] = True
    link = (chosen & chosen.T) if mutual else (chosen | chosen.T)
    np.fill_diagonal(m, 0.0)
    lonely = np.flatnonzero(~(link & (m > 0)).any(axis=1))
    link[lonely, order[lonely, 0]] = True
    link[order[lonely, 0], lonely] = True
    return np.where(link & (m > 0), m, 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Communities:
    """Result of community detection.

    Attributes
    ----------
    labels
        Community of each industry, numbered by size.
    quality
        Constant Potts quality: sum over communities of (link weight inside minus resolution times
        pairs inside).
    resolution
        The resolution that gave them.
    """

    labels: IntArray
    quality: float
    resolution: float


def leiden_cpm(
    graph: FloatArray, resolution: float, *, seed: int, trials: int = 10, iterations: int = 10
) -> Communities:
    """Leiden communities by the constant Potts model.

    Maximizes ``sum_c [w_c - g n_c (n_c - 1) / 2]`` with w_c the link weight inside c and g the
    resolution: no resolution limit, and a community is one whose mean link inside is at least g.
    Weights may be negative (a dense signed matrix). One thread, seeded: the same graph, resolution
    and seed give the same communities.

    Parameters
    ----------
    graph
        Symmetric weights, shape (industries, industries), diagonal not read; 0 = no link.
    trials, iterations
        Independent runs, of which the best is kept, and full cycles in each.

    Raises
    ------
    AnalysisError
        The graph has no link or the resolution is not positive.
    """
    from graspologic_native import leiden_csr  # pyright: ignore[reportAttributeAccessIssue]
    from scipy.sparse import csr_array

    _check(graph)
    if resolution <= 0:
        raise AnalysisError(
            f"resolution {resolution:g} is not positive",
            hint="shift the weights, or choose the number of clusters instead",
        )
    weights = graph.copy()
    np.fill_diagonal(weights, 0.0)
    if not weights.any():
        raise AnalysisError("the graph has no link", hint="keep more neighbors")
    # The library takes no negative weights. Adding one constant to every pair and to the
    # resolution leaves the quality of every partition as it is.
    shift = max(0.0, -float(weights.min()))
    shifted = weights + shift
    np.fill_diagonal(shifted, 0.0)
    sparse = csr_array(shifted)
    _, found = leiden_csr(
        sparse.indptr.astype(np.int64),
        sparse.indices.astype(np.int32),
        sparse.data.astype(np.float64),
        len(graph),
        resolution=resolution + shift,
        use_modularity=False,
        seed=seed,
        trials=trials,
        iterations=iterations,
    )
    # A node without links may be missing: it is a community of its own.
    groups = np.array([found.get(i, len(graph) + i) for i in range(len(graph))])
    labels = ordered_labels(groups)
    return Communities(labels, cpm_quality(weights, labels, resolution), resolution)


def cpm_quality(graph: FloatArray, labels: Sequence[int] | IntArray, resolution: float) -> float:
    """Constant Potts quality of a partition: ``sum_c [w_c - g n_c (n_c - 1) / 2]``."""
    at = np.asarray(labels)
    inside = at[:, None] == at[None, :]
    np.fill_diagonal(inside, False)
    return float((graph[inside] - resolution).sum() / 2)


def leiden_with_k(
    graph: FloatArray, k: int, *, seed: int, trials: int = 10, smallest: int = 1, rounds: int = 24
) -> Communities:
    """Leiden communities by the constant Potts model at the resolution that gives ``k`` of them.

    Bisection on the logarithm of the resolution. The number of communities rises with it, but not
    strictly and in jumps: the run nearest to ``k`` is kept, the lower resolution among equals.

    Parameters
    ----------
    smallest
        Count only communities of at least so many industries towards ``k``.

    Raises
    ------
    AnalysisError
        The graph has no positive link, or ``k`` is out of range.
    """
    _check(graph, k)
    positive = graph[graph > 0]
    if positive.size == 0:
        raise AnalysisError("the graph has no positive link", hint="keep more neighbors")
    low, high = np.log(float(positive.min()) / len(graph)), np.log(float(positive.max()) * 2)
    best: Communities | None = None
    distance = np.inf
    for _ in range(rounds):
        middle = (low + high) / 2
        found = leiden_cpm(graph, float(np.exp(middle)), seed=seed, trials=trials)
        count = int((np.bincount(found.labels) >= smallest).sum())
        if best is None or (abs(count - k), found.resolution) < (distance, best.resolution):
            best, distance = found, abs(count - k)
        if count == k:
            break
        low, high = (middle, high) if count < k else (low, middle)
    assert best is not None  # noqa: S101  # rounds >= 1
    return best
