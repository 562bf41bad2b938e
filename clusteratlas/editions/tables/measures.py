"""Clusters by region and year: measures, floors, profiles, and the presence of industries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from clusteratlas.analysis.cells.states import FIGURES
from clusteratlas.analysis.regions.bounds import rounded_outward
from clusteratlas.analysis.regions.measures import NATION, RegionalMeasures, regional_measures
from clusteratlas.analysis.regions.performance import yearly_growth
from clusteratlas.analysis.regions.presence import industry_presence
from clusteratlas.editions.cells.counties import CountyCells
from clusteratlas.editions.cells.regions import RegionMaps, cluster_cells, region_totals
from clusteratlas.editions.definitions.membership import Membership
from clusteratlas.editions.flow.files import DataFile
from clusteratlas.editions.flow.recipe import Limits
from clusteratlas.editions.flow.step import step, table
from clusteratlas.vocabulary.arrays import FloatArray
from clusteratlas.vocabulary.keys import industry_key, is_region
from clusteratlas.vocabulary.tables.clusters import CLUSTER_LEVEL, SUBCLUSTER_LEVEL


@dataclass(frozen=True)
class RegionalFigures:
    """What one year's cells say of all regions: rows of three tables."""

    measures: pd.DataFrame
    floors: pd.DataFrame
    region_profiles: pd.DataFrame


@step(over="years", fixed=["default_membership", "regions", "region_maps"], keep=True)
def regional_figures(
    county_employment: DataFile,
    county_cells: CountyCells,
    region_maps: RegionMaps,
    regions: pd.DataFrame,
    default_membership: Membership,
) -> RegionalFigures:
    """Figures of all types of regions in a year, in terms of the one default set.

    Families, clusters and subclusters are measured one level after the other, each time with all
    industries as the base. A region without any establishment, job or payroll in a cluster has no
    row.
    """
    described = regions.set_index("key")
    pools = described["kind"].fillna(described["type"])
    totals = region_totals(county_cells, region_maps)
    found: dict[str, RegionalMeasures] = {}
    for level, cluster_of in default_membership.by_level.items():
        cells = cluster_cells(county_cells, region_maps, cluster_of, default_membership.kind)
        columns = ["cluster", "kind", "jobs", "establishments"]
        result = regional_measures(
            cells.assign(pool=cells["region"].map(pools)),
            cells.loc[cells["region_type"] == NATION, columns],
            year=county_employment.vintage,
            totals=totals,
        )
        # Clusters that have no family or subcluster were there for the base of the quotients.
        own = default_membership.of_level(level)
        found[level] = replace(
            result,
            measures=result.measures[result.measures["cluster"].isin(own)],
            floors=result.floors[result.floors["cluster"].isin(own)],
        )
    measured, floors = (
        pd.concat([getattr(one, name) for one in found.values()], ignore_index=True)
        for name in ("measures", "floors")
    )
    # An annual average of establishments can round to none where there are jobs, and payroll of a
    # year can be where nobody worked in March: whatever is left out would be missing in the sums.
    there = (measured[list(FIGURES)] > 0).any(axis=1)
    source = county_employment.key
    return RegionalFigures(
        measures=measured[there].assign(source=source),
        floors=floors,
        region_profiles=found[CLUSTER_LEVEL].region_profiles.assign(
            definition=default_membership.definition, source=source
        ),
    )


@table()
def measures(
    regional_figures: Mapping[str, RegionalFigures],
    default_membership: Membership,
    regions: pd.DataFrame,
    limits: Limits,
) -> pd.DataFrame:
    """Each cluster in each region and year, where it has establishments, jobs or payroll.

    Counties and micropolitan areas have those of the latest years alone, as many as the recipe
    says; how they grew since the first year is known all the same. Subclusters are kept in those
    years alone, and not in counties and micropolitan areas, where hardly any of their figures are
    published.
    """
    frame = _all_years("measures", regional_figures)
    years = sorted(frame["year"].unique())
    frame["growth"] = growth_since(frame, years[0])
    late = frame["year"].isin(years[len(years) - limits.small_years :])
    in_county = is_region(frame["region"], "county")
    inside = frame["cluster"].map(default_membership.level) == SUBCLUSTER_LEVEL
    small = in_county | frame["region"].isin(regions.loc[regions["kind"] == "micropolitan", "key"])
    kept = (~(small | inside) | late) & ~(inside & small)
    return rounded_outward(frame[kept].reset_index(drop=True), FIGURES)


def growth_since(measured: pd.DataFrame, year: int) -> FloatArray:
    """Give the yearly growth of jobs since a year; see :func:`yearly_growth`.

    Parameters
    ----------
    measured
        Rows of clusters in regions: cluster, region, year, jobs.
    year
        The first one.

    Returns
    -------
    One for each row; NaN in that year, and where nothing is known of it or it had no jobs.
    """
    keys = ["cluster", "region"]
    first = measured[measured["year"] == year].set_index(keys)["jobs"]
    before = first.reindex(pd.MultiIndex.from_frame(measured[keys])).to_numpy(dtype=float)
    return yearly_growth(before, measured["jobs"].to_numpy(), measured["year"].to_numpy() - year)


@table()
def floors(regional_figures: Mapping[str, RegionalFigures]) -> pd.DataFrame:
    """Floors that a strong cluster had to pass, by cluster, pool of regions and year."""
    return _all_years("floors", regional_figures)


@table()
def region_profiles(regional_figures: Mapping[str, RegionalFigures]) -> pd.DataFrame:
    """Totals of each region in each year."""
    return _all_years("region_profiles", regional_figures)


@table(over="latest", fixed=["region_maps", "traded_industries"], keep=True)
def presence(
    county_cells: CountyCells,
    county_employment: DataFile,
    region_maps: RegionMaps,
    traded_industries: pd.DataFrame,
    naics: DataFile,
) -> pd.DataFrame:
    """Traded industries in states, CBSAs, economic areas and counties, in the latest year.

    An industry has a row where the region has jobs in it; where nobody knows, it has none.
    """
    kinds = traded_industries["kind"]
    frames = []
    for type_, areas in region_maps.by_type.items():
        cells = county_cells.leaves(areas, absent=type_ != "county")
        if type_ == NATION:
            nation = cells
        else:
            frames.append(cells)
    cells = pd.concat(frames, ignore_index=True)
    # Of counties only what figures of its own prove: guesses would be half of all rows.
    proved = (cells[["jobs_low", "establishments_low"]] > 0).any(axis=1)
    cells = cells[~is_region(cells["area"], "county") | proved]
    found = industry_presence(
        cells.rename(columns={"area": "region", "naics": "industry"}),
        pd.DataFrame(
            {
                "industry": nation["naics"],
                "kind": nation["naics"].map(kinds),
                "jobs": nation["jobs"],
            }
        ),
        year=county_employment.vintage,
    )
    found = rounded_outward(found, ("jobs",))
    return found.assign(
        industry=industry_key(naics.vintage, found["industry"].astype("string")),
        source=county_employment.key,
    )


def _all_years(name: str, figures: Mapping[str, RegionalFigures]) -> pd.DataFrame:
    frames: list[pd.DataFrame] = [getattr(year, name) for year in figures.values()]
    return pd.concat(frames, ignore_index=True)
