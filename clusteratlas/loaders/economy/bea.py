"""BEA benchmark input-output accounts at detail level: use and make tables after redefinitions.

Both workbooks hold one sheet per year: a title, a row of names, a row of codes that begins with
"Code", then one row per commodity (use) or industry (make), and notes. Blank and "..." cells are
not there in the tidy table, so a commodity that nobody makes has no column in the make table;
negative cells are right (imports, subsidies, inventories).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd

from clusteratlas.loaders.source.declaration import Source, SourceColumn
from clusteratlas.loaders.source.tabular import CellError, read_rows, reals
from clusteratlas.loaders.source.workbook import sheet_names

VINTAGES = frozenset({2007, 2012, 2017})

TOTALS = {
    "T001": "Total Intermediate",
    "T004": "Total Final Uses (GDP)",
    "T005": "Total Intermediate",
    "T006": "Total Value Added",
    "T007": "Total Commodity Output",
    "T008": "Total Industry Output",
}
VALUE_ADDED = {
    "V00100": "Compensation of employees",
    "V00200": "Taxes on production and imports, less subsidies",
    "V00300": "Gross operating surplus",
}
FINAL_USE = {
    "F01000": "Personal consumption expenditures",
    "F02E00": "Nonresidential private fixed investment in equipment",
    "F02N00": "Nonresidential private fixed investment in intellectual property products",
    "F02R00": "Residential private fixed investment",
    "F02S00": "Nonresidential private fixed investment in structures",
    "F03000": "Change in private inventories",
    "F04000": "Exports of goods and services",
    "F05000": "Imports of goods and services",
    "F06C00": "Federal national defense: Consumption expenditures",
    "F06E00": "Federal national defense: Gross investment in equipment",
    "F06N00": "Federal national defense: Gross investment in intellectual property products",
    "F06S00": "Federal national defense: Gross investment in structures",
    "F07C00": "Federal nondefense: Consumption expenditures",
    "F07E00": "Federal nondefense: Gross investment in equipment",
    "F07N00": "Federal nondefense: Gross investment in intellectual property products",
    "F07S00": "Federal nondefense: Gross investment in structures",
    "F10C00": "State and local: Consumption expenditures",
    "F10E00": "State and local: Gross investment in equipment",
    "F10N00": "State and local: Gross investment in intellectual property products",
    "F10S00": "State and local: Gross investment in structures",
}
SPECIAL = {
    "S00401": "Scrap",
    "S00402": "Used and secondhand goods",
    "S00300": "Noncomparable imports",
    "S00900": "Rest of the world adjustment",
}
"""Commodities that no industry makes as its own; the totals of rows and columns need them."""

_TITLES = TOTALS | VALUE_ADDED | FINAL_USE | SPECIAL
_CODE = re.compile(r"[0-9A-Z]{5,6}")
_BLANK = "..."
"""How BEA writes a cell without a flow."""
_UNITS = "[Millions of Dollars]"


@dataclass(frozen=True, slots=True)
class _Side:
    """What the rows, or the columns, of a table are."""

    main: str
    """Kind of a code that is not declared below."""
    groups: tuple[tuple[str, Mapping[str, str]], ...]
    """Declared kinds and their codes, all of which the table must have."""

    def kind(self, code: str) -> str:
        for kind, codes in self.groups:
            if code in codes:
                return kind
        return self.main

    def check(self, codes: list[str], where: str) -> None:
        declared = {code for _, group in self.groups for code in group}
        missing = sorted(declared - set(codes))
        # Letters that only totals, value added and final uses begin with.
        undeclared = sorted(c for c in codes if c not in declared and c[0] in "TVF")
        shapeless = sorted(c for c in codes if c not in declared and not _CODE.fullmatch(c))
        if missing or undeclared or shapeless:
            raise CellError(
                f"{where}: missing codes {missing}, undeclared codes {undeclared + shapeless}"
            )


def _of(*codes: str) -> dict[str, str]:
    return {code: _TITLES[code] for code in codes}


_USE_ROWS = _Side(
    "commodity",
    (
        ("scrap_noncomparable", SPECIAL),
        ("value_added", VALUE_ADDED),
        ("total", _of("T005", "T006", "T008")),
    ),
)
_USE_COLUMNS = _Side("industry", (("final_use", FINAL_USE), ("total", _of("T001", "T004", "T007"))))
_MAKE_ROWS = _Side("industry", (("total", _of("T007")),))
_MAKE_COLUMNS = _Side("commodity", (("scrap_noncomparable", SPECIAL), ("total", _of("T008"))))


def sheets_of_years(path: Path) -> frozenset[int]:
    """Years of a workbook: the names of its sheets that are years."""
    return frozenset(int(name) for name in sheet_names(path) if re.fullmatch(r"\d{4}", name))


def read_bea(path: Path, year: int) -> pd.DataFrame:
    """Read the sheet of one year as text, cell by cell; shape as published."""
    return pd.DataFrame(read_rows(path, str(year)), dtype="string")


def tidy_bea(
    raw: pd.DataFrame, year: int, *, name: str, rows: _Side, columns: _Side
) -> pd.DataFrame:
    """Turn the sheet into one row per filled cell; pure."""
    title = str(raw.iat[0, 0]) if raw.size else ""
    if name.lower() not in title.lower() or not title.rstrip().endswith(str(year)):
        raise CellError(f"the sheet is called {title!r}, not {name} of {year}")
    if _UNITS.lower() not in {str(cell).lower() for cell in raw.iloc[:4, 0]}:
        raise CellError(f"the units are not {_UNITS}")
    starts = raw.index[raw[0] == "Code"]
    if not len(starts) or starts[0] == 0:
        raise CellError('no row begins with "Code"')
    start = int(starts[0])
    across = [str(code) for code in raw.iloc[start, 2:] if code]
    across_titles = [str(t) for t in raw.iloc[start - 1, 2 : 2 + len(across)]]
    body = raw.iloc[start + 1 :]
    ends = body.index[body[0].eq("")]
    body = body.loc[: int(ends[0]) - 1] if len(ends) else body
    down = [str(code) for code in body[0]]
    columns.check(across, "columns")
    rows.check(down, "rows")
    cells = body.iloc[:, 2 : 2 + len(across)].set_axis(across, axis=1)
    cells.insert(0, "row", down)
    cells.insert(1, "row_title", _titles(down, [str(t) for t in body[1]]))
    long = cells.melt(["row", "row_title"], var_name="column", value_name="value")
    try:
        long["value"] = reals(long["value"], missing=[_BLANK])
    except CellError as exc:
        raise _at_its_place(body.iloc[:, 2:], across, str(exc.value)) from exc
    long = long[long["value"].notna()]
    titles = dict(zip(across, _titles(across, across_titles), strict=True))
    return pd.DataFrame(
        {
            "row": long["row"],
            "column": long["column"],
            "value": long["value"],
            "row_kind": long["row"].map({code: rows.kind(code) for code in down}),
            "column_kind": long["column"].map({code: columns.kind(code) for code in across}),
            "row_title": long["row_title"],
            "column_title": long["column"].map(titles),
        }
    )


def _at_its_place(cells: pd.DataFrame, across: list[str], value: str) -> CellError:
    """Say in which row and column of the sheet a cell is that is no figure."""
    place = next(i for i in range(len(across)) if cells.iloc[:, i].eq(value).any())
    row = int(cells.index[cells.iloc[:, place].eq(value)][0]) + 1
    return CellError(f"row {row}, column {across[place]!r}: {value!r} is not a number")


def _titles(codes: list[str], published: list[str]) -> list[str]:
    """Give the titles as published; where the workbook repeats the code, the accounts' own."""
    return [
        _TITLES.get(code, title) if title in {"", code} else title
        for code, title in zip(codes, published, strict=True)
    ]


def _source(
    short: str, title: str, pattern: str, example: str, tidier: Callable[..., pd.DataFrame]
) -> Source:
    kinds = "commodity, industry, value_added, final_use, total, scrap_noncomparable"
    return Source(
        id=f"bea-{short}",
        title=f"Benchmark input-output accounts, {title}, after redefinitions, detail",
        publisher="U.S. Bureau of Economic Analysis",
        licence="US public domain",
        homepage="https://www.bea.gov/industry/input-output-accounts-data",
        url=None,
        pattern=pattern,
        vintages=VINTAGES,
        goes_on=True,
        vintage=max(VINTAGES),
        holds=sheets_of_years,
        layouts=(),
        columns=(
            SourceColumn("row", "string", "code of the row"),
            SourceColumn("column", "string", "code of the column"),
            SourceColumn(
                "value", "Float64", "flow; may be negative; blank cells are absent", "million USD"
            ),
            SourceColumn("row_kind", "string", kinds),
            SourceColumn("column_kind", "string", kinds),
            SourceColumn("row_title", "string", "title of the row"),
            SourceColumn("column_title", "string", "title of the column"),
        ),
        key=("row", "column"),
        read=read_bea,
        tidy=tidier,
        note="One sheet for each year, which is the vintage: the name of the present workbooks, "
        "as IOUse_After_Redefinitions_PRO_Detail.xlsx, says none. "
        "Part of the AllTablesIO.zip archives of BEA.",
        example=example,
    )


BEA_USE = _source(
    "use",
    "use table in producers' prices",
    r"IOUse_After_Redefinitions_PRO_(?:(?:(?P<also>\d{4})_)?(?P<year>\d{4})_)?Detail ?\.xlsx",
    "IOUse_After_Redefinitions_PRO_2017_Detail.xlsx",
    partial(
        tidy_bea,
        name="Use Table, After Redefinitions, Producers' Value",
        rows=_USE_ROWS,
        columns=_USE_COLUMNS,
    ),
)
BEA_MAKE = _source(
    "make",
    "make table",
    r"IOMake_After_Redefinitions_(?:PRO_)?(?:(?:(?P<also>\d{4})_)?(?P<year>\d{4})_)?Detail ?\.xlsx",
    "IOMake_After_Redefinitions_2017_Detail .xlsx",
    partial(
        tidy_bea, name="Make Table, After Redefinitions", rows=_MAKE_ROWS, columns=_MAKE_COLUMNS
    ),
)
