"""`measure` on tables of anyone's own: beside plain pandas row by row, and what it refuses."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from benchmarks.measures import in_pandas, made_up
from clusteratlas.cli.main import main
from tests.cli.conftest import Ran

COLUMNS = [
    "region",
    "cluster",
    "year",
    "lq",
    "national_share",
    "region_share",
    "strong",
    "strong10",
    "rank",
]


@pytest.fixture
def measure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Measure a table, and a table of the nation if there is one."""

    def measure(cells: object, nation: object = None, *more: str, name: str = "cells.csv") -> Ran:
        words = ["measure", "--input", _written(tmp_path / name, cells)]
        if nation is not None:
            words += ["--national", _written(tmp_path / "nation.csv", nation)]
        capsys.readouterr()
        code = main([*words, *more])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return measure


def _written(path: Path, table: object) -> str:
    if isinstance(table, bytes):
        path.write_bytes(table)
    elif isinstance(table, pd.DataFrame):
        if path.suffix == ".xlsx":
            table.to_excel(path, index=False)
        elif path.suffix == ".parquet":
            table.to_parquet(path, index=False)
        else:
            table.to_csv(path, index=False)
    else:
        path.write_text(str(table), "utf-8")
    return str(path)


def figures(ran: Ran) -> pd.DataFrame:
    assert ran.code == 0, ran.err
    return pd.read_csv(io.StringIO(ran.out))


def by_name(ran: Ran) -> dict[tuple[str, str], dict[str, Any]]:
    """Rows by region and cluster."""
    rows = figures(ran).to_dict("records")
    return {(row["region"], row["cluster"]): {str(k): v for k, v in row.items()} for row in rows}


def same(found: pd.DataFrame, wanted: pd.DataFrame) -> None:
    assert list(found.columns) == COLUMNS
    pd.testing.assert_frame_equal(
        found, wanted[COLUMNS].reset_index(drop=True), check_dtype=False, rtol=1e-12
    )


# By hand: two traded clusters and a local one in two regions.
SMALL = """region,cluster,employment,establishments,traded
Ames,drugs,60,3,true
Ames,boats,40,2,true
Ames,shops,50,9,false
Bath,drugs,40,2,true
Bath,boats,160,8,true
Bath,shops,150,20,false
"""


def test_worked_numbers(measure: Any) -> None:
    rows = by_name(measure(SMALL, None, "--format", "csv"))
    # Traded jobs: Ames 100, Bath 200, the nation 300, of them 100 in drugs.
    ames = rows["Ames", "drugs"]
    assert ames["lq"] == pytest.approx((60 / 100) / (100 / 300))
    assert ames["national_share"] == pytest.approx(0.6)
    assert ames["region_share"] == pytest.approx(0.6)
    assert (ames["strong"], ames["strong10"], ames["rank"]) == (True, True, 1)
    # Local jobs: 50 of 50 in Ames, 200 of 200 in the nation. Local clusters are never strong.
    assert rows["Ames", "shops"]["lq"] == 1
    assert not rows["Bath", "shops"]["strong"]
    assert rows["Bath", "shops"]["rank"] == 1
    assert np.isnan(ames["year"])


def test_without_a_column_traded_all_clusters_share_one_base(measure: Any) -> None:
    text = "\n".join(line.rpartition(",")[0] for line in SMALL.splitlines())
    ran = measure(text, None, "--format", "csv")
    rows = by_name(ran)
    assert rows["Ames", "drugs"]["lq"] == pytest.approx((60 / 150) / (100 / 500))
    assert "all clusters are taken as traded" in ran.err


@pytest.mark.parametrize("seed", [1, 2])
def test_figures_are_those_of_plain_pandas(measure: Any, seed: int) -> None:
    cells = made_up(120, 20, years=(2020, 2021), seed=seed)
    rng = np.random.default_rng(seed)
    cells["region_type"] = np.where(cells["region"].str.endswith(("1", "4", "7")), "metro", "micro")
    cells["payroll"] = rng.integers(1, 9999, len(cells))
    nation = cells.groupby(["cluster", "year", "traded"])["employment"].sum().reset_index()
    nation["employment"] += rng.integers(0, 500, len(nation))
    more = pd.DataFrame(
        {"cluster": ["space"], "year": [2021], "traded": [True], "employment": [12345]}
    )
    nation = pd.concat([nation, more])
    shuffled = cells.sample(frac=1, random_state=seed)
    same(figures(measure(shuffled, nation, "--format", "csv")), in_pandas(shuffled, nation))
    same(figures(measure(shuffled, None, "--format", "csv")), in_pandas(shuffled, None))


def test_a_region_under_two_names_has_the_same_figures(measure: Any) -> None:
    cells = made_up(40, 8)
    again = cells[cells["region"] == "region 7"].assign(region="seven")
    both = pd.concat([cells, again])
    nation = both.groupby(["cluster", "traded"], as_index=False)["employment"].sum()
    rows = figures(measure(both, nation, "--format", "csv"))
    one, other = (rows[rows["region"] == name] for name in ("region 7", "seven"))
    assert one[COLUMNS[1:]].to_numpy().tolist() == other[COLUMNS[1:]].to_numpy().tolist()


def test_ten_times_the_jobs_have_the_same_quotients(measure: Any) -> None:
    cells = made_up(30, 6)
    once = figures(measure(cells, None, "--format", "csv"))
    ten = figures(measure(cells.assign(employment=cells["employment"] * 10), None, "-f", "csv"))
    same(ten, once)


def test_types_that_are_the_same_nation_are_counted_once(measure: Any) -> None:
    parts = pd.read_csv(io.StringIO(SMALL)).assign(region_type="county")
    whole = parts.groupby(["cluster", "traded"], as_index=False)[["employment", "establishments"]]
    state = whole.sum().assign(region="State", region_type="state")
    rows = figures(measure(pd.concat([parts, state]), None, "-f", "csv"))
    assert rows.loc[rows["region"] == "State", "national_share"].tolist() == [1, 1, 1]
    assert rows.loc[rows["region"] == "Ames", "national_share"].tolist() == [0.6, 0.2, 0.25]


def test_no_share_of_nothing(measure: Any) -> None:
    text = SMALL + "Cody,drugs,0,0,true\nCody,boats,0,0,true\nAmes,tanks,0,0,true\n"
    rows = by_name(measure(text, None, "-f", "csv"))
    cody = rows["Cody", "drugs"]
    assert np.isnan(cody["lq"])
    assert np.isnan(cody["region_share"])
    assert (cody["national_share"], cody["strong"], cody["rank"]) == (0, False, 3)
    assert rows["Ames", "tanks"]["region_share"] == 0
    assert np.isnan(rows["Ames", "tanks"]["national_share"])


ODD = SMALL.replace("Ames", "Añasco")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_any_encoding(measure: Any, encoding: str) -> None:
    ran = measure(ODD.encode(encoding), None, "-f", "csv")
    assert figures(ran)["region"].iloc[0] == "Añasco"
    assert ("--encoding" in ran.err) == (encoding == "cp1252")


def test_an_encoding_that_must_be_told(measure: Any) -> None:
    ran = measure(ODD.encode("mac-roman"), None, "-f", "csv", "--encoding", "mac-roman")
    assert figures(ran)["region"].iloc[0] == "Añasco"
    assert measure(ODD.encode(), None, "--encoding", "nothing").code == 2


@pytest.mark.parametrize("name", ["cells.xlsx", "cells.parquet", "cells.csv"])
def test_any_container(measure: Any, name: str) -> None:
    cells = made_up(20, 5).assign(year=2021)
    same(figures(measure(cells, None, "-f", "csv", name=name)), in_pandas(cells, None))


def test_semicolons_spaces_capitals_and_thousands(measure: Any) -> None:
    plain = figures(measure(SMALL, None, "-f", "csv"))
    loose = SMALL.replace(",", ";").replace("region", " Region ").replace("true", "Yes")
    same(figures(measure(loose, None, "-f", "csv")), plain)
    grouped = SMALL.replace("160", '"1,160"')
    wide = SMALL.replace("160", "1160")
    same(figures(measure(grouped, None, "-f", "csv")), figures(measure(wide, None, "-f", "csv")))


def test_the_name_of_the_file_decides_the_form(measure: Any, tmp_path: Path) -> None:
    wanted = figures(measure(SMALL, None, "-f", "csv"))
    for name in ("out.csv", "out.parquet", "out.xlsx", "out.json"):
        out = tmp_path / name
        ran = measure(SMALL, None, "--out", str(out))
        assert (ran.code, ran.out) == (0, ""), ran.err
        if name.endswith("csv"):
            same(pd.read_csv(out), wanted)
        elif name.endswith("parquet"):
            assert pq.read_table(out).column_names == COLUMNS
        elif name.endswith("json"):
            assert pd.read_json(out)["lq"].tolist() == pytest.approx(wanted["lq"].tolist())
        else:
            sheet = pd.read_excel(out, sheet_name="rows", engine="calamine")
            assert sheet["LQ (ratio)"].tolist() == pytest.approx(wanted["lq"].tolist())


NATION = "cluster,employment\ndrugs,100\nboats,200\nshops,200\n"


@pytest.mark.parametrize(
    ("cells", "nation", "says"),
    [
        ("", None, "lacks column 'region'"),
        ("region,cluster,employment,establishments\n", None, "no line below its header"),
        (SMALL.replace("establishments", "plants"), None, "line 1: lacks column 'establishments'"),
        (SMALL.replace("establishments", "plants"), None, "has a column 'plants'"),
        (SMALL.replace("traded", "cluster"), None, "line 1: column 'cluster' is there twice"),
        (SMALL.replace("40,2", "many,2", 1), None, "line 3, column employment: 'many'"),
        (SMALL.replace("40,2", "-40,2", 1), None, "line 3, column employment: -40 is negative"),
        (SMALL.replace("40,2", "NaN,2", 1), None, "line 3, column employment: 'NaN'"),
        (SMALL.replace("40,2", "inf,2", 1), None, "line 3, column employment: 'inf'"),
        (SMALL.replace("40,2", "1e999,2", 1), None, "line 3, column employment: 1e999 is too"),
        (SMALL.replace("40,2", ",2", 1), None, "line 3, column employment: the cell is empty"),
        (SMALL.replace("40,2", "40,#N/A", 1), None, "line 3, column establishments: '#N/A'"),
        (SMALL.replace(",", ";").replace("40;2", "4,0;2", 1), None, "line 3, column employment"),
        (SMALL.replace("Bath,drugs", ",drugs"), None, "line 5, column region: the cell is empty"),
        (SMALL.replace("Bath,drugs", "Ames,drugs"), None, "is there already in line 2"),
        (SMALL.replace("40,2,true", "40,2,maybe", 1), None, "line 3, column traded: 'maybe'"),
        (SMALL.replace("40,2,true", "40,2", 1), None, "line 3: 4 cells, not 5"),
        (SMALL.replace("8,true", "8,false"), None, "line 6, column traded: cluster 'boats' is loc"),
        (SMALL.replace("Bath,drugs", '"Bath,drugs'), None, "quotation"),
        (b"\x00\x01\x02\xff\x00\x07", None, "cannot be read as text"),
        (SMALL, NATION.replace("boats,200\n", ""), "line 3, column cluster: nation.csv has no nat"),
        (SMALL, NATION.replace("boats,200", "boats,199"), "nation.csv, line 3, column employment"),
        (SMALL, NATION.replace("boats,200", "boats,-1"), "nation.csv, line 3, column employment"),
        (SMALL, NATION + "boats,200\n", "nation.csv, line 5, column cluster"),
        (SMALL, NATION + "tanks,10\n", "nation.csv, line 5, column cluster: no line of cells.csv"),
        (SMALL, NATION.replace("employment", "jobs"), "nation.csv, line 1: lacks column 'employ"),
        (
            SMALL,
            "cluster,employment,traded\ndrugs,100,yes\nboats,200,no\nshops,200,no\n",
            "nation.csv, line 3, column traded: cluster 'boats' is local here",
        ),
    ],
)
def test_bad_input_is_one_clear_line_and_no_file(
    measure: Any, tmp_path: Path, cells: object, nation: object, says: str
) -> None:
    out = tmp_path / "out.csv"
    ran = measure(cells, nation, "--out", str(out))
    assert ran.code == 2
    assert says in ran.err
    assert [line.split(":")[0] for line in ran.err.splitlines()] in (["error"], ["error", "hint"])
    assert not out.exists()


TYPED = """region,cluster,employment,establishments,region_type,year
Ames,drugs,10,1,metro,2020
Ames,boats,20,2,micro,2020
Bath,drugs,10,1,micro,2020
"""


def test_a_region_is_of_one_type(measure: Any) -> None:
    ran = measure(TYPED)
    assert "line 3, column region_type: region 'Ames' is of type 'micro' here" in ran.err
    assert "in line 2" in ran.err


def test_years_are_matched_with_those_of_the_nation(measure: Any) -> None:
    cells = "region,cluster,employment,establishments,year\nA,x,5,1,2020\nA,x,6,1,2021\n"
    lacks = measure(cells, "cluster,employment\nx,9\n")
    assert "lacks column 'year'" in lacks.err
    short = measure(cells, "cluster,employment,year\nx,9,2020\n")
    assert "has no national employment of 'x' in 2021" in short.err
    rows = figures(measure(cells, "cluster,employment,year\nx,10,2020\nx,12,2021\n", "-f", "csv"))
    assert rows["national_share"].tolist() == [0.5, 0.5]
    assert rows["year"].tolist() == [2020, 2021]
    bad = measure(cells.replace("2021", "21"))
    assert "line 3, column year: '21' is not a year" in bad.err


def test_nothing_is_left_of_a_file_that_cannot_be_written(measure: Any, tmp_path: Path) -> None:
    ran = measure(SMALL, None, "--out", str(tmp_path / "none" / "out.csv"))
    assert ran.code == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cells.csv"]


def test_a_table_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["measure", "--input", "nowhere.csv"]) == 2
    assert "nowhere.csv cannot be read" in capsys.readouterr().err


def test_917_regions_are_quick(tmp_path: Path) -> None:
    """The whole command takes a second on an idle machine; twice that of a busy one counts."""
    cells, out = tmp_path / "cells.csv", tmp_path / "out.csv"
    made_up(917, 34, every=True).assign(year=2021).to_csv(cells, index=False)
    before, began = os.times(), time.perf_counter()
    words = ["measure", "--input", str(cells), "--out", str(out)]
    subprocess.run([sys.executable, "-m", "clusteratlas", *words], check=True, capture_output=True)
    after, wall = os.times(), time.perf_counter() - began
    used = after.children_user + after.children_system
    used -= before.children_user + before.children_system
    assert len(out.read_text("utf-8").splitlines()) == 1 + 917 * 34
    assert min(used, wall) < 4
