"""IRS exempt organizations: trade associations, chambers and development bodies."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from clusteratlas.loaders.organizations.frames import (
    clean_text,
    kind_by_name,
    postal_states,
    zip_codes,
)
from clusteratlas.loaders.organizations.identifiers import IdScheme
from clusteratlas.loaders.organizations.records import LINK, Evidence, Records, Register, shaped
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import integers, read_csv_text
from clusteratlas.vocabulary.keys import organization_key

VINTAGES = frozenset({2026})
_READ = frozenset(
    {
        "EIN",
        "NAME",
        "CITY",
        "STATE",
        "ZIP",
        "SUBSECTION",
        "AFFILIATION",
        "RULING",
        "TAX_PERIOD",
        "REVENUE_AMT",
        "NTEE_CD",
        "SORT_NAME",
    }
)
_UNREAD = frozenset(
    {
        "STREET",
        "GROUP",
        "CLASSIFICATION",
        "DEDUCTIBILITY",
        "FOUNDATION",
        "ACTIVITY",
        "ORGANIZATION",
        "STATUS",
        "ASSET_CD",
        "INCOME_CD",
        "FILING_REQ_CD",
        "PF_FILING_REQ_CD",
        "ACCT_PD",
        "ASSET_AMT",
        "INCOME_AMT",
    }
)
LEAGUE = "06"
"""Subsection 501(c)(6): business leagues and chambers of commerce."""
LEAGUES = ("S40", "S41", "S46", "S47")
"""NTEE codes of business leagues, chambers of commerce, boards of trade and realtors."""
SUBORDINATE = "9"
"""Affiliation of a chapter; second names of other bodies are whoever keeps their books."""
SILENT = 10
"""Years without a return after which a body counts as silent."""


def read_irs(path: Path, _year: int) -> pd.DataFrame:
    """Read the columns about the body.

    Persons in care of it are never read, nor streets, which are officers' homes too often.
    """
    return read_csv_text(path, keep=_READ)


def tidy_irs(raw: pd.DataFrame, _year: int) -> pd.DataFrame:
    """One row an EIN: of several the one with the latest return; pure."""
    name, second = clean_text(raw["NAME"]), clean_text(raw["SORT_NAME"])
    chapter = raw["AFFILIATION"].eq(SUBORDINATE)
    ruling, period = integers(raw["RULING"]), integers(raw["TAX_PERIOD"])
    rows = pd.DataFrame(
        {
            "ein": raw["EIN"],
            "name": name,
            "aliases": (name + " " + second).where(chapter),
            "city": clean_text(raw["CITY"]),
            "state": postal_states(raw["STATE"]),
            "zip": zip_codes(raw["ZIP"]),
            "subsection": raw["SUBSECTION"],
            "ntee": clean_text(raw["NTEE_CD"]),
            "revenue": integers(raw["REVENUE_AMT"]),
            "ruled": (ruling // 100).mask(ruling.eq(0)),
            "period": period // 100,
        }
    )
    latest = rows.sort_values(["ein", "period", "revenue"], ascending=[True, False, False])
    return latest.drop_duplicates("ein")


def irs_records(tables: dict[str, pd.DataFrame]) -> Records:
    """One record an EIN; pure."""
    (key,) = tables
    bodies, year = tables[key], int(key.rpartition(":")[2])
    code = bodies["ntee"].str[:3]
    league = bodies["subsection"].eq(LEAGUE) | code.isin(LEAGUES)
    chamber = kind_by_name(bodies["name"], only={"trade association"}).eq("trade association")
    silent = bodies["period"].lt(year - SILENT).fillna(False)
    section = "501(c)(" + bodies["subsection"].str.lstrip("0") + ")"
    frame = bodies.assign(
        id=bodies["ein"],
        kind=pd.Series("nonprofit", index=bodies.index).mask(league | chamber, "trade association"),
        status=pd.Series("active", index=bodies.index).mask(silent, "silent"),
        field=section + ("|NTEE " + bodies["ntee"]).fillna(""),
        identifiers=organization_key("ein", bodies["ein"]),
        size=bodies["revenue"],
        first_seen=bodies["ruled"],
        last_seen=bodies["period"].fillna(year),
    )
    return Records(shaped(frame), shaped(pd.DataFrame(), LINK))


SOURCE = Source(
    id="irs-exempt",
    title="Exempt Organizations Business Master File Extract",
    publisher="U.S. Internal Revenue Service",
    licence="US public domain",
    homepage="https://www.irs.gov/charities-non-profits/"
    "exempt-organizations-business-master-file-extract-eo-bmf",
    url=None,
    pattern=r"eo_bmf_\w+_(?P<year>\d{4})-\d{2}\.csv(\.gz)?",
    vintages=VINTAGES,
    layouts=(Layout(VINTAGES, _READ, _UNREAD, frozenset({"ICO"})),),
    columns=(
        SourceColumn("ein", "string", "employer identification number, nine digits"),
        SourceColumn("name", "string", "name in capitals"),
        SourceColumn(
            "aliases", "string", "name of a chapter with its second name, which tells it apart"
        ),
        SourceColumn("city", "string", "city"),
        SourceColumn("state", "string", "postal code of the state"),
        SourceColumn("zip", "string", "five digits"),
        SourceColumn("subsection", "string", "subsection of 501(c), two digits"),
        SourceColumn("ntee", "string", "activity in the National Taxonomy of Exempt Entities"),
        SourceColumn(
            "revenue", "Int64", "revenue of the latest return, can be negative", "USD a year"
        ),
        SourceColumn("ruled", "Int64", "year of the exemption", "year"),
        SourceColumn("period", "Int64", "year of the latest return", "year"),
    ),
    key=("ein",),
    read=read_irs,
    tidy=tidy_irs,
    note="The files of regions eo1 to eo4 put together and cut to 501(c)(6) bodies and the NTEE "
    "groups S (community improvement) and U (science and technology).",
    example="eo_bmf_26states_501c6_S_U_2026-04.csv.gz",
)
REGISTER = Register(
    key="irs",
    title="IRS exempt organizations",
    holds="trade associations, chambers of commerce, and nonprofit bodies of development, science "
    "and technology",
    lacks="the 25 states that the file leaves out, among them MA, CA, NY and TX; bodies of "
    "government, universities, hospitals; churches and those below 5,000 USD a year",
    size_unit="USD a year",
    sources=(("irs-exempt", 2026),),
    scheme=IdScheme("ein", form=r"\d{9}", digits=9, proves="with names"),
    naming=170,
    evidence=Evidence("associations", "its name speaks of {}"),
    gather=irs_records,
)
