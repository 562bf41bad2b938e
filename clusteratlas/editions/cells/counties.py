"""Cells of counties and states in one year, at every level of the NAICS, as grids."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusteratlas.analysis.cells.completion import IndustryTree
from clusteratlas.analysis.cells.states import FIGURES
from clusteratlas.editions.cells.district import DISTRICT
from clusteratlas.editions.completion.states import leaves_out_rows
from clusteratlas.editions.flow.files import DataFile
from clusteratlas.editions.flow.losses import conserved
from clusteratlas.editions.flow.step import step
from clusteratlas.editions.linkages.carried import divided_areas, recoded_industries
from clusteratlas.editions.linkages.naics_bridges import NaicsBridge
from clusteratlas.editions.linkages.planning_regions import (
    BY_TOWNS,
    has_planning_regions,
    shares_of_regions,
)
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.naics import TOTAL, naics_ancestors

ENDS = ("", "_low", "_high")
"""A figure is a point between two bounds; the point has the plain name."""


_CAPITAL = f"{DISTRICT}001"
"""The one county of the district."""


@dataclass(frozen=True)
class CountyCells:
    """All cells of a year; rows are areas, columns industries."""

    areas: tuple[str, ...]
    """Counties (five digits), what lies in none of a state (SS999), states (two digits)."""
    codes: tuple[str, ...]
    """Industries at every level, in the order of :class:`IndustryTree`."""
    grids: Mapping[str, NDArray[Any]]
    """``jobs``, ``jobs_low``, ``jobs_high``, likewise establishments and payroll (thousand USD;
    not of every file). Points add up over industries and over the areas of a state."""
    bridged: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Jobs before and after each bridge that brought the file to the edition, by what it changed:
    ``counties`` or ``naics``."""

    @property
    def tree(self) -> IndustryTree:
        """The industries as a forest."""
        return IndustryTree(self.codes)

    @property
    def figures(self) -> list[str]:
        """The figures that there are."""
        return [name for name in FIGURES if name in self.grids]

    def columns(self) -> Iterator[str]:
        """Names of all grids, figure by figure."""
        return (f"{name}{end}" for name in self.figures for end in ENDS)

    def leaves(self, areas: pd.Series[Any] | None = None, *, absent: bool = False) -> pd.DataFrame:
        """Six-digit cells that have jobs or establishments.

        Parameters
        ----------
        areas
            Region of each area, by code: cells are summed by region. None keeps the areas.
        absent
            With those that are known to have none.

        Returns
        -------
        DataFrame
            area, naics and all figures with both bounds; sorted.
        """
        tree = self.tree
        codes = np.array(tree.codes)[tree.leaves]
        rows = np.array(self.areas)
        grids = {name: self.grids[name][:, tree.leaves] for name in self.columns()}
        if areas is not None:
            wanted = pd.Series(self.areas).map(areas)
            inside = wanted.notna().to_numpy()
            rows, number = np.unique(wanted[inside].to_numpy(dtype=str), return_inverse=True)
            order = np.argsort(number, kind="stable")
            first = np.searchsorted(number[order], np.arange(len(rows)))
            grids = {
                name: np.add.reduceat(grid[inside][order].astype(np.int64), first, axis=0)
                if grid.dtype.kind == "i"
                else np.add.reduceat(grid[inside][order], first, axis=0)
                for name, grid in grids.items()
            }
        there = (grids["jobs"] > 0) | (grids["establishments"] > 0)
        if absent:
            there |= grids["establishments_high"] <= 0
        area, code = np.nonzero(there)
        frame = pd.DataFrame(
            {
                "area": pd.Series(rows[area], dtype="string"),
                "naics": pd.Series(codes[code], dtype="string"),
                **{name: grid[there] for name, grid in grids.items()},
            }
        )
        return frame.sort_values(["area", "naics"], ignore_index=True)


@step()
def county_cells(
    county_employment: DataFile,
    completed_state: Mapping[str, pd.DataFrame],
    district_cells: pd.DataFrame,
    filled_cells: pd.DataFrame,
    filled_counties: pd.DataFrame,
    county_bridge: NaicsBridge,
    listed_codes: frozenset[str],
) -> CountyCells:
    """All cells of the county file's year, whatever programme it is of.

    They are in the NAICS and the counties of the edition: completed ones are brought to them here.
    """
    regions = has_planning_regions(county_employment)
    bridged = {"counties": regions, "naics": county_bridge.changes}
    if not leaves_out_rows(county_employment):
        before, after = (float(frame["jobs"].sum()) for frame in (filled_cells, filled_counties))
        sums = conserved(county_employment.key, before, after)
        told = {name: sums for name, changed in bridged.items() if changed}
        return replace(_of_filled(filled_counties), bridged=told)
    cells, told = _assembled(completed_state), {}
    whole = _jobs(cells)
    if regions:
        areas, grids = divided_areas(
            cells.areas, cells.tree, cells.grids, shares_of_regions(), BY_TOWNS
        )
        cells = CountyCells(areas, cells.codes, grids)
        told["counties"] = conserved(county_employment.key, whole, _jobs(cells))
    if county_bridge.changes:
        tree, grids = recoded_industries(
            cells.areas, cells.tree, cells.grids, county_bridge.shares, cells.figures
        )
        cells = CountyCells(cells.areas, tuple(tree.codes), grids)
        told["naics"] = conserved(county_employment.key, whole, _jobs(cells))
    cells = _with_codes(cells, listed_codes.intersection(district_cells["naics"]))
    _add_district(cells, district_cells)
    return replace(cells, bridged=told)


def _jobs(cells: CountyCells) -> float:
    """All jobs of all areas of the states."""
    areas = np.array([len(area) > len(DISTRICT) for area in cells.areas])
    return float(cells.grids["jobs"][areas, cells.codes.index(TOTAL)].sum(dtype=np.float64))


def _assembled(states: Mapping[str, pd.DataFrame]) -> CountyCells:
    """Put the states together, in the codes and areas that they have; the district is empty."""
    states = {name: frame for name, frame in states.items() if len(frame)}
    codes = {code for frame in states.values() for code in frame["naics"].cat.categories}
    tree = IndustryTree(sorted(codes))
    areas = sorted({a for frame in states.values() for a in frame["area"].cat.categories})
    areas = sorted({*areas, _CAPITAL, DISTRICT}, key=lambda a: (len(a) == 2, a))
    row = {area: k for k, area in enumerate(areas)}
    shape = (len(areas), len(tree.codes))
    grids = {f"{name}{end}": np.zeros(shape, np.int32) for name in FIGURES for end in ENDS}
    for frame in states.values():
        at = (
            np.array([row[a] for a in frame["area"].cat.categories])[frame["area"].cat.codes],
            np.array([tree.at[c] for c in frame["naics"].cat.categories])[frame["naics"].cat.codes],
        )
        for name, grid in grids.items():
            grid[at] = frame[name]
    return CountyCells(tuple(areas), tuple(tree.codes), grids)


def _with_codes(cells: CountyCells, codes: Collection[str]) -> CountyCells:
    """Give room to industries that no state has that year, though the classification has them."""
    added = set(codes) - set(cells.codes)
    if not added:
        return cells
    wanted = set(cells.codes).union(added, *(naics_ancestors(code) for code in added))
    tree = IndustryTree(sorted(wanted))
    at = [tree.at[code] for code in cells.codes]
    grids = {}
    for name, grid in cells.grids.items():
        grids[name] = np.zeros((len(cells.areas), len(tree.codes)), grid.dtype)
        grids[name][:, at] = grid
    return CountyCells(cells.areas, tuple(tree.codes), grids)


def _add_district(cells: CountyCells, district: pd.DataFrame) -> None:
    """Fill in the cells of the district and of its one county, which are empty."""
    tree = cells.tree
    if unknown := sorted(set(district["naics"]) - set(tree.codes)):
        raise AnalysisError(
            f"the District of Columbia has NAICS {unknown[0]}, and no state has",
            hint="name files of one NAICS in files.state_employment and files.district_employment",
        )
    rows = [cells.areas.index(area) for area in (_CAPITAL, DISTRICT)]
    place = {tree.codes[leaf]: k for k, leaf in enumerate(tree.leaves)}
    for name, grid in cells.grids.items():
        leaves = np.zeros((1, len(tree.leaves)))
        leaves[0, district["naics"].map(place)] = district[name]
        grid[rows] = tree.add_up(leaves)


def _of_filled(cells: pd.DataFrame) -> CountyCells:
    tree = IndustryTree(sorted(cells["naics"].unique()))
    counties = sorted(cells["area"].unique())
    states = sorted({area[:2] for area in counties})
    of_state = np.searchsorted(states, [area[:2] for area in counties])
    place = {tree.codes[leaf]: k for k, leaf in enumerate(tree.leaves)}
    at = (np.searchsorted(counties, cells["area"]), cells["naics"].map(place).to_numpy())
    grids = {}
    for figure in ("establishments", "jobs"):
        for end in ENDS:
            name = figure if figure == "establishments" else f"{figure}{end}"
            leaves = np.zeros((len(counties), len(tree.leaves)))
            leaves[at] = cells[name]
            first = np.searchsorted(of_state, np.arange(len(states)))
            both = np.vstack([leaves, np.add.reduceat(leaves, first, axis=0)])
            grids[f"{figure}{end}"] = tree.add_up(both)
    return CountyCells((*counties, *states), tuple(tree.codes), grids)


@step()
def national_figures(county_cells: CountyCells) -> pd.DataFrame:
    """Sum the states: index NAICS code at every level; jobs, establishments, payroll and bounds."""
    states = np.array([len(area) == 2 for area in county_cells.areas])
    sums = {
        name: county_cells.grids[name][states].sum(axis=0, dtype=np.float64)
        for name in county_cells.columns()
    }
    frame = pd.DataFrame(sums, index=pd.Index(county_cells.codes, dtype="string", name="naics"))
    if "payroll" not in frame:
        frame["payroll"] = np.nan
    return frame[(frame["jobs"] > 0) | (frame["establishments"] > 0)].sort_index()
