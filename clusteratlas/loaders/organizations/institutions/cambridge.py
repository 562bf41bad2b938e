"""City of Cambridge, Massachusetts: its directory of life-science and technology firms."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from clusteratlas.loaders.organizations.frames import clean_text, postal_states, slug, zip_codes
from clusteratlas.loaders.organizations.identifiers import NAMED, IdScheme
from clusteratlas.loaders.organizations.records import LINK, Operation, Records, Register, shaped
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import integers, read_csv_text, reals

_WANTED = frozenset(
    [
        "Business Name",
        "Address",
        "City",
        "State",
        "Zip Code",
        "Business Type",
        "IT Type",
        "Year Established",
        "Longitude",
        "Latitude",
    ]
)
YEAR = 2024
_YEARS = frozenset({YEAR})


def _read(path: Path, _vintage: int) -> pd.DataFrame:
    return read_csv_text(path, keep=_WANTED)


def _tidy(raw: pd.DataFrame, _vintage: int) -> pd.DataFrame:
    """One row a firm; pure."""
    name = clean_text(raw["Business Name"])
    kinds = raw["Business Type"].str.cat(raw["IT Type"].str.replace(r",\s*", "|", regex=True), "|")
    return pd.DataFrame(
        {
            "id": slug(name),
            "name": name,
            "street": clean_text(raw["Address"]),
            "city": clean_text(raw["City"]),
            "state": postal_states(raw["State"]),
            "zip": zip_codes(raw["Zip Code"]),
            "field": kinds.str.strip("|"),
            "established": integers(raw["Year Established"].str.extract(r"(\d{4})")[0]),
            "longitude": reals(raw["Longitude"]),
            "latitude": reals(raw["Latitude"]),
        }
    )


def cambridge_records(tables: dict[str, pd.DataFrame]) -> Records:
    """Firms of the directory; pure."""
    frame = tables[f"cambridge:{YEAR}"]
    record = frame.assign(
        kind="company", status="active", first_seen=frame["established"], last_seen=YEAR
    )
    return Records(shaped(record), shaped(pd.DataFrame(), LINK))


FIRMS = Source(
    id="cambridge",
    title="Life-science and technology firms in Cambridge, Massachusetts",
    publisher="City of Cambridge, Community Development Department",
    licence="PDDL 1.0",
    homepage="https://data.cambridgema.gov/",
    url=None,
    pattern=r"cambridge_companies_(?P<year>\d{4})\.csv(\.gz)?",
    vintages=_YEARS,
    layouts=(
        Layout(_YEARS, _WANTED, ignored=frozenset({"Business Description", "Website", "Location"})),
    ),
    columns=(
        SourceColumn("id", "string", "name in lower case, joined by hyphens"),
        SourceColumn("name", "string", "firm"),
        SourceColumn("street", "string", "street address"),
        SourceColumn("city", "string", "city"),
        SourceColumn("state", "string", "postal code"),
        SourceColumn("zip", "string", "five digits"),
        SourceColumn("field", "string", "Life Sciences or Technology, and lines of business"),
        SourceColumn("established", "Int64", "founded", "year"),
        SourceColumn("longitude", "Float64", "longitude", "degrees"),
        SourceColumn("latitude", "Float64", "latitude", "degrees"),
    ),
    key=("id",),
    read=_read,
    tidy=_tidy,
    note="Some of the firms have closed since.",
    example="cambridge_companies_2024.csv",
)
REGISTER = Register(
    key="cambridge",
    title="Directory of the City of Cambridge, Massachusetts",
    holds="life-science and information-technology firms with an office or laboratory in the city",
    lacks="every other city; firms of other kinds; it still lists some that have closed",
    size_unit=None,
    sources=(("cambridge", YEAR),),
    scheme=IdScheme("cambridge", form=NAMED),
    naming=150,
    operations=(
        Operation(
            "Pharmaceutical|Therapeutics|Biopharma",
            "325412",
            0.7,
            "medicines: research or manufacture",
        ),
        Operation("Medical Device", "339112", 0.75, "medical devices"),
        Operation("Biotechnology|Genetics|Life Science", "541714", 0.75, "biotechnology research"),
        Operation("Software|SaaS", "511210", 0.8, "software"),
    ),
    gather=cambridge_records,
)
