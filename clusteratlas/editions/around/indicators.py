"""The table of indicators: what is known of regions beside their clusters."""

from __future__ import annotations

import pandas as pd

from clusteratlas.analysis.regions.performance import innovation, per_head
from clusteratlas.editions.flow.recipe import Limits
from clusteratlas.editions.flow.step import step, table
from clusteratlas.vocabulary.indicators import (
    COVERED_JOBS,
    FIGURE,
    INDICATORS,
    SURVEY_JOBS,
    Indicator,
)
from clusteratlas.vocabulary.keys import is_region

NEAREST = 1
"""Years that the base of a ratio may be off what is counted."""


@step()
def survey_totals(survey_figures: pd.DataFrame, survey_year: int) -> pd.DataFrame:
    """Jobs and median wage of all occupations together."""
    whole = survey_figures[survey_figures["group"] == "total"]
    named = {SURVEY_JOBS: "jobs", "median_wage": "median_wage"}
    frames = [
        pd.DataFrame(
            {
                "indicator": indicator,
                "region": whole["region"],
                "year": survey_year,
                "value": whole[column].astype("Float64"),
                "source": whole["source"],
            }
        )
        for indicator, column in named.items()
    ]
    return pd.concat(frames, ignore_index=True)


@table(keep=True)
def indicators(
    survey_totals: pd.DataFrame,
    summed_counts: pd.DataFrame,
    university_counts: pd.DataFrame,
    state_counts: pd.DataFrame,
    nonemployer_counts: pd.DataFrame,
    region_list: frozenset[str],
    limits: Limits,
) -> pd.DataFrame:
    """Figures of regions and ratios of them, each with its unit."""
    parts = (survey_totals, summed_counts, university_counts, state_counts, nonemployer_counts)
    counts = pd.concat([f[FIGURE] for f in parts if len(f)], ignore_index=True)
    counts = counts.dropna(subset="value").astype({"year": "int64", "value": "float64"})
    counts = counts[counts["region"].isin(region_list)]
    ratios = [ratio_rows(counts, one) for one in INDICATORS.values() if one.base]
    frame = latest_years(pd.concat([counts, *ratios], ignore_index=True), limits.small_years)
    units = {name: one.unit for name, one in INDICATORS.items()}
    return frame.assign(unit=frame["indicator"].map(units))


@step()
def region_list(regions: pd.DataFrame) -> frozenset[str]:
    """Keys of all regions."""
    return frozenset(regions["key"])


def ratio_rows(counts: pd.DataFrame, ratio: Indicator) -> pd.DataFrame:
    """Divide what is counted by its base of the same year, or of the nearest one known.

    Parameters
    ----------
    counts
        Figures of regions.
    ratio
        Which to divide.

    Returns
    -------
    DataFrame
        Rows like ``counts``: years and sources are those of what is counted. None where the base
        is more than :data:`NEAREST` years off.
    """
    above = counts[counts["indicator"] == ratio.counted]
    below = counts.loc[counts["indicator"] == ratio.base, ["region", "year", "value"]]
    pairs = above.merge(below, on="region", suffixes=("", "_base"))
    pairs["off"] = (pairs["year"] - pairs["year_base"]).abs()
    pairs = pairs[pairs["off"] <= NEAREST].sort_values(["region", "year", "off", "year_base"])
    near = pairs.drop_duplicates(["region", "year"])
    if ratio.base == COVERED_JOBS:
        value = innovation(near["value"], near["value_base"])
    else:
        value = per_head(near["value"], near["value_base"], ratio.scale)
    found = near.assign(indicator=ratio.id, value=value)[FIGURE]
    return found.dropna(subset="value")


def latest_years(figures: pd.DataFrame, years: int) -> pd.DataFrame:
    """Keep so many of the latest years that counties have of each indicator, and all elsewhere."""
    county = is_region(figures["region"], "county")
    newest = {
        str(name): set(sorted(own.unique())[-years:]) if years else set()
        for name, own in figures[county].groupby("indicator")["year"]
    }
    pairs = zip(figures["indicator"], figures["year"], strict=True)
    late = [year in newest.get(name, ()) for name, year in pairs]
    return figures[~county | pd.Series(late, index=figures.index, dtype=bool)]
