"""Whether every job of the employment files comes out of a build, or is named among its losses."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd

from clusteratlas.editions.flow.files import DataFile
from clusteratlas.editions.flow.losses import Loss, left_out, refuse_losses
from clusteratlas.editions.flow.step import step
from clusteratlas.editions.linkages.cells import CountyBridge, outside_economic_areas
from clusteratlas.editions.linkages.planning_regions import county_list_bridge
from clusteratlas.loaders.places.counties import TERRITORIES
from clusteratlas.vocabulary.keys import codes_of, is_region

_POPULATION = "name estimates in files.population that have the counties of the employment files"
_CODES = "the file has codes of another NAICS than its year says: name one of another year"


@step(over="state_years", fixed=["naics", "regions"])
def state_losses(
    state_employment: DataFile,
    naics: DataFile,
    regions: pd.DataFrame,
    six_digit_codes: Sequence[str],
) -> list[Loss]:
    """Jobs of a file of the states that its tables leave out."""
    file, table = state_employment, state_employment.table
    areas = _published(table, "area")
    known = set(codes_of(regions.loc[is_region(regions["key"], "state"), "key"]))
    return [
        *_regions(areas, known, file, "states", _POPULATION),
        *_industries(_published(table, "naics"), six_digit_codes, file, naics),
    ]


@step(over="cbsa_years", fixed=["cbsas", "naics", "regions"])
def cbsa_losses(
    cbsa_employment: DataFile,
    cbsa_published: pd.DataFrame,
    cbsas: DataFile,
    population: DataFile,
    naics: DataFile,
    regions: pd.DataFrame,
    six_digit_codes: Sequence[str],
) -> list[Loss]:
    """Jobs of a file of CBSAs that its tables leave out."""
    areas = _published(cbsa_published, "area")
    known = set(codes_of(regions.loc[is_region(regions["key"], "cbsa"), "key"]))
    listed = cbsas.table
    away = set(listed.loc[listed["county"].str[:2].isin(TERRITORIES), "cbsa"])
    year = cbsa_employment.source.delineation(cbsa_employment.vintage)
    fit = f"files.cbsas has to fit the employment: {cbsa_employment.key} is published in the areas "
    fit += f"of cbsa-delineation:{year}" if year else "of another delineation"
    # An area of the delineation is no region where its counties have no people.
    empty = set(map(str, areas.index)) & set(listed["cbsa"]) - known - away
    return [
        *left_out(
            areas,
            empty,
            file=cbsa_employment.key,
            what=f"areas of {cbsas.key} whose counties {population.key} lacks",
            remedy="files.cbsas and files.population have to be of the same counties",
        ),
        *_regions(areas, known | empty, cbsa_employment, f"areas of {cbsas.key}", fit, away),
        *_industries(_published(cbsa_published, "naics"), six_digit_codes, cbsa_employment, naics),
    ]


@step(over="county_years", fixed=["naics", "county_facts", "six_digit_codes"])
def county_losses(
    county_employment: DataFile,
    filled_counties: pd.DataFrame,
    ea_of_county: pd.Series,
    economic_areas: DataFile,
    naics: DataFile,
    county_facts: pd.DataFrame,
    population: DataFile,
    income: DataFile,
    cbsas: DataFile,
    six_digit_codes: Sequence[str],
) -> list[Loss]:
    """Jobs of a file of counties that its tables leave out."""
    file = county_employment
    areas = filled_counties.groupby("area")["jobs"].sum()
    away = {c for c in areas.index if c[:2] in TERRITORIES}
    known = set(county_facts["code"])
    delineated = {c for c in cbsas.table["county"] if c[:2] not in TERRITORIES}
    poor = set(county_facts.loc[county_facts["income"].isna(), "code"])
    return [
        *_regions(areas, known, file, f"counties of {population.key}", _POPULATION, away),
        *outside_economic_areas(filled_counties, ea_of_county, file, economic_areas),
        *left_out(
            areas,
            delineated - known,
            file=file.key,
            what=f"counties of {cbsas.key} that {population.key} lacks",
            remedy=_POPULATION,
        ),
        *left_out(
            areas,
            poor,
            file=file.key,
            what=f"counties without income of {population.vintage} in {income.key}",
            remedy="name a file in files.income that has the counties and year of files.population",
        ),
        *_industries(filled_counties.groupby("naics")["jobs"].sum(), six_digit_codes, file, naics),
    ]


@step()
def losses(
    state_losses: Mapping[str, list[Loss]],
    cbsa_losses: Mapping[str, list[Loss]],
    county_losses: Mapping[str, list[Loss]],
) -> list[Loss]:
    """All jobs that the tables leave out, by file and join.

    Raises
    ------
    JobsLost
        If one join loses too many.
    """
    kinds = (state_losses, cbsa_losses, county_losses)
    found = [loss for years in kinds for year in years.values() for loss in year]
    refuse_losses(found)
    return found


@step(over="county_years", fixed=["naics"])
def county_bridges(
    county_employment: DataFile, county_bridge: CountyBridge, naics: DataFile
) -> dict[str, Any]:
    """Say for the manifest how the codes of a county file became the edition's."""
    if county_bridge.shares is None:
        return {}
    return {
        "file": county_employment.key,
        "from_naics": county_employment.naics,
        "to_naics": naics.vintage,
        "concordance": county_bridge.by,
        "weights": county_bridge.weights,
    }


@step()
def population_bridge(population: DataFile) -> dict[str, Any]:
    """Say for the manifest how the planning regions of the estimates became counties."""
    return county_list_bridge(population, "people")


def _published(table: pd.DataFrame, by: str) -> pd.Series[Any]:
    """Sum the published jobs of a file by area, or by six-digit industry."""
    level = 0 if by == "area" else 6
    return table[table["level"] == level].groupby(by)["jobs"].sum().astype("float64")


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
    lost = set(map(str, jobs.index)) - set(clustered)
    listed = set(naics.table["naics"]) | file.source.naics_extra
    return [
        *left_out(
            jobs,
            lost - listed,
            file=file.key,
            what=f"codes that are not in {naics.key}",
            remedy=_CODES,
        ),
        *left_out(jobs, lost & listed, file=file.key, what="industries that are in no cluster"),
    ]
