"""Spark, in local mode unless PYSPARK_SUBMIT_ARGS names a cluster."""

from __future__ import annotations

import logging
import os
import re
import signal
import tempfile
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clusteratlas.errors import InputError, MissingExtra
from clusteratlas.loaders.engines.large_file import LargeFile
from clusteratlas.loaders.engines.memory import too_little_memory
from clusteratlas.loaders.engines.spark_process import SparkGateway, spark_process

if TYPE_CHECKING:
    import pyarrow as pa

_PATTERN = re.compile(r"([*?\[\]{}\\])")
_LOOPBACK = "127.0.0.1"
_GATEWAY = ("PYSPARK_GATEWAY_PORT", "PYSPARK_GATEWAY_SECRET")


@contextmanager
def opened_spark(megabytes: int, java: Path | None) -> Iterator[SparkEngine]:
    """Start Spark with a driver of so much memory, and end it.

    Raises
    ------
    MissingExtra
        If pyspark is not installed, or no Java is given.
    AnalysisError
        If Spark does not start.
    """
    try:
        import pyspark
    except ImportError as exc:
        raise MissingExtra("--engine spark", "spark") from exc
    if java is None:
        raise MissingExtra("--engine spark without a Java", "spark")
    with tempfile.TemporaryDirectory(prefix="clusteratlas-") as folder:
        settings = {
            "spark.master": "local[*]",
            "spark.app.name": "clusteratlas",
            "spark.driver.memory": f"{megabytes}m",
            "spark.driver.host": _LOOPBACK,
            "spark.driver.bindAddress": _LOOPBACK,
            "spark.driver.maxResultSize": "0",
            "spark.local.dir": folder,
            "spark.sql.warehouse.dir": folder,
            "spark.sql.session.timeZone": "UTC",
            "spark.sql.shuffle.partitions": str(os.cpu_count() or 1),
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
        }
        home = Path(str(pyspark.__file__)).parent
        with spark_process(java, home, settings) as gateway, _quiet_interruption():
            session = _session(gateway)
            try:
                yield SparkEngine(session, megabytes)
            finally:
                session.stop()
                _forget_gateway()


def _session(gateway: SparkGateway) -> Any:
    """Connect to the driver: a session finds it by two variables of the environment."""
    values = (str(gateway.port), gateway.secret)
    before = {name: os.environ.get(name) for name in _GATEWAY}
    os.environ.update(zip(_GATEWAY, values, strict=True))
    try:
        with _no_advice():
            from pyspark.sql import SparkSession

            handler = signal.getsignal(signal.SIGINT)
            session = SparkSession.builder.getOrCreate()
            if threading.current_thread() is threading.main_thread():
                # Spark's way to stop its jobs at Ctrl-C calls Java in the middle of another call,
                # which fails; here its process ends, and its jobs with it.
                signal.signal(signal.SIGINT, handler)
            return session
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _forget_gateway() -> None:
    """Let the next session connect anew: pyspark keeps the gateway of one that has ended."""
    from pyspark import SparkContext

    gateway = SparkContext._gateway
    if gateway is not None:
        gateway.shutdown()
    SparkContext._gateway = SparkContext._jvm = None


class SparkEngine:
    """A session of Spark.

    Parameters
    ----------
    session
        The session.
    megabytes
        Memory of its driver.
    """

    def __init__(self, session: Any, megabytes: int) -> None:
        self._session = session
        self._megabytes = megabytes

    def read(self, name: str, file: LargeFile) -> None:
        """See :class:`~clusteratlas.loaders.engines.engine.SqlEngine`."""
        place = _PATTERN.sub(r"\\\1", str(file.path.absolute()))
        with self._translated():
            reader = self._session.read
            if file.delimiter is None:
                frame = reader.parquet(f"file://{place}")
            else:
                frame = reader.csv(
                    f"file://{place}",
                    sep=file.delimiter,
                    header=True,
                    enforceSchema=True,
                    schema=", ".join(f"`{n}` STRING" for n in file.names),
                    quote='"',
                    escape='"',
                    mode="FAILFAST",
                )
            frame.toDF(*file.names).createOrReplaceTempView(name)

    def add(self, name: str, table: pa.Table) -> None:
        """See :class:`~clusteratlas.loaders.engines.engine.SqlEngine`."""
        with self._translated():
            self._session.createDataFrame(table).createOrReplaceTempView(name)

    def define(self, name: str, text: str) -> None:
        """See :class:`~clusteratlas.loaders.engines.engine.SqlEngine`."""
        with self._translated():
            self._session.sql(text).createOrReplaceTempView(name)

    def keep(self, name: str, text: str) -> None:
        """See :class:`~clusteratlas.loaders.engines.engine.SqlEngine`."""
        with self._translated():
            self._session.catalog.clearCache()
            self._session.sql(text).cache().createOrReplaceTempView(name)

    def batches(self, text: str) -> Iterator[pa.RecordBatch]:
        """See :class:`~clusteratlas.loaders.engines.engine.SqlEngine`."""
        with self._translated():
            found = self._session.sql(text).toArrow()
        yield from found.to_batches()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        try:
            with _no_advice():
                yield
        except (PySparkException, Py4JError) as exc:
            said = str(exc)
            if "OutOfMemory" in said or "Java heap space" in said:
                raise too_little_memory(self._megabytes) from exc
            first = next((line for line in said.splitlines() if line.strip()), "no reason given")
            raise InputError(
                f"Spark cannot read this table: {first}",
                hint="without --engine, line and column are said",
            ) from exc


@contextmanager
def _no_advice() -> Iterator[None]:
    """Keep quiet what pyspark says of versions of pandas, which is not used here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextmanager
def _quiet_interruption() -> Iterator[None]:
    """Keep py4j from logging a traceback of every Ctrl-C."""
    log = logging.getLogger()

    def of_others(record: logging.LogRecord) -> bool:
        return "py4j" not in Path(record.pathname).parts

    log.addFilter(of_others)
    try:
        yield
    finally:
        log.removeFilter(of_others)
