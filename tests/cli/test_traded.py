"""``clusteratlas traded``: exceptions, types, and what it says of an older edition."""

from __future__ import annotations

from pathlib import Path

from clusteratlas.editions.store.edition import Edition, write_edition
from tests.cli.conftest import Run
from tests.tiny import tiny_tables


def test_exceptions_of_the_shipped_edition_in_every_format(run: Run) -> None:
    rows = run("traded", "exceptions", "--format", "json").json
    assert len(rows) > 50
    assert {"naics", "title", "rule", "judged", "reason", "traded_score"} <= set(rows[0])
    lines = run("traded", "exceptions", "--format", "csv").out.splitlines()
    assert len(lines) == len(rows) + 1
    assert f"{len(rows)} judged exceptions" in run("traded", "exceptions").out


def test_types_are_counted(run: Run, edition: Edition) -> None:
    rows = run("traded", "types", str(edition.path), "--format", "json").json
    assert sum(row["industries"] for row in rows) == 7
    assert {row["type"] for row in rows} == {"local", "regional", "traded"}


def test_an_edition_without_types_says_what_to_do(run: Run, tmp_path: Path) -> None:
    tables = tiny_tables()
    tables["industries"]["type"] = None
    write_edition(tmp_path / "old", "tiny", tables, {"parameters": {}, "seeds": {}})
    ran = run("traded", "types", str(tmp_path / "old"))
    assert ran.code == 6
    assert "before industries had a type" in ran.err
    assert "clusteratlas build" in ran.err


def test_a_check_needs_labels(run: Run, tmp_path: Path) -> None:
    ran = run("traded", "check", "--data", str(tmp_path), "--against", str(tmp_path / "none.csv"))
    assert ran.code == 2
    assert "none.csv cannot be read" in ran.err
