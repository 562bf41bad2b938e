"""Units: every column of the house speaks one list."""

from __future__ import annotations

from dataclasses import fields

import pytest

from clusteratlas.editions.store.checks import faults
from clusteratlas.editions.store.edition import open_edition
from clusteratlas.queries.atlas.registry import QUESTIONS
from clusteratlas.vocabulary.model import NODES, RELATIONSHIPS
from clusteratlas.vocabulary.tables import TABLES
from clusteratlas.vocabulary.units import BOUNDS, UNITS


def test_money_says_its_scale() -> None:
    assert {u for u in UNITS if "USD" in u} == {"USD", "thousand USD", "million USD"}


@pytest.mark.parametrize("name", TABLES)
def test_units_of_tables(name: str) -> None:
    assert {f.unit for f in TABLES[name].columns} <= UNITS | {None}


@pytest.mark.parametrize("name", [*NODES, *RELATIONSHIPS])
def test_units_of_the_graph(name: str) -> None:
    declared = NODES[name] if name in NODES else RELATIONSHIPS[name]
    assert {p.unit for p in declared.properties} <= UNITS | {None}


@pytest.mark.parametrize("name", QUESTIONS)
def test_units_of_answers(name: str) -> None:
    assert {f.metadata.get("unit") for f in fields(QUESTIONS[name].row)} <= UNITS | {None}


def test_units_with_bounds_are_units() -> None:
    assert set(BOUNDS) <= UNITS


@pytest.mark.parametrize("name", TABLES)
def test_figures_of_the_shipped_edition_are_within_their_units(name: str) -> None:
    assert list(faults(TABLES[name], open_edition().table(name))) == []
