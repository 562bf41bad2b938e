"""What the server answers, as plain rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import neo4j
from neo4j.graph import Node, Path, Relationship

from clusteratlas.graph.engines.neo4j.notes import name_warnings
from clusteratlas.graph.store import Entity, Rows, plain


def rows_in(
    tx: neo4j.ManagedTransaction, cypher: str, params: Mapping[str, Any] | None, limit: int | None
) -> Rows:
    """Run a statement in a transaction, and give its rows, or the steps of its plan."""
    result = tx.run(literal(cypher), dict(params or {}))
    names = tuple(result.keys())
    rows: list[dict[str, Any]] = []
    truncated = False
    for record in result:
        if truncated := limit is not None and len(rows) == limit:
            break
        rows.append({n: _value(v) for n, v in zip(names, record.values(), strict=True)})
    summary = result.consume()
    if plan := summary.profile or summary.plan:
        return Rows(_PLAN, list(_steps(plan, 0)))
    return Rows(names, rows, truncated, tuple(name_warnings(summary)))


_PLAN = ("operator", "details", "estimated_rows", "rows", "db_hits")
"""Columns of a plan; the last two are those of ``PROFILE``."""
_DATABASE = re.compile("@.*")
"""What the server adds to the name of an operator."""


def _steps(plan: Mapping[str, Any], depth: int) -> Iterator[dict[str, Any]]:
    """Give the steps of a plan, the last one first, what each is fed from below and indented."""
    told = plan.get("args", {})
    hits, rows = (told.get(name) for name in ("DbHits", "Rows"))
    yield dict(
        zip(
            _PLAN,
            (
                "  " * depth + _DATABASE.sub("", str(plan["operatorType"])),
                str(told.get("Details", "")),
                plain(told.get("EstimatedRows")),
                plain(rows),
                plain(hits),
            ),
            strict=True,
        )
    )
    for child in plan.get("children", ()):
        yield from _steps(child, depth + 1)


def _value(value: Any) -> Any:
    if isinstance(value, Node):
        known = {"_label": next(iter(value.labels), ""), **_properties(value)}
        return Entity(known, value.element_id)
    if isinstance(value, Relationship):
        ends = tuple("" if n is None else n.element_id for n in value.nodes)
        known = {"_type": value.type, **_properties(value)}
        return Entity(known, value.element_id, (ends[0], ends[1]))
    if isinstance(value, Path):
        return {
            "nodes": [_value(n) for n in value.nodes],
            "relationships": [_value(r) for r in value.relationships],
        }
    if isinstance(value, list):
        return [_value(v) for v in value]
    if isinstance(value, dict):
        return {k: _value(v) for k, v in value.items()}
    return plain(value)


def _properties(entity: Node | Relationship) -> dict[str, Any]:
    return {k: plain(v) for k, v in entity.items()}


def literal(cypher: str) -> Any:
    """Give a statement as what the driver takes."""
    # The driver asks for literals; ours come from the model, packaged files and the user's hand.
    return cypher
