"""From tidy tables to linkages between industries, by the recipe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from clusteratlas.analysis.linkages.colocation import (
    location_correlation,
    pairwise_coagglomeration,
    pivot_levels,
)
from clusteratlas.analysis.linkages.combined import Linkages, combine_linkages
from clusteratlas.analysis.linkages.input_output import SectorFlows, io_links
from clusteratlas.analysis.linkages.occupations import OccupationProfiles, occupation_links
from clusteratlas.analysis.stability.resampling import AreaLevels
from clusteratlas.analysis.traded.rule import Thresholds, traded_kinds, traded_scores
from clusteratlas.editions.tables.traded import area_tests
from clusteratlas.errors import InputError

AREA_SETS = ("state", "cbsa", "ea", "county")
"""Sets of areas over which co-location can be measured."""

ROOTS = {"lc_emp_root": "lc_emp", "lc_est_root": "lc_est"}
"""Correlations of the square roots of jobs and of establishments, by the one of the levels.

On levels a few metropolitan areas decide a correlation, and whether a resample drew New York
decides the clusters. The root is the classical transformation that evens out the variance of counts
(Bartlett 1936); that it is taken here is ours. Recipes may weight these; scores stay on the levels.
"""

_ROUNDING = 10
"""Digits that linkages keep: arithmetic on another processor differs further behind."""


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


def _levels(cells: pd.DataFrame, codes: Sequence[str], value: str) -> np.ndarray[Any, Any]:
    return pivot_levels(cells, codes, sorted(cells["area"].unique()), value)


def primary_sectors(crosswalk: pd.DataFrame) -> pd.Series:
    """Input-output sector of each six-digit industry that has one as its own, by code."""
    return crosswalk[crosswalk["primary"]].set_index("naics")["sector"]


def staffing(groups: pd.DataFrame, details: pd.DataFrame, sectors: pd.DataFrame) -> pd.DataFrame:
    """Employment by industry group and broad occupation, from the surveys' files of all levels.

    Where a group stands in several files the finest file counts.

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


def traded_industries(
    cells: AreaCells, codes: Sequence[str], settings: Mapping[str, Any]
) -> pd.DataFrame:
    """Test, score and class each industry by the geography of its employment.

    Parameters
    ----------
    cells
        Six-digit cells of each area set. An industry without any cell in the recipe's set is
        tested on the states.
    codes
        Industries.
    settings
        Entry ``traded`` of the recipe: areas, thresholds c50, s5, gini, smallest_area, top, and
        the judged exceptions.

    Returns
    -------
    DataFrame
        Index NAICS code; c50, s5, gini, traded_score, kind. The score stays as computed where the
        kind was judged.

    Raises
    ------
    InputError
        If a judged exception names an unknown industry, or one industry twice.
    """
    tests = area_tests(cells[settings["areas"]], codes, settings)
    tests = tests.fillna(area_tests(cells["state"], codes, settings))
    limits = Thresholds(*(float(settings[name]) for name in ("c50", "s5", "gini")))
    scores = traded_scores(tests, limits)
    kinds = traded_kinds(scores)
    judged: dict[str, str] = {}
    for entry in settings["judged"]:
        for code in entry["codes"]:
            if code in judged or code not in kinds.index:
                problem = "twice" if code in judged else "but the data do not have it"
                raise InputError(f"the recipe judges industry {code} {problem}")
            judged[code] = entry["kind"]
    kinds.loc[list(judged)] = list(judged.values())
    frame: pd.DataFrame = tests.assign(traded_score=scores, kind=kinds)
    return frame


def link_industries(
    cells: AreaCells,
    codes: Sequence[str],
    flows: SectorFlows,
    sector_of: pd.Series,
    profiles: OccupationProfiles,
    settings: Mapping[str, Any],
) -> Linkages:
    """Compute all linkages of the industries, and the two of :data:`ROOTS` beside them.

    Parameters
    ----------
    cells
        Six-digit cells of each area set.
    codes
        Six-digit industries, sorted.
    flows, sector_of, profiles
        Sector flows, sector of each industry, occupation profile of each industry.
    settings
        Entry ``linkages`` of the recipe: the area set of each co-location measure.
    """
    jobs = cells[settings["lc_emp"]]
    plants = cells[settings["lc_est"]]
    both = cells[settings["coi"]]
    levels = _levels(both, codes, "jobs")
    areas = sorted(both["area"].unique())
    aggregate = both.groupby("area")["jobs"].sum().reindex(areas).to_numpy(dtype=float)
    located = {
        "lc_emp": _levels(jobs, codes, "jobs"),
        "lc_est": _levels(plants, codes, "establishments"),
    }
    matrices = {
        **{name: location_correlation(found) for name, found in located.items()},
        **{root: location_correlation(np.sqrt(located[of])) for root, of in ROOTS.items()},
        "coi": pairwise_coagglomeration(levels, aggregate),
        "io": io_links(flows, codes, sector_of),
        "occ": occupation_links(profiles),
    }
    rounded = {name: np.round(matrix, _ROUNDING) for name, matrix in matrices.items()}
    sectors = sector_of.reindex(list(codes)).fillna("").astype(str)
    return combine_linkages(codes, rounded, list(sectors), list(profiles.profile_of))


def area_levels(
    cells: AreaCells, codes: Sequence[str], settings: Mapping[str, Any]
) -> dict[str, AreaLevels]:
    """Lay out what each co-location matrix of some industries is computed from.

    Parameters
    ----------
    cells, settings
        As for :func:`link_industries`.
    codes
        Six-digit industries, sorted.
    """
    both = cells[settings["coi"]]
    areas = sorted(both["area"].unique())
    aggregate = both.groupby("area")["jobs"].sum().reindex(areas).to_numpy(dtype=float)
    found = {}
    for name, value in (("lc_emp", "jobs"), ("lc_est", "establishments"), ("coi", "jobs")):
        levels = _levels(cells[settings[name]], codes, value)
        found[name] = AreaLevels(settings[name], levels, aggregate if name == "coi" else None)
    for root, of in ROOTS.items():
        found[root] = replace(found[of], levels=np.sqrt(found[of].levels))
    return found
