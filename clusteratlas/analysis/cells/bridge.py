"""Carry figures from one vintage of NAICS to the next, or back to the one before."""

from __future__ import annotations

from typing import Any

import pandas as pd

from clusteratlas.errors import AnalysisError


def bridge_shares(concordance: pd.DataFrame, weights: pd.Series[Any]) -> pd.DataFrame:
    """Share of each older industry that goes to each newer one; of :func:`backwards`, the reverse.

    ``share(i -> j) = w_j / sum of w_k over the newer industries k of i``, with ``w`` the
    employment of the first year that is published in the newer codes. Concordances carry no
    weights, so the shares of split industries are estimates and are marked as such.

    Parameters
    ----------
    concordance
        One row per pair: from_naics, to_naics.
    weights
        Employment by newer code, jobs.

    Returns
    -------
    DataFrame
        from_naics, to_naics, share, split; the shares of each older industry add to 1. Where no
        newer industry of a split has employment the split is even.

    Raises
    ------
    AnalysisError
        If a weight is negative.

    References
    ----------
    The rule is ours; Eckert, Fort, Schott & Yang 2021 (NBER w26632) use the same idea.
    """
    if (weights < 0).any():
        raise AnalysisError(f"negative weight for {weights[weights < 0].index[0]!r}")
    pairs = concordance[["from_naics", "to_naics"]].drop_duplicates()
    weight = pairs["to_naics"].map(weights).fillna(0).astype(float)
    group = pairs["from_naics"]
    total = weight.groupby(group).transform("sum")
    count = weight.groupby(group).transform("size")
    share = (weight / total).where(total > 0, 1 / count)
    out = pairs.assign(share=share, split=count > 1)
    return out.sort_values(["from_naics", "to_naics"], ignore_index=True)


def backwards(concordance: pd.DataFrame) -> pd.DataFrame:
    """Turn a concordance round: from the newer codes to the older ones.

    With it `bridge_shares` gives the share of each newer industry that came from each older one,
    by the employment of the older industries.
    """
    turned = {
        "from_naics": "to_naics",
        "to_naics": "from_naics",
        "from_vintage": "to_vintage",
        "to_vintage": "from_vintage",
    }
    return concordance.rename(columns=turned)


def bridge_cells(
    cells: pd.DataFrame, shares: pd.DataFrame, by: list[str], values: list[str]
) -> pd.DataFrame:
    """Recode figures with the shares of `bridge_shares` and sum them.

    Parameters
    ----------
    cells
        Columns ``by``, naics (older codes) and ``values``.
    shares
        As `bridge_shares` gives them.
    by
        Columns that stay, such as the area.
    values
        Columns that are shared out; a missing value counts as zero in a sum.

    Returns
    -------
    DataFrame
        ``by``, naics (newer codes), ``values``, and ``bridged``: the share of the first value that
        came through a split. Codes without a row in `shares` keep their code.

    Raises
    ------
    AnalysisError
        If the shares of an industry do not add to 1, so that figures would be lost or doubled.
    """
    odd = shares.groupby("from_naics")["share"].sum().sub(1).abs() > 1e-9
    if odd.any():
        raise AnalysisError(f"the shares of industry {odd.idxmax()} do not add to 1")
    joined = cells.merge(
        shares.rename(columns={"from_naics": "naics"}), on="naics", how="left", validate="m:m"
    )
    share = joined["share"].fillna(1.0).astype(float)
    out = joined[by].copy()
    out["naics"] = joined["to_naics"].fillna(joined["naics"])
    for value in values:
        out[value] = joined[value].fillna(0).astype(float) * share
    split = joined["split"].astype("boolean").fillna(False).astype(bool)
    out["bridged"] = out[values[0]].where(split, 0.0)
    total = out.groupby([*by, "naics"], as_index=False, sort=True).sum()
    total["bridged"] = (total["bridged"] / total[values[0]]).where(total[values[0]] > 0, 0.0)
    return total
