"""Through the door for reading comes what reads the graph, and nothing else, on both engines."""

from __future__ import annotations

import pytest

from clusteratlas.errors import QueryRefused
from clusteratlas.graph import GraphStore
from clusteratlas.graph.reading_only import refuse_more_than_reading

ALLOWED = frozenset({"db.labels", "show_tables"})


@pytest.mark.parametrize(
    "cypher",
    [
        "MATCH (n) RETURN n",
        "optional match (n) return n",
        "EXPLAIN MATCH (n) RETURN n",
        "PROFILE\nMATCH (n) RETURN n;",
        "CALL db.labels() YIELD label RETURN label",
        "call DB.LABELS() yield label return label",
        "MATCH (n) CALL { WITH n RETURN 1 AS one } RETURN one",
        "MATCH (n) CALL (n) { RETURN 1 AS one } RETURN one",
        "MATCH (a)-[:CALL]->(b:LOAD) RETURN a.call, b.load, $call",
        "RETURN 'LOAD CSV FROM x; CALL dbms.killConnection()' AS text",
        "// LOAD CSV FROM 'x'\nRETURN 1 AS one",
        "MATCH (load) WITH load RETURN load",
        "MATCH (n {name: 'a'}) WHERE EXISTS { MATCH (n)-->() } RETURN n UNION ALL RETURN 1 AS n",
        "SHOW INDEXES YIELD name",
        "SHOW RANGE INDEXES",
    ],
)
def test_what_reads_the_graph_is_let_through(cypher: str) -> None:
    refuse_more_than_reading(cypher, "it", procedures=ALLOWED, shows={"INDEXES"})


REFUSED = [
    ("", "it is empty"),
    ("/* only */ // this", "it is empty"),
    ("RETURN 1; RETURN 2", "several statements"),
    ("CREATE (n) RETURN n", "does not begin with CREATE"),
    ("TERMINATE TRANSACTION 'neo4j-transaction-1'", "does not begin with TERMINATE"),
    ("SHOW TRANSACTIONS", "does not begin with SHOW"),
    ("SHOW SETTINGS YIELD name, value", "does not begin with SHOW"),
    ("USE system SHOW USERS", "does not begin with USE"),
    ("LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row", "does not begin with LOAD"),
    ("WITH 1 AS n LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row", "reads a file"),
    ("MATCH (n) load /* x */ csv WITH HEADERS FROM 'http://h/' AS r RETURN r", "reads a file"),
    ("CALL { LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row } RETURN row", "reads a file"),
    ("UNWIND [1] AS n LOAD FROM '/etc/passwd' RETURN *", "reads a file"),
    ("CALL dbms.killConnection('bolt-1')", "does not call dbms.killConnection"),
    ("CALL db.clearQueryCaches()", "does not call db.clearQueryCaches"),
    ("MATCH (n) CALL db.stats.clear('QUERIES') YIELD section RETURN n", "does not call db.stats"),
    ("CALL `dbms`.`killConnection`('bolt-1')", "does not call a quoted name"),
    ("CALL apoc.load.json('file:///etc/passwd') YIELD value RETURN value", "does not call apoc"),
    ("CALL threads=1", "does not call threads="),
    ("CALL threads = 1", "does not call threads="),
]


@pytest.mark.parametrize(("cypher", "said"), REFUSED)
def test_what_does_more_is_refused(cypher: str, said: str) -> None:
    with pytest.raises(QueryRefused, match=said):
        refuse_more_than_reading(cypher, "it", procedures=ALLOWED, shows={"INDEXES"})


@pytest.mark.parametrize("cypher", [cypher for cypher, _ in REFUSED])
def test_no_engine_runs_it(cypher: str, store: GraphStore) -> None:
    with pytest.raises(QueryRefused):
        store.read(cypher, name="sly")
