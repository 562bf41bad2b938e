"""Employment by industry and area, in the codes and areas of the edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

import numpy as np
import pandas as pd

from clusteratlas.analysis.cells.bridge import bridge_cells, bridge_shares
from clusteratlas.analysis.cells.suppression import fill_top_down
from clusteratlas.editions.flow.files import DataFile, in_naics
from clusteratlas.editions.flow.recipe import Areas
from clusteratlas.editions.flow.step import step
from clusteratlas.editions.linkages.cbsas import current_cbsa
from clusteratlas.errors import AnalysisError, InputError
from clusteratlas.loaders.economy.qcew import official_naics
from clusteratlas.vocabulary.keys import is_region, region_key

AREA_SETS: tuple[str, ...] = get_args(Areas)
"""Sets of areas over which co-location can be measured."""

UNCLASSIFIED = "99"
"""Sector of establishments without an industry."""

VALUES = ["jobs", "jobs_low", "jobs_high", "establishments"]

_ROUNDING = 0.5
"""QCEW employment is an average over the year, rounded: published parts may miss their sum."""


@dataclass(frozen=True)
class AreaCells:
    """Six-digit cells by area set: area, naics, jobs, establishments."""

    by_set: Mapping[str, pd.DataFrame]

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self.by_set:
            raise InputError(
                f"the recipe names the unknown area set {name!r}",
                hint=f"area sets: {', '.join(AREA_SETS)}",
            )
        return self.by_set[name]


@step()
def national_figures(state_employment: DataFile, naics: DataFile) -> pd.DataFrame:
    """Sum the states: index NAICS code at every level; jobs, establishments, payroll."""
    state = in_naics(state_employment, naics)
    kept = state[state["level"] > 0]
    return kept.groupby("naics")[["jobs", "establishments", "payroll"]].sum(min_count=1)


@step()
def national_industries(national_figures: pd.DataFrame) -> pd.DataFrame:
    """Keep the six-digit industries of the nation: jobs, establishments, payroll."""
    return national_figures[national_figures.index.str.len() == 6]


@step()
def six_digit_codes(national_industries: pd.DataFrame) -> list[str]:
    """List the six-digit industries that have an industry, sorted."""
    return [c for c in sorted(national_industries.index) if not c.startswith(UNCLASSIFIED)]


@step()
def cbsa_published(cbsa_employment: DataFile, naics: DataFile) -> pd.DataFrame:
    """Figures of CBSAs as they are published, under the current codes of the areas."""
    cbsa = in_naics(cbsa_employment, naics)
    return cbsa.assign(area=current_cbsa(cbsa["area"]))


@step()
def naics_bridge(bridge: DataFile, bridge_weights: DataFile) -> pd.DataFrame:
    """Shares by which employment of an older NAICS is brought to the edition's."""
    weights = bridge_weights.table
    first = weights[weights["level"] == 6].groupby("naics")["jobs"].sum()
    return bridge_shares(bridge.table, first)


@step(keep=True)
def filled_counties(
    county_employment: DataFile, naics_bridge: pd.DataFrame, bridge: DataFile, naics: DataFile
) -> pd.DataFrame:
    """County cells with withheld ones estimated, in the edition's NAICS.

    Returns
    -------
    DataFrame
        area, naics, jobs, jobs_low, jobs_high, establishments; six-digit industries.

    Raises
    ------
    InputError
        If the file is neither in the edition's NAICS nor in the one that the bridge starts from.
    """
    filled = fill_counties(private_counties(county_employment.read()))
    if county_employment.naics == naics.vintage:
        return filled
    first = int(bridge.table["from_vintage"].iloc[0])
    if county_employment.naics != first:
        raise InputError(
            f"{county_employment.key} has codes of NAICS {county_employment.naics}; "
            f"{bridge.key} leads from NAICS {first}",
            hint="files.bridge and files.bridge_weights of the recipe have to fit the file",
        )
    found: pd.DataFrame = bridge_cells(filled, naics_bridge, ["area"], VALUES).drop(
        columns="bridged"
    )
    return found


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


@step()
def county_cells(filled_counties: pd.DataFrame, region_parts: pd.DataFrame) -> pd.DataFrame:
    """Cells of the edition's counties, and of economic areas as the sums of their counties.

    Returns
    -------
    DataFrame
        region, region_type, naics, jobs, jobs_low, jobs_high, establishments, payroll (missing).
    """
    counties = filled_counties
    own = counties.assign(region=region_key("county", counties["area"]), region_type="county")
    own = own[own["region"].isin(region_parts["part"])]
    of = region_parts[is_region(region_parts["whole"], "ea")].set_index("part")["whole"]
    wide = own.assign(region=own["region"].map(of), region_type="ea").dropna(subset="region")
    keys = ["region", "region_type", "naics"]
    areas = wide.groupby(keys, as_index=False)[VALUES].sum()
    both = pd.concat([own[[*keys, *VALUES]], areas], ignore_index=True)
    return both.assign(payroll=pd.Series(pd.NA, index=both.index, dtype="Float64"))


@step()
def area_cells(
    state_employment: DataFile,
    cbsa_published: pd.DataFrame,
    filled_counties: pd.DataFrame,
    county_cells: pd.DataFrame,
) -> AreaCells:
    """Six-digit cells of each area set over which co-location can be measured."""
    columns = ["area", "naics", "jobs", "establishments"]
    published = {"state": state_employment.table, "cbsa": cbsa_published}
    wide = county_cells[county_cells["region_type"] == "ea"]
    return AreaCells(
        {
            **{k: f.loc[f["level"] == 6, columns] for k, f in published.items()},
            "county": filled_counties[columns],
            "ea": wide.rename(columns={"region": "area"})[columns].reset_index(drop=True),
        }
    )
