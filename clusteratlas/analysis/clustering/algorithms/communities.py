"""Communities in the graph of nearest neighbors: Leiden, Louvain, label propagation.

References: Traag, Waltman & van Eck 2019 (Leiden); Traag, Van Dooren & Nesterov 2011 (constant
Potts model); Newman 2006 (modularity); Blondel et al. 2008 (Louvain); Raghavan et al. 2007 (label
propagation).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from clusteratlas.analysis.checks import require_clusterable
from clusteratlas.analysis.partitions import ordered_labels
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray, IntArray


def neighbor_graph(matrix: FloatArray, neighbors: int, *, mutual: bool = False) -> FloatArray:
    """Keep the strongest positive links of each industry.

    A link stays if one of its ends (``mutual``: both) has it among its ``neighbors`` strongest;
    equal strengths go by position. An industry that would lose all its links keeps its strongest.

    Parameters
    ----------
    matrix
        Symmetric, without NaN, shape (industries, industries).
    neighbors
        Strongest links that an industry chooses.
    mutual
        Both ends have to choose a link.

    Returns
    -------
    Symmetric, 0 where there is no link, weights as in the matrix (positive only).
    """
    require_clusterable(matrix)
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

    Returns
    -------
    Communities by size, their quality and the resolution. An industry without links is alone.

    Raises
    ------
    AnalysisError
        The graph has no link or the resolution is not positive.
    """
    from graspologic_native import leiden_csr  # pyright: ignore[reportAttributeAccessIssue]
    from scipy.sparse import csr_array

    require_clusterable(graph)
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
    """Constant Potts quality of a partition: ``sum_c [w_c - g n_c (n_c - 1) / 2]``.

    Parameters
    ----------
    graph
        Symmetric weights, shape (industries, industries), diagonal not read.
    labels
        Community of each industry.
    resolution
        The g of the formula, in the unit of the weights.

    Returns
    -------
    In the unit of the weights; 0 where every industry is alone.
    """
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
    graph, seed, trials
        As for :func:`leiden_cpm`.
    k
        Wanted number of communities.
    smallest
        Count only communities of at least so many industries towards ``k``.
    rounds
        Bisections at most.

    Returns
    -------
    The communities of the best run.

    Raises
    ------
    AnalysisError
        The graph has no positive link, or ``k`` is out of range.
    """
    require_clusterable(graph, k)
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
    seed, trials, iterations
        As for :func:`leiden_cpm`.

    Returns
    -------
    Community of each industry, numbered by size; one without links is alone.

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

    Parameters
    ----------
    graph
        Symmetric, non-negative weights; 0 = no link.
    resolution
        The g of modularity; 1 is Newman's.
    seed
        Of the order of visits.

    Returns
    -------
    Community of each industry, numbered by size.

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

    Parameters
    ----------
    graph
        Symmetric, non-negative weights; 0 = no link.
    seed
        Of the order of visits.

    Returns
    -------
    Community of each industry, numbered by size; one without links is alone.
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
