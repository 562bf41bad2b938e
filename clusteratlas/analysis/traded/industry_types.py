"""Industries by the reach of their markets and by who buys from them.

References: Delgado & Mills 2020 (supply-chain and consumer industries); Lynch & Manduca 2024
(regional industries); Ellison & Glaeser 1997 (concentration beyond that of plants); Porter 2003
(traded industries). The regional score is ours: it puts what Lynch & Manduca describe into three
tests on open data, and does not reproduce their list.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from clusteratlas.analysis.traded.rule import (
    JUDGED_KINDS,
    PORTER_2003,
    UNPLACED,
    Thresholds,
    scores_of_tests,
)
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray, IntArray

SUPPLY_CHAIN_CUT = 0.35
"""Share of sales to personal consumption below which an industry is one of the supply chain
(Delgado & Mills 2020)."""

DISPERSED = 0.02
"""Concentration index below which Ellison & Glaeser 1997 call an industry not very concentrated."""

REACH = ("traded", "regional", "local")
"""How far markets reach, the farthest first."""


def buyer_kinds(consumer_share: pd.Series, *, cut: float = SUPPLY_CHAIN_CUT) -> pd.Series:
    """Class each industry by its buyers.

    Parameters
    ----------
    consumer_share
        ``PCE_i``: sales to personal consumption / sales to all buyers; NaN where not known.

    Returns
    -------
    Series ``buyer``: ``supply-chain`` below ``cut``, else ``consumer``; None where not known.
    """
    share = consumer_share.astype(np.float64)
    found = pd.Series(
        np.where(share < cut, "supply-chain", "consumer"), index=share.index, dtype=object
    )
    return found.where(share.notna(), None).rename("buyer")


def concentration_inside_markets(
    plants: FloatArray, base: FloatArray, region: IntArray
) -> FloatArray:
    """How far an industry crowds into some counties of each market area.

    Within a region ``r``, with ``n_r`` plants of the industry, ``s_c`` the share of them in county
    ``c`` and ``x_c`` the county's share of the base, all plants taken as equal (Ellison & Glaeser
    1997 with ``H = 1 / n_r``)::

        gamma_r = (sum_c (s_c - x_c)^2 / (1 - sum_c x_c^2) - 1 / n_r) / (1 - 1 / n_r)

    The result is the mean of ``gamma_r`` with weights ``n_r - 1``. 0 is what plants would give that
    choose counties by their base, at random and each for itself, however few they are.

    Parameters
    ----------
    plants
        Shape (industries, counties): establishments; fractions from a bridge are fine.
    base
        Shape (counties,): what a local industry follows, residents.
    region
        Shape (counties,): number of the market area of each county, from 0.

    Returns
    -------
    Shape (industries,); NaN where no region with two counties holds two plants.

    Raises
    ------
    AnalysisError
        The shapes do not fit, or a region has no base.
    """
    if plants.shape[1:] != base.shape or base.shape != region.shape:
        raise AnalysisError(
            f"plants {plants.shape}, base {base.shape} and regions {region.shape} do not fit",
            hint="give one column of plants, one base and one region for each county",
        )
    base_of = _by_region(base[None, :], region)[0]
    if (base_of <= 0).any():
        raise AnalysisError("a region has no base", hint="leave out counties without residents")
    x = base / base_of[region]
    n = _by_region(plants, region)
    room = 1.0 - _by_region(x[None, :] ** 2, region)[0]
    inside = n[:, region]
    s = np.divide(plants, inside, out=np.zeros_like(plants), where=inside > 0)
    spread = _by_region((s - x) ** 2, region)
    used = (n >= 2) & (room > 1e-9)
    one = np.divide(1.0, n, out=np.zeros_like(n), where=used)
    relative = np.divide(spread, room, out=np.zeros_like(n), where=used)
    gamma = np.where(used, (relative - one) / (1.0 - one), 0.0)
    weight = np.where(used, n - 1.0, 0.0)
    total = weight.sum(axis=1)
    found = np.full(len(plants), np.nan)
    np.divide((gamma * weight).sum(axis=1), total, out=found, where=total > 0)
    return found


def market_coverage(plants: FloatArray, region: IntArray) -> FloatArray:
    """Share of the regions in which an industry is found, shape (industries,).

    Parameters
    ----------
    plants
        Shape (industries, counties): establishments.
    region
        Shape (counties,): number of the market area of each county, from 0.

    Returns
    -------
    Share, 0 to 1.
    """
    return np.asarray((_by_region(plants, region) > 0).mean(axis=1), dtype=np.float64)


def beyond_scores(state_tests: pd.DataFrame, limits: Thresholds = PORTER_2003) -> pd.Series:
    """Score from 0 to 1 how far an industry sells beyond its state.

    The lowest of the three scores of its tests on the *states*, so it is at least 0.5 exactly
    where all three of Porter 2003 are passed. Nothing in it was fitted.

    Parameters
    ----------
    state_tests
        As given by :func:`clusteratlas.analysis.traded.rule.geography_tests` on states.
    limits
        Values at which a test is passed.

    Returns
    -------
    Series ``beyond``, index as given; NaN where a test is missing.
    """
    return scores_of_tests(state_tests, limits).min(axis=1, skipna=False).rename("beyond")


def regional_scores(
    inside: pd.Series, covered: pd.Series, beyond: pd.Series, *, cut: float = DISPERSED
) -> pd.Series:
    """Score from 0 to 1 how far the market of an industry lies between a county and a state.

    Lynch & Manduca 2024 find such industries in most metropolitan areas, and concentrated inside
    each. The score is the lowest of three, each 0.5 at its threshold: ``g / (g + cut)`` of the
    concentration ``g`` inside market areas (negative ones count as 0), the share of market areas
    that have the industry, and ``1 - beyond``.

    Parameters
    ----------
    inside
        As given by :func:`concentration_inside_markets`, by NAICS code.
    covered
        As given by :func:`market_coverage`.
    beyond
        As given by :func:`beyond_scores`.
    cut
        Concentration that scores 0.5.

    Returns
    -------
    Series ``regional_score``, index as of ``inside``; NaN where one of the three is not known.
    """
    g = inside.clip(lower=0.0)
    parts = pd.DataFrame({"inside": g / (g + cut), "covered": covered, "state": 1.0 - beyond})
    lowest: pd.Series = parts.min(axis=1, skipna=False)
    return lowest.rename("regional_score")


def industry_types(regional_score: pd.Series, traded_score: pd.Series) -> pd.Series:
    """Class by scores alone: ``regional`` from 0.5, else ``traded`` from 0.5, else ``local``.

    No judgement enters, so a type may differ from the kind that clusters are made of. None where
    the traded score is not known and the industry is not regional.

    Parameters
    ----------
    regional_score
        As given by :func:`regional_scores`.
    traded_score
        As given by :func:`clusteratlas.analysis.traded.rule.traded_scores`.

    Returns
    -------
    Series ``type``, index of the traded scores.
    """
    limit = 0.5 - 1e-12
    regional = regional_score >= limit
    found = pd.Series(
        np.where(regional, "regional", np.where(traded_score >= limit, "traded", "local")),
        index=traded_score.index,
        dtype=object,
    )
    return found.where(regional | traded_score.notna(), None).rename("type")


def count_types(industries: pd.DataFrame) -> pd.DataFrame:
    """Count industries and jobs by type, kind and buyer.

    Parameters
    ----------
    industries
        Classed industries: naics, type, kind, buyer, jobs, payroll (thousand USD). Those without a
        type are left out.

    Returns
    -------
    DataFrame
        type, kind, buyer (None where not known), industries, jobs, share (of the jobs of all
        industries that have a type), wage (thousand USD a job and year, missing without jobs);
        sorted.
    """
    known = industries[industries["type"].notna()]
    counts = (
        known.groupby(["type", "kind", "buyer"], dropna=False)
        .agg(industries=("naics", "size"), jobs=("jobs", "sum"), payroll=("payroll", "sum"))
        .reset_index()
    )
    return counts.assign(
        share=counts["jobs"] / counts["jobs"].sum(),
        wage=counts["payroll"] / counts["jobs"].where(counts["jobs"] > 0),
    ).drop(columns="payroll")


def count_buyers(counts: pd.DataFrame) -> pd.DataFrame:
    """Add up counts over the buyers, and say how many industries sell to which.

    Parameters
    ----------
    counts
        As given by :func:`count_types`.

    Returns
    -------
    DataFrame
        kind, type, industries, jobs, supply_chain, consumer (industries that sell mostly to
        either); each pair once, kinds in the order of :data:`JUDGED_KINDS` and types in that of
        :data:`REACH`.
    """
    order = [*REACH, UNPLACED]
    sold = counts.assign(
        supply_chain=counts["industries"].where(counts["buyer"] == "supply-chain", 0),
        consumer=counts["industries"].where(counts["buyer"] == "consumer", 0),
    )
    figures = ["industries", "jobs", "supply_chain", "consumer"]
    found: pd.DataFrame = sold.groupby(["kind", "type"])[figures].sum().reset_index()
    return found.sort_values(
        ["kind", "type"], key=lambda words: words.map(order.index), ignore_index=True
    )


def count_kinds(industries: pd.DataFrame) -> pd.DataFrame:
    """Count industries and jobs by kind.

    Parameters
    ----------
    industries
        Classed industries: kind (traded, local or unplaced), jobs (missing counts as none).

    Returns
    -------
    Index ``traded``, ``local``, both of them always, and ``unplaced`` where there are such; columns
    ``industries, jobs``.
    """
    jobs = industries["jobs"].groupby(industries["kind"]).agg(["size", "sum"])
    found = jobs.set_axis(["industries", "jobs"], axis="columns")
    kinds = [k for k in JUDGED_KINDS if k != UNPLACED or k in found.index]
    return found.reindex(kinds, fill_value=0).astype("int64")


def _by_region(values: FloatArray, region: IntArray) -> FloatArray:
    """Sum columns by region: shape (rows, regions)."""
    out = np.zeros((int(region.max()) + 1, len(values)))
    np.add.at(out, region, values.T)
    return np.ascontiguousarray(out.T)
