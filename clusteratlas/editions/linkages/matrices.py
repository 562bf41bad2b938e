"""Linkages between industries, by the files and areas of a recipe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from clusteratlas.analysis.cells.bridge import backwards
from clusteratlas.analysis.heirs import labels_of_heirs
from clusteratlas.analysis.linkages.colocation import (
    location_correlation,
    pairwise_coagglomeration,
    pivot_levels,
)
from clusteratlas.analysis.linkages.combined import Linkages, combine_linkages
from clusteratlas.analysis.linkages.domestic_use import domestic_use
from clusteratlas.analysis.linkages.input_output import SectorFlows, industry_flows, io_links
from clusteratlas.analysis.linkages.occupations import (
    OccupationProfiles,
    occupation_links,
    occupation_profiles,
)
from clusteratlas.analysis.linkages.staffing import detailed_staffing
from clusteratlas.analysis.stability.resampling import AreaLevels
from clusteratlas.editions.flow.files import DataFile, same_naics
from clusteratlas.editions.flow.recipe import InputOutput
from clusteratlas.editions.flow.step import step
from clusteratlas.editions.linkages.cells import AreaCells
from clusteratlas.loaders.economy.concordances import STEPS
from clusteratlas.loaders.economy.oews import ALL
from clusteratlas.loaders.labor.oews_industries import NOT_SURVEYED, PRIVATE
from clusteratlas.vocabulary.arrays import FloatArray
from clusteratlas.vocabulary.naics import TOTAL

ROOTS = {"lc_emp_root": "lc_emp", "lc_est_root": "lc_est"}
"""Correlations of the square roots of jobs and of establishments, by the one of the levels.

On levels a few metropolitan areas decide a correlation, and whether a resample drew New York
decides the clusters. The root is the classical transformation that evens out the variance of counts
(Bartlett 1936); that it is taken here is ours. Recipes may weight these; scores stay on the levels.
"""

_ROUNDING = 10
"""Digits that linkages keep: arithmetic on another processor differs further behind."""


@step(keep=True)
def io_flows(io_use: DataFile, io_make: DataFile) -> SectorFlows:
    """Sales between input-output sectors."""
    return industry_flows(io_use.table, io_make.table)


@step(keep=True)
def supply_flows(
    io_flows: SectorFlows, io_use: DataFile, io_make: DataFile, io_imports: DataFile | None
) -> SectorFlows:
    """Sales that links are made of: without imports, where the recipe names a file of them.

    Tables of the edition show the accounts as they are (:func:`io_flows`).
    """
    if io_imports is None:
        return io_flows
    return industry_flows(domestic_use(io_use.table, io_imports.table).use, io_make.table)


@step()
def sector_of(
    io_crosswalk: DataFile, recipe_parts: pd.DataFrame, listed_codes: frozenset[str]
) -> pd.Series:
    """Input-output sector of each six-digit industry that has one as its own, by code.

    In another NAICS than the crosswalk's an industry has the sector of most of what it came from.
    """
    crosswalk = io_crosswalk.table
    sectors = crosswalk[crosswalk["primary"]].set_index("naics")["sector"]
    if recipe_parts.empty:
        return sectors
    labels = {str(code): str(sector) for code, sector in sectors.items()}
    found = labels_of_heirs(labels, recipe_parts, listed_codes)
    return pd.Series(found, dtype="string").rename_axis("naics").rename("sector")


@step(keep=True)
def profiles(
    occupations_matrix: DataFile,
    occupations_bridge: DataFile | None,
    occupations_group: DataFile | None,
    occupations_detail: DataFile | None,
    occupations_sector: DataFile | None,
    six_digit_codes: list[str],
    naics: DataFile,
) -> OccupationProfiles:
    """Occupation profile of each six-digit industry.

    The three files of a survey of before 2019, where all are given, take the place of the one file.
    A file in another NAICS than the edition's needs the concordance between them.
    """
    if occupations_group and occupations_detail and occupations_sector:
        files = (occupations_group, occupations_detail, occupations_sector)
        became = _codes_in(occupations_group, naics, occupations_bridge)
        staff = staffing(*(f.table for f in files))
        return occupation_profiles(staff, six_digit_codes, became=became, not_surveyed=NOT_SURVEYED)
    table = occupations_matrix.table
    became = _codes_in(occupations_matrix, naics, occupations_bridge)
    if "group" not in table:
        return occupation_profiles(table, six_digit_codes, became=became)
    covers = table.drop_duplicates("naics").set_index("naics")["covers"]
    together = {str(group): str(inside).split() for group, inside in covers.items()}
    staff = detailed_staffing(private_industries(table))
    return occupation_profiles(
        staff, six_digit_codes, together=together, became=became, not_surveyed=NOT_SURVEYED
    )


def _codes_in(
    file: DataFile, naics: DataFile, concordance: DataFile | None
) -> dict[str, list[str]] | None:
    """Codes that each industry of the edition has in a file; None where they are its own."""
    ends = set() if concordance is None else {concordance.vintage, STEPS[concordance.vintage]}
    if concordance is None or {file.naics, naics.vintage} != ends:
        same_naics(file, naics)
        return None
    pairs = concordance.table
    if (file.naics or 0) < naics.vintage:
        pairs = backwards(pairs)
    return {str(c): list(now) for c, now in pairs.groupby("from_naics")["to_naics"]}


def private_industries(table: pd.DataFrame) -> pd.DataFrame:
    """Keep the private part of each industry that a survey divides by ownership, else the whole.

    Business patterns leave government out; so does the profile where the survey tells them apart.
    Neither the total is an industry, nor BLS's codes of governments (99 and 999).

    Parameters
    ----------
    table
        Column naics, and ownership where the survey divides; ownership ``All`` is the whole.
    """
    owner = table["ownership"] if "ownership" in table else pd.Series(ALL, index=table.index)
    private = owner == PRIVATE
    whole = (owner == ALL) & ~table["naics"].isin(table.loc[private, "naics"])
    no_industry = table["naics"].str.startswith("99") | (table["naics"] == TOTAL)
    kept: pd.DataFrame = table[(private | whole) & ~no_industry]
    return kept


def staffing(groups: pd.DataFrame, details: pd.DataFrame, sectors: pd.DataFrame) -> pd.DataFrame:
    """Employment by industry group and broad occupation, from the surveys' files of all levels.

    Where a group is in several files the finest file counts.

    Parameters
    ----------
    groups
        Tidy table of source ``oews-groups``; government's schools and hospitals are left out.
    details, sectors
        Tidy tables of sources ``oews-6digit`` and ``oews-sector``.

    Returns
    -------
    DataFrame
        naics, soc, jobs.
    """
    # Business patterns leave government out; so does the profile where the survey tells them apart.
    private = groups[groups["ownership"].isin(["All", "Private"])]
    summed = private.groupby(["naics", "soc"], as_index=False)["jobs"].sum(min_count=1)
    frames = [
        frame.loc[frame["group"] == "broad", ["naics", "soc", "jobs"]]
        for frame in (details, sectors)
    ]
    known = set(frames[0]["naics"])
    rest = summed[~summed["naics"].isin(known)]
    known |= set(rest["naics"])
    coarse = frames[1][~frames[1]["naics"].isin(known)]
    table: pd.DataFrame = pd.concat([frames[0], rest, coarse], ignore_index=True)
    return table


@step(keep=True)
def linkages(
    area_cells: AreaCells,
    six_digit_codes: Sequence[str],
    supply_flows: SectorFlows,
    sector_of: pd.Series,
    profiles: OccupationProfiles,
    area_sets: Mapping[str, str],
    io_rule: InputOutput,
) -> Linkages:
    """Compute all linkages of the industries, and the two of :data:`ROOTS` beside them.

    Parameters
    ----------
    area_cells
        Six-digit cells of each area set.
    six_digit_codes
        Industries, sorted.
    supply_flows, sector_of, profiles
        Sector flows, sector of each industry, occupation profile of each industry.
    area_sets
        Entry ``linkages`` of the recipe: the area set of each co-location measure.
    io_rule
        Entry ``io`` of the recipe: which flows say nothing.
    """
    codes = six_digit_codes
    jobs = area_cells[area_sets["lc_emp"]]
    plants = area_cells[area_sets["lc_est"]]
    both = area_cells[area_sets["coi"]]
    located = {
        "lc_emp": _levels(jobs, codes, "jobs"),
        "lc_est": _levels(plants, codes, "establishments"),
    }
    matrices = {
        **{name: location_correlation(found) for name, found in located.items()},
        **{root: location_correlation(np.sqrt(located[of])) for root, of in ROOTS.items()},
        "coi": pairwise_coagglomeration(_levels(both, codes, "jobs"), _aggregate(both)),
        "io": io_links(supply_flows, codes, sector_of, **io_rule.model_dump()),
        "occ": occupation_links(profiles),
    }
    rounded = {name: np.round(matrix, _ROUNDING) for name, matrix in matrices.items()}
    sectors = sector_of.reindex(list(codes)).fillna("").astype(str)
    return combine_linkages(codes, rounded, list(sectors), list(profiles.profile_of))


def with_io(linkages: Linkages, flows: SectorFlows, rule: InputOutput) -> Linkages:
    """Give the same linkages with input-output links made of other flows, or by another rule.

    Parameters
    ----------
    linkages
        Of any industries; ``combined`` is made anew.
    flows, rule
        As of :func:`linkages`.
    """
    sectors = pd.Series(dict(zip(linkages.codes, linkages.sector_of, strict=True)))
    io = io_links(flows, linkages.codes, sectors, **rule.model_dump())
    matrices = {name: m for name, m in linkages.matrices.items() if name != "combined"}
    return combine_linkages(
        linkages.codes,
        {**matrices, "io": np.round(io, _ROUNDING)},
        linkages.sector_of,
        linkages.profile_of,
    )


@step(keep=True)
def traded_linkages(linkages: Linkages, traded_codes: list[str]) -> Linkages:
    """Keep the linkages of the traded industries; ``combined`` is standardized over them."""
    return linkages.subset(traded_codes)


@step(over="vintages", fixed=["traded_codes"], keep=True)
def vintage_linkages(linkages: Linkages, traded_codes: list[str]) -> Linkages:
    """Linkages of the same traded industries from the files and areas of a vintage."""
    return linkages.subset(traded_codes)


@step(keep=True)
def levels(
    area_cells: AreaCells, traded_codes: Sequence[str], area_sets: Mapping[str, str]
) -> dict[str, AreaLevels]:
    """Lay out what each co-location matrix of the traded industries is computed from.

    Parameters
    ----------
    area_cells, area_sets
        As for :func:`linkages`.
    traded_codes
        Six-digit industries, sorted.
    """
    found = {}
    for name, value in (("lc_emp", "jobs"), ("lc_est", "establishments"), ("coi", "jobs")):
        cells = area_cells[area_sets[name]]
        aggregate = _aggregate(cells) if name == "coi" else None
        found[name] = AreaLevels(area_sets[name], _levels(cells, traded_codes, value), aggregate)
    for root, of in ROOTS.items():
        found[root] = replace(found[of], levels=np.sqrt(found[of].levels))
    return found


def _aggregate(cells: pd.DataFrame) -> FloatArray:
    """Jobs of each area in all of its industries, areas sorted."""
    return cells.groupby("area")["jobs"].sum().sort_index().to_numpy(dtype=float)


def _levels(cells: pd.DataFrame, codes: Sequence[str], value: str) -> FloatArray:
    return pivot_levels(cells, codes, sorted(cells["area"].unique()), value)
