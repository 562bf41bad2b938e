"""Towns of Connecticut: each lies in one of the old counties and in one planning region."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import pandas as pd

from clusteratlas.errors import SourceError
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import codes, read_csv_text

_LAYOUT = Layout(
    vintages=frozenset({2022}),
    columns=frozenset({"town_name", "town_fips_2020", "town_fips_2022", "ce_name_2022"}),
    ignored=frozenset({"ce_fips_2022"}),
)
_WIDTH = 10
"""Digits of a town: two of the state, three of the county or planning region, five of its own."""


def _read_ct_towns(path: Path, vintage: int) -> pd.DataFrame:
    del vintage
    return read_csv_text(path, keep=_LAYOUT.columns)


def _tidy_ct_towns(raw: pd.DataFrame, vintage: int) -> pd.DataFrame:
    del vintage
    # The publisher's file lost the leading zero of every code.
    old, new = codes(raw["town_fips_2020"], _WIDTH), codes(raw["town_fips_2022"], _WIDTH)
    odd = old.str.slice(5).ne(new.str.slice(5)) | old.str.len().ne(_WIDTH)
    if odd.any():
        raise SourceError(
            f"towns of Connecticut: {raw.loc[odd, 'town_name'].iloc[0]} is {old[odd].iloc[0]} in "
            f"its county and {new[odd].iloc[0]} in its planning region",
            hint="both end with the town's own five digits; fetch the file again",
        )
    return pd.DataFrame(
        {
            "town": old.str.slice(5),
            "name": raw["town_name"],
            "county": old.str.slice(0, 5),
            "region": new.str.slice(0, 5),
            "region_name": raw["ce_name_2022"],
        }
    )


CT_TOWNS = Source(
    id="ct-towns",
    title="Towns of Connecticut, with their old counties and planning regions",
    publisher="CTData Collaborative, from codes of the U.S. Census Bureau",
    licence="codes of the U.S. Census Bureau: US public domain",
    homepage="https://github.com/CT-Data-Collaborative/ct-town-to-planning-region",
    url="https://raw.githubusercontent.com/CT-Data-Collaborative/ct-town-to-planning-region/"
    "main/ct-town-to-planning-region.csv",
    pattern=r"ct-town-to-planning-region\.csv(?:\.gz)?",
    example="ct-town-to-planning-region.csv.gz",
    vintages=frozenset({2022}),
    vintage=2022,
    layouts=(_LAYOUT,),
    columns=(
        SourceColumn("town", "string", "five-digit county subdivision code"),
        SourceColumn("name", "string", "name of the town"),
        SourceColumn("county", "string", "five-digit FIPS code of the old county"),
        SourceColumn("region", "string", "five-digit FIPS code of the planning region"),
        SourceColumn("region_name", "string", "name of the planning region"),
    ),
    key=("town",),
    read=_read_ct_towns,
    tidy=_tidy_ct_towns,
    note="The codes of the file lack their leading zeros, which are restored. Towns did not change "
    "in 2022: only what they are summed to.",
)


def towns_of_cities(cities: pd.Series[Any], towns: pd.DataFrame) -> pd.Series[Any]:
    """Code of the town that a postal address is in; missing where the city is not known.

    Parameters
    ----------
    cities
        Names as the Postal Service writes them. Most are those of towns; the others are villages
        with a post office, whose towns are in ``ct_post_offices.csv``.
    towns
        Tidy table of source ``ct-towns``.
    """
    path = files("clusteratlas.loaders.places") / "ct_post_offices.csv"
    with path.open(encoding="utf-8") as handle:
        offices = pd.read_csv(handle, dtype="string").set_index("post_office")["town"]
    of = towns.set_index(towns["name"].str.upper())["town"]
    names = cities.str.upper()
    return names.map(of).fillna(names.map(offices.str.upper().map(of)))
