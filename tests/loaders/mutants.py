"""Broken copies of a publisher's text file, one mistake each."""

from __future__ import annotations

import csv
import gzip
import io
import itertools
import re
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROWS = 12
_FIGURE = re.compile(r"-?\d+(\.\d+)?")
FIGURES = {
    "hexadecimal": "0x1F",
    "infinite": "inf",
    "huge": "9" * 30,
    "negative": "-7",
    "European decimal": "1.234,5",
    "word": "many",
}
"""What a cell of a figure cannot be."""
CODES = {"junk": "?!#", "control": "12\x0134"}
"""What a cell of a code cannot be."""


@dataclass(frozen=True)
class Table:
    """The first rows of a delimited file."""

    name: str
    """Of the file that is written: without a suffix of compression where it has one."""
    delimiter: str
    rows: list[list[str]]

    def text(self, rows: list[list[str]] | None = None) -> str:
        """Write rows as the publisher does."""
        out = io.StringIO()
        csv.writer(out, delimiter=self.delimiter, lineterminator="\n").writerows(rows or self.rows)
        return out.getvalue()


def sampled(path: Path, encoding: str = "latin-1") -> Table | None:
    """Give the first rows of a text file; None for what is no table of text."""
    name = path.stem if path.suffix == ".gz" else path.name
    if not name.endswith((".csv", ".tsv", ".txt", ".zip")):
        return None
    with ExitStack() as closing:
        opened = gzip.GzipFile(path) if path.suffix == ".gz" else path.open("rb")
        raw: Any = closing.enter_context(opened)
        if path.suffix == ".zip":
            archive = closing.enter_context(zipfile.ZipFile(raw))
            members = archive.namelist()
            if len(members) != 1 or not members[0].endswith((".csv", ".tsv", ".txt")):
                return None
            raw = closing.enter_context(archive.open(members[0]))
        text = io.TextIOWrapper(raw, encoding, newline="")
        first = text.readline()
        delimiter = "\t" if first.count("\t") > first.count(",") else ","
        lines = itertools.chain([first], text)
        rows = list(itertools.islice(csv.reader(lines, delimiter=delimiter), ROWS + 1))
    return Table(name, delimiter, rows)


def write_table(folder: Path, table: Table, text: str, encoding: str = "latin-1") -> Path:
    """Write a broken copy, in a zip where the publisher has one."""
    path = folder / table.name
    data = text.encode(encoding)
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(f"{path.stem}.csv", data)
    else:
        path.write_bytes(data)
    return path


def mutants(table: Table) -> Iterator[tuple[str, str]]:
    """Give broken copies, each with what is wrong with it."""
    header, *rows = table.rows
    middle = len(rows) // 2

    def changed(column: int, cell: str) -> str:
        row = [*rows[middle][:column], cell, *rows[middle][column + 1 :]]
        return table.text([header, *rows[:middle], row, *rows[middle + 1 :]])

    def instead(row: list[str]) -> str:
        return table.text([header, *rows[:middle], row, *rows[middle + 1 :]])

    yield "row repeated", table.text([header, *rows, rows[middle]])
    yield "cell too many", instead([*rows[middle], "x"])
    if len(header) > 1:
        yield "cell too few", instead(rows[middle][:-1])
        last = table.text().rstrip("\n")
        yield "last row truncated", last[: last.rindex(table.delimiter)]
    for column, name in enumerate(header):
        cells = [row[column] for row in rows if column < len(row)]
        if len(cells) < len(rows) or not all(_FIGURE.fullmatch(cell.strip()) for cell in cells):
            continue
        yield f"zero byte in {name}", changed(column, f"{cells[middle]}\0")
        for what, cell in {**FIGURES, **CODES}.items():
            yield f"{what} in {name}", changed(column, cell)
        if any(cells):
            yield f"nothing in {name}", changed(column, "")
