"""The reader of large regular text files, with their numbers read as numbers at once.

:func:`read_csv_text` reads everything as text, which is right for
small files. CBP and QCEW have up to several million rows: here only the wanted columns are
converted, each to its declared type, by Arrow. Codes stay text, also here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from pathlib import Path
from typing import IO, cast

import pandas as pd

from clusteratlas.errors import SourceError
from clusteratlas.loaders.source.clean_stream import CleanStream
from clusteratlas.loaders.source.lines import line_of
from clusteratlas.loaders.source.tabular import HEADER, one_line, open_binary


def read_columns(
    path: Path,
    *,
    codes: Collection[str],
    whole: Collection[str],
    missing: Collection[str] = (),
) -> pd.DataFrame:
    """Read the named columns of a comma-separated file, plain, gzipped or zipped.

    Parameters
    ----------
    path
        The file, in UTF-8 (ASCII included), with one header line. Header names are compared in
        lower case, because publishers change the case from year to year.
    codes
        Columns given as ``category`` of text (few different values in many rows); an empty cell
        is NA.
    whole
        Columns given as ``Int64``.
    missing
        Marks that mean "not available" in the ``whole`` columns, beside the empty cell.

    Returns
    -------
    DataFrame
        Those of the named columns that the file has, in the file's order. All names of the file
        are in ``frame.attrs["header"]``, for the check of the layout.

    Raises
    ------
    SourceError
        If the file is truncated, wrongly encoded, empty, ragged, or holds a cell that is no whole
        number where one is due.
    """
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    names = _header(path)
    types = {
        **dict.fromkeys(codes, pa.dictionary(pa.int32(), pa.string())),
        **dict.fromkeys(whole, pa.int64()),
    }
    wanted = [name for name in names if name in types]
    try:
        with open_binary(path) as stream:
            table = arrow_csv.read_csv(
                cast("IO[bytes]", CleanStream(stream, path.name, figures=True)),
                read_options=arrow_csv.ReadOptions(column_names=names, skip_rows=1),
                convert_options=arrow_csv.ConvertOptions(
                    column_types={name: types[name] for name in wanted},
                    include_columns=wanted,
                    null_values=["", *missing],
                    # A mark for a missing figure is a code like any other in a column of codes.
                    strings_can_be_null=False,
                ),
            )
    except pa.ArrowInvalid as exc:
        raise _unreadable(path, names, one_line(str(exc))) from exc
    nullable = {pa.int64(): pd.Int64Dtype()}
    frame: pd.DataFrame = table.unify_dictionaries().to_pandas(types_mapper=nullable.get)
    for name in wanted:
        if name in codes and "" in frame[name].cat.categories:
            frame[name] = frame[name].cat.remove_categories([""])
    frame.attrs[HEADER] = names
    return frame


def per_value(
    column: pd.Series, function: Callable[[str], str | int | float | bool | None], dtype: str
) -> pd.Series:
    """Apply a function once to each different value of a categorical column.

    Parameters
    ----------
    column
        Categories of text; shape (n,).
    function
        Its result is put wherever the value is; None, and an absent value, become NA.
    dtype
        ``string``, ``Int64``, ``Float64`` or ``boolean``.

    Returns
    -------
    Series
        Shape (n,), with the index of ``column``.
    """
    used = column.cat.remove_unused_categories().cat
    results = pd.Series([function(value) for value in used.categories], dtype=dtype).array
    return pd.Series(results.take(used.codes.to_numpy(), allow_fill=True), index=column.index)


def _header(path: Path) -> list[str]:
    with open_binary(path) as stream:
        line = stream.readline()
    try:
        cells = line.decode("utf-8-sig").strip().split(",")
    except UnicodeDecodeError as exc:
        raise SourceError(
            f"{path.name} is not utf-8 text: its header is {line[:40]!r}",
            hint="the file may be compressed or re-encoded: fetch it again",
        ) from exc
    names = [cell.strip().strip('"').strip().lower() for cell in cells]
    if not any(names):
        raise SourceError(f"{path.name} is empty", hint="fetch the file again")
    again = sorted({name for name in names if names.count(name) > 1})
    if again:
        raise SourceError(
            f"{path.name}: columns {again} are twice in the header",
            hint="compare with the publisher's file",
        )
    return names


def _unreadable(path: Path, names: list[str], detail: str) -> SourceError:
    where = ""
    place = re.search(r"In CSV column #(\d+)", detail)
    value = re.search(r"invalid value '(.*?)'$", detail)
    if place:
        column = names[int(place[1])]
        line = line_of(path, column, value and value[1])
        where = f" in {line}, column {column!r}" if line else f" in column {column!r}"
    return SourceError(
        f"{path.name} is not readable{where}: {detail[:160]}",
        hint="the file may be truncated, re-encoded, or have a new mark for missing values",
    )
