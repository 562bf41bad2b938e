"""More clustering functions of the sweep: medians, eigenvectors, modularity, labels, consensus.

References: Bradley, Mangasarian & Street 1997 (k-median); Ng, Jordan & Weiss 2001 (spectral);
Newman 2006 (modularity); Blondel et al. 2008 (Louvain); Raghavan et al. 2007 (label propagation);
Lancichinetti & Fortunato 2012 (consensus).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from clusteratlas.analysis.clustering.functions import (
    FloatArray,
    IntArray,
    hierarchical,
    ordered_labels,
)
from clusteratlas.errors import AnalysisError

_ROUNDS = 100


def _checked(matrix: FloatArray, k: int) -> None:
    if np.isnan(matrix).any():
        raise AnalysisError("the matrix has gaps", hint="cluster the combined matrix")
    if not 1 <= k <= len(matrix):
        raise AnalysisError(
            f"{len(matrix)} industries cannot form {k} clusters",
            hint=f"choose 1 to {len(matrix)} clusters",
        )


def k_medians(matrix: FloatArray, k: int, *, seed: int, starts: int = 10) -> IntArray:
    """k-median on the rows of the matrix: city-block distance to coordinate-wise medians.

    Lloyd's rounds from starts drawn with probability in proportion to the distance, until nothing
    moves; the start with the smallest sum of distances counts. A center that loses all its rows
    takes the row that is farthest from its own.

    Raises
    ------
    AnalysisError
        The matrix has NaN, or ``k`` is out of range.
    """
    _checked(matrix, k)
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

    Raises
    ------
    AnalysisError
        The graph has NaN or a negative weight, or ``k`` is out of range.
    """
    from scipy.linalg import eigh
    from sklearn.cluster import KMeans

    _checked(graph, k)
    if (graph < 0).any():
        raise AnalysisError("the graph has negative links", hint="keep positive links only")
    degree = graph.sum(axis=1)
    scale = np.divide(1.0, np.sqrt(degree), out=np.zeros(len(degree)), where=degree > 0)
    normal = graph * scale[:, None] * scale[None, :]
    n = len(graph)
    _, vectors = eigh(normal, subset_by_index=[n - k, n - 1])
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    rows = np.divide(vectors, length, out=np.zeros_like(vectors), where=length > 0)
    # The sign of an eigenvector is a matter of the library: the distances do not know it, the
    # starts of k-means would.
    rows = rows * np.where(rows.sum(axis=0) < 0, -1.0, 1.0)
    rows = np.round(rows, 9).astype(np.float64)
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


def leiden_modularity(
    graph: FloatArray, resolution: float, *, seed: int, trials: int = 10, iterations: int = 10
) -> IntArray:
    """Leiden communities by modularity: ``sum_c [w_c / m - g (d_c / 2m)^2]``.

    Parameters
    ----------
    graph
        Symmetric, non-negative weights; 0 = no link.
    resolution
        The g of the formula; 1 is Newman's.

    Raises
    ------
    AnalysisError
        The graph has no link, or the resolution is not positive.
    """
    from graspologic_native import leiden_csr  # pyright: ignore[reportAttributeAccessIssue]
    from scipy.sparse import csr_array

    if resolution <= 0 or not (graph > 0).any():
        raise AnalysisError(
            "modularity needs links and a positive resolution", hint="keep more neighbors"
        )
    weights = graph.copy()
    np.fill_diagonal(weights, 0.0)
    sparse = csr_array(weights)
    _, found = leiden_csr(
        sparse.indptr.astype(np.int64),
        sparse.indices.astype(np.int32),
        sparse.data.astype(np.float64),
        len(graph),
        resolution=resolution,
        use_modularity=True,
        seed=seed,
        trials=trials,
        iterations=iterations,
    )
    return ordered_labels([found.get(i, len(graph) + i) for i in range(len(graph))])


def louvain(graph: FloatArray, resolution: float, *, seed: int) -> IntArray:
    """Louvain communities by modularity; one run of networkx.

    Raises
    ------
    AnalysisError
        The graph has no link, or the resolution is not positive.
    """
    import networkx as nx

    if resolution <= 0 or not (graph > 0).any():
        raise AnalysisError(
            "modularity needs links and a positive resolution", hint="keep more neighbors"
        )
    found = nx.community.louvain_communities(
        nx.from_numpy_array(graph), weight="weight", resolution=resolution, seed=seed
    )
    return _of_sets(found, len(graph))


def label_propagation(graph: FloatArray, *, seed: int) -> IntArray:
    """Label propagation, in random order: an industry takes the label with most weight around it.

    It has no parameter for the number of clusters; a denser graph gives fewer.
    """
    import networkx as nx

    found = nx.community.asyn_lpa_communities(
        nx.from_numpy_array(graph), weight="weight", seed=seed
    )
    return _of_sets(list(found), len(graph))


def _of_sets(groups: Sequence[set[int]], n: int) -> IntArray:
    labels = np.zeros(n, dtype=np.int64)
    for number, group in enumerate(groups):
        labels[sorted(group)] = number
    return ordered_labels(labels)


def consensus(runs: Sequence[npt.ArrayLike], k: int) -> IntArray:
    """Group industries by how often several partitions put them together.

    Average linkage on the share of runs in which a pair is together, cut at ``k`` groups.

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
