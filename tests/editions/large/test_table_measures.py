"""One SQL text on DuckDB: the figures of `measure` in memory, and what cannot be used."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.measures import made_up
from clusteratlas.cli.main import main
from clusteratlas.editions.large.synthetic import write_synthetic
from clusteratlas.editions.large.table_measures import measure_large
from clusteratlas.editions.store.edition import open_edition
from clusteratlas.errors import AnalysisError, ClusterAtlasError, InputError
from clusteratlas.loaders.engines.engine import EngineName, SqlEngine
from clusteratlas.loaders.engines.memory import megabytes_of
from clusteratlas.loaders.engines.opening import open_engine
from tests.editions.large.tables import framed, of_the_edition, same_as_in_memory


@pytest.fixture(scope="module")
def engine() -> Iterator[SqlEngine]:
    with open_engine(EngineName.duckdb, megabytes=500) as opened:
        yield opened


def test_the_shipped_edition(engine: SqlEngine, tmp_path: Path) -> None:
    """Areas and states of two years: each type has pools of its own."""
    path = of_the_edition(tmp_path / "cells.parquet", (2020, 2021), ("ea", "state"))
    frame = same_as_in_memory(engine, path)
    assert len(frame) > 35_000
    assert 0 < frame["strong10"].sum() < frame["strong"].sum()


def test_a_nation_of_its_own(engine: SqlEngine, tmp_path: Path) -> None:
    cells = made_up(60, 12, years=(2020, 2021))
    totals = cells.groupby(["cluster", "year", "traded"], as_index=False)["employment"].sum()
    totals["employment"] += 1000
    more = pd.DataFrame({"cluster": ["space"], "year": 2021, "traded": True, "employment": 12345})
    pd.concat([totals, more]).to_csv(tmp_path / "nation.csv", index=False)
    # Neither the kinds nor the order need be said by the cells.
    cells.drop(columns="traded").to_csv(tmp_path / "cells.csv", index=False)
    frame = same_as_in_memory(engine, tmp_path / "cells.csv", tmp_path / "nation.csv")
    assert frame["national_share"].max() < 1


def test_one_year_that_only_one_side_names(engine: SqlEngine, tmp_path: Path) -> None:
    (tmp_path / "nation.csv").write_text("cluster,employment\nx,10\ny,20\n")
    (tmp_path / "cells.csv").write_text(
        "region,cluster,employment,establishments,year\nA,x,5,1,2020\nB,y,9,2,2020\n"
    )
    frame = same_as_in_memory(engine, tmp_path / "cells.csv", tmp_path / "nation.csv")
    assert frame["national_share"].tolist() == [0.5, 0.45]


ROWS = st.lists(
    st.tuples(
        st.sampled_from("ABCDE"),
        st.sampled_from(["drugs", "boats", "shops", "mines"]),
        st.sampled_from([2020, 2021]),
        st.integers(0, 400).map(lambda quarters: quarters / 4),
        st.integers(0, 9),
    ),
    min_size=1,
    max_size=40,
    unique_by=lambda row: row[:3],
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, typed=st.booleans(), kinds=st.booleans(), years=st.booleans())
def test_small_tables(
    engine: SqlEngine, tmp_path: Path, rows: Any, typed: bool, kinds: bool, years: bool
) -> None:
    """Ties, zeros, regions and clusters without jobs, pools of one or none."""
    cells = pd.DataFrame(
        rows, columns=["region", "cluster", "year", "employment", "establishments"]
    )
    if not years:
        cells = cells.drop(columns="year").drop_duplicates(["region", "cluster"])
    if typed:
        cells["region_type"] = np.where(cells["region"].isin(["A", "C"]), "metro", "micro")
    if kinds:
        cells["traded"] = cells["cluster"] != "shops"
    cells.to_csv(tmp_path / "cells.csv", index=False)
    same_as_in_memory(engine, tmp_path / "cells.csv")


def test_establishments_are_added_up(engine: SqlEngine, tmp_path: Path) -> None:
    made = tmp_path / "made.parquet"
    write_synthetic(made, open_edition(), scale=0.05, seed=3)
    keys = ["region", "cluster", "traded", "year"]
    cells = pd.read_parquet(made).groupby(keys, as_index=False)["employment"].agg(["sum", "size"])
    cells = cells.rename(columns={"sum": "employment", "size": "establishments"})
    cells.to_parquet(tmp_path / "cells.parquet", index=False)
    wanted = same_as_in_memory(engine, tmp_path / "cells.parquet")
    found = measure_large(engine, made)
    pd.testing.assert_frame_equal(framed(found.rows()), wanted, rtol=1e-9)
    assert "50,000 lines are added up" in found.notes


def test_establishments_by_hand(engine: SqlEngine, tmp_path: Path) -> None:
    """Logging is traded, groceries are local; farming is in no cluster of the edition."""
    (tmp_path / "plants.csv").write_text(
        "region;naics;employment\nA;113310;10\nA;113310;20\nA;445110;5\nB;113310;30\nB;111110;7\n"
    )
    found = measure_large(engine, tmp_path / "plants.csv")
    rows = {(row.region, row.cluster): row for row in found.rows()}
    assert {cluster for _, cluster in rows} >= {"Forestry and Logging"}
    logging = rows["A", "Forestry and Logging"]
    assert (logging.region_share, logging.national_share, logging.lq) == (1, 0.5, 1)
    assert logging.year is None
    assert len(rows) == 3
    assert found.notes[-1].startswith("1 of them, with 7 jobs, have a NAICS code that is in no")


def test_a_folder_of_parts(engine: SqlEngine, tmp_path: Path) -> None:
    cells = made_up(20, 5)
    whole, parts = tmp_path / "whole.parquet", tmp_path / "parts [1]"
    cells.to_parquet(whole, index=False)
    parts.mkdir()
    cells.head(30).to_parquet(parts / "a.parquet", index=False)
    cells.iloc[30:].to_parquet(parts / "b.parquet", index=False)
    found = framed(measure_large(engine, parts).rows())
    pd.testing.assert_frame_equal(found, framed(measure_large(engine, whole).rows()))


def test_any_number_of_threads_gives_the_same_bits(tmp_path: Path) -> None:
    """Jobs with fractions, whose sums as floating-point numbers depend on their order."""
    rng = np.random.default_rng(5)
    plants = pd.DataFrame(
        {
            "region": rng.integers(0, 9, 200_000).astype(str),
            "cluster": rng.integers(0, 5, 200_000).astype(str),
            "employment": rng.random(200_000) * 10.0 ** rng.integers(-3, 6, 200_000),
        }
    )
    found = []
    for number in range(2):
        path = tmp_path / f"{number}.parquet"
        plants.sample(frac=1, random_state=number).to_parquet(path, index=False)
        with open_engine(EngineName.duckdb, megabytes=500) as opened:
            found.append(framed(measure_large(opened, path).rows()))
    pd.testing.assert_frame_equal(found[0], found[1], check_exact=True)


SMALL = """region,cluster,employment,establishments,traded
Ames,drugs,60,3,true
Ames,boats,40,2,true
Bath,drugs,40,2,true
Bath,boats,160,8,true
"""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (SMALL.replace("Bath,drugs", ",drugs"), "column region: is empty in 1 line"),
        (SMALL.replace("Bath,drugs", "Bath, "), "column cluster: is empty in 1 line"),
        (SMALL.replace("160", "-1"), "column employment: is empty, negative or no number in 1 lin"),
        (SMALL.replace("160", "many"), "the first of region 'Bath', cluster 'boats'"),
        (SMALL.replace("160", "inf"), "column employment"),
        (SMALL.replace("160", "nan"), "column employment"),
        (SMALL.replace("160", ""), "column employment"),
        (SMALL.replace("8,true", "x,true"), "column establishments"),
        (SMALL.replace("8,true", "8,maybe"), "column traded: is neither true nor false"),
        (SMALL.replace("8,true", "8,false"), "column traded: is not the same for all lines of"),
        (SMALL + "Bath,boats,1,1,true\n", "is there more than once in 2 lines"),
        (SMALL.replace("establishments", "plants"), "has a column 'plants'"),
        (SMALL.replace("region,", "place,"), "lacks column 'region'"),
        (SMALL.splitlines()[0] + "\n", "has no line that can be used"),
        (SMALL.replace("3,true", "3"), "DuckDB cannot read this table"),
        ("region,naics,employment\nA,999999,5\n", "has no line that can be used"),
        ("region,region,employment\n", "column 'region' is there twice"),
        (
            "region,cluster,employment,establishments,year\nA,x,1,1,21\n",
            "column year: is not a year in 1 line",
        ),
        (
            "region,cluster,employment,establishments,region_type\nA,x,1,1,a\nA,y,1,1,b\n",
            "column region_type: is not the same",
        ),
        (
            "region,cluster,employment,payroll\nA,x,1,5\nA,x,1,\nA,x,1,-3\n",
            "column payroll: is negative or no number in 1 line",
        ),
    ],
)
def test_what_cannot_be_used_is_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, says: str
) -> None:
    path, out = tmp_path / "cells.csv", tmp_path / "out.csv"
    path.write_text(text)
    words = ["measure", "--engine", "duckdb", "--input", str(path), "--out", str(out)]
    assert main(words) == 2
    said = capsys.readouterr().err
    assert says in said
    assert [line.split(":")[0] for line in said.splitlines()] == ["error", "hint"]
    assert not out.exists()


def test_other_kinds_of_files(tmp_path: Path) -> None:
    made_up(3, 3).to_excel(tmp_path / "cells.xlsx", index=False)
    (tmp_path / "utf16.csv").write_text(SMALL, "utf-16")
    (tmp_path / "latin.csv").write_bytes("région,cluster\n".encode("latin-1"))
    (tmp_path / "half.parquet").write_bytes(b"PAR1 and no more")
    (tmp_path / "empty").mkdir()
    for name, says in {
        "cells.xlsx": "is a workbook",
        "utf16.csv": "is UTF-16",
        "latin.csv": "is not text in UTF-8",
        "half.parquet": "not readable as Parquet",
        "empty": "has no file that ends in .parquet",
        "nowhere.csv": "cannot be read",
    }.items():
        with (
            open_engine(EngineName.duckdb, megabytes=100) as opened,
            pytest.raises(InputError, match=says),
        ):
            measure_large(opened, tmp_path / name)


@pytest.mark.parametrize("name", ["out.csv", "out.parquet", "out.json"])
def test_the_command_writes_what_memory_writes(tmp_path: Path, name: str) -> None:
    cells = tmp_path / "cells.csv"
    cells.write_text(SMALL)
    read: dict[str, Any] = {".csv": pd.read_csv, ".json": pd.read_json, ".parquet": pd.read_parquet}
    written = []
    for engine in ("memory", "duckdb"):
        out = tmp_path / f"{engine}-{name}"
        words = ["measure", "--engine", engine, "--input", str(cells), "--out", str(out)]
        assert main(words) == 0
        frame = read[out.suffix](out)
        assert frame.pop("year").isna().all()
        written.append(frame.sort_values(["region", "cluster"], ignore_index=True))
    pd.testing.assert_frame_equal(written[0], written[1], check_dtype=False)


@pytest.mark.parametrize("size", ["2GB", "2 gb", "2000M", "2GiB"])
def test_amounts_of_memory(size: str) -> None:
    assert megabytes_of(size) == 2000


@pytest.mark.parametrize("size", ["2", "much", "1MB", "-2GB", ""])
def test_no_amount_of_memory(size: str) -> None:
    with pytest.raises(InputError, match="not an amount of memory"):
        megabytes_of(size)


def test_too_little_memory_is_one_clear_line(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    cells = pd.DataFrame(
        {
            "region": [f"a region with a name that is long {n}" for n in range(300_000)],
            "cluster": rng.integers(0, 9, 300_000).astype(str),
            "employment": rng.integers(0, 99, 300_000),
        }
    )
    cells.to_parquet(tmp_path / "cells.parquet", index=False)
    with (
        open_engine(EngineName.duckdb, megabytes=64) as opened,
        pytest.raises(AnalysisError, match="64 MB of memory are not enough") as caught,
    ):
        measure_large(opened, tmp_path / "cells.parquet").rows()
    assert isinstance(caught.value, ClusterAtlasError)
    assert caught.value.hint == "give more with --memory-limit"
