"""EPA TRI basic data files: plants of one reporting year with their owners, here and abroad."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from clusteratlas.loaders.organizations.facilities.tri_basic_layout import IGNORED, READ
from clusteratlas.loaders.organizations.frames import (
    clean_text,
    commonest,
    joined,
    kind_by_name,
    numbers,
    postal_states,
    prefixed,
    slug,
    zip_codes,
)
from clusteratlas.loaders.organizations.identifiers import IdScheme
from clusteratlas.loaders.organizations.records import LINK, Records, Register, shaped
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import HEADER, read_csv_text, reals

VINTAGES = frozenset({2021})
NONE = "NA"
"""How the file says that there is no parent."""
_NUMBER = re.compile(r"^\d+\. ")
_PARENTS = {"parent": "", "foreign": "foreign parent"}
"""Column of the tidy table, and program of its link."""


def read_tri_basic(path: Path, _year: int) -> pd.DataFrame:
    """Read the columns that count; the numbers before their names are dropped."""
    frame = read_csv_text(path).rename(columns=lambda name: _NUMBER.sub("", name))
    header = list(frame.columns)
    frame = frame[[name for name in header if name in READ]]
    frame.attrs[HEADER] = header
    return frame


def tidy_tri_basic(raw: pd.DataFrame, _year: int) -> pd.DataFrame:
    """One row a facility, from one a facility and chemical; pure.

    Owners are in EPA's standard spelling where it has one.
    """
    first = raw.drop_duplicates("TRIFD")
    owner, foreign = (
        clean_text(_given(first[f"STANDARD {kind} CO NAME"])).fillna(
            clean_text(_given(first[f"{kind} CO NAME"]))
        )
        for kind in ("PARENT", "FOREIGN PARENT")
    )
    duns, foreign_duns = (
        numbers(_given(first[f"{kind} CO DB NUM"])).where(
            first[f"{kind} CO DB NUM"].str.len().eq(9)
        )
        for kind in ("PARENT", "FOREIGN PARENT")
    )
    return pd.DataFrame(
        {
            "id": first["TRIFD"],
            "frs": numbers(first["FRS ID"]),
            "name": clean_text(first["FACILITY NAME"]),
            "street": clean_text(first["STREET ADDRESS"]),
            "city": clean_text(first["CITY"]),
            "state": postal_states(first["ST"]),
            "zip": zip_codes(first["ZIP"]),
            "longitude": reals(first["LONGITUDE"]),
            "latitude": reals(first["LATITUDE"]),
            "naics": numbers(first["PRIMARY NAICS"]),
            "federal": first["FEDERAL FACILITY"].eq("YES"),
            "parent": owner,
            "parent_duns": duns,
            "foreign": foreign,
            "foreign_duns": foreign_duns,
        }
    )


def _given(column: pd.Series) -> pd.Series:
    return column.mask(column.eq(NONE), "")


def tri_basic_records(tables: dict[str, pd.DataFrame]) -> Records:
    """Plants and their parents, and who owns whom; pure."""
    (key,) = tables
    plants, year = tables[key], int(key.rpartition(":")[2])
    federal = plants["federal"]
    kind = kind_by_name(plants["name"], only={"government agency"})
    ids = prefixed("tri", plants["id"]) + " " + prefixed("frs", plants["frs"])
    records = [
        plants.assign(
            kind=kind.mask(federal, "government agency"),
            naics_vintage=pd.Series(2017, index=plants.index).where(plants["naics"].notna()),
            identifiers=ids.str.strip(),
        )
    ]
    links = []
    for column, program in _PARENTS.items():
        rows = plants[plants[column].notna()]
        owner = f"{column}-" + slug(rows[column])
        name = commonest(rows[column], owner)
        duns = prefixed("duns", commonest(rows[f"{column}_duns"], owner).reindex(name.index))
        records.append(
            pd.DataFrame(
                {
                    "id": name.index,
                    "name": name.array,
                    "aliases": joined(rows[column].where(rows[column].ne(owner.map(name))), owner)
                    .reindex(name.index)
                    .array,
                    "kind": kind_by_name(name).array,
                    "identifiers": duns.mask(duns.eq("")).array,
                }
            )
        )
        links.append(
            pd.DataFrame(
                {
                    "id": rows["id"],
                    "to_id": owner,
                    "type": "OWNED_BY",
                    "program": program,
                    "count": 1,
                    "first_seen": year,
                    "last_seen": year,
                    "evidence": f"EPA toxics release report names a {program or 'parent'}",
                }
            )
        )
    together = pd.concat(records, ignore_index=True).assign(
        status="active", first_seen=year, last_seen=year
    )
    stated = pd.concat(links, ignore_index=True).sort_values(["id", "program"])
    return Records(shaped(together.sort_values("id")), shaped(stated, LINK))


SOURCE = Source(
    id="tri-basic",
    title="Toxics Release Inventory: basic data file of a year",
    publisher="U.S. Environmental Protection Agency",
    licence="US public domain",
    homepage="https://www.epa.gov/toxics-release-inventory-tri-program/"
    "tri-basic-data-files-calendar-years-1987-present",
    url=None,
    pattern=r"(?:TRI_basic_)?(?P<year>\d{4})_(?:us|[a-z]{2})\.csv(\.gz)?",
    vintages=VINTAGES,
    layouts=(Layout(VINTAGES, READ, IGNORED),),
    columns=(
        SourceColumn("id", "string", "TRI facility id"),
        SourceColumn("frs", "string", "id in EPA's Facility Registry"),
        SourceColumn("name", "string", "facility"),
        SourceColumn("street", "string", "street address"),
        SourceColumn("city", "string", "city"),
        SourceColumn("state", "string", "postal code of the state"),
        SourceColumn("zip", "string", "five digits"),
        SourceColumn("longitude", "Float64", "as recorded", "degrees"),
        SourceColumn("latitude", "Float64", "as recorded", "degrees"),
        SourceColumn("naics", "string", "primary NAICS 2017 code"),
        SourceColumn("federal", "boolean", "of the federal government"),
        SourceColumn("parent", "string", "U.S. parent, in EPA's spelling where there is one"),
        SourceColumn("parent_duns", "string", "its DUNS number"),
        SourceColumn("foreign", "string", "foreign parent, in EPA's spelling where there is one"),
        SourceColumn("foreign_duns", "string", "its DUNS number"),
    ),
    key=("id",),
    read=read_tri_basic,
    tidy=tidy_tri_basic,
    naics=lambda _: 2017,
    note="The file of the nation, or of one state: only one is read, so take the nation's.",
    example="2021_us.csv",
)
REGISTER = Register(
    key="tri-basic",
    title="Toxics Release Inventory with parent companies",
    holds="plants that reported listed chemicals in 2021, their U.S. parents and foreign parents",
    lacks="plants that did not report; other states, where the file is of one state",
    size_unit=None,
    sources=((SOURCE.id, 2021),),
    scheme=IdScheme("tri-basic"),
    gather=tri_basic_records,
)
