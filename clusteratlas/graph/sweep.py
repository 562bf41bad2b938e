"""What a load removes afterwards: whatever carries the edition's stamp and was not touched.

Nodes that other editions or the user still need stay; the texts run on both engines. Parameters:
``$edition``, ``$load``.
"""

from __future__ import annotations

from clusteratlas.graph.ddl import identifier

_HELD = "(' ' + n.edition + ' ') CONTAINS (' ' + $edition + ' ')"


def shared_edition(variable: str) -> str:
    """Expression for the ``edition`` of a node that an edition joins."""
    held = f"{variable}.edition"
    return (
        f"CASE WHEN {held} IS NULL THEN $edition "
        f"WHEN (' ' + {held} + ' ') CONTAINS (' ' + $edition + ' ') THEN {held} "
        f"ELSE {held} + ' ' + $edition END"
    )


def stale_relationships(type_: str) -> str:
    """Match relationships ``r`` that the edition no longer has."""
    return f"MATCH ()-[r:{identifier(type_)}]->() WHERE r.edition = $edition AND r.load <> $load"


def stale_nodes(label: str) -> str:
    """Match nodes ``n`` that only this edition had, and that nothing is tied to any more."""
    return (
        f"MATCH (n:{identifier(label)}) WHERE n.edition = $edition AND n.load <> $load "
        "AND NOT EXISTS { MATCH (n)--() }"
    )


def released_nodes(label: str) -> str:
    """Take the edition's name off nodes that it no longer has but that are still needed."""
    return (
        f"MATCH (n:{identifier(label)}) WHERE {_HELD} AND n.load <> $load "
        "SET n.edition = trim(replace(' ' + n.edition + ' ', ' ' + $edition + ' ', ' '))"
    )
