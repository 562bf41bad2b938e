"""Whether every job of the employment files comes out of a build, or is named among its losses."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd

from clusteratlas.analysis.cells.states import REST
from clusteratlas.analysis.traded.rule import UNPLACED
from clusteratlas.editions.cells.counties import CountyCells
from clusteratlas.editions.completion.states import Anchor, leaves_out_rows
from clusteratlas.editions.flow.files import DataFile
from clusteratlas.editions.flow.losses import Loss, left_out, refuse_losses
from clusteratlas.editions.flow.step import step
from clusteratlas.editions.linkages.cells import outside_economic_areas
from clusteratlas.editions.linkages.naics_bridges import NaicsBridge
from clusteratlas.editions.linkages.planning_regions import county_list_bridge, old_counties
from clusteratlas.editions.linkages.traded import judged_codes
from clusteratlas.loaders.places.counties import TERRITORIES
from clusteratlas.vocabulary.naics import TOTAL

_POPULATION = "name estimates in files.population that have the counties of the employment files"
_CODES = "the file has codes of another NAICS than its year says: name one of another year"


@step(over="employment", fixed=["naics", "county_facts", "six_digit_codes", "edition_rule"])
def county_losses(
    county_employment: DataFile,
    state_employment: DataFile,
    county_cells: CountyCells,
    ea_of_county: pd.Series,
    economic_areas: DataFile,
    naics: DataFile,
    county_facts: pd.DataFrame,
    population: DataFile,
    income: DataFile,
    cbsas: DataFile,
    six_digit_codes: Sequence[str],
    edition_rule: Mapping[str, Any],
) -> list[Loss]:
    """Jobs of a year that the tables of some regions leave out."""
    file = county_employment
    whole = county_cells.grids["jobs"][:, county_cells.codes.index(TOTAL)]
    areas = pd.Series(whole.astype(float), index=list(county_cells.areas))
    areas = areas[areas.index.str.len() == 5]
    nowhere = {area for area in areas.index[areas > 0] if area.endswith(REST)}
    areas_of_counties = areas[~areas.index.str.endswith(REST)]
    away = {c for c in areas_of_counties.index if c[:2] in TERRITORIES}
    known = set(county_facts["code"])
    delineated = {c for c in cbsas.table["county"] if c[:2] not in TERRITORIES}
    poor = set(county_facts.loc[county_facts["income"].isna(), "code"])
    leaves = county_cells.leaves()
    states = leaves[leaves["area"].str.len() == 2]
    national = states.groupby("naics")["jobs"].sum()
    unplaced = {code for code, kind in judged_codes(edition_rule).items() if kind == UNPLACED}
    return [
        *_without_state(file, state_employment, county_cells),
        *_missed_totals(file, state_employment, county_cells),
        *left_out(
            areas,
            nowhere,
            file=file.key,
            what="what lies in no county of its state, which only states and the nation have",
        ),
        *_regions(
            areas_of_counties, known, file, f"counties of {population.key}", _POPULATION, away
        ),
        *outside_economic_areas(areas_of_counties, ea_of_county, file, economic_areas),
        *left_out(
            areas_of_counties,
            delineated - known,
            file=file.key,
            what=f"counties of {cbsas.key} that {population.key} lacks",
            remedy=_POPULATION,
        ),
        *left_out(
            areas_of_counties,
            _beside(delineated, known),
            file=file.key,
            what=f"counties in no area of {cbsas.key}, which has others in their states that "
            f"{population.key} lacks",
            remedy="files.cbsas and files.population have to be of the same counties",
        ),
        *left_out(
            areas_of_counties,
            poor,
            file=file.key,
            what=f"counties without income of {population.vintage} in {income.key}",
            remedy="name a file in files.income that has the counties and year of files.population",
        ),
        *_industries(national, six_digit_codes, file, naics),
        *left_out(
            national,
            unplaced.intersection(national.index),
            file=file.key,
            what="jobs booked at an employer of record, which only the totals of regions have",
        ),
    ]


@step()
def losses(
    county_losses: Mapping[str, list[Loss]],
    anchor: Anchor,
    cbsa_employment: DataFile,
    survey_losses: list[Loss],
) -> list[Loss]:
    """All jobs that the tables leave out, by file and join.

    Areas that bound no county are named as well: no job of theirs is lost.

    Raises
    ------
    JobsLost
        If one join loses too many.
    """
    found = [loss for year in county_losses.values() for loss in year]
    refuse_losses(found)
    table = cbsa_employment.table
    jobs = table[table["level"] == 0].groupby("area")["jobs"].sum().astype("float64")
    unused = left_out(
        jobs,
        set(anchor.left_out),
        file=cbsa_employment.key,
        what="areas that are the sum of no known counties, so that they bound none",
    )
    return [*found, *unused, *survey_losses]


@step(over="employment", fixed=["naics"])
def county_bridges(
    county_employment: DataFile,
    county_bridge: NaicsBridge,
    naics: DataFile,
    county_cells: CountyCells,
) -> dict[str, Any]:
    """Say for the manifest how the codes of a county file became the edition's."""
    if not county_bridge.changes:
        return {}
    return {
        "file": county_employment.key,
        "from_naics": county_employment.naics,
        "to_naics": naics.vintage,
        "concordances": list(county_bridge.concordances),
        "weights": list(county_bridge.weights),
        **county_cells.bridged["naics"],
    }


@step(over="employment")
def county_list_bridges(county_employment: DataFile, county_cells: CountyCells) -> dict[str, Any]:
    """Say for the manifest how the planning regions of a county file became counties."""
    told = county_list_bridge(county_employment, "jobs", "establishments")
    return {**told, **county_cells.bridged.get("counties", {})}


@step()
def population_bridge(population: DataFile) -> dict[str, Any]:
    """Say for the manifest how the planning regions of the estimates became counties."""
    return county_list_bridge(population, "people")


def _without_state(file: DataFile, state_employment: DataFile, cells: CountyCells) -> list[Loss]:
    """Counties that are not completed, since the file of states lacks theirs."""
    if not leaves_out_rows(file):
        return []
    # Files of some years have no totals: six digits count what is published of each county.
    own = file.table.loc[file.table["level"] == 6, ["area", "naics", "jobs"]]
    own = old_counties(file, own, {"jobs": "jobs"})
    jobs = own.groupby("area")["jobs"].sum().astype("float64")
    lost = set(map(str, jobs.index)) - set(cells.areas)
    away = {code for code in lost if code[:2] in TERRITORIES}
    return [
        *left_out(
            jobs,
            lost - away,
            file=file.key,
            what=f"counties of states that {state_employment.key} lacks",
            remedy="name a file in files.state_employment that has the states of the counties",
        ),
        *left_out(jobs, away, file=file.key, what="areas of territories, which are no regions"),
    ]


def _missed_totals(file: DataFile, states: DataFile, cells: CountyCells) -> list[Loss]:
    """Jobs by which states miss their published totals, where figures contradict each other."""
    if not leaves_out_rows(file) or states.vintage != file.vintage:
        return []
    table = states.table
    published = table[table["level"] == 0].set_index("area")["jobs"].astype("float64")
    column = cells.codes.index(TOTAL)
    found = {a: float(row[column]) for a, row in zip(cells.areas, cells.grids["jobs"], strict=True)}
    own = pd.Series(found).reindex(published.index)
    missed = (own - published).abs()
    off = missed[missed > 0]
    if off.empty:
        return []
    share = round(float(off.sum() / published.sum()), 6)
    return [
        Loss(
            states.key,
            "totals of states that contradict other figures, and are missed",
            tuple(sorted(map(str, off.index))),
            round(float(off.sum())),
            share,
            remedy="name files of counties and states that are of one year",
        )
    ]


def _beside(delineated: set[str], known: set[str]) -> set[str]:
    """Counties in no area of a delineation that has unknown counties in their state."""
    states = {code[:2] for code in delineated - known}
    return {code for code in known - delineated if code[:2] in states}


def _regions(
    jobs: pd.Series[Any],
    known: set[str],
    file: DataFile,
    regions: str,
    remedy: str,
    away: Collection[str] = (),
) -> list[Loss]:
    """Areas of a file without a region, those of the territories apart, and the reverse."""
    lost = set(map(str, jobs.index)) - known
    outside = lost & set(away)
    return [
        *left_out(
            jobs,
            lost - outside,
            file=file.key,
            what=f"areas that are not among the {regions}",
            remedy=remedy,
        ),
        *left_out(jobs, outside, file=file.key, what="areas of territories, which are no regions"),
        *left_out(
            jobs,
            known - set(map(str, jobs.index)),
            file=file.key,
            what=f"{regions} without a figure",
        ),
    ]


def _industries(
    jobs: pd.Series[Any], clustered: Sequence[str], file: DataFile, naics: DataFile
) -> list[Loss]:
    """Codes that no cluster has: industries of the edition, and codes that it does not know."""
    own = set(map(str, jobs.index))
    lost = own - set(clustered)
    # Clusters are derived of what the first year's file has, so they may have unknown codes too.
    listed = set(naics.table["naics"]) | file.source.naics_extra
    return [
        *left_out(
            jobs,
            own - listed,
            file=file.key,
            what=f"codes that are not in {naics.key}",
            remedy=_CODES,
        ),
        *left_out(jobs, lost & listed, file=file.key, what="industries that are in no cluster"),
    ]
