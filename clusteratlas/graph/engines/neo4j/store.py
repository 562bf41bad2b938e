"""A Neo4j server. The driver's errors become ours in `_translated`, and nowhere else."""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

import neo4j
from neo4j import exceptions

from clusteratlas.errors import InputError, QueryRefused, StoreError, StoreUnavailable
from clusteratlas.graph.engines.neo4j.dialect import CAPABILITIES, LEASE, NAME
from clusteratlas.graph.engines.neo4j.lease import FENCE, load_lease, load_under_way
from clusteratlas.graph.engines.neo4j.notes import OTHER_NOTES
from clusteratlas.graph.engines.neo4j.schema import neo4j_constraints, neo4j_indexes
from clusteratlas.graph.engines.neo4j.stopping import ended_by_ctrl_c
from clusteratlas.graph.engines.neo4j.values import literal, rows_in
from clusteratlas.graph.loading import Loading
from clusteratlas.graph.reading_only import refuse_more_than_reading
from clusteratlas.graph.stopping import interruptible
from clusteratlas.graph.store import LoadedEdition, Rows, StoreInfo, loaded_editions
from clusteratlas.vocabulary.model import NODES, RELATIONSHIPS

_T = TypeVar("_T")
# What the driver has to say is in its errors; without a handler it would write to standard error.
logging.getLogger("neo4j").addHandler(logging.NullHandler())
_PROCEDURES = frozenset(
    {
        "db.index.fulltext.querynodes",
        "db.index.fulltext.queryrelationships",
        "db.info",
        "db.labels",
        "db.propertykeys",
        "db.relationshiptypes",
        "db.schema.nodetypeproperties",
        "db.schema.reltypeproperties",
        "db.schema.visualization",
        "dbms.components",
    }
)
"""What a reading statement may call, in lower case: what tells of the graph and its model."""
_SHOWS = frozenset({"INDEX", "INDEXES", "CONSTRAINT", "CONSTRAINTS"})
_MINE = "clusteratlas"
"""Under this name the server knows which transaction is whose."""
_TERMINATE = (
    f"SHOW TRANSACTIONS YIELD transactionId AS id, metaData AS marks WHERE marks.{_MINE} = $token "
    "TERMINATE TRANSACTIONS id YIELD message RETURN message"
)
_RETRY_SECONDS = 15
_CONNECT_SECONDS = 10
_PLACE = re.compile(
    r"(?P<what>.*?)\s*\(line (?P<line>\d+), column (?P<column>\d+) \(offset: \d+\)\)\s*"
    r"\n\"(?P<text>.*)\"\n",
    re.S,
)


class Neo4jStore:
    """One database of a Neo4j server, 5.x Community or more."""

    engine = NAME
    capabilities = CAPABILITIES

    def __init__(
        self, url: str, *, user: str, password: str | None, database: str | None = None
    ) -> None:
        self.url = url
        self._user = user
        self._database = database
        self._lease: str | None = None
        try:
            self._driver = neo4j.GraphDatabase.driver(
                url,
                auth=(user, password) if password is not None else None,
                connection_timeout=_CONNECT_SECONDS,
                max_transaction_retry_time=_RETRY_SECONDS,
                notifications_min_severity="WARNING",
                notifications_disabled_classifications=OTHER_NOTES,
            )
        except (ValueError, exceptions.ConfigurationError) as exc:
            raise _no_address(url, exc) from exc
        try:
            with self._translated("connect"):
                self._driver.verify_connectivity()
                # Over bolt:// only a query tells whether the database exists.
                self._in_session(lambda tx: tx.run("RETURN 1").consume(), write=False)
        except ValueError as exc:  # the driver looks at the port when it connects
            self.close()
            raise _no_address(url, exc) from exc
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Neo4jStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._driver.close()

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
        refuse_more_than_reading(cypher, name, procedures=_PROCEDURES, shows=_SHOWS)
        token = uuid.uuid4().hex
        with self._translated(name, timeout), interruptible(lambda: self._terminate(token)):
            return self._in_session(
                lambda tx: rows_in(tx, cypher, params, limit),
                write=False,
                timeout=timeout,
                token=token,
            )

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
        with self._translated(name, timeout):
            return self._in_session(
                lambda tx: rows_in(tx, cypher, params, limit), write=True, timeout=timeout
            )

    def write_leased(
        self, statements: Sequence[tuple[str, Mapping[str, Any]]], *, name: str
    ) -> list[Rows]:
        """Run statements of a load in one transaction, as long as the load has its lease.

        Raises
        ------
        StoreUnavailable
            If another load took over, or one that returns something found nothing to do: then
            nothing of it is written.
        """
        fenced = [(FENCE, {"token": self._lease}), *statements]

        def work(tx: neo4j.ManagedTransaction) -> list[Rows]:
            found = []
            for cypher, params in fenced:
                rows = rows_in(tx, cypher, params, None)
                if rows.columns and not rows.rows:
                    raise StoreUnavailable(
                        f"{self.url}: another load took over, and this one has stopped",
                        hint="`clusteratlas load` again, when the other one is done",
                    )
                found.append(rows)
            return found[1:]

        with self._translated(name):
            return self._in_session(work, write=True)

    def loading(self) -> Loading | None:
        """Tell of a load that is under way; see `GraphStore.loading`."""
        return load_under_way(self)

    @contextmanager
    def leased(self, edition: str) -> Iterator[None]:
        """Keep all other loads out; see `GraphStore.leased`."""
        with load_lease(self, edition) as self._lease:
            yield

    def alone(self, cypher: str, params: Mapping[str, Any], name: str) -> None:
        """Run a statement that brings its own transactions."""
        with self._translated(name), self._driver.session(database=self._database) as session:
            session.run(literal(cypher), dict(params)).consume()

    def _in_session(
        self,
        work: Callable[[neo4j.ManagedTransaction], _T],
        *,
        write: bool,
        timeout: float | None = None,
        token: str | None = None,
    ) -> _T:
        # The driver runs managed work again while the error says is_retryable(), within the limit.
        token = token or uuid.uuid4().hex
        managed = neo4j.unit_of_work(timeout=timeout, metadata={_MINE: token})(work)

        def run() -> _T:
            with self._driver.session(database=self._database) as session:
                return session.execute_write(managed) if write else session.execute_read(managed)

        return ended_by_ctrl_c(run, lambda: self._terminate(token))

    def _terminate(self, token: str) -> None:
        """Have the server end what runs under a token; a user may end their own everywhere.

        The driver has no way to do it from another thread.
        """
        with (
            suppress(exceptions.DriverError, exceptions.Neo4jError),
            self._driver.session(database=self._database) as session,
        ):
            session.run(_TERMINATE, {"token": token}).consume()

    def prepare_schema(self) -> None:
        """Make constraints and indexes that are missing, and wait until they work."""
        wanted = {**neo4j_constraints(), **neo4j_indexes()}
        # A constraint has an index of its name.
        have = {r["name"] for r in self.read("SHOW INDEXES YIELD name", name="list indexes").rows}
        missing = sorted(set(wanted) - have)
        for name in missing:
            self.write(wanted[name], name=f"create {name}")
        if missing:
            self.write("CALL db.awaitIndexes(300)", name="await indexes")

    def info(self) -> StoreInfo:
        """Count what the store holds."""
        version = self.read(
            "CALL dbms.components() YIELD name, versions WITH name, versions "
            "WHERE name = 'Neo4j Kernel' RETURN versions[0] AS version",
            name="version",
        )
        return StoreInfo(
            engine=self.engine,
            version=str(version.rows[0]["version"]),
            url=self.url,
            nodes=self._node_counts(),
            relationships=self._relationship_counts(),
            editions=self.editions(),
        )

    def _node_counts(self) -> dict[str, int]:
        return self._counts({label: f"(n:{label})" for label in NODES})

    def _relationship_counts(self) -> dict[str, int]:
        return self._counts({type_: f"()-[n:{type_}]->()" for type_ in RELATIONSHIPS})

    def _counts(self, patterns: Mapping[str, str]) -> dict[str, int]:
        union = " UNION ALL ".join(
            f"MATCH {pattern} WITH count(n) AS n RETURN '{what}' AS what, n"
            for what, pattern in patterns.items()
        )
        return {str(r["what"]): int(r["n"]) for r in self.read(union, name="count").rows}

    def editions(self) -> tuple[LoadedEdition, ...]:
        """Editions that the store holds; see `GraphStore.editions`."""
        return loaded_editions(self)

    def wipe(self) -> None:
        """Remove all nodes and relationships of the model; see `GraphStore.wipe`.

        Whatever else is in the database stays, and so do constraints and indexes: they take
        no room, and plans of queries that the server keeps stay good.
        """
        counts = self._node_counts()
        # The many first: they take the relationships of the few along, a few to each.
        for label in sorted(counts, key=lambda label: -counts[label]):
            if counts[label]:
                self.alone(
                    f"MATCH (n:{label}) CALL (n) {{ DETACH DELETE n }} "
                    "IN TRANSACTIONS OF 20000 ROWS",
                    {},
                    f"wipe {label}",
                )
        self.write(f"MATCH (l:{LEASE}) DELETE l", name="wipe lease")

    @contextmanager
    def _translated(self, name: str, timeout: float | None = None) -> Iterator[None]:
        try:
            yield
        except exceptions.DriverError as exc:
            raise self._lost(exc, name) from exc
        except exceptions.Neo4jError as exc:
            raise self._ours(exc, name, timeout) from exc

    def _lost(self, exc: exceptions.DriverError, name: str) -> StoreError:
        if exc.is_retryable() or isinstance(exc, exceptions.ServiceUnavailable):
            return StoreUnavailable(
                f"no Neo4j server answers at {self.url}",
                hint="is it running? `clusteratlas server start` starts a local one; "
                "a load goes on where it stopped",
            )
        return StoreError(f"{name} failed on {self.url}: {_first_line(str(exc))}")

    def _ours(self, exc: exceptions.Neo4jError, name: str, timeout: float | None) -> StoreError:
        code, message = exc.code or "", exc.message or ""
        if isinstance(exc, exceptions.AuthError):
            return StoreError(
                f"{self.url} refused user {self._user!r}",
                hint="give NEO4J_USER and NEO4J_PASSWORD (after several wrong ones, wait a little)",
            )
        if code.endswith("DatabaseNotFound"):
            return StoreError(
                f"{self.url} has no database {self._database!r}",
                hint="NEO4J_DATABASE names one; without it the server's default is taken",
            )
        if code.endswith("Statement.AccessMode"):
            return QueryRefused(
                name,
                "it writes, and only reading is allowed here",
                hint="allow writing with --write",
            )
        if "Forbidden" in code or "ReadOnly" in code:
            return StoreError(
                f"user {self._user!r} may not do this on {self.url}: {_first_line(message)}",
                hint="use a user who may write, create constraints and indexes",
            )
        if "TransactionTimedOut" in code:
            limit = f" after {timeout:g} s" if timeout else ""
            return StoreError(
                f"query {name!r} was stopped{limit}", hint="ask for less, or allow more time"
            )
        if code.endswith("Transaction.Terminated"):
            return StoreError(f"query {name!r} was stopped")
        if "no space left" in message.lower() or "OutOfDisk" in code:
            return StoreError(
                f"{self.url} cannot grow: {_first_line(message)}",
                hint="the server's disk is full; make room and run the command again",
            )
        if exc.is_retryable() or isinstance(exc, exceptions.TransientError):
            return StoreUnavailable(
                f"{self.url} cannot do this now: {_first_line(message)}", hint="try again"
            )
        if ".Statement." in code:
            return QueryRefused(name, _detail(message))
        return StoreError(f"{name} failed on {self.url}: {_first_line(message)} ({code})")


def _no_address(url: str, exc: Exception) -> InputError:
    return InputError(
        f"{url!r} is not the address of a server: {_first_line(str(exc))}",
        hint="neo4j://HOST:7687",
    )


def _first_line(text: str) -> str:
    return text.strip().split("\n", 1)[0].rstrip(".")


def _detail(message: str) -> str:
    place = _PLACE.match(message)
    if place is None:
        return _first_line(message)
    line, column = int(place["line"]), int(place["column"])
    what = _first_line(place["what"])
    return f"{what} in line {line}, column {column}\n  {place['text']}\n  {' ' * (column - 1)}^"
