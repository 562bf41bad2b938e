"""NIH: grant funds of a fiscal year by county of the organization."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import CellError, integers, read_csv_text
from clusteratlas.loaders.source.vintages import PLANNING_REGIONS, since

_VINTAGES = frozenset({2024})


def _read(path: Path, _vintage: int) -> pd.DataFrame:
    return read_csv_text(path)


def _tidy(raw: pd.DataFrame, _vintage: int) -> pd.DataFrame:
    """Give county and dollars; pure."""
    code = raw["FIPS"]
    strange = ~code.str.fullmatch(r"\d{5}")
    if strange.any():
        value = code[strange].iloc[0]
        raise CellError(
            f"column 'FIPS': {value!r} is no county of five digits", column="FIPS", value=value
        )
    return pd.DataFrame({"county": code, "grants": integers(raw["grant_funds"], filled=True)})


NIH_COUNTY = Source(
    id="nih-county",
    title="Grant funds of the National Institutes of Health by county",
    publisher="National Institutes of Health, RePORT",
    licence="US public domain",
    homepage="https://report.nih.gov/",
    url=None,
    pattern=r"nih_fy(?P<year>\d{4})_county_grant_funds\.csv(?:\.gz)?",
    example="nih_fy2024_county_grant_funds.csv.gz",
    vintages=_VINTAGES,
    goes_on=True,
    layouts=(Layout(_VINTAGES, frozenset({"FIPS", "grant_funds"})),),
    columns=(
        SourceColumn("county", "string", "five digits"),
        SourceColumn("grants", "Int64", "grant funds of the fiscal year", "USD"),
    ),
    key=("county",),
    read=_read,
    tidy=_tidy,
    counties=since({2024: PLANNING_REGIONS}),
    note="Counties without grants are not listed.",
)
