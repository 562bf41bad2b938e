"""The schema of both engines, generated from the model."""

from __future__ import annotations

import hashlib
import re

from clusteratlas.vocabulary.columns import Type
from clusteratlas.vocabulary.model import KEY, NODES, RELATIONSHIPS, STAMPS, Node, Relationship

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,62}")

LOOKUPS: tuple[tuple[str, str], ...] = (
    ("Cluster", "id"),
    ("Industry", "naics"),
    ("Region", "type"),
    ("Region", "code"),
)
"""Properties, beside the keys, by which questions find nodes."""


def identifier(name: str) -> str:
    """Give back a name of the model that is safe inside a statement.

    Raises
    ------
    ValueError
        If it is anything but letters, digits and underscores: a mistake in the model.
    """
    if not _IDENTIFIER.fullmatch(name):
        raise ValueError(f"{name!r} cannot be a label, type or property")
    return name


def columns(declared: Node | Relationship) -> dict[str, Type]:
    """Names and types of all stored properties: the own ones, then the stamps.

    The key of a node is among them; the ends of a relationship are not.
    """
    first = (KEY,) if isinstance(declared, Node) else ()
    return {identifier(p.name): p.type for p in (*first, *declared.properties, *STAMPS)}


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


def neo4j_constraints() -> dict[str, str]:
    """Uniqueness constraint of every label's key, by the constraint's name."""
    return {
        f"{label.lower()}_key": (
            f"CREATE CONSTRAINT {identifier(label.lower())}_key IF NOT EXISTS "
            f"FOR (n:{label}) REQUIRE n.{KEY.name} IS UNIQUE"
        )
        for label in map(identifier, NODES)
    }


def neo4j_indexes() -> dict[str, str]:
    """Lookup indexes, by name."""
    return {
        f"{label.lower()}_{name}": (
            f"CREATE INDEX {identifier(label.lower())}_{identifier(name)} IF NOT EXISTS "
            f"FOR (n:{label}) ON (n.{name})"
        )
        for label, name in LOOKUPS
    }


def layout() -> str:
    """Give a short digest of the model: a store with another one must be loaded again."""
    text = repr((sorted(NODES.items()), sorted(RELATIONSHIPS.items()), STAMPS))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
