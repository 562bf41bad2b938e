"""Carry figures from one division of a place into areas to another that cuts across it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray

_FINENESS = 2.0**30
"""Shares are whole multiples of its inverse: such a share of a whole number below 2**22 is exact,
and so are sums of these, so that nothing is lost to rounding."""


def overlap_shares(pairs: pd.DataFrame, start: str, end: str, measures: list[str]) -> pd.DataFrame:
    """Share of each area of one division that lies in each area of the other, by measure.

    ``share(a -> b) = w(a, b) / sum of w(a, k) over the areas k that a overlaps``. With ``start``
    and ``end`` exchanged it gives the way back.

    Parameters
    ----------
    pairs
        One row per pair of overlapping areas: ``start``, ``end`` and what lies in both, one column
        for each of ``measures``.
    start, end
        Columns of the areas that figures come from, and that they are brought to.
    measures
        Columns of weights.

    Returns
    -------
    DataFrame
        start, end, and ``measures`` as shares, multiples of 2**-30 that add to exactly 1 for each
        area of ``start``; even ones where an area has none of a measure.

    Raises
    ------
    AnalysisError
        If a pair is there twice, or a weight is negative or missing.
    """
    twice = pairs.duplicated([start, end])
    if twice.any():
        one = pairs[twice].iloc[0]
        raise AnalysisError(f"the pair {one[start]}, {one[end]} is there twice")
    pairs = pairs.reset_index(drop=True)
    out = pairs[[start, end]].set_axis(["start", "end"], axis=1)
    group = out["start"]
    for measure in measures:
        weight = pairs[measure].astype("float64")
        wrong = ~weight.ge(0)
        if wrong.any():
            raise AnalysisError(f"negative or missing weight {measure} of {group[wrong].iloc[0]!r}")
        total = weight.groupby(group).transform("sum")
        even = 1 / weight.groupby(group).transform("size")
        share = ((weight / total).where(total > 0, even) * _FINENESS).round() / _FINENESS
        largest = share.groupby(group).idxmax().to_numpy()
        share[largest] += 1 - share.groupby(group).transform("sum")[largest]
        out[measure] = share
    return out.sort_values(["start", "end"], ignore_index=True)


def alike_areas(
    first: pd.DataFrame, second: pd.DataFrame, people: pd.Series[Any], least: float
) -> pd.DataFrame:
    """Find the areas of two delineations that are nearly the same, by their residents.

    ``overlap(a, b) = sum over counties of P_c * min(s_ac, s_bc) / sum of P_c * max(s_ac, s_bc)``
    (Jaccard 1901), with P_c the residents of a county and s_ac the share of them in area a.

    Parameters
    ----------
    first, second
        Columns ``area``, ``county`` and ``share``, the part of the county's residents in the area.
    people
        Residents by county; one without figure counts as empty.
    least
        Smallest overlap of a pair.

    Returns
    -------
    DataFrame
        first, second, overlap: pairs in which each is the likest to the other; sorted by first.
        No area is in two pairs.
    """
    sides = [
        side.groupby(["area", "county"], as_index=False)["share"].sum() for side in (first, second)
    ]
    pairs = sides[0].merge(sides[1], on="county", suffixes=("_first", "_second"))
    weight = pairs["county"].map(people).fillna(0).astype("float64")
    pairs["both"] = weight * pairs[["share_first", "share_second"]].min(axis=1)
    both = pairs.groupby(["area_first", "area_second"])["both"].sum()
    found = both.reset_index().set_axis(["first", "second", "both"], axis=1)
    whole = [
        (side["county"].map(people).fillna(0) * side["share"]).groupby(side["area"]).sum()
        for side in sides
    ]
    either = found["first"].map(whole[0]) + found["second"].map(whole[1]) - found["both"]
    found["overlap"] = (found["both"] / either).where(either > 0, 0.0)
    ordered = found.sort_values(["overlap", "first", "second"], ascending=[False, True, True])
    likest = ~ordered.duplicated("first") & ~ordered.duplicated("second")
    kept: pd.DataFrame = ordered[likest & ordered["overlap"].ge(least)]
    return kept[["first", "second", "overlap"]].sort_values("first", ignore_index=True)


def carry_over(
    table: pd.DataFrame,
    shares: pd.DataFrame,
    area: str,
    values: Mapping[str, str],
    *,
    whole: bool = False,
) -> pd.DataFrame:
    """Bring figures to the areas of another division with the shares of `overlap_shares`.

    Parameters
    ----------
    table
        Columns ``area``, those of ``values``, and any others, which stay and tell rows apart.
    shares
        As `overlap_shares` gives them.
    area
        Column of the areas.
    values
        Columns that are shared out, and the measure by which each is.
    whole
        Figures are whole numbers and stay so: those of each row are shared out by the method of
        largest remainders, so that their sum is kept.

    Returns
    -------
    DataFrame
        Columns of ``table``. Rows of areas that are not in ``shares`` come first and unchanged,
        the others after them, summed by area and the other columns. A figure with a missing part
        is missing: what is withheld is no zero.

    Raises
    ------
    AnalysisError
        If the shares of an area do not add to 1, or the table has areas of both divisions.
    """
    measures = sorted(set(values.values()))
    odd = shares.groupby("start")[measures].sum().sub(1).abs().gt(1e-9).any(axis=1)
    if odd.any():
        raise AnalysisError(f"the shares of area {odd.idxmax()} do not add to 1")
    moved = table[area].isin(shares["start"])
    rest = table[~moved]
    there = rest[area].isin(shares["end"])
    if moved.any() and there.any():
        raise AnalysisError(
            f"the table has area {rest.loc[there, area].iloc[0]} and areas that overlap it"
        )
    by = [column for column in table.columns if column not in values]
    overlaps = shares[shares[measures].gt(0).any(axis=1)].add_prefix("_")
    parts = table[moved].assign(_row=np.arange(int(moved.sum())))
    parts = parts.merge(overlaps, left_on=area, right_on="_start")
    parts[area] = parts["_end"].astype(table[area].dtype)
    for column, measure in values.items():
        parts[column] = _parts(parts, column, parts[f"_{measure}"], whole=whole)
    groups = parts.groupby(by, sort=True, dropna=False)
    sums = groups[list(values)].sum()
    missing = parts[list(values)].isna().groupby([parts[c] for c in by], dropna=False).any()
    brought = sums.mask(missing).reset_index()[list(table.columns)]
    return pd.concat([rest, brought.astype(_kinds(table, values, whole=whole))], ignore_index=True)


def _kinds(table: pd.DataFrame, values: Mapping[str, str], *, whole: bool) -> dict[str, Any]:
    """Types of the columns of a table; shares of whole numbers are not whole."""
    kinds = {str(name): kind for name, kind in table.dtypes.items()}
    if not whole:
        kinds |= {v: "Float64" for v in values if str(kinds[v]) == "Int64"}
        kinds |= {v: "float64" for v in values if str(kinds[v]) == "int64"}
    return kinds


def _parts(
    parts: pd.DataFrame, column: str, share: pd.Series[Any], *, whole: bool
) -> pd.Series[Any]:
    """Part of its row's figure that goes to each area."""
    figure = parts[column].astype("Float64")
    exact = figure * share
    if not whole:
        return exact
    # Shares are positive or zero, and so are figures: what is cut off is the fraction.
    least = exact // 1
    row = parts["_row"]
    left = figure - least.groupby(row).transform("sum")
    rank = (exact - least).groupby(row).rank(method="first", ascending=False)
    more: pd.Series[Any] = least + (rank <= left).astype("Float64")
    return more


def fit_margins(
    prior: FloatArray, rows: FloatArray, columns: FloatArray, *, rounds: int = 100_000
) -> FloatArray:
    """Fit a table to the sums of its rows and columns, as near to the prior as can be.

    Iterative proportional fitting: rows and columns are scaled in turn, which gives the table with
    these sums that is nearest to the prior in relative entropy.

    Parameters
    ----------
    prior
        Shape (r, c), not negative; what is zero stays so.
    rows, columns
        Sums, shape (r,) and (c,). Columns are scaled to the total of the rows first.
    rounds
        At most so many times.

    Returns
    -------
    Array of shape (r, c).

    Raises
    ------
    AnalysisError
        If no table with the prior's zeros has these sums.

    References
    ----------
    Deming, W. E. & Stephan, F. F. (1940). On a least squares adjustment of a sampled frequency
    table. Annals of Mathematical Statistics 11.
    """
    wanted = columns * (rows.sum() / columns.sum())
    fitted: FloatArray = prior.astype("float64")
    with np.errstate(divide="ignore", invalid="ignore"):
        for _ in range(rounds):
            fitted = fitted * np.nan_to_num(wanted / fitted.sum(axis=0))
            fitted = fitted * np.nan_to_num(rows / fitted.sum(axis=1))[:, None]
            if np.allclose(fitted.sum(axis=0), wanted, rtol=1e-6):
                return fitted
    raise AnalysisError("no table with the zeros of the prior has these sums of rows and columns")
