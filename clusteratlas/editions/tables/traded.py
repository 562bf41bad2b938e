"""What an edition says of traded, regional and local industries, and of the judged exceptions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from clusteratlas.analysis.linkages.colocation import pivot_levels
from clusteratlas.analysis.traded.industry_types import (
    beyond_scores,
    buyer_kinds,
    concentration_inside_markets,
    industry_types,
    market_coverage,
    regional_scores,
)
from clusteratlas.analysis.traded.rule import geography_tests
from clusteratlas.errors import EditionError

if TYPE_CHECKING:
    from clusteratlas.editions.store.edition import Edition
    from clusteratlas.editions.tables.linkages import AreaCells

MEASURES = ["traded_score", "c50", "s5", "gini"]
"""Columns behind the kind of an industry."""


def area_tests(
    cells: pd.DataFrame, codes: Sequence[str], settings: Mapping[str, Any]
) -> pd.DataFrame:
    """Test how unevenly each industry is spread over the areas of some cells.

    Parameters
    ----------
    cells
        area, naics, jobs.
    codes
        Industries.
    settings
        Entry ``traded`` of the recipe: smallest_area and top.

    Returns
    -------
    DataFrame
        Index NAICS code; c50, s5, gini.
    """
    levels = pivot_levels(cells, codes, sorted(cells["area"].unique()))
    return geography_tests(
        levels,
        levels.sum(axis=0),
        codes,
        smallest_area=float(settings["smallest_area"]),
        top=int(settings["top"]),
    )


def typed_industries(
    cells: AreaCells,
    traded: pd.DataFrame,
    settings: Mapping[str, Any],
    places: Mapping[str, pd.DataFrame],
    consumer_share: pd.Series,
) -> pd.DataFrame:
    """Add who buys from each industry, and how far its market reaches.

    Establishments of counties show the concentration inside economic areas, against residents;
    employment of states shows what sells beyond them.

    Parameters
    ----------
    cells
        Six-digit cells of the area sets ``county`` and ``state``.
    traded
        As of :func:`clusteratlas.editions.tables.linkages.traded_industries`.
    settings
        Entry ``traded`` of the recipe.
    places
        Tables ``regions`` and ``region_parts``.
    consumer_share
        Index six-digit code: share of its sector's sales that goes to personal consumption.

    Returns
    -------
    DataFrame
        ``traded`` with consumer_share, buyer, inside, coverage, beyond, regional_score, type.
    """
    codes = list(traded.index)
    parts, residents = places["region_parts"], places["regions"].set_index("key")["population"]
    whole = parts[parts["whole"].str.startswith("ea:")].set_index("part")["whole"]
    county = cells["county"]
    areas = [a for a in sorted(county["area"].unique()) if f"county:{a}" in whole.index]
    keys = [f"county:{a}" for a in areas]
    plants = pivot_levels(county, codes, areas, "establishments")
    base = residents.reindex(keys).to_numpy(dtype=float, na_value=0.0)
    region = np.unique(whole.loc[keys].to_numpy(dtype=str), return_inverse=True)[1]
    inside = pd.Series(concentration_inside_markets(plants, base, region), index=traded.index)
    covered = pd.Series(market_coverage(plants, region), index=traded.index)
    covered = covered.where(plants.sum(axis=1) > 0)
    beyond = beyond_scores(area_tests(cells["state"], codes, settings))
    regional = regional_scores(inside, covered, beyond)
    bought = consumer_share.reindex(codes)
    return traded.assign(
        consumer_share=bought, buyer=buyer_kinds(bought), inside=inside, coverage=covered,
        beyond=beyond, regional_score=regional,
        type=industry_types(regional, traded["traded_score"]),
    )  # fmt: skip


def judged_exceptions(edition: Edition) -> pd.DataFrame:
    """List the industries whose kind was judged against their score, with the reason.

    Returns
    -------
    DataFrame
        naics, title, rule (what the score says), judged, reason, traded_score, c50, s5, gini, jobs;
        sorted by judgement, reason and code.

    Raises
    ------
    EditionError
        If the manifest has no such list.
    """
    parameters = edition.manifest.get("parameters", {})
    entries = parameters.get("traded", {}).get("judged")
    if entries is None:
        raise EditionError(
            f"the manifest of edition {edition.key} lists no judged exceptions",
            hint="`clusteratlas build --data DIR --out EDITION` writes them",
        )
    rows = [(code, e["kind"], e["reason"]) for e in entries for code in e["codes"]]
    judged = pd.DataFrame(rows, columns=["naics", "judged", "reason"])
    table = six_digits(edition).assign(
        rule=lambda t: np.where(t["traded_score"] >= 0.5, "traded", "local")
    )
    columns = ["naics", "title", "rule", *MEASURES, "jobs"]
    frame = judged.merge(table[columns], on="naics", how="left", validate="one_to_one")
    order = ["naics", "title", "rule", "judged", "reason", *MEASURES, "jobs"]
    found: pd.DataFrame = frame.sort_values(["judged", "reason", "naics"])[order]
    return found.reset_index(drop=True)


def type_counts(edition: Edition) -> pd.DataFrame:
    """Count industries and jobs by type, kind and buyer.

    Returns
    -------
    DataFrame
        type, kind, buyer (None where not known), industries, jobs, share (of the jobs of all
        classed industries), wage (thousand USD a job and year); sorted.
    """
    table = six_digits(edition)
    known = table[table["type"].notna()]
    by = known.groupby(["type", "kind", "buyer"], dropna=False)
    counts = by.agg(
        industries=("naics", "size"), jobs=("jobs", "sum"), payroll=("payroll", "sum")
    ).reset_index()
    total = counts["jobs"].sum()
    return counts.assign(
        share=counts["jobs"] / total,
        wage=counts["payroll"] / counts["jobs"].where(counts["jobs"] > 0),
    ).drop(columns="payroll")


def six_digits(edition: Edition) -> pd.DataFrame:
    """Six-digit industries of the edition's own NAICS that were classed."""
    table = edition.table("industries")
    found: pd.DataFrame = table[(table["level"] == 6) & table["kind"].notna()]
    return found
