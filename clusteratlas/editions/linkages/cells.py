"""Employment by industry and area, in the codes and areas of the edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

import numpy as np
import pandas as pd

from clusteratlas.analysis.cells.bridge import backwards, bridge_cells, bridge_shares
from clusteratlas.analysis.cells.suppression import fill_top_down
from clusteratlas.editions.flow.files import DataFile, in_naics
from clusteratlas.editions.flow.losses import Loss, left_out, refuse_losses
from clusteratlas.editions.flow.recipe import Areas
from clusteratlas.editions.flow.step import step
from clusteratlas.editions.linkages.cbsas import current_cbsa
from clusteratlas.errors import AnalysisError, InputError
from clusteratlas.loaders.economy.qcew import official_naics
from clusteratlas.loaders.places.counties import TERRITORIES, modernize
from clusteratlas.vocabulary.keys import region_key

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
def cbsa_published(cbsa_employment: DataFile, cbsas: DataFile, naics: DataFile) -> pd.DataFrame:
    """Figures of CBSAs as they are published, under the codes of the edition's delineation."""
    cbsa = in_naics(cbsa_employment, naics)
    return cbsa.assign(area=current_cbsa(cbsa["area"], cbsas.vintage))


@step()
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
    """County cells with withheld ones estimated, in the edition's NAICS.

    Returns
    -------
    DataFrame
        area, naics, jobs, jobs_low, jobs_high, establishments; six-digit industries.
    """
    filled = fill_counties(private_counties(county_employment.read()))
    if county_bridge.shares is None:
        return filled
    return bridge_cells(filled, county_bridge.shares, ["area"], VALUES).drop(columns="bridged")


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
def ea_of_county(economic_areas: DataFile) -> pd.Series:
    """Key of the economic area of each county, by FIPS code."""
    areas = modernize(economic_areas.table, "county")
    return region_key("ea", areas["ea"].str.lstrip("0")).set_axis(areas["county"])


@step()
def ea_cells(
    filled_counties: pd.DataFrame,
    ea_of_county: pd.Series,
    county_employment: DataFile,
    economic_areas: DataFile,
) -> pd.DataFrame:
    """Cells of economic areas as the sums of their counties: region and as in the counties.

    Definitions are derived from them, so they are of all counties with employment, whatever the
    population estimates know.

    Raises
    ------
    JobsLost
        If too many jobs are in counties of no economic area.
    """
    refuse_losses(
        outside_economic_areas(filled_counties, ea_of_county, county_employment, economic_areas)
    )
    of = filled_counties.assign(region=filled_counties["area"].map(ea_of_county))
    keys = ["region", "naics"]
    return of.dropna(subset="region").groupby(keys, as_index=False)[VALUES].sum()


def outside_economic_areas(
    filled_counties: pd.DataFrame,
    ea_of_county: pd.Series,
    county_employment: DataFile,
    economic_areas: DataFile,
) -> list[Loss]:
    """Jobs in counties that are in no economic area; in a territory none is."""
    jobs = filled_counties.groupby("area")["jobs"].sum()
    lost = set(jobs.index) - set(ea_of_county.index)
    return left_out(
        jobs,
        {c for c in lost if c[:2] not in TERRITORIES},
        file=county_employment.key,
        what=f"counties without an economic area in {economic_areas.key}",
        remedy="name county figures in files.county_employment that have the counties of the areas",
    )


@step()
def county_cells(
    filled_counties: pd.DataFrame, ea_cells: pd.DataFrame, region_parts: pd.DataFrame
) -> pd.DataFrame:
    """Cells of the edition's counties, and of economic areas as the sums of their counties.

    Returns
    -------
    DataFrame
        region, region_type, naics, jobs, jobs_low, jobs_high, establishments, payroll (missing).
    """
    counties = filled_counties
    own = counties.assign(region=region_key("county", counties["area"]), region_type="county")
    own = own[own["region"].isin(region_parts["part"])]
    areas = ea_cells[ea_cells["region"].isin(region_parts["whole"])].assign(region_type="ea")
    keys = ["region", "region_type", "naics"]
    both = pd.concat([own[[*keys, *VALUES]], areas[[*keys, *VALUES]]], ignore_index=True)
    return both.assign(payroll=pd.Series(pd.NA, index=both.index, dtype="Float64"))


@step()
def area_cells(
    state_employment: DataFile,
    cbsa_employment: DataFile,
    filled_counties: pd.DataFrame,
    ea_cells: pd.DataFrame,
    naics: DataFile,
) -> AreaCells:
    """Six-digit cells of each area set over which co-location can be measured.

    None depends on a delineation or on the population estimates, which only describe places.
    """
    columns = ["area", "naics", "jobs", "establishments"]
    cbsa = in_naics(cbsa_employment, naics)
    # Resamples draw areas by their place in the order of the codes: always that of one list.
    cbsa = cbsa.assign(area=current_cbsa(cbsa["area"]))
    published = {"state": state_employment.table, "cbsa": cbsa}
    return AreaCells(
        {
            **{k: f.loc[f["level"] == 6, columns] for k, f in published.items()},
            "county": filled_counties[columns],
            "ea": ea_cells.rename(columns={"region": "area"})[columns],
        }
    )
