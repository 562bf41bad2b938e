"""Establishments and jobs by ZIP code: totals of the ZIP Business Patterns."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import codes, integers, read_csv_text

_LAYOUT = Layout(
    vintages=frozenset({2022}),
    columns=frozenset({"zip", "year", "state", "estab", "emp", "payann_k"}),
)


def _read_zip_totals(path: Path, vintage: int) -> pd.DataFrame:
    del vintage
    return read_csv_text(path)


def _tidy_zip_totals(raw: pd.DataFrame, vintage: int) -> pd.DataFrame:
    del vintage
    establishments = integers(raw["estab"], filled=True)
    jobs = integers(raw["emp"], filled=True)
    payroll = integers(raw["payann_k"], filled=True)
    # A withheld figure is written as a zero. Who has employees pays them, so a zero beside
    # establishments is no figure.
    withheld = establishments.gt(0) & jobs.eq(0) & payroll.eq(0)
    return pd.DataFrame(
        {
            "zip": codes(raw["zip"], 5),
            "year": integers(raw["year"], filled=True),
            "state": raw["state"],
            "establishments": establishments,
            "jobs": jobs.mask(withheld),
            "payroll": payroll.mask(withheld),
        }
    )


ZIP_TOTALS = Source(
    id="zip-totals",
    title="ZIP Business Patterns: totals of ZIP codes",
    publisher="U.S. Census Bureau",
    licence="US public domain",
    homepage="https://www.census.gov/programs-surveys/cbp.html",
    url=None,
    pattern=r"zbp_\d{4}_(?P<year>\d{4})_zip_totals\.csv(?:\.gz)?",
    example="zbp_2012_2022_zip_totals.csv.gz",
    vintages=frozenset({2022}),
    goes_on=True,
    layouts=(_LAYOUT,),
    columns=(
        SourceColumn("zip", "string", "ZIP code, five digits"),
        SourceColumn("year", "Int64", "calendar year", "year"),
        SourceColumn("state", "string", "postal code of the state"),
        SourceColumn("establishments", "Int64", "establishments", "establishments"),
        SourceColumn("jobs", "Int64", "employees in March; NA is withheld", "jobs"),
        SourceColumn("payroll", "Int64", "annual payroll; NA is withheld", "thousand USD"),
    ),
    key=("zip", "year"),
    read=_read_zip_totals,
    tidy=_tidy_zip_totals,
    note="The yearly files of the publisher put into one; the vintage is the last year. It has to "
    "be placed by hand.",
)
