"""Rows as a workbook: a sheet for each section, one for the sources, one for the notes."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from clusteratlas.errors import InputError
from clusteratlas.queries.forms.printed import Heading, Printed, Record, inline
from clusteratlas.queries.language.written import headed
from clusteratlas.queries.numbers import unit_column

_ROWS, _CHARACTERS, _NAME = 1_048_576, 32_767, 31
"""What a sheet, a cell and the name of a sheet can hold at most."""
_EXACT = 2**53
"""Whole numbers up to this are exact in a workbook."""
_WIDEST = 60
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_FIGURES = {"share": "0.0%", "year": "0", "digits": "0"}
"""How figures of a unit are shown; the cells hold them in full."""


def workbook_bytes(printed: Printed) -> bytes:
    """Write a workbook.

    Text is written as text, so that nothing in a name is a formula or a link.

    Raises
    ------
    InputError
        If there are more rows than a sheet can hold.
    """
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    names: set[str] = set()
    for section, part in printed.sections().items():
        _sheet(book, _named(section or "rows", names), part.records, part.columns)
    if printed.sources:
        columns = [Heading(name) for name in printed.sources[0]]
        _sheet(book, _named("sources", names), printed.sources, columns)
    said = [line for line in (printed.title, *printed.notes) if line]
    if said:
        notes = [{"note": line} for line in said]
        _sheet(book, _named("notes", names), notes, [Heading("note")])
    book.close()
    return target.getvalue()


def _named(wanted: str, taken: set[str]) -> str:
    """Make a name that a sheet may have and no other one has, whatever the case."""
    base = _FORBIDDEN.sub(" ", wanted.replace("_", " ")).strip() or "rows"
    name, n = base[:_NAME], 1
    while name.lower() in taken:
        n += 1
        name = f"{base[: _NAME - 4]} {n}"
    taken.add(name.lower())
    return name


def _sheet(book: Any, name: str, records: Sequence[Record], columns: Sequence[Heading]) -> None:
    if len(records) >= _ROWS:
        raise InputError(
            f"{len(records):,} rows are more than a sheet can hold",
            hint="--format parquet or csv holds them",
        )
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(columns):
        title = headed(column.name, column.unit)
        sheet.write_string(0, at, title, bold)
        values = [record.get(column.name) for record in records]
        shown = book.add_format({"num_format": _shown(column, values)})
        widest = max(len(title) // 2, 8)
        for row, value in enumerate(values, start=1):
            widest = max(widest, _write(sheet, row, at, value, shown))
        sheet.set_column(at, at, min(widest + 2, _WIDEST))


def _shown(column: Heading, values: Sequence[Any]) -> str:
    if column.unit in _FIGURES or column.name.endswith(("year", "vintage")):
        return _FIGURES.get(column.unit or "year", "0")
    if unit_column(column.unit):
        return "General"  # figures of several units have no decimals in common
    return "#,##0.00" if any(isinstance(value, float) for value in values) else "#,##0"


def _write(sheet: Any, row: int, at: int, value: Any, shown: Any) -> int:
    """Write one cell, and give its width."""
    if value is None:
        return 0
    if isinstance(value, bool):
        sheet.write_boolean(row, at, value)
        return 5
    if isinstance(value, float) or (isinstance(value, int) and abs(value) <= _EXACT):
        sheet.write_number(row, at, value, shown)
        return 10
    text = inline(value).encode(errors="replace").decode()[:_CHARACTERS]
    sheet.write_string(row, at, text)
    return len(text)
