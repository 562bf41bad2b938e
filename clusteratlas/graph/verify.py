"""Does a store hold what its editions have? Counted, by label and by type, on either engine."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clusteratlas.graph.ddl import identifier
from clusteratlas.graph.store import GraphStore, LoadedEdition
from clusteratlas.vocabulary.model import NODES, RELATIONSHIPS

if TYPE_CHECKING:
    from clusteratlas.graph.mapping import GraphTables

_HELD = "(' ' + x.edition + ' ') CONTAINS (' ' + $edition + ' ')"


@dataclass(frozen=True, slots=True)
class Miscount:
    """Something that a store holds more or less of than its edition has."""

    edition: str
    what: str
    """A label, a type, or all nodes or relationships."""
    due: int
    held: int

    @property
    def words(self) -> str:
        """For example ``SUPPLIES: 17,151 are due, the store holds 34,302``."""
        return f"{self.what}: {self.due:,} are due, the store holds {self.held:,}"


def miscounts(store: GraphStore, tables: GraphTables) -> list[Miscount]:
    """Compare what a store holds of an edition with the edition, by label and by type."""
    due: Counter[str] = Counter()
    for nodes in tables.nodes:
        due[nodes.label] += len(nodes.frame)
    for relationships in tables.relationships:
        due[relationships.type] += len(relationships.frame)
    held = _held_nodes(store, tables.edition) | _held_relationships(store, tables.edition)
    return [
        Miscount(tables.edition, what, due[what], held[what])
        for what in held
        if held[what] != due[what]
    ]


def miscounted(store: GraphStore, edition: LoadedEdition) -> list[Miscount]:
    """Compare what a store holds of an edition with what its load noted."""
    found = {
        "nodes": (edition.nodes, _held_nodes(store, edition.key)),
        "relationships": (edition.relationships, _held_relationships(store, edition.key)),
    }
    return [
        Miscount(edition.key, what, due, held.total())
        for what, (due, held) in found.items()
        if due != held.total()
    ]


def _held_nodes(store: GraphStore, edition: str) -> Counter[str]:
    labels = (identifier(label) for label in NODES if label != "Edition")
    return Counter(
        {
            label: _count(store, f"MATCH (x:{label}) WHERE {_HELD} RETURN count(*) AS n", edition)
            for label in labels
        }
    )


def _held_relationships(store: GraphStore, edition: str) -> Counter[str]:
    where = "WHERE x.edition = $edition RETURN count(*) AS n"
    return Counter(
        {
            type_: _count(store, f"MATCH ()-[x:{identifier(type_)}]->() {where}", edition)
            for type_ in RELATIONSHIPS
        }
    )


def _count(store: GraphStore, cypher: str, edition: str) -> int:
    return int(store.read(cypher, {"edition": edition}, name="count").rows[0]["n"])
