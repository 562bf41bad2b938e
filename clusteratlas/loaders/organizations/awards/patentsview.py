"""PatentsView: organizations that U.S. patents were assigned to, with place and counts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from clusteratlas.loaders.organizations.frames import (
    clean_text,
    commonest,
    kind_by_name,
    postal_states,
)
from clusteratlas.loaders.organizations.identifiers import IdScheme
from clusteratlas.loaders.organizations.records import LINK, Records, Register, shaped
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import codes, integers, read_csv_text, reals

RELEASE = 2025
_RELEASES = frozenset({RELEASE})
_ASSIGNEE = frozenset(
    {
        "patent_id",
        "assignee_id",
        "disambig_assignee_organization",
        "assignee_type",
        "location_id",
    }
)
_PERSONS = frozenset(
    {"disambig_assignee_individual_name_first", "disambig_assignee_individual_name_last"}
)
_LOCATION = frozenset(
    {
        "location_id",
        "disambig_city",
        "disambig_state",
        "disambig_country",
        "latitude",
        "longitude",
        "state_fips",
        "county_fips",
    }
)
_PATENT = frozenset({"patent_id", "patent_type", "patent_date", "withdrawn"})
GOVERNMENT = ("6", "8", "9")
"""Last digit of the type of an assignee: federal, county and state governments."""


def read_assignees(path: Path, _year: int) -> pd.DataFrame:
    """Read the columns about organizations; names of persons are never read."""
    return read_csv_text(path, delimiter="\t", keep=_ASSIGNEE)


def tidy_assignees(raw: pd.DataFrame, _year: int) -> pd.DataFrame:
    """One row a patent and organization; pure."""
    frame = raw[raw["disambig_assignee_organization"].ne("")].drop_duplicates(
        ["patent_id", "assignee_id"]
    )
    return pd.DataFrame(
        {
            "patent": frame["patent_id"],
            "assignee": frame["assignee_id"],
            "name": clean_text(frame["disambig_assignee_organization"]),
            "government": codes(frame["assignee_type"]).str[-1].isin(GOVERNMENT),
            "location": frame["location_id"],
        }
    )


def read_locations(path: Path, _year: int) -> pd.DataFrame:
    """Read the columns that count."""
    return read_csv_text(path, delimiter="\t", keep=_LOCATION)


def tidy_locations(raw: pd.DataFrame, _year: int) -> pd.DataFrame:
    """Keep places in the United States; codes lost their leading zeros; pure."""
    here = raw[raw["disambig_country"].eq("US")]
    state, county = codes(here["state_fips"], 2), codes(here["county_fips"], 3)
    return pd.DataFrame(
        {
            "location": here["location_id"],
            "city": clean_text(here["disambig_city"]),
            "state": postal_states(here["disambig_state"]),
            "county": (state + county).where((state + county).str.fullmatch(r"\d{5}")),
            "longitude": reals(here["longitude"]),
            "latitude": reals(here["latitude"]),
        }
    )


def read_patents(path: Path, _year: int) -> pd.DataFrame:
    """Read the columns that count."""
    return read_csv_text(path, delimiter="\t", keep=_PATENT)


def tidy_patents(raw: pd.DataFrame, _year: int) -> pd.DataFrame:
    """Keep utility patents that stand; pure."""
    utility = raw[raw["patent_type"].eq("utility") & ~raw["withdrawn"].eq("1")]
    return pd.DataFrame(
        {"patent": utility["patent_id"], "year": integers(utility["patent_date"].str[:4])}
    )


def patentsview_records(tables: dict[str, pd.DataFrame]) -> Records:
    """One record an assignee, at the place that most of its patents name; pure."""
    places = tables[f"patentsview-locations:{RELEASE}"]
    rows = tables[f"patentsview-assignees:{RELEASE}"].merge(
        tables[f"patentsview-patents:{RELEASE}"], on="patent"
    )
    rows = rows[rows["location"].isin(places["location"])]
    groups = rows.groupby("assignee")
    name = commonest(rows["name"], rows["assignee"])
    home = commonest(rows["location"], rows["assignee"])
    there = places.set_index("location").loc[home].set_axis(home.index)
    kind = kind_by_name(name)
    frame = there.assign(
        name=name,
        kind=kind.mask(groups["government"].any(), "government agency"),
        status="active",
        size=groups["patent"].nunique(),
        first_seen=groups["year"].min(),
        last_seen=groups["year"].max(),
    )
    silent = frame["last_seen"] <= RELEASE - 10
    frame["status"] = frame["status"].mask(silent, "silent")
    return Records(
        shaped(frame.rename_axis("id").reset_index().sort_values("id")),
        shaped(pd.DataFrame(), LINK),
    )


ASSIGNEES = Source(
    id="patentsview-assignees",
    title="g_assignee_disambiguated: assignees of patents",
    publisher="U.S. Patent and Trademark Office, PatentsView",
    licence="CC BY 4.0",
    homepage="https://patentsview.org/download/data-download-tables",
    url=None,
    pattern=r"g_assignee_disambiguated\.tsv(\.zip|\.gz)?",
    vintages=_RELEASES,
    layouts=(Layout(_RELEASES, _ASSIGNEE, _PERSONS | {"assignee_sequence"}),),
    columns=(
        SourceColumn("patent", "string", "number of the patent"),
        SourceColumn("assignee", "string", "id of the assignee, made by PatentsView"),
        SourceColumn("name", "string", "organization"),
        SourceColumn("government", "boolean", "a federal, state or county government"),
        SourceColumn("location", "string", "id of the place, or empty"),
    ),
    key=("patent", "assignee"),
    read=read_assignees,
    tidy=tidy_assignees,
    vintage=RELEASE,
    note="Organizations only: names of persons are never read. The USPTO hands the file out "
    "against a key of one's own.",
    example="g_assignee_disambiguated.tsv.zip",
)
LOCATIONS = Source(
    id="patentsview-locations",
    title="g_location_disambiguated: places of assignees and inventors",
    publisher="U.S. Patent and Trademark Office, PatentsView",
    licence="CC BY 4.0",
    homepage="https://patentsview.org/download/data-download-tables",
    url=None,
    pattern=r"g_location_disambiguated\.tsv(\.zip|\.gz)?",
    vintages=_RELEASES,
    layouts=(Layout(_RELEASES, _LOCATION, frozenset({"county"})),),
    columns=(
        SourceColumn("location", "string", "id of the place"),
        SourceColumn("city", "string", "city"),
        SourceColumn("state", "string", "postal code of the state"),
        SourceColumn("county", "string", "county, five digits"),
        SourceColumn("longitude", "Float64", "of the city", "degrees"),
        SourceColumn("latitude", "Float64", "of the city", "degrees"),
    ),
    key=("location",),
    read=read_locations,
    tidy=tidy_locations,
    vintage=RELEASE,
    note="Places in the United States only.",
    example="g_location_disambiguated.tsv.zip",
)
PATENTS = Source(
    id="patentsview-patents",
    title="g_patent: dates and types of patents",
    publisher="U.S. Patent and Trademark Office, PatentsView",
    licence="CC BY 4.0",
    homepage="https://patentsview.org/download/data-download-tables",
    url=None,
    pattern=r"g_patent\.tsv(\.zip|\.gz)?",
    vintages=_RELEASES,
    layouts=(
        Layout(
            _RELEASES,
            _PATENT,
            frozenset({"patent_title", "patent_abstract", "wipo_kind", "num_claims", "filename"}),
        ),
    ),
    columns=(
        SourceColumn("patent", "string", "number of the patent"),
        SourceColumn("year", "Int64", "year of the grant", "year"),
    ),
    key=("patent",),
    read=read_patents,
    tidy=tidy_patents,
    vintage=RELEASE,
    note="Utility patents only.",
    example="g_patent.tsv.zip",
)
REGISTER = Register(
    key="patentsview",
    title="PatentsView assignees",
    holds="organizations in the United States that utility patents were assigned to since 1976",
    lacks="organizations without patents; later owners of a patent; persons",
    size_unit="patents",
    sources=(
        (ASSIGNEES.id, RELEASE),
        (LOCATIONS.id, RELEASE),
        (PATENTS.id, RELEASE),
    ),
    scheme=IdScheme("patentsview"),
    gather=patentsview_records,
)
