"""A file that no program here holds as a whole: what its header says, and how it is read."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from clusteratlas.errors import InputError

_DELIMITERS = ",;\t|"
_PARQUET = b"PAR1"
_MARK = b"\xef\xbb\xbf"
_OTHERS = {b"PK\x03\x04": "a workbook", b"\xd0\xcf\x11\xe0": "a workbook", b"\xff\xfe": "UTF-16"}


@dataclass(frozen=True)
class LargeFile:
    """CSV or Parquet, or a folder of files of Parquet."""

    path: Path
    columns: tuple[tuple[str, str], ...]
    """Name of each in small letters, and as it is written; in the order of the file."""
    delimiter: str | None
    """Between cells of CSV; None for Parquet."""

    @property
    def names(self) -> tuple[str, ...]:
        """Columns in small letters."""
        return tuple(name for name, _ in self.columns)


def find_large_file(path: Path, known: Sequence[str]) -> LargeFile:
    """Read the header of a file.

    Parameters
    ----------
    path
        CSV in UTF-8 (cells end in commas, semicolons, tabs or bars), Parquet, or a folder of files
        that end in ``.parquet``.
    known
        Columns that it may have: the delimiter is the one that finds most of them.

    Raises
    ------
    InputError
        If it cannot be read, is of another kind, or has a column twice.
    """
    parts = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
    if not parts:
        raise InputError(f"{path} has no file that ends in .parquet", hint="give a table")
    try:
        with parts[0].open("rb") as stream:
            line = stream.readline(1 << 20)
    except OSError as exc:
        raise InputError(
            f"{path} cannot be read: {exc.strerror or exc}", hint="give the path of a table"
        ) from exc
    if line.startswith(_PARQUET):
        return LargeFile(path, _unique_names(path, _parquet_names(parts[0])), None)
    if told := next((what for mark, what in _OTHERS.items() if line.startswith(mark)), None):
        raise InputError(
            f"{path.name} is {told}, which this engine does not read",
            hint="leave --engine out, or save the table as Parquet or CSV in UTF-8",
        )
    try:
        header = line.removeprefix(_MARK).decode().rstrip("\r\n")
    except UnicodeDecodeError as exc:
        raise InputError(
            f"{path.name} is not text in UTF-8",
            hint="leave --engine out, or save the table as Parquet or CSV in UTF-8",
        ) from exc
    cells = {one: next(csv.reader([header], delimiter=one), []) for one in _DELIMITERS}
    found = max(cells, key=lambda one: sum(cell.strip().lower() in known for cell in cells[one]))
    return LargeFile(path, _unique_names(path, cells[found]), found)


def _parquet_names(path: Path) -> list[str]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return list(pq.read_schema(path).names)
    except (pa.ArrowException, OSError) as exc:
        raise InputError(
            f"{path.name} is not readable as Parquet: {' '.join(str(exc).split())}",
            hint="is it written to its end?",
        ) from exc


def _unique_names(path: Path, header: Sequence[str]) -> tuple[tuple[str, str], ...]:
    tidy = [cell.strip().lower() for cell in header]
    if twice := sorted({cell for cell in tidy if tidy.count(cell) > 1}):
        raise InputError(
            f"{path.name}, line 1: column {twice[0]!r} is there twice", hint="keep one of the two"
        )
    return tuple(zip(tidy, header, strict=True))
