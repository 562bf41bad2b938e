"""Rows to a terminal, a pipe or a file: the one way in which every command prints data."""

from __future__ import annotations

import dataclasses
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from clusteratlas.errors import InputError


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


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of the output: its name in the rows, and the unit of its figures."""

    name: str
    unit: str | None = None


def render(
    rows: Sequence[Any],
    fmt: Format,
    *,
    title: str | None = None,
    notes: Sequence[str] = (),
    headings: Sequence[Heading] | None = None,
    out: Path | None = None,
) -> None:
    """Write rows to standard output, or to ``out``; title and notes go where they do no harm.

    Parameters
    ----------
    rows
        Dataclass instances or mappings, all with the same columns.
    fmt
        ``table`` is for reading: figures are rounded, shares are in percent, units stand in the
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

    Raises
    ------
    InputError
        If Parquet would go to a terminal, or ``out`` cannot be written.
    """
    records = [as_record(row) for row in rows]
    columns = list(headings) if headings is not None else _headings(rows, records)
    payload: bytes | None = None
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
        _write(out, payload if payload is not None else _table_text(records, columns, title))
    elif payload is None:
        _print_table(records, columns, title)
    elif fmt is Format.parquet:
        sys.stdout.buffer.write(payload)
    else:
        sys.stdout.write(payload.decode())
    for note in notes:
        typer.echo(note, err=True)


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
    if hasattr(value, "item"):  # a numpy scalar
        return _plain(value.item())
    return str(value)


def _headings(rows: Sequence[Any], records: list[dict[str, Any]]) -> list[Heading]:
    if rows and dataclasses.is_dataclass(rows[0]):
        return [Heading(f.name, f.metadata.get("unit")) for f in dataclasses.fields(rows[0])]
    return [Heading(name) for name in dict.fromkeys(name for r in records for name in r)]


# Formats for machines


def _json(records: list[dict[str, Any]]) -> bytes:
    import json

    return (json.dumps(records, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _csv(records: list[dict[str, Any]], columns: list[Heading]) -> bytes:
    import csv
    import io

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([c.name for c in columns])
    writer.writerows([_cell(r.get(c.name)) for c in columns] for r in records)
    return text.getvalue().encode()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, dict)):
        return _inline(value)
    return value


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{k}={_inline(v)}" for k, v in value.items())
    if isinstance(value, list):
        return "; ".join(_inline(v) for v in value)
    return "" if value is None else str(value)


def _parquet(records: list[dict[str, Any]], columns: list[Heading]) -> bytes:
    import io

    import pyarrow as pa
    import pyarrow.parquet as pq

    frame = pa.table({c.name: pa.array([r.get(c.name) for r in records]) for c in columns})
    target = io.BytesIO()
    pq.write_table(frame, target)
    return target.getvalue()


def _write(path: Path, payload: bytes) -> None:
    try:
        path.write_bytes(payload)
    except OSError as exc:
        raise InputError(
            f"cannot write {path}: {exc.strerror or exc}", hint="check the folder and its rights"
        ) from exc


# The table for people

_PLAIN_UNITS = frozenset({"year", "digits"})
_PLAIN_NAMES = ("year", "vintage", "naics", "code", "fips", "seed")


_MANY = 6
"""A single row with more columns than this is written one column a line."""
_SHORT = {"standard deviations": "SD", "share": "%", "percent": "%"}


def _print_table(records: list[dict[str, Any]], columns: list[Heading], title: str | None) -> None:
    from rich.console import Console

    if not sys.stdout.isatty():
        sys.stdout.write(_table_text(records, columns, title).decode())
        return
    _draw(Console(highlight=False, markup=False, emoji=False), records, columns, title)


def _table_text(records: list[dict[str, Any]], columns: list[Heading], title: str | None) -> bytes:
    import io

    from rich.console import Console

    # In a pipe or a file nothing may be cut or wrapped: the page is as wide as the rows need.
    page = io.StringIO()
    console = Console(file=page, width=100_000, highlight=False, markup=False, color_system=None)
    _draw(console, records, columns, title)
    return "".join(f"{line.rstrip()}\n" for line in page.getvalue().splitlines()).encode()


def _draw(
    console: Any, records: list[dict[str, Any]], columns: list[Heading], title: str | None
) -> None:
    from rich.text import Text

    if title:
        console.print(Text(title, style="bold"), soft_wrap=True)
    if not records or not columns:
        console.print("(no rows)")
        return
    if columns[0].name != "section":
        console.print(_table(records, columns))
        return
    for section in dict.fromkeys(r["section"] for r in records):
        part = [r for r in records if r["section"] == section]
        # A section uses some of the columns only; empty ones would push the others off the page.
        used = [c for c in columns[1:] if any(r.get(c.name) is not None for r in part)]
        console.print(Text(f"\n{str(section).replace('_', ' ')}", style="bold"))
        console.print(_table(part, used))


def _table(records: list[dict[str, Any]], columns: list[Heading]) -> Any:
    if len(records) == 1 and len(columns) > _MANY:
        return _listing(records[0], columns)
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    texts: list[list[str]] = []
    for column in columns:
        values = [r.get(column.name) for r in records]
        numeric = any(_is_number(v) for v in values) and all(
            v is None or _is_number(v) for v in values
        )
        table.add_column(
            Text(_caption(column)),
            justify="right" if numeric else "left",
            # A key cut in two cannot be copied into the next command.
            no_wrap=numeric or column.name in {"key", "id"},
            overflow="fold",
        )
        texts.append(_figures(values, column) if numeric else [_word(v) for v in values])
    for line in zip(*texts, strict=True):
        table.add_row(*(Text(cell) for cell in line))
    return table


def _listing(record: dict[str, Any], columns: list[Heading]) -> Any:
    """One row with many columns, one line each."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for column in columns:
        value = record.get(column.name)
        shown = _figures([value], column)[0] if _is_number(value) else _word(value)
        table.add_row(Text(_caption(column)), Text(shown))
    return table


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _caption(column: Heading) -> str:
    name = column.name.replace("_", " ")
    if column.unit in _SHORT:
        return f"{name} ({_SHORT[column.unit]})"
    if column.unit is None or column.unit in _PLAIN_UNITS or name.endswith(column.unit):
        return name
    return f"{name} ({column.unit})"


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _inline(value)


def _figures(values: list[Any], column: Heading) -> list[str]:
    """Figures of one column with the same number of decimals, so that they can be compared."""
    if column.unit == "share":
        values = [None if v is None else 100 * v for v in values]
    known = [abs(v) for v in values if v is not None]
    if column.unit in _PLAIN_UNITS or column.name.endswith(_PLAIN_NAMES):
        return ["" if v is None else str(v) for v in values]
    if all(isinstance(v, int) for v in values if v is not None):
        return ["" if v is None else f"{v:,}" for v in values]
    largest = max(known)
    decimals = 0 if largest >= 1000 else 1 if largest >= 100 else 2 if largest >= 0.1 else 4
    if column.unit in {"share", "percent"}:
        decimals = 1 if largest >= 1 else 2
    return ["" if v is None else f"{v:,.{decimals}f}" for v in values]
