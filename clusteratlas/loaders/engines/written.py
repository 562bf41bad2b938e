"""Files that appear whole or not at all, and batches of rows that are written into one."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from clusteratlas.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa

STREAMED = (".parquet", ".csv")
"""Endings of the files that `write_batches` writes."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Text that begins so is a formula to a spreadsheet that opens CSV."""


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Give a stream whose bytes take the place of a file when all of them are written.

    What is no plain file (a pipe, a device) gets them as they come.

    Raises
    ------
    InputError
        If the file cannot be written. What was there before stays.
    """
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as stream:
                yield stream
            return
        import tempfile

        handle, beside = tempfile.mkstemp(prefix=f".{path.name[:50]}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                yield stream
            Path(beside).chmod(_rights(path))
            Path(beside).replace(path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
    except OSError as exc:
        raise unwritable(path, exc) from exc


def unwritable(path: Path, exc: OSError) -> InputError:
    """Say that a file cannot be written, and why."""
    return InputError(
        f"cannot write {path}: {exc.strerror or exc}", hint="check the folder and its rights"
    )


def write_batches(path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> int:
    """Write rows as they come into Parquet or CSV, as the name of the file says.

    Parameters
    ----------
    path
        File that ends in ``.parquet`` or ``.csv``.
    schema
        Columns and types.
    batches
        Rows; each batch of Parquet is a group of rows of its own.

    Returns
    -------
    int
        Number of rows.

    Raises
    ------
    InputError
        If the name ends otherwise, or the file cannot be written.
    """
    import pyarrow.csv
    import pyarrow.parquet

    ending = path.suffix.lower()
    if ending not in STREAMED:
        raise InputError(
            f"{path.name} is not the name of a file for many rows",
            hint=f"let it end in {' or '.join(STREAMED)}",
        )
    rows = 0
    with whole_file(path) as stream:
        writer = (
            pyarrow.parquet.ParquetWriter(stream, schema, compression="zstd")
            if ending == ".parquet"
            else pyarrow.csv.CSVWriter(
                stream,
                schema,
                write_options=pyarrow.csv.WriteOptions(
                    quoting_style="needed", quoting_header="none"
                ),
            )
        )
        with writer:
            for batch in batches:
                writer.write_batch(batch if ending == ".parquet" else _harmless(batch))
                rows += batch.num_rows
    return rows


def _harmless(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Put an apostrophe before text that a spreadsheet would run."""
    import pyarrow as pa
    import pyarrow.compute

    compute: Any = pyarrow.compute  # its functions are made when it is imported
    pattern = f"^([{re.escape(''.join(FORMULA))}])"
    columns = [
        compute.replace_substring_regex(column, pattern, r"'\1")
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
        else column
        for column in batch.columns
    ]
    return pa.RecordBatch.from_arrays(columns, schema=batch.schema)


def _rights(path: Path) -> int:
    """Rights of a file that is there, or those that a new one gets."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
