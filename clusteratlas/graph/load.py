"""Load an edition into a store: idempotent, resumable, several editions side by side."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clusteratlas.graph.mapping import graph_tables, load_stamp
from clusteratlas.graph.registry import engine_named
from clusteratlas.graph.store import GraphStore, Outcome
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

    The same edition twice changes nothing. A changed edition updates what is there and then
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
        If the database is lost on the way.
    StoreError
        If it cannot take the edition: full disk, no right to write, tables of another model.
    EditionError
        If the edition contradicts itself.
    """
    progress = progress or Silent()
    since = time.monotonic()
    store.prepare_schema()
    there = {e.key: e for e in store.editions()}.get(edition.key)
    if there and there.complete and there.load == load_stamp(edition) and not force:
        return LoadReport(
            edition.key,
            store.url,
            "unchanged",
            there.nodes,
            there.relationships,
            time.monotonic() - since,
        )
    tables = graph_tables(edition)
    total = tables.node_count + tables.relationship_count
    progress.start(f"load {edition.key} into {store.engine}", total)
    outcome = engine_named(store.engine).load(store, tables, progress)
    progress.finish(f"{tables.node_count:,} nodes, {tables.relationship_count:,} relationships")
    return LoadReport(
        edition.key,
        store.url,
        outcome,
        tables.node_count,
        tables.relationship_count,
        time.monotonic() - since,
    )
