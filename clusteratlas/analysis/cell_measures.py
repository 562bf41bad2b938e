"""Quotients, shares, ranks and strong clusters of cells of anyone's own, many years at once.

Symbols: E_cr jobs of cluster c in region r; E_Tr its traded jobs, E_Lr its local ones; US the
nation. The same measures as those of :mod:`clusteratlas.analysis.regions.measures`, on numbered
arrays: without bounds, pools or profiles, and without pandas, whose import would take longer than
the measures of 30,000 cells.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clusteratlas.analysis.regions.rankings import (
    SITE,
    SITE_TOP_TENTH,
    RankingPools,
    passes_rule,
)
from clusteratlas.vocabulary.arrays import BoolArray, FloatArray, IntArray


@dataclass(frozen=True)
class NumberedCells:
    """Cells of regions, each name replaced by a number from 0 on; all of shape (cells,)."""

    region: IntArray
    region_type: IntArray
    cluster: IntArray
    year: IntArray
    traded: BoolArray
    """False for a local cluster."""
    jobs: FloatArray
    establishments: FloatArray


@dataclass(frozen=True)
class NationalClusters:
    """Jobs of the nation, with the numbers that the cells have; all of shape (rows,)."""

    cluster: IntArray
    year: IntArray
    traded: BoolArray
    jobs: FloatArray


@dataclass(frozen=True)
class CellMeasures:
    """What `cell_measures` gives; all of shape (cells,)."""

    lq: FloatArray
    share_nation: FloatArray
    share_region: FloatArray
    strong: BoolArray
    strong_top_tenth: BoolArray
    rank: IntArray


def cell_measures(cells: NumberedCells, nation: NationalClusters) -> CellMeasures:
    """Measure each cluster in each region and year.

    ====================  =====================================================================
    ``lq``                (E_cr / E_Tr) / (E_cUS / E_TUS); for local clusters with L for T
    ``share_nation``      E_cr / E_cUS
    ``share_region``      E_cr / E_Tr (local: E_cr / E_Lr)
    ``strong``            lq >= P75(lq), lq >= 1, jobs > P25(jobs) and
                          establishments > P25(establishments); traded clusters only
    ``strong_top_tenth``  the same with lq >= P90(lq)
    ``rank``              1 + number of regions with more jobs
    ====================  =====================================================================

    Percentiles (linear between neighbors, R type 7) and ranks are over the regions of the same
    type with jobs > 0, for each cluster and year. Equal figures share a rank.

    Parameters
    ----------
    cells
        One for each region, cluster and year that is known; jobs of a year, establishments.
    nation
        One row for each cluster and year, all that the cells have among them. Its sums are the
        bases E_TUS and E_LUS, clusters that no cell has included.

    Returns
    -------
    CellMeasures
        NaN where a base is 0: a share of a region without jobs of that kind, or of a cluster
        without jobs in the nation. A cell without jobs has share and quotient 0, and ranks behind
        all that have some.

    Notes
    -----
    From U.S. Cluster Mapping Project, "Methodology"; Delgado, Porter & Stern 2014, 2016.
    """
    years = 1 + int(cells.year.max(initial=0))
    by_cluster = _sums(nation.cluster * years + nation.year, nation.jobs)
    by_kind = _sums(nation.traded * years + nation.year, nation.jobs, 2 * years)
    own = cells.cluster * years + cells.year
    cluster_us, kind_us = by_cluster[own], by_kind[cells.traded * years + cells.year]
    region = (cells.region * 2 + cells.traded) * years + cells.year
    share_region = _ratio(cells.jobs, _sums(region, cells.jobs)[region])
    lq = _ratio(share_region, _ratio(cluster_us, kind_us))

    types = 1 + int(cells.region_type.max(initial=0))
    _, pool = np.unique(own * types + cells.region_type, return_inverse=True)
    n, member = 1 + int(pool.max(initial=0)), cells.jobs > 0
    figures = {"lq": lq, "jobs": cells.jobs, "establishments": cells.establishments}
    pools = {
        name: RankingPools.of(pool[member], values[member], n_groups=n)
        for name, values in figures.items()
    }
    strong, top = (
        cells.traded
        & passes_rule(
            rule, pools, pool, lq=lq, jobs=cells.jobs, establishments=cells.establishments
        )
        for rule in (SITE, SITE_TOP_TENTH)
    )
    return CellMeasures(
        lq=lq,
        share_nation=_ratio(cells.jobs, cluster_us),
        share_region=share_region,
        strong=strong,
        strong_top_tenth=top,
        rank=pools["jobs"].rank(pool, cells.jobs),
    )


def _sums(group: IntArray, values: FloatArray, n: int = 0) -> FloatArray:
    return np.bincount(group, weights=values, minlength=n).astype(np.float64)


def _ratio(part: FloatArray, whole: FloatArray) -> FloatArray:
    ratio: FloatArray = np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)
    return ratio
