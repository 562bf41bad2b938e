"""Specialization of regions in single industries, and in the cluster around an industry."""

from __future__ import annotations

import numpy as np
import pandas as pd

from clusteratlas.analysis.checks import (
    require_columns,
    require_national_jobs,
    require_unique,
)


def industry_presence(cells: pd.DataFrame, nation: pd.DataFrame, *, year: int) -> pd.DataFrame:
    """Location quotient of each traded industry in each region, on the traded base.

    ``lq = (E_ir / E_Tr) / (E_iUS / E_TUS)``, ``share_nation = E_ir / E_iUS``, with E_T the jobs
    of all traded industries.

    Parameters
    ----------
    cells
        One row per region and industry: region, industry, jobs, estimated (bool). Rows of local
        industries, and of those that `nation` lacks, are left out.
    nation
        One row per industry: industry, kind (traded, local or missing), jobs.
    year
        Year that the figures describe.

    Returns
    -------
    DataFrame
        industry, region, year, lq, share_nation, estimated; only cells with jobs, sorted by
        industry and region.

    Raises
    ------
    AnalysisError
        For missing columns, a repeated cell, or jobs in an industry without national jobs.
    """
    require_columns(cells, ("region", "industry", "jobs", "estimated"), "industry cells")
    require_columns(nation, ("industry", "kind", "jobs"), "national industries")
    require_unique(nation, ["industry"])
    require_unique(cells, ["region", "industry"])
    traded = nation[nation["kind"] == "traded"].set_index("industry")["jobs"].astype("float64")
    kept = cells[cells["industry"].isin(traded.index) & (cells["jobs"] > 0)]
    jobs = kept["jobs"].to_numpy(dtype=np.float64)
    national = kept["industry"].map(traded).to_numpy(dtype=np.float64)
    require_national_jobs(kept["industry"], jobs, national)
    base = kept["jobs"].astype("float64").groupby(kept["region"]).transform("sum").to_numpy()
    out = pd.DataFrame(
        {
            "industry": kept["industry"],
            "region": kept["region"],
            "year": np.int64(year),
            "lq": (jobs / base) / (national / traded.sum()),
            "share_nation": jobs / national,
            "estimated": kept["estimated"].astype(bool),
        }
    )
    return out.sort_values(["industry", "region"], ignore_index=True)


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
