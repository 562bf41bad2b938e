"""Definitions from the graph itself: ties are read from a store, communities found outside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from clusteratlas.errors import InputError
from clusteratlas.graph.store import GraphStore, LoadedEdition

_TIES = """
MATCH (one:Industry)-[r:RELATED_TO]->(other:Industry)
WHERE r.edition = $edition
RETURN one.naics AS a, other.naics AS b, r.combined AS weight,
       one.title AS a_title, other.title AS b_title
ORDER BY a, b
"""
_SETS = """
MATCH (d:Definition)
WHERE d.edition = $edition
RETURN d.name AS name, d.parameters AS parameters
ORDER BY name
"""
_MEMBERS = """
MATCH (i:Industry)-[:MEMBER_OF]->(c:Cluster)-[:DEFINED_BY]->(d:Definition)
WHERE d.key = $definition AND c.kind = 'traded' AND c.level = 'cluster'
RETURN i.naics AS naics, c.key AS cluster
ORDER BY naics
"""


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

    edition, _, short = (name or "").rpartition("/")
    key = one_edition(store, edition or None).key
    sets = stored_sets(store, key)
    known: Mapping[str, Mapping[str, Any]] = read_recipe(recipe).definitions if recipe else sets
    chosen = short or _first(known)
    settings = _entry(known, chosen)
    choices = Recipe.from_dict({k: v for k, v in settings.items() if k != "title"})
    read = stored_ties(store, key)
    found = tie_communities(read.ties, choices)
    members = found.members
    members.insert(1, "title", members["naics"].map(dict(read.titles)))
    own = stored_members(store, f"{key}/{chosen}")
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


@dataclass(frozen=True, eq=False)
class StoredTies:
    """Ties of one loaded edition."""

    ties: pd.DataFrame
    """Columns a, b (NAICS codes; each unordered pair once) and weight (combined relatedness)."""
    titles: Mapping[str, str]
    """Title of each industry, by code."""


def one_edition(store: GraphStore, key: str | None = None) -> LoadedEdition:
    """Find an edition in a store.

    Parameters
    ----------
    key
        Of the edition; None for the only one that the store holds.

    Raises
    ------
    InputError
        If the store has no such edition, holds several and none was named, or its load was
        interrupted.
    """
    held = {e.key: e for e in store.editions()}
    if key is None and len(held) > 1:
        raise InputError(
            f"{store.url} holds several editions: {', '.join(held)}",
            hint=f"name the edition with the set, for example --set {next(iter(held))}/leiden",
        )
    if not held or (key is not None and key not in held):
        raise InputError(
            f"{store.url} holds no edition" + (f" {key!r}" if key else ""),
            hint="`clusteratlas load --store URL` loads one",
        )
    found = held[key] if key is not None else next(iter(held.values()))
    if not found.complete:
        raise InputError(
            f"edition {found.key} in {store.url} is not complete",
            hint="`clusteratlas load` finishes an interrupted load",
        )
    return found


def stored_ties(store: GraphStore, edition: str) -> StoredTies:
    """Read the RELATED_TO relationships of an edition, with their weight.

    Raises
    ------
    StoreError
        If the store cannot be read.
    """
    rows = store.read(_TIES, {"edition": edition}, name="ties").rows
    titles = {str(r[s]): str(r[f"{s}_title"]) for r in rows for s in "ab"}
    return StoredTies(pd.DataFrame(rows, columns=["a", "b", "weight"]), titles)


def stored_sets(store: GraphStore, edition: str) -> dict[str, dict[str, Any]]:
    """Read how each set of an edition was derived, by its name.

    Raises
    ------
    StoreError
        If the store cannot be read.
    """
    rows = store.read(_SETS, {"edition": edition}, name="sets").rows
    return {str(r["name"]): json.loads(str(r["parameters"])) for r in rows}


def stored_members(store: GraphStore, definition: str) -> dict[str, str]:
    """Read the traded industries of a set: key of the cluster by code.

    Raises
    ------
    StoreError
        If the store cannot be read.
    """
    rows = store.read(_MEMBERS, {"definition": definition}, name="members").rows
    return {str(r["naics"]): str(r["cluster"]) for r in rows}
