"""What the graph model is made of: nodes and relationships with typed, described properties."""

from __future__ import annotations

from dataclasses import dataclass

STRING, INT, REAL, BOOL = "STRING", "INT64", "DOUBLE", "BOOLEAN"


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a node or relationship."""

    name: str
    type: str
    note: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A node label. ``key`` is unique; the stamps stand on every node."""

    label: str
    note: str
    example: str
    properties: tuple[Property, ...]
    tables: tuple[str, ...]
    """Tables of an edition that it is loaded from."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship type between one or more pairs of labels."""

    type: str
    note: str
    ends: tuple[tuple[str, str], ...]
    properties: tuple[Property, ...]
    tables: tuple[str, ...]
    identity: tuple[str, ...] = ("edition",)
    """Properties that, with both ends, tell one relationship of this type from another."""


STAMPS: tuple[Property, ...] = (
    Property("source", STRING, "key of the Source that it comes from"),
    Property("vintage", INT, "vintage of that source", "year"),
    Property(
        "edition",
        STRING,
        "edition that holds it; a node that several editions share names them all, joined by blanks",
    ),
    Property(
        "load",
        STRING,
        "digest of the edition's tables and of this model at its last load; the sweep goes by it",
    ),
)

KEY = Property("key", STRING, "stable, readable, unique")

NODES: dict[str, Node] = {}
RELATIONSHIPS: dict[str, Relationship] = {}


def prop(name: str, type_: str, note: str, unit: str | None = None) -> Property:
    """Describe one property."""
    return Property(name, type_, note, unit)


def node(label: str, note: str, example: str, tables: str, *properties: Property) -> None:
    """Register a label; ``tables`` joined by blanks."""
    NODES[label] = Node(label, note, example, properties, tuple(tables.split()))


def relationship(
    type_: str, note: str, ends: str, tables: str, *properties: Property, identity: str = "edition"
) -> None:
    """Register a relationship type; ``ends`` as ``A->B C->D``, ``identity`` joined by blanks."""
    pairs = tuple((a, b) for a, b in (pair.split("->") for pair in ends.split()))
    RELATIONSHIPS[type_] = Relationship(
        type_, note, pairs, properties, tuple(tables.split()), tuple(identity.split())
    )
