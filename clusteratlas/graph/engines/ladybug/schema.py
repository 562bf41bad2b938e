"""Tables of the embedded engine, one a label and one a relationship type."""

from __future__ import annotations

from clusteratlas.graph.ddl import columns, identifier
from clusteratlas.vocabulary.model import KEY, NODES, RELATIONSHIPS, Node, Relationship


def ladybug_tables() -> dict[str, str]:
    """``CREATE ... TABLE`` of every label and relationship type, by name, nodes first."""
    statements = {}
    for label, node in NODES.items():
        fields = ", ".join(_fields(node))
        statements[label] = (
            f"CREATE NODE TABLE {identifier(label)}({fields}, PRIMARY KEY({KEY.name}))"
        )
    for type_name, relationship in RELATIONSHIPS.items():
        ends = [f"FROM {identifier(a)} TO {identifier(b)}" for a, b in relationship.ends]
        fields = ", ".join([*ends, *_fields(relationship)])
        statements[type_name] = f"CREATE REL TABLE {identifier(type_name)}({fields})"
    return statements


def _fields(declared: Node | Relationship) -> list[str]:
    """Names and types as the embedded engine spells them: those of columns, in capitals."""
    return [f"{name} {type_.upper()}" for name, type_ in columns(declared).items()]
