"""Recipes of cluster definitions: every choice behind a set, and the clustering by one.

Reference: Delgado, Porter & Stern 2016, steps 1 to 5; the parameters are ours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

import numpy as np

from clusteratlas.analysis.clustering.algorithms.communities import (
    label_propagation,
    leiden_cpm,
    leiden_modularity,
    leiden_with_k,
    louvain,
    neighbor_graph,
)
from clusteratlas.analysis.clustering.algorithms.points import (
    consensus,
    hierarchical,
    k_means,
    k_medians,
    spectral,
)
from clusteratlas.analysis.linkages.combined import COMBINED
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray, IntArray

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

TRANSFORMS = ("z", "rank")

NAICS = "naics"
"""Name of the prior by closeness in the NAICS tree, beside those of the linkage matrices."""

_SPREAD = (0.8, 0.9, 1.0, 1.1, 1.2)

_BISECTIONS = 14


@dataclass(frozen=True, slots=True)
class Recipe:
    """Every choice that makes a set of definitions.

    Attributes
    ----------
    method
        leiden (constant Potts model on the graph of nearest neighbors), ward, or another of
        :data:`METHODS`.
    clusters
        Wanted number of clusters before the outlier pass; with leiden it may be missed by a few.
    resolution
        Resolution of leiden, in place of ``clusters``; 0 = look for it.
    neighbors, mutual
        Strongest links that leiden keeps of each industry, by either or by both ends.
    weights
        Weight of each matrix in the similarity; ``naics`` is the NAICS tree as a prior.
    transform
        z (standardize each matrix) or rank (normal scores of the ranks).
    cap
        Transformed links beyond this many standard deviations are cut to it, so that one huge share
        in one matrix (motor homes in consumer lending) does not outweigh three others; 0 = none.
    hubs_removed
        Take each industry's mean link off its links first.
    delta
        Difference in similarity that makes an industry a systemic outlier, standard deviations.
    largest
        Clusters of that size take in no outliers.
    core_margin
        Margin in relatedness that makes a member core, standard deviations.
    seed, trials
        Of the random steps, and how many runs the best is taken from.
    """

    method: str = "leiden"
    clusters: int = 50
    resolution: float = 0.0
    neighbors: int = 20
    mutual: bool = False
    weights: Mapping[str, float] = field(default_factory=lambda: dict.fromkeys(COMBINED, 1.0))
    transform: str = "z"
    cap: float = 0.0
    hubs_removed: bool = False
    delta: float = 0.05
    largest: int = 80
    core_margin: float = 0.5
    seed: int = 1
    trials: int = 10

    def __post_init__(self) -> None:
        for name, value, allowed in (
            ("method", self.method, METHODS),
            ("transform", self.transform, TRANSFORMS),
        ):
            if value not in allowed:
                raise AnalysisError(
                    f"recipe has {name} = {value!r}", hint=f"one of {', '.join(allowed)}"
                )
        if not self.weights or min(self.weights.values()) < 0 or sum(self.weights.values()) <= 0:
            raise AnalysisError(
                "recipe has no positive weight", hint="weight one linkage matrix or more"
            )

    @classmethod
    def from_dict(cls, entries: Mapping[str, Any]) -> Recipe:
        """Read a recipe, for example a table of a TOML file; what is left out has its default.

        Raises
        ------
        AnalysisError
            An entry is unknown, or of another type than its default.
        """
        defaults = {f.name: getattr(cls(), f.name) for f in fields(cls)}
        for name, value in entries.items():
            if name not in defaults:
                raise AnalysisError(
                    f"recipe has an unknown entry {name!r}",
                    hint=f"entries: {', '.join(sorted(defaults))}",
                )
            wanted = type(defaults[name])
            fits = isinstance(value, wanted) or (wanted is float and isinstance(value, int))
            if not fits or (isinstance(value, bool) and wanted is not bool):
                raise AnalysisError(
                    f"recipe has {name} = {value!r}", hint=f"it should be of type {wanted.__name__}"
                )
        return cls(**entries)

    def to_dict(self) -> dict[str, Any]:
        """All entries, defaults included."""
        return {**asdict(self), "weights": dict(self.weights)}


def cluster_by_method(similar: FloatArray, recipe: Recipe) -> tuple[IntArray, float]:
    """Cluster industries by one of the methods.

    Hierarchical ones, k-means and k-median take the matrix, the others the graph of its strongest
    positive links. ``consensus`` puts Ward, k-means and spectral together, each at five numbers of
    clusters from 0.8 to 1.2 times the wanted one.

    Parameters
    ----------
    similar
        Symmetric, without NaN, shape (industries, industries).
    recipe
        Its method and the choices that the method takes count.

    Returns
    -------
    Cluster numbers by size, and the resolution (0 for methods without one).

    Raises
    ------
    AnalysisError
        The numbers do not fit the matrix.
    """
    k, seed, trials = recipe.clusters, recipe.seed, recipe.trials
    if recipe.method in ("ward", "average", "complete"):
        return hierarchical(similar, k, linkage=recipe.method), 0.0
    if recipe.method == "k-means":
        return k_means(similar, k, seed=seed, starts=trials), 0.0
    if recipe.method == "k-median":
        return k_medians(similar, k, seed=seed, starts=trials), 0.0
    if recipe.method == "consensus":
        return _consensus(similar, recipe), 0.0
    graph = neighbor_graph(similar, recipe.neighbors, mutual=recipe.mutual)
    if recipe.method == "leiden":
        if recipe.resolution > 0:
            found = leiden_cpm(graph, recipe.resolution, seed=seed, trials=trials)
        else:
            found = leiden_with_k(graph, k, seed=seed, trials=trials)
        return found.labels, found.resolution
    if recipe.method == "spectral":
        return spectral(graph, k, seed=seed, starts=trials), 0.0
    if recipe.method == "label-propagation":
        return label_propagation(graph, seed=seed), 0.0
    if recipe.method == "leiden-modularity":
        return _at(
            lambda g: leiden_modularity(graph, g, seed=seed, trials=trials), k, recipe.resolution
        )
    return _at(lambda g: louvain(graph, g, seed=seed), k, recipe.resolution)


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


def _consensus(similar: FloatArray, recipe: Recipe) -> IntArray:
    graph = neighbor_graph(similar, recipe.neighbors, mutual=recipe.mutual)
    runs: list[IntArray] = []
    for factor in _SPREAD:
        k = min(max(round(recipe.clusters * factor), 1), len(similar))
        runs.append(hierarchical(similar, k))
        runs.append(k_means(similar, k, seed=recipe.seed, starts=recipe.trials))
        runs.append(spectral(graph, k, seed=recipe.seed, starts=1))
    return consensus(runs, recipe.clusters)
