"""The classes that the graph model is declared with: labels and relationships show columns."""

from __future__ import annotations

from dataclasses import dataclass

from clusteratlas.vocabulary.columns import INT, STRING, Column, Type
from clusteratlas.vocabulary.table import Table
from clusteratlas.vocabulary.units import Unit


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a node or relationship."""

    name: str
    type: Type
    note: str
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A node label. ``key`` is unique; the stamps are on every node."""

    label: str
    note: str
    example: str
    table: Table | None
    """Table with a row for each node; None for what a load writes about itself."""
    shown: tuple[Column, ...]
    """Columns that become properties, beside the key."""
    renamed: tuple[tuple[str, str], ...] = ()
    """Columns that have another name in the graph: (in the table, in the graph)."""

    @property
    def properties(self) -> tuple[Property, ...]:
        """Properties, as the columns say."""
        names = dict(self.renamed)
        return tuple(_property(c.named(names.get(c.name, c.name))) for c in self.shown)

    @property
    def tables(self) -> tuple[str, ...]:
        """Tables of an edition that it is loaded from."""
        return self.table.files if self.table else ()


@dataclass(frozen=True, slots=True)
class EdgeTable:
    """Where the relationships between two labels come from: a table, and two columns of keys."""

    start_label: str
    end_label: str
    table: Table
    start: str
    """Column with the key of the node that they go out from."""
    end: str
    """Column with the key of the node that they lead to. A row without either has none."""
    only: str = ""
    """Value of the column ``type`` that a row must have; empty for all."""

    def __post_init__(self) -> None:
        for column in (self.start, self.end, *(["type"] if self.only else [])):
            if column not in self.table.names:
                raise ValueError(f"table {self.table.name} has no column {column!r} for an edge")


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship type between one or more pairs of labels."""

    type: str
    note: str
    edges: tuple[EdgeTable, ...]
    shown: tuple[Column, ...]
    """Columns that become properties."""
    identity: tuple[str, ...] = ("edition",)
    """Properties that, with both ends, tell one relationship of this type from another."""

    @property
    def properties(self) -> tuple[Property, ...]:
        """Properties, as the columns say."""
        return tuple(_property(column) for column in self.shown)

    @property
    def ends(self) -> tuple[tuple[str, str], ...]:
        """Pairs of labels."""
        return tuple((edge.start_label, edge.end_label) for edge in self.edges)

    @property
    def tables(self) -> tuple[str, ...]:
        """Tables of an edition that it is loaded from."""
        return tuple(dict.fromkeys(name for edge in self.edges for name in edge.table.files))


def _property(column: Column) -> Property:
    return Property(column.name, column.type, column.meaning, column.unit)


STAMPS: tuple[Property, ...] = (
    Property("source", STRING, "key of the Source that it comes from"),
    Property("vintage", INT, "vintage of that source", "year"),
    Property(
        "edition",
        STRING,
        "edition that holds it; a node that several editions share names them all, joined by "
        "blanks",
    ),
    Property(
        "load",
        STRING,
        "digest of the edition's tables and of this model at its last load; the sweep goes by it",
    ),
)

KEY = Property("key", STRING, "stable, readable, unique")
