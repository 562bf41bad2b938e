"""Rows to a terminal, a pipe or a file: the one way in which every command prints data."""

from __future__ import annotations

import dataclasses
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from shutil import get_terminal_size
from textwrap import fill
from typing import Annotated, Any

import typer

from clusteratlas.cli.output.layout import Heading, inline
from clusteratlas.cli.output.lines import say
from clusteratlas.cli.output.table import holds_rules, show_table, table_text
from clusteratlas.errors import InputError

__all__ = [
    "Format",
    "FormatOption",
    "Heading",
    "OutOption",
    "Setting",
    "WideOption",
    "as_record",
    "render",
]


class Setting(StrEnum):
    """How a table is set."""

    plain = "plain"
    """Headings as columns are named; on a terminal no wider than that, else as wide as it needs."""
    page = "page"
    """Headings in words, a legend below; no wider than the terminal, or 80 where there is none."""
    wide = "wide"
    """The same, as wide as it needs."""


class Format(StrEnum):
    """How rows are written."""

    table = "table"
    json = "json"
    csv = "csv"
    parquet = "parquet"


FormatOption = Annotated[
    Format,
    typer.Option("--format", "-f", help="How to write the rows.", case_sensitive=False),
]
OutOption = Annotated[
    Path | None,
    typer.Option("--out", "-o", help="Write the rows to this file.", dir_okay=False),
]
WideOption = Annotated[
    bool,
    typer.Option("--wide", "-w", help="A table with every column, as wide as it needs."),
]
PAGE = 80
"""Characters of a line where standard output is no terminal and ``COLUMNS`` is not set."""


def render(
    rows: Sequence[Any],
    fmt: Format,
    *,
    title: str | None = None,
    notes: Sequence[str] = (),
    headings: Sequence[Heading] | None = None,
    out: Path | None = None,
    layout: Setting = Setting.plain,
) -> None:
    """Write rows to standard output, or to ``out``; title and notes go where they do no harm.

    Parameters
    ----------
    rows
        Dataclass instances or mappings, all with the same columns.
    fmt
        ``table`` is for reading: figures are rounded, shares are in percent, units are in the
        headings, and rows with a ``section`` are set in one table per section. ``json`` (a list
        of objects), ``csv`` and ``parquet`` hold the values as they are.
    title
        Line above the table; other formats do not have it.
    notes
        Lines for standard error: coverage, "n of N", where to go next.
    headings
        Columns to write, with units. Default: the fields of the dataclass (their unit from
        ``field(metadata={"unit": ...})``) or the keys of the mappings. Needed only where there
        may be no rows.
    out
        File to write instead of standard output.
    layout
        How a table is set.

    Raises
    ------
    InputError
        If Parquet would go to a terminal, or ``out`` cannot be written.
    """
    records = [as_record(row) for row in rows]
    columns = list(headings) if headings is not None else _headings(rows, records)
    payload: bytes | None = None
    worded = layout is not Setting.plain
    if fmt is Format.json:
        payload = _json(records)
    elif fmt is Format.csv:
        payload = _csv(records, columns)
    elif fmt is Format.parquet:
        if out is None and sys.stdout.isatty():
            raise InputError(
                "Parquet is binary and standard output is a terminal",
                hint="add --out FILE, or redirect: ... --format parquet > rows.parquet",
            )
        payload = _parquet(records, columns)
    if out is not None:
        _write(
            out,
            payload
            if payload is not None
            else table_text(records, columns, title, worded=worded)[0].encode(errors="replace"),
        )
    elif payload is None:
        _print_table(records, columns, title, layout)
    elif fmt is Format.parquet:
        sys.stdout.buffer.write(payload)
    elif fmt is Format.json and not _fits(payload.decode()):
        # JSON has a way of its own to write any character.
        sys.stdout.write(_json(records, ascii_only=True).decode())
    else:
        sys.stdout.write(payload.decode())
    for note in notes:
        _remark(note, layout)


def as_record(row: Any) -> dict[str, Any]:
    """One row as a plain dictionary, with null for not-a-number."""
    if dataclasses.is_dataclass(row) and not isinstance(row, type):
        items: Iterable[tuple[str, Any]] = (
            (f.name, getattr(row, f.name)) for f in dataclasses.fields(row)
        )
    elif isinstance(row, Mapping):
        items = row.items()
    else:
        raise TypeError(f"rows must be dataclass instances or mappings, not {type(row).__name__}")
    return {str(name): _plain(value) for name, value in items}


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return as_record(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(v) for v in value]
    if value is None or isinstance(value, (str, int, float)):
        return value
    item = getattr(value, "item", None)  # a numpy scalar
    if callable(item):
        return _plain(item())
    return str(value)


def _headings(rows: Sequence[Any], records: list[dict[str, Any]]) -> list[Heading]:
    if rows and dataclasses.is_dataclass(rows[0]):
        return [Heading(f.name, f.metadata.get("unit")) for f in dataclasses.fields(rows[0])]
    return [Heading(name) for name in dict.fromkeys(name for r in records for name in r)]


# Formats for machines


def _json(records: list[dict[str, Any]], *, ascii_only: bool = False) -> bytes:
    import json

    text = json.dumps(records, indent=2, ensure_ascii=ascii_only, allow_nan=False)
    # A name of a file can hold halves of characters, which no encoding has.
    return f"{text}\n".encode(errors="replace")


def _fits(text: str) -> bool:
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _csv(records: list[dict[str, Any]], columns: list[Heading]) -> bytes:
    import csv
    import io

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([c.name for c in columns])
    writer.writerows([_cell(r.get(c.name)) for c in columns] for r in records)
    return text.getvalue().encode(errors="replace")


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, dict)):
        return inline(value)
    return value


def _parquet(records: list[dict[str, Any]], columns: list[Heading]) -> bytes:
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    frame = pa.table({c.name: pa.array([r.get(c.name) for r in records]) for c in columns})
    target = io.BytesIO()
    pq.write_table(frame, target)
    return target.getvalue()


def _print_table(
    records: list[dict[str, Any]], columns: list[Heading], title: str | None, layout: Setting
) -> None:
    worded = layout is not Setting.plain
    if sys.stdout.isatty() and layout is not Setting.wide:
        hidden = show_table(records, columns, title, worded=worded)
    else:
        text, hidden = table_text(
            records,
            columns,
            title,
            width=_columns() if layout is Setting.page else None,
            plain=not holds_rules(sys.stdout),
            worded=worded,
        )
        sys.stdout.write(text)
    if hidden:
        more = "--wide" if worded else "--format csv"
        _remark(f"no room for {', '.join(hidden)}: {more} has every column", layout)


def _remark(text: str, layout: Setting) -> None:
    paged = layout is Setting.page
    say(fill(text, _columns(), break_long_words=False) if paged else text, err=True)


def _columns() -> int:
    return get_terminal_size((PAGE, 0)).columns


def _write(path: Path, payload: bytes) -> None:
    try:
        path.write_bytes(payload)
    except OSError as exc:
        raise InputError(
            f"cannot write {path}: {exc.strerror or exc}", hint="check the folder and its rights"
        ) from exc
