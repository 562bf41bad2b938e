"""The table of indicators: what is known of regions beside their clusters."""

from __future__ import annotations

import pandas as pd

from clusteratlas.editions.flow.step import step, table
from clusteratlas.vocabulary.indicators import INDICATORS, SURVEY_JOBS

_COLUMNS = ["indicator", "region", "year", "value", "source"]


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
def indicators(survey_totals: pd.DataFrame) -> pd.DataFrame:
    """Figures of regions, each with its unit."""
    frame = survey_totals.dropna(subset="value")
    units = {name: one.unit for name, one in INDICATORS.items()}
    return frame[_COLUMNS].assign(unit=frame["indicator"].map(units))
