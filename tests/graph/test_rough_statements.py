"""Statements of rough hands: misspelt, endless, interrupted, writing more than is shown."""

from __future__ import annotations

import _thread
import signal
import threading
import time
from collections.abc import Iterator

import pytest

from clusteratlas.errors import QueryRefused, StoreError
from clusteratlas.graph import GraphStore
from clusteratlas.graph.engines.neo4j.stopping import ended_by_ctrl_c
from tests.conftest import Neo4jServer

ENDLESS = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a * b) AS n"


@pytest.mark.parametrize(
    ("cypher", "meant"),
    [
        ("MATCH (c:Clutser) RETURN c.name AS n", "Cluster"),
        ("MATCH (c:Cluster) RETURN c.nmae AS n", "name"),
        ("MATCH (c:Cluster)-[:SUPLIES]->() RETURN c.name AS n", "SUPPLIES"),
    ],
)
def test_a_misspelt_name_is_said_with_what_was_meant(
    store: GraphStore, cypher: str, meant: str
) -> None:
    store.prepare_schema()
    if store.capabilities.typed:
        with pytest.raises(QueryRefused) as caught:
            store.read(cypher, name="misspelt")
        assert caught.value.hint == f"did you mean {meant}?"
    else:
        (warning,) = store.read(cypher, name="misspelt").warnings
        assert warning.startswith("the graph has no ")
        assert warning.endswith(f"; did you mean {meant}?")


def test_names_of_the_model_are_no_mistakes(store: GraphStore) -> None:
    store.prepare_schema()
    found = store.read("MATCH (c:Cluster)-[:SUPPLIES]->(d) RETURN c.name AS n", name="right")
    assert found.warnings == ()


def test_writing_statements_have_a_limit_and_an_end(store: GraphStore) -> None:
    store.prepare_schema()
    text = "UNWIND range(1, 5) AS i CREATE (r:Region {key: 'x' + %s}) RETURN r.key AS k"
    number = "CAST(i AS STRING)" if store.capabilities.typed else "toString(i)"
    found = store.write(text % number, name="write", limit=2)
    assert (len(found.rows), found.truncated) == (2, True)
    assert store.info().nodes["Region"] == 5
    began = time.monotonic()
    with pytest.raises(StoreError, match="was stopped"):
        store.write(ENDLESS, name="endless", timeout=1)
    assert time.monotonic() - began < 15


@pytest.fixture
def heard() -> Iterator[None]:
    """Hear Ctrl-C, which a process that a shell started in the background does not."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heard")
def test_ctrl_c_terminates_what_runs_and_errors_come_through() -> None:
    ended = threading.Event()
    threading.Timer(0.3, _thread.interrupt_main).start()
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        ended_by_ctrl_c(lambda: ended.wait(60), ended.set)
    assert ended.is_set()
    assert time.monotonic() - began < 10
    assert ended_by_ctrl_c(lambda: 7, ended.set) == 7
    with pytest.raises(ZeroDivisionError):
        ended_by_ctrl_c(lambda: 1 // 0, ended.set)


@pytest.mark.usefixtures("heard")
def test_ctrl_c_ends_a_statement_here_and_on_the_server(
    neo4j_server: Neo4jServer, store: GraphStore
) -> None:
    if store.capabilities.atomic_load:
        pytest.skip("an embedded statement ends with its process")
    threading.Timer(2, _thread.interrupt_main).start()
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        store.read(ENDLESS, name="endless")
    assert time.monotonic() - began < 2 + 5
    import neo4j

    with neo4j.GraphDatabase.driver(
        neo4j_server.url, auth=(neo4j_server.user, neo4j_server.password)
    ) as driver:
        running = driver.execute_query(
            "SHOW TRANSACTIONS YIELD currentQuery, status WHERE currentQuery STARTS WITH 'UNWIND' "
            "AND status = 'Running' RETURN currentQuery"
        ).records
    assert running == []
