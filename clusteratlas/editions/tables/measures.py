"""Clusters by region and year: measures, floors, profiles, and the presence of industries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from clusteratlas.analysis.cells.suppression import cluster_bounds
from clusteratlas.analysis.regions.measures import NATION, regional_measures
from clusteratlas.analysis.regions.presence import industry_presence
from clusteratlas.editions.definitions.membership import Membership
from clusteratlas.editions.flow.files import DataFile, in_naics
from clusteratlas.editions.flow.step import step, table
from clusteratlas.vocabulary.keys import NATION as NATION_KEY
from clusteratlas.vocabulary.keys import industry_key, region_key


@dataclass(frozen=True)
class RegionalFigures:
    """What one employment file says of its regions: rows of four tables."""

    measures: pd.DataFrame
    floors: pd.DataFrame
    region_profiles: pd.DataFrame
    presence: pd.DataFrame


@step(
    over="state_years",
    fixed=["default_membership", "traded_industries", "naics"],
    keep=True,
)
def state_figures(
    state_employment: DataFile,
    national_industries: pd.DataFrame,
    default_membership: Membership,
    traded_industries: pd.DataFrame,
    naics: DataFile,
) -> RegionalFigures:
    """Figures of states and the nation in each year, in terms of the one default set."""
    published = in_naics(state_employment, naics)
    nation = _classified(national_industries, default_membership)
    whole = nation.assign(
        region=NATION_KEY,
        region_type=NATION,
        jobs_low=nation["jobs"],
        jobs_high=nation["jobs"],
    )
    states = _published_cells(published, "state")
    cells = pd.concat([states, whole[states.columns]], ignore_index=True)
    bounds = _bounds(published, "state", default_membership)
    return _figures(
        cells, nation, state_employment, default_membership, bounds, traded_industries, naics
    )


@step(
    over="cbsa_years",
    fixed=["default_membership", "traded_industries", "naics", "regions"],
    keep=True,
)
def cbsa_figures(
    cbsa_employment: DataFile,
    cbsa_published: pd.DataFrame,
    national_industries: pd.DataFrame,
    regions: pd.DataFrame,
    default_membership: Membership,
    traded_industries: pd.DataFrame,
    naics: DataFile,
) -> RegionalFigures:
    """Figures of the edition's CBSAs in each year, against the nation of that year's states."""
    nation = _classified(national_industries, default_membership)
    cells = _published_cells(cbsa_published, "cbsa")
    cells = cells[cells["region"].isin(set(regions["key"]))]
    bounds = _bounds(cbsa_published, "cbsa", default_membership)
    return _figures(
        cells, nation, cbsa_employment, default_membership, bounds, traded_industries, naics
    )


@step(
    over="county_years",
    fixed=["default_membership", "traded_industries", "naics", "national_industries"],
    keep=True,
)
def county_figures(
    county_employment: DataFile,
    county_cells: pd.DataFrame,
    national_industries: pd.DataFrame,
    default_membership: Membership,
    traded_industries: pd.DataFrame,
    naics: DataFile,
) -> RegionalFigures:
    """Figures of counties and economic areas in each year, against the sum of the counties."""
    known = _classified(national_industries, default_membership)["naics"]
    cells = county_cells[county_cells["naics"].isin(known)]
    counties = cells[cells["region_type"] == "county"]
    nation = counties.groupby("naics", as_index=False)[["jobs", "establishments"]].sum()
    return _figures(
        cells, nation, county_employment, default_membership, None, traded_industries, naics
    )


@table()
def measures(
    state_figures: Mapping[str, RegionalFigures],
    cbsa_figures: Mapping[str, RegionalFigures],
    county_figures: Mapping[str, RegionalFigures],
) -> pd.DataFrame:
    """Each cluster in each region and year, where it has establishments or jobs."""
    return _all_years("measures", state_figures, cbsa_figures, county_figures)


@table()
def floors(
    state_figures: Mapping[str, RegionalFigures],
    cbsa_figures: Mapping[str, RegionalFigures],
    county_figures: Mapping[str, RegionalFigures],
) -> pd.DataFrame:
    """Floors that a strong cluster had to pass, by cluster, region type and year."""
    return _all_years("floors", state_figures, cbsa_figures, county_figures)


@table()
def region_profiles(
    state_figures: Mapping[str, RegionalFigures],
    cbsa_figures: Mapping[str, RegionalFigures],
    county_figures: Mapping[str, RegionalFigures],
) -> pd.DataFrame:
    """Totals of each region in each year."""
    return _all_years("region_profiles", state_figures, cbsa_figures, county_figures)


@table()
def presence(
    state_figures: Mapping[str, RegionalFigures],
    cbsa_figures: Mapping[str, RegionalFigures],
    county_figures: Mapping[str, RegionalFigures],
) -> pd.DataFrame:
    """Traded industries in states, CBSAs and economic areas, in the first year of each alone.

    The graph takes their jobs from the nation's, which the edition has for that year only.
    """
    first = [next(iter(y.values())) for y in (state_figures, cbsa_figures, county_figures)]
    return pd.concat([year.presence for year in first], ignore_index=True)


def _all_years(name: str, *figures: Mapping[str, RegionalFigures]) -> pd.DataFrame:
    frames: list[pd.DataFrame]
    frames = [getattr(year, name) for years in figures for year in years.values()]
    return pd.concat(frames, ignore_index=True)


def _classified(national_industries: pd.DataFrame, membership: Membership) -> pd.DataFrame:
    """National industries that are in a cluster, with their code as column ``naics``."""
    inside = national_industries.index.isin(membership.cluster.index)
    return national_industries.loc[inside].reset_index(names="naics")


def _published_cells(frame: pd.DataFrame, type_: str) -> pd.DataFrame:
    """Six-digit cells of a business-patterns file; bounds by cluster come from :func:`_bounds`."""
    six = frame[frame["level"] == 6]
    jobs = six["jobs"].astype("float64")
    return pd.DataFrame(
        {
            "region": region_key(type_, six["area"]),
            "region_type": type_,
            "naics": six["naics"],
            "jobs": jobs,
            "jobs_low": jobs,
            "jobs_high": jobs,
            "establishments": six["establishments"].astype("float64"),
            "payroll": six["payroll"].astype("Float64"),
        }
    ).reset_index(drop=True)


def _bounds(frame: pd.DataFrame, type_: str, membership: Membership) -> pd.DataFrame:
    """Largest employment of each cluster in each area that published totals allow."""
    cells = frame[["area", "naics", "jobs", "establishments"]]
    cluster = {str(code): str(key) for code, key in membership.cluster.items()}
    out = cluster_bounds(cells, cluster)
    return out.assign(region=region_key(type_, out["area"]))


def _figures(
    cells: pd.DataFrame,
    nation: pd.DataFrame,
    file: DataFile,
    membership: Membership,
    bounds: pd.DataFrame | None,
    traded_industries: pd.DataFrame,
    naics: DataFile,
) -> RegionalFigures:
    """Measure the regions of one file.

    A region without any establishment or job in a cluster has no row.
    """
    result = regional_measures(
        _cluster_cells(cells, membership, bounds),
        _national_clusters(nation, membership),
        year=file.vintage,
    )
    # An annual average of establishments can round to none where there are jobs.
    there = (result.measures[["establishments", "jobs"]] > 0).any(axis=1)
    present = _presence(cells, nation, traded_industries["kind"], file.vintage)
    return RegionalFigures(
        measures=result.measures[there].assign(source=file.key),
        floors=result.floors,
        region_profiles=result.region_profiles.assign(
            definition=membership.definition, source=file.key
        ),
        presence=present.assign(
            industry=industry_key(naics.vintage, present["industry"].astype("string")),
            source=file.key,
        ),
    )


def _cluster_cells(
    cells: pd.DataFrame, membership: Membership, bounds: pd.DataFrame | None
) -> pd.DataFrame:
    """Sum industry cells by cluster and region; ``bounds`` replace the sums of ``jobs_high``."""
    cells = cells.assign(cluster=cells["naics"].map(membership.cluster)).dropna(subset="cluster")
    values = ["jobs", "jobs_low", "jobs_high", "establishments"]
    keys = ["region", "region_type", "cluster"]
    sums = cells.groupby(keys, as_index=False)[[*values, "payroll"]].sum(min_count=1)
    if bounds is not None:
        high = bounds.set_index(["region", "cluster"])["jobs_high"]
        at = pd.MultiIndex.from_frame(sums[["region", "cluster"]])
        sums["jobs_high"] = high.reindex(at).to_numpy(dtype=float, na_value=float("nan"))
        sums["jobs_high"] = sums[["jobs_high", "jobs"]].max(axis=1)
    return sums.assign(kind=sums["cluster"].map(membership.kind))


def _national_clusters(nation: pd.DataFrame, membership: Membership) -> pd.DataFrame:
    """Sum national industries by cluster: cluster, kind, jobs, establishments."""
    frame = nation.assign(cluster=nation["naics"].map(membership.cluster)).dropna(subset="cluster")
    sums = frame.groupby("cluster", as_index=False)[["jobs", "establishments"]].sum()
    return sums.assign(kind=sums["cluster"].map(membership.kind))


def _presence(
    cells: pd.DataFrame, nation: pd.DataFrame, kinds: pd.Series, year: int
) -> pd.DataFrame:
    """Presence of the traded industries in the regions of one file; counties are left out."""
    cells = cells[~cells["region_type"].isin(["county", NATION])]
    # Less than half a job is an estimate's way of saying none.
    cells = cells[cells["jobs"] >= 0.5]
    return industry_presence(
        pd.DataFrame(
            {
                "region": cells["region"],
                "industry": cells["naics"],
                "jobs": cells["jobs"],
                "estimated": cells["jobs"] > cells["jobs_low"] + 0.5,
            }
        ),
        pd.DataFrame(
            {
                "industry": nation["naics"],
                "kind": nation["naics"].map(kinds),
                "jobs": nation["jobs"],
            }
        ),
        year=year,
    )
