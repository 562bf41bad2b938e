"""One set of definitions: derived by its recipe, grouped by code, or read from a user's file.

Every step here is made for each set. Sets of one recipe, reviewed or not, share what is derived.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from clusteratlas.analysis.clustering.derivation import (
    DerivedDefinitions,
    derive_definitions,
    grade_memberships,
    naics_definition,
    weighted_similarity,
)
from clusteratlas.analysis.clustering.outliers import LOG_COLUMNS
from clusteratlas.analysis.clustering.recipes import Recipe
from clusteratlas.analysis.clustering.subclusters import split_clusters
from clusteratlas.analysis.heirs import labels_of_heirs
from clusteratlas.analysis.linkages.combined import Linkages
from clusteratlas.analysis.scores.validation import score_table
from clusteratlas.analysis.stability.resampling import cluster_co_membership, refined_marks
from clusteratlas.editions.definitions.review import open_moves, review
from clusteratlas.editions.definitions.scoring import recipe_of
from clusteratlas.editions.flow.judgments import METHOD as REVIEW
from clusteratlas.editions.flow.judgments import Review, judged_subclusters
from clusteratlas.editions.flow.recipe import NAICS
from clusteratlas.editions.flow.step import step
from clusteratlas.editions.flow.user_sets import Supplied
from clusteratlas.errors import AnalysisError, InputError
from clusteratlas.vocabulary.arrays import IntArray

BELOW = " // "
"""Between a cluster and the given name of its subcluster in a working label."""

SPLIT_ABOVE = 8
"""Clusters of more members are looked into for subclusters."""


@step(over="sets")
def own_set(
    supplied: Supplied | None, recipe_parts: pd.DataFrame, listed_codes: frozenset[str]
) -> Supplied | None:
    """Read a user's set, or that of an earlier edition, in the NAICS of the edition."""
    if supplied is None:
        return None
    clusters = labels_of_heirs(supplied.clusters, recipe_parts, listed_codes)
    if clusters == supplied.clusters:
        return supplied
    both = {code: f"{c}\n{supplied.subclusters[code]}" for code, c in supplied.clusters.items()}
    inside = labels_of_heirs(both, recipe_parts, listed_codes)
    below = {code: inside[code].split("\n")[1] if code in inside else "" for code in clusters}
    return replace(supplied, clusters=clusters, subclusters=below)


@step(over="sets")
def set_linkages(traded_linkages: Linkages, own_set: Supplied | None) -> Linkages:
    """Linkages of the traded industries that a set classes: all, but for a user's set.

    Raises
    ------
    InputError
        If a user's set classes fewer than three of them.
    """
    if own_set is None:
        return traded_linkages
    known = [c for c in traded_linkages.codes if c in own_set.clusters]
    if len(known) < 3:
        raise InputError(
            f"definitions {own_set.file} class {len(known)} of the edition's traded industries",
            hint="codes are six digits of the edition's NAICS",
        )
    return traded_linkages.subset(known)


@step(over="sets", keep=True)
def base_set(
    set_linkages: Linkages, base_settings: Mapping[str, Any], own_set: Supplied | None
) -> DerivedDefinitions:
    """Derive, group or read a set, before any review; clusters under working labels.

    Parameters
    ----------
    set_linkages
        Of the industries that it classes.
    base_settings
        Its entry in the recipe; of a reviewed set that of the set under review.
    own_set
        A user's own set.

    Raises
    ------
    AnalysisError
        If the recipe does not fit the linkages, or the outlier pass does not end.
    """
    method = base_settings["method"]
    if method == NAICS:
        return _grouped(
            set_linkages, naics_definition(set_linkages.codes, int(base_settings["digits"]))
        )
    if own_set is not None:
        return _grouped(set_linkages, [own_set.clusters[c] for c in set_linkages.codes])
    derived = derive_definitions(set_linkages, recipe_of(base_settings))
    if not derived.converged:
        raise AnalysisError(
            f"definitions {base_settings['title']!r}: the outlier pass went round in circles",
            hint="raise delta in the recipe",
        )
    return derived


def _grouped(linkages: Linkages, labels: list[str]) -> DerivedDefinitions:
    """Lay out a set that no method derived: its members as they are, and an empty log."""
    base = Recipe()
    return DerivedDefinitions(
        codes=linkages.codes,
        labels=tuple(labels),
        memberships=grade_memberships(
            linkages, labels, delta=base.delta, core_margin=base.core_margin
        ),
        outliers=pd.DataFrame(columns=[*LOG_COLUMNS, "moved"]),
        scores=score_table(linkages, labels),
        resolution=0.0,
        converged=True,
    )


@step(over="sets")
def final_set(
    base_set: DerivedDefinitions,
    set_linkages: Linkages,
    set_settings: Mapping[str, Any],
    base_settings: Mapping[str, Any],
    set_review: Review,
    recipe_parts: pd.DataFrame,
) -> DerivedDefinitions:
    """Make the judged moves of a reviewed set; other sets stay as they are.

    Moves that were judged in the codes of another NAICS are made where the set has not made them
    already.
    """
    if set_settings["method"] != REVIEW:
        return base_set
    judged = open_moves(set_review, base_set) if len(recipe_parts) else set_review
    return review(set_linkages, base_set, judged, recipe_of(base_settings)).derived


@step(over="sets", keep=True)
def members(
    final_set: DerivedDefinitions,
    judged_runs: IntArray | None,
    set_linkages: Linkages,
    set_settings: Mapping[str, Any],
    base_settings: Mapping[str, Any],
    own_set: Supplied | None,
    is_default: bool,
    recipe_parts: pd.DataFrame,
    listed_codes: frozenset[str],
) -> pd.DataFrame:
    """Members of a set's traded clusters under working labels.

    Returns
    -------
    Columns of :func:`grade_memberships`, marks refined by the runs; ``stability``, the share of
    runs in which an industry is with its majority; ``subcluster``, a label, "" where there is
    none. The clusters of the default set are looked into for subclusters; where a review names
    some in a cluster, these stand in their place. A user's set brings its own.
    """
    inside = [""] * len(final_set.codes)
    if own_set is not None:
        given = [(own_set.clusters[c], own_set.subclusters[c]) for c in final_set.codes]
        inside = [below and f"{cluster}{BELOW}{below}" for cluster, below in given]
    elif is_default and base_settings["method"] != NAICS:
        cluster_of = dict(zip(final_set.codes, final_set.labels, strict=True))
        named = _inside_one(
            judged_subclusters(set_settings), cluster_of, recipe_parts, listed_codes
        )
        judged = {cluster_of[code] for code in named}
        found = _found_subclusters(set_linkages, final_set.labels, recipe_of(base_settings))
        inside = [
            f"{cluster}{BELOW}{named[code]}" if code in named else below * (cluster not in judged)
            for (code, cluster), below in zip(cluster_of.items(), found, strict=True)
        ]
    return _stable_members(final_set.memberships, judged_runs).assign(subcluster=inside)


def _inside_one(
    named: Mapping[str, str],
    cluster_of: Mapping[str, str],
    parts: pd.DataFrame,
    known: Collection[str],
) -> dict[str, str]:
    """Hold judged subclusters against the clusters; in another NAICS keep what is inside one.

    Raises
    ------
    InputError
        If one names an unknown industry, or has industries of two clusters.
    """
    if len(parts):
        heirs = labels_of_heirs(named, parts, known)
        return {code: name for code, name in heirs.items() if code in cluster_of}
    first: dict[str, str] = {}
    for code, name in named.items():
        if code not in cluster_of:
            raise InputError(
                f"the review's subcluster {name!r} names {code}, which is no traded industry here"
            )
        if cluster_of[code] != cluster_of[first.setdefault(name, code)]:
            raise InputError(
                f"the review's subcluster {name!r} has {first[name]} and {code}, which are in two "
                "clusters",
                hint="move one of them, or drop it from the subcluster",
            )
    return dict(named)


def _found_subclusters(linkages: Linkages, labels: tuple[str, ...], recipe: Recipe) -> list[str]:
    """Subcluster of each industry by the method of the set, "" where its cluster is whole."""
    found, _ = split_clusters(
        np.round(weighted_similarity(linkages, recipe), 9),
        labels,
        larger_than=SPLIT_ABOVE,
        method=recipe.method,
        neighbors=recipe.neighbors,
        mutual=recipe.mutual,
        seed=recipe.seed,
    )
    return found


def _stable_members(members: pd.DataFrame, runs: IntArray | None) -> pd.DataFrame:
    """Add the column ``stability`` to memberships, and let it refine their marks."""
    if runs is None:
        return members.assign(stability=np.nan)
    labels = [str(c) for c in members["cluster"]]
    own = np.unique(labels, return_inverse=True)[1]
    shares = cluster_co_membership(labels, runs)[np.arange(len(own)), own]
    return members.assign(
        stability=shares, mark=refined_marks([str(m) for m in members["mark"]], shares)
    )
