"""Rows of an answer: their columns, declared with note and unit, and how they are filled."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

from clusteratlas.vocabulary.model.views import VIEW_TABLES
from clusteratlas.vocabulary.tables import TABLES
from clusteratlas.vocabulary.units import Unit

Row = TypeVar("Row")


def column(note: str = "", unit: Unit | None = None, *, of: str = "") -> Any:
    """Declare a column of an answer that every row fills.

    Parameters
    ----------
    note
        What it means; may be left out where it means just what the column of a table does.
    unit
        Its unit, where it is no column of a table.
    of
        ``TABLE.COLUMN`` of an edition that it shows: unit and, if none is given, note are those.

    Raises
    ------
    ValueError
        If there is no such column, a unit is given beside it, or nothing says what it means.
    """
    return dataclasses.field(metadata=_meaning(note, unit, of))


def optional(note: str = "", unit: Unit | None = None, *, of: str = "") -> Any:
    """Declare a column, as :func:`column` does, that only some sections or rows fill."""
    return dataclasses.field(default=None, metadata=_meaning(note, unit, of))


def _meaning(note: str, unit: Unit | None, of: str) -> dict[str, str | None]:
    if not of:
        if not note:
            raise ValueError("a column of an answer needs a note, or a column that it shows")
        return {"note": note, "unit": unit}
    table, _, name = of.partition(".")
    known = TABLES.get(table) or VIEW_TABLES.get(table)
    shown = [f for f in known.columns if f.name == name] if known else []
    if not shown:
        raise ValueError(f"no table has a column {of}")
    if unit is not None:
        raise ValueError(f"the unit of {of} is {shown[0].unit}, and another one is given: {unit}")
    return {"note": note or shown[0].note, "unit": shown[0].unit, "of": of}


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
