"""Figures of counties and of the regions around them as arrays, for sums over some counties."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from clusteratlas.analysis.regions.parts import Wholes, bounds_of_sum, spare_in_wholes
from clusteratlas.vocabulary.arrays import BoolArray, FloatArray
from clusteratlas.vocabulary.keys import NATION, is_region

SUMS = ("cbsa", "ea")
"""Types of regions that are sums of their counties; states hold what is in no county, too."""


@dataclass(frozen=True)
class Grounds:
    """Counties of an edition and the regions that they lie in."""

    counties: pd.Index[Any]
    """Keys of all counties."""
    wholes: dict[str, pd.Series[Any]]
    """By type of region: key of the region that each county lies in, missing where in none."""

    @classmethod
    def of(cls, regions: pd.DataFrame, parts: pd.DataFrame) -> Grounds:
        """Find what lies in what.

        Parameters
        ----------
        regions, parts
            Tables ``regions`` and ``region_parts`` of an edition.
        """
        counties = pd.Index(regions.loc[regions["type"] == "county", "key"].astype(object))
        inside = parts[parts["part"].isin(counties)]
        wholes = {
            type_: inside[is_region(inside["whole"], type_)].set_index("part")["whole"]
            for type_ in (*SUMS, "state")
        }
        found = {type_: of.reindex(counties).astype(object) for type_, of in wholes.items()}
        return cls(counties, {**found, NATION: pd.Series(NATION, index=counties)})


@dataclass(frozen=True)
class CountyFigures:
    """One figure of things (clusters or industries) in counties and around them, in one year."""

    grounds: Grounds
    things: pd.Index[Any]
    rows: pd.DataFrame
    """thing, region, point, low and high of everything that has a row; whole numbers."""
    ceiling: FloatArray | None = None
    """Most that a county can hold of a thing without a row, by other figures of the county; shape
    (counties, 1) or (counties, things)."""
    guess: FloatArray | None = None
    """Likely figure of a thing without a row, shape (counties, things); without it 0."""

    @cached_property
    def _counties(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        point, low, high = self._grids(self.grounds.counties, np.nan)
        told = ~np.isnan(point)
        low = np.where(told, low, 0.0)
        cap = spare_in_wholes(low, self._wholes)
        if self.ceiling is not None:
            cap = np.minimum(cap, np.maximum(self.ceiling, 0.0))
        guess = np.zeros(cap.shape) if self.guess is None else np.minimum(self.guess, cap)
        return np.where(told, point, guess), low, np.where(told, high, cap)

    @cached_property
    def told(self) -> BoolArray:
        """Whether a county has a row of a thing; shape (counties, things)."""
        return ~np.isnan(self._grids(self.grounds.counties, np.nan)[0])

    def of(self, regions: pd.Index[Any]) -> list[FloatArray]:
        """Points, lows and highs that regions of any type have rows of, missing without one."""
        return self._grids(regions, np.nan)

    @property
    def points(self) -> FloatArray:
        """Point of each county and thing; without a row the guess, or 0."""
        return self._counties[0]

    @property
    def low(self) -> FloatArray:
        """Least of each county and thing."""
        return self._counties[1]

    @property
    def high(self) -> FloatArray:
        """Most of each county and thing, whether it has a row or not."""
        return self._counties[2]

    @cached_property
    def _wholes(self) -> list[Wholes]:
        found = []
        for type_, of in self.grounds.wholes.items():
            regions = pd.Index(of.dropna().unique())
            number = regions.get_indexer(pd.Index(of)).astype(np.int64)
            point, low, high = self._grids(regions, np.nan)
            inside = number >= 0
            sums = np.zeros(point.shape)
            parts = np.nan_to_num(self._grids(self.grounds.counties, np.nan)[0])
            np.add.at(sums, number[inside], parts[inside])
            # What a whole holds beside its counties could be all that it surely holds.
            sure = np.where(np.nan_to_num(point) == sums, np.nan_to_num(low), 0.0)
            least = sure if type_ in SUMS else np.zeros(point.shape)
            found.append(Wholes(number, least, np.where(np.isnan(high), np.inf, high)))
        return found

    def _grids(self, regions: pd.Index[Any], missing: float) -> list[FloatArray]:
        at = regions.get_indexer(pd.Index(self.rows["region"].astype(object)))
        on = self.things.get_indexer(pd.Index(self.rows["thing"].astype(object)))
        there = (at >= 0) & (on >= 0)
        grids = []
        for name in ("point", "low", "high"):
            grid = np.full((len(regions), len(self.things)), missing)
            values = self.rows[name].to_numpy(dtype=np.float64, na_value=np.nan)
            grid[at[there], on[there]] = values[there]
            grids.append(grid)
        return grids

    def total(self, chosen: BoolArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Add up some counties: points, least and most of each thing."""
        point, low, high = self._counties
        own = point[chosen].sum(axis=0)
        least, most = bounds_of_sum(low, high, chosen, self._wholes)
        return own, np.minimum(least, own), np.maximum(most, own)
