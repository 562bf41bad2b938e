"""The embedded engine, Ladybug. Its errors become ours in `_translated`, and nowhere else."""

from __future__ import annotations

import ctypes
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ladybug

from clusteratlas.errors import QueryRefused, StoreError, StoreUnavailable
from clusteratlas.graph import ddl
from clusteratlas.graph.engines.ladybug.dialect import CAPABILITIES, NAME
from clusteratlas.graph.engines.ladybug.schema import ladybug_tables
from clusteratlas.graph.reading_only import bare_statement, refuse_more_than_reading
from clusteratlas.graph.store import (
    MEMORY,
    PLAIN,
    LoadedEdition,
    Rows,
    StoreInfo,
    loaded_editions,
    plain,
)
from clusteratlas.vocabulary.model import NODES, RELATIONSHIPS

if TYPE_CHECKING:
    import pyarrow as pa

_POOL = 1 << 31
_PROCEDURES = frozenset({"show_tables", "table_info", "show_connection", "db_version"})
"""What a reading statement may call."""
_CHUNK = 1 << 16
_PARAMETER = re.compile(r"\$(\w+)")
_PLACE = re.compile(
    r"(?P<what>.*?)\(line: (?P<line>\d+), offset: (?P<offset>\d+)\)\n\"(?P<text>.*)\"\n", re.S
)
_REFUSALS = ("Parser", "Binder", "Catalog", "Conversion", "Overflow", "Runtime", "Connection")
_POOL_FULL = "buffer pool is full"
_FULL = ("no space left", "file too large", "disk quota", "cannot write to file")


class LadybugStore:
    """A Ladybug database in a file or in memory. One process at a time may write to a file."""

    engine = NAME
    capabilities = CAPABILITIES

    def __init__(self, path: str, *, read_only: bool = False) -> None:
        self.url = path
        self._read_only = read_only
        self._stuck = False
        self._lock = threading.RLock()
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
            self._database = ladybug.Database(
                self.url,
                read_only=self._read_only,
                buffer_pool_size=_POOL,
                # A log that ends in the middle of a record is that of an interrupted transaction.
                throw_on_wal_replay_failure=False,
            )
            self._connection = ladybug.Connection(self._database)

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
            self._connection.close()
            self._database.close()

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
        with self._lock, self._translated(name, timeout):
            try:
                return self._read(cypher, params, limit, timeout)
            except RuntimeError as exc:
                if self.url == MEMORY or self._stuck or _POOL_FULL not in str(exc):
                    raise
            self.close()  # gives back what earlier statements took of the pool
            self._open()
            return self._read(cypher, params, limit, timeout)

    def _read(
        self,
        cypher: str,
        params: Mapping[str, Any] | None,
        limit: int | None,
        timeout: float | None,
    ) -> Rows:
        if timeout is not None:
            self._connection.set_query_timeout(max(1, int(timeout * 1000)))
        try:
            self._connection.execute("BEGIN TRANSACTION READ ONLY")
            try:
                rows = _fetch(self._connection.execute(cypher, dict(params or {})), limit)
            except RuntimeError:
                self._leave()
                raise
            self._connection.execute("COMMIT")
            return rows
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

    def write(self, cypher: str, params: Mapping[str, Any] | None = None, *, name: str) -> Rows:
        """Run one statement that may write; see `GraphStore.write`."""
        _all_given(cypher, params, name)
        with self._lock, self._translated(name):
            return _fetch(self._connection.execute(cypher, dict(params or {})), None)

    def read_arrow(self, cypher: str, params: Mapping[str, Any], *, name: str) -> pa.Table:
        """Give the rows of a query as an Arrow table, also inside a transaction."""
        with self._lock, self._translated(name):
            result: Any = self._connection.execute(cypher, dict(params))
            return result.get_as_arrow(_CHUNK)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep everything written inside, or nothing of it.

        After a failure the database is opened anew, a store in memory empty: the engine crashes
        when it copies into a table again whose first copy was rolled back.
        """
        with self._lock:
            with self._translated("begin"):
                self._connection.execute("BEGIN TRANSACTION")
            try:
                yield
                with self._translated("commit"):
                    self._connection.execute("COMMIT")
            except BaseException:
                if not self._stuck:
                    self._leave()
                    self.close()
                    self._open()
                raise

    def _leave(self) -> None:
        try:
            self._connection.execute("ROLLBACK")
        except RuntimeError as exc:
            if "No active transaction" not in str(exc):
                raise

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
            self._stuck = _no_room(str(exc))
            raise _ours(str(exc), name, self.url, timeout) from exc


def _all_given(cypher: str, params: Mapping[str, Any] | None, name: str) -> None:
    missing = sorted(set(_PARAMETER.findall(bare_statement(cypher))) - set(params or {}))
    if missing:
        # The engine would take each of them for null.
        raise QueryRefused(name, f"parameters without a value: {', '.join(missing)}")


_AS_THEY_ARE = frozenset({"STRING", "INT64", "BOOL"})
"""Types whose values need no look at each of them."""


def _fetch(result: Any, limit: int | None) -> Rows:
    last = result[-1] if isinstance(result, list) else result
    names = tuple(last.get_column_names())
    # All rows at once take a tenth of the time of one call a row; a limit is there to not do that.
    found = last.get_all() if limit is None else _first(last, limit)
    columns = map(_column, last.get_column_data_types(), zip(*found, strict=True))
    rows = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
    return Rows(names, rows, truncated=limit is not None and last.has_next())


def _column(type_: str, values: Sequence[Any]) -> Sequence[Any]:
    """Give the values of a column as plain Python; NaN, the only value unlike itself, is null."""
    if type_ in _AS_THEY_ARE:
        return values
    if type_ == "DOUBLE":
        return [None if value != value else value for value in values]
    return [_value(value) for value in values]


def _first(result: Any, limit: int) -> list[Any]:
    rows: list[Any] = []
    while len(rows) < limit and result.has_next():
        rows.append(result.get_next())
    return rows


def _value(value: Any) -> Any:
    if type(value) in PLAIN:  # most values
        return value
    if isinstance(value, list):
        return [_value(v) for v in value]
    if not isinstance(value, dict):
        return plain(value)
    if "_NODES" in value:
        return {"nodes": _value(value["_NODES"]), "relationships": _value(value["_RELS"])}
    if "_LABEL" in value:
        tag = "_type" if "_SRC" in value else "_label"
        own = {k: plain(v) for k, v in value.items() if not k.startswith("_")}
        return {tag: value["_LABEL"], **{k: v for k, v in own.items() if v is not None}}
    return {k: _value(v) for k, v in value.items()}


def _no_room(text: str) -> bool:
    return any(sign in text.lower() for sign in _FULL)


def _ours(text: str, name: str, url: str, timeout: float | None) -> StoreError:
    lowered = text.lower()
    first = text.split("\n", 1)[0]
    if "could not set lock" in lowered:
        return StoreUnavailable(
            f"another process writes to {url}",
            hint="wait until it is done, or give another store with --store",
        )
    if _no_room(text):
        return StoreError(
            f"{url} cannot grow: {first}",
            hint="the disk is full; make room and run the command again",
        )
    if "read-only" in lowered or "read only" in lowered:
        return QueryRefused(
            name, "it writes, and only reading is allowed here", hint="allow writing with --write"
        )
    if text == "Interrupted.":
        limit = f" after {timeout:g} s" if timeout else ""
        return StoreError(
            f"query {name!r} was stopped{limit}", hint="ask for less, or allow more time"
        )
    if "not a valid lbug database" in lowered or "cannot be a directory" in lowered:
        return StoreError(
            f"{url} is not an embedded store",
            hint="name a file that `clusteratlas load` made, or one that does not exist yet",
        )
    if "cannot open file" in lowered:
        return StoreError(f"{url} cannot be opened: {first}", hint="check the path and its rights")
    if text.startswith(tuple(f"{kind} exception" for kind in _REFUSALS)):
        return QueryRefused(name, _detail(text))
    return StoreError(f"{name} failed in {url}: {first}")


def _detail(text: str) -> str:
    kind, _, rest = text.partition(" exception: ")
    if not rest:
        return text.rstrip(".")
    place = _PLACE.match(rest)
    if kind != "Parser" or place is None:
        return rest.split("\n", 1)[0].rstrip(".")
    offset = int(place["offset"])
    return (
        f"syntax error in line {place['line']}, column {offset + 1}\n"
        f"  {place['text']}\n  {' ' * offset}^"
    )
