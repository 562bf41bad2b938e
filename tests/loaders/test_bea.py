"""BEA input-output workbooks: layout, kinds, and the accounting identities of the real ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from openpyxl import Workbook

from clusteratlas.errors import SourceError, SourceMissing
from clusteratlas.loaders.economy.bea import BEA_MAKE, BEA_USE, FINAL_USE
from clusteratlas.loaders.source.check import check_folder
from clusteratlas.loaders.source.declaration import identify
from clusteratlas.loaders.source.rows import notes_of

Row = Sequence[str | float | None]

MAKE_NAME = "IOMake_After_Redefinitions_2007_2012_Detail.xlsx"
USE_NAME = "IOUse_After_Redefinitions_PRO_2017_Detail.xlsx"
SPECIAL = ["S00401", "S00402", "S00300", "S00900"]


def workbook(path: Path, sheets: dict[str, list[Row]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def make_rows(year: int) -> list[Row]:
    """Two industries, two commodities: the layout of the publisher's 2007 and 2012 sheets."""
    return [
        [f"Make Table, After Redefinitions, {year}"],
        ["[Millions of Dollars]"],
        ["Bureau of Economic Analysis"],
        [None],
        [
            "Industry / Commodity",
            None,
            "Oilseed farming",
            "Vegetable farming",
            "Scrap",
            "Used goods",
            "Noncomparable imports",
            "Rest of the world adjustment",
            "Total Industry Output",
        ],
        ["Code", "Industry Description", "1111A0", 111200.0, *SPECIAL, "T008"],
        ["1111A0", "Oilseed farming", 90, 10, None, None, None, None, 100],
        [111200.0, "Vegetable farming", "...", 50, 2, None, None, None, 52],
        ["T007", "Total Commodity Output", 90, 60, 2, None, None, None, 152],
        [None],
        ["Note.  Detail may not add to total due to rounding."],
    ]


def use_rows() -> list[Row]:
    """Layout of the 2017 sheet: no words for totals, value added and final uses."""
    final = list(FINAL_USE)
    across = ["1111A0", "111200", "T001", *final, "T004", "T007"]
    blank: list[None] = [None] * len(final)
    return [
        ["Use Table, After Redefinitions, Producers' Value, 2017"],
        ["[Millions of Dollars]"],
        ["Bureau of Economic Analysis"],
        [None],
        ["Commodity / Industry", None, "Oilseed farming", "Vegetable farming", *across[2:]],
        ["Code", "Commodity Description", *across],
        ["1111A0", "Oilseed farming", 7, 3, 10, -5, *blank[1:], -5, 5],
        ["111200", "Vegetable farming", 1, None, 1, 9, *blank[1:], 9, 10],
        *([code, code, *[None] * len(across)] for code in SPECIAL),
        ["T005", "T005", 8, 3, 11, *blank, None, None],
        ["V00100", "V00100", 1, 4, 5],
        ["V00200", "V00200", -2, 1, -1],
        ["V00300", "V00300", 3, 2, 5],
        ["T006", "T006", 2, 7, 9],
        ["T008", "T008", 10, 10, 20],
    ]


def test_make_table_by_year(tmp_path: Path) -> None:
    path = workbook(tmp_path / MAKE_NAME, {"2007": make_rows(2007), "2012": make_rows(2012)})
    frame = BEA_MAKE.load(path, 2007)
    assert len(frame) == 3 + 1 + 2 + 4
    cells = frame.set_index(["row", "column"])
    assert cells.at[("1111A0", "111200"), "value"] == 10
    assert ("111200", "1111A0") not in cells.index  # "..." is no value
    assert cells.at[("111200", "S00401"), "column_kind"] == "scrap_noncomparable"
    assert cells.at[("T007", "T008"), "row_kind"] == "total"
    assert cells.at[("111200", "111200"), "row_kind"] == "industry"
    assert cells.at[("111200", "111200"), "column_kind"] == "commodity"
    assert cells.at[("111200", "T008"), "row_title"] == "Vegetable farming"


def test_the_earlier_sheet_is_found_in_the_same_workbook(tmp_path: Path) -> None:
    path = workbook(tmp_path / MAKE_NAME, {"2007": make_rows(2007), "2012": make_rows(2012)})
    assert BEA_MAKE.vintage_of(path.name) == 2012
    assert BEA_MAKE.find(tmp_path, 2007) == BEA_MAKE.find(tmp_path, 2012) == path


def test_the_present_workbooks_say_no_year_in_their_names(tmp_path: Path) -> None:
    """The vintage is the sheet, not the file name."""
    years = (2007, 2012, 2017)
    make: dict[str, list[Row]] = {str(y): make_rows(y) for y in years}
    make["NAICS Codes"] = [["x"]]
    path = workbook(tmp_path / "IOMake_After_Redefinitions_PRO_Detail.xlsx", make)
    assert identify(path) == (BEA_MAKE, 2017)
    assert [BEA_MAKE.find(tmp_path, year) for year in years] == [path] * 3
    assert all(len(BEA_MAKE.load(path, year)) == 10 for year in years)
    assert len(BEA_MAKE.load(path)) == 10
    with pytest.raises(SourceMissing, match="no file of vintage 2022"):
        BEA_MAKE.find(tmp_path, 2022)
    use = workbook(tmp_path / "IOUse_After_Redefinitions_PRO_Detail.xlsx", {"2017": use_rows()})
    assert identify(use) == (BEA_USE, 2017)
    assert BEA_USE.find(tmp_path, 2017) == use
    reports = {r.path: r for r in check_folder(tmp_path)}
    assert reports[path.name].notes == ("holds 2007, 2012, 2017; the rows are of 2017",)
    assert reports[use.name].problem is None


def test_a_later_benchmark_is_read_from_its_sheet(tmp_path: Path) -> None:
    make = {str(year): make_rows(year) for year in (2017, 2022)}
    path = workbook(tmp_path / "IOMake_After_Redefinitions_PRO_Detail.xlsx", make)
    assert BEA_MAKE.find(tmp_path, 2022) == path
    note = "2022 is later than this version knows; read with the layout of 2017"
    assert notes_of(BEA_MAKE.load(path)) == [note]
    with pytest.raises(SourceError, match="vintage 2010 is not known"):
        BEA_MAKE.load(path, 2010)


def test_use_table_kinds_and_titles(tmp_path: Path) -> None:
    frame = BEA_USE.load(workbook(tmp_path / USE_NAME, {"2017": use_rows()}))
    rows = frame.drop_duplicates("row").set_index("row")
    assert rows["row_kind"].to_dict() == {
        "1111A0": "commodity",
        "111200": "commodity",
        "T005": "total",
        "T006": "total",
        "T008": "total",
        "V00100": "value_added",
        "V00200": "value_added",
        "V00300": "value_added",
    }
    assert rows.at["V00100", "row_title"] == "Compensation of employees"
    columns = frame.drop_duplicates("column").set_index("column")
    assert columns.at["F01000", "column_kind"] == "final_use"
    assert columns.at["F01000", "column_title"] == "Personal consumption expenditures"
    assert columns.at["111200", "column_title"] == "Vegetable farming"
    assert columns.at["111200", "column_kind"] == "industry"
    assert frame.loc[(frame["row"] == "V00200") & (frame["column"] == "1111A0"), "value"].item() < 0


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda rows: rows[:-1], r"rows: missing codes \['T008'\], undeclared codes \[\]"),
        (
            lambda rows: [*rows, ["V00400", "?", 1, 1]],
            r"rows: missing codes \[\], undeclared codes \['V00400'\]",
        ),
        (
            lambda rows: [*rows[:6], ["11", "?", 1, 1], *rows[6:]],
            r"undeclared codes \['11'\]",
        ),
        (
            lambda rows: [["Use Table, Before Redefinitions, 2017"], *rows[1:]],
            r"'Use Table, Before Redefinitions, 2017', not Use Table, After Redefinitions",
        ),
        (lambda rows: [rows[0], ["[Thousands of Dollars]"], *rows[2:]], r"units are not"),
        (
            lambda rows: [*rows[:6], ["1111A0", "?", 8], *rows[6:]],
            r"repeated keys, first row=1111A0",
        ),
        (
            lambda rows: [*rows[:6], ["1111A0", "?", "n.a."], *rows[7:]],
            r"row 7, column '1111A0': 'n\.a\.'",
        ),
        (lambda rows: rows[:5], r'no row begins with "Code"'),
    ],
)
def test_drift_and_damage(
    tmp_path: Path, change: Callable[[list[Row]], list[Row]], says: str
) -> None:
    path = workbook(tmp_path / USE_NAME, {"2017": change(use_rows())})
    with pytest.raises(SourceError, match=says) as caught:
        BEA_USE.load(path)
    assert USE_NAME in caught.value.message
    assert "\n" not in caught.value.message


def test_workbook_without_its_sheet(tmp_path: Path) -> None:
    path = workbook(tmp_path / USE_NAME, {"2012": use_rows()})
    with pytest.raises(SourceError, match=r"has no sheet '2017': it has '2012'"):
        BEA_USE.load(path)


def test_truncated_workbook(tmp_path: Path) -> None:
    path = workbook(tmp_path / USE_NAME, {"2017": use_rows()})
    path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(SourceError, match=f"{USE_NAME} is not a readable workbook"):
        BEA_USE.load(path)


def matrix(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.pivot(index="row", columns="column", values="value").fillna(0).astype(float)


def gap(left: pd.Series, right: pd.Series) -> float:
    return float(np.abs(left.to_numpy(float) - right.loc[left.index].to_numpy(float)).max())


def kinds(frame: pd.DataFrame, axis: str, *wanted: str) -> list[str]:
    first = frame.drop_duplicates(axis)
    return sorted(first.loc[first[f"{axis}_kind"].isin(wanted), axis])


@pytest.mark.data
@pytest.mark.parametrize(("year", "industries"), [(2007, 405), (2012, 405), (2017, 402)])
def test_real_accounts_balance(data_dir: Path, year: int, industries: int) -> None:
    frame = BEA_USE.load(BEA_USE.find(data_dir, year), year)
    use = matrix(frame)
    inputs = kinds(frame, "row", "commodity", "scrap_noncomparable")
    buyers = kinds(frame, "column", "industry")
    uses = kinds(frame, "column", "final_use")
    assert len(buyers) == industries
    rounding = 15  # million USD: some 400 cells, each rounded to 1
    intermediate = use.loc[inputs, buyers].sum()
    added = use.loc[kinds(frame, "row", "value_added"), buyers].sum()
    output = use.T["T008"]
    assert gap(intermediate + added, output) < rounding
    assert gap(use.loc[inputs, buyers + uses].sum(axis=1), use["T007"]) <= 50

    made = BEA_MAKE.load(BEA_MAKE.find(data_dir, year), year)
    make = matrix(made)
    products = kinds(made, "column", "commodity", "scrap_noncomparable")
    makers = kinds(made, "row", "industry")
    assert makers == buyers
    # No industry makes used goods or noncomparable imports: their columns are empty.
    assert set(inputs) - set(products) == {"S00300", "S00402"}
    assert set(products) <= set(inputs)
    assert gap(make.loc[makers, products].sum(axis=1), make["T008"]) < 6
    assert gap(make["T008"].drop("T007"), output) <= 1
    commodity = kinds(made, "column", "commodity")
    assert gap(make.T["T007"].loc[commodity], use["T007"]) <= 1
