"""What a loaded edition says of its ties and sets, read back out of either engine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
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
WHERE d.key = $definition AND c.kind = 'traded'
RETURN i.naics AS naics, c.key AS cluster
ORDER BY naics
"""


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
