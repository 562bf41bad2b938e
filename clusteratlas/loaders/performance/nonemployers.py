"""Census Nonemployer Statistics: firms without paid employees, by CBSA and sector."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import integers, read_csv_text
from clusteratlas.loaders.source.vintages import since
from clusteratlas.loaders.source.words import known_words
from clusteratlas.vocabulary.naics import TOTAL

_VINTAGES = frozenset({2017})
_WITHHELD = ("S", "D", "N")
"""S withheld since the estimate is not good enough, D to protect firms, N not available."""
_NOISE = frozenset({"G", "H", "J", ""})


def _read(path: Path, _vintage: int) -> pd.DataFrame:
    return read_csv_text(path)


def _tidy(raw: pd.DataFrame, _vintage: int) -> pd.DataFrame:
    """Give area, sector and figures; pure."""
    known_words(raw["noise_flag"], _NOISE, "noise flag")
    return pd.DataFrame(
        {
            "cbsa": raw["cbsa_code"],
            "naics": raw["naics2017"].replace("00", TOTAL),
            "year": integers(raw["year"], filled=True),
            "firms": integers(raw["nonemployer_firms"], missing=_WITHHELD),
            "receipts": integers(raw["receipts_k"], missing=_WITHHELD),
        }
    )


NONEMPLOYER_CBSA = Source(
    id="nonemployer-cbsa",
    title="Nonemployer Statistics by metropolitan and micropolitan area and sector",
    publisher="U.S. Census Bureau",
    licence="US public domain",
    homepage="https://www.census.gov/programs-surveys/nonemployer-statistics.html",
    url=None,
    pattern=r"nonemployer_(?P<year>\d{4})_cbsa_x_naics\.csv(?:\.gz)?",
    example="nonemployer_2017_cbsa_x_naics.csv.gz",
    vintages=_VINTAGES,
    layouts=(
        Layout(
            _VINTAGES,
            frozenset({"cbsa_code", "naics2017", "year", "nonemployer_firms", "receipts_k"})
            | {"noise_flag"},
        ),
    ),
    columns=(
        SourceColumn("cbsa", "string", "code of the area"),
        SourceColumn("naics", "string", "NAICS sector, or total"),
        SourceColumn("year", "Int64", "year", "year"),
        SourceColumn("firms", "Int64", "firms without paid employees; NA where withheld", "firms"),
        SourceColumn("receipts", "Int64", "their receipts; NA where withheld", "thousand USD"),
    ),
    key=("cbsa", "naics"),
    read=_read,
    tidy=_tidy,
    naics=since({2017: 2017}),
    naics_extra=frozenset({TOTAL}),
    delineation=since({2017: 2017}),
    note="Firms, not jobs. Rounded, and with noise.",
)
