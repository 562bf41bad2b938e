"""DuckDB in this process: memory up to a limit, the rest in a temporary folder."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from clusteratlas.errors import InputError
from clusteratlas.loaders.engines.large_file import LargeFile
from clusteratlas.loaders.engines.memory import too_little_memory

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

_PATTERN = re.compile(r"([*?\[])")
_ROWS = 100_000


@contextmanager
def opened_duckdb(megabytes: int) -> Iterator[DuckEngine]:
    """Open DuckDB with a limit, and remove what it has put aside at the end."""
    import duckdb

    with tempfile.TemporaryDirectory(prefix="clusteratlas-") as folder:
        connection = duckdb.connect(
            config={"memory_limit": f"{megabytes}MB", "temp_directory": folder}
        )
        try:
            yield DuckEngine(connection, megabytes)
        finally:
            connection.close()


class DuckEngine:
    """A connection to DuckDB.

    Parameters
    ----------
    connection
        The connection.
    megabytes
        Its limit.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, megabytes: int) -> None:
        self._connection = connection
        self._megabytes = megabytes

    def read(self, name: str, file: LargeFile) -> None:
        """See :class:`~clusteratlas.loaders.engines.engine.SqlEngine`."""
        # Letters that stand for others in a path stand for themselves in brackets.
        path = _PATTERN.sub(r"[\1]", str(file.path))
        place = _literal(f"{path}/*.parquet" if file.path.is_dir() else path)
        if file.delimiter is None:
            source = f"read_parquet({place})"
            columns = ", ".join(f"{_quoted(given)} AS {_quoted(n)}" for n, given in file.columns)
        else:
            types = ", ".join(f"{_literal(n)}: 'VARCHAR'" for n in file.names)
            source = (
                f"read_csv({place}, columns={{{types}}}, header=true, auto_detect=false, "
                f"delim={_literal(file.delimiter)}, quote='\"', escape='\"')"
            )
            columns = "*"
        self._run(f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT {columns} FROM {source}")

    def add(self, name: str, table: pa.Table) -> None:
        """See :class:`~clusteratlas.loaders.engines.engine.SqlEngine`."""
        self._connection.register(name, table)

    def define(self, name: str, text: str) -> None:
        """See :class:`~clusteratlas.loaders.engines.engine.SqlEngine`."""
        self._run(f"CREATE OR REPLACE TEMP VIEW {name} AS {text}")

    def keep(self, name: str, text: str) -> None:
        """See :class:`~clusteratlas.loaders.engines.engine.SqlEngine`."""
        self._run(f"CREATE OR REPLACE TEMP TABLE {name} AS {text}")

    def batches(self, text: str) -> Iterator[pa.RecordBatch]:
        """See :class:`~clusteratlas.loaders.engines.engine.SqlEngine`."""
        with self._translated():
            yield from self._connection.sql(text).to_arrow_reader(_ROWS)

    def _run(self, text: str) -> Any:
        with self._translated():
            return self._connection.execute(text)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        import duckdb

        try:
            yield
        except duckdb.OutOfMemoryException as exc:
            raise too_little_memory(self._megabytes) from exc
        except RuntimeError as exc:
            if "interrupted" in str(exc):  # what Ctrl-C becomes there
                raise KeyboardInterrupt from exc
            raise
        except duckdb.Error as exc:
            said = next((line for line in str(exc).splitlines() if line.strip()), "no reason given")
            raise InputError(
                f"DuckDB cannot read this table: {said}",
                hint="without --engine, line and column are said",
            ) from exc


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
