"""BLS Occupational Employment and Wage Statistics: jobs by industry and occupation, nation.

Industries come at several levels in several files, and they are nested (325000 contains 325400):
never sum over industries of different levels. Some rows stand for a group of industries that has
no NAICS code of its own (3250A1, "3251, 3252, 3253, and 3259 only"); ``covers`` lists its members.
"""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from clusteratlas.errors import SourceError
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import CellError, integers, read_csv_text, read_sheet
from clusteratlas.loaders.source.vintages import since
from clusteratlas.loaders.source.words import known_words
from clusteratlas.loaders.source.workbook import sheet_names

VINTAGES = frozenset(range(2010, 2025))

ALL = "All"
"""Ownership of an industry that is not split by ownership."""

_RANGES = {"31": "31-33", "44": "44-45", "48": "48-49"}

_GROUPS = ("OCC_GROUP", "O_GROUP", "GROUP")
"""Names that the column of the occupation's level has had; files before 2012 may lack it."""

_OCCUPATION = frozenset({"OCC_CODE", "OCC_TITLE", "TOT_EMP", "A_MEAN"})
_INDUSTRY = frozenset({"NAICS", "NAICS_TITLE"})

_IGNORED = frozenset(
    {
        "AREA",
        "AREA_TITLE",
        "AREA_TYPE",
        "PRIM_STATE",
        "I_GROUP",
        "OWN_CODE",
        "EMP_PRSE",
        "JOBS_1000",
        "LOC_QUOTIENT",
        "PCT_TOTAL",
        "PCT_RPT",
        "H_MEAN",
        "MEAN_PRSE",
        "ANNUAL",
        "HOURLY",
    }
    | {
        f"{unit}_{point}"
        for unit in "HA"
        for point in ("PCT10", "PCT25", "MEDIAN", "PCT75", "PCT90")
    }
)

NO_JOBS = ("**", "-")
NO_WAGE = ("*", "#", "-")
"""``*`` not available; ``#`` above the top code, so that no mean is known; ``-`` not released."""
_LEVELS = frozenset({"total", "major", "minor", "broad", "detailed"})

_SOC = re.compile(r"\d{2}-\d{4}")


def read_oews(path: Path, _year: int) -> pd.DataFrame:
    """Read every sheet that is a table of occupations, one below the other.

    Raises
    ------
    SourceError
        If there is no such sheet, or the file splits industries by ownership.
    """
    if "_owner_" in path.name.lower():
        raise SourceError(
            f"{path.name} splits each industry by ownership: with the file that does not, "
            "jobs would count twice",
            hint=f"use {re.sub('_owner', '', path.name, flags=re.IGNORECASE)}",
        )
    sheets = [read_sheet(path, name) for name in sheet_names(path)]
    tables = [s.set_axis([str(c).upper() for c in s.columns], axis=1) for s in sheets]
    tables = [t for t in tables if "OCC_CODE" in t]
    if not tables:
        raise SourceError(
            f"{path.name} has no sheet with a column OCC_CODE",
            hint="is it the publisher's workbook? Its first sheet holds the table",
        )
    together = pd.concat(tables, ignore_index=True)
    together.attrs.clear()  # the sheets' own headers, in the case of that year
    return together


def tidy_industries(raw: pd.DataFrame, _year: int) -> pd.DataFrame:
    """Turn a workbook of industries into our columns; pure."""
    pairs = raw[["NAICS", "NAICS_TITLE"]].drop_duplicates("NAICS")
    industries = {
        code: industry(code, title)
        for code, title in zip(pairs["NAICS"], pairs["NAICS_TITLE"], strict=True)
    }
    return pd.DataFrame(
        {
            "naics": raw["NAICS"].map({code: i[0] for code, i in industries.items()}),
            "level": raw["NAICS"].map({code: i[1] for code, i in industries.items()}),
            "covers": raw["NAICS"].map({code: i[2] for code, i in industries.items()}),
            "industry_title": raw["NAICS_TITLE"],
            **_occupations(raw),
        }
    )


def tidy_national(raw: pd.DataFrame, _year: int) -> pd.DataFrame:
    """Turn the national workbook into our columns; pure."""
    return pd.DataFrame(_occupations(raw))


def read_groups(path: Path, _year: int) -> pd.DataFrame:
    """Read the file of industry groups, one row per industry and occupation."""
    return read_csv_text(path, keep={"NAICS", "OCC_CODE", "OCC_TITLE", "OCC_GROUP", "TOT_EMP"})


def tidy_groups(raw: pd.DataFrame, _year: int) -> pd.DataFrame:
    """Split off the ownership that follows some codes (``611100Private``); pure."""
    known_words(raw["OCC_GROUP"].str.lower(), _LEVELS, "level of occupations")
    parts = {code: _ownership(code) for code in raw["NAICS"].unique()}
    codes = {code: industry(digits, "") for code, (digits, _) in parts.items()}
    return pd.DataFrame(
        {
            "naics": raw["NAICS"].map({code: i[0] for code, i in codes.items()}),
            "level": raw["NAICS"].map({code: i[1] for code, i in codes.items()}),
            "ownership": raw["NAICS"].map({code: owner for code, (_, owner) in parts.items()}),
            "soc": _soc(raw),
            "title": raw["OCC_TITLE"].replace("", pd.NA),
            "group": raw["OCC_GROUP"].str.lower(),
            "jobs": integers(raw["TOT_EMP"], missing=NO_JOBS),
        }
    )


def industry(code: str, title: str) -> tuple[str, int, str]:
    """Plain NAICS code, its level, and the NAICS codes that it covers.

    Parameters
    ----------
    code
        As published: ``325400`` is 3254, ``31-33`` stays, ``000000`` is total. A zero at the end
        only fills up, also in six-digit codes: 332710 is 33271, its only member.
    title
        As published; names the members of a code with a letter.

    Returns
    -------
    tuple
        Code, digits (0 for total), members joined by a blank. For ``3250A1`` the code itself, the
        digits of its members, and ``3251 3252 3253 3259``.

    Raises
    ------
    CellError
        If the code has another shape, or the title of a code with a letter names no members.
    """
    if re.fullmatch(r"\d\d-\d\d", code):
        return code, 2, code
    if re.fullmatch(r"\d{2,6}", code):
        digits = code[:2] + code[2:].rstrip("0")
        if digits == "00":
            return "total", 0, "total"
        plain = _RANGES.get(digits, digits)
        return plain, 2 if "-" in plain else len(digits), plain
    members = re.findall(r"\b\d{3,6}\b", title)
    if re.fullmatch(r"(?=.*[A-Z])[0-9A-Z]{4,6}", code) and members:
        return code, min(len(member) for member in members), " ".join(sorted(set(members)))
    raise CellError(
        f"column 'NAICS': {code!r} ({title!r}) is no NAICS code and names no NAICS codes",
        column="NAICS",
        value=code,
    )


def _ownership(code: str) -> tuple[str, str]:
    match = re.fullmatch(r"([0-9A-Z]{6})(Private|State government|Local government)?", code)
    if match is None:
        raise CellError(
            f"column 'NAICS': {code!r} is no NAICS code of six characters with a known ownership",
            column="NAICS",
            value=code,
        )
    return match[1], match[2] or ALL


def _occupations(raw: pd.DataFrame) -> dict[str, pd.Series]:
    soc = _soc(raw)
    names = [name for name in _GROUPS if name in raw]
    if names:
        known_words(raw[names[0]].str.lower(), {"", *_LEVELS}, "level of occupations")
    return {
        "soc": soc,
        "title": raw["OCC_TITLE"],
        # Files without that column list only the total, major groups and detailed occupations.
        "group": raw[names[0]].str.lower().replace("", "detailed") if names else _group(soc),
        "jobs": integers(raw["TOT_EMP"], missing=NO_JOBS),
        "mean_wage": integers(raw["A_MEAN"], missing=NO_WAGE),
    }


def _group(soc: pd.Series) -> pd.Series:
    total, major = soc.eq("00-0000"), soc.str.endswith("-0000")
    group = pd.Series("detailed", index=soc.index, dtype="string")
    return group.mask(major, "major").mask(total, "total")


def _soc(raw: pd.DataFrame) -> pd.Series:
    soc = raw["OCC_CODE"]
    wrong = [code for code in soc.unique() if not _SOC.fullmatch(code)]
    if wrong:
        raise CellError(
            f"column 'OCC_CODE': {wrong[0]!r} is no SOC code such as 19-1021",
            column="OCC_CODE",
            value=wrong[0],
        )
    return soc


_OCCUPATION_COLUMNS = (
    SourceColumn("soc", "string", "SOC code"),
    SourceColumn("title", "string", "SOC title"),
    SourceColumn("group", "string", "total, major, minor, broad, detailed"),
    SourceColumn("jobs", "Int64", "employment in May; NA where not available (**)", "jobs"),
    SourceColumn(
        "mean_wage", "Int64", "annual mean wage; NA where not available or top-coded", "USD"
    ),
)
_INDUSTRY_COLUMNS = (
    SourceColumn(
        "naics", "string", "NAICS code without filling zeros, or BLS's code with a letter"
    ),
    SourceColumn("level", "Int64", "digits of the code, or of its members", "digits"),
    SourceColumn("covers", "string", "NAICS codes that it stands for, joined by a blank"),
    SourceColumn("industry_title", "string", "the publisher's title"),
)

_NAICS = since({2010: 2007, 2012: 2012, 2017: 2017, 2022: 2022})
_NAICS_EXTRA = frozenset({"total", "99", "999", "9991", "9992", "9993"})
"""BLS's own codes of government, and the total."""

_COMMON = "U.S. Bureau of Labor Statistics", "US public domain", "https://www.bls.gov/oes/"


def _industry_source(short: str, level: str, note: str) -> Source:
    publisher, licence, homepage = _COMMON
    return Source(
        id=f"oews-{level}",
        title=f"Occupational Employment and Wage Statistics, industries, {note}",
        publisher=publisher,
        licence=licence,
        homepage=homepage,
        url="https://www.bls.gov/oes/special-requests/oesm{yy}in4.zip",
        pattern=rf"{short}_M(?P<year>\d{{4}})_dl\.xlsx?",
        vintages=VINTAGES,
        goes_on=True,
        layouts=(
            Layout(VINTAGES, _OCCUPATION | _INDUSTRY | set(_GROUPS), _IGNORED, frozenset(_GROUPS)),
        ),
        columns=(*_INDUSTRY_COLUMNS, *_OCCUPATION_COLUMNS),
        key=("naics", "soc", "group"),
        read=read_oews,
        tidy=tidy_industries,
        note="Levels are nested; never sum over industries. Agriculture is not surveyed. "
        "The owner variants of these files are refused.",
        example=f"{short}_M2018_dl.xlsx",
        naics=_NAICS,
        naics_column="covers",
        naics_extra=_NAICS_EXTRA,
    )


OEWS_SECTOR = _industry_source("natsector", "sector", "sectors")
OEWS_3DIGIT = _industry_source("nat3d", "3digit", "3-digit")
OEWS_4DIGIT = _industry_source("nat4d", "4digit", "4-digit")
OEWS_6DIGIT = _industry_source("nat5d_6d", "6digit", "5- and 6-digit")

OEWS_NATIONAL = Source(
    id="oews-national",
    title="Occupational Employment and Wage Statistics, nation",
    publisher=_COMMON[0],
    licence=_COMMON[1],
    homepage=_COMMON[2],
    url="https://www.bls.gov/oes/special-requests/oesm{yy}nat.zip",
    pattern=r"national_M(?P<year>\d{4})_dl\.xlsx?",
    vintages=VINTAGES,
    goes_on=True,
    layouts=(
        Layout(
            VINTAGES,
            _OCCUPATION | set(_GROUPS),
            _IGNORED | _INDUSTRY,
            frozenset(_GROUPS),
        ),
    ),
    columns=_OCCUPATION_COLUMNS,
    key=("soc", "group"),
    read=read_oews,
    tidy=tidy_national,
    example="national_M2018_dl.xlsx",
)

OEWS_GROUPS = Source(
    id="oews-groups",
    title="Occupational Employment and Wage Statistics, NAICS groups by broad occupation",
    publisher=_COMMON[0],
    licence=_COMMON[1],
    homepage=_COMMON[2],
    url=None,
    pattern=r"nat_industry_groups_M(?P<year>\d{4})_broad\.csv(?:\.gz)?",
    vintages=frozenset({2018}),
    layouts=(
        Layout(
            frozenset({2018}),
            frozenset({"NAICS", "OCC_CODE", "OCC_TITLE", "OCC_GROUP", "TOT_EMP"}),
            _IGNORED | {"NAICS_TITLE", "A_MEAN"},
        ),
    ),
    columns=(
        SourceColumn("naics", "string", "NAICS code without filling zeros"),
        SourceColumn("level", "Int64", "digits of the code", "digits"),
        SourceColumn("ownership", "string", "All, Private, State government, Local government"),
        SourceColumn("soc", "string", "broad SOC code"),
        SourceColumn("title", "string", "SOC title, where given"),
        SourceColumn("group", "string", "broad"),
        SourceColumn("jobs", "Int64", "employment in May", "jobs"),
    ),
    key=("naics", "ownership", "soc"),
    read=read_groups,
    tidy=tidy_groups,
    note="Groups are nested in places (325 contains 3254): never sum over industries.",
    example="nat_industry_groups_M2018_broad.csv.gz",
    naics=_NAICS,
    naics_extra=_NAICS_EXTRA,
)
