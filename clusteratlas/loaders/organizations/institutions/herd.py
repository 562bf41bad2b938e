"""HERD: what universities spend on research and development, by field."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from clusteratlas.loaders.organizations.frames import clean_text, joined, slug
from clusteratlas.loaders.organizations.identifiers import IdScheme
from clusteratlas.loaders.organizations.records import LINK, Records, Register, shaped
from clusteratlas.loaders.places.counties import STATES
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import integers, read_csv_text, reals

LAST = 2017
_YEARS = frozenset({LAST})
_WANTED = frozenset(
    [
        "stco_code",
        "year",
        "st_name",
        "univ_abb",
        "univ_name",
        "field_broad",
        "field_detail",
        "federal",
        "total_rd",
    ]
)
TOTAL = "Total"
_AREAS = {"American Samoa": "AS", "Guam": "GU", "Virgin Islands": "VI"}
_POSTAL = {name: code for code, name in STATES.values()} | _AREAS
_KEY = ["university", "year", "broad", "detail"]


def _read(path: Path, _vintage: int) -> pd.DataFrame:
    return read_csv_text(path, keep=_WANTED)


def _tidy(raw: pd.DataFrame, _vintage: int) -> pd.DataFrame:
    """One row a university, year and field: totals of states go, as do repeats by county; pure."""
    rows = raw[raw["univ_abb"].ne(TOTAL) & raw["st_name"].ne(TOTAL)]
    name = rows["univ_name"].mask(rows["univ_name"].eq(""), rows["univ_abb"])
    frame = pd.DataFrame(
        {
            "university": clean_text(name.str.replace(" of of ", " of ", regex=False)),
            "short": clean_text(rows["univ_abb"]),
            "state": rows["st_name"].map(_POSTAL),
            "year": integers(rows["year"]),
            "broad": rows["field_broad"],
            "detail": rows["field_detail"],
            "federal": reals(rows["federal"]),
            "total": reals(rows["total_rd"]),
            "county": rows["stco_code"].where(rows["stco_code"].str.len().eq(5)),
        }
    )
    counties = joined(frame["county"], frame["university"])
    frame = frame.drop(columns="county").drop_duplicates()
    return frame.assign(counties=frame["university"].map(counties))


def herd_records(tables: dict[str, pd.DataFrame]) -> Records:
    """Universities with their total of the last year and its fields, the largest first; pure.

    Where the table gives several counties it does not say which one is right: none is taken.
    """
    spent = tables[f"herd:{LAST}"]
    spent = spent[spent["total"].gt(0)]
    years = spent.groupby("university")["year"].agg(["min", "max"])
    latest = spent[spent["year"].eq(spent["university"].map(years["max"]))]
    whole = latest[latest["broad"].eq(TOTAL)].set_index("university", drop=False)
    parts = latest[latest["detail"].ne(TOTAL)]
    parts = parts.sort_values(["university", "total", "detail"], ascending=[True, False, True])
    fields = parts.groupby("university")["detail"].agg("|".join)
    record = whole.assign(
        id=slug(whole["university"]),
        name=whole["university"],
        aliases=whole["short"].mask(whole["short"].eq(whole["university"])),
        kind="university",
        status="active",
        county=whole["counties"].where(whole["counties"].str.len().eq(5)),
        field=fields,
        size=whole["total"] * 1000,
        first_seen=years["min"],
        last_seen=years["max"],
    )
    return Records(shaped(record.sort_values("id")), shaped(pd.DataFrame(), LINK))


HERD = Source(
    id="herd",
    title="Higher education research and development by university and field",
    publisher="National Center for Science and Engineering Statistics",
    licence="US public domain",
    homepage="https://ncses.nsf.gov/surveys/higher-education-research-development/",
    url=None,
    pattern=r"herd_university_rd\.csv(\.gz)?",
    vintages=_YEARS,
    layouts=(Layout(_YEARS, _WANTED, ignored=frozenset({"univ_code", "non_federal"})),),
    columns=(
        SourceColumn("university", "string", "name; its short form where no name is given"),
        SourceColumn("short", "string", "short form of the name"),
        SourceColumn("state", "string", "postal code"),
        SourceColumn("year", "Int64", "fiscal year", "year"),
        SourceColumn("broad", "string", "broad field, or Total"),
        SourceColumn("detail", "string", "field in it, or Total"),
        SourceColumn("federal", "Float64", "of it from the federal government", "thousand USD"),
        SourceColumn("total", "Float64", "spent on research and development", "thousand USD"),
        SourceColumn("counties", "string", "counties that the table gives, joined by '|'"),
    ),
    key=tuple(_KEY),
    read=_read,
    tidy=_tidy,
    vintage=LAST,
    note="A table of 2010 to 2017 made of the survey's yearly files. Some counties are wrong.",
    example="herd_university_rd.csv.gz",
)
REGISTER = Register(
    key="herd",
    title="Higher Education Research and Development survey",
    holds="universities that spend 150,000 USD or more a year on research and development, and the "
    "fields that they spend it on",
    lacks="research outside universities: firms, federal laboratories, independent institutes and "
    "hospitals",
    size_unit="USD of research and development",
    sources=(("herd", LAST),),
    scheme=IdScheme("herd"),
    naming=70,
    body="university",
    gather=herd_records,
)
