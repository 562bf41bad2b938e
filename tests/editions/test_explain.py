"""The flow of an edition explained: every table, with its files and choices, and wired by type."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from typing import Any, get_args, get_origin, get_type_hints

import pandas as pd
import pytest

from clusteratlas.cli.main import main
from clusteratlas.editions.around.files import AROUND, IMPORTS, MEASURED, ROLES, SURVEY, ZIPS
from clusteratlas.editions.flow.explain import explain, flowchart
from clusteratlas.editions.flow.flow import Flow
from clusteratlas.editions.flow.recipe import read_recipe
from clusteratlas.editions.targets.opening import STAFF_BACK, open_flow
from clusteratlas.vocabulary.tables import ORGANIZATION_TABLES, TABLES


@pytest.fixture(scope="module")
def flow() -> Flow:
    return open_flow(read_recipe(), None).flow


def test_every_table_has_a_step_of_its_name_that_gives_a_frame(flow: Flow) -> None:
    tables = {one.name: one for one in flow.steps.values() if one.is_table}
    assert set(tables) >= set(TABLES) - ORGANIZATION_TABLES
    assert set(tables) <= set(TABLES)
    for one in tables.values():
        given = get_type_hints(one.make)["return"]
        assert given in {pd.DataFrame, pd.DataFrame | None}, one.name


def test_every_step_says_what_it_makes(flow: Flow) -> None:
    for one in flow.steps.values():
        assert one.summary.endswith("."), one.name


def test_what_a_step_takes_is_of_the_type_that_the_other_one_makes(flow: Flow) -> None:
    for one in flow.steps.values():
        hints = get_type_hints(one.make)
        for need in one.needs:
            other = flow.steps.get(need)
            if other is None:
                continue
            made = get_type_hints(other.make)["return"]
            apart = other.over is not None and (one.over != other.over or need in one.fixed)
            if apart and not other.is_table:
                assert get_origin(hints[need]) in {dict, Mapping}, (one.name, need)
                assert get_args(hints[need])[1] == made, (one.name, need)
            else:
                assert _plain(hints[need]) == _plain(made), (one.name, need)


def _plain(kind: Any) -> Any:
    """Mapping for dict, Sequence for list, a frame for one that may be missing."""
    if kind == pd.DataFrame | None:
        return pd.DataFrame
    args = get_args(kind)
    name = {"dict": "Mapping", "list": "Sequence"}.get(getattr(get_origin(kind), "__name__", ""))
    return (name or getattr(get_origin(kind), "__name__", kind), args) if args else kind


def test_a_table_depends_on_its_files_and_choices_in_order(flow: Flow) -> None:
    found = {one.name: one for one in explain(flow, "floors")}
    names = list(found)
    assert names[-1] == "floors"
    for one in found.values():
        for need in one.needs.split(", "):
            assert not need or names.index(need) < names.index(one.name)
    assert found["cbsa_employment"].value == "cbp-msa-2019"
    assert found["state_employment"].value == (
        "cbp-state-2021; cbp-state-2020 (years 2020); cbp-state-2019 (years 2019)"
    )
    assert found["completed_state"].over == "states"
    assert found["regional_figures"].over == "years"
    assert found["traded_rule"].kind == "choice"
    assert "boundaries" not in found
    # Other files of vintages are told where something is made for each vintage.
    assert found["io_use"].value == "bea-use-2017"
    tried = {one.name: one for one in explain(flow, "evaluations")}
    assert tried["io_use"].value == "bea-use-2017; bea-use-2007 (vintages b)"
    assert tried["occupations_matrix"].value == "oews-industries-2025; nem-2018 (vintages b)"
    # Of the later NAICS; that of vintage b has the edition's own.
    assert tried[STAFF_BACK].value.startswith("naics-concordance-2022; ")
    assert "oews-groups-2018 (vintages a)" in tried["occupations_group"].value


def test_everything_is_used(flow: Flow) -> None:
    every = explain(flow)
    files = {one.name for one in every if one.kind == "file"}
    may = {*AROUND, *ZIPS, MEASURED}
    assert files | {IMPORTS} == {*ROLES, *SURVEY, STAFF_BACK} - may | files & may
    needed = {need for one in every for need in one.needs.split(", ")}
    aside = {"titles", "six_digit_codes", "default_membership", "losses"}
    aside |= {"county_bridges", "county_list_bridges", "population_bridge"}
    for one in every:
        assert one.kind == "table" or one.name in needed | aside, one.name


def test_a_drawing_has_every_arrow(flow: Flow) -> None:
    found = explain(flow, "region_neighbors")
    lines = flowchart(found).splitlines()
    assert lines[0] == "flowchart LR"
    assert '  boundaries[("boundaries<br/>boundaries-2010")]' in lines
    assert "  boundaries --> region_neighbors" in lines
    assert len(lines) == 1 + len(found) + sum(
        len(one.needs.split(", ")) for one in found if one.needs
    )


def test_the_command_explains_in_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--explain", "sectors", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["name"] for row in rows if row["kind"] == "file"] == ["io_use", "io_make"]
    assert rows[-1]["name"] == "sectors"
    assert main(["build", "--explain", "sectors", "--format", "csv"]) == 0
    read = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["name"] for row in read] == [row["name"] for row in rows]
    assert main(["build", "--explain", "sectors"]) == 0
    assert "What sectors of us-2021 depends on" in capsys.readouterr().out
    assert main(["build", "--explain", "--mermaid"]) == 0
    assert "measures" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--explain", "mesures"], "did you mean measures"),
        (["measures"], "TABLE and --mermaid are for --explain"),
        (["--data", "x"], "Missing option '--out'"),
    ],
)
def test_what_cannot_be_explained(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", *arguments]) == 2
    assert said in capsys.readouterr().err
