"""Specialization of regions in single industries, and in the cluster around an industry."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusteratlas.analysis.checks import (
    require_columns,
    require_national_jobs,
    require_unique,
)
from clusteratlas.vocabulary.tables.measures import KNOWN

_JOBS = ("jobs", "jobs_low", "jobs_high")


def industry_presence(cells: pd.DataFrame, nation: pd.DataFrame, *, year: int) -> pd.DataFrame:
    """Location quotient of each traded industry in each region, on the traded base.

    ``lq = (E_ir / E_Tr) / (E_iUS / E_TUS)``, ``share_nation = E_ir / E_iUS``, with E_T the jobs
    of all traded industries.

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
        industry, region, year, jobs and its bounds, lq, share_nation, known (see `KNOWN`); cells
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
    base = kept["jobs"].astype("float64").groupby(kept["region"]).transform("sum").to_numpy()
    zero = np.zeros(len(kept))
    share = np.divide(jobs, base, out=zero.copy(), where=base > 0)
    # An industry that the nation has no job in is absent from every region.
    share_us = national / traded.sum()
    out = pd.DataFrame(
        {
            "industry": kept["industry"],
            "region": kept["region"],
            "year": np.int64(year),
            **{name: kept[name].round().astype("int64") for name in _JOBS},
            "lq": np.divide(share, share_us, out=zero.copy(), where=share_us > 0),
            "share_nation": np.divide(jobs, national, out=zero, where=national > 0),
            "known": _known(kept),
        }
    )
    return out.sort_values(["industry", "region"], ignore_index=True)


def _known(cells: pd.DataFrame) -> NDArray[np.object_]:
    published, bounded, withheld, estimated, absent = KNOWN
    return np.select(
        [
            cells["jobs_high"] <= 0,
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
