"""States that business patterns publish, completed one after the other.

In one year, the anchor, metropolitan areas are published as well, and bound the counties that they
have. The other years begin with what that one found: how many establishments an industry has where
rows are left out, and of what size they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from clusteratlas.analysis.cells.bridge import bridge_cells
from clusteratlas.analysis.cells.metropolitan.bounds import with_metros
from clusteratlas.analysis.cells.metropolitan.counties import metro_counties
from clusteratlas.analysis.cells.states import (
    PublishedState,
    complete_state,
    published_states,
    with_earlier,
)
from clusteratlas.editions.flow.files import DataFile, same_naics
from clusteratlas.editions.flow.step import step
from clusteratlas.editions.linkages.cbsas import current_cbsa, dropped_cbsas
from clusteratlas.editions.linkages.naics_bridges import NaicsBridge, ends_of, find_bridge
from clusteratlas.editions.linkages.planning_regions import (
    BY_TOWNS,
    as_in_file,
    has_planning_regions,
)
from clusteratlas.errors import InputError
from clusteratlas.loaders.economy.cbp import CBP_COUNTY

CODE = (
    "vocabulary/naics.py",
    "loaders/economy",
    "loaders/source",
    "analysis/cells",
    "editions/completion",
    "editions/linkages/by_zip.py",
    "editions/linkages/cbsas.py",
    "editions/linkages/cbsa_changes.csv",
    "editions/linkages/naics_bridges.py",
    "editions/linkages/planning_regions.py",
    "editions/linkages/planning_regions.csv",
)
"""What completed cells are computed by: they are dear, and no change elsewhere touches them."""

_EXPECTED = ["establishments", "jobs"]

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
    bridge: DataFile,
    dropped_areas: bool,
) -> Anchor:
    """Lay out what is published of each state, its counties and its metropolitan areas.

    Areas that the delineation no longer has are among these where the recipe says so
    (``dropped_areas``).

    Raises
    ------
    InputError
        If the files are not all of the NAICS that ``bridge`` leads to, or have planning regions.
    """
    if anchor_counties.naics != ends_of(bridge)[1] or has_planning_regions(anchor_counties):
        raise InputError(
            f"{anchor_counties.key} is not of NAICS {ends_of(bridge)[1]} and of the old counties "
            "of Connecticut",
            hint="name files of an earlier year in files.anchor_counties and files.anchor_states",
        )
    counties, states = anchor_counties.table, same_naics(anchor_states, anchor_counties)
    metros = same_naics(cbsa_employment, anchor_counties)
    metros = metros.assign(area=current_cbsa(metros["area"], cbsas.vintage))
    listed = cbsas.table[["cbsa", "county"]]
    if dropped_areas:
        listed = pd.concat([listed, dropped_cbsas(cbsas.vintage)], ignore_index=True)
    found = metro_counties(metros[_NEEDED], counties[_NEEDED], listed)
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
def anchor_bridge(
    county_employment: DataFile,
    anchor_counties: DataFile,
    state_employment: DataFile,
    bridge: DataFile,
    later_bridge: DataFile | None,
) -> NaicsBridge:
    """Find what brings the codes of the anchor year to those of a county file that needs it.

    Raises
    ------
    InputError
        If the file is of an older NAICS: those files leave out no rows.
    """
    if not leaves_out_rows(county_employment):
        return NaicsBridge(0, 0)
    if (county_employment.naics or 0) < (anchor_counties.naics or 0):
        raise InputError(
            f"{county_employment.key} has codes of NAICS {county_employment.naics}, "
            f"{anchor_counties.key} of NAICS {anchor_counties.naics}: files of business patterns "
            "from before it leave out no rows, and are not completed",
            hint="name a later year in files.county_employment",
        )
    return find_bridge(
        anchor_counties.naics,
        county_employment.naics,
        (bridge, later_bridge),
        (state_employment,),
        what=anchor_counties.key,
        near=county_employment.vintage,
    )


@step(layers=CODE)
def published_by_state(
    county_employment: DataFile,
    state_employment: DataFile,
    expected_establishments: pd.DataFrame,
    anchor_counties: DataFile,
    anchor_states: DataFile,
    anchor_bridge: NaicsBridge,
) -> dict[str, PublishedState]:
    """Lay out what business patterns publish of each state and its counties, in their own codes.

    Industries of the anchor year are there in every year: in 2018 no state has three establishments
    of other depository credit (522190), and what its parents have of it has to be somewhere.
    None in the anchor year, and where the county file leaves out no rows.
    """
    if not leaves_out_rows(county_employment) or county_employment.key == anchor_counties.key:
        return {}
    counties, states = county_employment.table, same_naics(state_employment, county_employment)
    expected = _as_expected(
        expected_establishments, county_employment, anchor_bridge, ["establishments"]
    )
    known = _codes_of((anchor_counties, anchor_states), anchor_bridge)
    return published_states(counties[_NEEDED], states[_NEEDED], expected, known)


def _codes_of(files: Iterable[DataFile], bridge: NaicsBridge) -> set[str]:
    """Industries that files have, in the codes that a bridge leads to."""
    codes = {str(code) for file in files for code in file.table["naics"].unique()}
    if not bridge.changes:
        return codes
    came = bridge.shares[bridge.shares["from_naics"].isin(codes)]
    return set(came["to_naics"].astype(str))


def _as_expected(
    cells: pd.DataFrame, file: DataFile, bridge: NaicsBridge, values: list[str]
) -> pd.DataFrame:
    """Bring what another file or year has to the codes and the counties of a file."""
    if bridge.changes:
        cells = bridge_cells(cells, bridge.shares, ["area"], values).drop(columns="bridged")
    return as_in_file(file, cells, {value: BY_TOWNS[value] for value in values})


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
    county_employment: DataFile,
    anchor_bridge: NaicsBridge,
) -> PublishedState | pd.DataFrame | None:
    """Give what is published of a state, its cells if they are complete, or None.

    None where the county file leaves out no rows, or has not the state.
    """
    if is_anchor:
        return anchored_state
    own = published_by_state.get(state)
    if own is None or anchored_state.empty:
        return own
    if anchor_bridge.changes or has_planning_regions(county_employment):
        cells = anchored_state[["area", "naics", *_EXPECTED]]
        cells = cells.astype({"area": "string", "naics": "string"})
        anchored_state = _as_expected(cells, county_employment, anchor_bridge, _EXPECTED)
    return with_earlier(own, anchored_state)


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
