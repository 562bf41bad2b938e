"""Counties of QCEW, which publishes every row and withholds figures: estimates, top down."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from clusteratlas.analysis.cells.bridge import backwards, bridge_cells, bridge_shares
from clusteratlas.analysis.cells.suppression import fill_top_down
from clusteratlas.editions.completion.states import CODE, leaves_out_rows
from clusteratlas.editions.flow.files import DataFile
from clusteratlas.editions.flow.step import step
from clusteratlas.editions.linkages.planning_regions import CELLS, old_counties
from clusteratlas.errors import AnalysisError, InputError
from clusteratlas.loaders.economy.qcew import official_naics

VALUES = ["jobs", "jobs_low", "jobs_high", "establishments"]

_ROUNDING = 0.5
"""QCEW employment is an average over the year, rounded: published parts may miss their sum."""


@step(layers=CODE)
def naics_bridge(bridge: DataFile, bridge_weights: DataFile) -> pd.DataFrame:
    """Shares by which employment of an older NAICS is brought to the edition's."""
    return bridge_shares(bridge.table, _nation_by_industry(bridge_weights))


@dataclass(frozen=True)
class CountyBridge:
    """How the codes of a county file become those of the edition."""

    shares: pd.DataFrame | None
    """As :func:`bridge_shares` gives them; None where the codes are the edition's own."""
    by: str = ""
    """Key of the concordance."""
    weights: str = ""
    """Key of the file whose employment divides an industry among several."""


@step()
def county_bridge(
    county_employment: DataFile,
    bridge: DataFile,
    bridge_back: DataFile | None,
    bridge_weights: DataFile,
    state_employment: DataFile,
    naics_bridge: pd.DataFrame,
    naics: DataFile,
) -> CountyBridge:
    """Find what brings the county file to the edition's NAICS, forwards or backwards.

    Backwards a newer industry is divided among the older ones that it came from, by their
    employment in the nearest year in which the nation is published in their codes; evenly where
    they have none.

    Raises
    ------
    InputError
        If no concordance leads from the one NAICS to the other.
    """
    wanted = (county_employment.naics, naics.vintage)
    if wanted[0] == wanted[1]:
        return CountyBridge(None)
    if wanted == _ends(bridge):
        return CountyBridge(naics_bridge, bridge.key, bridge_weights.key)
    if bridge_back is not None and wanted[::-1] == _ends(bridge_back):
        nations = [f for f in (state_employment, bridge_weights) if f.naics == naics.vintage]
        near = min(nations, key=lambda f: abs(f.vintage - county_employment.vintage))
        shares = bridge_shares(backwards(bridge_back.table), _nation_by_industry(near))
        return CountyBridge(shares, bridge_back.key, near.key)
    raise InputError(
        f"{county_employment.key} has codes of NAICS {wanted[0]}, the edition of NAICS "
        f"{wanted[1]}; {bridge.key} leads from {_ends(bridge)[0]} to {_ends(bridge)[1]}",
        hint="files.bridge and files.bridge_weights of the recipe have to fit the file",
    )


def _ends(concordance: DataFile) -> tuple[int, int]:
    first = concordance.table.iloc[0]
    return int(first["from_vintage"]), int(first["to_vintage"])


def _nation_by_industry(state_employment: DataFile) -> pd.Series:
    table = state_employment.table
    return table[table["level"] == 6].groupby("naics")["jobs"].sum()


@step(keep=True)
def filled_counties(county_employment: DataFile, county_bridge: CountyBridge) -> pd.DataFrame:
    """County cells with withheld ones estimated, in the edition's NAICS and counties.

    Returns
    -------
    DataFrame
        area, naics, jobs, jobs_low, jobs_high, establishments; six-digit industries. Without rows
        where the file leaves out rows and withholds none (:mod:`.states`).
    """
    if leaves_out_rows(county_employment):
        return pd.DataFrame()
    filled = fill_counties(private_counties(county_employment.read()))
    if county_bridge.shares is not None:
        by = ["area"]
        filled = bridge_cells(filled, county_bridge.shares, by, VALUES).drop(columns="bridged")
    return old_counties(county_employment, filled, CELLS)


@step(keep=True, layers=CODE)
def expected_establishments(
    known_establishments: DataFile, naics_bridge: pd.DataFrame, bridge: DataFile, naics: DataFile
) -> pd.DataFrame:
    """Count the establishments of each industry and county that another file publishes.

    They say which industries are likely where business patterns leave a row out.

    Returns
    -------
    DataFrame
        area, naics, establishments.
    """
    table = known_establishments.read()
    own = (table["ownership"] == 5) & (table["area_type"] == "county") & (table["level"] == 6)
    cells = table.loc[own, ["area", "naics", "establishments"]]
    cells = cells.assign(naics=official_naics(cells["naics"]))
    cells = cells.groupby(["area", "naics"], as_index=False, observed=True).sum()
    if known_establishments.naics != naics.vintage:
        if known_establishments.naics != _ends(bridge)[0]:
            raise InputError(
                f"{known_establishments.key} has codes of NAICS {known_establishments.naics}, the "
                f"edition of NAICS {naics.vintage}",
                hint=f"name a file in files.known_establishments that {bridge.key} leads from",
            )
        cells = bridge_cells(cells, naics_bridge, ["area"], ["establishments"])
    return cells[["area", "naics", "establishments"]]


def private_counties(qcew: pd.DataFrame) -> pd.DataFrame:
    """Keep what a build needs of QCEW: private employment, and all employment of counties."""
    areas = qcew["area_type"].isin(["county", "state"])
    private = (qcew["ownership"] == 5) & areas
    whole = (qcew["ownership"] == 0) & (qcew["level"] == 0) & (qcew["area_type"] == "county")
    columns = ["area", "area_type", "ownership", "naics", "level", "establishments", "jobs"]
    return qcew.loc[private | whole, columns]


def fill_counties(qcew: pd.DataFrame) -> pd.DataFrame:
    """County cells of private employment with withheld ones estimated, in the NAICS of the file.

    Parameters
    ----------
    qcew
        Tidy table of source ``qcew``: private ownership of counties and states, and the counties'
        totals of all ownerships.

    Returns
    -------
    DataFrame
        area, naics, jobs, jobs_low, jobs_high, establishments; six-digit industries.

    Raises
    ------
    AnalysisError
        If a county has no total that would bound its cells.
    """
    states = qcew[(qcew["area_type"] == "state") & qcew["jobs"].notna()]
    sums = states.groupby("naics")[["jobs", "establishments"]].sum().astype("float64")
    size = (sums["jobs"] / sums["establishments"])[sums["establishments"] > 0]
    counties = qcew[(qcew["area_type"] == "county") & (qcew["ownership"] == 5)]
    filled = fill_top_down(
        counties[["area", "naics", "establishments", "jobs"]], size, rounding=_ROUNDING
    )
    six = filled[counties["level"].to_numpy() == 6].copy()
    # Where even the private total is withheld, that of all ownerships closes the open bound.
    whole = qcew[(qcew["area_type"] == "county") & (qcew["ownership"] == 0)].set_index("area")
    cap = six["area"].map(whole["jobs"]).astype("float64").clip(lower=six["jobs"])
    six["jobs_high"] = six["jobs_high"].clip(upper=cap.fillna(np.inf))
    lost = six.loc[np.isinf(six["jobs_high"]), "area"].unique()
    if len(lost):
        raise AnalysisError(
            f"county {lost[0]} has neither a private nor a whole total to bound its cells",
            hint="keep the rows of ownership 0 and level 0",
        )
    six["naics"] = official_naics(six["naics"])
    table: pd.DataFrame = six.groupby(["area", "naics"], as_index=False, observed=True)[
        VALUES
    ].sum()
    return table
