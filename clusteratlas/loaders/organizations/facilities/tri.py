"""EPA Toxics Release Inventory: plants that make, process or use listed chemicals.

Every facility that ever reported, who reported in 2018, and the codes that they reported.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from clusteratlas.loaders.organizations.frames import (
    clean_text,
    kind_by_name,
    numbers,
    postal_states,
    prefixed,
    zip_codes,
)
from clusteratlas.loaders.organizations.identifiers import IdScheme
from clusteratlas.loaders.organizations.records import LINK, Records, Register, shaped
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import integers, read_csv_text, reals

EXTRACTED = 2021
"""The tables of all facilities are a state of the database, not of a reporting year."""
REPORTED = frozenset({2018})
_ALL = frozenset({EXTRACTED})
_FACILITY = frozenset(
    {
        "TRIFID",
        "FACILITY_NAME",
        "STREET",
        "CITY",
        "COUNTYGEOID",
        "STUSPS",
        "ZIP_CODE",
        "LATITUDE",
        "LONGITUDE",
        "ESTIMATE",
        "FAC_CLOSED_IND",
        "ASGN_FEDERAL_IND",
        "EPA_REGISTRY_ID",
    }
)
_REPORTER = frozenset(
    {
        "FacilityID",
        "FacilityName",
        "Address",
        "City",
        "State",
        "Zip",
        "NAICS",
        "Latitude",
        "Longitude",
    }
)
_CODE = frozenset({"TRIFID", "NAICS_CODE", "NAICS_SEQUENCE_NUM", "PRIMARY_IND"})
_EPA = "U.S. Environmental Protection Agency"
_HOME = "https://www.epa.gov/toxics-release-inventory-tri-program"
_PLACE = (
    SourceColumn("name", "string", "facility"),
    SourceColumn("street", "string", "street address"),
    SourceColumn("city", "string", "city"),
    SourceColumn("state", "string", "postal code of the state"),
    SourceColumn("zip", "string", "five digits"),
    SourceColumn("longitude", "Float64", "where EPA gives it", "degrees"),
    SourceColumn("latitude", "Float64", "where EPA gives it", "degrees"),
)


def read_facilities(path: Path, _year: int) -> pd.DataFrame:
    """Read the columns that count."""
    return read_csv_text(path, keep=_FACILITY)


def tidy_facilities(raw: pd.DataFrame, _year: int) -> pd.DataFrame:
    """Leave out coordinates that are estimates; pure."""
    measured = raw["ESTIMATE"].str.upper().ne("TRUE")
    return pd.DataFrame(
        {
            "id": raw["TRIFID"],
            "name": clean_text(raw["FACILITY_NAME"]),
            "street": clean_text(raw["STREET"]),
            "city": clean_text(raw["CITY"]),
            "state": postal_states(raw["STUSPS"]),
            "zip": zip_codes(raw["ZIP_CODE"]),
            "longitude": reals(raw["LONGITUDE"]).where(measured),
            "latitude": reals(raw["LATITUDE"]).where(measured),
            "county": numbers(raw["COUNTYGEOID"]),
            "frs": numbers(raw["EPA_REGISTRY_ID"]),
            "closed": raw["FAC_CLOSED_IND"].eq("1"),
            "federal": raw["ASGN_FEDERAL_IND"].eq("F"),
        }
    )


def read_reporters(path: Path, _year: int) -> pd.DataFrame:
    """Read the columns that count."""
    return read_csv_text(path, keep=_REPORTER)


def tidy_reporters(raw: pd.DataFrame, _year: int) -> pd.DataFrame:
    """One row a facility and code; pure."""
    return pd.DataFrame(
        {
            "id": raw["FacilityID"],
            "naics": numbers(raw["NAICS"]),
            "name": clean_text(raw["FacilityName"]),
            "street": clean_text(raw["Address"]),
            "city": clean_text(raw["City"]),
            "state": postal_states(raw["State"]),
            "zip": zip_codes(raw["Zip"]),
            "longitude": reals(raw["Longitude"]),
            "latitude": reals(raw["Latitude"]),
        }
    )


def read_codes(path: Path, _year: int) -> pd.DataFrame:
    """Read all columns."""
    return read_csv_text(path)


def tidy_codes(raw: pd.DataFrame, _year: int) -> pd.DataFrame:
    """One row a facility and code, with how often it was the primary one; pure."""
    given = raw[raw["NAICS_CODE"].ne("")]
    frame = pd.DataFrame(
        {
            "id": given["TRIFID"],
            "naics": given["NAICS_CODE"],
            "rows": 1,
            "primary": integers(given["PRIMARY_IND"]),
        }
    )
    return frame.groupby(["id", "naics"], as_index=False).sum()


def tri_records(tables: dict[str, pd.DataFrame]) -> Records:
    """Facilities with the code of 2018 where they reported then, else their commonest one; pure."""
    facilities = tables[f"tri-facilities:{EXTRACTED}"].set_index("id")
    codes = tables[f"tri-codes:{EXTRACTED}"]
    reporters = tables["tri-reporters:2018"]
    latest = _main_code(reporters.merge(codes, on=["id", "naics"], how="left"))
    frame = facilities.reindex(facilities.index.union(latest.index))
    for column in ("name", "street", "city", "state", "zip"):
        frame[column] = frame[column].fillna(latest[column])
    # A pair of coordinates stays together: both of one file.
    unplaced = frame["longitude"].isna()
    for column in ("longitude", "latitude"):
        frame[column] = frame[column].mask(unplaced, latest[column].reindex(frame.index))
    active = pd.Series(frame.index.isin(latest.index), index=frame.index)
    code = latest["naics"].reindex(frame.index)
    ever = _main_code(codes)["naics"].reindex(frame.index)
    other = latest["name"].reindex(frame.index)
    status = pd.Series("silent", index=frame.index, dtype="string")
    status = status.mask(frame["closed"].fillna(False).astype(bool), "closed").mask(
        active, "active"
    )
    kind = kind_by_name(frame["name"], only={"government agency"})
    seen = pd.Series(2018, index=frame.index, dtype="Int64").where(active)
    frame = frame.assign(
        aliases=other.where(other.ne(frame["name"])),
        kind=kind.mask(frame["federal"].fillna(False).astype(bool), "government agency"),
        status=status,
        naics=code.fillna(ever),
        naics_vintage=pd.Series(2017, index=frame.index, dtype="Int64").where(code.notna()),
        identifiers=prefixed("frs", frame["frs"]).replace("", pd.NA),
        last_seen=seen,
    )
    return Records(shaped(frame.rename_axis("id").reset_index()), shaped(pd.DataFrame(), LINK))


def _main_code(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the row of each id whose code was the primary one most often."""
    ranked = rows.sort_values(
        ["id", "primary", "rows", "naics"], ascending=[True, False, False, True]
    )
    return ranked.drop_duplicates("id").set_index("id")


FACILITIES = Source(
    id="tri-facilities",
    title="TRI_FACILITY: every facility that ever reported to the Toxics Release Inventory",
    publisher=_EPA,
    licence="US public domain",
    homepage=_HOME,
    url=None,
    pattern=r"TRI_FACILITY\.csv(\.gz)?",
    vintages=_ALL,
    layouts=(Layout(_ALL, _FACILITY, ignored=frozenset({"TRACTGEOID", "BIA_CODE"})),),
    columns=(
        SourceColumn("id", "string", "TRI facility id"),
        *_PLACE,
        SourceColumn("county", "string", "county, five digits"),
        SourceColumn("frs", "string", "id in EPA's Facility Registry"),
        SourceColumn("closed", "boolean", "marked as closed; the mark is incomplete"),
        SourceColumn("federal", "boolean", "of the federal government"),
    ),
    key=("id",),
    read=read_facilities,
    tidy=tidy_facilities,
    vintage=EXTRACTED,
    note="A re-laid extract of Envirofacts of February 2021.",
    example="TRI_FACILITY.csv.gz",
)
REPORTERS = Source(
    id="tri-reporters",
    title="Facilities that reported to the Toxics Release Inventory in a year",
    publisher=_EPA,
    licence="US public domain",
    homepage=_HOME,
    url=None,
    pattern=r"TRI_(?P<year>\d{4})_facilities\.csv(\.gz)?",
    vintages=REPORTED,
    layouts=(Layout(REPORTED, _REPORTER, ignored=frozenset({"County"})),),
    columns=(
        SourceColumn("id", "string", "TRI facility id"),
        SourceColumn("naics", "string", "NAICS 2017 code"),
        *_PLACE,
    ),
    key=("id", "naics"),
    read=read_reporters,
    tidy=tidy_reporters,
    naics=lambda _: 2017,
    example="TRI_2018_facilities.csv.gz",
)
CODES = Source(
    id="tri-codes",
    title="TRI_SUBMISSION_NAICS: codes that facilities ever reported",
    publisher=_EPA,
    licence="US public domain",
    homepage=_HOME,
    url=None,
    pattern=r"TRI_SUBMISSION_NAICS\.csv(\.gz)?",
    vintages=_ALL,
    layouts=(Layout(_ALL, _CODE),),
    columns=(
        SourceColumn("id", "string", "TRI facility id"),
        SourceColumn(
            "naics", "string", "NAICS code of the vintage of its report, which is not stated"
        ),
        SourceColumn("rows", "Int64", "rows that have it"),
        SourceColumn("primary", "Int64", "of them as the primary one"),
    ),
    key=("id", "naics"),
    read=read_codes,
    tidy=tidy_codes,
    vintage=EXTRACTED,
    example="TRI_SUBMISSION_NAICS.csv.gz",
)
REGISTER = Register(
    key="tri",
    title="Toxics Release Inventory",
    holds="plants that handle listed chemicals, nearly all of manufacturing, since 1987; those "
    "that reported in 2018 are active",
    lacks="plants with fewer than ten employees or little of the listed chemicals, offices, "
    "laboratories and services",
    size_unit=None,
    sources=(("tri-reporters", 2018), ("tri-facilities", EXTRACTED), ("tri-codes", EXTRACTED)),
    scheme=IdScheme("tri", form=r"[0-9A-Z]{15}"),
    naming=100,
    sites="plants",
    locates=True,
    gather=tri_records,
)
