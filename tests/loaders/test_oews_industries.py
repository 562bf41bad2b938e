"""OEWS of all levels in one file: re-laid cells with titles beside them, and the workbook."""

from __future__ import annotations

import gzip
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import Workbook

from clusteratlas.errors import SourceDrift, SourceError, SourceMissing
from clusteratlas.loaders.labor.oews_industries import OEWS_ALL, OEWS_INDUSTRIES, SOC
from clusteratlas.loaders.source.rows import notes_of

HEADER = (
    "industry_code,industry_level,occ_code,occ_level,tot_emp,emp_prse,"
    "h_mean,a_mean,mean_prse,h_median,a_median,emp_footnote"
)
INDUSTRIES = """industry_code,industry_name,display_level
000000,"Cross-Industry, Private, Federal, State, and Local",0
000001,"Cross-industry, Private Ownership only",1
31--34,"Sectors 31, 32, and 33 - Manufacturing",2
99-100,"Sector 99 - Government",2
3250A1,"Chemical Manufacturing (3251, 3252, 3253, and 3259 only)",4
541710,Research and Development,5
611100,Elementary and Secondary Schools,4
611105,"Elementary and Secondary Schools, Privately Owned",5
"""
OCCUPATIONS = """occ_code,occ_name,display_level
000000,All Occupations,0
190000,"Life, Physical, and Social Science Occupations",0
191020,Biological Scientists,2
191021,Biochemists and Biophysicists,3
"""
CODES = ("000000", "000001", "31--34", "99-100", "3250A1", "541710", "611100", "611105")


def write(folder: Path, cells: list[str], year: int = 2025, header: str = HEADER) -> Path:
    texts = {
        "nat_industry_x_occ": "\n".join([header, *cells, ""]),
        "industries": INDUSTRIES,
        "occupations": OCCUPATIONS,
    }
    for name, text in texts.items():
        path = folder / f"oews_M{year}_{name}.csv.gz"
        path.write_bytes(gzip.compress(text.encode()))
    return OEWS_INDUSTRIES.find(folder, year)


def cell(industry: str, occupation: str, level: int, jobs: str = "120", wage: str = "90000") -> str:
    return f"{industry},4,{occupation},{level},{jobs},1.0,43.27,{wage},1.0,40.00,85000,"


def test_industries_of_every_kind(tmp_path: Path) -> None:
    frame = OEWS_INDUSTRIES.load(write(tmp_path, [cell(code, "191021", 3) for code in CODES]))
    found = frame.set_index(["naics", "ownership"])
    assert found[["level", "covers"]].T.to_dict("list") == {
        ("total", "All"): [0, "total"],
        ("total", "Private"): [0, "total"],
        ("31-33", "All"): [2, "31-33"],
        ("99", "All"): [2, "99"],
        ("3250A1", "All"): [4, "3251 3252 3253 3259"],
        ("54171", "All"): [5, "54171"],
        ("6111", "All"): [4, "6111"],
        ("6111", "Private"): [4, "6111"],
    }
    assert set(found["title"]) == {"Biochemists and Biophysicists"}


def test_levels_of_occupations_and_what_is_not_released(tmp_path: Path) -> None:
    rows = [
        cell("541710", "000000", 0, "1000"),
        cell("541710", "190000", 0, "400"),
        cell("541710", "191020", 2, "200", "-"),
        cell("541710", "191021", 3, "-"),
    ]
    frame = OEWS_INDUSTRIES.load(write(tmp_path, rows)).set_index("soc")
    assert frame["group"].to_dict() == {
        "00-0000": "total",
        "19-0000": "major",
        "19-1020": "broad",
        "19-1021": "detailed",
    }
    assert frame["jobs"].fillna(-1).tolist() == [1000, 400, 200, -1]
    assert frame["mean_wage"].fillna(-1).tolist() == [90000, 90000, -1, 90000]


def test_a_later_year_is_tried_and_says_so(tmp_path: Path) -> None:
    frame = OEWS_INDUSTRIES.load(write(tmp_path, [cell("541710", "191021", 3)], 2026))
    (note,) = notes_of(frame)
    assert "2026 is later than this version knows; read with the layout of 2025" in note
    assert OEWS_INDUSTRIES.naics(2026) == 2022


def test_titles_have_to_lie_beside(tmp_path: Path) -> None:
    path = write(tmp_path, [cell("541710", "191021", 3), cell("541711", "191021", 3)])
    with pytest.raises(SourceError, match=r"industries\.csv\.gz has no title of '541711'"):
        OEWS_INDUSTRIES.load(path)
    (tmp_path / "oews_M2025_occupations.csv.gz").unlink()
    path = path.rename(tmp_path / "oews_M2025_nat_industry_x_occ.csv.gz")
    (tmp_path / "oews_M2025_industries.csv.gz").unlink()
    with pytest.raises(SourceMissing, match=r"oews_M2025_industries\.csv\.gz is not beside"):
        OEWS_INDUSTRIES.load(path)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (
            cell("541710", "191021", 3, "n.a."),
            r"line 2, column 'TOT_EMP': 'n\.a\.' is not a number",
        ),
        (cell("541710", "191021", 7), r"column 'occ_level': '7' is no known level"),
        (cell("541710", "191021", 3, "-5"), r"negative jobs in 1 rows"),
    ],
)
def test_one_clear_line_of_the_cells(tmp_path: Path, row: str, says: str) -> None:
    with pytest.raises(SourceError, match=says) as caught:
        OEWS_INDUSTRIES.load(write(tmp_path, [row]))
    assert "\n" not in caught.value.message


def test_another_column_is_drift(tmp_path: Path) -> None:
    header = HEADER.replace("tot_emp", "employment")
    with pytest.raises(SourceDrift) as caught:
        OEWS_INDUSTRIES.load(write(tmp_path, [cell("541710", "191021", 3)], header=header))
    assert (caught.value.missing, caught.value.undeclared) == (("tot_emp",), ("employment",))


WAGES = (
    "H_MEAN,A_MEAN,MEAN_PRSE,H_PCT10,H_PCT25,H_MEDIAN,H_PCT75,H_PCT90,"
    "A_PCT10,A_PCT25,A_MEDIAN,A_PCT75,A_PCT90,ANNUAL,HOURLY"
)
ALL_DATA = (
    "AREA,AREA_TITLE,AREA_TYPE,PRIM_STATE,NAICS,NAICS_TITLE,I_GROUP,OWN_CODE,OCC_CODE,OCC_TITLE,"
    f"O_GROUP,TOT_EMP,EMP_PRSE,JOBS_1000,LOC_QUOTIENT,PCT_TOTAL,PCT_RPT,{WAGES}"
).split(",")


def workbook(folder: Path, rows: list[dict[str, str | int]], year: int = 2025) -> Path:
    base: dict[str, str | int] = {
        "AREA": "99",
        "AREA_TYPE": "1",
        "NAICS": "611100",
        "NAICS_TITLE": "Elementary and Secondary Schools",
        "OWN_CODE": "5",
        "OCC_CODE": "25-2021",
        "OCC_TITLE": "Elementary School Teachers",
        "O_GROUP": "detailed",
        "TOT_EMP": 100,
        "A_MEAN": 60_000,
    }
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append([name.lower() if year < 2020 else name for name in ALL_DATA])
    for row in rows:
        sheet.append([(base | row).get(name) for name in ALL_DATA])
    path = folder / f"all_data_M_{year}.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize("year", [2019, 2025, 2027])
def test_the_workbook_of_everything(tmp_path: Path, year: int) -> None:
    rows: list[dict[str, str | int]] = [
        {"OWN_CODE": "235"},
        {"OWN_CODE": "3", "TOT_EMP": 80},
        {"OWN_CODE": "5", "TOT_EMP": 15},
        {"NAICS": "31-33", "TOT_EMP": "**"},
        {"NAICS": "000000", "OWN_CODE": "1235", "TOT_EMP": 900},
        {"NAICS": "000001", "TOT_EMP": 700},
        {"AREA": "01", "AREA_TYPE": "2", "TOT_EMP": 7},
    ]
    frame = OEWS_ALL.load(workbook(tmp_path, rows, year))
    assert frame[["naics", "ownership", "jobs"]].fillna(-1).values.tolist() == [
        ["31-33", "All", -1],
        ["6111", "All", 100],
        ["6111", "Local government", 80],
        ["6111", "Private", 15],
        ["total", "All", 900],
        ["total", "Private", 700],
    ]


def test_an_ownership_that_is_not_known(tmp_path: Path) -> None:
    rows: list[dict[str, str | int]] = [{"OWN_CODE": "235"}, {"OWN_CODE": "57"}]
    with pytest.raises(SourceError, match="row 3, column 'OWN_CODE': '57' is no single ownership"):
        OEWS_ALL.load(workbook(tmp_path, rows))
    with pytest.raises(SourceError, match="no rows of the nation"):
        OEWS_ALL.load(workbook(tmp_path, [{"AREA_TYPE": "2"}]))


def test_the_vintage_of_occupations() -> None:
    assert [SOC(year) for year in (2018, 2019, 2030)] == [2010, 2018, 2018]


@pytest.mark.data
def test_real_industries_of_2025(data_dir: Path) -> None:
    frame = OEWS_INDUSTRIES.load(OEWS_INDUSTRIES.find(data_dir, 2025))
    assert len(frame) == 134_477
    assert int(frame["jobs"].isna().sum()) == 8_409
    totals = frame[frame["group"] == "total"].set_index(["naics", "ownership"])["jobs"]
    assert len(totals) == 444
    assert totals["total", "All"] == 155_495_730
    # Sectors are rounded to ten; 99 is government.
    sectors = frame.loc[(frame["level"] == 2) & (frame["group"] == "total"), "jobs"]
    assert abs(sectors.sum() - 155_495_730) < 200
    several = frame[frame["covers"].str.contains(" ")].drop_duplicates("naics")
    assert len(several) == 14
    assert pd.Series(" ".join(several["covers"]).split()).is_unique
