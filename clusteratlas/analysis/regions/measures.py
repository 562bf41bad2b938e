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

from clusteratlas.analysis.checks import require_columns, require_national_jobs, require_unique
from clusteratlas.analysis.regions.rankings import (
    SITE,
    RankingPools,
    StrongRule,
    passes_rule,
    ranks_in_pools,
)
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import BoolArray, FloatArray, IntArray
from clusteratlas.vocabulary.keys import CUSTOM
from clusteratlas.vocabulary.tables.measures import CERTAINTIES, POOL_TYPES

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
BOUNDS = ("establishments_low", "establishments_high", "payroll_low", "payroll_high")
"""Columns that cells may have; without them a figure is its own bound."""
_PAYROLLS = ["payroll", "payroll_low", "payroll_high"]
NATION = "nation"
PEERS: Mapping[str, str] = MappingProxyType({CUSTOM: "ea"})
"""Region types that are ranked among the regions of a pool, and the pool where none is named."""


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
    """Pool of each row: its cluster among the regions that it is ranked with."""
    groups: pd.DataFrame
    """pool and cluster of each."""
    in_pool: BoolArray


def regional_measures(
    cells: pd.DataFrame,
    nation: pd.DataFrame,
    *,
    year: int,
    rule: StrongRule = SITE,
    totals: pd.DataFrame | None = None,
) -> RegionalMeasures:
    """Location quotient, ranks and strength of each cluster in each region.

    ====================  =====================================================================
    ``lq``                (E_cr / E_Tr) / (E_cUS / E_TUS); for local clusters with L for T
    ``strong``            by `rule`; the site's: lq >= P75(lq), lq >= 1, jobs > P25(jobs) and
                          establishments > P25(establishments); traded clusters only
    ``strong_overall``    the same over all regions of the type, whatever their pool
    ``certainty``         of ``strong``: ``certain`` where the lowest and the highest figures say
                          the same; ``likely`` where those halfway to the bounds do; else
                          ``depends``
    ``strength``          jobs in strong clusters / E_Tr
    ``estimated_share``   sum of (jobs - jobs_low) / sum of jobs
    ====================  =====================================================================

    Percentiles are numpy's linear ones, taken per pool and cluster over the regions with
    jobs > 0. Equal values share a rank (and the mean index), so that the same counties under two
    names get the same figures. Regions of type "custom" are ranked among the regions of their
    pool (economic areas where cells name none) without being counted among them.

    Parameters
    ----------
    cells
        One row per region and cluster: region, region_type, cluster, kind (traded or local),
        jobs, jobs_low, jobs_high (jobs), establishments, payroll (thousand USD, may be missing);
        if known the bounds of these (`BOUNDS`), and ``pool``: regions of a type that are compared
        with each other alone, such as metropolitan areas. Without it all of a type are.
    nation
        One row per cluster: cluster, kind, jobs, establishments.
    year
        Year that the figures describe; copied into the results.
    rule
        When a cluster is strong.
    totals
        region, jobs, establishments, payroll: all of the region, whatever its industries. Without
        them a region's jobs are those of its clusters.

    Returns
    -------
    RegionalMeasures
        ``measures`` sorted by cluster and region; ``floors`` (traded clusters, without the
        nation) by cluster and pool; ``region_profiles`` by region. Figures become whole ones
        (lows down, highs up) after everything was computed. The floor columns are named after the
        percentiles of `rule` (site: lq_p75, jobs_p25, establishments_p25).

    Raises
    ------
    AnalysisError
        For missing columns or values, a repeated cell, a cluster that the nation lacks or has
        under the other kind, or jobs in a cluster without national jobs.

    Notes
    -----
    Zero bases: a cell without jobs has LQ 0; a region without traded jobs has no strength (NaN).
    Floors are those of the points: only the region's own figures are moved within their bounds.
    From U.S. Cluster Mapping Project, "Methodology"; Delgado, Porter & Stern 2014, 2016.
    """
    base = _base(cells, nation)
    frame = base.frame
    jobs = frame["jobs"].to_numpy()
    pools = _pools(base)
    strong, certainty = _certainty(base, pools, rule)
    overall = _overall(base)
    strong_overall = _passes(overall, _pools(overall), rule, jobs, _plants(frame))
    bounds = {
        f"{name}_{end}": _whole(way(frame[f"{name}_{end}"].to_numpy()))
        for name in ("jobs", "establishments")
        for end, way in (("low", np.floor), ("high", np.ceil))
    }
    measures = pd.DataFrame(
        {
            "cluster": frame["cluster"],
            "region": frame["region"],
            "year": np.int64(year),
            "jobs": _whole(jobs),
            "establishments": _whole(_plants(frame)),
            **bounds,
            **{name: frame[name].round().astype("Int64") for name in _PAYROLLS},
            "lq": frame["lq"],
            "strong": strong,
            "strong_overall": strong_overall,
            "certainty": certainty,
        }
    )
    return RegionalMeasures(
        measures.sort_values(["cluster", "region"], ignore_index=True),
        _floors(base, pools, rule, year),
        _profiles(frame, strong, year, totals),
    )


def regional_shares(cells: pd.DataFrame, nation: pd.DataFrame) -> pd.DataFrame:
    """Shares, ranks and bounds of quotients: what follows from the jobs of clusters alone.

    ====================  =====================================================================
    ``rank, rank_lq``     1 + number of regions of the pool with more jobs, a higher LQ
    ``percentile``        round((100 / n) * (index - 0.5)) of the LQ, index 1 = lowest
    ``uncertainty``       (jobs_high - jobs_low) / jobs_high
    ``lq_low, lq_high``   the LQ with the lowest and highest E_cr, all else in E_Tr as it is
    ``share_region``      E_cr / E_Tr (local: E_cr / E_Lr)
    ``share_nation``      E_cr / E_cUS
    ====================  =====================================================================

    Parameters
    ----------
    cells, nation
        As of :func:`regional_measures`.

    Returns
    -------
    DataFrame
        One row per cell, in their order. A cell without jobs has shares 0, a rank below all with
        jobs and no percentile (NaN), nor has the nation; one that can have none has no uncertainty
        (NaN). Errors are those of :func:`regional_measures`.
    """
    base = _base(cells, nation)
    frame = base.frame
    return pd.DataFrame(
        {
            **_ranks(base, _pools(base)),
            "uncertainty": _uncertainty(frame),
            "lq_low": _quotient(frame, frame["jobs_low"].to_numpy()),
            "lq_high": _quotient(frame, frame["jobs_high"].to_numpy()),
            "share_region": frame["share_region"],
            "share_nation": frame["share_nation"],
        }
    ).set_index(cells.index)


def _ranks(base: _Base, pools: dict[str, RankingPools]) -> dict[str, IntArray | FloatArray]:
    jobs, lq = (base.frame[name].to_numpy() for name in ("jobs", "lq"))
    ranked = (jobs > 0) & (base.frame["region_type"] != NATION).to_numpy()
    return ranks_in_pools(pools["jobs"], pools["lq"], base.group, jobs, lq, ranked)


def _plants(frame: pd.DataFrame) -> FloatArray:
    return frame["establishments"].to_numpy()


def _base(cells: pd.DataFrame, nation: pd.DataFrame) -> _Base:
    require_columns(cells, CELL_COLUMNS, "regional cells")
    require_columns(nation, ("cluster", "kind", "jobs", "establishments"), "national clusters")
    require_unique(cells, ["region", "cluster"])
    require_unique(nation, ["cluster"])
    frame = cells[list(CELL_COLUMNS)].reset_index(drop=True)
    for name in BOUNDS:
        own = name if name in cells else name.rpartition("_")[0]
        frame[name] = cells[own].to_numpy()
    pool = cells["pool"] if "pool" in cells else cells["region_type"].replace(dict(PEERS))
    frame["pool"] = pool.to_numpy()
    numbers = ["jobs", "jobs_low", "jobs_high", "establishments", *BOUNDS[:2]]
    frame[numbers] = frame[numbers].astype("float64")
    frame[_PAYROLLS] = frame[_PAYROLLS].astype("Float64")
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
    frame["base"], frame["share_us"] = region_base, share_us
    return _pooled(frame)


def _pooled(frame: pd.DataFrame) -> _Base:
    """Give pools their numbers; regions of a type that is ranked among others are in none."""
    own = ~frame["region_type"].isin(list(PEERS)).to_numpy()
    pools = frame[["pool", "cluster"]]
    code = pools.groupby(["pool", "cluster"], sort=True).ngroup().to_numpy(dtype=np.int64)
    groups = pools.drop_duplicates().sort_values(["pool", "cluster"], ignore_index=True)
    return _Base(frame, code, groups, own & (frame["jobs"].to_numpy() > 0))


def _overall(base: _Base) -> _Base:
    """Pool all regions of a type."""
    frame = base.frame
    guest = frame["region_type"].isin(list(PEERS))
    types = frame["region_type"].where(~guest, frame["pool"].replace(POOL_TYPES))
    return _pooled(frame.assign(pool=types))


def _quotient(frame: pd.DataFrame, jobs: FloatArray) -> FloatArray:
    """Location quotient if a cluster had other jobs than are estimated, and all else stayed."""
    base = frame["base"].to_numpy() - frame["jobs"].to_numpy() + jobs
    zero = np.zeros(len(frame))
    share = np.divide(jobs, base, out=zero.copy(), where=jobs > 0)
    us = frame["share_us"].to_numpy()
    return np.asarray(np.divide(share, us, out=zero, where=us > 0), dtype=np.float64)


def _pools(base: _Base) -> dict[str, RankingPools]:
    member, n = base.in_pool, len(base.groups)
    return {
        name: RankingPools.of(base.group[member], base.frame[name].to_numpy()[member], n_groups=n)
        for name in ("lq", "jobs", "establishments")
    }


def _passes(
    base: _Base,
    pools: dict[str, RankingPools],
    rule: StrongRule,
    jobs: FloatArray,
    establishments: FloatArray,
) -> BoolArray:
    """Tell which clusters are strong, had they these figures and all others their own."""
    frame, group = base.frame, base.group
    # A quotient that is the floor itself has to be it to the last bit.
    own = np.array_equal(jobs, frame["jobs"].to_numpy())
    lq = frame["lq"].to_numpy() if own else _quotient(frame, jobs)
    traded = (frame["kind"] == "traded").to_numpy()
    return traded & passes_rule(rule, pools, group, lq, jobs, establishments)


def _certainty(
    base: _Base, pools: dict[str, RankingPools], rule: StrongRule
) -> tuple[BoolArray, NDArray[np.object_]]:
    """Tell which clusters are strong, and how sure that is."""
    frame = base.frame
    jobs, plants = frame["jobs"].to_numpy(), _plants(frame)

    def moved(end: str, way: float) -> BoolArray:
        there = (
            values + way * (frame[f"{name}_{end}"].to_numpy() - values)
            for name, values in (("jobs", jobs), ("establishments", plants))
        )
        return _passes(base, pools, rule, *there)

    # More jobs and establishments never make a cluster weaker: the bounds decide.
    certain = moved("low", 1.0) == moved("high", 1.0)
    certain |= (frame["region_type"] == NATION).to_numpy()
    likely = moved("low", 0.5) == moved("high", 0.5)
    words = np.where(certain, CERTAINTIES[0], np.where(likely, CERTAINTIES[1], CERTAINTIES[2]))
    return _passes(base, pools, rule, jobs, plants), words.astype(object)


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
    out = base.groups[["cluster", "pool"]].copy()
    out["year"] = np.int64(year)
    for name, q in percent.items():
        out[f"{name}_p{q:g}"] = pools[name].quantile(q)
    out["regions"] = pools["lq"].sizes
    traded = set(base.frame.loc[base.frame["kind"] == "traded", "cluster"])
    shown = out["cluster"].isin(traded) & (out["pool"] != NATION) & (out["regions"] > 0)
    return out[shown].sort_values(["cluster", "pool"], ignore_index=True)


def _profiles(
    frame: pd.DataFrame, strong: BoolArray, year: int, totals: pd.DataFrame | None
) -> pd.DataFrame:
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
    clustered = out["traded_jobs"] + out["local_jobs"]
    if totals is None:
        return out.assign(jobs=clustered)
    whole = totals.set_index("region").reindex(out["region"])
    for name in ("jobs", "establishments", "payroll"):
        out[name] = whole[name].round().astype("Int64").to_numpy()
    return out


def _whole(values: FloatArray) -> IntArray:
    return np.rint(values).astype(np.int64)
