"""Readers of the containers that publishers use, all of them giving text.

Codes lose their zeros as soon as anything guesses at types, so every reader here gives strings and
each loader names the columns that are numbers (:func:`integers`, :func:`reals`). A container that
cannot be read raises one :class:`~clusteratlas.errors.SourceError` that names the file.
"""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

import pandas as pd

from clusteratlas.errors import SourceError
from clusteratlas.loaders.source.clean_stream import CleanStream
from clusteratlas.loaders.source.workbook import WORKBOOKS, cell_text, sheet_cells

Rows = list[list[str]]


class CellError(ValueError):
    """A cell that is not what its column holds; :meth:`Source.load` adds file and line.

    Parameters
    ----------
    message
        What is wrong.
    column, value
        The publisher's name of the column, and the cell as it is in the file: with both, the first
        such line is looked for. A message without them has to say where it is by itself.
    """

    def __init__(
        self, message: str, *, column: str | None = None, value: str | None = None
    ) -> None:
        super().__init__(message)
        self.column = column
        self.value = value


_FIGURE = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:[eE][+-]?\d+)?"

HEADER = "header"
"""``frame.attrs`` entry: every column of the file, where ``keep`` left some of them unread."""


@contextmanager
def open_binary(path: Path) -> Iterator[IO[bytes]]:
    """Open a plain file, a gzip, or the single member of a zip, as bytes.

    Raises
    ------
    SourceError
        If the container is truncated or damaged, also while the caller reads it, or if a zip has
        several members.
    """
    try:
        if path.suffix.lower() == ".gz":
            with gzip.open(path, "rb") as stream:
                yield cast("IO[bytes]", stream)
        elif path.suffix.lower() == ".zip":
            with (
                zipfile.ZipFile(path) as archive,
                archive.open(_only_member(archive, path)) as member,
            ):
                yield member
        else:
            with path.open("rb") as plain:
                yield plain
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as exc:
        raise SourceError(
            f"{path.name} is truncated or damaged: {exc}", hint="fetch the file again"
        ) from exc


def read_csv_text(
    path: Path,
    *,
    encoding: str | tuple[str, ...] = "utf-8",
    skip: int = 0,
    delimiter: str = ",",
    keep: Collection[str] | None = None,
) -> pd.DataFrame:
    r"""Read a regular delimited file, plain, gzipped or zipped, as text.

    Parameters
    ----------
    path
        The file; line ends may be ``\n``, ``\r\n`` or ``\r``, a byte order mark is dropped.
    encoding
        The publisher's encoding. A file in another one is an error, never a wrong letter. Several
        where the publisher changed it: the first that fits is taken, so UTF-8 comes first.
    skip
        Lines before the header.
    delimiter
        One character.
    keep
        Columns worth reading (after :func:`one_line`); the names of the others stay in
        ``frame.attrs["header"]`` so that the layout can still be checked. None reads all.

    Returns
    -------
    DataFrame
        Columns of dtype ``string``, cells stripped, an empty cell as ``""``. Blank lines are left
        out; a row with another number of cells than the header is an error.

    Raises
    ------
    SourceError
        If the file is truncated, wrongly encoded, has no header or a ragged row.
    """
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import csv as arrow_csv

    with _text(path, encoding) as text:
        reader = csv.reader(text, delimiter=delimiter)
        for _ in range(skip):
            next(text, None)
        names = _column_names(next(reader, []))
        lines = skip + reader.line_num
    if not names:
        raise SourceError(f"{path.name} is empty", hint="fetch the file again")
    # With none of the columns that are wanted all are read: the layout says what is amiss.
    included = [n for n in names if keep is None or n in keep] or names
    try:
        with _utf8(path, encoding) as stream:
            table = arrow_csv.read_csv(
                stream,
                read_options=arrow_csv.ReadOptions(column_names=names, skip_rows=lines),
                parse_options=arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
                convert_options=arrow_csv.ConvertOptions(
                    column_types={name: pa.string() for name in names},
                    include_columns=included,
                    strings_can_be_null=False,
                ),
            )
    except pa.ArrowInvalid as exc:
        raise _unreadable(path, encoding, exc) from exc
    columns = {
        name: pd.array(
            pc.call_function("utf8_trim_whitespace", [column]).to_pandas(), dtype="string"
        )
        for name, column in zip(included, table.columns, strict=True)
    }
    frame = pd.DataFrame(columns)
    frame.attrs[HEADER] = names
    return frame


def read_rows(
    path: Path, sheet: str | None = None, *, encoding: str | tuple[str, ...] = "utf-8"
) -> Rows:
    """Read every row of a workbook's sheet, or of an irregular CSV file, as lists of text.

    For files with notes, titles and ragged rows around the table; the caller finds its table.

    Parameters
    ----------
    path
        A workbook by its suffix, or else delimited text (plain, gzipped or zipped).
    sheet
        Name of the sheet; None takes the only one. Of no meaning for text.
    encoding
        The publisher's encoding, or several, for text.
    """
    if path.suffix.lower() in WORKBOOKS:
        return [[cell_text(c) for c in row] for row in sheet_cells(path, sheet)]
    with _text(path, encoding) as text:
        try:
            return [[cell.strip() for cell in row] for row in csv.reader(text)]
        except csv.Error as exc:
            raise SourceError(
                f"{path.name} is not readable as CSV: {exc}", hint="fetch the file again"
            ) from exc


def read_sheet(
    path: Path,
    sheet: str | None = None,
    *,
    skip: int = 0,
    keep: Collection[str] | None = None,
) -> pd.DataFrame:
    """Read a workbook's sheet as text: header, rows, and the notes below left out.

    Parameters
    ----------
    path
        ``.xls``, ``.xlsx``, ``.xlsb`` or ``.ods``.
    sheet
        Name of the sheet; None takes the only one.
    skip
        Rows before the header.
    keep
        As for :func:`read_csv_text`.

    Raises
    ------
    SourceError
        If the file is no workbook, is damaged or lacks the sheet.
    """
    return frame_of_rows(sheet_cells(path, sheet), skip=skip, keep=keep)


def frame_of_rows(
    rows: Sequence[Sequence[object]], *, skip: int = 0, keep: Collection[str] | None = None
) -> pd.DataFrame:
    """Make a frame of text from rows: row ``skip`` is the header, notes at the end are dropped.

    A trailing row counts as a note when it has at most one cell filled and the table has more than
    one column. Unnamed columns without content are dropped; one with content is called
    ``column 7`` and so meets the layout check.
    """
    if len(rows) <= skip:
        return pd.DataFrame()
    width = max(len(row) for row in rows[skip:])
    names = _column_names([cell_text(c) for c in rows[skip]] + [""] * (width - len(rows[skip])))
    end = len(rows)
    while end > skip + 1 and sum(1 for c in rows[end - 1] if cell_text(c)) <= (width > 1):
        end -= 1
    body = rows[skip + 1 : end]
    unnamed = [i for i, name in enumerate(names) if name == f"column {i + 1}"]
    empty = {i for i in unnamed if not any(cell_text(r[i]) for r in body if i < len(r))}
    header = [name for i, name in enumerate(names) if i not in empty]
    columns = {
        name: pd.array([cell_text(r[i]) if i < len(r) else "" for r in body], dtype="string")
        for i, name in enumerate(names)
        if i not in empty and (keep is None or name in keep)
    }
    frame = pd.DataFrame(columns)
    frame.attrs[HEADER] = header
    return frame


def one_line(name: str) -> str:
    """Put a header on one line: every run of white space becomes one blank."""
    return " ".join(name.split())


def codes(column: pd.Series, width: int = 0) -> pd.Series:
    """Repair codes that went through a spreadsheet: ``"111200.0"`` -> ``"111200"``, zeros padded.

    Parameters
    ----------
    column
        Text; shape (n,).
    width
        Digits of the code; shorter ones get leading zeros. What is no number stays as it is.
    """
    text = column.astype("string").str.strip().str.replace(r"^(\d+)\.0+$", r"\1", regex=True)
    return text.str.zfill(width).where(text.str.isdigit().astype(bool), text)


def integers(
    column: pd.Series, *, missing: Collection[str] = (), filled: bool = False
) -> pd.Series:
    """Whole numbers (``Int64``) from text; as :func:`reals`."""
    values = reals(column, missing=missing, filled=filled)
    broken = values.notna() & (values % 1 != 0)
    if broken.any():
        raise _not(column, broken, "is not a whole number")
    return values.astype("Int64")


def reals(column: pd.Series, *, missing: Collection[str] = (), filled: bool = False) -> pd.Series:
    """Numbers (``Float64``) from text.

    Parameters
    ----------
    column
        Text; shape (n,). Thousands separators are accepted.
    missing
        Marks that become NA, as does an empty cell. Any other text raises a :class:`CellError`
        that shows it, so that no unknown mark becomes a number or nothing.
    filled
        An empty cell is an error too: the publisher leaves none.
    """
    text = column.astype("string").str.strip()
    empty = text.isna() | text.eq("")
    if filled and empty.any():
        raise _not(column, empty, "is empty, not a number")
    absent = empty | text.isin(list(missing))
    # Figures alone: no hexadecimal, no infinity, and no comma but between thousands.
    figures = text.str.fullmatch(_FIGURE).fillna(value=False)
    plain = text.str.replace(",", "", regex=False).mask(absent | ~figures)
    values = pd.to_numeric(plain, errors="coerce").astype("Float64")
    broken = ~absent & (values.isna() | values.isin([float("inf"), float("-inf")]))
    if broken.any():
        raise _not(column, broken, "is not a number", f" ({int(broken.sum())} such cells)")
    return values


def _not(column: pd.Series, broken: pd.Series, what: str, more: str = "") -> CellError:
    first = column[broken].iloc[0]
    value = "" if pd.isna(first) else str(first)
    return CellError(
        f"column {column.name!r}: {value!r} {what}{more}", column=str(column.name), value=value
    )


def _only_member(archive: zipfile.ZipFile, path: Path) -> str:
    members = [m for m in archive.namelist() if not m.endswith("/") and "__MACOSX" not in m]
    if len(members) != 1:
        raise SourceError(
            f"{path.name} holds {len(members)} files, not one: {', '.join(members[:5])}",
            hint="unzip it into the data folder",
        )
    return members[0]


@contextmanager
def _text(path: Path, encoding: str | tuple[str, ...]) -> Iterator[IO[str]]:
    with _utf8(path, encoding) as stream:
        text = io.TextIOWrapper(stream, "utf-8-sig", newline="")
        try:
            yield text
        except UnicodeDecodeError as exc:
            raise _unreadable(path, encoding, exc) from exc
        finally:
            text.detach()


@contextmanager
def _utf8(path: Path, encoding: str | tuple[str, ...]) -> Iterator[IO[bytes]]:
    """Give the file's bytes as UTF-8, after a check that it is in the encoding it should be in."""
    with open_binary(path) as stream:
        if encoding == "utf-8":
            yield cast("IO[bytes]", CleanStream(stream, path.name))
            return
        data = stream.read()
    accepted = (encoding,) if isinstance(encoding, str) else encoding
    if "utf-8" not in accepted and not data.isascii() and _decodes(data, "utf-8"):
        # Single-byte encodings accept anything, so a re-encoded file would give wrong letters.
        raise SourceError(
            f"{path.name} is UTF-8, but the publisher's file is {encoding}",
            hint="fetch the file again; it was re-encoded on its way",
        )
    right = next((e for e in accepted if _decodes(data, e)), None)
    if right is None or b"\0" in data:
        raise _unreadable(path, encoding, ValueError(f"bytes that are not {encoding}"))
    yield io.BytesIO(data.decode(right).encode("utf-8"))


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _unreadable(path: Path, encoding: str | tuple[str, ...], exc: Exception) -> SourceError:
    detail = one_line(str(exc))[:160]
    wrong = "UTF8" in detail or "codec" in detail or "bytes that" in detail
    name = encoding if isinstance(encoding, str) else " or ".join(encoding)
    what = f"is not {name} text" if wrong else "is not a regular table"
    return SourceError(
        f"{path.name} {what}: {detail}",
        hint="the file may be truncated or re-encoded: fetch it again",
    )


def _column_names(cells: Iterable[str]) -> list[str]:
    """Name the columns on one line each; an unnamed one by its place, a repeated one by a count."""
    names: list[str] = []
    for place, cell in enumerate(cells, start=1):
        name = one_line(cell) or f"column {place}"
        again = sum(1 for n in names if n == name or n.startswith(f"{name} ("))
        names.append(f"{name} ({again + 1})" if name in names else name)
    return names
