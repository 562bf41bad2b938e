"""The JSON Schema of an edition, held against real rows by a validator that is not ours."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from jsonschema import Draft202012Validator

from clusteratlas.editions.store.edition import Edition, open_edition
from clusteratlas.graph.mapping import GraphTables, graph_tables
from clusteratlas.vocabulary.json_schema import definition, edition_schema
from clusteratlas.vocabulary.model import NODES, RELATIONSHIPS
from clusteratlas.vocabulary.tables import TABLES

SCHEMA = edition_schema()
SAMPLE = 25


def validator(kind: str, name: str) -> Draft202012Validator:
    of_one = {"$ref": f"#/$defs/{definition(kind, name)}", "$defs": SCHEMA["$defs"]}
    return Draft202012Validator(of_one)


def plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as JSON has them."""
    few = frame.sample(min(SAMPLE, len(frame)), random_state=1)
    rows = few.astype(object).where(few.notna(), None).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in rows]


def without_nulls(rows: list[dict[str, Any]], *leave: str) -> list[dict[str, Any]]:
    return [{k: v for k, v in r.items() if v is not None and k not in leave} for r in rows]


@pytest.fixture(scope="module")
def shipped() -> Edition:
    return open_edition()


@pytest.fixture(scope="module")
def graph(tiny: Edition) -> GraphTables:
    return graph_tables(tiny)


def test_it_is_a_schema_of_every_table_label_and_type() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    names = [definition("table", t) for t in TABLES] + [definition("node", n) for n in NODES]
    assert list(SCHEMA["$defs"]) == names + [definition("relationship", r) for r in RELATIONSHIPS]


def test_rows_of_the_shipped_edition_are_allowed(shipped: Edition) -> None:
    document = {name: plain(shipped.table(name)) for name in TABLES}
    found = [e.json_path for e in Draft202012Validator(SCHEMA).iter_errors(document)]
    assert found == []
    assert sum(len(rows) for rows in document.values()) > 20 * SAMPLE


def test_nodes_and_relationships_are_allowed(graph: GraphTables) -> None:
    for nodes in graph.nodes:
        check = validator("node", nodes.label)
        for row in without_nulls(plain(nodes.frame)):
            assert [e.message for e in check.iter_errors(row)] == [], nodes.label
    for part in graph.relationships:
        check = validator("relationship", part.type)
        for row in without_nulls(plain(part.frame), "from", "to"):
            assert [e.message for e in check.iter_errors(row)] == [], part.type


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("memberships", {"mark": "corre"}, "'corre' is not one of"),
        ("memberships", {"stability": 1.5}, "1.5 is greater than the maximum of 1"),
        ("memberships", {"naics": None}, "None is not of type 'string'"),
        ("memberships", {"industries": 3}, "'industries' was unexpected"),
        ("floors", {"regions": 2.5}, "2.5 is not of type 'integer'"),
    ],
)
def test_what_a_column_does_not_allow_is_refused(
    shipped: Edition, name: str, change: dict[str, Any], said: str
) -> None:
    row = {**plain(shipped.table(name))[0], **change}
    (error,) = validator("table", name).iter_errors(row)
    assert said in error.message


def test_keys_references_and_units_are_told() -> None:
    measures = SCHEMA["$defs"]["table.measures"]
    assert measures["x-key"] == ["cluster", "region", "year"]
    assert measures["properties"]["region"]["x-refers"] == "regions"
    assert measures["properties"]["payroll"]["x-unit"] == "thousand USD"
    assert SCHEMA["$defs"]["relationship.MEASURED"]["x-ends"] == [["RegionalCluster", "Source"]]
