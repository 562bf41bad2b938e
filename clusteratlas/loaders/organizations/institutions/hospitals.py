"""HIFLD: hospitals with place, beds and kind of owner."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from clusteratlas.loaders.organizations.frames import clean_text, numbers, postal_states, zip_codes
from clusteratlas.loaders.organizations.identifiers import IdScheme
from clusteratlas.loaders.organizations.records import LINK, Evidence, Records, Register, shaped
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import integers, read_csv_text, reals

YEAR = 2020
_YEARS = frozenset({YEAR})
_WANTED = frozenset(
    [
        "ID",
        "NAME",
        "ADDRESS",
        "CITY",
        "STATE",
        "ZIP",
        "TYPE",
        "STATUS",
        "COUNTYFIPS",
        "LATITUDE",
        "LONGITUDE",
        "NAICS_CODE",
        "SOURCEDATE",
        "ALT_NAME",
        "OWNER",
        "BEDS",
    ]
)
_UNWANTED = frozenset(
    [
        "X",
        "Y",
        "FID",
        "OBJECTID",
        "ZIP4",
        "TELEPHONE",
        "POPULATION",
        "COUNTY",
        "COUNTRY",
        "NAICS_DESC",
        "SOURCE",
        "VAL_METHOD",
        "VAL_DATE",
        "WEBSITE",
        "STATE_ID",
        "ST_FIPS",
        "TTL_STAFF",
        "TRAUMA",
        "HELIPAD",
    ]
)
_OPTIONAL = frozenset({"X", "Y", "FID", "OBJECTID"})
_NOT = "NOT AVAILABLE"


def _read(path: Path, _vintage: int) -> pd.DataFrame:
    return read_csv_text(path, keep=_WANTED)


def _tidy(raw: pd.DataFrame, _vintage: int) -> pd.DataFrame:
    """Take the marks of missing values out; pure."""
    owner = raw["OWNER"].mask(raw["OWNER"].eq(_NOT), "").str.lower()
    return pd.DataFrame(
        {
            "id": raw["ID"],
            "name": clean_text(raw["NAME"]),
            "aliases": clean_text(raw["ALT_NAME"].mask(raw["ALT_NAME"].eq(_NOT))),
            "street": clean_text(raw["ADDRESS"].mask(raw["ADDRESS"].eq(_NOT))),
            "city": clean_text(raw["CITY"]),
            "state": postal_states(raw["STATE"]),
            "zip": zip_codes(raw["ZIP"]),
            "county": numbers(raw["COUNTYFIPS"]),
            "longitude": reals(raw["LONGITUDE"]),
            "latitude": reals(raw["LATITUDE"]),
            "naics": raw["NAICS_CODE"],
            "field": raw["TYPE"].str.lower().str.cat(owner, sep="|").str.strip("|"),
            "beds": integers(raw["BEDS"], missing=("-999",)),
            "closed": raw["STATUS"].eq("CLOSED"),
            "as_of": integers(raw["SOURCEDATE"].str.slice(0, 4)),
        }
    )


def hospital_records(tables: dict[str, pd.DataFrame]) -> Records:
    """Hospitals in states and areas of the United States; pure."""
    frame = tables[f"hospitals:{YEAR}"]
    frame = frame[frame["state"].notna()]
    record = frame.assign(
        kind="hospital",
        status=frame["closed"].map({True: "closed", False: "active"}),
        naics_vintage=2017,
        size=frame["beds"],
        last_seen=frame["as_of"],
    )
    return Records(shaped(record), shaped(pd.DataFrame(), LINK))


HOSPITALS = Source(
    id="hospitals",
    title="Hospitals of the Homeland Infrastructure Foundation-Level Data",
    publisher="U.S. Department of Homeland Security",
    licence="US public domain",
    homepage="https://hifld-geoplatform.hub.arcgis.com/",
    url=None,
    pattern=r"(?:hospitals_hifld|Hospitals)\.csv(\.gz)?",
    vintages=_YEARS,
    layouts=(Layout(_YEARS, _WANTED, ignored=_UNWANTED, optional=_OPTIONAL),),
    columns=(
        SourceColumn("id", "string", "HIFLD id"),
        SourceColumn("name", "string", "name, upper case"),
        SourceColumn("aliases", "string", "other name"),
        SourceColumn("street", "string", "street address"),
        SourceColumn("city", "string", "city"),
        SourceColumn("state", "string", "postal code"),
        SourceColumn("zip", "string", "five digits"),
        SourceColumn("county", "string", "five digits"),
        SourceColumn("longitude", "Float64", "longitude", "degrees"),
        SourceColumn("latitude", "Float64", "latitude", "degrees"),
        SourceColumn("naics", "string", "NAICS 2017 code"),
        SourceColumn("field", "string", "type and kind of owner"),
        SourceColumn("beds", "Int64", "beds"),
        SourceColumn("closed", "boolean", "closed"),
        SourceColumn("as_of", "Int64", "year of the source of the row", "year"),
    ),
    key=("id",),
    read=_read,
    tidy=_tidy,
    vintage=YEAR,
    naics=lambda _: 2017,
    example="hospitals_hifld.csv.gz",
)
REGISTER = Register(
    key="hospital",
    title="Hospitals (HIFLD)",
    holds="hospitals with their beds, at their site",
    lacks="clinics, laboratories, physicians' offices, and the health systems that own hospitals",
    size_unit="beds",
    sources=(("hospitals", YEAR),),
    scheme=IdScheme("hospital", form=r"\d{10}"),
    naming=60,
    body="hospital",
    locates=True,
    evidence=Evidence(
        "beds", "hospital of {:,.0f} beds; hospitals are a first customer of the cluster"
    ),
    gather=hospital_records,
)
