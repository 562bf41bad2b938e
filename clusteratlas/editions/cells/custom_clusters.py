"""Jobs, establishments and payroll of custom clusters in every region of a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from clusteratlas.analysis.cells.states import FIGURES
from clusteratlas.analysis.regions.pieces import BoundedArray, piece_of, plants_of_piece
from clusteratlas.editions.custom.clusters import CustomCluster, default_tables
from clusteratlas.editions.custom.industries import CountyIndustries
from clusteratlas.editions.store.edition import Edition
from clusteratlas.vocabulary.arrays import BoolArray, FloatArray
from clusteratlas.vocabulary.keys import CUSTOM, NATION, is_region
from clusteratlas.vocabulary.tables.measures import KNOWN

ENDS = ("", "_low", "_high")


@dataclass(frozen=True)
class YearGround:
    """What one year of an edition says of clusters and of industries in regions."""

    edition: Edition
    year: int
    counties: CountyIndustries | None
    """Industries of counties, in the year that they are known of."""

    @cached_property
    def measures(self) -> pd.DataFrame:
        """Rows of that year."""
        rows = self.edition.table("measures")
        return rows[rows["year"] == self.year]

    @cached_property
    def regions(self) -> pd.Index[Any]:
        """Keys of all regions with a figure; the nation first."""
        others = sorted(set(self.measures["region"]) - {NATION})
        return pd.Index([NATION, *others], dtype=object)

    @cached_property
    def small(self) -> BoolArray:
        """Regions in which no subclusters are measured."""
        regions = self.edition.table("regions")
        in_small = is_region(regions["key"], "county", CUSTOM)
        small = in_small | regions["kind"].eq("micropolitan").fillna(False).astype(bool)
        return np.asarray(self.regions.isin(regions.loc[small, "key"]), dtype=bool)

    @cached_property
    def members(self) -> pd.DataFrame:
        """Memberships of the default set, by industry."""
        return default_tables(self.edition).members.set_index("industry")

    @cached_property
    def national(self) -> pd.DataFrame:
        """Figures of industries in the nation."""
        return self.edition.table("industries").set_index("key")[list(FIGURES)]

    def cluster(self, key: str, figure: str) -> BoundedArray:
        """Figures of a published cluster in all regions; 0 where it has no row."""
        rows = self.measures[self.measures["cluster"] == key].set_index("region")
        rows = rows.reindex(self.regions)
        three = (rows[f"{figure}{end}"].to_numpy(dtype=np.float64, na_value=0.0) for end in ENDS)
        return BoundedArray(*three)

    def has_payroll(self, key: str) -> bool:
        """Whether payroll of a cluster is known wherever it is."""
        rows = self.measures[self.measures["cluster"] == key]
        return bool(rows["payroll"].notna().all())

    def industries(self, keys: Sequence[str]) -> tuple[BoundedArray, BoolArray]:
        """Jobs of industries in all regions, and whether it is certain that they are there."""
        shape = (len(self.regions), len(keys))
        found = BoundedArray(np.zeros(shape), np.zeros(shape), np.full(shape, np.inf))
        there = np.zeros(shape, dtype=bool)
        rows = self.edition.table("presence")
        rows = rows[(rows["year"] == self.year) & rows["industry"].isin(keys)]
        at = self.regions.get_indexer(pd.Index(rows["region"].astype(object)))
        on = pd.Index(keys).get_indexer(pd.Index(rows["industry"].astype(object)))
        good = at >= 0
        for grid, name in zip(
            (found.point, found.low, found.high), ("jobs", "jobs_low", "jobs_high"), strict=True
        ):
            grid[at[good], on[good]] = rows[name].to_numpy(dtype=np.float64)[good]
        withheld = (rows["known"] == KNOWN[2]).to_numpy() | (rows["jobs_low"] > 0).to_numpy()
        there[at[good], on[good]] = withheld[good]
        self._put_counties(found, keys)
        whole = self.national.loc[list(keys), "jobs"].to_numpy(dtype=np.float64)
        for grid in (found.point, found.low, found.high):
            grid[0] = whole  # the nation comes first
        there[0] = True
        return BoundedArray(found.point, found.low, np.minimum(found.high, whole)), there

    def _put_counties(self, found: BoundedArray, keys: Sequence[str]) -> None:
        if self.counties is None or self.counties.year != self.year:
            return
        figures = self.counties.figures
        at = self.regions.get_indexer(figures.grounds.counties)
        on = figures.things.get_indexer(pd.Index(keys))
        rows, columns = np.flatnonzero(at >= 0), np.flatnonzero(on >= 0)
        for grid, values in zip(
            (found.point, found.low, found.high),
            (figures.points, figures.low, figures.high),
            strict=True,
        ):
            grid[np.ix_(at[rows], columns)] = values[np.ix_(rows, on[columns])]


def cluster_cells_of(one: CustomCluster, ground: YearGround) -> pd.DataFrame:
    """Give the figures of a custom cluster in every region: sums of clusters and of their pieces.

    Clusters that it holds as a whole have their own bounds. Of a piece of a cluster only the jobs
    are known; its establishments are estimated, and nobody knows its payroll but in the nation.

    Returns
    -------
    region, and each figure with its bounds; a region where all is 0 has no row.
    """
    n = len(ground.regions)
    sums = {figure: BoundedArray(np.zeros(n), np.zeros(n), np.zeros(n)) for figure in FIGURES}
    unknown = np.zeros(n, dtype=bool)
    for unit in one.units:
        here = ~ground.small if unit in one.inner else np.ones(n, dtype=bool)
        for figure in FIGURES:
            _add(sums[figure], ground.cluster(unit, figure), here)
        unknown |= not ground.has_payroll(unit)
    inside = ground.members.loc[list(one.own.industries), "subcluster"]
    inner = [str(key) for key in inside.index[inside.isin(list(one.inner))]]
    everywhere = np.ones(n, dtype=bool)
    for wanted, here in ((one.rest, everywhere), (inner, ground.small)):
        if not wanted or not here.any():
            continue
        for cluster, industries in _by_cluster(wanted, ground.members):
            jobs, plants = _piece(ground, cluster, industries)
            _add(sums["jobs"], jobs, here)
            _add(sums["establishments"], plants, here)
            # Of the nation the payroll of every industry is published.
            unknown[1:] |= (here & (jobs.high + plants.high > 0))[1:]
        paid = ground.national.loc[list(wanted), "payroll"].astype("Float64")
        everything = paid.sum(min_count=len(paid)) if here[0] else 0.0
        for values in (sums["payroll"].point, sums["payroll"].low, sums["payroll"].high):
            values[0] += np.nan if pd.isna(everything) else float(everything)
    out = pd.DataFrame({"region": ground.regions})
    for figure in FIGURES:
        whole = sums[figure]
        for end, values in zip(ENDS, (whole.point, whole.low, whole.high), strict=True):
            out[f"{figure}{end}"] = values
            if figure == "payroll":
                out.loc[unknown, f"{figure}{end}"] = np.nan
    some = (out[["jobs", "establishments"]].round() > 0).any(axis=1) | (out["payroll"] > 0)
    return out[some].reset_index(drop=True)


def _add(total: BoundedArray, more: BoundedArray, here: BoolArray) -> None:
    for own, values in (
        (total.point, more.point),
        (total.low, more.low),
        (total.high, more.high),
    ):
        own += np.where(here, values, 0.0)


def _by_cluster(industries: Sequence[str], members: pd.DataFrame) -> list[tuple[str, list[str]]]:
    """Give industries by the cluster of the default set that they are in."""
    of = members.loc[list(industries), "cluster"]
    return [(str(c), [str(k) for k in keys]) for c, keys in sorted(of.groupby(of).groups.items())]


def _piece(
    ground: YearGround, cluster: str, industries: Sequence[str]
) -> tuple[BoundedArray, BoundedArray]:
    """Jobs and establishments of some industries of one cluster in every region."""
    every = [str(key) for key in ground.members.index[ground.members["cluster"] == cluster]]
    chosen = np.isin(every, list(industries))
    cells, there = ground.industries(every)
    jobs = piece_of(ground.cluster(cluster, "jobs"), cells, chosen)
    national: list[FloatArray] = [
        ground.national.loc[every, name].to_numpy(dtype=np.float64)
        for name in ("jobs", "establishments")
    ]
    plants = plants_of_piece(
        ground.cluster(cluster, "establishments"), cells.point, there, chosen, *national
    )
    exact = national[1][chosen].sum()
    for values in (plants.point, plants.low, plants.high):
        values[0] = exact  # of the nation nothing is withheld
    return jobs, plants
