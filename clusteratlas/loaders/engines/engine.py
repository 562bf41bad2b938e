"""What an engine does: read a file as it is, keep results under a name, give the rows of a text."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from clusteratlas.loaders.engines.large_file import LargeFile

if TYPE_CHECKING:
    import pyarrow as pa


class EngineName(StrEnum):
    """Engines that speak the SQL of this package."""

    duckdb = "duckdb"
    spark = "spark"


class SqlEngine(Protocol):
    """An engine; every text is one ``SELECT`` that both engines understand."""

    def read(self, name: str, file: LargeFile) -> None:
        """Call a file ``name``: its columns, text where it is CSV, nothing read yet."""

    def add(self, name: str, table: pa.Table) -> None:
        """Call a small table ``name``."""

    def define(self, name: str, text: str) -> None:
        """Call a text ``name``; it is computed whenever that is read."""

    def keep(self, name: str, text: str) -> None:
        """Compute a text, and call its rows ``name``."""

    def batches(self, text: str) -> Iterator[pa.RecordBatch]:
        """Compute a text, and give its rows in their order."""
        ...


def rows_of(engine: SqlEngine, text: str) -> list[dict[str, Any]]:
    """Give the few rows of a text."""
    return [row for batch in engine.batches(text) for row in batch.to_pylist()]
