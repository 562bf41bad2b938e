"""Census County Business Patterns: jobs, establishments and payroll by area and NAICS industry.

Three things about these files decide how they may be used:

- a withheld figure is published as 0 beside a flag: here it is NA, with bounds;
- from 2017 on cells with fewer than three establishments are left out: an absent row is not zero;
- employment of 2007 and later carries noise (below 2 %, 2 to 5 %, or 5 % and more, by flag).
"""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pandas as pd

from clusteratlas.loaders.economy.cbp_layouts import (
    AREA_COLUMNS,
    FLAG_BOUNDS,
    LEGAL_FORMS,
    NOISE_FLAGS,
    SIZES,
    VINTAGES,
    layouts,
)
from clusteratlas.loaders.source.columnar import per_value, read_columns
from clusteratlas.loaders.source.declaration import Source, SourceColumn
from clusteratlas.loaders.source.tabular import CellError
from clusteratlas.loaders.source.vintages import (
    OLD_COUNTIES,
    PLANNING_REGIONS,
    none,
    since,
)
from clusteratlas.loaders.source.words import known_words
from clusteratlas.vocabulary.naics import naics_level

SECTOR_RANGES = {"31": "31-33", "44": "44-45", "48": "48-49"}
"""Sectors that span several two-digit codes; CBP writes only the first."""

_PADDED = re.compile(r"-{6}|\d{2}-{4}|\d{3}/{3}|\d{4}/{2}|\d{5}/|\d{6}")

_NAICS = since({1998: 1997, 2003: 2002, 2008: 2007, 2012: 2012, 2017: 2017})
"""Census Bureau, CBP methodology: NAICS 2022 is not in use yet."""
_COUNTIES = since({1998: OLD_COUNTIES, 2022: PLANNING_REGIONS})
_DELINEATIONS = since({2013: 2013, 2017: 2017, 2022: None})
"""Which one the files of 2022 and later use is not known: their codes decide."""

_AREA_DIGITS = {"msa": r"\d{4,5}", "fipstate": r"\d{2}", "fipscty": r"\d{3}"}


def read_cbp(path: Path, _year: int, *, kind: str) -> pd.DataFrame:
    """Read the wanted columns of one file; only rows of all legal forms together."""
    raw = read_columns(
        path,
        codes=[*AREA_COLUMNS[kind], "naics", "lfo", "empflag", "emp_nf", "ap_nf"],
        whole=["emp", "ap", "est", *SIZES, "n<5"],
        missing=["N"],
    )
    if "lfo" in raw:
        known_words(raw["lfo"], LEGAL_FORMS, "legal form")
        raw = raw[raw["lfo"].eq("-")]
    return raw


def tidy_cbp(raw: pd.DataFrame, _year: int, *, kind: str) -> pd.DataFrame:
    """Turn a file's columns into ours; pure."""
    size_flag = _flags(raw, "empflag", frozenset(FLAG_BOUNDS))
    jobs_noise = _flags(raw, "emp_nf", NOISE_FLAGS)
    payroll_noise = _flags(raw, "ap_nf", NOISE_FLAGS)
    jobs = raw["emp"].mask(size_flag.notna() | jobs_noise.isin(["D", "S"]))
    # Until 2006 one flag covers all figures of a row; later each figure has its own.
    unflagged = payroll_noise.isna() & size_flag.notna()
    low, high = _bounds(jobs, size_flag)
    none = pd.Series(pd.NA, index=raw.index, dtype="Int64")
    sizes = {name: raw.get(name, none) for name in SIZES}
    sizes["n1_4"] = raw.get("n<5", sizes["n1_4"])
    return pd.DataFrame(
        {
            "area": _area(raw, kind),
            "naics": per_value(raw["naics"], naics_code, "string"),
            "level": per_value(raw["naics"], lambda c: naics_level(naics_code(c)), "Int64"),
            "jobs": jobs,
            "establishments": raw["est"],
            "payroll": raw["ap"].mask(unflagged | payroll_noise.isin(["D", "S"])),
            "jobs_noise": jobs_noise,
            "payroll_noise": payroll_noise,
            "size_flag": size_flag,
            "jobs_low": low,
            "jobs_high": high,
            **sizes,
        }
    )


def naics_code(code: str) -> str:
    """Plain NAICS code of CBP's padded one.

    ``------`` is ``total``, ``31----`` is ``31-33``, ``113///`` is ``113``, ``113310`` stays.

    Raises
    ------
    CellError
        If the code has another shape.
    """
    if not _PADDED.fullmatch(code):
        raise CellError(
            f"column 'naics': {code!r} is no NAICS code as CBP writes them: 113310, 11331/, "
            "113///, 11----, ------",
            column="naics",
            value=code,
        )
    digits = code.rstrip("/-")
    return SECTOR_RANGES.get(digits, digits) if digits else "total"


def _area(raw: pd.DataFrame, kind: str) -> pd.Series:
    if kind == "us":
        return pd.Series("us", index=raw.index, dtype="string")
    area = pd.Series("", index=raw.index, dtype="string")
    for name in AREA_COLUMNS[kind]:
        values = pd.Series(raw[name].cat.categories, dtype="string")
        wrong = values[~values.str.fullmatch(_AREA_DIGITS[name])]
        if len(wrong):
            raise CellError(
                f"column {name!r}: {wrong.iloc[0]!r} is no area code (were leading zeros cut?)",
                column=name,
                value=str(wrong.iloc[0]),
            )
        area = area + raw[name].astype("string")
    return area


def _flags(raw: pd.DataFrame, name: str, known: frozenset[str]) -> pd.Series:
    if name not in raw:
        return pd.Series(pd.NA, index=raw.index, dtype="string")
    known_words(raw[name], {"", *known}, "flag")
    return per_value(raw[name], lambda flag: flag.strip() or None, "string")


def _bounds(jobs: pd.Series, size_flag: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Bounds of employment, shape (n,) each: the figure itself, the flag's bracket, or 0 to NA."""
    low = size_flag.map({flag: low for flag, (low, _) in FLAG_BOUNDS.items()}).astype("Int64")
    high = size_flag.map({flag: high for flag, (_, high) in FLAG_BOUNDS.items()}).astype("Int64")
    return jobs.fillna(low).fillna(0), jobs.fillna(high)


def _columns(area: str) -> tuple[SourceColumn, ...]:
    withheld = "NA where withheld or not available, never 0 for that"
    return (
        SourceColumn("area", "string", area),
        SourceColumn("naics", "string", "NAICS code; sectors as 31-33; total"),
        SourceColumn("level", "Int64", "digits of the code: 0 for total, 2 to 6", "digits"),
        SourceColumn("jobs", "Int64", f"employment in mid-March; {withheld}", "jobs"),
        SourceColumn(
            "establishments", "Int64", "establishments, never perturbed", "establishments"
        ),
        SourceColumn("payroll", "Int64", f"annual payroll; {withheld}", "thousand USD"),
        SourceColumn(
            "jobs_noise", "string", "noise in jobs: G < 2 %, H < 5 %, J more; D, S withheld"
        ),
        SourceColumn("payroll_noise", "string", "noise in payroll, likewise"),
        SourceColumn("size_flag", "string", "bracket A to M of withheld employment, until 2017"),
        SourceColumn(
            "jobs_low", "Int64", "at least: jobs, or the bracket's lower end, or 0", "jobs"
        ),
        SourceColumn(
            "jobs_high", "Int64", "at most: jobs, or the bracket's upper end; NA open", "jobs"
        ),
        *(
            SourceColumn(
                name, "Int64", f"establishments with {_words(name)} jobs", "establishments"
            )
            for name in SIZES
        ),
    )


def _words(size: str) -> str:
    special = {
        "n1_4": "fewer than 5",
        "n1000": "1,000 or more",
        "n1000_1": "1,000 to 1,499",
        "n1000_2": "1,500 to 2,499",
        "n1000_3": "2,500 to 4,999",
        "n1000_4": "5,000 or more",
    }
    return special.get(size, size.removeprefix("n").replace("_", " to "))


def _source(kind: str, short: str, title: str, area: str) -> Source:
    return Source(
        id=f"cbp-{kind}",
        title=f"County Business Patterns, {title}",
        publisher="U.S. Census Bureau",
        licence="US public domain",
        homepage="https://www.census.gov/programs-surveys/cbp.html",
        url=f"https://www2.census.gov/programs-surveys/cbp/datasets/{{year}}/cbp{{yy}}{short}.zip",
        pattern=rf"cbp(?P<yy>\d\d){short}\.(?:txt|csv|txt\.gz|csv\.gz|zip)",
        vintages=VINTAGES,
        goes_on=True,
        layouts=layouts(kind),
        columns=_columns(area),
        key=("area", "naics"),
        read=partial(read_cbp, kind=kind),
        tidy=partial(tidy_cbp, kind=kind),
        note="From 2017 cells with fewer than 3 establishments are absent: absent is not zero.",
        example=f"cbp19{short}.txt.gz",
        naics=_NAICS,
        counties=_COUNTIES if kind == "county" else none,
        delineation=_DELINEATIONS if kind == "msa" else none,
        naics_extra=frozenset({"total", "99"}),
    )


CBP_MSA = _source("msa", "msa", "metropolitan and micropolitan areas", "CBSA code")
CBP_STATE = _source("state", "st", "states", "state FIPS code, 2 digits")
CBP_COUNTY = _source(
    "county", "co", "counties", "county FIPS code, 5 digits; SS999 is the rest of the state"
)
CBP_US = _source("us", "us", "nation", "us")
