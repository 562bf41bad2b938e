"""Files for the offline importer, read by the real one."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from clusteratlas.editions.store.edition import Edition, write_edition
from clusteratlas.errors import InputError
from clusteratlas.graph import open_store
from clusteratlas.graph.engines.neo4j.importer import SCHEMA, SCRIPT, export_neo4j_admin
from clusteratlas.graph.engines.neo4j.schema import neo4j_constraints, neo4j_indexes
from clusteratlas.graph.load import load_edition
from clusteratlas.server.local import LocalServer, run_admin
from tests.conftest import QUICK_JAVA
from tests.graph.held import dump, held_by
from tests.tiny import tiny_tables


def _rows(path: Path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def test_headers_carry_keys_types_and_ends(tiny: Edition, tmp_path: Path) -> None:
    plan = export_neo4j_admin(tiny, tmp_path / "out")
    regions = _rows(plan.folder / "nodes-Region.csv")
    assert regions[0][:3] == ["key:ID(Region)", "type:string", "code:string"]
    assert "population:long" in regions[0]
    assert "longitude:double" in regions[0]
    nation = dict(zip(regions[0], next(r for r in regions if r[0] == "us"), strict=True))
    assert nation["population:long"] == "8000000"
    assert nation["longitude:double"] == ""
    measured = _rows(plan.folder / "relationships-MEASURED-RegionalCluster-Source.csv")
    assert measured[0][:3] == [":START_ID(RegionalCluster)", ":END_ID(Source)", "year:long"]
    assert "strong:boolean" in measured[0]
    # Three clusters in nine regions, but no boats in Middlesex; a family and two subclusters.
    assert len(measured) == 1 + 26 + 3 * 9


def test_the_plan_names_every_file(tiny: Edition, tmp_path: Path) -> None:
    plan = export_neo4j_admin(tiny, tmp_path / "out")
    assert (plan.nodes, plan.relationships) == (162 + 1, 429)
    on_disk = {p.name for p in plan.folder.iterdir()}
    assert on_disk == {*plan.files, SCRIPT, SCHEMA}
    arguments = plan.arguments(overwrite=True)
    assert arguments[:5] == ["database", "import", "full", "neo4j", "--overwrite-destination"]
    named = [a.split("=", 2)[2] for a in arguments[5:]]
    assert sorted(Path(n).name for n in named) == sorted(plan.files)
    assert all(Path(n).is_file() for n in named)
    script = (plan.folder / SCRIPT).read_text()
    assert all(file in script for file in plan.files)
    assert (plan.folder / SCRIPT).stat().st_mode & 0o111
    schema = (plan.folder / SCHEMA).read_text()
    assert schema.count(";\n") == len(neo4j_constraints()) + len(neo4j_indexes())


def test_quotes_commas_and_backslashes_survive(tmp_path: Path) -> None:
    tables = tiny_tables()
    name = 'A "quoted", name\\ of\ttwo'
    tables["regions"].loc[0, "name"] = name
    edition = write_edition(tmp_path / "odd", "tiny", tables, {})
    plan = export_neo4j_admin(edition, tmp_path / "out")
    rows = _rows(plan.folder / "nodes-Region.csv")
    assert next(r for r in rows if r[0] == "us")[rows[0].index("name:string")] == name


def test_an_export_is_replaced_and_nothing_else(tiny: Edition, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    first = export_neo4j_admin(tiny, folder)
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    assert export_neo4j_admin(tiny, folder) == first
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "thesis.txt").write_text("mine")
    for wrong in (taken, taken / "thesis.txt"):
        with pytest.raises(InputError, match="is no earlier export"):
            export_neo4j_admin(tiny, wrong)
    assert [p.name for p in taken.iterdir()] == ["thesis.txt"]


@pytest.mark.slow
@pytest.mark.neo4j
@pytest.mark.xdist_group("neo4j")
def test_the_real_importer_takes_them(server_installed: None, tmp_path: Path) -> None:
    """What it makes is what a load through Bolt makes, and a later load finds nothing to do."""
    tables = tiny_tables()
    tables["regions"].loc[0, "name"] = 'A "quoted", name'
    edition = write_edition(tmp_path / "odd", "tiny", tables, {})
    plan = export_neo4j_admin(edition, tmp_path / "out")
    home = tmp_path / "home"
    said = run_admin(plan.arguments(overwrite=True), home)
    counts = re.search(r"(\d+) nodes\s+(\d+) relationships", said)
    assert counts is not None, said
    assert (int(counts[1]), int(counts[2])) == (plan.nodes, plan.relationships)
    with LocalServer(home, bolt_port=0, http_port=0, java_options=QUICK_JAVA) as local:
        url = local.status().url
        with open_store(url, password=local.password()) as store:
            assert dump(store) == held_by(edition)
            assert load_edition(edition, store).outcome == "unchanged"
            names = {r["name"] for r in store.read("SHOW INDEXES YIELD name", name="i").rows}
            assert set(neo4j_constraints()) <= names
