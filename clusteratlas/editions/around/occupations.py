"""Occupations in regions: from the areas of the survey to the regions of the edition."""

from __future__ import annotations

import pandas as pd

from clusteratlas.analysis.cells.overlaps import alike_areas
from clusteratlas.editions.flow.files import DataFile
from clusteratlas.editions.flow.losses import Loss, left_out
from clusteratlas.editions.flow.step import step, table
from clusteratlas.editions.linkages.planning_regions import (
    has_planning_regions,
    shares_of_counties,
)
from clusteratlas.errors import InputError
from clusteratlas.loaders.economy.oews import ALL
from clusteratlas.loaders.places.counties import STATES, TERRITORIES
from clusteratlas.vocabulary.keys import NATION, region_key
from clusteratlas.vocabulary.naics import TOTAL
from clusteratlas.vocabulary.tables import TABLES

LEAST_OVERLAP = 0.9
"""Residents in both areas, of those in either, from which a figure of one stands for the other. The
areas of another delineation mostly lost or won a small county at the edge."""

_COLUMNS = ["region", "area_type", "overlap", "soc", "group", "jobs", "median_wage", "source"]


@step()
def survey_areas(
    area_occupations: DataFile | None,
    area_delineation: DataFile | None,
    cbsas: DataFile,
    county_facts: pd.DataFrame,
) -> pd.DataFrame:
    """Metropolitan areas of the survey of occupations, and the regions that they stand for.

    The survey may use a later delineation than the edition. An area is taken for the region with
    which it shares the most residents, at least :data:`LEAST_OVERLAP` of those in either.

    Returns
    -------
    DataFrame
        ``area`` (code of the survey), ``region`` (key) and ``overlap``.

    Raises
    ------
    InputError
        If the recipe has no delineation of the year that the survey uses.
    """
    if area_occupations is None:
        return pd.DataFrame(columns=["area", "region", "overlap"])
    used = area_occupations.source.delineation(area_occupations.vintage)
    if area_delineation is None or area_delineation.vintage != used:
        raise InputError(
            f"the areas of {area_occupations.key} are of the delineation of {used}, and "
            "files.area_delineation is not",
            hint=f'area_delineation = "cbsa-delineation:{used}"',
        )
    people = county_facts.set_index("code")["population"]
    pairs = alike_areas(_members(cbsas), _members(area_delineation), people, LEAST_OVERLAP)
    return pd.DataFrame(
        {
            "area": pairs["second"],
            "region": region_key("cbsa", pairs["first"].astype("string")),
            "overlap": pairs["overlap"],
        }
    )


def _members(delineation: DataFile) -> pd.DataFrame:
    """Areas and the shares of the edition's counties in them."""
    own = delineation.table[["cbsa", "county"]].set_axis(["area", "county"], axis=1)
    if not has_planning_regions(delineation):
        return own.assign(share=1.0)
    shares = shares_of_counties().rename(columns={"start": "old", "end": "county"})
    cut = own.merge(shares[["old", "county", "people"]], on="county")
    divided = cut[["area", "old", "people"]].set_axis(["area", "county", "share"], axis=1)
    rest = own[~own["county"].isin(shares["county"])].assign(share=1.0)
    return pd.concat([rest, divided], ignore_index=True)


@step()
def survey_figures(
    area_occupations: DataFile | None,
    state_occupations: DataFile | None,
    occupations_matrix: DataFile,
    survey_areas: pd.DataFrame,
) -> pd.DataFrame:
    """Jobs and median wages of occupations at every level in the nation, states and CBSAs.

    Without files of areas there are none, also not of the nation.
    """
    frames = []
    if area_occupations is not None:
        cells = area_occupations.table.merge(survey_areas, on="area")
        frames.append(cells.assign(source=area_occupations.key))
    if state_occupations is not None:
        cells = state_occupations.table
        cells = cells[cells["area"].isin(list(STATES)) & ~cells["area"].isin(list(TERRITORIES))]
        frames.append(
            cells.assign(
                region=region_key("state", cells["area"]), overlap=1.0, source=state_occupations.key
            )
        )
    if not frames:
        return pd.DataFrame(columns=_COLUMNS)
    return pd.concat([_nation(occupations_matrix), *frames], ignore_index=True)[_COLUMNS]


def _nation(file: DataFile) -> pd.DataFrame:
    """Rows of all industries and ownerships together; none in a file without wages."""
    cells = file.table
    if not {"ownership", "median_wage"} <= set(cells.columns):
        return pd.DataFrame(columns=_COLUMNS)
    own = cells[(cells["naics"] == TOTAL) & (cells["ownership"] == ALL)]
    return own.assign(region=NATION, area_type="nation", overlap=1.0, source=file.key)


@table(keep=True)
def region_occupations(
    survey_figures: pd.DataFrame, occupation_keys: pd.Series, survey_year: int
) -> pd.DataFrame:
    """Jobs and wages of the detailed occupations of the edition in its regions."""
    if survey_figures.empty:
        return pd.DataFrame(columns=list(TABLES["region_occupations"].names))
    detailed = survey_figures[survey_figures["group"] == "detailed"]
    own = detailed.assign(occupation=detailed["soc"].map(occupation_keys), year=survey_year).dropna(
        subset="occupation"
    )
    return own[list(TABLES["region_occupations"].names)]


@step()
def survey_year(
    area_occupations: DataFile | None,
    state_occupations: DataFile | None,
    occupations_matrix: DataFile,
) -> int:
    """Year of the survey of occupations: all of its files are of one.

    Raises
    ------
    InputError
        If they are not.
    """
    for file in (area_occupations, state_occupations):
        if file is not None and file.vintage != occupations_matrix.vintage:
            raise InputError(
                f"{file.key} and {occupations_matrix.key} are of different years",
                hint="jobs of regions are compared with those of the nation: name files of one",
            )
    return occupations_matrix.vintage


@step()
def survey_losses(
    area_occupations: DataFile | None,
    area_delineation: DataFile | None,
    survey_areas: pd.DataFrame,
) -> list[Loss]:
    """Jobs of the survey's areas that stand for no region."""
    if area_occupations is None or area_delineation is None:
        return []
    cells = area_occupations.table
    totals = cells[cells["group"] == "total"].set_index("area")
    jobs = totals["jobs"].astype("float64")
    kinds = totals["area_type"]
    file = area_occupations.key
    rural = set(kinds.index[kinds == "nonmetropolitan"])
    lost = set(jobs.index) - rural - set(survey_areas["area"])
    counties = area_delineation.table
    away = set(counties.loc[counties["county"].str[:2].isin(list(TERRITORIES)), "cbsa"]) & lost
    return [
        *left_out(
            jobs,
            rural,
            file=file,
            what="nonmetropolitan areas of the survey, which are no regions",
        ),
        *left_out(jobs, away, file=file, what="areas of territories, which are no regions"),
        *left_out(
            jobs,
            lost - away,
            file=file,
            what=f"metropolitan areas of {area_delineation.key} that are too unlike those of the "
            "edition",
        ),
    ]
