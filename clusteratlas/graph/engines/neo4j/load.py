"""Load an edition into Neo4j: batches through Bolt, each with its number in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clusteratlas.errors import StoreError
from clusteratlas.graph import ddl, sweep
from clusteratlas.graph.mapping import ENDS, GraphTables, NodeSet, RelationshipSet, arrow
from clusteratlas.graph.store import Outcome
from clusteratlas.graph.verify import miscounts
from clusteratlas.vocabulary.model import NODES, RELATIONSHIPS

if TYPE_CHECKING:
    import pandas as pd

    from clusteratlas.graph.engines.neo4j.store import Neo4jStore
    from clusteratlas.progress import Progress

BATCH = 10_000
"""Rows a transaction. The numbers of batches in a store count in this unit."""
_MARK = (
    "MERGE (e:Edition {key: $edition}) SET e.digest = $digest, e.load = $load, "
    "e.edition = $edition, e.losses = $losses, e.complete = $complete, e.batches = 0, "
    "e.nodes = $nodes, e.relationships = $relationships, e.first = NULL RETURN e.key"
)
_FIRST = "MATCH (e:Edition {key: $edition}) SET e.first = true RETURN e.key"
"""Until it is complete: nothing of the edition was there before."""
_COUNT = (
    "MATCH (e:Edition {key: $edition}) WHERE e.batches = $batch - 1 SET e.batches = $batch "
    "RETURN e.key"
)
"""Gives no row where the batch is there already."""


@dataclass(frozen=True)
class _Batch:
    cypher: str
    rows: list[list[Any]]
    name: str


def load_in_batches(store: Neo4jStore, tables: GraphTables, progress: Progress) -> Outcome:
    """Bring an edition into the store, going on behind the last batch that was committed.

    Every batch is written in one transaction with its number, so a lost connection leaves no doubt
    about which ones are there. Only a first load may create relationships without looking for them.
    The edition is complete when the store holds as many of each label and type as it has.

    Raises
    ------
    StoreError
        If the store holds another number of them at the end.
    """
    marker = _marker(store, tables.edition)
    resumed = marker is not None and marker["load"] == tables.load and not marker["complete"]
    done = int(marker["batches"]) if marker is not None and resumed else 0
    if not resumed:
        _mark(store, tables, complete=False)
    # A first load that was interrupted goes on as one: its batches are there once or not at all.
    create = marker is None or (resumed and bool(marker["first"]))
    if marker is None:
        store.write_leased([(_FIRST, {"edition": tables.edition})], name="mark edition")
    for number, batch in enumerate(_ahead(_batches(tables, create=create)), start=1):
        if number > done:
            count = {"edition": tables.edition, "batch": number}
            store.write_leased(
                [(_COUNT, count), (batch.cypher, {"rows": batch.rows, "edition": tables.edition})],
                name=batch.name,
            )
        progress.advance(len(batch.rows))
    if not create:
        _sweep(store, tables.edition, tables.load, [nodes.label for nodes in tables.nodes])
    _verify(store, tables)
    _mark(store, tables, complete=True)
    return "loaded" if marker is None else "resumed" if resumed else "changed"


def drop_in_parts(store: Neo4jStore, edition: str, progress: Progress) -> None:
    """Remove an edition; when it is interrupted, the next call or load goes on."""
    gone = {"edition": edition, "load": ""}
    store.write_leased(
        [("MATCH (e:Edition {key: $edition}) SET e.complete = false, e.load = $load", gone)],
        name="mark edition",
    )
    _sweep(store, edition, "", [label for label in NODES if label != "Edition"], progress.advance)
    store.write_leased(
        [("MATCH (e:Edition {key: $edition}) DETACH DELETE e", gone)], name="drop edition"
    )


def _verify(store: Neo4jStore, tables: GraphTables) -> None:
    """Take away what is there twice, and refuse an edition that is not there whole."""
    found = miscounts(store, tables)
    for wrong in found:
        if wrong.what in RELATIONSHIPS and wrong.held > wrong.due:
            for ends in RELATIONSHIPS[wrong.what].ends:
                _once_each(store, wrong.what, ends, tables.edition)
    wrong_still = miscounts(store, tables) if found else []
    if wrong_still:
        # The next load writes every batch again, and looks for what is there.
        store.write_leased(
            [
                (
                    "MATCH (e:Edition {key: $edition}) SET e.batches = 0, e.first = false",
                    {"edition": tables.edition},
                )
            ],
            name="mark edition",
        )
        raise StoreError(
            f"{store.url} does not hold {tables.edition} as it is: "
            f"{'; '.join(wrong.words for wrong in wrong_still[:3])}",
            hint="`clusteratlas load` writes it again; does another program write to the database?",
        )


def _once_each(store: Neo4jStore, type_: str, ends: tuple[str, str], edition: str) -> None:
    """Delete relationships of an edition that are there before between the same nodes."""
    own = "".join(f", r.{ddl.identifier(name)} AS {name}" for name in RELATIONSHIPS[type_].identity)
    by = "".join(f", {name}" for name in RELATIONSHIPS[type_].identity)
    store.alone(
        f"MATCH (a:{ends[0]}) CALL (a) {{ MATCH (a)-[r:{type_}]->(b:{ends[1]}) "
        f"WHERE r.edition = $edition WITH b, r{own} "
        f"WITH b{by}, collect(r) AS same WHERE size(same) > 1 UNWIND tail(same) AS x DELETE x }} "
        "IN TRANSACTIONS OF 1000 ROWS",
        {"edition": edition},
        f"repeated {type_}",
    )


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
        "RETURN e.load AS load, e.complete AS complete, e.batches AS batches, "
        "coalesce(e.first, false) AS first",
        {"edition": edition},
        name="edition",
    ).rows
    return rows[0] if rows else None


def _mark(store: Neo4jStore, tables: GraphTables, *, complete: bool) -> None:
    mark = {
        "edition": tables.edition,
        "digest": tables.digest,
        "load": tables.load,
        "losses": tables.losses,
        "complete": complete,
        "nodes": tables.node_count,
        "relationships": tables.relationship_count,
    }
    store.write_leased([(_MARK, mark)], name="mark edition")


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


def _sweep(
    store: Neo4jStore,
    edition: str,
    load: str,
    labels: Sequence[str],
    advance: Callable[[int], None] = lambda _: None,
) -> None:
    stamps = {"edition": edition, "load": load}
    for type_ in RELATIONSHIPS:
        stale = f"{sweep.stale_relationships(type_)} WITH r LIMIT {BATCH} DELETE r"
        _in_parts(store, stale, stamps, advance)
    for label in labels:
        _in_parts(
            store, f"{sweep.stale_nodes(label)} WITH n LIMIT {BATCH} DELETE n", stamps, advance
        )
        store.write_leased([(sweep.released_nodes(label), stamps)], name="release")


def _in_parts(
    store: Neo4jStore, deleting: str, stamps: dict[str, Any], advance: Callable[[int], None]
) -> None:
    text = f"{deleting} RETURN count(*) AS n"
    while n := int(store.write_leased([(text, stamps)], name="sweep")[0].rows[0]["n"]):
        advance(n)
