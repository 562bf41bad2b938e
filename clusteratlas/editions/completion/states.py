"""States that business patterns publish, completed one after the other.

In one year, the anchor, metropolitan areas are published as well, and bound the counties that they
have. The other years begin with what that one found: how many establishments an industry has where
rows are left out, and of what size they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from clusteratlas.analysis.cells.metropolitan.bounds import with_metros
from clusteratlas.analysis.cells.metropolitan.counties import metro_counties
from clusteratlas.analysis.cells.states import (
    PublishedState,
    complete_state,
    published_states,
    with_earlier,
)
from clusteratlas.editions.flow.files import DataFile, in_naics
from clusteratlas.editions.flow.step import step
from clusteratlas.editions.linkages.cbsas import current_cbsa
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


@dataclass(frozen=True)
class Anchor:
    """The year in which metropolitan areas are published beside counties and states."""

    states: Mapping[str, PublishedState]
    """With the bounds of metropolitan areas, by the two digits of the state."""
    left_out: Mapping[str, str]
    """Areas that bound nothing, with the reason."""


@step(layers=CODE)
def anchor(
    anchor_counties: DataFile,
    anchor_states: DataFile,
    cbsa_employment: DataFile,
    cbsas: DataFile,
    expected_establishments: pd.DataFrame,
    naics: DataFile,
) -> Anchor:
    """Lay out what is published of each state, its counties and its metropolitan areas."""
    counties, states = in_naics(anchor_counties, naics), in_naics(anchor_states, naics)
    metros = in_naics(cbsa_employment, naics)
    metros = metros.assign(area=current_cbsa(metros["area"], cbsas.vintage))
    found = metro_counties(metros[_NEEDED], counties[_NEEDED], cbsas.table[["cbsa", "county"]])
    published = published_states(counties[_NEEDED], states[_NEEDED], expected_establishments)
    bounded, apart = with_metros(published, metros[_NEEDED], found.counties)
    return Anchor(bounded, {**found.left_out, **apart})


@step(over="states", layers=CODE)
def anchor_state(anchor: Anchor, state: str) -> PublishedState | None:
    """Pick one state of the anchor year."""
    return anchor.states.get(state)


@step(over="states", keep=True, parallel=True, layers=CODE)
def anchored_state(anchor_state: PublishedState | None) -> pd.DataFrame:
    """Complete one state in the anchor year."""
    return _completed(anchor_state)


@step(layers=CODE)
def published_by_state(
    county_employment: DataFile,
    state_employment: DataFile,
    expected_establishments: pd.DataFrame,
    anchor_counties: DataFile,
    naics: DataFile,
) -> dict[str, PublishedState]:
    """Lay out what business patterns publish of each state and its counties.

    None in the anchor year, and where the county file leaves out no rows.
    """
    if not leaves_out_rows(county_employment) or county_employment.key == anchor_counties.key:
        return {}
    counties, states = in_naics(county_employment, naics), in_naics(state_employment, naics)
    return published_states(counties[_NEEDED], states[_NEEDED], expected_establishments)


@step(layers=CODE)
def is_anchor(county_employment: DataFile, anchor_counties: DataFile) -> bool:
    """Tell whether the county file is that of the anchor year."""
    return county_employment.key == anchor_counties.key


@step(over="states", layers=CODE)
def state_to_complete(
    published_by_state: Mapping[str, PublishedState],
    anchored_state: pd.DataFrame,
    is_anchor: bool,
    state: str,
) -> PublishedState | pd.DataFrame | None:
    """Give what is published of a state, its cells if they are complete, or None.

    None where the county file leaves out no rows, or has not the state.
    """
    if is_anchor:
        return anchored_state
    own = published_by_state.get(state)
    return None if own is None else with_earlier(own, anchored_state)


@step(over="states", keep=True, parallel=True, layers=CODE)
def completed_state(state_to_complete: PublishedState | pd.DataFrame | None) -> pd.DataFrame:
    """Complete one state with all its counties, at every level of the NAICS.

    Returns
    -------
    DataFrame
        As of :func:`complete_state`; without rows where nothing is left out.
    """
    if isinstance(state_to_complete, pd.DataFrame):
        return state_to_complete
    return _completed(state_to_complete)


def _completed(published: PublishedState | None) -> pd.DataFrame:
    if published is None:
        return pd.DataFrame()
    found = complete_state(published)
    figures = found.columns.drop(["area", "naics"])
    return found.astype(dict.fromkeys(figures, np.int32))
