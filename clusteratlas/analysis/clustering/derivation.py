"""Cluster definitions derived: from linkages and a recipe to clusters, with scores and a log.

Reference: Delgado, Porter & Stern 2016, steps 1 to 5.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from clusteratlas.analysis.clustering.outliers import OutlierPass, reassign_outliers
from clusteratlas.analysis.clustering.recipes import NAICS, Recipe, cluster_by_method
from clusteratlas.analysis.linkages.combined import (
    Linkages,
    naics_closeness,
    normal_scores,
    standardize,
    without_hubs,
)
from clusteratlas.analysis.linkages.relatedness import cluster_relatedness
from clusteratlas.analysis.partitions import cluster_labels
from clusteratlas.analysis.scores.validation import score_table
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class DerivedDefinitions:
    """A set of traded cluster definitions.

    Attributes
    ----------
    codes, labels
        Industries and the cluster of each; clusters are numbered "c00", "c01", ... by size, equal
        ones by their first code.
    memberships
        Columns ``naics, cluster, relatedness, next_cluster, next_relatedness, moved, mark``; see
        :func:`grade_memberships`.
    outliers
        Log of the outlier pass, clusters under the same labels; see
        :func:`reassign_outliers`. A cluster that lost all its
        members is there as "gone-...".
    scores
        Validation scores; see :func:`clusteratlas.analysis.scores.validation.score_table`.
    resolution
        Resolution at which leiden found them; 0 for other methods.
    converged
        The outlier pass ended by itself.
    """

    codes: tuple[str, ...]
    labels: tuple[str, ...]
    memberships: pd.DataFrame
    outliers: pd.DataFrame
    scores: pd.DataFrame
    resolution: float
    converged: bool


def weighted_similarity(linkages: Linkages, recipe: Recipe) -> FloatArray:
    """Weighted mean of the transformed matrices that a recipe names, in standard deviations.

    Parameters
    ----------
    linkages
        Of the traded industries alone.
    recipe
        Its weights, transform, cap and correction of hubs count.

    Returns
    -------
    Symmetric, shape (industries, industries), without NaN.

    Raises
    ------
    AnalysisError
        A weight names a matrix that is not there.
    """
    total = sum(recipe.weights.values())
    out = np.zeros((len(linkages.codes),) * 2)
    for name, weight in sorted(recipe.weights.items()):
        if name == NAICS:
            part = standardize(naics_closeness(linkages.codes))
        elif name in linkages.matrices:
            matrix = linkages.matrices[name]
            part = standardize(matrix) if recipe.transform == "z" else normal_scores(matrix)
            if recipe.hubs_removed:
                part = standardize(without_hubs(part))
            if recipe.cap > 0:
                part = np.clip(part, -recipe.cap, recipe.cap)
        else:
            raise AnalysisError(
                f"recipe weights the unknown matrix {name!r}",
                hint=f"matrices: {', '.join(sorted([*linkages.matrices, NAICS]))}",
            )
        out += weight / total * part
    return (out + out.T) / 2


def partition_by_recipe(
    similar: FloatArray, codes: Sequence[str], recipe: Recipe
) -> tuple[OutlierPass, float]:
    """Cluster industries by their similarity and reassign the outliers.

    Parameters
    ----------
    similar
        As :func:`weighted_similarity` gives it; rounded to 1e-9 here.
    codes
        Industry of each row.
    recipe
        Every choice.

    Returns
    -------
    The outlier pass with its final clusters, and the resolution (0 for methods without one).
    """
    similar = np.round(similar, 9)
    groups, resolution = cluster_by_method(similar, recipe)
    passed = reassign_outliers(
        similar,
        [f"{g:03d}" for g in groups],
        codes,
        delta=recipe.delta,
        largest=recipe.largest,
    )
    return passed, resolution


def derive_definitions(linkages: Linkages, recipe: Recipe) -> DerivedDefinitions:
    """Derive cluster definitions: similarity, clustering, outlier pass, scores, marks.

    The same linkages and recipe give the same result, on any number of threads: matrices are
    rounded to 1e-9 before groups are formed, which hides the last digits in which sums depend on
    the order of adding.

    Parameters
    ----------
    linkages
        Of the traded industries alone.
    recipe
        Every choice.

    Returns
    -------
    The set with its memberships, scores and log.

    Raises
    ------
    AnalysisError
        The recipe does not fit the linkages (more clusters than industries, unknown matrices).
    """
    passed, resolution = partition_by_recipe(
        weighted_similarity(linkages, recipe), linkages.codes, recipe
    )
    final = cluster_labels(passed.labels)
    known = dict(zip(passed.labels, final, strict=True))
    log = passed.log.copy()
    for column in ("from_cluster", "to_cluster"):
        log[column] = [known.get(c, f"gone-{c}") for c in log[column]]
    moved = set(log.loc[log["moved"].astype(bool), "naics"])
    table = grade_memberships(
        linkages, final, delta=recipe.delta, core_margin=recipe.core_margin, moved=moved
    )
    return DerivedDefinitions(
        codes=linkages.codes,
        labels=tuple(final),
        memberships=table,
        outliers=log,
        scores=score_table(linkages, final),
        resolution=resolution,
        converged=passed.converged,
    )


def grade_memberships(
    linkages: Linkages,
    labels: Sequence[str],
    *,
    delta: float,
    core_margin: float,
    moved: set[str] | frozenset[str] = frozenset(),
) -> pd.DataFrame:
    """Say how clearly each industry belongs to its cluster.

    ``relatedness`` is WCR_i, ``next_relatedness`` the highest BCR_id of another cluster, both by
    the combined matrix (standard deviations), which no prior has entered. By the margin between
    them a member is *marginal* up to ``delta`` (a close call, or nearer elsewhere by the linkages
    alone), *core* from ``core_margin``, else *usual*. One alone in its cluster is marginal.

    Parameters
    ----------
    linkages
        Of the industries that the labels name, in their order.
    labels
        Cluster of each industry.
    delta, core_margin
        Standard deviations, delta the smaller.
    moved
        Industries that the outlier pass moved.

    Returns
    -------
    Columns ``naics, cluster, relatedness`` (NaN for one alone), ``next_cluster,
    next_relatedness`` (None and NaN if there is one cluster), ``moved, mark``; sorted by code.

    Raises
    ------
    AnalysisError
        ``core_margin`` is below ``delta``.
    """
    if core_margin < delta:
        raise AnalysisError(
            f"core_margin {core_margin:g} is below delta {delta:g}", hint="raise core_margin"
        )
    r = cluster_relatedness(linkages.matrices["combined"], labels)
    others = np.where(np.isnan(r.others), -np.inf, r.others)
    best = np.argmax(others, axis=1)
    there = others[np.arange(len(others)), best]
    some = np.isfinite(there)
    margin = r.wcr - np.where(some, there, -np.inf)
    mark = np.select([margin >= core_margin, margin > delta], ["core", "usual"], "marginal")
    names = np.array(r.clusters, dtype=object)
    return pd.DataFrame(
        {
            "naics": list(linkages.codes),
            "cluster": list(labels),
            "relatedness": r.wcr,
            "next_cluster": pd.Series(names[best], dtype=object).where(some, None),
            "next_relatedness": np.where(some, there, np.nan),
            "moved": [c in moved for c in linkages.codes],
            "mark": mark,
        }
    )


def naics_definition(codes: Sequence[str], digits: int) -> list[str]:
    """Group industries by the first digits of their NAICS code: the baseline to beat.

    Parameters
    ----------
    codes
        Six-digit codes.
    digits
        How many of them make a group.

    Returns
    -------
    Group of each code, in order.

    Raises
    ------
    AnalysisError
        ``digits`` is not 2 to 5.
    """
    if not 2 <= digits <= 5:
        raise AnalysisError(f"NAICS has no groups of {digits} digits", hint="choose 2 to 5")
    return [c[:digits] for c in codes]
