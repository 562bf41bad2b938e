"""Definitions from the graph itself: the communities of its ties, found outside the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from clusteratlas.errors import InputError
from clusteratlas.graph.store import GraphStore


@dataclass(frozen=True, eq=False)
class StoreCommunities:
    """Communities of the ties of a loaded edition."""

    edition: str
    name: str
    """Set whose method and parameters were taken."""
    method: str
    members: pd.DataFrame
    """Columns naics, title, cluster, ties, inside, next_cluster, next_share."""
    resolution: float
    tie_count: int
    agreement: float | None
    """Adjusted mutual information with the set in the store; None where that has no members."""


def store_communities(
    store: GraphStore, name: str | None = None, *, recipe: Path | None = None
) -> StoreCommunities:
    """Find the communities of a loaded edition's RELATED_TO relationships.

    Parameters
    ----------
    store
        Either engine: the same ties give the same communities, see
        :func:`clusteratlas.analysis.clustering.tie_communities.tie_communities`.
    name
        A set, with its edition before a slash where the store holds several. Its method and
        parameters are taken from the store; a reviewed set stands for the one under review. None:
        the first set that was found by community detection.
    recipe
        TOML file that has the set, in place of the store's parameters.

    Raises
    ------
    InputError
        If the store has no such edition or set.
    AnalysisError
        If the set's method needs more than ties.
    """
    from clusteratlas.analysis.clustering.recipes import Recipe
    from clusteratlas.analysis.clustering.tie_communities import tie_communities
    from clusteratlas.analysis.scores.agreement import compare_partitions
    from clusteratlas.editions.flow.recipe import read_recipe
    from clusteratlas.queries.communities import stored

    edition, _, short = (name or "").rpartition("/")
    key = stored.one_edition(store, edition or None).key
    sets = stored.stored_sets(store, key)
    known: Mapping[str, Mapping[str, Any]] = read_recipe(recipe).definitions if recipe else sets
    chosen = short or _first(known)
    settings = _entry(known, chosen)
    choices = Recipe.from_dict({k: v for k, v in settings.items() if k != "title"})
    read = stored.stored_ties(store, key)
    found = tie_communities(read.ties, choices)
    members = found.members
    members.insert(1, "title", members["naics"].map(dict(read.titles)))
    own = stored.stored_members(store, f"{key}/{chosen}")
    both = members[members["naics"].isin(list(own))]
    agreement = None
    if len(both):
        agreement = compare_partitions(list(both["cluster"]), [own[c] for c in both["naics"]]).ami
    return StoreCommunities(
        key, chosen, choices.method, members, found.resolution, len(read.ties), agreement
    )


def _first(sets: Mapping[str, Mapping[str, Any]]) -> str:
    from clusteratlas.analysis.clustering.tie_communities import COMMUNITY_METHODS

    for name, settings in sets.items():
        if settings.get("method") in COMMUNITY_METHODS:
            return name
    raise InputError(
        "no set of the edition was found by community detection", hint="name one with --set"
    )


def _entry(sets: Mapping[str, Mapping[str, Any]], name: str) -> Mapping[str, Any]:
    """Give the settings of a set, or of the set that it reviews."""
    from clusteratlas.analysis.clustering.tie_communities import GRAPH_METHODS

    settings = sets.get(name, {})
    while settings.get("method") == "review":
        settings = sets.get(str(settings.get("of")), {})
    if "method" not in settings:
        raise InputError(
            f"there is no set {name!r} that was derived", hint=f"sets: {', '.join(sets)}"
        )
    if settings["method"] not in GRAPH_METHODS:
        raise InputError(
            f"set {name} is grouped by {settings['method']}, which takes more than ties",
            hint=f"choose a set of one of these methods: {', '.join(GRAPH_METHODS)}",
        )
    return settings
