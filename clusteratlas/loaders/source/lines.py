"""Where in a publisher's file a cell is: looked for only when an error has to say it.

Tables are read by column, and rows are left out on the way, so no line is known by then. The file
is read once more, line by line, until the cell is found.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from clusteratlas.errors import SourceError
from clusteratlas.loaders.source.tabular import one_line, open_binary
from clusteratlas.loaders.source.workbook import WORKBOOKS, cell_text, sheet_cells, sheet_names

_HEADER_ROWS = 20
"""Rows in which the header is looked for; some publishers put notes above it."""


def line_of(path: Path, column: str | None, value: str | None) -> str | None:
    """Find the first cell of a column that holds a value.

    Parameters
    ----------
    path
        A text file with commas or tabs (plain, gzipped, zipped), or a workbook.
    column
        Name of the column in the header; case and white space do not count.
    value
        The cell as published; blanks around it do not count.

    Returns
    -------
    str or None
        ``line 7``, or ``sheet 'May', row 7``; None where it is not found, or nothing is sought.
    """
    if column is None or value is None:
        return None
    if path.suffix.lower() in WORKBOOKS:
        for sheet in sheet_names(path):
            rows = ([cell_text(c) for c in row] for row in sheet_cells(path, sheet))
            row = _find(enumerate(rows, start=1), column, value)
            if row is not None:
                return f"sheet {sheet!r}, row {row}"
        return None
    try:
        line = _find(_text_rows(path), column, value)
    except (SourceError, OSError, csv.Error):
        return None
    return None if line is None else f"line {line}"


def _text_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    with open_binary(path) as stream:
        # Only places matter here: any single-byte encoding keeps them.
        text = io.TextIOWrapper(stream, "latin-1", newline="")
        try:
            first = text.readline()
            delimiter = "\t" if first.count("\t") > first.count(",") else ","
            yield 1, next(csv.reader([first], delimiter=delimiter), [])
            reader = csv.reader(text, delimiter=delimiter)
            for row in reader:
                yield 1 + reader.line_num, row
        finally:
            text.detach()


def _find(rows: Iterable[tuple[int, Sequence[str]]], column: str, value: str) -> int | None:
    wanted, sought = _plain(column), value.strip()
    place: int | None = None
    for seen, (line, row) in enumerate(rows):
        if place is None:
            names = [_plain(cell) for cell in row]
            if wanted in names:
                place = names.index(wanted)
            elif seen >= _HEADER_ROWS:
                return None
        elif place < len(row) and row[place].strip() == sought:
            return line
    return None


def _plain(name: str) -> str:
    return one_line(name).lower().removeprefix("\u00ef\u00bb\u00bf").strip('"')
