"""Load an edition into the embedded engine: one transaction, copied from Arrow tables."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from clusteratlas.errors import StoreError
from clusteratlas.graph import ddl, sweep
from clusteratlas.graph.engines.ladybug.schema import ladybug_tables
from clusteratlas.graph.mapping import GraphTables, NodeSet, arrow
from clusteratlas.graph.store import MEMORY, Outcome
from clusteratlas.vocabulary.model import NODES, RELATIONSHIPS

if TYPE_CHECKING:
    import pyarrow as pa

    from clusteratlas.graph.engines.ladybug.store import LadybugStore
    from clusteratlas.progress import Progress

_ROW_BYTES = 400
"""Room for a node or relationship during a load, old and new ones side by side; 120 are usual."""


def load_whole(store: LadybugStore, tables: GraphTables, progress: Progress) -> Outcome:
    """Bring an edition into the store, whole or not at all.

    A relationship table that held the edition before is made anew from what the other editions
    have in it and what this one brings: deleting from a table whose relationships meet in a few
    nodes takes the engine minutes. Nodes keep their identity.
    """
    _refuse_without_room(store, tables)
    there = next((e for e in store.editions() if e.key == tables.edition), None)
    known = there is not None
    with store.transaction():
        if known:
            for type_ in RELATIONSHIPS:
                _remake(store, type_, tables.edition)
        for nodes in tables.nodes:
            if not nodes.frame.empty:
                _load_nodes(store, nodes, tables, known=known)
            progress.advance(len(nodes.frame))
        for relationships in tables.relationships:
            if not relationships.frame.empty:
                frame = arrow(relationships.frame)
                _copy(store, relationships.type, relationships.start, relationships.end, frame)
            progress.advance(len(relationships.frame))
        if known:
            _sweep(store, tables)
        store.write(
            "MERGE (e:Edition {key: $edition}) SET e.digest = $digest, e.load = $load, "
            "e.edition = $edition, e.complete = false, e.batches = 0, e.nodes = $nodes, "
            "e.relationships = $relationships",
            {
                "edition": tables.edition,
                "digest": tables.digest,
                "load": tables.load,
                "nodes": tables.node_count,
                "relationships": tables.relationship_count,
            },
            name="mark edition",
        )
    # There may be a commit whose data never reached the file: only the checkpoint tells.
    store.write("CHECKPOINT", name="checkpoint")
    store.write(
        "MATCH (e:Edition {key: $edition}) SET e.complete = true",
        {"edition": tables.edition},
        name="mark edition",
    )
    if there is None:
        return "loaded"
    return "changed" if there.complete or there.load != tables.load else "resumed"


def _refuse_without_room(store: LadybugStore, tables: GraphTables) -> None:
    """Look before leaping: the engine may crash when the disk is full at a commit."""
    if store.url == MEMORY:
        return
    needed = (tables.node_count + tables.relationship_count) * _ROW_BYTES
    free = shutil.disk_usage(Path(store.url).absolute().parent).free
    if free < needed:
        raise StoreError(
            f"{store.url} needs up to {needed >> 20:,} MB and the disk has {free >> 20:,} MB left",
            hint="make room, or name another place with --store or CLUSTERATLAS_STORE",
        )


def _load_nodes(store: LadybugStore, nodes: NodeSet, tables: GraphTables, *, known: bool) -> None:
    count = store.write(f"MATCH (n:{nodes.label}) RETURN count(*) AS n", name="count").rows[0]["n"]
    if count == 0 or (nodes.private and not known):
        store.write(
            f"COPY {nodes.label} FROM $frame",
            {"frame": arrow(nodes.frame)},
            name=f"copy {nodes.label}",
        )
        return
    # The columns get other names so that none of them can be taken for a keyword.
    names = [name for name in ddl.columns(NODES[nodes.label]) if name not in {"key", "edition"}]
    frame = nodes.frame.drop(columns="edition").rename(columns=lambda name: f"col_{name}")
    values = ", ".join(f"n.{name} = col_{name}" for name in names)
    store.write(
        f"LOAD FROM $frame MERGE (n:{nodes.label} {{key: col_key}}) "
        f"SET n.edition = {sweep.shared_edition('n')}, {values}",
        {"frame": arrow(frame), "edition": tables.edition},
        name=f"merge {nodes.label}",
    )


def _remake(store: LadybugStore, type_: str, edition: str) -> None:
    """Drop a relationship table and make it again without the relationships of one edition."""
    declared = RELATIONSHIPS[type_]
    returned = ", ".join(f"r.{name}" for name in ddl.columns(declared))
    kept = {
        (start, end): store.read_arrow(
            f"MATCH (a:{start})-[r:{type_}]->(b:{end}) WHERE r.edition <> $edition "
            f"RETURN a.key, b.key, {returned}",
            {"edition": edition},
            name=f"keep {type_}",
        )
        for start, end in declared.ends
    }
    store.write(f"DROP TABLE {type_}", name=f"drop {type_}")
    store.write(ladybug_tables()[type_], name=f"create {type_}")
    for (start, end), frame in kept.items():
        if frame.num_rows:
            _copy(store, type_, start, end, frame)


def _copy(store: LadybugStore, type_: str, start: str, end: str, frame: pa.Table) -> None:
    store.write(
        f"COPY {type_} FROM $frame (from='{start}', to='{end}')",
        {"frame": frame},
        name=f"copy {type_}",
    )


def _sweep(store: LadybugStore, tables: GraphTables) -> None:
    stamps = {"edition": tables.edition, "load": tables.load}
    for nodes in tables.nodes:
        store.write(f"{sweep.stale_nodes(nodes.label)} DELETE n", stamps, name="sweep")
        store.write(sweep.released_nodes(nodes.label), stamps, name="release")
