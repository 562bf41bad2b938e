"""Every clustering function of a recipe under its name, with the same call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from clusteratlas.analysis.clustering.communities import (
    consensus,
    k_medians,
    label_propagation,
    leiden_modularity,
    louvain,
    spectral,
)
from clusteratlas.analysis.clustering.functions import (
    FloatArray,
    IntArray,
    hierarchical,
    k_means,
    leiden_cpm,
    leiden_with_k,
    neighbor_graph,
)
from clusteratlas.errors import AnalysisError

METHODS = (
    "leiden",
    "ward",
    "average",
    "complete",
    "k-means",
    "k-median",
    "spectral",
    "leiden-modularity",
    "louvain",
    "label-propagation",
    "consensus",
)
"""Names that a recipe may give its method."""

_SPREAD = (0.8, 0.9, 1.0, 1.1, 1.2)
_BISECTIONS = 14


@dataclass(frozen=True, slots=True)
class Choice:
    """What a clustering function may be told.

    Attributes
    ----------
    method
        One of :data:`METHODS`.
    clusters, resolution
        Wanted number of clusters, or the resolution in its place where a method has one (0 = look
        for it).
    neighbors, mutual
        Of the graph, for the methods that take one.
    seed, trials
        Of the random steps.
    """

    method: str
    clusters: int
    resolution: float
    neighbors: int
    mutual: bool
    seed: int
    trials: int


def cluster_by_method(similar: FloatArray, choice: Choice) -> tuple[IntArray, float]:
    """Cluster industries by one of the methods.

    Hierarchical ones, k-means and k-median take the matrix, the others the graph of its strongest
    positive links. ``consensus`` puts Ward, k-means and spectral together, each at five numbers of
    clusters from 0.8 to 1.2 times the wanted one.

    Returns
    -------
    Cluster numbers by size, and the resolution (0 for methods without one).

    Raises
    ------
    AnalysisError
        The method is unknown, or the numbers do not fit the matrix.
    """
    k, seed, trials = choice.clusters, choice.seed, choice.trials
    if choice.method in ("ward", "average", "complete"):
        return hierarchical(similar, k, linkage=choice.method), 0.0
    if choice.method == "k-means":
        return k_means(similar, k, seed=seed, starts=trials), 0.0
    if choice.method == "k-median":
        return k_medians(similar, k, seed=seed, starts=trials), 0.0
    if choice.method == "consensus":
        return _consensus(similar, choice), 0.0
    graph = neighbor_graph(similar, choice.neighbors, mutual=choice.mutual)
    if choice.method == "leiden":
        if choice.resolution > 0:
            found = leiden_cpm(graph, choice.resolution, seed=seed, trials=trials)
        else:
            found = leiden_with_k(graph, k, seed=seed, trials=trials)
        return found.labels, found.resolution
    if choice.method == "spectral":
        return spectral(graph, k, seed=seed, starts=trials), 0.0
    if choice.method == "label-propagation":
        return label_propagation(graph, seed=seed), 0.0
    if choice.method == "leiden-modularity":
        return _at(
            lambda g: leiden_modularity(graph, g, seed=seed, trials=trials), k, choice.resolution
        )
    if choice.method == "louvain":
        return _at(lambda g: louvain(graph, g, seed=seed), k, choice.resolution)
    raise AnalysisError(
        f"no clustering method {choice.method!r}", hint=f"methods: {', '.join(METHODS)}"
    )


def _at(run: Callable[[float], IntArray], k: int, resolution: float) -> tuple[IntArray, float]:
    """Run at a resolution, or at the one that comes nearest to ``k`` clusters."""
    if resolution > 0:
        return run(resolution), resolution
    low, high = np.log(0.05), np.log(50.0)
    best: tuple[int, IntArray, float] | None = None
    for _ in range(_BISECTIONS):
        middle = float(np.exp((low + high) / 2))
        labels = run(middle)
        count = int(labels.max()) + 1
        if best is None or abs(count - k) < best[0]:
            best = (abs(count - k), labels, middle)
        if count == k:
            break
        low, high = (np.log(middle), high) if count < k else (low, np.log(middle))
    assert best is not None  # noqa: S101  # one bisection or more
    return best[1], best[2]


def _consensus(similar: FloatArray, choice: Choice) -> IntArray:
    graph = neighbor_graph(similar, choice.neighbors, mutual=choice.mutual)
    runs: list[IntArray] = []
    for factor in _SPREAD:
        k = min(max(round(choice.clusters * factor), 1), len(similar))
        runs.append(hierarchical(similar, k))
        runs.append(k_means(similar, k, seed=choice.seed, starts=choice.trials))
        runs.append(spectral(graph, k, seed=choice.seed, starts=1))
    return consensus(runs, choice.clusters)
