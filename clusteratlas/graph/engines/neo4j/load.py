"""Load an edition into Neo4j: batches through Bolt, each with its number in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clusteratlas.graph import ddl, sweep
from clusteratlas.graph.mapping import ENDS, GraphTables, NodeSet, RelationshipSet, arrow
from clusteratlas.graph.store import Outcome
from clusteratlas.vocabulary.model import NODES, RELATIONSHIPS

if TYPE_CHECKING:
    import pandas as pd

    from clusteratlas.graph.engines.neo4j.store import Neo4jStore
    from clusteratlas.progress import Progress

BATCH = 10_000
"""Rows a transaction. The numbers of batches in a store count in this unit."""


@dataclass(frozen=True)
class _Batch:
    cypher: str
    rows: list[list[Any]]
    name: str


def load_in_batches(store: Neo4jStore, tables: GraphTables, progress: Progress) -> Outcome:
    """Bring an edition into the store, going on behind the last batch that was committed.

    Every batch is written in one transaction with its number, so a lost connection leaves no doubt
    about which ones are there. Only a first load may create relationships without looking for them.
    """
    marker = _marker(store, tables.edition)
    resumed = marker is not None and marker["load"] == tables.load and not marker["complete"]
    done = int(marker["batches"]) if marker is not None and resumed else 0
    if not resumed:
        _mark(store, tables, complete=False)
    batches = _batches(tables, create=marker is None)
    for number, batch in enumerate(_ahead(batches), start=1):
        if number > done:
            count = {"edition": tables.edition, "batch": number}
            store.write_together(
                [
                    (batch.cypher, {"rows": batch.rows, "edition": tables.edition}),
                    ("MATCH (e:Edition {key: $edition}) SET e.batches = $batch", count),
                ],
                name=batch.name,
            )
        progress.advance(len(batch.rows))
    if marker is not None:
        _sweep(store, tables)
    _mark(store, tables, complete=True)
    return "loaded" if marker is None else "resumed" if resumed else "changed"


def _ahead(batches: Iterator[_Batch]) -> Iterator[_Batch]:
    """Prepare the next batch while the server is busy with this one."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        following = pool.submit(next, batches, None)
        while (batch := following.result()) is not None:
            following = pool.submit(next, batches, None)
            yield batch


def _marker(store: Neo4jStore, edition: str) -> dict[str, Any] | None:
    rows = store.read(
        "MATCH (e:Edition {key: $edition}) "
        "RETURN e.load AS load, e.complete AS complete, e.batches AS batches",
        {"edition": edition},
        name="edition",
    ).rows
    return rows[0] if rows else None


def _mark(store: Neo4jStore, tables: GraphTables, *, complete: bool) -> None:
    store.write(
        "MERGE (e:Edition {key: $edition}) SET e.digest = $digest, e.load = $load, "
        "e.edition = $edition, e.complete = $complete, e.batches = 0, e.nodes = $nodes, "
        "e.relationships = $relationships",
        {
            "edition": tables.edition,
            "digest": tables.digest,
            "load": tables.load,
            "complete": complete,
            "nodes": tables.node_count,
            "relationships": tables.relationship_count,
        },
        name="mark edition",
    )


def _batches(tables: GraphTables, *, create: bool) -> Iterator[_Batch]:
    for nodes in tables.nodes:
        cypher = _node_text(nodes, create=create)
        for rows in _slices(nodes.frame):
            yield _Batch(cypher, rows, f"load {nodes.label}")
    for relationships in tables.relationships:
        cypher = _relationship_text(relationships, create=create)
        for rows in _slices(relationships.frame):
            yield _Batch(cypher, rows, f"load {relationships.type}")


def _slices(frame: pd.DataFrame) -> Iterator[list[list[Any]]]:
    """Rows as lists: half as many bytes on the wire as maps."""
    for start in range(0, len(frame), BATCH):
        part = arrow(frame.iloc[start : start + BATCH])
        columns = [column.to_pylist() for column in part.columns]
        yield [list(row) for row in zip(*columns, strict=True)]


def _map(names: list[str], skip: set[str]) -> str:
    """Map of properties out of a row; one map costs the server less than one SET a property."""
    pairs = (f"{name}: row[{i}]" for i, name in enumerate(names) if name not in skip)
    return f"{{{', '.join(pairs)}}}"


def _node_text(nodes: NodeSet, *, create: bool) -> str:
    names = list(ddl.columns(NODES[nodes.label]))
    if nodes.private and create:
        return f"UNWIND $rows AS row CREATE (n:{nodes.label} {_map(names, set())})"
    merge = f"UNWIND $rows AS row MERGE (n:{nodes.label} {{key: row[0]}})"
    if nodes.private:
        return f"{merge} SET n += {_map(names, {'key'})}"
    held = sweep.shared_edition("n")
    return f"{merge} SET n.edition = {held}, n += {_map(names, {'key', 'edition'})}"


def _relationship_text(relationships: RelationshipSet, *, create: bool) -> str:
    declared = RELATIONSHIPS[relationships.type]
    names = [*ENDS, *ddl.columns(declared)]
    found = (
        "UNWIND $rows AS row "
        f"MATCH (a:{relationships.start} {{key: row[0]}}) "
        f"MATCH (b:{relationships.end} {{key: row[1]}}) "
    )
    if create:
        return f"{found}CREATE (a)-[:{relationships.type} {_map(names, set(ENDS))}]->(b)"
    own = set(declared.identity)
    return (
        f"{found}MERGE (a)-[r:{relationships.type} {_map(names, set(names) - own)}]->(b) "
        f"SET r += {_map(names, own | set(ENDS))}"
    )


def _sweep(store: Neo4jStore, tables: GraphTables) -> None:
    stamps = {"edition": tables.edition, "load": tables.load}
    for type_ in RELATIONSHIPS:
        _in_parts(
            store, f"{sweep.stale_relationships(type_)} WITH r LIMIT {BATCH} DELETE r", stamps
        )
    for nodes in tables.nodes:
        _in_parts(store, f"{sweep.stale_nodes(nodes.label)} WITH n LIMIT {BATCH} DELETE n", stamps)
        store.write(sweep.released_nodes(nodes.label), stamps, name="release")


def _in_parts(store: Neo4jStore, deleting: str, stamps: dict[str, Any]) -> None:
    while store.write(f"{deleting} RETURN count(*) AS n", stamps, name="sweep").rows[0]["n"]:
        pass
