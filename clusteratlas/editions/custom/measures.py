"""Clusters of custom regions: sums of their counties, ranked among regions of a type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from clusteratlas.analysis.cells.states import FIGURES
from clusteratlas.analysis.levels import clusters_at
from clusteratlas.analysis.regions.bounds import rounded_outward
from clusteratlas.analysis.regions.measures import RegionalMeasures, regional_measures
from clusteratlas.editions.cells.county_sums import CountyFigures, Grounds
from clusteratlas.editions.store.edition import Edition
from clusteratlas.editions.tables.measures import growth_since
from clusteratlas.vocabulary.arrays import BoolArray, FloatArray
from clusteratlas.vocabulary.keys import CUSTOM, NATION, is_region
from clusteratlas.vocabulary.tables import TABLES
from clusteratlas.vocabulary.tables.clusters import CLUSTER_LEVEL, LEVELS
from clusteratlas.vocabulary.tables.measures import POOL_TYPES

_BOUNDED = [f"{name}{end}" for name in FIGURES for end in ("", "_low", "_high")]


@dataclass(frozen=True)
class CustomFigures:
    """Rows of two tables, of the custom regions alone."""

    measures: pd.DataFrame
    region_profiles: pd.DataFrame


@dataclass(frozen=True)
class CountyClusters:
    """Figures of clusters of one level in counties, in one year: what regions are sums of."""

    clusters: pd.Index[Any]
    figures: Mapping[str, CountyFigures]
    """By name of the figure."""
    known: frozenset[str]
    """Names of the figures that the files of the year have."""


Kept = dict[tuple[int, str], CountyClusters]
"""By year and level: computed once for all regions that are asked for one after another."""


def custom_figures(
    edition: Edition,
    grounds: Grounds,
    counties: Mapping[str, BoolArray],
    pool: str,
    kept: Kept | None = None,
) -> CustomFigures:
    """Measure custom regions at every level and in every year in which counties are measured.

    Points are sums of the counties' points. Bounds are those of :func:`bounds_of_sum`: a county
    without a row of a cluster may hold some of it, but no more than the regions around it and its
    own total leave.

    Parameters
    ----------
    edition
        Edition with measures of counties.
    grounds
        Its counties.
    counties
        By key of a custom region the counties in it.
    pool
        Regions that they are ranked among, one of ``RANKED_AMONG``.
    kept
        Figures of counties from an earlier call with the same edition, to which others are added.

    Returns
    -------
    Rows as the tables have them.
    """
    kept = {} if kept is None else kept
    measures = edition.table("measures")
    first = int(measures["year"].min())
    in_county = measures[is_region(measures["region"], "county")]
    found = [
        _of_year(edition, int(year), grounds, counties, pool, kept)
        for year in sorted(in_county["year"].unique())
    ]
    rows = pd.concat([one.measures for one in found], ignore_index=True)
    rows["growth"] = growth_since(rows, first)
    return CustomFigures(
        rounded_outward(rows, FIGURES)[list(TABLES["measures"].names)],
        pd.concat([one.region_profiles for one in found], ignore_index=True),
    )


def _of_year(
    edition: Edition,
    year: int,
    grounds: Grounds,
    counties: Mapping[str, BoolArray],
    pool: str,
    kept: Kept,
) -> CustomFigures:
    measures = edition.table("measures")
    measures = measures[measures["year"] == year]
    clusters = edition.table("clusters")
    clusters = clusters[clusters["key"].isin(measures["cluster"].unique())]
    profiles = edition.table("region_profiles")
    profiles = profiles[profiles["year"] == year].set_index("region")
    own = profiles.reindex(grounds.counties)
    source = measures.loc[is_region(measures["region"], "county"), "source"].iloc[0]
    levels: dict[str, RegionalMeasures] = {}
    for level in LEVELS:
        named = clusters.loc[clusters["level"] == level, "key"]
        rows = measures[measures["cluster"].isin(clusters.loc[clusters_at(clusters, level), "key"])]
        in_county = rows[is_region(rows["region"], "county")]
        # Subclusters are not measured in counties; the clusters without any would be all there is.
        if not in_county["cluster"].isin(named).any():
            continue
        if (year, level) not in kept:
            kept[year, level] = _county_clusters(in_county, rows, grounds, own)
        cells = _cells(kept[year, level], counties)
        found = _ranked(cells, rows, edition, clusters, _totals(counties, own), pool, year)
        levels[level] = replace(
            found, measures=found.measures[found.measures["cluster"].isin(named)]
        )
    told = pd.concat([one.measures for one in levels.values()], ignore_index=True)
    told = told[is_region(told["region"], CUSTOM) & (told[list(FIGURES)] > 0).any(axis=1)]
    profile = levels[CLUSTER_LEVEL].region_profiles
    profile = profile[is_region(profile["region"], CUSTOM)]
    definition = clusters["definition"].iloc[0]
    return CustomFigures(
        told.assign(source=source), profile.assign(definition=definition, source=source)
    )


def _county_clusters(
    in_county: pd.DataFrame, rows: pd.DataFrame, grounds: Grounds, profiles: pd.DataFrame
) -> CountyClusters:
    clusters = pd.Index(sorted(in_county["cluster"].unique()), dtype=object)
    figures = {
        name: CountyFigures(
            grounds, clusters, _figure(rows, name), _left(in_county, name, profiles)
        )
        for name in FIGURES
    }
    # Where a file of the year has no payroll, nobody knows any.
    known = frozenset(name for name in FIGURES if bool(in_county[name].notna().all()))
    return CountyClusters(clusters, figures, known)


def _cells(found: CountyClusters, counties: Mapping[str, BoolArray]) -> pd.DataFrame:
    """Sum the counties of each custom region: one row a region and cluster."""
    frames = [pd.DataFrame({"region": region, "cluster": found.clusters}) for region in counties]
    out = pd.concat(frames, ignore_index=True)
    for name, figures in found.figures.items():
        sums = [np.stack(figures.total(chosen)) for chosen in counties.values()]
        both = np.concatenate(sums, axis=1)
        for end, values in zip(("", "_low", "_high"), both, strict=True):
            out[f"{name}{end}"] = values if name in found.known else np.nan
    return out


def _figure(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    columns = {"cluster": "thing", name: "point", f"{name}_low": "low", f"{name}_high": "high"}
    return rows[["region", *columns]].rename(columns=columns)


def _left(in_county: pd.DataFrame, name: str, profiles: pd.DataFrame) -> FloatArray:
    """Give what the total of each county leaves when its clusters hold their least."""
    least = in_county.groupby("region")[f"{name}_low"].sum().reindex(profiles.index)
    total = profiles[name].to_numpy(dtype=np.float64, na_value=np.inf)
    left = total - least.to_numpy(dtype=np.float64, na_value=0.0)
    return np.asarray(left[:, None], dtype=np.float64)


def _totals(counties: Mapping[str, BoolArray], profiles: pd.DataFrame) -> pd.DataFrame:
    """Sum all industries of the counties of each region."""

    def rows() -> Iterator[dict[str, Any]]:
        for region, chosen in counties.items():
            own = profiles[chosen]
            # A county without a profile has no plant, and none of its figures is missing.
            there = own[own["jobs"].notna()]
            yield {
                "region": region,
                **{name: there[name].sum(min_count=len(there)) for name in FIGURES},
            }

    return pd.DataFrame(rows())


def _ranked(
    cells: pd.DataFrame,
    rows: pd.DataFrame,
    edition: Edition,
    clusters: pd.DataFrame,
    totals: pd.DataFrame,
    pool: str,
    year: int,
) -> RegionalMeasures:
    """Measure custom regions beside the regions of a type, as if they were there."""
    regions = edition.table("regions").set_index("key")
    type_ = POOL_TYPES[pool]
    kinds = clusters.set_index("key")["kind"]
    others = rows[is_region(rows["region"], type_)]
    pools = others["region"].map(regions["kind"].fillna(regions["type"]))
    together = pd.concat(
        [
            others[["region", "cluster", *_BOUNDED]].assign(region_type=type_, pool=pools),
            cells.assign(region_type=CUSTOM, pool=pool),
        ],
        ignore_index=True,
    )
    nation = rows.loc[rows["region"] == NATION, ["cluster", "jobs", "establishments"]]
    return regional_measures(
        together.assign(kind=together["cluster"].map(kinds)),
        nation.assign(kind=nation["cluster"].map(kinds)),
        year=year,
        totals=totals,
    )
