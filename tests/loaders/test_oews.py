"""OEWS: nested industries, codes with letters, ownership, occupation levels, real workbooks."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from clusteratlas.errors import SourceDrift, SourceError
from clusteratlas.loaders.economy.oews import (
    OEWS_3DIGIT,
    OEWS_4DIGIT,
    OEWS_6DIGIT,
    OEWS_GROUPS,
    OEWS_NATIONAL,
    OEWS_SECTOR,
    industry,
)
from clusteratlas.loaders.source.tabular import CellError

Row = Sequence[str | float | None]

WAGES = (
    "H_MEAN,A_MEAN,MEAN_PRSE,H_PCT10,H_PCT25,H_MEDIAN,H_PCT75,H_PCT90,"
    "A_PCT10,A_PCT25,A_MEDIAN,A_PCT75,A_PCT90,ANNUAL,HOURLY"
)
COLUMNS_2018 = (
    f"NAICS,NAICS_TITLE,OCC_CODE,OCC_TITLE,OCC_GROUP,TOT_EMP,EMP_PRSE,PCT_TOTAL,PCT_RPT,{WAGES}"
).split(",")
COLUMNS_2019 = (
    "AREA,AREA_TITLE,AREA_TYPE,PRIM_STATE,NAICS,NAICS_TITLE,I_GROUP,OWN_CODE,OCC_CODE,OCC_TITLE,"
    f"O_GROUP,TOT_EMP,EMP_PRSE,JOBS_1000,LOC_QUOTIENT,PCT_TOTAL,PCT_RPT,{WAGES}"
).split(",")

CHEMICALS = "Chemical Manufacturing (3251, 3252, 3253, and 3259 only)"
DRUGS = "Pharmaceutical and Medicine Manufacturing"


def line(columns: Sequence[str], **cells: str | float) -> list[str | float | None]:
    base: dict[str, str | float] = {
        "NAICS": "325400",
        "NAICS_TITLE": DRUGS,
        "OCC_CODE": "19-1021",
        "OCC_TITLE": "Biochemists and Biophysicists",
        "OCC_GROUP": "detailed",
        "O_GROUP": "detailed",
        "TOT_EMP": 5020,
        "A_MEAN": 105000,
    }
    return [(base | cells).get(name) for name in columns]


def book(path: Path, *sheets: tuple[str, list[Row]]) -> Path:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets:
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    workbook.save(path)
    return path


def test_layout_of_2018(tmp_path: Path) -> None:
    rows: list[Row] = [
        COLUMNS_2018,
        line(COLUMNS_2018),
        line(COLUMNS_2018, OCC_CODE="00-0000", OCC_GROUP="total", TOT_EMP=290_000, A_MEAN="#"),
        line(COLUMNS_2018, NAICS="3250A1", NAICS_TITLE=CHEMICALS, TOT_EMP="**", A_MEAN="*"),
    ]
    frame = OEWS_4DIGIT.load(book(tmp_path / "nat4d_M2018_dl.xlsx", ("nat4d_dl", rows)))
    assert frame["naics"].tolist() == ["3250A1", "3254", "3254"]
    assert frame["level"].tolist() == [4, 4, 4]
    assert frame["covers"].tolist() == ["3251 3252 3253 3259", "3254", "3254"]
    assert frame["group"].tolist() == ["detailed", "total", "detailed"]
    assert frame["jobs"].fillna(-1).tolist() == [-1, 290_000, 5020]
    assert frame["mean_wage"].fillna(-1).tolist() == [-1, -1, 105_000]


def test_layout_of_2019_with_32_columns(tmp_path: Path) -> None:
    assert len(COLUMNS_2019) == 32
    rows: list[Row] = [COLUMNS_2019, line(COLUMNS_2019, AREA="99", OWN_CODE="5", I_GROUP="4-digit")]
    path = book(tmp_path / "nat4d_M2019_dl.xlsx", ("nat4d_M2019_dl", rows))
    assert OEWS_4DIGIT.load(path)["jobs"].tolist() == [5020]


def test_older_files_in_two_sheets_with_lower_case_and_no_group(tmp_path: Path) -> None:
    columns = [c for c in COLUMNS_2018 if c != "OCC_GROUP"]
    lower: Row = [c.lower() for c in columns]
    path = book(
        tmp_path / "nat4d_M2011_dl.xlsx",
        ("nat4d_dl_1", [lower, line(columns, OCC_CODE="00-0000"), line(columns)]),
        ("nat4d_dl_2", [lower, line(columns, NAICS="481000", OCC_CODE="19-0000")]),
        ("Field descriptions", [["occ_code is the occupation"], ["and so on"]]),
    )
    frame = OEWS_4DIGIT.load(path)
    assert frame[["naics", "group"]].values.tolist() == [
        ["3254", "total"],
        ["3254", "detailed"],
        ["481", "major"],
    ]


def test_one_code_may_be_broad_and_detailed(tmp_path: Path) -> None:
    rows: list[Row] = [
        COLUMNS_2018,
        *(line(COLUMNS_2018, OCC_CODE="13-1020", OCC_GROUP=g) for g in ("broad", "detailed")),
    ]
    path = book(tmp_path / "nat3d_M2018_dl.xlsx", ("nat3d_dl", rows))
    assert OEWS_3DIGIT.load(path)["group"].tolist() == ["broad", "detailed"]


def test_ownership_variants_are_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "nat4d_owner_M2018_dl.xlsx", ("x", [COLUMNS_2018, line(COLUMNS_2018)]))
    assert OEWS_4DIGIT.vintage_of(path.name) is None
    with pytest.raises(SourceError, match="splits each industry by ownership") as caught:
        OEWS_4DIGIT.load(path, 2018)
    assert caught.value.hint == "use nat4d_M2018_dl.xlsx"


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (
            [COLUMNS_2018, line(COLUMNS_2018), line(COLUMNS_2018, TOT_EMP=1)],
            r"1 repeated keys, first naics=",
        ),
        ([COLUMNS_2018, line(COLUMNS_2018, TOT_EMP=-10)], r"negative jobs in 1 rows"),
        (
            [COLUMNS_2018, line(COLUMNS_2018, TOT_EMP="n.a.")],
            r"'nat4d_dl', row 2, column 'TOT_EMP': 'n\.a\.' is",
        ),
        ([COLUMNS_2018, line(COLUMNS_2018, OCC_CODE="191021")], r"'191021' is no SOC code"),
        ([COLUMNS_2018, line(COLUMNS_2018, NAICS="3250A1")], r"'3250A1' .* names no NAICS codes"),
        ([["Notes", "and"], ["so", "on"]], r"has no sheet with a column OCC_CODE"),
    ],
)
def test_one_clear_line(tmp_path: Path, rows: list[Row], says: str) -> None:
    path = book(tmp_path / "nat4d_M2018_dl.xlsx", ("nat4d_dl", rows))
    with pytest.raises(SourceError, match=says) as caught:
        OEWS_4DIGIT.load(path)
    assert path.name in caught.value.message
    assert "\n" not in caught.value.message


def test_marks_of_missing_figures(tmp_path: Path) -> None:
    marks: list[tuple[str | int, str | int]] = [("**", "*"), ("-", "-"), ("1,200", "#"), (0, 5)]
    rows = [
        line(COLUMNS_2018, OCC_CODE=f"19-102{i}", TOT_EMP=jobs, A_MEAN=wage)
        for i, (jobs, wage) in enumerate(marks)
    ]
    path = book(tmp_path / "nat4d_M2018_dl.xlsx", ("a", [COLUMNS_2018, *rows]))
    frame = OEWS_4DIGIT.load(path)
    assert frame["jobs"].tolist() == [pd.NA, pd.NA, 1200, 0]
    assert frame["mean_wage"].tolist() == [pd.NA, pd.NA, pd.NA, 5]


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"TOT_EMP": "*"}, r"sheet 'b', row 3, column 'TOT_EMP': '\*' is not a number"),
        ({"TOT_EMP": "inf"}, r"sheet 'b', row 3, column 'TOT_EMP': 'inf' is not a number"),
        ({"A_MEAN": "**"}, r"sheet 'b', row 3, column 'A_MEAN': '\*\*' is not a number"),
        ({"A_MEAN": "~"}, r"sheet 'b', row 3, column 'A_MEAN': '~' is not a number"),
        ({"OCC_GROUP": "sub"}, r"sheet 'b', row 3, column 'OCC_GROUP': 'sub' is no known level"),
    ],
)
def test_a_mark_that_is_not_known_is_refused_by_row(
    tmp_path: Path, cells: dict[str, str], says: str
) -> None:
    good: list[Row] = [COLUMNS_2018, line(COLUMNS_2018, OCC_CODE="19-1022")]
    bad: list[Row] = [COLUMNS_2018, line(COLUMNS_2018, NAICS="11"), line(COLUMNS_2018, **cells)]
    path = book(tmp_path / "nat4d_M2018_dl.xlsx", ("a", good), ("b", bad))
    with pytest.raises(SourceError, match=says):
        OEWS_4DIGIT.load(path)


def test_drift(tmp_path: Path) -> None:
    columns = ["EMPLOYMENT" if c == "TOT_EMP" else c for c in COLUMNS_2018]
    path = book(tmp_path / "nat4d_M2018_dl.xlsx", ("x", [columns, line(columns, EMPLOYMENT=1)]))
    with pytest.raises(SourceDrift) as caught:
        OEWS_4DIGIT.load(path)
    assert caught.value.missing == ("TOT_EMP",)
    assert caught.value.undeclared == ("EMPLOYMENT",)


@pytest.mark.parametrize(
    ("code", "title", "result"),
    [
        ("000000", "Cross-industry", ("total", 0, "total")),
        ("31-33", "Manufacturing", ("31-33", 2, "31-33")),
        ("310000", "Manufacturing", ("31-33", 2, "31-33")),
        ("990000", "Government", ("99", 2, "99")),
        ("481000", "Air Transportation", ("481", 3, "481")),
        ("325400", DRUGS, ("3254", 4, "3254")),
        ("541710", "R&D", ("54171", 5, "54171")),
        ("722511", "Full-Service Restaurants", ("722511", 6, "722511")),
        (
            "5220A1",
            "Credit Intermediation and Related Activities (5221 And 5223 only)",
            ("5220A1", 4, "5221 5223"),
        ),
    ],
)
def test_industry_codes(code: str, title: str, result: tuple[str, int, str]) -> None:
    assert industry(code, title) == result


@given(st.integers(11, 99_9999))
def test_filling_zeros_never_change_the_industry(number: int) -> None:
    plain, level, covers = industry(str(number).ljust(6, "0"), "")
    assert plain == covers
    assert 2 <= level <= 6
    assert plain[:2] == str(number)[:2]
    if level > 2:
        assert industry(plain, "") == (plain, level, covers)
        assert int(plain.ljust(6, "0")) == int(str(number).ljust(6, "0"))


def write_groups(folder: Path, *rows: str) -> Path:
    path = folder / "nat_industry_groups_M2018_broad.csv.gz"
    path.write_bytes(gzip.compress("\n".join([",".join(COLUMNS_2018), *rows, ""]).encode()))
    return path


def group_row(naics: str, jobs: int = 120, soc: str = "25-1010") -> str:
    return f"{naics},,{soc},,broad,{jobs}" + "," * 18


def test_groups_split_off_the_ownership(tmp_path: Path) -> None:
    frame = OEWS_GROUPS.load(
        write_groups(
            tmp_path,
            group_row("611100Private"),
            group_row("611100State government", 80),
            group_row("325000"),
        )
    )
    assert frame[["naics", "level", "ownership", "jobs"]].values.tolist() == [
        ["325", 3, "All", 120],
        ["6111", 4, "Private", 120],
        ["6111", 4, "State government", 80],
    ]
    assert frame["title"].isna().all()


def test_groups_refuse_what_they_do_not_know(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="'611100Tribal' is no NAICS code of six characters"):
        OEWS_GROUPS.load(write_groups(tmp_path, group_row("611100Tribal")))
    path = write_groups(tmp_path, *(group_row("325000", soc=f"{n}-1010") for n in range(11, 99)))
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(SourceError, match="truncated"):
        OEWS_GROUPS.load(path)


def test_codes_that_are_no_code_at_all() -> None:
    with pytest.raises(CellError, match="'A1'"):
        industry("A1", "(3251)")


@pytest.mark.data
def test_real_sectors_add_up_to_the_nation(data_dir: Path) -> None:
    sectors = OEWS_SECTOR.load(OEWS_SECTOR.find(data_dir, 2018))
    nation = OEWS_NATIONAL.load(OEWS_NATIONAL.find(data_dir, 2018))
    assert sectors["naics"].nunique() == 20
    total = nation.loc[nation["group"] == "total", "jobs"].item()
    assert total == 144_733_270
    # Sectors are rounded to ten.
    assert abs(sectors.loc[sectors["group"] == "total", "jobs"].sum() - total) < 200
    # Majors are complete, so they add up too.
    assert abs(nation.loc[nation["group"] == "major", "jobs"].sum() - total) < 200


@pytest.mark.data
def test_real_industries(data_dir: Path) -> None:
    frame = OEWS_6DIGIT.load(OEWS_6DIGIT.find(data_dir, 2018))
    assert len(frame) == 16_387
    assert frame["naics"].nunique() == 62
    assert set(frame["group"]) == {"total", "major", "minor", "broad", "detailed"}
    assert int(frame["jobs"].isna().sum()) == 1_375
    totals = frame[frame["group"] == "total"].set_index("naics")["jobs"]
    assert totals["722511"] == 5_452_510
    assert totals["54171"] == 612_230


@pytest.mark.data
def test_real_groups(data_dir: Path) -> None:
    frame = OEWS_GROUPS.load(OEWS_GROUPS.find(data_dir, 2018))
    assert len(frame) == 28_463
    assert frame["soc"].nunique() == 539
    industries = frame.drop_duplicates(["naics", "ownership"])
    assert len(industries) == 210
    assert int((industries["ownership"] != "All").sum()) == 22
    assert {"325", "3254"} <= set(industries["naics"])  # nested
