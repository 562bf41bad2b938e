"""Object-graph classes and subgraphs for py2neo, against the real server."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import networkx as nx
import pytest

from clusteratlas.editions.store.edition import Edition
from clusteratlas.graph import open_store
from clusteratlas.graph.engines.neo4j.py2neo_models import models, subgraph
from clusteratlas.graph.load import load_edition
from clusteratlas.graph.mapping import graph_tables
from clusteratlas.graph.store import GraphStore
from clusteratlas.queries.atlas.library import open_atlas
from clusteratlas.vocabulary.keys import label_of
from clusteratlas.vocabulary.model import NODES, RELATIONSHIPS
from tests.conftest import Neo4jServer

try:
    import py2neo
except ModuleNotFoundError:
    if os.environ.get("CI") == "true":
        raise
    pytest.skip("the extra [py2neo] is not installed", allow_module_level=True)

# py2neo was last released in 2021 and uses names that Python has since deprecated.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

DRUGS = "tiny/algorithm:drugs"


@pytest.fixture(scope="module")
def edition(tiny: Edition) -> Edition:
    return tiny


@pytest.fixture(scope="module")
def loaded(edition: Edition, neo4j_server: Neo4jServer) -> Iterator[Neo4jServer]:
    server = neo4j_server
    with open_store(server.url, user=server.user, password=server.password) as store:
        store.wipe()
        load_edition(edition, store)
        yield server
        store.wipe()


@pytest.fixture
def close() -> Iterator[ExitStack]:
    """What has to be closed: py2neo leaves its connections open."""
    with ExitStack() as stack:
        yield stack


def test_every_key_says_its_label(edition: Edition) -> None:
    for nodes in graph_tables(edition).nodes:
        said = {"Record": "Organization", "Register": "Source"}.get(nodes.label, nodes.label)
        for key in nodes.frame["key"]:
            assert label_of(key) == said, key


def test_a_class_has_the_properties_of_its_label() -> None:
    made = models()
    assert set(made) == set(NODES)
    assert made["Cluster"].__primarykey__ == "key"
    assert {p.name for p in NODES["Cluster"].properties} <= set(vars(made["Cluster"]))
    assert "member_of" in vars(made["Industry"])
    assert "member_of_from" in vars(made["Cluster"])
    # Two labels are located in regions, so a region cannot tell them apart.
    assert len(RELATIONSHIPS["LOCATED_IN"].ends) == 2
    assert "located_in_from" not in vars(made["Region"])
    assert "located_in" in vars(made["Organization"])


def test_a_network_becomes_a_subgraph() -> None:
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_node("cbsa:14460", name="Boston")
    network.add_node(DRUGS, name="Drugs", jobs=None)
    network.add_edge(DRUGS, "cbsa:14460", link="LOCATED_IN", lq=2.0)
    made = subgraph(network)
    assert {frozenset(n.labels) for n in made.nodes} == {
        frozenset({"Region"}),
        frozenset({"Cluster"}),
    }
    (link,) = made.relationships
    assert (type(link).__name__, dict(link)) == ("IN_ANSWER", {"link": "LOCATED_IN", "lq": 2.0})
    assert all(set(n) == {"key"} for n in made.nodes)


@pytest.mark.neo4j
def test_objects_lead_to_their_neighbors(loaded: Neo4jServer, close: ExitStack) -> None:
    from py2neo.ogm import Repository

    made = models()
    repository: Any = Repository(loaded.url, auth=(loaded.user, loaded.password))
    close.callback(repository.graph.service.connector.close)
    cluster = repository.match(made["Cluster"], DRUGS).first()
    assert cluster.name == "Drugs"
    assert sorted(i.naics for i in cluster.member_of_from) == ["325411", "325412", "541714"]
    assert [d.key for d in cluster.defined_by] == ["tiny/algorithm"]
    (company,) = repository.match(made["Organization"], "cik:0000000101")
    assert {p.name for p in company.located_in} == {"Middlesex County, MA"}


@pytest.mark.neo4j
def test_a_subgraph_merges_into_the_loaded_atlas(loaded: Neo4jServer, close: ExitStack) -> None:
    with open_store(loaded.url, user=loaded.user, password=loaded.password) as store:
        answer = open_atlas(store).ask("trace", a="325411", b="boats")
        before, held = store.info(), _everything(store)
        graph: Any = py2neo.Graph(loaded.url, auth=(loaded.user, loaded.password))
        close.callback(graph.service.connector.close)
        graph.merge(answer.to_py2neo())
        links = "MATCH (a)-[r:IN_ANSWER]->(b) RETURN a.key AS a, b.key AS b, r.link AS link"
        assert store.read(links, name="links").rows
        assert (store.info().nodes, _everything(store)) == (before.nodes, held)
        graph.run("MATCH ()-[r:IN_ANSWER]->() DELETE r")
        assert store.info() == before


def _everything(store: GraphStore) -> list[str]:
    """Properties of all nodes, and of the relationships that a load brings."""
    nodes = "MATCH (n) RETURN properties(n) AS facts, labels(n) AS kind"
    links = (
        "MATCH (a)-[r]->(b) WHERE type(r) <> 'IN_ANSWER' "
        "RETURN properties(r) AS facts, [a.key, type(r), b.key] AS kind"
    )
    rows = [*store.read(nodes, name="nodes").rows, *store.read(links, name="links").rows]
    return sorted(json.dumps(row, sort_keys=True, default=str) for row in rows)
