"""Census Bureau: the lists of NAICS codes with their titles, two to six digits."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from clusteratlas.errors import SourceError
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import codes, frame_of_rows, read_rows
from clusteratlas.loaders.source.vintages import itself
from clusteratlas.loaders.source.workbook import sheet_names
from clusteratlas.vocabulary.naics import SECTOR_SPANS

VINTAGES = frozenset({2007, 2012, 2017, 2022})

_TRILATERAL_MARK = re.compile(r"(?<=[a-z)])T$")
"""A superscript T ("comparable in Canada, Mexico and the U.S.") that spreadsheets flatten."""


def parent_of(code: str) -> str | None:
    """Code one level up: 325414 -> 32541, 325 -> 31-33, 31-33 -> None.

    Degenerate case: a two-digit code that is part of a range (31) has that range as its parent.
    """
    if "-" in code:
        return None
    if len(code) > 3:
        return code[:-1]
    two = code[:2]
    if len(code) == 2:
        return SECTOR_SPANS.get(code)
    return SECTOR_SPANS.get(two, two)


def level_of(code: str) -> int:
    """Digits of a code, 2 to 6; a range of sectors (31-33) is at level 2."""
    return 2 if "-" in code else len(code)


def _read(path: Path, _vintage: int) -> pd.DataFrame:
    if path.suffix.lower() in {".xls", ".xlsx"}:
        # The Census Bureau names the sheet anew in every vintage; it is always the first one.
        rows = read_rows(path, sheet_names(path)[0])
    else:
        rows = read_rows(path, encoding=("utf-8", "cp1252"))
    return frame_of_rows(rows)


def _tidy(raw: pd.DataFrame, vintage: int) -> pd.DataFrame:
    naics = codes(raw[f"{vintage} NAICS US Code"])
    frame = pd.DataFrame(
        {
            "vintage": vintage,
            "naics": naics,
            "title": raw[f"{vintage} NAICS US Title"]
            .str.replace(_TRILATERAL_MARK, "", regex=True)
            .str.strip(),
        }
    )[naics != ""]
    odd = frame[~frame["naics"].str.fullmatch(r"\d{2}-\d{2}|\d{2,6}")]
    if len(odd):
        raise SourceError(
            f"NAICS {vintage} list: {odd['naics'].iloc[0]!r} is not a NAICS code",
            hint="compare with the publisher's file",
        )
    frame["level"] = frame["naics"].map(level_of)
    frame["parent"] = frame["naics"].map(parent_of).astype("string")
    orphans = frame[frame["parent"].notna() & ~frame["parent"].isin(frame["naics"])]
    if len(orphans):
        code = orphans["naics"].iloc[0]
        raise SourceError(
            f"NAICS {vintage} list: {code} has no parent {parent_of(code)} "
            f"({len(orphans)} such codes)",
            hint="the file may be truncated: fetch it again",
        )
    return frame


def _layout(vintage: int) -> Layout:
    return Layout(
        vintages=frozenset({vintage}),
        columns=frozenset({f"{vintage} NAICS US Code", f"{vintage} NAICS US Title"}),
        optional=frozenset({"Seq. No."}),
    )


NAICS_CODES = Source(
    id="naics-codes",
    title="North American Industry Classification System, 2- to 6-digit codes",
    publisher="U.S. Census Bureau",
    licence="US public domain",
    homepage="https://www.census.gov/naics/",
    url="https://www.census.gov/naics/{year}NAICS/2-6%20digit_{year}_Codes.xlsx",
    urls={
        2007: "https://www.census.gov/naics/reference_files_tools/2007/naics07.xls",
        2012: "https://www.census.gov/naics/2012NAICS/2-digit_2012_Codes.xls",
    },
    pattern=r"(?:2-6[ _]digit|2-digit)_(?P<year>\d{4})_Codes\.(?:csv|xlsx?)|naics(?P<yy>\d\d)\.xls",
    example="2-6 digit_2017_Codes.csv",
    vintages=VINTAGES,
    goes_on=True,
    layouts=tuple(_layout(year) for year in sorted(VINTAGES)),
    later=_layout,
    columns=(
        SourceColumn("vintage", "Int64", "NAICS vintage", "year"),
        SourceColumn("naics", "string", "code; sectors as 31-33"),
        SourceColumn("title", "string", "title"),
        SourceColumn("level", "Int64", "digits of the code, 2 to 6", "digits"),
        SourceColumn("parent", "string", "code one level up; null for sectors"),
    ),
    key=("naics",),
    read=_read,
    tidy=_tidy,
    naics=itself,
)
