"""Values of the embedded engine as plain Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from clusteratlas.graph.store import PLAIN, Entity, Rows, plain

_AS_THEY_ARE = frozenset({"STRING", "INT64", "BOOL"})
"""Types whose values need no look at each of them."""


def fetched(result: Any, limit: int | None) -> Rows:
    """Take the rows of a result, as many as there are or at most ``limit``."""
    last = result[-1] if isinstance(result, list) else result
    names = tuple(last.get_column_names())
    # All rows at once take a tenth of the time of one call a row; a limit is there to not do that.
    found = last.get_all() if limit is None else _first(last, limit)
    columns = map(_column, last.get_column_data_types(), zip(*found, strict=True))
    rows = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
    return Rows(names, rows, truncated=limit is not None and last.has_next())


def _column(type_: str, values: Sequence[Any]) -> Sequence[Any]:
    """Give the values of a column as plain Python; NaN, the only value unlike itself, is null."""
    if type_ in _AS_THEY_ARE:
        return values
    if type_ == "DOUBLE":
        return [None if value != value else value for value in values]
    return [_value(value) for value in values]


def _first(result: Any, limit: int) -> list[Any]:
    rows: list[Any] = []
    while len(rows) < limit and result.has_next():
        rows.append(result.get_next())
    return rows


def _value(value: Any) -> Any:
    if type(value) in PLAIN:  # most values
        return value
    if isinstance(value, list):
        return [_value(v) for v in value]
    if not isinstance(value, dict):
        return plain(value)
    if "_NODES" in value:
        return {"nodes": _value(value["_NODES"]), "relationships": _value(value["_RELS"])}
    if "_LABEL" in value:
        tag = "_type" if "_SRC" in value else "_label"
        own = {k: plain(v) for k, v in value.items() if not k.startswith("_")}
        known = {tag: value["_LABEL"], **{k: v for k, v in own.items() if v is not None}}
        ends = (_id(value["_SRC"]), _id(value["_DST"])) if "_SRC" in value else None
        return Entity(known, _id(value["_ID"]), ends)
    return {k: _value(v) for k, v in value.items()}


def _id(value: Mapping[str, int]) -> str:
    return f"{value['table']}:{value['offset']}"
