"""Load an edition into a store: idempotent, resumable, several editions side by side."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clusteratlas.errors import InputError
from clusteratlas.graph.mapping import graph_tables, load_stamp
from clusteratlas.graph.registry import engine_named
from clusteratlas.graph.store import GraphStore, LoadedEdition, Outcome
from clusteratlas.graph.verify import miscounted
from clusteratlas.progress import Progress, Silent

if TYPE_CHECKING:
    from clusteratlas.editions.store.edition import Edition


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did."""

    edition: str
    store: str
    outcome: Outcome
    nodes: int
    """Nodes that the edition holds in the store, shared ones included."""
    relationships: int
    seconds: float


def load_edition(
    edition: Edition, store: GraphStore, *, progress: Progress | None = None, force: bool = False
) -> LoadReport:
    """Load an edition.

    The same edition twice changes nothing, unless the store holds more or less of it than it
    should: then it is written anew. One load at a time changes a store. A changed edition updates
    what is there and then
    removes what it no longer has: only nodes and relationships with its stamp, and no node that
    another edition holds or that something else is tied to. After an interruption the same call
    finishes the job: Neo4j goes on behind the last batch that was committed, Ladybug, which loads
    whole or not at all, begins again.

    Parameters
    ----------
    force
        Write everything again even if the store says that it has this edition.

    Raises
    ------
    StoreUnavailable
        If the database is lost on the way, or another load is under way.
    StoreError
        If it cannot take the edition: full disk, no right to write, tables of another model.
    EditionError
        If the edition contradicts itself.
    """
    progress = progress or Silent()
    since = time.monotonic()
    if not force and (there := _unchanged(edition, store)):
        store.prepare_schema()  # what a bulk importer brought has no indexes
        return _report(edition.key, store, "unchanged", there.nodes, there.relationships, since)
    with _prepared(store, edition.key):
        tables = graph_tables(edition)
        total = tables.node_count + tables.relationship_count
        progress.start(f"load {edition.key} into {store.engine}", total)
        outcome = engine_named(store.engine).load(store, tables, progress)
    progress.finish(f"{tables.node_count:,} nodes, {tables.relationship_count:,} relationships")
    return _report(edition.key, store, outcome, tables.node_count, tables.relationship_count, since)


def drop_edition(key: str, store: GraphStore, *, progress: Progress | None = None) -> None:
    """Remove one edition from a store; what other editions hold stays.

    Raises
    ------
    InputError
        If the store holds no such edition.
    StoreUnavailable
        If a load is under way.
    StoreError
        If the store cannot be written.
    """
    held = [e.key for e in store.editions()]
    if key not in held:
        raise InputError(
            f"{store.url} holds no edition {key}",
            hint=f"it holds {', '.join(held)}" if held else "it is empty",
        )
    progress = progress or Silent()
    with _prepared(store, key):
        progress.start(f"drop {key} from {store.engine}")
        engine_named(store.engine).drop(store, key, progress)
    progress.finish("dropped")


@contextmanager
def _prepared(store: GraphStore, key: str) -> Iterator[None]:
    """Make the schema first: the lease of some engines is kept in the database."""
    store.prepare_schema()
    with store.leased(key):
        yield


def _unchanged(edition: Edition, store: GraphStore) -> LoadedEdition | None:
    """Find an edition that the store holds just so, to the last relationship."""
    there = {e.key: e for e in store.editions()}.get(edition.key)
    if there is None or not there.complete or there.load != load_stamp(edition):
        return None
    return None if miscounted(store, there) else there


def _report(
    key: str, store: GraphStore, outcome: Outcome, nodes: int, relationships: int, since: float
) -> LoadReport:
    return LoadReport(key, store.url, outcome, nodes, relationships, time.monotonic() - since)
