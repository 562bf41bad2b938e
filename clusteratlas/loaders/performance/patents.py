"""USPTO: utility patents granted, by county of the first inventor and year."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import CellError, integers, read_csv_text

LAST_GRANTS = 2015
_YEARS = frozenset({LAST_GRANTS})


def _read(path: Path, _vintage: int) -> pd.DataFrame:
    return read_csv_text(path)


def _tidy(raw: pd.DataFrame, _vintage: int) -> pd.DataFrame:
    """Give five digits to each county, 000 behind the state where the county is not known; pure."""
    code = raw["stco_code"]
    strange = ~code.str.fullmatch(r"\d{5}")
    if strange.any():
        value = code[strange].iloc[0]
        raise CellError(
            f"column 'stco_code': {value!r} is no county of five digits",
            column="stco_code",
            value=value,
        )
    return pd.DataFrame(
        {
            "county": code,
            "year": integers(raw["year"], filled=True),
            "patents": integers(raw["patents_issued"], filled=True),
        }
    )


USPTO_PATENTS = Source(
    id="uspto-patents",
    title="Utility patents by county, 2000 to 2015",
    publisher="U.S. Patent and Trademark Office",
    licence="US public domain",
    homepage="https://www.uspto.gov/web/offices/ac/ido/oeip/taf/countyall/usa_county_gd.htm",
    url=None,
    pattern=r"uspto_county_patents\.csv(?:\.gz)?",
    example="uspto_county_patents.csv",
    vintages=_YEARS,
    vintage=LAST_GRANTS,
    layouts=(
        Layout(_YEARS, frozenset({"stco_code", "year", "patents_issued"}), frozenset({"co_name"})),
    ),
    columns=(
        SourceColumn("county", "string", "five digits; 000 behind the state where it is not known"),
        SourceColumn("year", "Int64", "year of the grant", "year"),
        SourceColumn("patents", "Int64", "utility patents granted", "patents"),
    ),
    key=("county", "year"),
    read=_read,
    tidy=_tidy,
    note="A table made of the office's report by county, which ended with 2015. Counties that "
    "have had no patent since 2000 are not listed.",
)
