"""The tables of an edition and the graph model as JSON Schema, for programs that are not Python."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from clusteratlas.vocabulary.columns import BOOL, INT, REAL, STRING, Column, Type
from clusteratlas.vocabulary.model import KEY, NODES, RELATIONSHIPS, STAMPS, Node, Relationship
from clusteratlas.vocabulary.tables import TABLES, Table
from clusteratlas.vocabulary.units import BOUNDS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
JSON_TYPES: dict[Type, str] = {
    STRING: "string",
    INT: "integer",
    REAL: "number",
    BOOL: "boolean",
}
"""Type in JSON of each type of columns."""

Schema = dict[str, Any]


def edition_schema() -> Schema:
    """Give the schema: one definition for each table, label and relationship type.

    A document that it allows has rows of tables by the name of the table. What JSON Schema has no
    word for is under names that begin with ``x-``: type, unit, key, the table whose keys a
    column holds, and the ends of a relationship.
    """
    return {
        "$schema": DIALECT,
        "title": "Tables and graph of an edition of clusteratlas",
        "$comment": "made by `python -m clusteratlas.cli.reference`; do not edit",
        "type": "object",
        "properties": {
            name: {"type": "array", "items": {"$ref": f"#/$defs/{definition('table', name)}"}}
            for name in TABLES
        },
        "additionalProperties": False,
        "$defs": {
            **{definition("table", name): _table(table) for name, table in TABLES.items()},
            **{definition("node", label): _node(node) for label, node in NODES.items()},
            **{
                definition("relationship", type_): _relationship(declared)
                for type_, declared in RELATIONSHIPS.items()
            },
        },
    }


def definition(kind: str, name: str) -> str:
    """Name of the definition of a table, node or relationship: ``table.industries``."""
    return f"{kind}.{name}"


def _table(table: Table) -> Schema:
    return {
        **_object(table.note, {c.name: _column(c) for c in table.columns}, table.names),
        "x-key": list(table.key),
        **({"x-optional": True} if table.optional or table.later else {}),
    }


def _node(node: Node) -> Schema:
    names = dict(node.renamed)
    shown = {names.get(c.name, c.name): c for c in node.shown}
    always = [KEY.name, *(name for name, column in shown.items() if not column.nullable)]
    properties = {KEY.name: _plain(KEY.type, KEY.note, None), **_shown(shown)}
    return {
        **_object(node.note, properties, always),
        "x-key": [KEY.name],
        "x-tables": list(node.tables),
    }


def _relationship(declared: Relationship) -> Schema:
    shown = {c.name: c for c in declared.shown}
    tables = [edge.table for edge in declared.edges]
    always = [n for n in shown if all(n in t.names and not t[n].nullable for t in tables)]
    return {
        **_object(declared.note, _shown(shown), always),
        "x-ends": [list(pair) for pair in declared.ends],
        "x-identity": list(declared.identity),
        "x-tables": list(declared.tables),
    }


def _shown(columns: dict[str, Column]) -> dict[str, Schema]:
    """Properties of the graph: they are left out where a column is null. Then the stamps."""
    own = {name: _column(column, null=False) for name, column in columns.items()}
    return {**own, **{s.name: _plain(s.type, s.note, s.unit) for s in STAMPS}}


def _object(note: str, properties: dict[str, Schema], required: Iterable[str]) -> Schema:
    return {
        "description": note,
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _column(column: Column, *, null: bool = True) -> Schema:
    null = null and column.nullable
    schema = _plain(column.type, column.meaning, column.unit, null=null)
    if column.choices:
        schema["enum"] = [*column.choices, *([None] if null else [])]
    if column.unit in BOUNDS:
        schema["minimum"], schema["maximum"] = BOUNDS[column.unit]
    if column.refers:
        schema["x-refers"] = column.refers
    return schema


def _plain(type_: Type, note: str, unit: str | None, *, null: bool = False) -> Schema:
    found = JSON_TYPES[type_]
    return {
        "description": note,
        "type": [found, "null"] if null else found,
        "x-type": type_,
        **({"x-unit": unit} if unit else {}),
    }
