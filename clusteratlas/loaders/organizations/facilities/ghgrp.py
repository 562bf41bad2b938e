"""EPA Greenhouse Gas Reporting Program: large emitters, fuel suppliers, and who owns them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from clusteratlas.loaders.organizations.facilities.ghgrp_layout import IGNORED, PLACE, READ, SHEETS
from clusteratlas.loaders.organizations.frames import (
    clean_text,
    commonest,
    county_codes,
    joined,
    kind_by_name,
    maybe_persons,
    numbers,
    postal_states,
    prefixed,
    slug,
    zip_codes,
)
from clusteratlas.loaders.organizations.identifiers import IdScheme
from clusteratlas.loaders.organizations.records import LINK, Records, Register, shaped
from clusteratlas.loaders.places.geography import COUNTY_CODES
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import HEADER, integers, read_csv_text, read_sheet, reals

VINTAGES = frozenset({2020})
_PARENT = {
    "GHGRP FACILITY ID": "id",
    "FRS ID (FACILITY)": "frs",
    "REPORTING YEAR": "year",
    "FACILITY NAME": "name",
    "FACILITY ADDRESS": "street",
    "FACILITY CITY": "city",
    "FACILITY STATE": "state",
    "FACILITY ZIP": "zip",
    "FACILITY COUNTY": "county_name",
    "PARENT COMPANY NAME": "parent",
    "PARENT CO. STREET ADDRESS": "parent_street",
    "PARENT CO. CITY": "parent_city",
    "PARENT CO. STATE": "parent_state",
    "PARENT CO. ZIP": "parent_zip",
    "PARENT CO. PERCENT OWNERSHIP": "share",
    "FACILITY NAICS CODE": "naics",
}
_EPA = "U.S. Environmental Protection Agency"
_HOME = "https://www.epa.gov/ghgreporting/data-sets"


def read_summary(path: Path, _year: int) -> pd.DataFrame:
    """Put the sheets of facilities below each other; each has its own columns."""
    frames = []
    header: dict[str, None] = {}
    for sheet in SHEETS:
        frame = read_sheet(path, sheet, skip=3, keep=READ)
        header |= dict.fromkeys(frame.attrs.pop(HEADER))
        frames.append(frame)
    together = pd.concat(frames, ignore_index=True)
    together.attrs[HEADER] = list(header)
    return together


def tidy_summary(raw: pd.DataFrame, _year: int) -> pd.DataFrame:
    """One row a facility, its emissions added up over the sheets; pure."""
    place = {name: raw[name].replace("", pd.NA).fillna(raw[f"Reported {name}"]) for name in PLACE}
    totals = [
        reals(raw[column].fillna(""), missing=("confidential",))
        for column in SHEETS.values()
        if column is not None
    ]
    rows = pd.DataFrame(
        {
            "id": raw["Facility Id"],
            "frs": numbers(raw["FRS Id"]),
            "name": clean_text(raw["Facility Name"]),
            "street": clean_text(place["Address"]),
            "city": clean_text(place["City"]),
            "state": postal_states(place["State"]),
            "zip": zip_codes(place["Zip Code"]),
            "county_name": clean_text(place["County"]),
            "longitude": reals(place["Longitude"]),
            "latitude": reals(place["Latitude"]),
            "naics": numbers(raw["Primary NAICS Code"]),
        }
    )
    emissions = pd.concat(totals, axis=1).sum(axis=1, min_count=1).groupby(rows["id"])
    sectors = raw["Industry Type (sectors)"].str.split(",").explode().str.strip()
    first = rows.drop_duplicates("id").set_index("id")
    return first.assign(
        emissions=emissions.sum(min_count=1),
        field=joined(sectors, rows["id"].reindex(sectors.index)),
    ).reset_index()


def read_parents(path: Path, _year: int) -> pd.DataFrame:
    """Read the columns that count."""
    return read_csv_text(path, keep=_PARENT)


def tidy_parents(raw: pd.DataFrame, _year: int) -> pd.DataFrame:
    """One row a facility, year and parent; several shares of one parent are added up; pure.

    Some oil fields list private persons among their owners. They are left out: an owner whose name
    has several words, none of them of a firm or a public body, and that nowhere owns all.
    """
    frame = raw.rename(columns=_PARENT)
    frame = frame[frame["parent"].ne("")]
    # A share of zero stands where none was stated: no owner owns nothing.
    share = reals(frame["share"]).replace(0, pd.NA) / 100
    largest = share.groupby(frame["parent"]).max()
    person = maybe_persons(largest.index.to_series()) & largest.lt(1).fillna(False)
    body = ~frame["parent"].isin(person.index[person])
    frame, share = frame[body], share[body]
    frame = frame.assign(
        frs=numbers(frame["frs"]),
        year=integers(frame["year"]),
        naics=numbers(frame["naics"]),
        **{c: clean_text(frame[c]) for c in ("name", "street", "city", "county_name", "parent")},
        **{c: clean_text(frame[c]) for c in ("parent_street", "parent_city")},
        **{c: postal_states(frame[c]) for c in ("state", "parent_state")},
        **{c: zip_codes(frame[c]) for c in ("zip", "parent_zip")},
    )
    key = ["id", "year", "parent"]
    total = share.groupby([frame[c] for c in key]).sum(min_count=1).clip(upper=1).rename("share")
    first = frame.drop(columns="share").drop_duplicates(key)
    return first.merge(total.reset_index(), on=key)[[c.name for c in _PARENT_COLUMNS]]


def ghgrp_records(tables: dict[str, pd.DataFrame]) -> Records:
    """Facilities, parents as records of their own, and who owns whom; pure."""
    summary = tables["ghgrp-summary:2020"].set_index("id")
    owned = tables["ghgrp-parents:2020"].assign(
        owner=lambda frame: "parent-" + slug(frame["parent"])
    )
    facilities = _facilities(summary, owned)
    listed = tables[f"{COUNTY_CODES.id}:2018"]
    facilities["county"] = county_codes(facilities["county_name"], facilities["state"], listed)
    records = pd.concat([facilities, _parents(owned)], ignore_index=True)
    return Records(shaped(records.sort_values("id")), shaped(_links(owned), LINK))


def _facilities(summary: pd.DataFrame, owned: pd.DataFrame) -> pd.DataFrame:
    latest = owned.sort_values(["id", "year", "parent"], ascending=[True, False, True])
    latest = latest.drop_duplicates("id").set_index("id")
    frame = summary.reindex(summary.index.union(latest.index))
    for column in ("frs", "name", "street", "city", "state", "zip", "county_name"):
        frame[column] = frame[column].fillna(latest[column].reindex(frame.index))
    # The codes of earlier years are of NAICS 2007, 2012 or 2017, and do not say of which.
    dated = frame["naics"].notna()
    years = owned.groupby("id")["year"].agg(["min", "max"]).reindex(frame.index)
    listed = pd.Series(2020, index=frame.index, dtype="Int64").where(dated)
    owners = owned[owned["year"].eq(owned.groupby("id")["year"].transform("max"))]
    return frame.assign(
        kind=kind_by_name(frame["name"]),
        status="active",
        naics=frame["naics"].fillna(latest["naics"].reindex(frame.index)),
        naics_vintage=pd.Series(2017, index=frame.index, dtype="Int64").where(dated),
        identifiers=prefixed("frs", frame["frs"]).replace("", pd.NA),
        parent=joined(owners["parent"], owners["id"]).reindex(frame.index),
        size=frame["emissions"],
        first_seen=years["min"].fillna(listed),
        last_seen=listed.fillna(years["max"]),
    ).reset_index(names="id")


def _parents(owned: pd.DataFrame) -> pd.DataFrame:
    """Owners by name; of several addresses the commonest of the latest year counts."""
    address = pd.Series(
        list(
            zip(
                owned["parent_street"].fillna(""),
                owned["parent_city"].fillna(""),
                owned["parent_state"].fillna(""),
                owned["parent_zip"].fillna(""),
                strict=True,
            )
        ),
        index=owned.index,
    )
    place = commonest(address, owned["owner"], owned["year"])
    parts = pd.DataFrame(
        place.tolist(), index=place.index, columns=["street", "city", "state", "zip"]
    ).replace("", pd.NA)
    name = commonest(owned["parent"], owned["owner"], owned["year"])
    years = owned.groupby("owner")["year"].agg(["min", "max"])
    return parts.assign(
        name=name,
        kind=kind_by_name(name),
        status="active",
        first_seen=years["min"],
        last_seen=years["max"],
    ).reset_index(names="id")


def _links(owned: pd.DataFrame) -> pd.DataFrame:
    """One link a facility and owner, with the share of the latest year that states one."""
    key = ["id", "owner"]
    summed = owned.groupby([*key, "year"], as_index=False)["share"].sum(min_count=1)
    stated = summed[summed["share"].notna()].drop_duplicates(key, keep="last").set_index(key)
    links = owned.groupby(key)["year"].agg(["min", "max", "nunique"])
    links["share"] = stated["share"].clip(upper=1)
    links = links.reset_index()
    percent = (links["share"] * 100).round(1).astype("string").str.removesuffix(".0")
    return links.assign(
        type="OWNED_BY",
        to_id=links["owner"],
        count=links["nunique"],
        program="",
        first_seen=links["min"],
        last_seen=links["max"],
        evidence="EPA greenhouse gas reports name it as parent company, "
        + (percent + " percent").fillna("share not stated"),
    )


SUMMARY = Source(
    id="ghgrp-summary",
    title="Greenhouse Gas Reporting Program: data summary spreadsheet",
    publisher=_EPA,
    licence="US public domain",
    homepage=_HOME,
    url=None,
    pattern=r"ghgp_data_(?P<year>\d{4})\.xlsx",
    vintages=VINTAGES,
    layouts=(Layout(VINTAGES, READ, IGNORED),),
    columns=(
        SourceColumn("id", "string", "GHGRP facility id"),
        SourceColumn("frs", "string", "id in EPA's Facility Registry"),
        SourceColumn("name", "string", "facility"),
        SourceColumn("street", "string", "street address"),
        SourceColumn("city", "string", "city"),
        SourceColumn("state", "string", "postal code of the state"),
        SourceColumn("zip", "string", "five digits"),
        SourceColumn("county_name", "string", "county in words"),
        SourceColumn("longitude", "Float64", "as reported", "degrees"),
        SourceColumn("latitude", "Float64", "as reported", "degrees"),
        SourceColumn("naics", "string", "primary NAICS 2017 code"),
        SourceColumn("emissions", "Float64", "what it emits itself; none for suppliers", "t CO2e"),
        SourceColumn("field", "string", "sectors of direct emitters, joined by '|'"),
    ),
    key=("id",),
    read=read_summary,
    tidy=tidy_summary,
    naics=lambda _: 2017,
    note="Pipelines and distributors stand once a state there; their emissions are added up.",
    example="ghgp_data_2020.xlsx",
)
_PARENT_COLUMNS = (
    SourceColumn("id", "string", "GHGRP facility id"),
    SourceColumn("year", "Int64", "reporting year", "year"),
    SourceColumn("parent", "string", "parent company as reported"),
    SourceColumn("frs", "string", "id of the facility in EPA's Facility Registry"),
    SourceColumn("name", "string", "facility"),
    SourceColumn("street", "string", "street address of the facility"),
    SourceColumn("city", "string", "its city"),
    SourceColumn("state", "string", "postal code of its state"),
    SourceColumn("zip", "string", "five digits"),
    SourceColumn("county_name", "string", "its county in words"),
    SourceColumn("naics", "string", "its NAICS code, of the vintage of the report"),
    SourceColumn("parent_street", "string", "street address of the parent"),
    SourceColumn("parent_city", "string", "its city"),
    SourceColumn("parent_state", "string", "postal code of its state"),
    SourceColumn("parent_zip", "string", "five digits"),
    SourceColumn("share", "Float64", "share that the parent owns", "share"),
)
PARENTS = Source(
    id="ghgrp-parents",
    title="Greenhouse Gas Reporting Program: reported parent companies",
    publisher=_EPA,
    licence="US public domain",
    homepage=_HOME,
    url=None,
    pattern=r"ghgp_data_parent_company_\d{4}_(?P<year>\d{4})\.csv(\.gz)?",
    vintages=VINTAGES,
    layouts=(Layout(VINTAGES, frozenset(_PARENT)),),
    columns=_PARENT_COLUMNS,
    key=("id", "year", "parent"),
    read=read_parents,
    tidy=tidy_parents,
    note="Reporting years 2017-2020 in one file, put together from the sheets of EPA's workbook. "
    "Private persons among the owners of oil fields are left out.",
    example="ghgp_data_parent_company_2017_2020.csv.gz",
)
REGISTER = Register(
    key="ghgrp",
    title="Greenhouse Gas Reporting Program",
    holds="plants, oil and gas fields, pipelines and landfills that emit more than 25,000 tons of "
    "CO2 equivalent a year, suppliers of fuels and gases, and their U.S. parent companies",
    lacks="smaller plants: nearly all makers of parts, devices and software; foreign parents",
    size_unit="t CO2e",
    sources=(("ghgrp-summary", 2020), ("ghgrp-parents", 2020), (COUNTY_CODES.id, 2018)),
    scheme=IdScheme("ghgrp", form=r"\d{7}"),
    naming=110,
    sites="plants",
    locates=True,
    gather=ghgrp_records,
)
