"""Communities of industries in a list of ties, as a graph database holds them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from clusteratlas.analysis.clustering.recipes import Recipe, cluster_by_method
from clusteratlas.analysis.partitions import cluster_labels
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray

COMMUNITY_METHODS = ("leiden", "leiden-modularity", "louvain", "label-propagation")
"""Methods that find communities in a graph."""

GRAPH_METHODS = (*COMMUNITY_METHODS, "spectral")
"""Methods that read links alone; the others need the relatedness of every pair."""


@dataclass(frozen=True, slots=True, eq=False)
class TieCommunities:
    """Communities that were found in ties.

    Attributes
    ----------
    members
        Columns ``naics, cluster, ties, inside, next_cluster, next_share``; see
        :func:`tie_communities`.
    resolution
        Resolution that gave them; 0 for methods without one.
    """

    members: pd.DataFrame
    resolution: float


def tie_matrix(ties: pd.DataFrame) -> tuple[list[str], FloatArray]:
    """Put ties into a square matrix.

    Parameters
    ----------
    ties
        Columns ``a, b`` (NAICS codes, each unordered pair once) and ``weight``.

    Returns
    -------
    The codes that have a tie, sorted, and the symmetric matrix of weights, 0 where there is none.

    Raises
    ------
    AnalysisError
        There are no ties, a pair is there twice, or a weight is missing.
    """
    if ties.empty:
        raise AnalysisError("there are no ties to find communities in", hint="load an edition")
    codes = sorted({str(c) for side in "ab" for c in ties[side]})
    at = pd.Index(codes)
    a, b = at.get_indexer(pd.Index(ties["a"])), at.get_indexer(pd.Index(ties["b"]))
    weight = ties["weight"].to_numpy(dtype=float, na_value=np.nan)
    if np.isnan(weight).any():
        raise AnalysisError("a tie has no weight", hint="load the edition again with --force")
    pairs = np.minimum(a, b) * len(codes) + np.maximum(a, b)
    if len(np.unique(pairs)) < len(pairs):
        raise AnalysisError(
            "a pair of industries has two ties", hint="name one edition of the store"
        )
    matrix = np.zeros((len(codes),) * 2)
    matrix[a, b] = weight
    matrix[b, a] = weight
    return codes, matrix


def tie_communities(ties: pd.DataFrame, recipe: Recipe) -> TieCommunities:
    """Find communities in ties alone.

    Of the recipe the method, its number of clusters or resolution, the neighbors kept of each
    industry, the seed and the trials count. Its weights, transform and outlier pass do not: they
    need the relatedness of every pair, and ties are the strongest pairs only. The order of the
    ties does not matter.

    Parameters
    ----------
    ties
        Columns ``a, b`` (NAICS codes, each unordered pair once) and ``weight``. Ties that are not
        positive link nothing.
    recipe
        Its method is one of :data:`GRAPH_METHODS`.

    Returns
    -------
    Members by code: cluster ("c00" is the largest), ``ties`` (positive ones), ``inside`` (share of
    their weight that stays in the cluster), ``next_cluster`` and ``next_share`` (the other cluster
    with most of it; None and 0 where all stays inside, the first of equals).

    Raises
    ------
    AnalysisError
        The method needs more than ties, or there are none.
    """
    if recipe.method not in GRAPH_METHODS:
        raise AnalysisError(
            f"method {recipe.method} needs the relatedness of every pair of industries",
            hint=f"choose a set derived by {', '.join(GRAPH_METHODS)}, or derive from --data",
        )
    codes, matrix = tie_matrix(ties)
    groups, resolution = cluster_by_method(matrix, recipe)
    labels = np.array(cluster_labels([f"{g:03d}" for g in groups]))
    names, own = np.unique(labels, return_inverse=True)
    positive = np.where(matrix > 0, matrix, 0.0)
    weight = positive @ (own[:, None] == np.arange(len(names))[None, :]).astype(float)
    total = weight.sum(axis=1, keepdims=True)
    share = np.divide(weight, total, out=np.zeros_like(weight), where=total > 0)
    rows = np.arange(len(codes))
    inside = share[rows, own]
    share[rows, own] = 0.0
    best = np.argmax(share, axis=1)
    outside = share[rows, best]
    members = pd.DataFrame(
        {
            "naics": codes,
            "cluster": labels,
            "ties": (positive > 0).sum(axis=1),
            "inside": inside,
            "next_cluster": pd.Series(names[best], dtype=object).where(outside > 0, None),
            "next_share": outside,
        }
    )
    return TieCommunities(members, resolution)
