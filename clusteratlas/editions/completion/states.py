"""States that business patterns publish, completed one after the other."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from clusteratlas.analysis.cells.states import PublishedState, complete_state, published_states
from clusteratlas.editions.flow.files import DataFile, in_naics
from clusteratlas.editions.flow.step import step
from clusteratlas.loaders.economy.cbp import CBP_COUNTY

CODE = (
    "vocabulary/naics.py",
    "loaders/economy",
    "loaders/source",
    "analysis/cells",
    "editions/completion",
)
"""What completed cells are computed by: they are dear, and no change elsewhere touches them."""

_NEEDED = ["area", "naics", "jobs", "establishments", "payroll"]


def leaves_out_rows(county_employment: DataFile) -> bool:
    """Whether a county file is of the programme that leaves out the rows of small cells."""
    return county_employment.source is CBP_COUNTY


@step(layers=CODE)
def published_by_state(
    county_employment: DataFile,
    state_employment: DataFile,
    expected_establishments: pd.DataFrame,
    naics: DataFile,
) -> dict[str, PublishedState]:
    """Lay out what business patterns publish of each state and its counties.

    None where the county file leaves out no rows.
    """
    if not leaves_out_rows(county_employment):
        return {}
    counties, states = in_naics(county_employment, naics), in_naics(state_employment, naics)
    return published_states(counties[_NEEDED], states[_NEEDED], expected_establishments)


@step(over="states", layers=CODE)
def published_state(
    published_by_state: Mapping[str, PublishedState], state: str
) -> PublishedState | None:
    """Pick one state; None where the county file leaves out no rows."""
    return published_by_state.get(state)


@step(over="states", keep=True, parallel=True, layers=CODE)
def completed_state(published_state: PublishedState | None) -> pd.DataFrame:
    """Complete one state with all its counties, at every level of the NAICS.

    Returns
    -------
    DataFrame
        As of :func:`complete_state`; without rows where nothing is left out.
    """
    if published_state is None:
        return pd.DataFrame()
    found = complete_state(published_state)
    figures = found.columns.drop(["area", "naics"])
    return found.astype(dict.fromkeys(figures, np.int32))
