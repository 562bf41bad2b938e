"""Which BEA input-output sector each six-digit NAICS industry belongs to.

The list was compiled by the US EPA from BEA's notes. Most industries have one sector. Where
several are listed, one is marked as primary by the rules below; the others stay in the table.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import CellError, read_csv_text
from clusteratlas.loaders.source.vintages import since

VINTAGES = frozenset({2012, 2017})

NEVER_PRIMARY = "531HSO"
"""Owner-occupied housing: imputed rents of households, in which no establishment works."""

PRIMARY: dict[str, tuple[str, str]] = {
    "236117": ("233411", "for-sale builders build mostly single-family houses"),
    "236210": ("233230", "industrial building construction; the other sector is repair"),
    "236220": ("2332A0", "office and commercial structures are the largest part"),
    "237210": ("233411", "land is subdivided mostly for single-family houses"),
    "238": ("230301", "trades work on every structure; repair of buildings stands for all"),
    "335220": ("335228", "merged in NAICS 2017; other major appliances are the largest part"),
    "531": ("531ORE", "real estate other than housing"),
    "531110": ("531HST", "lessors of dwellings: tenant-occupied housing"),
    "92": ("GSLGO", "most jobs are state and local"),
    "923110": ("GSLGE", "most jobs are state and local"),
    "923120": ("GSLGH", "most jobs are state and local"),
}
"""NAICS prefix -> (sector, reason) where several sectors are listed; the longest prefix counts.

BEA splits construction by structure and NAICS by trade, so no choice is right for all: use
``primary`` where one sector is needed, all rows where shares are possible.
"""


def read_bea_crosswalk(path: Path, year: int) -> pd.DataFrame:
    """Read the two columns that count."""
    return read_csv_text(path, keep=_columns(year))


def tidy_bea_crosswalk(raw: pd.DataFrame, year: int) -> pd.DataFrame:
    """Keep six-digit industries, each pair once, one of them primary; pure."""
    sector, naics = _columns(year)
    pairs = pd.DataFrame({"naics": raw[naics], "sector": raw[sector]}).drop_duplicates()
    # Shorter codes are roll-ups of the six-digit ones; F, S and V codes are BEA's own.
    pairs = pairs[pairs["naics"].str.fullmatch(r"\d{6}")].sort_values(["naics", "sector"])
    chosen: dict[str, tuple[str, str | None]] = {}
    counts: dict[str, int] = {}
    for code, group in pairs.groupby("naics")["sector"]:
        listed = [str(s) for s in group]
        chosen[str(code)] = _primary(str(code), listed)
        counts[str(code)] = len(listed)
    several = pairs["naics"].map(counts) > 1
    return pd.DataFrame(
        {
            "naics": pairs["naics"],
            "sector": pairs["sector"],
            "method": several.map({False: "listed", True: "one of several"}),
            "primary": pairs["sector"] == pairs["naics"].map({k: v[0] for k, v in chosen.items()}),
            "share_note": pairs["naics"].map(
                {
                    code: f"{counts[code]} sectors listed, no shares published; {reason}"
                    for code, (_, reason) in chosen.items()
                    if reason
                }
            ),
        }
    )


def _primary(naics: str, listed: list[str]) -> tuple[str, str | None]:
    """Pick the primary sector of an industry, and say why where several are listed."""
    if len(listed) == 1:
        return listed[0], None
    candidates = [sector for sector in listed if sector != NEVER_PRIMARY]
    if len(candidates) == 1:
        return candidates[0], "the other is owner-occupied housing, where nobody is employed"
    for length in range(len(naics), 1, -1):
        sector, reason = PRIMARY.get(naics[:length], ("", ""))
        if sector in candidates:
            return sector, reason
    raise CellError(
        f"NAICS {naics} is listed with sectors {', '.join(listed)}, "
        "and no rule says which is primary"
    )


def _columns(year: int) -> tuple[str, str]:
    return f"BEA_{year}_Detail_Code", "NAICS_2017_Code"


def _layout(year: int, *others: str) -> Layout:
    ignored = {f"BEA_{year}_Sector_Code", f"BEA_{year}_Summary_Code", *others}
    return Layout(frozenset({year}), frozenset(_columns(year)), frozenset(ignored))


SOURCE = Source(
    id="bea-crosswalk",
    title="NAICS to BEA detail sectors",
    publisher="U.S. Environmental Protection Agency",
    licence="MIT",
    homepage="https://github.com/USEPA/flowsa",
    url="https://raw.githubusercontent.com/USEPA/flowsa/master/flowsa/data/"
    "NAICS_to_BEA_Crosswalk_{year}.csv",
    pattern=r"NAICS_to_BEA_Crosswalk_(?P<year>2012|2017)\.csv",
    vintages=VINTAGES,
    layouts=(
        _layout(2012, "NAICS_2007_Code", "NAICS_2012_Code"),
        _layout(2017, "NAICS_2012_Code"),
    ),
    columns=(
        SourceColumn("naics", "string", "six-digit NAICS 2017 code"),
        SourceColumn("sector", "string", "BEA detail code"),
        SourceColumn("method", "string", "listed: the only sector; or one of several"),
        SourceColumn("primary", "boolean", "the sector to use where one is needed"),
        SourceColumn("share_note", "string", "why this one is primary, where several are listed"),
    ),
    key=("naics", "sector"),
    read=read_bea_crosswalk,
    tidy=tidy_bea_crosswalk,
    note="The vintage is that of the BEA accounts; the industries are NAICS 2017 in both.",
    example="NAICS_to_BEA_Crosswalk_2017.csv",
    naics=since({2012: 2017}),
)
