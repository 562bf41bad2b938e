"""SBA Paycheck Protection Program: firms that borrowed 150,000 USD and more in 2020."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from clusteratlas.loaders.organizations.frames import (
    clean_text,
    commonest,
    joined,
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

VINTAGES = frozenset({2020})
_COLUMNS = {
    "LoanRange": "loan",
    "BusinessName": "name",
    "Address": "street",
    "City": "city",
    "State": "state",
    "Zip": "zip",
    "NAICSCode": "naics",
    "BusinessType": "form",
    "NonProfit": "nonprofit",
    "JobsRetained": "jobs",
}
_UNREAD = frozenset({"DateApproved", "Lender", "CD", "MunicipalityClean"})
_PERSONS = frozenset({"RaceEthnicity", "Gender", "Veteran"})
ALONE = frozenset({"Sole Proprietorship", "Self-Employed Individuals", "Independent Contractors"})
"""Forms under which a private person borrows."""


def read_ppp(path: Path, _year: int) -> pd.DataFrame:
    """Read the columns that count; those about owners are never read."""
    return read_csv_text(path, keep=_COLUMNS)


def tidy_ppp(raw: pd.DataFrame, _year: int) -> pd.DataFrame:
    """One row a loan; private persons, and names without a letter, are left out; pure."""
    frame = raw.rename(columns=_COLUMNS)
    frame = frame[~frame["form"].isin(ALONE)]
    frame = frame[frame["name"].str.contains("[A-Za-z]", regex=True)]
    jobs = integers(frame["jobs"])
    rows = pd.DataFrame(
        {
            **{c: clean_text(frame[c]) for c in ("name", "street", "city")},
            "state": postal_states(frame["state"]),
            "zip": zip_codes(frame["zip"]),
            "naics": numbers(frame["naics"]),
            "nonprofit": frame["nonprofit"].eq("Y") | frame["form"].str.startswith("Non-Profit"),
            "jobs": jobs.mask(jobs.eq(0)),
            "loan": clean_text(frame["loan"].str.replace(r"^[a-e] ", "", regex=True)),
        }
    )
    return rows.assign(line=range(1, len(rows) + 1))


def ppp_records(tables: dict[str, pd.DataFrame]) -> Records:
    """One record a name and ZIP code; pure."""
    rows = tables["ppp-loans:2020"]
    rows = rows.assign(id=slug(rows["name"]) + "-" + rows["zip"].fillna(""))
    groups = rows.groupby("id")
    first = rows.drop_duplicates("id").set_index("id")
    kind = kind_by_name(first["name"])
    nonprofit = kind.eq("company") & groups["nonprofit"].any()
    code = commonest(rows["naics"], rows["id"]).reindex(first.index)
    frame = first.assign(
        kind=kind.mask(nonprofit, "nonprofit"),
        status="active",
        naics=code,
        naics_vintage=pd.Series(2017, index=first.index).where(code.notna()),
        field=joined("loan " + rows["loan"], rows["id"]).reindex(first.index),
        size=groups["jobs"].max(),
        first_seen=2020,
        last_seen=2020,
    )
    return Records(shaped(frame.reset_index().sort_values("id")), shaped(pd.DataFrame(), LINK))


SOURCE = Source(
    id="ppp-loans",
    title="Paycheck Protection Program loans of 150,000 USD and more",
    publisher="U.S. Small Business Administration",
    licence="US public domain",
    homepage="https://data.sba.gov/dataset/ppp-foia",
    url=None,
    pattern=r"ppp_150k_plus(?:_[A-Z]{2})?_(?P<year>\d{4})-\d{2}\.csv(\.gz)?",
    vintages=VINTAGES,
    layouts=(Layout(VINTAGES, frozenset(_COLUMNS), _UNREAD, _PERSONS),),
    columns=(
        SourceColumn("name", "string", "borrower"),
        SourceColumn("street", "string", "street address"),
        SourceColumn("city", "string", "city"),
        SourceColumn("state", "string", "postal code of the state"),
        SourceColumn("zip", "string", "five digits"),
        SourceColumn("naics", "string", "NAICS code as the borrower states it"),
        SourceColumn("nonprofit", "boolean", "a body without profit"),
        SourceColumn("jobs", "Int64", "jobs retained, as the borrower states them", "jobs"),
        SourceColumn("loan", "string", "range of the loan in words"),
        SourceColumn("line", "Int64", "place in this table"),
    ),
    key=("line",),
    read=read_ppp,
    tidy=tidy_ppp,
    note="Borrowers without a letter in their name (a spreadsheet accident) and private persons "
    "are left out.",
    example="ppp_150k_plus_MA_2020-07.csv.gz",
)
REGISTER = Register(
    key="ppp",
    title="Paycheck Protection Program borrowers",
    holds="firms and bodies of up to some 500 jobs that borrowed 150,000 USD and more in 2020",
    lacks="larger firms, those that did not borrow, and every state but those whose file is there "
    "(the public release is one file a state); industries and jobs are the borrower's own words",
    size_unit="jobs",
    sources=(("ppp-loans", 2020),),
    scheme=IdScheme("ppp", form=NAMED),
    naming=160,
    gather=ppp_records,
)
