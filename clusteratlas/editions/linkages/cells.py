"""Employment by industry and area, over the sets of areas that co-location is measured on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

import pandas as pd

from clusteratlas.analysis.cells.bridge import bridge_cells
from clusteratlas.analysis.cells.states import REST
from clusteratlas.editions.cells.counties import CountyCells
from clusteratlas.editions.flow.files import DataFile
from clusteratlas.editions.flow.losses import Loss, left_out, refuse_losses
from clusteratlas.editions.flow.recipe import Areas
from clusteratlas.editions.flow.step import step
from clusteratlas.editions.linkages.cbsas import current_cbsa
from clusteratlas.errors import InputError
from clusteratlas.loaders.places.counties import TERRITORIES, modernize
from clusteratlas.vocabulary.keys import region_key

AREA_SETS: tuple[str, ...] = get_args(Areas)
"""Sets of areas over which co-location can be measured."""

UNCLASSIFIED = "99"
"""Sector of establishments without an industry."""

_COLUMNS = ["area", "naics", "jobs", "establishments"]


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
def national_industries(national_figures: pd.DataFrame) -> pd.DataFrame:
    """Keep the six-digit industries of the nation: jobs, establishments, payroll."""
    return national_figures[national_figures.index.str.len() == 6]


@step()
def six_digit_codes(national_industries: pd.DataFrame) -> list[str]:
    """List the six-digit industries that have an industry, sorted."""
    return [c for c in sorted(national_industries.index) if not c.startswith(UNCLASSIFIED)]


@step()
def ea_of_county(economic_areas: DataFile) -> pd.Series:
    """Key of the economic area of each county, by FIPS code."""
    areas = modernize(economic_areas.table, "county")
    return region_key("ea", areas["ea"].str.lstrip("0")).set_axis(areas["county"])


def outside_economic_areas(
    jobs: pd.Series[Any],
    ea_of_county: pd.Series,
    county_employment: DataFile,
    economic_areas: DataFile,
) -> list[Loss]:
    """Jobs in counties that are in no economic area; in a territory none is."""
    lost = set(jobs.index) - set(ea_of_county.index)
    return left_out(
        jobs,
        {c for c in lost if c[:2] not in TERRITORIES},
        file=county_employment.key,
        what=f"counties without an economic area in {economic_areas.key}",
        remedy="name county figures in files.county_employment that have the counties of the areas",
    )


@step(keep=True)
def area_cells(
    county_cells: CountyCells,
    ea_of_county: pd.Series,
    county_employment: DataFile,
    economic_areas: DataFile,
    cbsa_employment: DataFile,
    cbsa_shares: pd.DataFrame,
) -> AreaCells:
    """Six-digit cells of each area set over which co-location can be measured.

    None depends on a delineation or on the population estimates, which only describe places: CBSAs
    are those that are published, without what their file leaves out.

    Raises
    ------
    JobsLost
        If too many jobs are in counties of no economic area.
    """
    cells = county_cells.leaves()
    length = cells["area"].str.len()
    county = cells[(length == 5) & ~cells["area"].str.endswith(REST)]
    jobs = county.groupby("area")["jobs"].sum()
    refuse_losses(outside_economic_areas(jobs, ea_of_county, county_employment, economic_areas))
    cbsa = cbsa_employment.table
    # Resamples draw areas by their place in the order of the codes: always that of one list.
    cbsa = cbsa.assign(area=current_cbsa(cbsa["area"]))
    cbsa = cbsa.loc[cbsa["level"] == 6, _COLUMNS]
    if len(cbsa_shares):
        cbsa = bridge_cells(cbsa, cbsa_shares, ["area"], ["jobs", "establishments"])
    return AreaCells(
        {
            "state": cells.loc[length == 2, _COLUMNS].reset_index(drop=True),
            "cbsa": cbsa[_COLUMNS],
            "county": county[_COLUMNS].reset_index(drop=True),
            "ea": county_cells.leaves(ea_of_county)[_COLUMNS],
        }
    )
