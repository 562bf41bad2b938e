"""Counties of QCEW, which publishes every row and withholds figures: estimates, top down."""

from __future__ import annotations

import numpy as np
import pandas as pd

from clusteratlas.analysis.cells.bridge import bridge_cells, bridge_shares
from clusteratlas.analysis.cells.suppression import fill_top_down
from clusteratlas.editions.completion.states import CODE, leaves_out_rows
from clusteratlas.editions.flow.files import DataFile
from clusteratlas.editions.flow.step import step
from clusteratlas.editions.linkages.by_zip import by_county, preferred
from clusteratlas.editions.linkages.naics_bridges import NaicsBridge, ends_of, jobs_by_industry
from clusteratlas.editions.linkages.planning_regions import CELLS, old_counties
from clusteratlas.errors import AnalysisError, InputError
from clusteratlas.loaders.economy.qcew import official_naics

VALUES = ["jobs", "jobs_low", "jobs_high", "establishments"]

_ROUNDING = 0.5
"""QCEW employment is an average over the year, rounded: published parts may miss their sum."""


@step(layers=CODE)
def naics_bridge(bridge: DataFile, bridge_weights: DataFile) -> pd.DataFrame:
    """Shares by which employment of an older NAICS is brought to that of most files."""
    return bridge_shares(bridge.table, jobs_by_industry(bridge_weights))


@step(keep=True)
def filled_cells(county_employment: DataFile) -> pd.DataFrame:
    """County cells with withheld ones estimated, in the NAICS and counties of the file.

    Returns
    -------
    DataFrame
        As of :func:`fill_counties`. Without rows where the file leaves out rows and withholds none
        (:mod:`.states`).
    """
    if leaves_out_rows(county_employment):
        return pd.DataFrame()
    return fill_counties(private_counties(county_employment.read()))


@step(keep=True)
def filled_counties(
    filled_cells: pd.DataFrame, county_employment: DataFile, county_bridge: NaicsBridge
) -> pd.DataFrame:
    """Bring filled cells to the NAICS and counties of the edition."""
    if filled_cells.empty:
        return filled_cells
    if county_bridge.changes:
        by = ["area"]
        filled_cells = bridge_cells(filled_cells, county_bridge.shares, by, VALUES).drop(
            columns="bridged"
        )
    return old_counties(county_employment, filled_cells, CELLS)


@step(keep=True, layers=CODE)
def expected_establishments(
    known_establishments: DataFile,
    naics_bridge: pd.DataFrame,
    bridge: DataFile,
    zip_establishments: DataFile | None,
    zip_shares: DataFile | None,
) -> pd.DataFrame:
    """Count the establishments of each industry and county that another file publishes.

    They say which industries are likely where business patterns leave a row out. Their codes are of
    the NAICS that ``bridge`` leads to. Where a recipe names establishments of ZIP codes, and their
    shares in counties, these are taken for all counties that they have.

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
    cells = _brought(cells, known_establishments, "known_establishments", naics_bridge, bridge)
    if zip_establishments is None or zip_shares is None:
        return cells
    zips = by_county(zip_establishments.table, zip_shares.table)
    return preferred(
        _brought(zips, zip_establishments, "zip_establishments", naics_bridge, bridge), cells
    )


def _brought(
    cells: pd.DataFrame, file: DataFile, role: str, shares: pd.DataFrame, bridge: DataFile
) -> pd.DataFrame:
    """Bring establishments to the codes that a concordance leads to."""
    start, end = ends_of(bridge)
    if file.naics != end:
        if file.naics != start:
            raise InputError(
                f"{file.key} has codes of NAICS {file.naics}, "
                f"{bridge.key} leads from {start} to {end}",
                hint=f"name a file in files.{role} that the concordance leads from",
            )
        cells = bridge_cells(cells, shares, ["area"], ["establishments"])
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
