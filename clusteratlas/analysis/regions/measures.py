"""Location quotients, shares, ranks and strong clusters of regions.

Symbols: E_cr jobs of cluster c in region r; E_Tr and E_Lr its traded and local jobs (sums over
the traded and the local clusters); US the nation. The base of a location quotient is traded
employment for traded clusters and local employment for local ones, never all employment
(U.S. Cluster Mapping Project; Delgado, Porter & Stern 2016).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusteratlas.analysis.checks import (
    require_columns,
    require_national_jobs,
    require_unique,
)
from clusteratlas.analysis.regions.rankings import RankingPools
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import BoolArray, FloatArray, IntArray

KINDS = ("traded", "local")
CELL_COLUMNS = (
    "region",
    "region_type",
    "cluster",
    "kind",
    "jobs",
    "jobs_low",
    "jobs_high",
    "establishments",
    "payroll",
)
NATION = "nation"
PEERS: Mapping[str, str] = MappingProxyType({"custom": "ea"})
"""Region types that are ranked against the regions of another type."""


@dataclass(frozen=True, slots=True)
class StrongRule:
    """When a traded cluster of a region counts as strong.

    Percentiles are taken over the regions of one type with jobs in the cluster; jobs and
    establishments must lie above theirs. Local clusters are never strong.
    """

    name: str
    lq_percentile: float
    """Percentile of the location quotient to reach."""
    lq_above: bool = False
    """The LQ must lie above its percentile; to reach it is not enough."""
    lq_minimum: float = 0.0
    """Location quotient that is needed in any case."""
    jobs_percentile: float = 25.0
    establishments_percentile: float = 25.0
    jobs_minimum: float = 0.0
    """Absolute floor: jobs that are needed in any case."""
    establishments_minimum: float = 0.0
    """Absolute floor: establishments that are needed in any case."""


SITE = StrongRule("site", 75, lq_minimum=1)
"""strong_b of the U.S. Cluster Mapping site: in the top quarter by LQ, with LQ >= 1."""


@dataclass(frozen=True)
class RegionalMeasures:
    """The three frames of `regional_measures`, shaped like the tables of an edition."""

    measures: pd.DataFrame
    floors: pd.DataFrame
    region_profiles: pd.DataFrame


@dataclass(frozen=True)
class _Base:
    """Checked cells with LQs and shares, and the pools that they are compared in."""

    frame: pd.DataFrame
    group: NDArray[np.integer[Any]]
    """Pool of each row: its cluster among the regions of its type."""
    groups: pd.DataFrame
    """region_type and cluster of each pool."""
    in_pool: BoolArray


def regional_measures(
    cells: pd.DataFrame, nation: pd.DataFrame, *, year: int, rule: StrongRule = SITE
) -> RegionalMeasures:
    """Location quotient, shares, ranks and strength of each cluster in each region.

    ====================  =====================================================================
    ``lq``                (E_cr / E_Tr) / (E_cUS / E_TUS); for local clusters with L for T
    ``share_region``      E_cr / E_Tr (local: E_cr / E_Lr)
    ``share_nation``      E_cr / E_cUS
    ``uncertainty``       (jobs_high - jobs_low) / jobs_high
    ``rank, rank_lq``     1 + number of regions of the type with more jobs, a higher LQ
    ``percentile``        round((100 / n) * (index - 0.5)) of the LQ, index 1 = lowest
    ``strong``            by `rule`; the site's: lq >= P75(lq), lq >= 1, jobs > P25(jobs) and
                          establishments > P25(establishments); traded clusters only
    ``strength``          jobs in strong clusters / E_Tr
    ``estimated_share``   sum of (jobs - jobs_low) / sum of jobs
    ====================  =====================================================================

    Percentiles are numpy's linear ones, taken per region type and cluster over the regions with
    jobs > 0. Equal values share a rank (and the mean index), so that the same counties under two
    names get the same figures. Regions of type "custom" are ranked against economic areas
    without being counted among them.

    Parameters
    ----------
    cells
        One row per region and cluster: region, region_type, cluster, kind (traded or local),
        jobs, jobs_low, jobs_high (jobs), establishments, payroll (thousand USD, may be missing).
    nation
        One row per cluster: cluster, kind, jobs, establishments.
    year
        Year that the figures describe; copied into the results.
    rule
        When a cluster is strong.

    Returns
    -------
    RegionalMeasures
        ``measures`` sorted by cluster and region; ``floors`` (traded clusters, without the
        nation) by cluster and region type; ``region_profiles`` by region. Jobs are rounded to
        whole ones (jobs_low down, jobs_high up) after everything was computed from the given
        values. The floor columns are named after the percentiles of `rule` (site: lq_p75,
        jobs_p25, establishments_p25).

    Raises
    ------
    AnalysisError
        For missing columns or values, a repeated cell, a cluster that the nation lacks or has
        under the other kind, or jobs in a cluster without national jobs.

    Notes
    -----
    Zero bases: a cell without jobs has LQ and shares 0, rank below all with jobs and no
    percentile; one that can have no jobs has no uncertainty (NaN); a region without traded jobs has
    no strength (NaN); the nation has no percentile.

    References
    ----------
    U.S. Cluster Mapping Project, "Methodology"; Delgado, Porter & Stern 2014, 2016.
    """
    base = _base(cells, nation)
    frame = base.frame
    lq, jobs = frame["lq"].to_numpy(), frame["jobs"].to_numpy()
    pools = _pools(base)
    strong = _passes(base, pools, rule)
    percentile = pools["lq"].percentile(base.group, lq)
    percentile[(jobs <= 0) | (frame["region_type"] == NATION).to_numpy()] = np.nan

    measures = pd.DataFrame(
        {
            "cluster": frame["cluster"],
            "region": frame["region"],
            "year": np.int64(year),
            "jobs": _whole(jobs),
            "jobs_low": _whole(np.floor(frame["jobs_low"].to_numpy())),
            "jobs_high": _whole(np.ceil(frame["jobs_high"].to_numpy())),
            "uncertainty": _uncertainty(frame),
            "establishments": _whole(frame["establishments"].to_numpy()),
            "payroll": frame["payroll"].round().astype("Int64"),
            "lq": lq,
            "share_region": frame["share_region"],
            "share_nation": frame["share_nation"],
            "rank": pools["jobs"].rank(base.group, jobs),
            "rank_lq": pools["lq"].rank(base.group, lq),
            "percentile": percentile,
            "strong": strong,
        }
    )
    return RegionalMeasures(
        measures.sort_values(["cluster", "region"], ignore_index=True),
        _floors(base, pools, rule, year),
        _profiles(frame, strong, year),
    )


def _base(cells: pd.DataFrame, nation: pd.DataFrame) -> _Base:
    require_columns(cells, CELL_COLUMNS, "regional cells")
    require_columns(nation, ("cluster", "kind", "jobs", "establishments"), "national clusters")
    require_unique(cells, ["region", "cluster"])
    require_unique(nation, ["cluster"])
    frame = cells[list(CELL_COLUMNS)].reset_index(drop=True)
    numbers = ["jobs", "jobs_low", "jobs_high", "establishments"]
    frame[numbers] = frame[numbers].astype("float64")
    frame["payroll"] = frame["payroll"].astype("Float64")
    if not np.isfinite(frame[numbers].to_numpy()).all():
        raise AnalysisError(
            "regional cells: a count is missing or without bound",
            hint="estimate withheld jobs first (fill_top_down), with ceilings for withheld totals",
        )
    if not frame["kind"].isin(KINDS).all():
        raise AnalysisError(
            "regional cells: a kind other than traded and local",
            hint="leave industries that are neither out of the cells",
        )
    national = nation.set_index("cluster")
    same_kind = frame["cluster"].map(national["kind"]) == frame["kind"]
    if not same_kind.all():
        raise AnalysisError(
            f"cluster {frame.loc[~same_kind, 'cluster'].iloc[0]!r} is not of the same kind in the "
            "region and in the nation",
            hint="compute both from one set of definitions",
        )
    jobs = frame["jobs"].to_numpy()
    total = national["jobs"].astype("float64")
    cluster_us = frame["cluster"].map(total).to_numpy(dtype=np.float64)
    kind_us = frame["kind"].map(total.groupby(national["kind"]).sum()).to_numpy(dtype=np.float64)
    require_national_jobs(frame["cluster"], jobs, cluster_us)
    region_base = frame.groupby(["region", "kind"])["jobs"].transform("sum").to_numpy()
    zero = np.zeros(len(frame))
    frame["share_region"] = np.divide(jobs, region_base, out=zero.copy(), where=jobs > 0)
    frame["share_nation"] = np.divide(jobs, cluster_us, out=zero.copy(), where=jobs > 0)
    share_us = np.divide(cluster_us, kind_us, out=zero.copy(), where=kind_us > 0)
    frame["lq"] = np.divide(frame["share_region"], share_us, out=zero.copy(), where=share_us > 0)

    pool_type = frame["region_type"].replace(dict(PEERS))
    own = (pool_type == frame["region_type"]).to_numpy()
    pools = pd.DataFrame({"region_type": pool_type, "cluster": frame["cluster"]})
    code = pools.groupby(["region_type", "cluster"], sort=True).ngroup().to_numpy(dtype=np.int64)
    groups = pools.drop_duplicates().sort_values(["region_type", "cluster"], ignore_index=True)
    return _Base(frame, code, groups, own & (jobs > 0))


def _pools(base: _Base) -> dict[str, RankingPools]:
    member, n = base.in_pool, len(base.groups)
    return {
        name: RankingPools.of(base.group[member], base.frame[name].to_numpy()[member], n_groups=n)
        for name in ("lq", "jobs", "establishments")
    }


def _passes(base: _Base, pools: dict[str, RankingPools], rule: StrongRule) -> BoolArray:
    frame, group = base.frame, base.group
    lq, jobs = frame["lq"].to_numpy(), frame["jobs"].to_numpy()
    establishments = frame["establishments"].to_numpy()
    floor = pools["lq"].quantile(rule.lq_percentile)[group]
    special = lq > floor if rule.lq_above else lq >= floor
    enough_jobs = jobs > pools["jobs"].quantile(rule.jobs_percentile)[group]
    least = pools["establishments"].quantile(rule.establishments_percentile)[group]
    passed = (
        (frame["kind"] == "traded").to_numpy()
        & special
        & (lq >= rule.lq_minimum)
        & enough_jobs
        & (jobs >= rule.jobs_minimum)
        & (establishments > least)
        & (establishments >= rule.establishments_minimum)
    )
    return np.asarray(passed, dtype=np.bool_)


def _uncertainty(frame: pd.DataFrame) -> FloatArray:
    low, high = np.floor(frame["jobs_low"].to_numpy()), np.ceil(frame["jobs_high"].to_numpy())
    share: FloatArray = np.divide(high - low, high, out=np.full(len(frame), np.nan), where=high > 0)
    return share


def _floors(
    base: _Base, pools: dict[str, RankingPools], rule: StrongRule, year: int
) -> pd.DataFrame:
    percent = {
        "lq": rule.lq_percentile,
        "jobs": rule.jobs_percentile,
        "establishments": rule.establishments_percentile,
    }
    out = base.groups[["cluster", "region_type"]].copy()
    out["year"] = np.int64(year)
    for name, q in percent.items():
        out[f"{name}_p{q:g}"] = pools[name].quantile(q)
    out["regions"] = pools["lq"].sizes
    traded = set(base.frame.loc[base.frame["kind"] == "traded", "cluster"])
    shown = out["cluster"].isin(traded) & (out["region_type"] != NATION) & (out["regions"] > 0)
    return out[shown].sort_values(["cluster", "region_type"], ignore_index=True)


def _profiles(frame: pd.DataFrame, strong: BoolArray, year: int) -> pd.DataFrame:
    jobs = frame["jobs"]
    traded = frame["kind"] == "traded"
    parts = pd.DataFrame(
        {
            "jobs": jobs,
            "traded_jobs": jobs.where(traded, 0.0),
            "local_jobs": jobs.where(~traded, 0.0),
            "strong_clusters": strong.astype(np.float64),
            "strong_jobs": jobs.where(strong, 0.0),
            "published": frame["jobs_low"],
        }
    )
    out = parts.groupby(frame["region"], sort=True).sum().reset_index()
    out.insert(1, "year", np.int64(year))
    out["strength"] = (out["strong_jobs"] / out["traded_jobs"]).where(out["traded_jobs"] > 0)
    estimated = (out["jobs"] - out.pop("published")) / out["jobs"]
    out["estimated_share"] = estimated.where(out["jobs"] > 0, 0.0).clip(0.0, 1.0)
    # Rounded parts first, so that the two kinds of jobs add up to all jobs.
    for name in ("traded_jobs", "local_jobs", "strong_clusters", "strong_jobs"):
        out[name] = _whole(out[name].to_numpy())
    out["jobs"] = out["traded_jobs"] + out["local_jobs"]
    return out


def _whole(values: FloatArray) -> IntArray:
    return np.rint(values).astype(np.int64)
