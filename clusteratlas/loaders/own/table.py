"""A table of the user's own as columns of text: CSV in any encoding, Parquet or a workbook.

What a file is follows from its first bytes, whatever its name. Every cell stays text, with the line
that it is in, so that whoever checks it can say where it is.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from clusteratlas.errors import InputError, SourceError
from clusteratlas.loaders.source.workbook import cell_text, sheet_cells, sheet_names

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks; the longer ones first, since one begins with another."""
_DELIMITERS = ",;\t|"
_PARQUET, _ZIPPED, _OLD_EXCEL = b"PAR1", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_WINDOWS = "cp1252"
"""What text is read as that says nothing of itself and is not UTF-8: that of Windows and Excel."""
UNICODE = frozenset({"utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"})
"""Encodings that a file is seen to have; any other one is a guess."""


@dataclass(frozen=True)
class OwnTable:
    """Cells of a file, stripped of blanks around them; an empty one is ``""``."""

    file: str
    """Its name, for messages."""
    word: str
    """What a row is called there: a line of text or of a sheet, a row of Parquet."""
    lines: Sequence[int | str]
    """Line of each row, from 1 on; or what is said in its place."""
    columns: Mapping[str, list[str]]
    """By name in small letters, in the order of the file."""
    encoding: str = "utf-8"
    """That the text was read in."""
    grouped: bool = True
    """A comma in a number separates thousands; it may not where columns end in semicolons."""

    def refuse(self, row: int, column: str, what: str, hint: str | None = None) -> NoReturn:
        """Raise an error that says what is wrong, and where.

        Raises
        ------
        InputError
            Always.
        """
        where = f"{self.file}, {self.word} {self.lines[row]}, column {column}"
        raise InputError(f"{where}: {what}", hint=hint)


def read_own_table(
    path: Path,
    required: Sequence[str],
    optional: Sequence[str] = (),
    *,
    encoding: str | None = None,
) -> OwnTable:
    """Read a table and check its header.

    Parameters
    ----------
    path
        CSV (columns end in commas, semicolons, tabs or bars), Parquet, or a workbook, whose first
        sheet counts.
    required, optional
        Columns that it must have, may have; small and capital letters are the same. Any order.
    encoding
        Of text. None: what its byte order mark says, or UTF-8, or that of Windows.

    Raises
    ------
    InputError
        If the file cannot be read, has no rows, lacks a column, has one twice or one that it may
        not have, or a line has another number of cells than the header.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(4)
        data = b"" if head == _PARQUET else path.read_bytes()
    except OSError as exc:
        raise InputError(
            f"{path} cannot be read: {exc.strerror or exc}", hint="give the path of a table"
        ) from exc
    known = [*required, *optional]
    if head == _PARQUET:
        table = _parquet(path)
    elif head in {_ZIPPED, _OLD_EXCEL}:
        table = _workbook(path)
    else:
        table = _text(path.name, data, encoding, known)
    _check_header(table, required, optional)
    if not table.lines:
        raise InputError(f"{path.name} has no line below its header", hint=_takes(known))
    return table


def _takes(columns: Sequence[str]) -> str:
    return f"columns: {', '.join(columns)}"


def _text(name: str, data: bytes, encoding: str | None, known: Collection[str]) -> OwnTable:
    text, used = _decoded(name, data, encoding)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=lambda one: _named(first, one, known))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    try:
        begins = 1
        for row in reader:
            if row and (row[0] or any(map(str.strip, row))):
                rows.append(row)
                lines.append(begins)
            begins = reader.line_num + 1
    except csv.Error as exc:
        raise InputError(
            f"{name}, line {reader.line_num}: {exc}", hint="is a quotation mark left open?"
        ) from exc
    return _of_rows(name, rows, lines, encoding=used, grouped=delimiter != ";")


def _named(line: str, delimiter: str, known: Collection[str]) -> int:
    """Count known columns in a header if columns end so."""
    return sum(cell.strip().strip('"').lower() in known for cell in line.split(delimiter))


def _decoded(name: str, data: bytes, encoding: str | None) -> tuple[str, str]:
    marked = next((found for mark, found in _MARKS if data.startswith(mark)), None)
    tried = [encoding or marked or _unmarked(data)]
    tried += ["utf-8", _WINDOWS, "latin-1"] if encoding is None and marked is None else []
    for one in tried:
        try:
            text = data.decode(one)
        except UnicodeDecodeError:
            continue
        except LookupError as exc:
            raise InputError(
                f"no encoding is called {one!r}", hint="for example utf-8, cp1252 or mac-roman"
            ) from exc
        if "\0" in text:
            break
        return text, one
    raise InputError(
        f"{name} cannot be read as text ({tried[0]})",
        hint="give CSV with its --encoding, Parquet, or a workbook (.xlsx)",
    )


def _unmarked(data: bytes) -> str:
    """Say UTF-16 if every other byte of the beginning is 0, as in its Latin letters."""
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        other = data[start:64:2]
        if len(other) > 1 and not any(other):
            return name
    return "utf-8"


def _workbook(path: Path) -> OwnTable:
    try:
        cells = sheet_cells(path, sheet_names(path)[0])
    except SourceError as exc:
        raise InputError(exc.message, hint="save it as .xlsx or CSV and try again") from exc
    rows = [[cell_text(cell) for cell in row] for row in cells]
    filled = [(row, n) for n, row in enumerate(rows, start=1) if any(row)]
    kept = [row for row, _ in filled]
    # Sheets are as wide as their widest row, formats included.
    width = max((n + 1 for row in kept for n, cell in enumerate(row) if cell), default=0)
    return _of_rows(path.name, [row[:width] for row in kept], [n for _, n in filled])


def _parquet(path: Path) -> OwnTable:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path)
    except (pa.ArrowException, OSError) as exc:
        raise InputError(
            f"{path.name} is not readable as Parquet: {' '.join(str(exc).split())}",
            hint="is it written to its end?",
        ) from exc
    names = _unique(path.name, table.column_names)
    columns = {
        name: [cell_text(cell) for cell in column.to_pylist()]
        for name, column in zip(names, table.columns, strict=True)
    }
    return OwnTable(path.name, "row", range(1, table.num_rows + 1), columns)


def _of_rows(
    name: str,
    rows: Sequence[list[str]],
    lines: Sequence[int],
    *,
    encoding: str = "utf-8",
    grouped: bool = True,
) -> OwnTable:
    """Make columns of rows, the first of which is the header."""
    header = _unique(name, rows[0]) if rows else []
    for row, line in zip(rows[1:], lines[1:], strict=True):
        if len(row) != len(header):
            raise InputError(
                f"{name}, line {line}: {len(row)} cells, not {len(header)}",
                hint="put cells with a delimiter in them between quotation marks",
            )
    cells = [list(map(str.strip, column)) for column in zip(*rows[1:], strict=True)]
    columns = dict(zip(header, cells or [[] for _ in header], strict=True))
    return OwnTable(name, "line", lines[1:], columns, encoding, grouped)


def _unique(name: str, header: Sequence[str]) -> list[str]:
    tidy = [cell.strip().lower() for cell in header]
    if twice := sorted({cell for cell in tidy if tidy.count(cell) > 1}):
        raise InputError(
            f"{name}, line 1: column {twice[0]!r} is there twice", hint="keep one of the two"
        )
    return tidy


def _check_header(table: OwnTable, required: Sequence[str], optional: Sequence[str]) -> None:
    known = [*required, *optional]
    missing = [name for name in required if name not in table.columns]
    extra = [name for name in table.columns if name not in known]
    told = [f"lacks column {name!r}" for name in missing]
    told += [f"has a column {name!r} that has no meaning here" for name in extra]
    if told:
        must = f"{', '.join(required)}; if known {', '.join(optional)}"
        raise InputError(f"{table.file}, line 1: {'; '.join(told)}", hint=f"columns: {must}")
