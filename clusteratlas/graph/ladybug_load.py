"""Load an edition into the embedded engine: one transaction, copied from Arrow tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusteratlas.graph import ddl, sweep
from clusteratlas.graph.mapping import GraphTables, NodeSet, arrow
from clusteratlas.graph.model import NODES, RELATIONSHIPS
from clusteratlas.graph.store import Outcome

if TYPE_CHECKING:
    from clusteratlas.graph.ladybug_store import LadybugStore
    from clusteratlas.progress import Progress


def apply(store: LadybugStore, tables: GraphTables, progress: Progress) -> Outcome:
    """Bring an edition into the store, whole or not at all.

    Relationships of the edition's former load are deleted and all copied again, which is faster
    here than comparing them; nodes keep their identity.
    """
    known = any(e.key == tables.edition for e in store.editions())
    with store.transaction():
        if known:
            for type_ in RELATIONSHIPS:
                store.write(
                    f"MATCH ()-[r:{type_}]->() WHERE r.edition = $edition DELETE r",
                    {"edition": tables.edition},
                    name=f"delete {type_}",
                )
        for nodes in tables.nodes:
            if not nodes.frame.empty:
                _load_nodes(store, nodes, tables, known=known)
            progress.advance(len(nodes.frame))
        for relationships in tables.relationships:
            if not relationships.frame.empty:
                store.write(
                    f"COPY {relationships.type} FROM $frame "
                    f"(from='{relationships.start}', to='{relationships.end}')",
                    {"frame": arrow(relationships.frame)},
                    name=f"copy {relationships.type}",
                )
            progress.advance(len(relationships.frame))
        if known:
            _sweep(store, tables)
        store.write(
            "MERGE (e:Edition {key: $edition}) SET e.digest = $digest, e.load = $load, "
            "e.edition = $edition, e.complete = true, e.batches = 0, e.nodes = $nodes, "
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
    return "changed" if known else "loaded"


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


def _sweep(store: LadybugStore, tables: GraphTables) -> None:
    stamps = {"edition": tables.edition, "load": tables.load}
    for nodes in tables.nodes:
        store.write(f"{sweep.stale_nodes(nodes.label)} DELETE n", stamps, name="sweep")
        store.write(sweep.released_nodes(nodes.label), stamps, name="release")
