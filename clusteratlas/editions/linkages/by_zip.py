"""Establishments of counties by industry, from those that are published of ZIP codes."""

from __future__ import annotations

import pandas as pd

_SIX = 6


def by_county(zips: pd.DataFrame, shares: pd.DataFrame) -> pd.DataFrame:
    """Bring establishments of ZIP codes to counties, by the shares of business addresses.

    A ZIP code without business addresses goes by all its addresses, and one that is in no list of
    counties nowhere: what comes out is likely, and no sum is taken of it.

    Parameters
    ----------
    zips
        Tidy table of source ``zip-industries``.
    shares
        Tidy table of source ``zip-counties``.

    Returns
    -------
    DataFrame
        area, naics (six digits), establishments. Counties that have more establishments in rows of
        five digits than of six are left out: their industries are not published.
    """
    likely = shares["business"].where(
        shares.groupby("zip")["business"].transform("sum") > 0, shares["all"]
    )
    parts = pd.DataFrame({"zip": shares["zip"], "area": shares["county"], "share": likely})
    both = zips.merge(parts[parts["share"] > 0], on="zip")
    both["establishments"] = (both["establishments"] * both["share"]).astype("float64")
    levels = both.pivot_table(
        index="area", columns="level", values="establishments", aggfunc="sum", fill_value=0.0
    ).reindex(columns=[_SIX - 1, _SIX], fill_value=0.0)
    whole = levels.index[levels[_SIX] >= levels[_SIX - 1]]
    own = both[(both["level"] == _SIX) & both["area"].isin(whole)]
    return own.groupby(["area", "naics"], as_index=False)[["establishments"]].sum()


def preferred(known: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Take counties from ``known`` where it has them, else from ``others``.

    Counties that only ``known`` has are of another list, and left out.
    """
    listed = set(others["area"])
    first = known[known["area"].isin(listed)]
    rest = others[~others["area"].isin(set(first["area"]))]
    both = pd.concat([first[others.columns], rest], ignore_index=True)
    return both.sort_values(["area", "naics"], ignore_index=True)
