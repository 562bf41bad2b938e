"""What a store is, whichever engine is behind it: its protocol and the values that it gives."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, Protocol, runtime_checkable

if TYPE_CHECKING:
    from clusteratlas.graph.loading import Loading


MEMORY = ":memory:"
"""URL of an embedded store that lives as long as its process."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What an engine does in its own way; who needs to know asks here and never for its name."""

    atomic_load: bool
    """A load is there whole or not at all; otherwise it goes on where it was interrupted."""
    typed: bool
    """Knows labels, types and properties beforehand, and refuses misspelt ones."""
    ordered_unions: bool
    """Keeps the order of each branch of a ``UNION ALL``."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that a query gave, with values of plain Python types.

    Integers of any width are ``int``, decimals ``int`` or ``float``, not-a-number is None. A node
    is a dict of its properties and ``_label``, a relationship one of its properties and ``_type``,
    a path a dict of ``nodes`` and ``relationships``. Properties without a value are left out.
    Nodes and relationships are an `Entity` each. Of ``EXPLAIN`` and ``PROFILE`` the rows are those
    of the plan.
    """

    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    truncated: bool = False
    """There were more rows than the limit."""
    warnings: tuple[str, ...] = ()
    """What the statement names and the graph does not have, each in one line."""


class Entity(dict[str, Any]):
    """Properties of a node or relationship, and beside them which one of the graph it is.

    Parameters
    ----------
    properties
        With ``_label`` or ``_type``.
    id_
        What the engine calls it; good within one answer.
    ends
        What the engine calls the nodes that a relationship leads from and to; None for a node.
    """

    __slots__ = ("ends", "id")

    def __init__(
        self, properties: Mapping[str, Any], id_: str, ends: tuple[str, str] | None = None
    ) -> None:
        super().__init__(properties)
        self.id = id_
        self.ends = ends


@dataclass(frozen=True, slots=True)
class LoadedEdition:
    """What a store says of an edition that it holds."""

    key: str
    digest: str
    """Digest of the edition's tables."""
    load: str
    """Digest of the edition's tables and of the graph model."""
    complete: bool
    """False after an interrupted load: load it again to finish it."""
    nodes: int
    """Nodes that the edition holds, those it shares with other editions included."""
    relationships: int


Outcome = Literal["loaded", "resumed", "changed", "unchanged"]
"""What a load did: a new edition, the rest of an interrupted load, a changed edition, nothing."""


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """What a store is and holds."""

    engine: str
    version: str
    url: str
    nodes: dict[str, int]
    """Number of nodes by label, labels of the model only."""
    relationships: dict[str, int]
    """Number of relationships by type."""
    editions: tuple[LoadedEdition, ...]


@runtime_checkable
class GraphStore(Protocol):
    """A graph database. Use it as a context manager, or close it."""

    @property
    def engine(self) -> str:
        """Name under which the engine is registered."""
        ...

    @property
    def url(self) -> str:
        """Where it is, as it was opened."""
        ...

    @property
    def capabilities(self) -> Capabilities:
        """What the engine does in its own way."""
        ...

    def read(
        self,
        cypher: str,
        params: Mapping[str, Any] | None = None,
        *,
        name: str,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Rows:
        """Run one reading statement in a read-only transaction.

        Parameters
        ----------
        cypher
            One statement.
        params
            Values of its parameters.
        name
            What errors call it.
        limit
            Give at most so many rows, and say whether there were more.
        timeout
            Give up after so many seconds.

        Raises
        ------
        QueryRefused
            If the engine refuses the text, or the statement would write.
        StoreUnavailable
            If the database cannot be reached.
        StoreError
            If it fails in any other way, the timeout included, and the end by
            :func:`~clusteratlas.graph.stopping.stopped_by`.
        """
        ...

    def write(
        self,
        cypher: str,
        params: Mapping[str, Any] | None = None,
        *,
        name: str,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Rows:
        """Run one statement that may write, in a transaction of its own.

        Parameters and errors as in ``read``; what lies behind the limit is written all the same.
        """
        ...

    def prepare_schema(self) -> None:
        """Make the tables, constraints and indexes that the model asks for and that are missing.

        Raises
        ------
        StoreError
            If the store has tables that contradict the model.
        """

    def editions(self) -> tuple[LoadedEdition, ...]:
        """Editions that the store holds, by key; none if it has no schema yet."""
        ...

    def info(self) -> StoreInfo:
        """Count what the store holds."""
        ...

    def loading(self) -> Loading | None:
        """Tell of a load that is under way, by whatever process; None if there is none."""
        ...

    def leased(self, edition: str) -> AbstractContextManager[None]:
        """Keep all other loads out while this one changes an edition.

        Raises
        ------
        StoreUnavailable
            If another load is under way.
        QueryRefused
            If the store was opened for reading only.
        """
        ...

    def wipe(self) -> None:
        """Remove every node and relationship of the model."""

    def close(self) -> None:
        """Let go of the database. A closed store cannot be used."""

    def __enter__(self) -> GraphStore: ...

    def __exit__(self, *_: object) -> None: ...


class TypedStore(GraphStore, Protocol):
    """A store of an engine that is typed: it tells the types of a query's columns."""

    def columns(
        self, cypher: str, params: Mapping[str, Any] | None = None, *, name: str
    ) -> dict[str, str]:
        """Types (STRING, INT64, DOUBLE, BOOL, ...) of a query's columns, by name."""
        ...

    def __enter__(self) -> TypedStore: ...


PLAIN = frozenset({str, int, bool, type(None)})


def plain(value: Any) -> Any:
    """Give a value of either engine as plain Python, with the same numbers and nulls."""
    if type(value) in PLAIN:  # most values; the checks below cost ten times as much
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float):
        return None if math.isnan(value) else value
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [plain(v) for v in value]
    return value


def loaded_editions(store: GraphStore) -> tuple[LoadedEdition, ...]:
    """Read the editions that a store with a schema holds."""
    rows = store.read(
        "MATCH (e:Edition) RETURN e.key AS key, e.digest AS digest, e.load AS load, "
        "e.complete AS complete, e.nodes AS nodes, e.relationships AS relationships ORDER BY key",
        name="editions",
    ).rows
    return tuple(LoadedEdition(**row) for row in rows)
