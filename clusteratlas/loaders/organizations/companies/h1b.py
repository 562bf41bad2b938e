"""USCIS H-1B Employer Data Hub: employers of foreign specialists."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from clusteratlas.loaders.organizations.frames import (
    clean_text,
    commonest,
    kind_by_name,
    numbers,
    postal_states,
    slug,
    zip_codes,
)
from clusteratlas.loaders.organizations.identifiers import NAMED, IdScheme
from clusteratlas.loaders.organizations.records import LINK, Records, Register, shaped
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import integers, read_csv_text

VINTAGES = frozenset({2020, 2022})
_COLUMNS = {
    "Fiscal Year": "year",
    "Employer": "employer",
    "Initial Approval": "initial",
    "Continuing Approval": "continuing",
    "NAICS": "naics",
    "State": "state",
    "City": "city",
    "ZIP": "zip",
}
UNKNOWN = "99"
"""Sector of employers whose code is not known."""


def read_h1b(path: Path, _year: int) -> pd.DataFrame:
    """Read the columns that count; the last digits of tax numbers are never read."""
    return read_csv_text(path, keep=_COLUMNS)


def tidy_h1b(raw: pd.DataFrame, _year: int) -> pd.DataFrame:
    """Add up the approvals of an employer, place and sector; pure."""
    frame = raw.rename(columns=_COLUMNS)
    sector = numbers(frame["naics"])
    rows = pd.DataFrame(
        {
            "employer": clean_text(frame["employer"]),
            "city": clean_text(frame["city"]),
            "state": postal_states(frame["state"]),
            "zip": zip_codes(frame["zip"]),
            "naics": sector.mask(sector.eq(UNKNOWN)),
            "approvals": integers(frame["initial"]) + integers(frame["continuing"]),
        }
    )
    rows = rows[rows["employer"].notna() & rows["state"].notna()]
    key = ["employer", "city", "state", "zip", "naics"]
    rows[key] = rows[key].fillna("")
    added = rows.groupby(key)["approvals"].sum().reset_index()
    return added.assign(line=range(1, len(added) + 1))


def h1b_records(tables: dict[str, pd.DataFrame]) -> Records:
    """One record an employer and ZIP code; one spelled differently is another one; pure."""
    rows = pd.concat(
        [frame.assign(year=int(key.rpartition(":")[2])) for key, frame in tables.items()],
        ignore_index=True,
    )
    rows["id"] = slug(rows["employer"]) + "-" + rows["state"].str.lower() + rows["zip"]
    groups = rows.groupby("id")
    first = rows.sort_values(["id", "approvals"], ascending=[True, False], kind="stable")
    frame = first.drop_duplicates("id").set_index("id")[["employer", "city", "state", "zip"]]
    coded = rows[rows["naics"].ne("")]
    sector = commonest(coded["naics"], coded["id"])
    frame = frame.replace("", pd.NA).assign(
        name=frame["employer"],
        kind=kind_by_name(frame["employer"]),
        status="active",
        naics=sector.reindex(frame.index),
        size=groups["approvals"].sum(),
        first_seen=groups["year"].min(),
        last_seen=groups["year"].max(),
    )
    return Records(shaped(frame.reset_index()), shaped(pd.DataFrame(), LINK))


SOURCE = Source(
    id="h1b-employers",
    title="H-1B Employer Data Hub",
    publisher="U.S. Citizenship and Immigration Services",
    licence="US public domain",
    homepage="https://www.uscis.gov/tools/reports-and-studies/h-1b-employer-data-hub",
    url=None,
    pattern=r"h1b_datahubexport-(?P<year>\d{4})\.csv(\.gz)?",
    vintages=VINTAGES,
    layouts=(
        Layout(
            VINTAGES,
            frozenset(_COLUMNS) - {"Fiscal Year"},
            frozenset({"Fiscal Year", "Initial Denial", "Continuing Denial"}),
            frozenset({"Tax ID"}),
        ),
    ),
    columns=(
        SourceColumn("employer", "string", "employer as spelled by its petitions"),
        SourceColumn("city", "string", "city of the petitioner"),
        SourceColumn("state", "string", "postal code of the state"),
        SourceColumn("zip", "string", "five digits, or empty"),
        SourceColumn("naics", "string", "two-digit sector, or empty"),
        SourceColumn("approvals", "Int64", "initial and continuing approvals"),
        SourceColumn("line", "Int64", "place in this table"),
    ),
    key=("line",),
    read=read_h1b,
    tidy=tidy_h1b,
    note="The address is that of the petitioner: often a headquarters or a law office.",
    example="h1b_datahubexport-2022.csv.gz",
)
REGISTER = Register(
    key="h1b",
    title="H-1B employers",
    holds="employers whose petitions for foreign specialists were decided in fiscal years 2020 and "
    "2022: software, consulting, engineering, universities, hospitals, drug makers",
    lacks="employers without such specialists; industries: it gives the sector only; sites "
    "other than the petitioner's",
    size_unit="approvals",
    sources=(("h1b-employers", 2022), ("h1b-employers", 2020)),
    scheme=IdScheme("h1b", form=NAMED),
    naming=180,
    gather=h1b_records,
)
