"""USDA FSIS: establishments inspected for meat, poultry and eggs."""

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
from clusteratlas.loaders.organizations.records import LINK, Operation, Records, Register, shaped
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import CellError, integers, read_csv_text, reals

VINTAGES = frozenset({2026})
_READ = frozenset(
    {
        "establishment_number",
        "establishment_name",
        "duns_number",
        "street",
        "city",
        "state",
        "zip",
        "grant_date",
        "activities",
        "dbas",
        "size",
        "latitude",
        "longitude",
        "fips_code",
    }
)
_UNREAD = frozenset({"establishment_id", "district", "circuit", "county"})
SIZES = {"Large": 500, "Small": 10, "Very Small": 1, "N / A": None, "": None}
"""Size class -> fewest employees in it (9 CFR 304; 61 FR 38806)."""


def read_fsis(path: Path, _year: int) -> pd.DataFrame:
    """Read the columns that count; telephone numbers are never read."""
    return read_csv_text(path, keep=_READ)


def tidy_fsis(raw: pd.DataFrame, _year: int) -> pd.DataFrame:
    """One row an establishment number; pure."""
    unknown = sorted(set(raw["size"]) - set(SIZES))
    if unknown:
        raise CellError(f"column 'size': {unknown[0]!r} is no size class")
    duns = raw["duns_number"].str.replace("-", "").str.strip()
    fips = numbers(raw["fips_code"])
    return pd.DataFrame(
        {
            "id": raw["establishment_number"],
            "name": clean_text(raw["establishment_name"]),
            "aliases": clean_text(raw["dbas"].str.replace(r"\s*;\s*", "|", regex=True)),
            "street": clean_text(raw["street"]),
            "city": clean_text(raw["city"]),
            "state": postal_states(raw["state"]),
            "zip": zip_codes(raw["zip"]),
            "county": fips.str.zfill(5),
            "longitude": reals(raw["longitude"]),
            "latitude": reals(raw["latitude"]),
            "activities": clean_text(raw["activities"].str.replace(r"\s*;\s*", "|", regex=True)),
            # Shorter numbers lost more than their zeros, longer ones are two run together.
            "duns": duns.where(duns.str.fullmatch(r"\d{7,9}")).str.zfill(9),
            "employees": raw["size"].map(SIZES),
            "granted": integers(raw["grant_date"].str.rpartition("/")[2]),
        }
    )


def fsis_records(tables: dict[str, pd.DataFrame]) -> Records:
    """One record an establishment; pure."""
    sites = tables["fsis-establishments:2026"]
    frame = sites.assign(
        kind=kind_by_name(sites["name"]),
        status="active",
        field=sites["activities"],
        identifiers=prefixed("duns", sites["duns"]).replace("", pd.NA),
        size=sites["employees"],
        first_seen=sites["granted"],
        last_seen=2026,
    )
    return Records(shaped(frame), shaped(pd.DataFrame(), LINK))


SOURCE = Source(
    id="fsis-establishments",
    title="Meat, Poultry and Egg Product Inspection Directory",
    publisher="USDA Food Safety and Inspection Service",
    licence="US public domain",
    homepage="https://www.fsis.usda.gov/inspection/establishments/"
    "meat-poultry-and-egg-product-inspection-directory",
    url=None,
    pattern=r"MPI_Directory_by_Establishment_Number_(?P<year>\d{4})-\d{2}\.csv(\.gz)?",
    vintages=VINTAGES,
    layouts=(Layout(VINTAGES, _READ, _UNREAD, frozenset({"phone"})),),
    columns=(
        SourceColumn("id", "string", "establishment number"),
        SourceColumn("name", "string", "establishment"),
        SourceColumn("aliases", "string", "names that it does business as, joined by '|'"),
        SourceColumn("street", "string", "street address"),
        SourceColumn("city", "string", "city"),
        SourceColumn("state", "string", "postal code of the state"),
        SourceColumn("zip", "string", "five digits"),
        SourceColumn("county", "string", "county, five digits"),
        SourceColumn("longitude", "Float64", "as recorded", "degrees"),
        SourceColumn("latitude", "Float64", "as recorded", "degrees"),
        SourceColumn("activities", "string", "what is inspected, joined by '|'"),
        SourceColumn("duns", "string", "DUNS number, nine digits"),
        SourceColumn("employees", "Int64", "fewest employees of its size class", "persons"),
        SourceColumn("granted", "Int64", "year in which inspection was granted", "year"),
    ),
    key=("id",),
    read=read_fsis,
    tidy=tidy_fsis,
    example="MPI_Directory_by_Establishment_Number_2026-05.csv.gz",
)
REGISTER = Register(
    key="fsis",
    title="Meat, poultry and egg establishments",
    holds="plants and cold stores under federal inspection for meat, poultry and eggs in 2026",
    lacks="plants under state inspection, all other food; earlier years",
    size_unit="employees at least (size class)",
    sources=(("fsis-establishments", 2026),),
    scheme=IdScheme("fsis", form=r"[A-Z]\d+[A-Z]?(\+[A-Z]\d+[A-Z]?)*"),
    naming=120,
    sites="plants",
    locates=True,
    operations=(
        Operation("Poultry Slaughter", "311615", 0.95, "poultry processing includes slaughter"),
        Operation("Meat Slaughter", "311611", 0.95, "animal slaughter"),
        Operation("Poultry Processing", "311615", 0.9, "processed where no meat is", unless="Meat"),
        Operation("Meat Processing", "311612", 0.9, "meat processed from carcasses"),
        Operation("Egg Product", "311999", 0.9, "egg products are other food manufacturing"),
        Operation("Siluriformes", "311710", 0.9, "catfish is seafood"),
    ),
    gather=fsis_records,
)
