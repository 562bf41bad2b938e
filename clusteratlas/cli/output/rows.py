"""Rows to a terminal, a pipe or a file: the one way in which every command prints data."""

from __future__ import annotations

import dataclasses
import re
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from shutil import get_terminal_size
from textwrap import fill
from typing import Annotated, Any

import typer

from clusteratlas.cli.output.lines import say
from clusteratlas.cli.output.table import holds_rules, show_table, table_text
from clusteratlas.errors import InputError
from clusteratlas.loaders.engines.written import unwritable, whole_file
from clusteratlas.queries.forms.formats import (
    BINARY,
    ENCODED,
    FOR_READING,
    SUFFIXES,
    Format,
    format_of,
    json_text,
)
from clusteratlas.queries.forms.printed import Heading, Printed, as_record, headings_of, plain_value

__all__ = [
    "Format",
    "FormatOption",
    "Heading",
    "OutOption",
    "Setting",
    "WideOption",
    "as_record",
    "headings_of",
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


FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format",
        "-f",
        help="How to write the rows. Default: as the name of --out says, or a table.",
        case_sensitive=False,
        show_default=False,
    ),
]
OutOption = Annotated[
    Path | None,
    typer.Option(
        "--out",
        "-o",
        metavar="FILE",
        help="Write the rows to this file: .csv, .json, .xlsx, .md, .parquet or .txt. A folder "
        "gets a file for each section.",
    ),
]
WideOption = Annotated[
    bool,
    typer.Option("--wide", "-w", help="A table with every column, as wide as it needs."),
]
_FILE_NAME = re.compile(r"[^\w.-]+")
"""What a file of a section is not called by: blanks and slashes."""
PAGE = 80
"""Characters of a line where standard output is no terminal and ``COLUMNS`` is not set."""


def render(
    rows: Sequence[Any],
    fmt: Format | None,
    *,
    title: str | None = None,
    notes: Sequence[str] = (),
    headings: Sequence[Heading] | None = None,
    out: Path | None = None,
    default: Format = Format.table,
    sources: Sequence[Any] = (),
    whole: Any = None,
    layout: Setting = Setting.plain,
) -> None:
    """Write rows to standard output, or to ``out``; title and notes go where they do no harm.

    Parameters
    ----------
    rows
        Dataclass instances or mappings, all with the same columns.
    fmt
        ``table`` and ``markdown`` are for reading: figures are rounded, shares are in percent,
        units are in the headings, and rows with a ``section`` are set in one table per section.
        ``xlsx`` has a sheet for each, with figures in full. ``json`` (a list of objects), ``csv``
        and ``parquet`` hold the values as they are. None: as the name of ``out`` says.
    title
        Line above the table; JSON, CSV and Parquet do not have it.
    notes
        Lines for standard error: coverage, "n of N", where to go next.
    headings
        Columns to write, with units. Default: the fields of the dataclass (their unit from
        ``field(metadata={"unit": ...})``) or the keys of the mappings. Needed only where there
        may be no rows.
    out
        File to write instead of standard output. A folder gets a file for each section, and
        ``notes.txt``; the format is CSV then, unless another one is asked for.
    default
        Format where neither ``fmt`` nor ``out`` says one.
    sources
        Files behind the rows, for a sheet of their own.
    whole
        All that an answer is, as plain values: what a folder gets as ``answer.json``.
    layout
        How a table is set.

    Raises
    ------
    InputError
        If Parquet or a workbook would go to a terminal, if ``out`` cannot be written, or if its
        name asks for another format than ``fmt``.
    """
    records = [as_record(row) for row in rows]
    columns = list(headings) if headings is not None else _headings(rows, records)
    printed = Printed(records, columns, title, notes, [as_record(one) for one in sources])
    if out is not None and _is_folder(out, printed, fmt):
        _write_folder(out, printed, fmt or Format.csv, whole)
    else:
        _write_rows(printed, format_of(fmt, out, default), out, layout)
    for note in notes:
        _remark(note, layout)


def _write_rows(printed: Printed, fmt: Format, out: Path | None, layout: Setting) -> None:
    if out is not None:
        _write(out, _payload(printed, fmt, layout))
    elif fmt is Format.table:
        _print_table(printed, layout)
    elif fmt in BINARY:
        if sys.stdout.isatty():
            raise InputError(
                f"{fmt} is binary and standard output is a terminal",
                hint=f"add --out FILE, or redirect: ... --format {fmt} > rows.{fmt}",
            )
        sys.stdout.buffer.write(_payload(printed, fmt))
    else:
        text = _payload(printed, fmt).decode()
        if fmt is Format.json and not _fits(text):
            # JSON has a way of its own to write any character.
            text = json_text(printed, ascii_only=True)
        sys.stdout.write(text)


def _payload(printed: Printed, fmt: Format, layout: Setting = Setting.plain) -> bytes:
    if fmt is Format.table:
        worded = layout is not Setting.plain
        text, _ = table_text(printed.records, printed.columns, printed.title, worded=worded)
        return text.encode(errors="replace")
    return ENCODED[fmt](printed)


def _is_folder(out: Path, printed: Printed, fmt: Format | None) -> bool:
    """Say whether a file for each section is wanted: in a folder, or a name without an ending."""
    if out.is_dir():
        return True
    return printed.sectioned and not out.suffix and not out.exists() and fmt not in FOR_READING


def _write_folder(out: Path, printed: Printed, fmt: Format, whole: Any) -> None:
    import json

    ending = next(suffix for suffix, named in SUFFIXES.items() if named is fmt)
    files = {
        f"{_FILE_NAME.sub('_', name) or 'rows'}{ending}": _payload(part, fmt)
        for name, part in printed.sections().items()
    }
    said = [line for line in (printed.title, *printed.notes) if line]
    files["notes.txt"] = "".join(f"{line}\n" for line in said).encode(errors="replace")
    if whole is not None:
        files["answer.json"] = f"{json.dumps(plain_value(whole), indent=2)}\n".encode()
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as exc:
        raise unwritable(out, exc) from exc
    for name, payload in files.items():
        _write(out / name, payload)
    say(f"{len(files)} files in {out}", err=True)


def _headings(rows: Sequence[Any], records: list[dict[str, Any]]) -> list[Heading]:
    if rows and dataclasses.is_dataclass(rows[0]):
        return headings_of(type(rows[0]))
    return [Heading(name) for name in dict.fromkeys(name for r in records for name in r)]


def _fits(text: str) -> bool:
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _print_table(printed: Printed, layout: Setting) -> None:
    records, columns, title = printed.records, printed.columns, printed.title
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
    # A path or a command that is cut in two cannot be copied.
    if paged:
        text = fill(text, _columns(), break_long_words=False, break_on_hyphens=False)
    say(text, err=True)


def _columns() -> int:
    return get_terminal_size((PAGE, 0)).columns


def _write(path: Path, payload: bytes) -> None:
    """Write a file whole or not at all; what is no plain file (a pipe, a device) as it is."""
    with whole_file(path) as stream:
        stream.write(payload)
