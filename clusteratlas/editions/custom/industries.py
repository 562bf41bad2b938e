"""Industries in counties and in custom regions: what the edition tells, and what it leaves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from clusteratlas.analysis.regions.bounds import rounded_outward
from clusteratlas.analysis.regions.parts import shared_out, sums_by_group
from clusteratlas.editions.cells.county_sums import CountyFigures, Grounds
from clusteratlas.editions.store.edition import Edition
from clusteratlas.vocabulary.arrays import BoolArray, FloatArray
from clusteratlas.vocabulary.keys import is_region
from clusteratlas.vocabulary.tables import TABLES
from clusteratlas.vocabulary.tables.measures import KNOWN

_JOBS = ("jobs", "jobs_low", "jobs_high")


@dataclass(frozen=True)
class CountyIndustries:
    """Jobs of traded industries in all counties, in the one year of the table ``presence``."""

    year: int
    source: str
    figures: CountyFigures
    """By industry; of one that no figure of the county tells the part of its cluster's jobs there
    that the told ones leave."""


def county_industries(edition: Edition, grounds: Grounds) -> CountyIndustries | None:
    """Give the jobs of each traded industry in each county, with bounds.

    The table ``presence`` has the industries of a county that its own figures prove. What the
    cluster has there beside them is shared out among its other industries, in proportion to what
    the economic area around the county has of each beside its told counties. No industry can have
    more than its cluster leaves, nor than the regions around the county leave.

    Parameters
    ----------
    edition
        Edition with measures and industries of counties.
    grounds
        Its counties.

    Returns
    -------
    None where the edition has no industries of counties.
    """
    presence = edition.table("presence")
    in_county = presence[is_region(presence["region"], "county")]
    if in_county.empty:
        return None
    year = int(in_county["year"].max())
    rows = presence[presence["year"] == year]
    home = _homes(edition)
    industries = pd.Index(sorted(set(rows["industry"]) & set(home.index)), dtype=object)
    told = CountyFigures(
        grounds,
        industries,
        rows.rename(
            columns={
                "industry": "thing",
                "jobs": "point",
                "jobs_low": "low",
                "jobs_high": "high",
            }
        ),
    )
    clusters = pd.Index(sorted(home.loc[industries].unique()), dtype=object)
    inside = clusters.get_indexer(pd.Index(home.loc[industries]))
    point, high = _in_clusters(edition, year, grounds, clusters)
    least = sums_by_group(np.where(told.told, told.low, 0.0), inside, len(clusters))
    # Of a cluster without a row in a county nothing is known but what the totals leave.
    spare = np.where(np.isnan(high), np.inf, high - least)
    full = CountyFigures(
        grounds,
        industries,
        told.rows,
        ceiling=np.minimum(spare[:, inside], _left(edition, year, grounds)),
        guess=shared_out(
            np.nan_to_num(point), told.points, told.told, _around(told, grounds), inside
        ),
    )
    return CountyIndustries(year, str(in_county["source"].iloc[0]), full)


def _homes(edition: Edition) -> pd.Series[Any]:
    """Give the cluster of each traded industry under the default definitions."""
    definitions = edition.table("definitions")
    default = definitions.loc[definitions["is_default"].astype(bool), "key"]
    rows = edition.table("memberships")
    own = rows[rows["definition"].isin(default) & rows["traded"].astype(bool)]
    return own.set_index("industry")["cluster"].astype(object)


def _in_clusters(
    edition: Edition, year: int, grounds: Grounds, clusters: pd.Index[Any]
) -> tuple[FloatArray, FloatArray]:
    """Give points and highs of clusters in counties, missing without a row."""
    measures = edition.table("measures")
    rows = measures[(measures["year"] == year) & measures["cluster"].isin(clusters)]
    point, high = (
        rows.pivot(index="region", columns="cluster", values=name)
        .reindex(index=grounds.counties, columns=clusters)
        .to_numpy(dtype=np.float64, na_value=np.nan)
        for name in ("jobs", "jobs_high")
    )
    return point, high


def _left(edition: Edition, year: int, grounds: Grounds) -> FloatArray:
    """Give what the total of each county leaves when its told industries hold their least."""
    profiles = edition.table("region_profiles")
    total = profiles[profiles["year"] == year].drop_duplicates("region").set_index("region")["jobs"]
    presence = edition.table("presence")
    told = presence[presence["year"] == year].groupby("region")["jobs_low"].sum()
    left = total.reindex(grounds.counties).to_numpy(dtype=np.float64, na_value=np.inf)
    least = told.reindex(grounds.counties).to_numpy(dtype=np.float64, na_value=0.0)
    return np.asarray((left - least)[:, None], dtype=np.float64)


def _around(told: CountyFigures, grounds: Grounds) -> FloatArray:
    """Give what the economic area of each county has of an industry beside its told counties."""
    areas = grounds.wholes["ea"]
    known = pd.Index(sorted(areas.dropna().unique()), dtype=object)
    number = known.get_indexer(pd.Index(areas))
    whole = np.nan_to_num(told.of(known)[0])
    inside = number >= 0
    np.subtract.at(whole, number[inside], told.points[inside])
    found: FloatArray = np.where(inside[:, None], np.maximum(whole, 0.0)[number], 0.0)
    return found


def presence_rows(found: CountyIndustries, counties: Mapping[str, BoolArray]) -> pd.DataFrame:
    """Rows of the table ``presence``: industries of custom regions, as sums of their counties.

    Parameters
    ----------
    found
        Industries of all counties.
    counties
        By key of a custom region the counties in it.

    Returns
    -------
    Industries with jobs, and those that can have none; of an industry without a row nobody knows.
    """
    frames = []
    for region, chosen in counties.items():
        point, low, high = found.figures.total(chosen)
        told: BoolArray = np.asarray(found.figures.told[chosen].any(axis=0))
        frame = pd.DataFrame(
            {
                "industry": found.figures.things,
                "region": region,
                **dict(zip(_JOBS, (np.rint(point), low, high), strict=True)),
                "known": _known(low, high, told),
            }
        )
        some = (frame["jobs"] > 0) | (frame["jobs_high"] <= 0)
        frames.append(frame[some])
    rows = pd.concat(frames, ignore_index=True).assign(year=found.year, source=found.source)
    return rounded_outward(rows, ("jobs",))[list(TABLES["presence"].names)]


def _known(low: FloatArray, high: FloatArray, told: BoolArray) -> Any:
    published, bounded, withheld, estimated, absent = KNOWN
    # A county has a row only of an industry that has a plant there.
    conditions = [(high <= 0) & ~told, low >= high, low > 0, told]
    return np.select(conditions, [absent, published, bounded, withheld], estimated)
