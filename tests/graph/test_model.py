"""The model, and the schema generated from it: conventions that hold for every entry."""

from __future__ import annotations

import dataclasses
import re

import pytest

from clusteratlas.editions.store.edition import open_edition
from clusteratlas.graph import ddl
from clusteratlas.graph.engines.ladybug.schema import ladybug_tables
from clusteratlas.graph.engines.neo4j.schema import neo4j_constraints, neo4j_indexes
from clusteratlas.graph.mapping import graph_tables
from clusteratlas.vocabulary.columns import INT, REAL
from clusteratlas.vocabulary.model import NODES, RELATIONSHIPS, STAMPS
from clusteratlas.vocabulary.tables import TABLES

STAMP_NAMES = [p.name for p in STAMPS]


@pytest.mark.parametrize("label", NODES)
def test_nodes_have_a_key_the_stamps_and_notes(label: str) -> None:
    node = NODES[label]
    columns = list(ddl.columns(node))
    assert columns[0] == "key"
    assert columns[-len(STAMP_NAMES) :] == STAMP_NAMES
    assert len(set(columns)) == len(columns)
    assert node.note.endswith(".")
    assert all(p.note for p in node.properties)


@pytest.mark.parametrize("type_", RELATIONSHIPS)
def test_relationships_join_labels_of_the_model(type_: str) -> None:
    relationship = RELATIONSHIPS[type_]
    columns = ddl.columns(relationship)
    assert set(relationship.identity) <= set(columns)
    assert {label for pair in relationship.ends for label in pair} <= set(NODES)
    assert set(relationship.tables) <= set(TABLES)
    assert type_ == type_.upper()


def test_every_number_with_a_dimension_says_its_unit() -> None:
    unitless = {"rank", "rank_lq", "seed", "coi"}
    nodes = [p for node in NODES.values() for p in node.properties]
    for p in [p for r in RELATIONSHIPS.values() for p in r.properties] + nodes:
        assert p.type not in {INT, REAL} or p.unit or p.name in unitless, p.name


@pytest.mark.parametrize("name", ["", "1a", "a b", "a)", "a;b", "a`b", "é", "a" * 64])
def test_identifiers_are_letters_digits_and_underscores(name: str) -> None:
    with pytest.raises(ValueError, match="cannot be a label"):
        ddl.identifier(name)


def test_one_table_and_one_constraint_each() -> None:
    tables = ladybug_tables()
    assert list(tables) == [*NODES, *RELATIONSHIPS]
    assert tables["RegionalCluster"] == (
        "CREATE NODE TABLE RegionalCluster(key STRING, name STRING, source STRING, vintage INT64, "
        "edition STRING, load STRING, PRIMARY KEY(key))"
    )
    assert tables["PART_OF"].startswith(
        "CREATE REL TABLE PART_OF(FROM Industry TO Industry, FROM Region TO Region, "
        "FROM Cluster TO Cluster, source STRING"
    )
    assert neo4j_constraints()["region_key"] == (
        "CREATE CONSTRAINT region_key IF NOT EXISTS FOR (n:Region) REQUIRE n.key IS UNIQUE"
    )
    # One more for the lease of a load, which is no part of the model.
    assert len(neo4j_constraints()) == len(NODES) + 1


def test_lookups_are_properties_of_the_model() -> None:
    for label, name in ddl.LOOKUPS:
        assert name in ddl.columns(NODES[label])
    assert set(neo4j_constraints()).isdisjoint(neo4j_indexes())


def test_the_layout_is_a_short_digest_of_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    before = ddl.layout()
    assert re.fullmatch(r"[0-9a-f]{16}", before)
    monkeypatch.setitem(NODES, "Sector", dataclasses.replace(NODES["Sector"], note="Changed."))
    assert ddl.layout() != before


def test_the_example_key_of_every_label_is_in_the_shipped_edition() -> None:
    for nodes in graph_tables(open_edition()).nodes:
        assert NODES[nodes.label].example in set(nodes.frame["key"]), nodes.label
