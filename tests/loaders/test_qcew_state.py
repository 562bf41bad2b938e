"""QCEW of states: BLS's location quotients, and rows in the shape of County Business Patterns."""

from __future__ import annotations

import gzip
from pathlib import Path

import pandas as pd
import pytest

from clusteratlas.errors import SourceDrift, SourceError
from clusteratlas.loaders.economy.cbp import CBP_STATE
from clusteratlas.loaders.economy.qcew import QCEW_STATE
from clusteratlas.loaders.economy.qcew_as_cbp import NOT_IN_CBP, private_rows_as_cbp
from clusteratlas.loaders.source.declaration import identify

HEADER = (
    "area_fips,own_code,industry_code,agglvl_code,size_code,year,qtr,disclosure_code,"
    "annual_avg_estabs,annual_avg_emplvl,total_annual_wages,annual_avg_wkly_wage,avg_annual_pay,"
    "lq_disclosure_code,lq_annual_avg_estabs,lq_annual_avg_emplvl,lq_total_annual_wages,"
    "lq_avg_annual_pay,oty_annual_avg_emplvl_chg,oty_annual_avg_emplvl_pct_chg"
)


def row(
    industry: str,
    figures: str = "3,20,900",
    *,
    own: int = 5,
    area: str = "11000",
    code: str = "",
    lq_code: str | None = None,
    lq: str = "1.00,0.50,2.25",
) -> str:
    lq_code = code if lq_code is None else lq_code
    return f"{area},{own},{industry},50,0,2019,A,{code},{figures},1,1,{lq_code},{lq},0,0,0.0"


def withheld(industry: str, establishments: int) -> str:
    return row(industry, f"{establishments},0,0", code="N", lq="1.00,0,0")


def write(folder: Path, *rows: str, header: str = HEADER) -> Path:
    path = folder / "qcew_2019_annual_state.csv.gz"
    path.write_bytes(gzip.compress("\n".join([header, *rows, ""]).encode()))
    return path


def test_the_file_is_known_by_its_name(tmp_path: Path) -> None:
    path = write(tmp_path, row("10"))
    assert identify(path) == (QCEW_STATE, 2019)
    assert QCEW_STATE.find(tmp_path, 2019) == path
    assert [QCEW_STATE.naics(year) for year in (2016, 2017, 2021, 2022)] == [2012, 2017, 2017, 2022]


def test_quotients_are_read_as_published(tmp_path: Path) -> None:
    frame = QCEW_STATE.load(
        write(
            tmp_path,
            row("10", "40,900,9000", own=0),
            row("31-33"),
            row("1013"),  # supersector of BLS
            row("3254", "2,0,0", code="N", lq="1.39,0,0"),
            row("3255", lq_code="N", lq="289.20,0,0"),  # published, but for its quotient
            row("3256", "1,0,0", lq="0.10,0.00,0.00"),
        )
    )
    assert frame["naics"].tolist() == ["total", "31-33", "3254", "3255", "3256"]
    assert frame["lq_establishments"].tolist() == [1.0, 1.0, 1.39, 289.2, 0.1]
    assert frame["lq_jobs"].tolist() == [0.5, 0.5, pd.NA, pd.NA, 0.0]
    assert frame["lq_wages"].tolist() == [2.25, 2.25, pd.NA, pd.NA, 0.0]
    assert frame["jobs"].tolist() == [900, 20, pd.NA, 20, 0]
    assert frame["withheld"].tolist() == [False, False, True, False, False]


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (row("11", code="X", lq_code=""), r"line 3, column 'disclosure_code': 'X' is no known"),
        (row("11", lq_code="X"), r"line 3, column 'lq_disclosure_code': 'X' is no known"),
        (row("11", lq="1.0,x,1.0"), r"line 3, column 'lq_annual_avg_emplvl': 'x' is no location"),
        (row("11", lq="1.0,-1,1.0"), r"line 3, column 'lq_annual_avg_emplvl': '-1' is no location"),
        (row("11", lq="nan,1,1.0"), r"line 3, column 'lq_annual_avg_estabs': 'nan' is no location"),
        (row("11", lq="1.0,,1.0"), r"line 3, column 'lq_annual_avg_emplvl' is empty in 1 rows"),
        (row("11", lq=",0,0", code="N"), r"column 'lq_annual_avg_estabs' is empty in 1 rows"),
        (row("11", "3,,900"), r"line 3, column 'annual_avg_emplvl' is empty in 1 rows"),
        (row("11", "3,20.5,900"), r"in line 3, column 'annual_avg_emplvl'.*'20.5'"),
    ],
)
def test_a_mark_that_is_not_known_is_refused_by_line(tmp_path: Path, bad: str, says: str) -> None:
    with pytest.raises(SourceError, match=says):
        QCEW_STATE.load(write(tmp_path, row("10"), bad))


def test_drift_both_ways(tmp_path: Path) -> None:
    header = HEADER.replace("lq_annual_avg_emplvl", "lq_emplvl")
    with pytest.raises(SourceDrift) as caught:
        QCEW_STATE.load(write(tmp_path, row("10"), header=header))
    assert caught.value.missing == ("lq_annual_avg_emplvl",)
    assert caught.value.undeclared == ("lq_emplvl",)


def as_cbp(folder: Path, *rows: str) -> pd.DataFrame:
    frame = private_rows_as_cbp(QCEW_STATE.load(write(folder, *rows)), "11")
    assert frame.dtypes.astype(str).to_dict() == {
        "area": "string",
        "naics": "string",
        "level": "Int64",
        "jobs": "Int64",
        "establishments": "Int64",
        "payroll": "Int64",
    }
    assert frame["area"].eq("11").all()
    return frame.set_index("naics").drop(columns=["area"])


def test_rows_are_the_private_ones_of_the_state(tmp_path: Path) -> None:
    rows = as_cbp(
        tmp_path,
        row("10", "9,100,5000"),
        row("10", own=0),
        row("22", own=3),
        row("22", area="25000"),
        row("101"),
        row("31-33", "5,60,1501"),
        withheld("311", 4),
        row("99", "1,2,500"),
        row("999", "1,2,500"),
        row("999999", "1,2,500"),
    )
    assert rows.index.tolist() == ["31-33", "311", "99", "total"]
    assert rows["level"].tolist() == [2, 3, 2, 0]
    assert rows["jobs"].tolist() == [60, pd.NA, 2, 100]
    assert rows["establishments"].tolist() == [5, 4, 1, 9]
    assert rows["payroll"].tolist() == [2, pd.NA, 0, 5]  # thousand USD


def test_what_cbp_leaves_out_is_subtracted(tmp_path: Path) -> None:
    rows = as_cbp(
        tmp_path,
        row("10", "100,1000,90000"),
        row("11", "5,40,4000"),
        row("111", "5,41,4000"),  # averages are rounded, each by itself
        row("1112", "5,40,4000"),
        row("81", "50,500,50000"),
        row("812", "10,100,20000"),
        row("814", "40,400,30000"),
        row("814110", "40,400,30000"),
    )
    assert rows.index.tolist() == ["81", "812", "total"]
    assert rows["jobs"].tolist() == [100, 100, 559]
    assert rows["establishments"].tolist() == [10, 10, 55]
    assert rows["payroll"].tolist() == [20, 20, 56]


def test_what_is_withheld_is_not_known_of_its_parents(tmp_path: Path) -> None:
    rows = as_cbp(
        tmp_path,
        row("10", "100,1000,90000"),
        row("48-49", "20,200,20000"),
        row("484", "9,150,15000"),
        withheld("488", 6),
        withheld("491", 5),
        row("52", "30,300,30000"),
        row("522", "20,280,29000"),
        row("525", "10,20,1000"),
        withheld("5251", 1),
        withheld("5259", 9),
        row("52591", "4,9,400"),
        withheld("52592", 5),
    )
    # 5251 and 52592 are withheld, but all that stays of 52 is published.
    assert rows.loc[["52", "525", "5259"], "jobs"].tolist() == [289, 9, 9]
    assert rows.loc[["52", "525", "5259"], "payroll"].tolist() == [29, 0, 0]
    assert rows.loc[["52", "525", "5259"], "establishments"].tolist() == [24, 4, 4]
    # 488 is not, so nobody knows how much of 48-49 is postal service.
    assert rows.loc[["48-49", "total"], ["jobs", "payroll"]].isna().all(axis=None)
    assert rows.loc[["48-49", "total"], "establishments"].tolist() == [15, 89]
    assert not {"491", "5251", "52592"} & set(rows.index)


def test_specialty_trades_are_whole(tmp_path: Path) -> None:
    rows = as_cbp(
        tmp_path,
        row("10", "3,20,9000"),
        row("23811", "3,20,9000"),
        withheld("238111", 1),
        withheld("238112", 2),
    )
    assert rows.index.tolist() == ["23811", "238110", "total"]
    assert rows.loc[["238110"]].to_numpy().tolist() == [[6, 20, 3, 9]]


def test_a_state_without_rows_is_refused(tmp_path: Path) -> None:
    frame = QCEW_STATE.load(write(tmp_path, row("10"), row("10", own=0, area="25000")))
    with pytest.raises(SourceError, match=r"no private rows of state '25'"):
        private_rows_as_cbp(frame, "25")


@pytest.mark.data
@pytest.mark.parametrize(("year", "n", "lq_only"), [(2019, 132_351, 240), (2020, 132_641, 253)])
def test_real_file(data_dir: Path, year: int, n: int, lq_only: int) -> None:
    frame = QCEW_STATE.load(QCEW_STATE.find(data_dir, year))
    assert len(frame) == n
    assert frame["area"].nunique() == 51
    assert frame["lq_establishments"].notna().all()
    published = frame["jobs"].notna()
    assert (published != frame["withheld"]).all()
    assert not frame.loc[~published, ["lq_jobs", "lq_wages"]].notna().any(axis=None)
    assert int(frame.loc[published, "lq_jobs"].isna().sum()) == lq_only


@pytest.mark.data
@pytest.mark.parametrize("year", [2019, 2020])
def test_the_district_has_codes_that_cbp_has_elsewhere(data_dir: Path, year: int) -> None:
    frame = QCEW_STATE.load(QCEW_STATE.find(data_dir, year))
    cbp = CBP_STATE.load(CBP_STATE.find(data_dir, year))
    assert not cbp["naics"].str.startswith(NOT_IN_CBP).any()
    district = private_rows_as_cbp(frame, "11").set_index("naics")
    assert set(district.index) <= set(cbp["naics"])
    # 5251 (one fund), and crops or the postal service, are withheld: so is what CBP would total.
    assert district.at["total", "jobs"] is pd.NA
    six = district[district["level"] == 6]
    assert int(six["jobs"].sum()) == {2019: 508_106, 2020: 458_415}[year]
    assert int(six["jobs"].isna().sum()) == {2019: 223, 2020: 222}[year]
    sectors = district[district["level"] == 2]
    assert int(sectors["establishments"].sum()) == pytest.approx(
        district.at["total", "establishments"], abs=10
    )
