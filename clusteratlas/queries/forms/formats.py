"""The forms that rows take in a file or a pipe, one function for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

from clusteratlas.errors import InputError
from clusteratlas.loaders.engines.written import FORMULA
from clusteratlas.queries.forms.printed import Printed, inline


class Format(StrEnum):
    """How rows are written."""

    table = "table"
    json = "json"
    csv = "csv"
    parquet = "parquet"
    markdown = "markdown"
    xlsx = "xlsx"


SUFFIXES: Mapping[str, Format] = MappingProxyType(
    {
        ".txt": Format.table,
        ".json": Format.json,
        ".csv": Format.csv,
        ".parquet": Format.parquet,
        ".md": Format.markdown,
        ".xlsx": Format.xlsx,
    }
)
"""Format that the name of a file asks for."""
BINARY = frozenset({Format.parquet, Format.xlsx})
"""Formats that no terminal shows."""
FOR_READING = frozenset({Format.table, Format.markdown, Format.xlsx})
"""Formats for people: what answers the question comes first. They hold all sections in one."""
_FIGURES = frozenset({float, int, type(None)})


def format_of(fmt: Format | None, out: Path | None, default: Format = Format.table) -> Format:
    """Choose the format: the one that was asked for, else that of the file's name.

    Raises
    ------
    InputError
        If the name of the file asks for another one.
    """
    named = None if out is None else SUFFIXES.get(out.suffix.lower())
    if fmt is not None and named not in {None, fmt, Format.table}:
        raise InputError(
            f"--format {fmt} and --out {out} contradict each other",
            hint="leave --format out: the name of the file decides",
        )
    return fmt or named or default


def json_text(printed: Printed, *, ascii_only: bool = False) -> str:
    """Write a list of objects."""
    import json

    records = list(printed.records)
    return json.dumps(records, indent=2, ensure_ascii=ascii_only, allow_nan=False) + "\n"


def csv_text(printed: Printed) -> str:
    """Write CSV; text that a spreadsheet would run as a formula gets an apostrophe before it."""
    import csv
    import io

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([_cell(c.name) for c in printed.columns])
    columns = [_cells([r.get(c.name) for r in printed.records]) for c in printed.columns]
    writer.writerows(zip(*columns, strict=True))
    return text.getvalue()


def _cells(values: list[Any]) -> list[Any]:
    """Write a column, most of which hold figures alone."""
    return values if _FIGURES.issuperset(map(type, values)) else list(map(_cell, values))


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, dict)):
        value = inline(value)
    if not isinstance(value, str):
        return value
    safe = f"'{value}" if value.startswith(FORMULA) else value
    # A line end of the old kind alone is one that the writer leaves without quotation marks.
    return safe.replace("\r\n", "\n").replace("\r", "\n") if "\r" in safe else safe


def _parquet(printed: Printed) -> bytes:
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {c.name: pa.array([r.get(c.name) for r in printed.records]) for c in printed.columns}
    target = io.BytesIO()
    pq.write_table(pa.table(columns), target)
    return target.getvalue()


def _markdown(printed: Printed) -> bytes:
    from clusteratlas.queries.forms.markdown import markdown_text

    return _bytes(markdown_text(printed))


def _xlsx(printed: Printed) -> bytes:
    from clusteratlas.queries.forms.workbook import workbook_bytes

    return workbook_bytes(printed)


def _bytes(text: str) -> bytes:
    # A name of a file can hold halves of characters, which no encoding has.
    return text.encode(errors="replace")


ENCODED: Mapping[Format, Callable[[Printed], bytes]] = MappingProxyType(
    {
        Format.json: lambda printed: _bytes(json_text(printed)),
        Format.csv: lambda printed: _bytes(csv_text(printed)),
        Format.parquet: _parquet,
        Format.markdown: _markdown,
        Format.xlsx: _xlsx,
    }
)
"""What goes into a file, for each format but the table."""
