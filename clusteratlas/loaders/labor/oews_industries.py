"""BLS Occupational Employment and Wage Statistics: industries of all levels in one file.

Since May 2019 one workbook holds every table of a year, ``all_data_M_2025.xlsx``; its rows of the
nation are read. The same figures also come re-laid as three files: the cells, and the titles of
industries and of occupations beside them. Either gives the columns of the older workbooks
(:mod:`clusteratlas.loaders.economy.oews`) and the ownership.

Levels are nested, and some industries are told apart by ownership as well: never sum over either.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from clusteratlas.errors import SourceError, SourceMissing
from clusteratlas.loaders.economy.oews import ALL, NO_WAGE, OEWS_4DIGIT, tidy_industries
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import (
    HEADER,
    CellError,
    integers,
    read_csv_text,
    read_sheet,
)
from clusteratlas.loaders.source.vintages import since
from clusteratlas.loaders.source.words import known_words
from clusteratlas.loaders.source.workbook import sheet_names

SOC = since({2010: 2010, 2019: 2018})
"""SOC vintage of the occupations of a year. In May 2019 and 2020 some occupations of SOC 2018 were
still published together: their codes are BLS's own, and never those of another occupation."""

PRIVATE = "Private"
"""Ownership of the part of an industry that is no government."""

NOT_SURVEYED = ("111", "112", "114", "814")
"""Crops, animals, fishing and hunting, private households. The survey's sector 11 is forestry and
support activities alone."""

_CELLS = "nat_industry_x_occ"
"""What the re-laid files call the cells; the two lists of titles have other words in its place."""

SOC_LEVELS = {"0": "major", "1": "minor", "2": "broad", "3": "detailed"}
"""Levels of the lists of occupations; the total is among the major groups."""
_TOTAL = "000000"

_OWNED = {
    "State Government Owned": "State government",
    "Local Government Owned": "Local government",
    "Privately Owned": PRIVATE,
}
"""Last words of the title of a part of an industry, and its ownership."""

_OWNERS = {"1": "Federal government", "2": "State government", "3": "Local government"} | {
    "5": PRIVATE
}
_PRIVATE_TOTAL = "000001"

_WANTED = {
    "industry_code": "NAICS",
    "occ_code": "OCC_CODE",
    "tot_emp": "TOT_EMP",
    "a_mean": "A_MEAN",
    "a_median": "A_MEDIAN",
}


def read_relaid(path: Path, _year: int) -> pd.DataFrame:
    """Read the cells, and put to each the two titles that lie beside them.

    Raises
    ------
    SourceMissing
        If a list of titles is not beside the file.
    SourceError
        If it lacks the title of a code.
    """
    cells = read_csv_text(path)
    header = list(cells.columns)
    for kind, code in (("industries", "industry"), ("occupations", "occ")):
        table = read_beside(path, _CELLS, kind, {f"{code}_code", f"{code}_name"})
        cells[f"{code}_name"] = listed(cells[f"{code}_code"], table, f"{code}_name")
    cells.attrs[HEADER] = header
    return cells


def read_beside(path: Path, cells: str, kind: str, keep: set[str]) -> pd.DataFrame:
    """Read a list that lies beside a re-laid file of cells, which has codes alone.

    Parameters
    ----------
    path
        The file of cells.
    cells, kind
        What the name of that file has, and what the list's has in its place.
    keep
        Columns worth reading; the one that ends in ``_code`` becomes the index.

    Raises
    ------
    SourceMissing
        If the list is not there.
    """
    lists = path.with_name(path.name.replace(cells, kind))
    if not lists.is_file():
        raise SourceMissing(
            f"{lists.name} is not beside {path.name}",
            hint="the cells have codes alone: put the list of titles into the same folder",
        )
    table = read_csv_text(lists, keep=keep)
    (code,) = (name for name in table.columns if name.endswith("_code"))
    table = table.set_index(code)
    table.attrs = {"cells": path.name, "list": lists.name}
    return table


def listed(codes: pd.Series, table: pd.DataFrame, column: str) -> pd.Series:
    """Give what a list that :func:`read_beside` read says of each code.

    Raises
    ------
    SourceError
        If it lacks one.
    """
    found = codes.map(table[column])
    if found.isna().any():
        names = table.attrs
        lacking = codes[found.isna()].iloc[0]
        raise SourceError(
            f"{names['list']} has no title of {lacking!r}, which {names['cells']} has",
            hint="are both of one year?",
        )
    return found


def tidy_relaid(raw: pd.DataFrame, year: int) -> pd.DataFrame:
    """Write codes and levels as the publisher's workbooks do, and then as theirs; pure."""
    known_words(raw["occ_level"], set(SOC_LEVELS), "level of occupations")
    pairs = raw[["industry_code", "industry_name"]].drop_duplicates("industry_code")
    parts = {code: _part(code, title) for code, title in pairs.itertuples(index=False)}
    occupation = raw["occ_code"]
    cells = raw.rename(columns=_WANTED).assign(
        NAICS=raw["industry_code"].map({code: plain for code, (plain, _) in parts.items()}),
        NAICS_TITLE=raw["industry_name"],
        OCC_CODE=occupation.str[:2] + "-" + occupation.str[2:],
        OCC_TITLE=raw["occ_name"],
        O_GROUP=raw["occ_level"].map(SOC_LEVELS).mask(occupation == _TOTAL, "total"),
    )
    owners = raw["industry_code"].map({code: owner for code, (_, owner) in parts.items()})
    return _with_parts(cells, owners, year)


def _with_parts(cells: pd.DataFrame, owners: pd.Series, year: int) -> pd.DataFrame:
    """Columns of the older workbooks, the ownership, and the median wage."""
    median = integers(cells["A_MEDIAN"], missing=NO_WAGE)
    return tidy_industries(cells, year).assign(ownership=owners, median_wage=median)


def _part(code: str, title: str) -> tuple[str, str]:
    """Code as in the workbooks, and ownership: ``31--34`` is 31-33, ``611105`` private 6111."""
    span = re.fullmatch(r"(\d\d)--?(\d{2,3})", code)
    if span:
        first, last = span[1], int(span[2]) - 1
        return (first if int(first) == last else f"{first}-{last}"), ALL
    if code == _PRIVATE_TOTAL:
        return _TOTAL, PRIVATE
    _, comma, words = title.rpartition(", ")
    if comma and words in _OWNED:
        return code[:-1] + "0", _OWNED[words]
    return code, ALL


def read_all_data(path: Path, _year: int) -> pd.DataFrame:
    """Read the nation's rows of the workbook of everything.

    Raises
    ------
    SourceError
        If it has no rows of the nation.
    """
    frame = read_sheet(path, next(iter(sheet_names(path))))
    frame = frame.set_axis([str(name).upper() for name in frame.columns], axis=1)
    frame.attrs.clear()  # the header in the case of that year
    if "AREA_TYPE" not in frame:
        return frame
    nation: pd.DataFrame = frame[frame["AREA_TYPE"] == "1"].reset_index(drop=True)
    if nation.empty:
        raise SourceError(
            f"{path.name} has no rows of the nation (AREA_TYPE 1)",
            hint="is it the publisher's workbook? It holds areas of all types",
        )
    return nation


def tidy_all_data(raw: pd.DataFrame, year: int) -> pd.DataFrame:
    """Tell the parts of an industry by ownership from the whole; pure.

    Of several ownerships of an industry the one of most digits is the whole: 235 is private, state
    and local. An industry of one ownership is whole as it is.
    """
    private = raw["NAICS"] == _PRIVATE_TOTAL
    cells = raw.assign(NAICS=raw["NAICS"].mask(private, _TOTAL))
    digits = cells["OWN_CODE"].str.len()
    part = digits < digits.groupby(cells["NAICS"]).transform("max")
    strange = cells.loc[part & ~cells["OWN_CODE"].isin(_OWNERS), "OWN_CODE"]
    if len(strange):
        raise CellError(
            f"column 'OWN_CODE': {strange.iloc[0]!r} is no single ownership, "
            "beside a wider one of the same industry",
            column="OWN_CODE",
            value=strange.iloc[0],
        )
    owners = cells["OWN_CODE"].map(_OWNERS).where(part, ALL)
    return _with_parts(cells, owners, year)


MEDIAN_WAGE = SourceColumn(
    "median_wage", "Int64", "annual median wage; NA where not available or top-coded", "USD"
)

_COLUMNS = (
    *OEWS_4DIGIT.columns,
    SourceColumn("ownership", "string", "All, or a part: Private, State government, ..."),
    MEDIAN_WAGE,
)
_KEY = ("naics", "ownership", "soc", "group")
_NOTE = (
    "Levels are nested, and parts by ownership are in the whole: never sum over either. "
    "Farms, fishing and private households (111, 112, 114, 814) are not surveyed."
)
_GOVERNMENT = frozenset({"999001", "999101", "999201", "999301"})
"""BLS's own codes of governments with their schools and hospitals."""

_RELAID = frozenset({2025})

OEWS_INDUSTRIES = Source(
    id="oews-industries",
    title="Occupational Employment and Wage Statistics, industries of all levels, re-laid",
    publisher=OEWS_4DIGIT.publisher,
    licence=OEWS_4DIGIT.licence,
    homepage=OEWS_4DIGIT.homepage,
    url=None,
    pattern=rf"oews_M(?P<year>\d{{4}})_{_CELLS}\.csv(?:\.gz)?",
    vintages=_RELAID,
    goes_on=True,
    layouts=(
        Layout(
            _RELAID,
            frozenset({*_WANTED, "occ_level"}),
            frozenset(
                {"industry_level", "emp_prse", "h_mean", "mean_prse", "h_median"} | {"emp_footnote"}
            ),
        ),
    ),
    columns=_COLUMNS,
    key=_KEY,
    read=read_relaid,
    tidy=tidy_relaid,
    note=f"{_NOTE} The lists oews_M2025_industries and oews_M2025_occupations lie beside it.",
    example=f"oews_M2025_{_CELLS}.csv.gz",
    naics=OEWS_4DIGIT.naics,
    naics_column="covers",
    naics_extra=OEWS_4DIGIT.naics_extra | _GOVERNMENT,
)

_IN_ONE = frozenset(range(2019, 2026))

OEWS_ALL = Source(
    id="oews-all",
    title="Occupational Employment and Wage Statistics, all data of a year: the nation",
    publisher=OEWS_4DIGIT.publisher,
    licence=OEWS_4DIGIT.licence,
    homepage=OEWS_4DIGIT.homepage,
    url="https://www.bls.gov/oes/special-requests/oesm{yy}all.zip",
    pattern=r"all_data_M_(?P<year>\d{4})\.xlsx?",
    vintages=_IN_ONE,
    goes_on=True,
    layouts=(
        Layout(
            _IN_ONE,
            frozenset(
                {"AREA_TYPE", "NAICS", "NAICS_TITLE", "OWN_CODE", "OCC_CODE", "OCC_TITLE"}
                | {"O_GROUP", "TOT_EMP", "A_MEAN", "A_MEDIAN"}
            ),
            OEWS_4DIGIT.layouts[0].ignored - {"A_MEDIAN"},
        ),
    ),
    columns=_COLUMNS,
    key=_KEY,
    read=read_all_data,
    tidy=tidy_all_data,
    note=f"{_NOTE} States and areas of the workbook are passed over.",
    example="all_data_M_2025.xlsx",
    naics=OEWS_4DIGIT.naics,
    naics_column="covers",
    naics_extra=OEWS_4DIGIT.naics_extra | _GOVERNMENT,
)
