"""The door: one suite over both engines."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from clusteratlas.errors import InputError, QueryRefused, StoreError, StoreUnavailable
from clusteratlas.graph import GraphStore, ddl, lint_store, open_store
from clusteratlas.graph.open import default_path
from clusteratlas.graph.store import plain
from clusteratlas.vocabulary.model import NODES, RELATIONSHIPS
from tests.conftest import Neo4jServer

WRITES = [
    "CREATE (:Region {key: 'x'})",
    "MERGE (:Region {key: 'x'})",
    "MATCH (n:Region) SET n.name = 'x'",
    "MATCH (n:Region) DELETE n",
    "MATCH (a:Region), (b:Region) CREATE (a)-[:PART_OF]->(b)",
]


@pytest.fixture
def typed(store: GraphStore) -> GraphStore:
    store.prepare_schema()
    store.write(
        "CREATE (a:Region {key: 'us', name: 'United States', population: 3}) "
        "CREATE (b:Region {key: 'state:25', name: 'Massachusetts', longitude: 1.5}) "
        "CREATE (b)-[:PART_OF {edition: 'x'}]->(a)",
        name="fill",
    )
    return store


def test_rows_have_the_columns_of_the_query(typed: GraphStore) -> None:
    rows = typed.read(
        "MATCH (r:Region {key: $key}) RETURN r.name AS name, r.population AS population",
        {"key": "us"},
        name="one region",
    )
    assert rows.columns == ("name", "population")
    assert rows.rows == [{"name": "United States", "population": 3}]
    assert not rows.truncated


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("sum(r.population)", 3),
        ("count(*)", 2),
        ("avg(r.longitude)", 1.5),
        ("collect(r.population)", [3]),
        ("max(r.name)", "United States"),
        ("sum(r.longitude) > 1", True),
    ],
)
def test_values_are_plain(typed: GraphStore, expression: str, value: object) -> None:
    rows = typed.read(f"MATCH (r:Region) RETURN {expression} AS value", name="value").rows
    assert rows == [{"value": value}]
    assert type(rows[0]["value"]) is type(value)


def test_nodes_relationships_and_paths_look_the_same(typed: GraphStore) -> None:
    row = typed.read(
        "MATCH p = (a:Region)-[r:PART_OF]->(b:Region) RETURN a, r, p", name="graph values"
    ).rows[0]
    massachusetts = {
        "_label": "Region",
        "key": "state:25",
        "name": "Massachusetts",
        "longitude": 1.5,
    }
    part_of = {"_type": "PART_OF", "edition": "x"}
    nation = {"_label": "Region", "key": "us", "name": "United States", "population": 3}
    assert row["a"] == massachusetts
    assert row["r"] == part_of
    assert row["p"] == {"nodes": [massachusetts, nation], "relationships": [part_of]}


def test_a_limit_says_that_there_was_more(typed: GraphStore) -> None:
    query = "UNWIND range(1, 5) AS i RETURN i ORDER BY i"
    assert [r["i"] for r in typed.read(query, name="five", limit=2).rows] == [1, 2]
    assert typed.read(query, name="five", limit=2).truncated
    assert not typed.read(query, name="five", limit=5).truncated


@pytest.mark.parametrize("cypher", WRITES)
def test_reading_never_writes(typed: GraphStore, cypher: str) -> None:
    before = typed.info()
    with pytest.raises(
        QueryRefused, match=r"only reading is allowed|does not begin with"
    ) as caught:
        typed.read(cypher, name="sly")
    assert caught.value.query == "sly"
    assert "--write" in str(caught.value.hint)
    assert typed.info() == before


@pytest.mark.parametrize("cypher", WRITES)
def test_a_refused_write_leaves_the_store_usable(typed: GraphStore, cypher: str) -> None:
    with pytest.raises(QueryRefused):
        typed.read(cypher, name="sly")
    assert typed.read("RETURN 1 AS one", name="after").rows == [{"one": 1}]
    typed.write("MATCH (n:Region {key: 'us'}) SET n.population = 4", name="write")
    assert typed.read("MATCH (n:Region) RETURN sum(n.population) AS n", name="sum").rows == [
        {"n": 4}
    ]


def test_a_syntax_error_shows_the_place(typed: GraphStore) -> None:
    with pytest.raises(QueryRefused) as caught:
        typed.read("MATCH (n:Region)\nRETRUN n.key", name="typo")
    first, text, caret = caught.value.detail.split("\n")
    assert "line 2, column 1" in first
    assert text.strip() == "RETRUN n.key"
    assert caret == "  ^"


def test_a_missing_parameter_is_refused(typed: GraphStore) -> None:
    with pytest.raises(QueryRefused, match="key"):
        typed.read("MATCH (n:Region {key: $key}) RETURN n.name AS name", name="missing")


def test_an_unknown_function_is_refused(typed: GraphStore) -> None:
    with pytest.raises(QueryRefused, match=r"(?i)nonsense"):
        typed.read("RETURN nonsense(1) AS x", name="function")


def test_a_timeout_stops_the_query(typed: GraphStore) -> None:
    slow = (
        "UNWIND range(1, 100000) AS i UNWIND range(1, 100000) AS j "
        "WITH i, j WHERE i % 7 = j % 11 RETURN sum(i * j) AS n"
    )
    with pytest.raises(StoreError, match=r"was stopped after 0\.3 s"):
        typed.read(slow, name="slow", timeout=0.3)
    assert typed.read("RETURN 1 AS one", name="after").rows == [{"one": 1}]


def test_info_counts_by_label_and_type(typed: GraphStore) -> None:
    info = typed.info()
    assert info.engine == typed.engine
    assert info.url == typed.url
    assert info.version[0].isdigit()
    assert info.nodes == {label: 2 if label == "Region" else 0 for label in NODES}
    assert info.relationships == {t: 1 if t == "PART_OF" else 0 for t in RELATIONSHIPS}
    assert info.editions == ()


def test_an_untouched_store_has_nothing(store: GraphStore) -> None:
    info = store.info()
    assert sum(info.nodes.values()) == sum(info.relationships.values()) == 0
    assert info.editions == store.editions() == ()


def test_the_schema_may_be_prepared_twice(typed: GraphStore) -> None:
    before = typed.info()
    typed.prepare_schema()
    assert typed.info() == before


def test_keys_are_unique(typed: GraphStore) -> None:
    with pytest.raises(StoreError, match="us"):
        typed.write("CREATE (:Region {key: 'us'})", name="again")


def test_wipe_leaves_nothing_and_the_store_can_be_used_again(typed: GraphStore) -> None:
    typed.wipe()
    assert sum(typed.info().nodes.values()) == 0
    typed.prepare_schema()
    typed.write("CREATE (:Region {key: 'us'})", name="again")
    assert typed.info().nodes["Region"] == 1


def test_a_misspelt_label_is_refused(typed: GraphStore, request: pytest.FixtureRequest) -> None:
    if not typed.capabilities.typed:
        reason = "the engine knows no labels beforehand: it answers with no rows"
        request.node.add_marker(pytest.mark.xfail(reason=reason, strict=True))
    with pytest.raises(QueryRefused):
        typed.read("MATCH (n:Regoin) RETURN n.key AS key", name="misspelt")


def test_column_types_of_the_lint_store() -> None:
    with lint_store() as linter:
        types = linter.columns(
            "MATCH (c:RegionalCluster)-[m:MEASURED]->(:Source) WHERE c.key = $key RETURN "
            "c.name AS name, sum(m.jobs) AS jobs, m.lq AS lq, m.strong AS strong",
            {"key": "x"},
            name="types",
        )
        assert types == {"name": "STRING", "jobs": "INT64", "lq": "DOUBLE", "strong": "BOOL"}
        with pytest.raises(QueryRefused, match="population_density"):
            linter.columns("MATCH (r:Region) RETURN r.population_density AS x", name="lint")


@pytest.mark.parametrize("url", ["http://localhost:7474", "neo4j://", "bolt://a b", "ftp://x"])
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(InputError, match="is not the address of a store"):
        open_store(url)


def test_a_port_that_is_no_number_is_refused() -> None:
    with pytest.raises(InputError, match="not the address of a server"):
        open_store("bolt://localhost:port")


def test_the_environment_names_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLUSTERATLAS_STORE", str(tmp_path / "mine.lbug"))
    with open_store() as opened:
        assert opened.url == str(tmp_path / "mine.lbug")
    monkeypatch.delenv("CLUSTERATLAS_STORE")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with open_store() as opened:
        assert opened.url == str(default_path())
    assert default_path().name == f"atlas-{ddl.layout()[:8]}.lbug"


def test_nobody_at_the_address() -> None:
    with pytest.raises(StoreUnavailable, match=r"no Neo4j server answers at bolt://127\.0\.0\.1:9"):
        open_store("bolt://127.0.0.1:9")


def test_wrong_password(neo4j_server: Neo4jServer) -> None:
    with pytest.raises(StoreError, match="refused user 'neo4j'") as caught:
        open_store(neo4j_server.url, user="neo4j", password=neo4j_server.password + "x")
    assert "NEO4J_PASSWORD" in str(caught.value.hint)
    assert not isinstance(caught.value, StoreUnavailable)


def test_wrong_database(neo4j_server: Neo4jServer) -> None:
    server = neo4j_server
    with pytest.raises(StoreError, match="has no database 'elsewhere'") as caught:
        open_store(server.url, user=server.user, password=server.password, database="elsewhere")
    assert "NEO4J_DATABASE" in str(caught.value.hint)


def test_credentials_from_the_environment(
    neo4j_server: Neo4jServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_USER", neo4j_server.user)
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j_server.password)
    monkeypatch.setenv("NEO4J_DATABASE", "neo4j")
    for scheme in ("bolt://", "neo4j://"):
        with open_store(scheme + neo4j_server.url.split("://")[1]) as opened:
            assert opened.read("RETURN 1 AS one", name="one").rows == [{"one": 1}]
    assert os.environ["NEO4J_DATABASE"] == "neo4j"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (float("nan"), None),
        ([float("nan"), 1], [None, 1]),
        ({"a": (1, 2)}, {"a": [1, 2]}),
        ("ab", "ab"),
    ],
)
def test_plain_values(value: Any, expected: object) -> None:
    assert plain(value) == expected
