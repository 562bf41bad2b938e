"""BLS Quarterly Census of Employment and Wages: annual averages by area, ownership and industry.

A withheld cell (``disclosure_code`` N) shows employment and wages as 0, but its establishments are
true: here they are NA beside ``withheld``, never zero. About three of four private county cells at
six digits are withheld. A zero that is published has the code "-", or none. Another code is
refused: nobody knows what its zeros mean.

Files of states alone are a source of their own, which also has the location quotients that BLS
publishes.
"""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pandas as pd

from clusteratlas.loaders.source.columnar import per_value, read_columns
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.rows import where
from clusteratlas.loaders.source.tabular import CellError
from clusteratlas.loaders.source.vintages import OLD_COUNTIES, PLANNING_REGIONS, since
from clusteratlas.loaders.source.words import known_words

VINTAGES = frozenset(range(1990, 2025))

_CODES = ("area_fips", "own_code", "industry_code", "size_code", "year", "qtr", "disclosure_code")
_FIGURES = ("annual_avg_estabs", "annual_avg_emplvl", "total_annual_wages")

_AVERAGES = (
    "annual_avg_estabs",
    "annual_avg_emplvl",
    "total_annual_wages",
    "taxable_annual_wages",
    "annual_contributions",
    "annual_avg_wkly_wage",
    "avg_annual_pay",
)

_IGNORED = frozenset(
    {"agglvl_code", *_AVERAGES[3:], "lq_disclosure_code", "oty_disclosure_code"}
    | {f"lq_{name}" for name in _AVERAGES}
    | {f"oty_{name}_{change}" for name in _AVERAGES for change in ("chg", "pct_chg")}
)
"""Known and not wanted: derived figures. Older and re-packed files lack some of them."""

_QUOTIENTS = {
    "lq_establishments": "lq_annual_avg_estabs",
    "lq_jobs": "lq_annual_avg_emplvl",
    "lq_wages": "lq_total_annual_wages",
}
"""BLS's columns of our location quotients."""
_QUOTIENT_CODE = "lq_disclosure_code"
_DECIMAL = re.compile(r"\d+(\.\d+)?")

_WITHHELD, _ZERO = "N", "-"
_WORDS = {
    "own_code": (frozenset("012345689"), "ownership"),
    "size_code": (frozenset("0123456789"), "size class"),
    "disclosure_code": (frozenset({"", _WITHHELD, _ZERO}), "disclosure code"),
}
"""Every word of these columns; 6 to 9 are total government and BLS's other sums."""

_AREAS = (
    ("nation", re.compile(r"US000")),
    ("cbsa", re.compile(r"C\d{4}")),
    ("state", re.compile(r"\d\d000")),
    ("county", re.compile(r"\d{5}")),
    ("other", re.compile(r"CS\d{3}|US[A-Z0-9]{3}|M\d{4}")),
)
"""Shapes of ``area_fips``, first fit; "other" are combined areas and special national totals."""

_INDUSTRY = re.compile(r"10|\d{2}-\d{2}|\d{2,6}")


def read_qcew(path: Path, _year: int) -> pd.DataFrame:
    """Read the wanted columns of one file, in bounded memory."""
    return read_columns(path, codes=_CODES, whole=_FIGURES)


def tidy_qcew(raw: pd.DataFrame, year: int) -> pd.DataFrame:
    """Turn a file's columns into ours; pure.

    Left out: size classes, the supersectors of BLS (101, 1011, ...), and the pseudo-counties 990
    and above (unknown county, out of state, overseas), which are no places.
    """
    for name, value in (("year", str(year)), ("qtr", "A")):
        known_words(raw[name], {value}, f"{name} of an annual file of {year}")
    for name, (known, what) in _WORDS.items():
        known_words(raw[name], known, what)
    _check_figures(raw)
    area_type = per_value(raw["area_fips"], _area_type, "string")
    naics = per_value(raw["industry_code"], _naics, "string")
    keep = raw["size_code"].eq("0") & area_type.notna() & naics.notna()
    raw = raw[keep]
    withheld = raw["disclosure_code"].str.strip().eq(_WITHHELD).astype("boolean").fillna(False)
    return pd.DataFrame(
        {
            "area": per_value(raw["area_fips"], _area, "string"),
            "area_type": area_type[keep],
            "ownership": per_value(raw["own_code"], int, "Int64"),
            "naics": naics[keep],
            "level": per_value(raw["industry_code"], _level, "Int64"),
            "establishments": raw["annual_avg_estabs"],
            "jobs": raw["annual_avg_emplvl"].mask(withheld),
            "wages": raw["total_annual_wages"].mask(withheld),
            "withheld": withheld,
        }
    )


def read_qcew_states(path: Path, _year: int) -> pd.DataFrame:
    """Read the wanted columns of a file of states, location quotients as text."""
    codes = (*_CODES, _QUOTIENT_CODE, *_QUOTIENTS.values())
    return read_columns(path, codes=codes, whole=_FIGURES)


def tidy_qcew_states(raw: pd.DataFrame, year: int) -> pd.DataFrame:
    """Turn a file of states into our columns, with BLS's location quotients; pure.

    A few quotients are withheld beside figures that are published, because they would tell the
    nation's, which are not.
    """
    known_words(raw[_QUOTIENT_CODE], {"", _WITHHELD}, "disclosure code")
    frame = tidy_qcew(raw, year)
    withheld = raw[_QUOTIENT_CODE].str.strip().eq(_WITHHELD).astype("boolean").fillna(False)
    for name, theirs in _QUOTIENTS.items():
        hidden = withheld & (name != "lq_establishments")
        quotient = per_value(raw[theirs].mask(hidden), partial(_quotient, theirs), "Float64")
        blank = quotient.isna() & ~hidden
        if blank.any():
            raise CellError(
                f"column {theirs!r} is empty in {int(blank.sum())} rows that are published, first "
                f"{_row(raw, blank)}",
                column=theirs,
                value="",
            )
        frame[name] = quotient.reindex(frame.index)
    return frame


def _quotient(column: str, text: str) -> float:
    if not _DECIMAL.fullmatch(text):
        raise CellError(
            f"column {column!r}: {text!r} is no location quotient", column=column, value=text
        )
    return float(text)


def _check_figures(raw: pd.DataFrame) -> None:
    """Refuse a published cell without its figures, and a published zero that is none."""
    code = raw["disclosure_code"].astype("string").str.strip().fillna("")
    for name in _FIGURES:
        blank = raw[name].isna() & (code.ne(_WITHHELD) | (name == "annual_avg_estabs"))
        if blank.any():
            raise CellError(
                f"column {name!r} is empty in {int(blank.sum())} rows that are published, first "
                f"{_row(raw, blank)}",
                column=name,
                value="",
            )
        more = code.eq(_ZERO) & raw[name].ne(0).fillna(False) & (name != "annual_avg_estabs")
        if more.any():
            raise CellError(
                f"column {name!r} is not 0, but its disclosure code {_ZERO!r} says so, in "
                f"{int(more.sum())} rows, first {_row(raw, more)}"
            )


def _row(raw: pd.DataFrame, rows: pd.Series) -> str:
    return where(raw[rows], ("area_fips", "own_code", "industry_code"))


def _area_type(code: str) -> str | None:
    kind = next((kind for kind, shape in _AREAS if shape.fullmatch(code)), None)
    if kind is None:
        raise CellError(
            f"column 'area_fips': {code!r} is no area code (were leading zeros cut?)",
            column="area_fips",
            value=code,
        )
    return None if kind == "county" and code[2:] >= "990" else kind


def _area(code: str) -> str:
    """Plain code: ``C1018`` is CBSA 10180, ``25000`` state 25, ``US000`` is us."""
    kind = _area_type(code)
    if kind == "cbsa":
        return f"{code[1:]}0"
    if kind == "state":
        return code[:2]
    return "us" if kind == "nation" else code


def _naics(code: str) -> str | None:
    if code == "10":
        return "total"
    if not _INDUSTRY.fullmatch(code):
        raise CellError(
            f"column 'industry_code': {code!r} is no NAICS code", column="industry_code", value=code
        )
    return None if code.startswith("10") else code


def _level(code: str) -> int:
    if code == "10":
        return 0
    return 2 if "-" in code else len(code)


_BLS_CODES = frozenset({"total", *("9" * digits for digits in range(2, 7))}) | {
    f"238{group}{trade}{kind}" for group in "1239" for trade in range(1, 10) for kind in "12"
}
"""Not in NAICS: unclassified, and special trade contractors as residential (1) or not (2)."""


_NAICS = since({1990: 2002, 2007: 2007, 2011: 2012, 2017: 2017, 2022: 2022})
"""BLS, QCEW classification changes."""

_COLUMNS = (
    SourceColumn("area", "string", "county FIPS code, CBSA code, state FIPS code, us"),
    SourceColumn("area_type", "string", "nation, state, cbsa, county, other"),
    SourceColumn("ownership", "Int64", "0 all, 1 federal, 2 state, 3 local government, 5 private"),
    SourceColumn("naics", "string", "NAICS code; sectors as 31-33; total"),
    SourceColumn("level", "Int64", "digits of the code: 0 for total, 2 to 6", "digits"),
    SourceColumn(
        "establishments", "Int64", "annual average, also where withheld", "establishments"
    ),
    SourceColumn("jobs", "Int64", "annual average employment; NA where withheld", "jobs"),
    SourceColumn("wages", "Int64", "total annual wages; NA where withheld", "USD"),
    SourceColumn("withheld", "boolean", "employment and wages are not disclosed"),
)
_KEY = ("area", "area_type", "ownership", "naics")

SOURCE = Source(
    id="qcew",
    title="Quarterly Census of Employment and Wages, annual averages",
    publisher="U.S. Bureau of Labor Statistics",
    licence="US public domain",
    homepage="https://www.bls.gov/cew/",
    url="https://data.bls.gov/cew/data/files/{year}/csv/{year}_annual_singlefile.zip",
    pattern=r"(?P<year>\d{4})[._]annual[._]singlefile\.(?:csv|csv\.gz|zip)",
    vintages=VINTAGES,
    goes_on=True,
    layouts=(Layout(vintages=VINTAGES, columns=frozenset({*_CODES, *_FIGURES}), ignored=_IGNORED),),
    columns=_COLUMNS,
    key=_KEY,
    read=read_qcew,
    tidy=tidy_qcew,
    note="Withheld employment and wages are NA, never 0. From 2024 on Connecticut has planning "
    "regions.",
    example="2016_annual_singlefile.zip",
    # The planning regions came with the first quarter of 2024.
    naics=_NAICS,
    counties=since({1990: OLD_COUNTIES, 2024: PLANNING_REGIONS}),
    delineation=since({2013: 2013, 2024: 2023}),
    naics_extra=_BLS_CODES,
)

QCEW_STATE = Source(
    id="qcew-state",
    title="Quarterly Census of Employment and Wages, annual averages of states",
    publisher="U.S. Bureau of Labor Statistics",
    licence="US public domain",
    homepage="https://www.bls.gov/cew/",
    url=None,
    pattern=r"qcew_(?P<year>\d{4})_annual_state\.(?:csv|csv\.gz)",
    vintages=VINTAGES,
    goes_on=True,
    layouts=(
        Layout(
            vintages=VINTAGES,
            columns=frozenset({*_CODES, *_FIGURES, _QUOTIENT_CODE, *_QUOTIENTS.values()}),
            ignored=_IGNORED - {_QUOTIENT_CODE, *_QUOTIENTS.values()},
        ),
    ),
    columns=(
        *_COLUMNS,
        *(
            SourceColumn(
                f"lq_{figure}",
                "Float64",
                f"location quotient of {words} as BLS publishes it, to 0.01: share in all {figure} "
                f"of the state, of any ownership, over that in the nation{withheld}",
                "ratio",
            )
            for figure, words, withheld in (
                ("establishments", "establishments", ", also where withheld"),
                ("jobs", "employment", "; NA where withheld"),
                ("wages", "total wages", "; NA where withheld"),
            )
        ),
    ),
    key=_KEY,
    read=read_qcew_states,
    tidy=tidy_qcew_states,
    note="The rows of states in the annual single file, saved by themselves. Withheld employment, "
    "wages and their location quotients are NA, never 0.",
    example="qcew_2019_annual_state.csv.gz",
    naics=_NAICS,
    naics_extra=_BLS_CODES,
)


def official_naics(codes: pd.Series) -> pd.Series:
    """Put BLS's own halves of the specialty trades back together.

    QCEW splits each six-digit industry of 238 into residential (last digit 1) and nonresidential
    (2) contractors; NAICS has only the whole, which ends in 0.
    """
    return codes.str.replace(r"^(238\d\d)[12]$", r"\g<1>0", regex=True)
