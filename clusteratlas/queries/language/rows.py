"""Rows of an answer: their columns, declared with note and unit, and how they are filled."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

from clusteratlas.vocabulary.units import Unit

Row = TypeVar("Row")


def column(note: str, unit: Unit | None = None) -> Any:
    """Declare a column of an answer that every row fills."""
    return dataclasses.field(metadata={"note": note, "unit": unit})


def optional(note: str, unit: Unit | None = None) -> Any:
    """Declare a column that only some sections or rows fill."""
    return dataclasses.field(default=None, metadata={"note": note, "unit": unit})


def columns_of(row: type[Any]) -> tuple[str, ...]:
    """Names of a row type's columns, in order."""
    return tuple(f.name for f in dataclasses.fields(row))


def row_from(row: type[Row], read: object, **more: Any) -> Row:
    """Make a row of an answer out of a row that was read.

    Parameters
    ----------
    row
        Row type of the answer.
    read
        Row read from the graph: columns that both have keep their value.
    **more
        Columns that the read row lacks, or that mean something else there.
    """
    known = {name: getattr(read, name) for name in columns_of(type(read))}
    return row(**{n: known[n] for n in columns_of(row) if n in known} | more)
