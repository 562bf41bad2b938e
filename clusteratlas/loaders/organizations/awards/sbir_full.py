"""SBIR.gov's own file of all awards, with or without abstracts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from clusteratlas.loaders.organizations.frames import (
    clean_text,
    last_filed,
    postal_states,
    zip_codes,
)
from clusteratlas.loaders.places.counties import STATES
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import integers, read_csv_text, reals

VINTAGE = 2026
"""The file is the state of the day of the download."""
_YEAR = frozenset({VINTAGE})
_WANTED = frozenset(
    [
        "Company",
        "Agency",
        "Agency Tracking Number",
        "Branch",
        "Contract",
        "Phase",
        "Program",
        "Award Year",
        "Award Amount",
        "Duns",
        "UEI",
        "Address1",
        "City",
        "State",
        "Zip",
        "Proposal Award Date",
    ]
)
_PERSONS = frozenset(
    [
        "Contact Name",
        "Contact Title",
        "Contact Phone",
        "Contact Email",
        "PI Name",
        "PI Title",
        "PI Phone",
        "PI Email",
        "RI POC Name",
        "RI POC Phone",
        # These say whose the firm is.
        "Socially and Economically Disadvantaged",
        "Woman Owned",
        "Women Owned",
    ]
)
_UNWANTED = frozenset(
    [
        "Award Title",
        "Contract End Date",
        "Solicitation Number",
        "Solicitation Year",
        "Solicitation Close Date",
        "Proposal Receipt Date",
        "Date of Notification",
        "Topic Code",
        "HUBZone Owned",
        "Number Employees",
        "Company Website",
        "Address2",
        "RI Name",
        "Abstract",
    ]
)
_POSTAL = {name.upper(): code for code, name in STATES.values()}


def _read(path: Path, _vintage: int) -> pd.DataFrame:
    frame = read_csv_text(path, encoding=("utf-8", "latin-1"), keep=_WANTED)
    return frame if "UEI" in frame else frame.assign(UEI="")


def _tidy(raw: pd.DataFrame, _vintage: int) -> pd.DataFrame:
    """Awards numbered in the file's order; the branch counts where NIH awards; pure.

    One award listed again in its year, with another amount or not, counts as its last row says.
    """
    name = clean_text(raw["Company"])
    raw = raw[name.notna()]
    raw = last_filed(raw, _award(raw), _time(raw["Proposal Award Date"]))
    state = raw["State"].str.strip().str.upper()
    nih = raw["Branch"].eq("National Institutes of Health")
    return pd.DataFrame(
        {
            "award": raw.index + 1,
            "name": name[raw.index],
            "street": clean_text(raw["Address1"]),
            "city": clean_text(raw["City"]),
            "state": postal_states(state.map(_POSTAL).fillna(state)),
            "zip": zip_codes(raw["Zip"]),
            "duns": _identifier(raw["Duns"], r"\d{9}"),
            "uei": _identifier(raw["UEI"], r"[0-9A-Z]{12}"),
            "year": integers(raw["Award Year"]),
            "usd": reals(raw["Award Amount"].str.replace("$", "", regex=False)),
            "program": raw["Program"],
            "agency": raw["Agency"].mask(nih, raw["Branch"]),
            "phase": raw["Phase"],
        }
    )


def _award(raw: pd.DataFrame) -> pd.Series:
    """Tell one award by its two numbers; missing where one of them is none."""
    numbers = ("Agency Tracking Number", "Contract")
    one = raw["Agency"]
    for column in ("Program", "Phase", "Award Year", *numbers):
        one = one + "\n" + raw[column].str.strip().str.upper()
    # Agencies also write "0", "n/a" or the year.
    given = [raw[c].str.contains(r"(?:\d.*){5}", regex=True) for c in numbers]
    return one.where(given[0] & given[1])


def _time(dates: pd.Series) -> pd.Series:
    return pd.to_datetime(dates, errors="coerce", format="mixed")


def _identifier(column: pd.Series, form: str) -> pd.Series:
    text = column.str.strip().str.upper()
    return text.where(text.str.fullmatch(form).fillna(False))


AWARD_DATA = Source(
    id="sbir-award-data",
    title="SBIR.gov: all awards",
    publisher="U.S. Small Business Administration",
    licence="US public domain",
    homepage="https://www.sbir.gov/data-resources",
    url="https://data.www.sbir.gov/awarddatapublic/award_data.csv",
    pattern=r"award_data(?:_no_abstract)?\.csv(\.gz|\.zip)?",
    vintages=_YEAR,
    layouts=(Layout(_YEAR, _WANTED, ignored=_UNWANTED | _PERSONS, optional=frozenset({"UEI"})),),
    columns=(
        SourceColumn("award", "Int64", "number of the row"),
        SourceColumn("name", "string", "firm"),
        SourceColumn("street", "string", "street address"),
        SourceColumn("city", "string", "city"),
        SourceColumn("state", "string", "postal code"),
        SourceColumn("zip", "string", "five digits"),
        SourceColumn("duns", "string", "D&B number, nine digits"),
        SourceColumn("uei", "string", "unique entity id, twelve characters"),
        SourceColumn("year", "Int64", "year of the award", "year"),
        SourceColumn("usd", "Float64", "amount", "USD"),
        SourceColumn("program", "string", "SBIR or STTR"),
        SourceColumn("agency", "string", "agency that awards"),
        SourceColumn("phase", "string", "Phase I or Phase II"),
    ),
    key=("award",),
    read=_read,
    tidy=_tidy,
    vintage=VINTAGE,
    note="Contacts and investigators are not read, nor titles and abstracts.",
    example="award_data.csv",
)
