"""From the planning regions of Connecticut to its old counties, which they cut across.

Towns lie in one of each, and ZIP codes tell what is in a town. So counted, the jobs of 2021 miss
those that County Business Patterns gives the eight counties by 1.2 % at most. A region is divided
by one share for all industries: of the establishments of 2016 that puts 1.4 % in a wrong county
by sector, and 3.5 % by six-digit industry.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import pandas as pd

from clusteratlas.analysis.cells.overlaps import carry_over, fit_margins, overlap_shares
from clusteratlas.editions.flow.files import DataFile
from clusteratlas.loaders.places.ct_towns import towns_of_cities
from clusteratlas.loaders.source.vintages import OLD_COUNTIES, PLANNING_REGIONS

MEASURES = ["establishments", "jobs", "people"]
"""By what a planning region is divided among counties."""

CELLS = {
    "jobs": "jobs",
    "jobs_low": "jobs",
    "jobs_high": "jobs",
    "establishments": "establishments",
}
"""Columns of county cells, and the measure by which each is divided."""

BY_TOWNS = {"establishments": "establishments", "jobs": "jobs", "payroll": "jobs"}
"""Figures of completed cells, and the measure by which each is divided."""

METHOD = {
    "establishments": "establishments of the towns in both",
    "jobs": "jobs of the towns in both",
    "people": "establishments of the towns in both, fitted to the population of regions and "
    "counties",
}
"""How the weights of a pair of region and county were found."""

WEIGHTS = {
    "establishments": ("ct-towns-2022", "zip-counties-2023", "zip-totals-2022"),
    "jobs": ("ct-towns-2022", "zip-counties-2023", "zip-totals-2022"),
    "people": (
        *("ct-towns-2022", "zip-counties-2023", "zip-totals-2022"),
        *("population-2019", "population-2023"),
    ),
}
"""Files that they were found from."""


_CODES = ("region", "county", "county_name")


def planning_regions() -> pd.DataFrame:
    """Read what lies in both a planning region and an old county, as `measure_pairs` found it.

    Returns
    -------
    DataFrame
        region, county, county_name, towns, establishments and jobs (of 2022), people (of 2020).
    """
    path = files("clusteratlas.editions.linkages") / "planning_regions.csv"
    with path.open(encoding="utf-8") as handle:
        return pd.read_csv(handle, dtype=dict.fromkeys(_CODES, "string"))


def has_planning_regions(file: DataFile) -> bool:
    """Whether the counties of a file are planning regions in Connecticut."""
    return file.source.counties(file.vintage) == PLANNING_REGIONS


def old_counties(
    file: DataFile,
    table: pd.DataFrame,
    values: Mapping[str, str],
    *,
    area: str = "area",
    whole: bool = False,
) -> pd.DataFrame:
    """Bring a file's planning regions back to the counties of the edition.

    Each figure of a region is divided by one share for all industries, so the state's figures stay
    and those of its counties are estimates.

    Parameters
    ----------
    file
        Where the table is from. A file that has the old counties gives ``table`` as it is.
    table
        Withheld cells are to be filled before: sums of a region hold in the region.
    values
        Columns of figures, and the measure by which each is divided, for example :data:`CELLS`.
    area, whole
        As of :func:`~clusteratlas.analysis.cells.overlaps.carry_over`.
    """
    if not has_planning_regions(file):
        return table
    return carry_over(table, shares_of_regions(), area, values, whole=whole)


def shares_of_regions() -> pd.DataFrame:
    """Share of each planning region in each old county, by measure."""
    return overlap_shares(planning_regions(), "region", "county", MEASURES)


def shares_of_counties() -> pd.DataFrame:
    """Share of each old county in each planning region, by measure."""
    return overlap_shares(planning_regions(), "county", "region", MEASURES)


def as_in_file(file: DataFile, cells: pd.DataFrame, values: Mapping[str, str]) -> pd.DataFrame:
    """Bring cells of old counties to the planning regions of a file, if it has these.

    Parameters
    ----------
    file
        A county file.
    cells
        ``area`` and other columns.
    values
        As of :func:`old_counties`.
    """
    pairs = planning_regions()
    if not has_planning_regions(file) or not cells["area"].isin(pairs["county"]).any():
        return cells
    return carry_over(cells, shares_of_counties(), "area", values)


def people_of_counties(population: DataFile) -> pd.DataFrame:
    """Tidy table of the population estimates, Connecticut with its old counties."""
    if not has_planning_regions(population):
        return population.table
    names = planning_regions().drop_duplicates("county").set_index("county")["county_name"]
    people = population.table[["fips", "year", "population"]]
    out = old_counties(population, people, {"population": "people"}, area="fips", whole=True)
    given = population.table.drop_duplicates("fips").set_index("fips")["name"]
    out["name"] = out["fips"].map(names).fillna(out["fips"].map(given))
    return out[list(population.table.columns)].sort_values(["fips", "year"], ignore_index=True)


def county_list_bridge(file: DataFile, *measures: str) -> dict[str, Any]:
    """Say for the manifest how the planning regions of a file became counties, if they did."""
    if not has_planning_regions(file):
        return {}
    return {
        "file": file.key,
        "from_counties": PLANNING_REGIONS,
        "to_counties": OLD_COUNTIES,
        "method": {measure: METHOD[measure] for measure in measures},
        "weights": sorted({key for measure in measures for key in WEIGHTS[measure]}),
    }


def measure_pairs(
    towns: pd.DataFrame,
    zips: pd.DataFrame,
    totals: pd.DataFrame,
    of_counties: pd.Series[Any],
    of_regions: pd.Series[Any],
) -> pd.DataFrame:
    """Sum what lies in both a planning region and an old county, by towns.

    A ZIP code counts for the town of its post office. Homes are elsewhere than jobs, so the people
    of a pair are its establishments fitted to the people of regions and counties; every town counts
    as one more establishment there, since three have no post office.

    Parameters
    ----------
    towns, zips
        Tidy tables of sources ``ct-towns`` and ``zip-counties``.
    totals
        Tidy table of source ``zip-totals``, one year of it.
    of_counties, of_regions
        People by old county and by planning region, of about the same time.

    Returns
    -------
    DataFrame
        region, county, towns, establishments, jobs, people.
    """
    cities = zips.drop_duplicates("zip").set_index("zip")["city"]
    cities = cities[cities.index.isin(zips.loc[zips["county"].isin(towns["county"]), "zip"])]
    placed = totals.assign(town=totals["zip"].map(towns_of_cities(cities, towns)))
    sums = placed.groupby("town")[["establishments", "jobs"]].sum().astype("int64")
    sums = sums.reindex(towns["town"], fill_value=0).reset_index(drop=True)
    each = pd.concat([towns[["region", "county"]].assign(towns=1), sums], axis=1)
    pairs = each.groupby(["region", "county"], as_index=False).sum()
    prior = pairs.assign(prior=(pairs["establishments"] + pairs["towns"]).astype("float64"))
    grid = prior.pivot(index="region", columns="county", values="prior").fillna(0.0)
    people = fit_margins(
        grid.to_numpy(),
        of_regions.reindex(grid.index).to_numpy("float64"),
        of_counties.reindex(grid.columns).to_numpy("float64"),
    )
    fitted = pd.DataFrame(people, grid.index, grid.columns).stack()
    at = pd.MultiIndex.from_frame(pairs[["region", "county"]])
    return pairs.assign(people=fitted[at].round().astype("int64").to_numpy())
