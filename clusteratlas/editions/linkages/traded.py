"""Which industries are traded, regional and local, by the geography of their employment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from clusteratlas.analysis.heirs import lists_of_heirs
from clusteratlas.analysis.linkages.colocation import pivot_levels
from clusteratlas.analysis.linkages.input_output import SectorFlows
from clusteratlas.analysis.traded.industry_types import (
    beyond_scores,
    buyer_kinds,
    concentration_inside_markets,
    industry_types,
    market_coverage,
    regional_scores,
)
from clusteratlas.analysis.traded.rule import (
    UNPLACED,
    Thresholds,
    geography_tests,
    traded_kinds,
    traded_scores,
)
from clusteratlas.editions.flow.step import step
from clusteratlas.editions.linkages.cells import AreaCells
from clusteratlas.errors import InputError
from clusteratlas.vocabulary.arrays import FloatArray
from clusteratlas.vocabulary.keys import is_region, region_key


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
        Entry ``traded`` of the recipe: smallest_area, top, and the judged exceptions, of which the
        unplaced industries are no part of an area's jobs.

    Returns
    -------
    DataFrame
        Index NAICS code; c50, s5, gini.
    """
    levels = pivot_levels(cells, codes, sorted(cells["area"].unique()))
    return geography_tests(
        levels,
        placed_jobs(levels, codes, settings),
        codes,
        smallest_area=float(settings["smallest_area"]),
        top=int(settings["top"]),
    )


def judged_codes(settings: Mapping[str, Any]) -> dict[str, str]:
    """Kind of each industry that the recipe judges.

    Raises
    ------
    InputError
        If one is judged twice.
    """
    judged: dict[str, str] = {}
    for entry in settings["judged"]:
        for code in entry["codes"]:
            if code in judged:
                raise InputError(f"the recipe judges industry {code} twice")
            judged[code] = entry["kind"]
    return judged


def placed_jobs(
    levels: FloatArray, codes: Sequence[str], settings: Mapping[str, Any]
) -> FloatArray:
    """Jobs of each area in all industries but the unplaced ones.

    Parameters
    ----------
    levels
        Shape (industries, areas): jobs.
    codes
        Industries of the rows.
    settings
        As of :func:`area_tests`.
    """
    kinds = judged_codes(settings)
    placed = np.array([kinds.get(code) != UNPLACED for code in codes])
    return np.asarray(levels[placed].sum(axis=0))


@step()
def edition_rule(
    traded_rule: Mapping[str, Any],
    recipe_parts: pd.DataFrame,
    listed_codes: frozenset[str],
    six_digit_codes: Sequence[str],
) -> Mapping[str, Any]:
    """Give entry ``traded`` of the recipe, its judged industries in the NAICS of the edition."""
    if recipe_parts.empty:
        return traded_rule
    entries = traded_rule["judged"]
    lists = lists_of_heirs([entry["codes"] for entry in entries], recipe_parts, listed_codes)
    there = set(six_digit_codes)
    judged = [
        {**entry, "codes": [code for code in codes if code in there]}
        for entry, codes in zip(entries, lists, strict=True)
    ]
    return {**traded_rule, "judged": judged}


@step(keep=True)
def traded_industries(
    area_cells: AreaCells,
    six_digit_codes: Sequence[str],
    edition_rule: Mapping[str, Any],
) -> pd.DataFrame:
    """Test, score and class each industry by the geography of its employment.

    Parameters
    ----------
    area_cells
        Six-digit cells of each area set. An industry without any cell in the recipe's set is
        tested on the states.
    six_digit_codes
        Industries.
    edition_rule
        Entry ``traded`` of the recipe: areas, thresholds c50, s5, gini, smallest_area, top, and
        the judged exceptions.

    Returns
    -------
    DataFrame
        Index NAICS code; c50, s5, gini, traded_score, kind. The score stays as computed where the
        kind was judged.

    Raises
    ------
    InputError
        If a judged exception names an unknown industry, or one industry twice.
    """
    tests = area_tests(area_cells[edition_rule["areas"]], six_digit_codes, edition_rule)
    tests = tests.fillna(area_tests(area_cells["state"], six_digit_codes, edition_rule))
    limits = Thresholds(*(float(edition_rule[name]) for name in ("c50", "s5", "gini")))
    scores = traded_scores(tests, limits)
    kinds = traded_kinds(scores)
    judged = judged_codes(edition_rule)
    if unknown := sorted(set(judged) - set(kinds.index)):
        raise InputError(f"the recipe judges industry {unknown[0]}, but the data do not have it")
    kinds.loc[list(judged)] = list(judged.values())
    frame: pd.DataFrame = tests.assign(traded_score=scores, kind=kinds)
    return frame


@step()
def traded_codes(traded_industries: pd.DataFrame) -> list[str]:
    """List the industries that are clustered, sorted."""
    return [str(c) for c in traded_industries.index[traded_industries["kind"] == "traded"]]


@step()
def consumer_share(sector_of: pd.Series, io_flows: SectorFlows) -> pd.Series:
    """Share of the sales of each industry's sector that goes to personal consumption, by code."""
    return sector_of.map(pd.Series(io_flows.consumer_share, index=list(io_flows.codes)))


@step(keep=True)
def typed_industries(
    area_cells: AreaCells,
    traded_industries: pd.DataFrame,
    edition_rule: Mapping[str, Any],
    region_parts: pd.DataFrame,
    regions: pd.DataFrame,
    consumer_share: pd.Series,
) -> pd.DataFrame:
    """Add who buys from each industry, and how far its market reaches.

    Establishments of counties show the concentration inside economic areas, against residents;
    employment of states shows what sells beyond them.

    Parameters
    ----------
    area_cells
        Six-digit cells of the area sets ``county`` and ``state``.
    traded_industries
        As of :func:`traded_industries`.
    edition_rule
        Entry ``traded`` of the recipe.
    region_parts, regions
        The tables.
    consumer_share
        Index six-digit code: share of its sector's sales that goes to personal consumption.

    Returns
    -------
    DataFrame
        ``traded`` with consumer_share, buyer, inside, coverage, beyond, regional_score, type.
    """
    traded, parts = traded_industries, region_parts
    codes = list(traded.index)
    residents = regions.set_index("key")["population"]
    whole = parts[is_region(parts["whole"], "ea")].set_index("part")["whole"]
    county = area_cells["county"]
    inside_one = region_key("county", county["area"]).isin(whole.index)
    areas = sorted(county.loc[inside_one, "area"].unique())
    keys = [region_key("county", str(area)) for area in areas]
    plants = pivot_levels(county, codes, areas, "establishments")
    base = residents.reindex(keys).to_numpy(dtype=float, na_value=0.0)
    region = np.unique(whole.loc[keys].to_numpy(dtype=str), return_inverse=True)[1]
    inside = pd.Series(concentration_inside_markets(plants, base, region), index=traded.index)
    covered = pd.Series(market_coverage(plants, region), index=traded.index)
    covered = covered.where(plants.sum(axis=1) > 0)
    beyond = beyond_scores(area_tests(area_cells["state"], codes, edition_rule))
    regional = regional_scores(inside, covered, beyond)
    bought = consumer_share.reindex(codes)
    return traded.assign(
        consumer_share=bought,
        buyer=buyer_kinds(bought),
        inside=inside,
        coverage=covered,
        beyond=beyond,
        regional_score=regional,
        type=industry_types(regional, traded["traded_score"]),
    )
