"""Specialization of regions in single industries, and in the cluster around an industry."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from clusteratlas.analysis.checks import (
    require_columns,
    require_national_jobs,
    require_unique,
)
from clusteratlas.vocabulary.arrays import FloatArray
from clusteratlas.vocabulary.tables.measures import KNOWN

_JOBS = ("jobs", "jobs_low", "jobs_high")


def industry_presence(cells: pd.DataFrame, nation: pd.DataFrame, *, year: int) -> pd.DataFrame:
    """Jobs of each traded industry in each region, and what is known of them.

    Parameters
    ----------
    cells
        One row per region and industry: region, industry, jobs, jobs_low, jobs_high,
        establishments_low. Rows of local industries, and of those that `nation` lacks, are left
        out.
    nation
        One row per industry: industry, kind (traded, local or missing), jobs.
    year
        Year that the figures describe.

    Returns
    -------
    DataFrame
        industry, region, year, jobs and their bounds, known (see `KNOWN`); cells
        with jobs, and those that can have none; sorted by industry and region.

    Raises
    ------
    AnalysisError
        For missing columns, a repeated cell, or jobs in an industry without national jobs.
    """
    wanted = ("region", "industry", *_JOBS, "establishments_low")
    require_columns(cells, wanted, "industry cells")
    require_columns(nation, ("industry", "kind", "jobs"), "national industries")
    require_unique(nation, ["industry"])
    require_unique(cells, ["region", "industry"])
    traded = nation[nation["kind"] == "traded"].set_index("industry")["jobs"].astype("float64")
    # Less than half a job is an estimate's way of saying none.
    some = (cells["jobs"] >= 0.5) | (cells["jobs_high"] <= 0)
    kept = cells[cells["industry"].isin(traded.index) & some]
    jobs = kept["jobs"].to_numpy(dtype=np.float64)
    national = kept["industry"].map(traded).to_numpy(dtype=np.float64)
    require_national_jobs(kept["industry"], jobs, national)
    out = pd.DataFrame(
        {
            "industry": kept["industry"],
            "region": kept["region"],
            "year": np.int64(year),
            **{name: kept[name].round().astype("int64") for name in _JOBS},
            "known": _known(kept),
        }
    )
    return out.sort_values(["industry", "region"], ignore_index=True)


def national_share(jobs: ArrayLike, national: ArrayLike) -> FloatArray:
    """Share of the nation that regions have: ``E_r / E_US``; 0 where there are no jobs.

    Parameters
    ----------
    jobs, national
        Of regions and of the nation in the same cluster or industry; one shape.

    Returns
    -------
    Shares, 0..1.
    """
    own, nation = (np.asarray(v, dtype=np.float64) for v in (jobs, national))
    return np.asarray(np.divide(own, nation, out=np.zeros(len(own)), where=own > 0))


def industry_quotients(
    jobs: ArrayLike, region_traded: ArrayLike, national: ArrayLike, national_traded: ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Location quotient and national share of industries in regions, on the traded base.

    ``lq = (E_ir / E_Tr) / (E_iUS / E_TUS)``, ``share = E_ir / E_iUS``, with E_T the jobs of all
    traded industries.

    Parameters
    ----------
    jobs, region_traded, national, national_traded
        E_ir, E_Tr, E_iUS and E_TUS of each cell; one shape.

    Returns
    -------
    Quotients and shares; 0 where there are no jobs.

    References
    ----------
    Balassa 1965.
    """
    given = (jobs, region_traded, national, national_traded)
    own, base, nation, whole = (np.asarray(v, dtype=np.float64) for v in given)
    some = own > 0
    zero = np.zeros(len(own))
    share = national_share(own, nation)
    inside = np.divide(own, base, out=zero.copy(), where=some)
    quotient = np.divide(inside, nation / whole, out=zero, where=some)
    return quotient, share


def _known(cells: pd.DataFrame) -> NDArray[np.object_]:
    published, bounded, withheld, estimated, absent = KNOWN
    return np.select(
        [
            (cells["jobs_high"] <= 0) & (cells["establishments_low"] <= 0),
            cells["jobs_low"] >= cells["jobs_high"],
            cells["jobs_low"] > 0,
            cells["establishments_low"] > 0,
        ],
        [absent, published, bounded, withheld],
        estimated,
    ).astype(object)


def strongholds(measures: pd.DataFrame) -> tuple[int, int, float]:
    """Count the regions in which a cluster is strong, and add up what they hold of it.

    Parameters
    ----------
    measures
        One row per region of one type that has the cluster: strong (bool), share_nation.

    Returns
    -------
    Strong regions, all regions, and the sum of ``share_nation`` over the strong ones.
    """
    strong = measures["strong"].astype(bool)
    return int(strong.sum()), len(measures), float(measures.loc[strong, "share_nation"].sum())
