"""A cluster of no full set of definitions beside all that it is compared with."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

THE_REST = "the rest"
"""Name of what a region has of a kind beside one cluster."""


def beside_the_rest(cells: pd.DataFrame, base: pd.Series[Any]) -> pd.DataFrame:
    """Put beside each cell of one cluster what else of its kind the region has.

    ``rest_r = max(E_Tr - E_cr, 0)``: with it the jobs of a region add up to its traded (local)
    jobs, the base of quotients and shares.

    Parameters
    ----------
    cells
        One row per region, of one cluster: region, cluster, kind, jobs; other columns go with
        them, of which establishments and bounds of the rest are 0 or its jobs, payroll missing.
    base
        Traded jobs of each region, of local clusters the local ones; by region. A region without
        a base has no rest.

    Returns
    -------
    The cells in their order, then as many of the cluster `THE_REST`.
    """
    own = cells["jobs"].to_numpy(dtype=np.float64)
    whole = cells["region"].map(base).to_numpy(dtype=np.float64, na_value=np.nan)
    rest = np.nan_to_num(np.maximum(whole - own, 0.0))
    others = cells.assign(cluster=THE_REST)
    for name in ("jobs", "jobs_low", "jobs_high"):
        others[name] = rest
    for name in [str(c) for c in cells if str(c).startswith("establishments")]:
        others[name] = 0.0
    for name in [str(c) for c in cells if str(c).startswith("payroll")]:
        others[name] = np.nan
    return pd.concat([cells, others], ignore_index=True)
