"""EPA RCRAInfo: sites that generate large quantities of hazardous waste."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from clusteratlas.loaders.organizations.frames import (
    clean_text,
    county_codes,
    kind_by_name,
    numbers,
    postal_states,
    zip_codes,
)
from clusteratlas.loaders.organizations.identifiers import IdScheme
from clusteratlas.loaders.organizations.records import LINK, Records, Register, shaped
from clusteratlas.loaders.places.geography import COUNTY_CODES
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import read_csv_text

VINTAGES = frozenset({2017})
_COLUMNS = {
    "FacilityID": "id",
    "FacilityName": "name",
    "Address": "street",
    "City": "city",
    "State": "state",
    "Zip": "zip",
    "County": "county_name",
    "NAICS": "naics",
}
_TRADES = (
    ("22", "utility"),
    ("44", "store"),
    ("45", "store"),
    ("4461", "pharmacy"),
    ("61", "school"),
    ("62", "health care"),
    ("92", "government"),
)
"""Sites that are many and make nothing: the beginning of the code, and what to call them."""


def read_rcra(path: Path, _year: int) -> pd.DataFrame:
    """Read all columns."""
    return read_csv_text(path)


def tidy_rcra(raw: pd.DataFrame, _year: int) -> pd.DataFrame:
    """Clean the cells; pure."""
    frame = raw.rename(columns=_COLUMNS)
    return pd.DataFrame(
        {
            "id": frame["id"],
            **{c: clean_text(frame[c]) for c in ("name", "street", "city")},
            "state": postal_states(frame["state"]),
            "zip": zip_codes(frame["zip"]),
            "county_name": clean_text(frame["county_name"]),
            "naics": numbers(frame["naics"]),
        }
    )


def rcra_records(tables: dict[str, pd.DataFrame]) -> Records:
    """One record a handler id; stores and the like are told apart in ``field``; pure."""
    sites = tables["rcra-generators:2017"]
    trade = pd.Series(pd.NA, index=sites.index, dtype="string")
    for start, name in _TRADES:
        trade = trade.mask(sites["naics"].str.startswith(start).fillna(False), name)
    listed = tables[f"{COUNTY_CODES.id}:2018"]
    frame = sites.assign(
        kind=kind_by_name(sites["name"]),
        status="active",
        county=county_codes(sites["county_name"], sites["state"], listed),
        naics_vintage=pd.Series(2017, index=sites.index).where(sites["naics"].notna()),
        field=trade,
        first_seen=2017,
        last_seen=2017,
    )
    return Records(shaped(frame), shaped(pd.DataFrame(), LINK))


SOURCE = Source(
    id="rcra-generators",
    title="RCRAInfo: large quantity generators of hazardous waste, Biennial Report",
    publisher="U.S. Environmental Protection Agency",
    licence="US public domain",
    homepage="https://www.epa.gov/hwgenerators/biennial-hazardous-waste-report",
    url=None,
    pattern=r"RCRAInfo_(?P<year>\d{4})_facilities\.csv(\.gz)?",
    vintages=VINTAGES,
    layouts=(Layout(VINTAGES, frozenset(_COLUMNS)),),
    columns=(
        SourceColumn("id", "string", "EPA handler id"),
        SourceColumn("name", "string", "site"),
        SourceColumn("street", "string", "street address, given for few"),
        SourceColumn("city", "string", "city"),
        SourceColumn("state", "string", "postal code of the state"),
        SourceColumn("zip", "string", "five digits"),
        SourceColumn("county_name", "string", "county in words"),
        SourceColumn("naics", "string", "NAICS 2017 code of five or six digits"),
    ),
    key=("id",),
    read=read_rcra,
    tidy=tidy_rcra,
    example="RCRAInfo_2017_facilities.csv.gz",
)
REGISTER = Register(
    key="rcra",
    title="Hazardous waste generators",
    holds="sites that generated a ton or more of hazardous waste a month in 2017: plants, "
    "laboratories, hospitals, and many pharmacies and stores",
    lacks="sites with little hazardous waste: most offices and services, assembly, software; "
    "the code of one in five is of five digits only",
    size_unit=None,
    sources=(("rcra-generators", 2017), (COUNTY_CODES.id, 2018)),
    scheme=IdScheme("rcra", form=r"[A-Z]{2}[0-9A-Z]{10}"),
    naming=130,
    sites="plants",
    locates=True,
    gather=rcra_records,
)
