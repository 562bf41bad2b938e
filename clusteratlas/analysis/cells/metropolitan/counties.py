"""Which counties a metropolitan area of the employment file is made of, found in the figures.

The file of metropolitan areas keeps an older delineation than the list that is at hand. As an area
is the sum of its counties, the figures themselves say whether a list fits, and mostly which county
came or went.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from clusteratlas.analysis.cells.states import LEFT_OUT
from clusteratlas.vocabulary.arrays import BoolArray, FloatArray, IntArray
from clusteratlas.vocabulary.naics import naics_level

ENOUGH = 30
"""Cells that have to speak for a changed list before it is believed."""
_TRIED = 4096
"""Changed lists that are looked at in one go."""
_ANY = 1e12
"""What may be in a cell of which nothing is known; finite, as none of them may be a county's."""
_SECTOR = 2
"""Level of the industries that changed lists are looked at in first: every county has most."""


@dataclass(frozen=True)
class MetroCounties:
    """Counties of metropolitan areas, and the areas of which they are not known."""

    counties: Mapping[str, tuple[str, ...]]
    """Of each area that the figures agree with."""
    changes: Mapping[str, tuple[str, ...]]
    """Of those whose list was changed: counties that came (``+45087``) or went (``-45021``)."""
    left_out: Mapping[str, str]
    """Areas of the file without counties, and why."""


def metro_counties(
    metros: pd.DataFrame, counties: pd.DataFrame, listed: pd.DataFrame
) -> MetroCounties:
    """Find the counties of each metropolitan area whose sum is what is published of the area.

    A list of counties agrees with an area where in each industry::

        sum of establishments <= establishments of the area
                              <= sum of establishments + 2 * counties without a row

    and the same of jobs, of which nothing bounds a county without a row from above. Where all
    counties publish, that is equality. A list that does not agree is changed by one county of its
    states, by two, or by one of another state, and the change believed if it is the only one of its
    kind after which all cells agree, at least :data:`ENOUGH` of which did not before or are
    published by all counties.

    Parameters
    ----------
    metros
        area, naics at all levels, establishments, jobs; rows of fewer than three establishments are
        left out. Jobs of 0 are withheld.
    counties
        The same of counties, five digits of FIPS code; levels that a state lacks say nothing.
    listed
        cbsa, county of a delineation: in what states the counties of an area are, and likely which.

    Returns
    -------
    MetroCounties
        Every area of ``metros`` is in ``counties`` or in ``left_out``. No county is in two areas.
    """
    figures = _Figures(metros, counties)
    likely = {
        str(cbsa): tuple(sorted(set(rows["county"].astype(str))))
        for cbsa, rows in listed.groupby(listed["cbsa"].astype(str), sort=True)
    }
    found: dict[str, tuple[str, ...]] = {}
    changes: dict[str, tuple[str, ...]] = {}
    left_out: dict[str, str] = {}
    for metro in figures.metros:
        members = likely.get(metro)
        if members is None:
            left_out[metro] = "no counties are listed"
        elif figures.agree(metro, members):
            found[metro] = members
        else:
            changed = _changed(figures, metro, members)
            if isinstance(changed, str):
                left_out[metro] = changed
            else:
                found[metro], changes[metro] = changed
    # Two areas that agree with one county are both in doubt, the changed ones more than others.
    for doubtful in (changes, dict(found)):
        owners: dict[str, list[str]] = {}
        for metro, members in found.items():
            for county in members:
                owners.setdefault(county, []).append(metro)
        for county, several in owners.items():
            if len(several) > 1:
                for metro in (m for m in several if m in doubtful and m in found):
                    del found[metro]
                    left_out[metro] = f"{county} is in another area too"
    return MetroCounties(found, {m: c for m, c in changes.items() if m in found}, left_out)


class _Figures:
    """Establishments and jobs as arrays: what counties have at least, and room above that."""

    def __init__(self, metros: pd.DataFrame, counties: pd.DataFrame) -> None:
        codes = sorted({*metros["naics"]} & {*counties["naics"]})
        self.sectors: IntArray = np.flatnonzero([naics_level(code) == _SECTOR for code in codes])
        column = {code: k for k, code in enumerate(codes)}
        self.metros = sorted({*metros["area"]})
        self.counties = sorted({*counties["area"]})
        self.row = {county: k for k, county in enumerate(self.counties)}
        self._metro = {metro: k for k, metro in enumerate(self.metros)}
        self.state = np.array([county[:2] for county in self.counties])
        shape = (len(self.counties), len(codes))
        whole = (len(self.metros), len(codes))
        plants = _grid(counties, self.row, column, "establishments", shape)
        jobs = _grid(counties, self.row, column, "jobs", shape)
        room = np.where(np.isnan(plants), LEFT_OUT, 0.0)
        for state in np.unique(self.state):
            rows = self.state == state
            # An industry that no county of the state has a row of may be one it does not publish.
            silent = np.isnan(plants[rows]).all(axis=0)
            room[np.ix_(rows, silent)] = _ANY
        self.least = [np.nan_to_num(plants), np.nan_to_num(jobs)]
        self.room = [room, np.where(jobs > 0, 0.0, _ANY)]
        area_plants = _grid(metros, self._metro, column, "establishments", whole)
        area_jobs = _grid(metros, self._metro, column, "jobs", whole)
        absent = np.isnan(area_plants)
        self.low = [np.where(absent, 0.0, area_plants), np.nan_to_num(area_jobs)]
        self.high = [
            np.where(absent, LEFT_OUT, area_plants),
            np.where(area_jobs > 0, area_jobs, _ANY),
        ]
        self.published = ~absent

    def agree(self, metro: str, members: tuple[str, ...]) -> bool:
        """Tell whether the counties can sum to what is published of the area."""
        rows = np.array([self.row[c] for c in members if c in self.row], dtype=np.int64)
        wrong, _ = self.compare(metro, np.ones((1, len(rows))), rows)
        return not wrong.any()

    def compare(
        self, metro: str, inside: FloatArray, rows: IntArray, columns: IntArray | None = None
    ) -> tuple[BoolArray, BoolArray]:
        """Give of each set of counties the cells that disagree, and those that all publish.

        ``inside`` has a set a row, and a county (of ``rows``) a column.
        """
        place = np.arange(self.published.shape[1]) if columns is None else columns
        at, cells = self._metro[metro], np.ix_(rows, place)
        wrong = np.zeros((len(inside), len(place)), dtype=bool)
        for least, room, low, high in zip(self.least, self.room, self.low, self.high, strict=True):
            bottom = inside @ least[cells]
            wrong |= bottom > high[at, place]
            wrong |= bottom + inside @ room[cells] < low[at, place]
        full = (inside @ self.room[0][cells] == 0) & self.published[at, place]
        return wrong, full


def _grid(
    frame: pd.DataFrame,
    row: Mapping[str, int],
    column: Mapping[str, int],
    figure: str,
    shape: tuple[int, int],
) -> FloatArray:
    """Lay a figure out by area and industry; missing where there is no row."""
    out = np.full(shape, np.nan)
    frame = frame[frame["naics"].isin(column)]
    at = frame["area"].map(row).to_numpy(), frame["naics"].map(column).to_numpy()
    out[at] = frame[figure].to_numpy(dtype=np.float64, na_value=np.nan)
    return out


def _changed(
    figures: _Figures, metro: str, members: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]] | str:
    """Give the only agreeing list that is near to one that does not, and what changed; or why."""
    everywhere = np.arange(len(figures.counties))
    near = everywhere[np.isin(figures.state, sorted({county[:2] for county in members}))]
    # An area may have lost its only county of a state, but hardly that and another one.
    for size, rows in ((1, near), (2, near), (1, everywhere)):
        names = [figures.counties[k] for k in rows]
        base = np.isin(names, members)
        flips = _flips(len(names), size)
        fitting: list[IntArray] = []
        for start in range(0, len(flips), _TRIED):
            some = flips[start : start + _TRIED]
            inside = _sets(base, some)
            wrong, _ = figures.compare(metro, inside, rows, figures.sectors)
            likely = np.flatnonzero(~wrong.any(axis=1) & inside.any(axis=1))
            if len(likely):
                wrong, _ = figures.compare(metro, inside[likely], rows)
                fitting += list(some[likely[~wrong.any(axis=1)]])
        if len(fitting) > 1:
            return f"{len(fitting)} changes of its counties agree"
        if fitting:
            was, _ = figures.compare(metro, base[None, :].astype(np.float64), rows)
            inside = _sets(base, fitting[0][None, :])
            telling = int((was | figures.compare(metro, inside, rows)[1]).sum())
            if telling < ENOUGH:
                return f"only {telling} cells speak for a change of its counties"
            return (
                tuple(name for name, is_in in zip(names, inside[0], strict=True) if is_in),
                tuple(f"{'-' if base[k] else '+'}{names[k]}" for k in fitting[0]),
            )
    return "neither the listed counties nor any near them sum to it"


def _flips(counties: int, size: int) -> IntArray:
    """Every choice of so many counties that come in, or go if they are in; a choice a row."""
    return np.array(list(combinations(range(counties), size)), dtype=np.int64).reshape(-1, size)


def _sets(base: BoolArray, flips: IntArray) -> FloatArray:
    """Give the list of counties after each choice as zeros and ones, a list a row."""
    inside = np.repeat(base[None, :], len(flips), axis=0)
    at = np.arange(len(flips))[:, None], flips
    inside[at] = ~inside[at]
    return inside.astype(np.float64)
