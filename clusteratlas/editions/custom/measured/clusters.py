"""Custom clusters measured in all regions: quotients, strong flags, floors, profiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from clusteratlas.analysis.cells.states import FIGURES
from clusteratlas.analysis.regions.bounds import rounded_outward
from clusteratlas.analysis.regions.measures import regional_measures
from clusteratlas.analysis.regions.rest import beside_the_rest
from clusteratlas.editions.cells.custom_clusters import YearGround, cluster_cells_of
from clusteratlas.editions.custom.clusters import CustomCluster
from clusteratlas.editions.custom.industries import CountyIndustries
from clusteratlas.editions.store.edition import Edition
from clusteratlas.editions.tables.measures import growth_since
from clusteratlas.vocabulary.keys import NATION
from clusteratlas.vocabulary.tables import TABLES


@dataclass(frozen=True)
class OwnFigures:
    """Rows of three tables, of the custom clusters alone."""

    measures: pd.DataFrame
    floors: pd.DataFrame
    region_profiles: pd.DataFrame


def own_cluster_figures(
    edition: Edition, found: Sequence[CustomCluster], counties: CountyIndustries | None
) -> OwnFigures:
    """Measure custom clusters in all regions, custom ones too.

    Quotients have the region's traded (local) jobs as their base, as those of published clusters
    have. A cluster of the same industries as a published one has its figures.

    Parameters
    ----------
    edition
        Edition with measures; custom regions are in it already.
    found
        The clusters.
    counties
        Industries of its counties.
    """
    measures = edition.table("measures")
    years = sorted(int(year) for year in measures["year"].unique())
    grounds = {year: YearGround(edition, year, counties) for year in years}
    rows, floors = [], []
    for one in found:
        told = [_of_year(one, grounds[year]) for year in (years if one.always else years[-1:])]
        own = pd.concat([measured for measured, _ in told], ignore_index=True)
        own["growth"] = growth_since(own, years[0]) if one.always else np.nan
        rows.append(_as_published(rounded_outward(own, FIGURES), one, measures))
        floors += [_floors(of_year, one, edition) for _, of_year in told]
    together = pd.concat(rows, ignore_index=True)
    return OwnFigures(
        together[list(TABLES["measures"].names)],
        pd.concat(floors, ignore_index=True),
        _profiles(edition, found, together),
    )


def _of_year(one: CustomCluster, ground: YearGround) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Measure one cluster in one year: rows of measures and floors."""
    cells = cluster_cells_of(one, ground)
    regions = ground.edition.table("regions").set_index("key")
    kind = "traded" if one.own.traded else "local"
    types = cells["region"].map(regions["type"])
    cells = cells.assign(
        cluster=one.key,
        kind=kind,
        region_type=types,
        pool=cells["region"].map(regions["kind"]).fillna(types),
    )
    profiles = ground.edition.table("region_profiles")
    profiles = profiles[profiles["year"] == ground.year].set_index("region")
    both = beside_the_rest(cells, profiles[f"{kind}_jobs"])
    columns = ["cluster", "kind", "jobs", "establishments"]
    measured = regional_measures(
        both, both.loc[both["region"] == NATION, columns], year=ground.year
    )
    source = ground.measures["source"].iloc[0]
    own = measured.measures[measured.measures["cluster"] == one.key].assign(source=source)
    floors = measured.floors[measured.floors["cluster"] == one.key]
    return own, floors


def _as_published(own: pd.DataFrame, one: CustomCluster, measures: pd.DataFrame) -> pd.DataFrame:
    """Take the figures of the published cluster that is the same: quotients are exact there."""
    if one.same is None:
        return own
    index = ["region", "year"]
    theirs = measures[measures["cluster"] == one.same].assign(cluster=one.key)
    known = pd.MultiIndex.from_frame(theirs[index])
    others = own[~pd.MultiIndex.from_frame(own[index]).isin(known)]
    columns = list(theirs.columns)
    return pd.concat([theirs, others[columns].astype(theirs.dtypes.to_dict())], ignore_index=True)


def _floors(floors: pd.DataFrame, one: CustomCluster, edition: Edition) -> pd.DataFrame:
    if one.same is None or one.inner:
        return floors
    table = edition.table("floors")
    years = floors["year"].unique()
    theirs = table[(table["cluster"] == one.same) & table["year"].isin(years)]
    return theirs.assign(cluster=one.key)


def _profiles(
    edition: Edition, found: Sequence[CustomCluster], measures: pd.DataFrame
) -> pd.DataFrame:
    """Give each set the totals of regions, with its own strong clusters in them."""
    theirs = edition.table("region_profiles")
    frames = []
    for definition in sorted({one.definition for one in found}):
        inside = [one.key for one in found if one.definition == definition]
        strong = measures[measures["cluster"].isin(inside) & measures["strong"].astype(bool)]
        by_region = strong.groupby(["region", "year"])["jobs"]
        index = pd.MultiIndex.from_frame(theirs[["region", "year"]])
        number = by_region.size().reindex(index, fill_value=0).to_numpy()
        jobs = by_region.sum().reindex(index, fill_value=0).to_numpy(dtype=np.float64)
        traded = theirs["traded_jobs"].to_numpy(dtype=np.float64, na_value=np.nan)
        strength = np.divide(jobs, traded, out=np.full(len(traded), np.nan), where=traded > 0)
        frames.append(
            theirs.assign(
                definition=definition,
                strong_clusters=number,
                strong_jobs=jobs.astype(np.int64),
                strength=strength,
            )
        )
    return pd.concat(frames, ignore_index=True)
