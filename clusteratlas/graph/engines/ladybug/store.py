"""The embedded engine, Ladybug. Its errors become ours in `_translated`, and nowhere else."""

from __future__ import annotations

import ctypes
import queue
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ladybug

from clusteratlas.errors import QueryRefused, StoreError, StoreUnavailable
from clusteratlas.graph import ddl
from clusteratlas.graph.engines.ladybug.dialect import CAPABILITIES, NAME
from clusteratlas.graph.engines.ladybug.failures import no_room, only_reading, our_error
from clusteratlas.graph.engines.ladybug.lease import file_lease, file_load
from clusteratlas.graph.engines.ladybug.schema import ladybug_tables
from clusteratlas.graph.engines.ladybug.values import fetched
from clusteratlas.graph.loading import Loading
from clusteratlas.graph.reading_only import bare_statement, refuse_more_than_reading
from clusteratlas.graph.stopping import interruptible
from clusteratlas.graph.store import MEMORY, LoadedEdition, Rows, StoreInfo, loaded_editions
from clusteratlas.vocabulary.model import NODES, RELATIONSHIPS

if TYPE_CHECKING:
    import pyarrow as pa

_POOL = 1 << 31
_READING_POOL = 256 << 20
"""Bytes of pages that a store opened for reading holds at most."""
_READERS = 4
"""Statements that run at a time in a store opened for reading."""
_PROCEDURES = frozenset({"show_tables", "table_info", "show_connection", "db_version"})
"""What a reading statement may call."""
_CHUNK = 1 << 16
_PARAMETER = re.compile(r"\$(\w+)")
_POOL_FULL = "buffer pool is full"


class LadybugStore:
    """A Ladybug database in a file or in memory. One process at a time may write to a file."""

    engine = NAME
    capabilities = CAPABILITIES

    def __init__(self, path: str, *, read_only: bool = False) -> None:
        self.url = path
        self._read_only = read_only
        self._stuck = False
        self._lock = threading.RLock()
        self._idle: queue.SimpleQueue[Any] = queue.SimpleQueue()
        if path != MEMORY:
            if read_only and not Path(path).exists():
                raise StoreUnavailable(
                    f"there is no store at {path}", hint="`clusteratlas load` makes and fills one"
                )
            try:
                Path(path).parent.mkdir(parents=True, exist_ok=True)
            except OSError as exc:
                raise StoreError(
                    f"the folder of {path} cannot be made: {exc.strerror}",
                    hint="name another place with --store or CLUSTERATLAS_STORE",
                ) from exc
        self._open()

    def _open(self) -> None:
        with self._translated("open"):
            # One thread each where several read: the engine's threads serve all connections of a
            # database, and a slow statement that has them all keeps every other one waiting.
            threads = 1 if self._read_only else 0
            self._database = ladybug.Database(
                self.url,
                read_only=self._read_only,
                buffer_pool_size=_READING_POOL if self._read_only else _POOL,
                max_num_threads=threads * (_READERS + 1),
                # A log that ends in the middle of a record is that of an interrupted transaction.
                throw_on_wal_replay_failure=False,
            )
            self._connection = ladybug.Connection(self._database, threads)
            self._readers = [
                ladybug.Connection(self._database, threads)
                for _ in range(_READERS if self._read_only else 0)
            ]
            for reader in self._readers:
                self._idle.put(reader)

    def __enter__(self) -> LadybugStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database and let go of its file.

        After a write for which there was no room, the database is left as it is until the process
        ends: the engine would abort the process when it closes. The next one that opens the file
        finds what was committed.
        """
        with self._lock:
            if self._stuck:
                for held in (self._database, self._connection):
                    ctypes.pythonapi.Py_IncRef(ctypes.py_object(held))
                return
            self._call_in(interrupt=True)
            self._close_all()

    def _close_all(self) -> None:
        for connection in (*self._readers, self._connection):
            connection.close()
        self._readers = []
        self._database.close()

    def _call_in(self, *, interrupt: bool) -> None:
        """Wait until no statement runs."""
        for reader in self._readers:
            if interrupt:
                reader.interrupt()
        for _ in self._readers:
            self._idle.get()

    @contextmanager
    def _reader(self) -> Iterator[Any]:
        """Have a connection to oneself: the only one, or one of several for reading."""
        if not self._read_only:
            with self._lock:
                yield self._connection
            return
        connection = self._idle.get()
        try:
            yield connection
        finally:
            self._idle.put(connection)

    def read(
        self,
        cypher: str,
        params: Mapping[str, Any] | None = None,
        *,
        name: str,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Rows:
        """Run one reading statement in a read-only transaction; see `GraphStore.read`."""
        refuse_more_than_reading(cypher, name, procedures=_PROCEDURES)
        _all_given(cypher, params, name)
        with self._translated(name, timeout):
            try:
                with self._reader() as connection:
                    return _read(connection, cypher, params, limit, timeout)
            except RuntimeError as exc:
                if self.url == MEMORY or self._stuck or _POOL_FULL not in str(exc):
                    raise
            with self._lock:
                self._call_in(interrupt=False)
                self._close_all()  # gives back what earlier statements took of the pool
                self._open()
            with self._reader() as connection:
                return _read(connection, cypher, params, limit, timeout)

    @contextmanager
    def _at_most(self, timeout: float | None) -> Iterator[None]:
        if timeout is not None:
            self._connection.set_query_timeout(max(1, int(timeout * 1000)))
        try:
            yield
        finally:
            if timeout is not None:
                self._connection.set_query_timeout(0)

    def columns(
        self, cypher: str, params: Mapping[str, Any] | None = None, *, name: str
    ) -> dict[str, str]:
        """Names and engine types (STRING, INT64, DOUBLE, BOOL, ...) of the columns of a query.

        Runs the query: meant for an empty store. Sums of integers count as INT64, since ``read``
        gives them as ``int``. Errors as in ``read``.
        """
        refuse_more_than_reading(cypher, name, procedures=_PROCEDURES)
        _all_given(cypher, params, name)
        with self._lock, self._translated(name):
            result: Any = self._connection.execute(cypher, dict(params or {}))
            types = [t.replace("INT128", "INT64") for t in result.get_column_data_types()]
            return dict(zip(result.get_column_names(), types, strict=True))

    def write(
        self,
        cypher: str,
        params: Mapping[str, Any] | None = None,
        *,
        name: str,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Rows:
        """Run one statement that may write; see `GraphStore.write`."""
        _all_given(cypher, params, name)
        with self._lock, self._translated(name, timeout), self._at_most(timeout):
            return fetched(self._connection.execute(cypher, dict(params or {})), limit)

    def read_arrow(self, cypher: str, params: Mapping[str, Any], *, name: str) -> pa.Table:
        """Give the rows of a query as an Arrow table, also inside a transaction."""
        with self._lock, self._translated(name):
            result: Any = self._connection.execute(cypher, dict(params))
            return result.get_as_arrow(_CHUNK)

    @contextmanager
    def replaced(self) -> Iterator[LadybugStore]:
        """Give an empty store that takes the place of this one, unless something fails inside.

        Who has this one open in another process goes on reading it as it was.
        """
        place = MEMORY if self.url == MEMORY else f"{self.url}.new"
        with self._lock:
            _remove(place)  # what a load left that was killed
            try:
                with LadybugStore(place) as fresh:
                    fresh.prepare_schema()
                    yield fresh
                    fresh.write("CHECKPOINT", name="checkpoint")
                    if place == MEMORY:
                        self._swap(fresh)
                if place != MEMORY:
                    self._take_place_of(place)
            finally:
                _remove(place)

    def _swap(self, fresh: LadybugStore) -> None:
        self._database, fresh._database = fresh._database, self._database
        self._connection, fresh._connection = fresh._connection, self._connection

    def _take_place_of(self, place: str) -> None:
        with self._translated("checkpoint"):
            self._connection.execute("CHECKPOINT")
        self.close()
        try:
            # What is in its log is in the file; left behind, it would be read into the new one.
            Path(f"{self.url}.wal").unlink(missing_ok=True)
            Path(place).replace(self.url)
        except OSError as exc:
            raise StoreError(
                f"{self.url} cannot be replaced: {exc.strerror}",
                hint="end what has it open, and run the command again",
            ) from exc
        finally:
            self._open()

    def loading(self) -> Loading | None:
        """Tell of a load that is under way; see `GraphStore.loading`."""
        return None if self.url == MEMORY else file_load(Path(self.url))

    def leased(self, edition: str) -> AbstractContextManager[None]:
        """Keep all other loads out; see `GraphStore.leased`."""
        if self._read_only:
            raise only_reading("load")
        return nullcontext() if self.url == MEMORY else file_lease(Path(self.url), edition)

    def prepare_schema(self) -> None:
        """Make the tables that are missing; see `GraphStore.prepare_schema`."""
        have = set(self._tables())
        for table, statement in ladybug_tables().items():
            if table not in have:
                self.write(statement, name=f"create {table}")
                continue
            declared = ddl.columns(NODES.get(table) or RELATIONSHIPS[table])
            info = self.write(f"CALL table_info('{table}') RETURN *", name=f"inspect {table}").rows
            found = {str(r["name"]): str(r["type"]).lower() for r in info}
            ends = self._ends(table) if table in RELATIONSHIPS else set()
            wanted = set(RELATIONSHIPS[table].ends) if table in RELATIONSHIPS else set()
            if found != declared or ends != wanted:
                raise StoreError(
                    f"{self.url} was made for another graph model: {table} differs",
                    hint="`clusteratlas store wipe --yes`, then `clusteratlas load`",
                )

    def _tables(self) -> list[str]:
        rows = self.write("CALL show_tables() RETURN name", name="list tables").rows
        return [str(r["name"]) for r in rows]

    def _ends(self, table: str) -> set[tuple[str, str]]:
        rows = self.write(f"CALL show_connection('{table}') RETURN *", name=f"ends of {table}").rows
        return {(str(r["source table name"]), str(r["destination table name"])) for r in rows}

    def info(self) -> StoreInfo:
        """Count what the store holds."""
        have = set(self._tables())
        nodes = {
            label: self._count(f"MATCH (n:{label}) RETURN count(*) AS n")
            for label in NODES
            if label in have
        }
        relationships = {
            type_: self._count(f"MATCH ()-[r:{type_}]->() RETURN count(*) AS n")
            for type_ in RELATIONSHIPS
            if type_ in have
        }
        return StoreInfo(
            engine=self.engine,
            version=str(ladybug.version),
            url=self.url,
            nodes=nodes,
            relationships=relationships,
            editions=self.editions(),
        )

    def editions(self) -> tuple[LoadedEdition, ...]:
        """Editions that the store holds; see `GraphStore.editions`."""
        return loaded_editions(self) if "Edition" in self._tables() else ()

    def _count(self, cypher: str) -> int:
        return int(self.read(cypher, name="count").rows[0]["n"])

    def wipe(self) -> None:
        """Remove every table of the model."""
        have = set(self._tables())
        for table in (*RELATIONSHIPS, *NODES):
            if table in have:
                self.write(f"DROP TABLE {table}", name=f"drop {table}")

    @contextmanager
    def _translated(self, name: str, timeout: float | None = None) -> Iterator[None]:
        try:
            yield
        except RuntimeError as exc:
            self._stuck = no_room(str(exc))
            raise our_error(str(exc), name, self.url, timeout) from exc


def _read(
    connection: Any,
    cypher: str,
    params: Mapping[str, Any] | None,
    limit: int | None,
    timeout: float | None,
) -> Rows:
    """Run a statement in a transaction that reads."""
    if timeout is not None:
        connection.set_query_timeout(max(1, int(timeout * 1000)))
    try:
        connection.execute("BEGIN TRANSACTION READ ONLY")
        try:
            with interruptible(connection.interrupt):
                # Prepared here: the driver would keep each statement, and the engine a good part
                # of its pool for it, as long as the connection lives.
                given = dict(params or {})
                asked = ladybug.PreparedStatement(connection, cypher, given) if given else cypher
                rows = fetched(connection.execute(asked, given), limit)
        except BaseException:
            _leave(connection)
            raise
        connection.execute("COMMIT")
        return rows
    finally:
        if timeout is not None:
            connection.set_query_timeout(0)


def _leave(connection: Any) -> None:
    try:
        connection.execute("ROLLBACK")
    except RuntimeError as exc:
        if "No active transaction" not in str(exc):
            raise


def _all_given(cypher: str, params: Mapping[str, Any] | None, name: str) -> None:
    missing = sorted(set(_PARAMETER.findall(bare_statement(cypher))) - set(params or {}))
    if missing:
        # The engine would take each of them for null.
        raise QueryRefused(name, f"parameters without a value: {', '.join(missing)}")


def _remove(place: str) -> None:
    if place != MEMORY:
        for file in (place, f"{place}.wal"):
            Path(file).unlink(missing_ok=True)
