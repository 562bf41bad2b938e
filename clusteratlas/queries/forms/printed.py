"""Rows that are to be written, with what is said about them."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of the output: its name in the rows, and the unit of its figures."""

    name: str
    unit: str | None = None


def inline(value: Any) -> str:
    """Write a value that may be a list or a mapping into one cell."""
    if isinstance(value, dict):
        return "; ".join(f"{k}={inline(v)}" for k, v in value.items())
    if isinstance(value, list):
        return "; ".join(inline(v) for v in value)
    return "" if value is None else str(value)


@dataclass(frozen=True)
class Printed:
    """Rows to write, with what is said about them."""

    records: Sequence[Record]
    columns: Sequence[Heading]
    title: str | None = None
    notes: Sequence[str] = ()
    sources: Sequence[Record] = ()
    """Files behind the rows."""

    @property
    def sectioned(self) -> bool:
        """Whether the rows are of several kinds, each in a section of its own."""
        return bool(self.columns) and self.columns[0].name == "section"

    def sections(self) -> dict[str, Printed]:
        """Rows of each section, with the columns that it uses; one without a name otherwise."""
        if not self.sectioned:
            return {"": self}
        found = {}
        for name in dict.fromkeys(str(r["section"]) for r in self.records):
            part = [r for r in self.records if str(r["section"]) == name]
            used = [c for c in self.columns[1:] if any(r.get(c.name) is not None for r in part)]
            found[name] = Printed(part, used)
        return found


def as_record(row: Any) -> dict[str, Any]:
    """One row as a plain dictionary, with null for not-a-number."""
    if isinstance(row, Mapping):
        return {str(n): v if type(v) in _AS_IS else plain_value(v) for n, v in row.items()}
    if dataclasses.is_dataclass(row) and not isinstance(row, type):
        values = ((name, getattr(row, name)) for name in _names_of(type(row)))
        return {n: v if type(v) in _AS_IS else plain_value(v) for n, v in values}
    raise TypeError(f"rows must be dataclass instances or mappings, not {type(row).__name__}")


@cache
def _names_of(row: type[Any]) -> tuple[str, ...]:
    return tuple(f.name for f in dataclasses.fields(row))


_AS_IS = frozenset({str, int, bool, type(None)})
"""Types of most values, which are plain already."""


def plain_value(value: Any) -> Any:
    """Give a value as what JSON has, with null for not-a-number."""
    if value is None:
        return None
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return as_record(value)
    if isinstance(value, Mapping):
        return {str(k): plain_value(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain_value(v) for v in value]
    if isinstance(value, (str, int)):
        return value
    item = getattr(value, "item", None)  # a numpy scalar
    if callable(item):
        return plain_value(item())
    return str(value)


def headings_of(row: type[Any]) -> list[Heading]:
    """Columns of a class of rows, with their units."""
    return [Heading(f.name, f.metadata.get("unit")) for f in dataclasses.fields(row)]
