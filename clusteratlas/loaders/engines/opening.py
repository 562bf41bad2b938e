"""Starting an engine, and ending it with all of its files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clusteratlas.loaders.engines.engine import EngineName, SqlEngine


@contextmanager
def open_engine(
    name: EngineName, *, megabytes: int, java: Path | None = None
) -> Iterator[SqlEngine]:
    """Start an engine, and end it with all of its files.

    Parameters
    ----------
    name
        The engine.
    megabytes
        Memory that it may use: DuckDB in all, Spark for its driver.
    java
        The ``java`` program, for Spark.

    Raises
    ------
    MissingExtra
        If pyspark is not installed, or there is no Java for it.
    """
    if name is EngineName.duckdb:
        from clusteratlas.loaders.engines.duck import opened_duckdb

        with opened_duckdb(megabytes) as duck:
            yield duck
        return
    from clusteratlas.loaders.engines.spark import opened_spark

    with opened_spark(megabytes, java) as spark:
        yield spark
