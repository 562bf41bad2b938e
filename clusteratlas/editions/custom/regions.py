"""Custom regions in the tables of regions: what lies in them, who borders on whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from clusteratlas.editions.cells.county_sums import Grounds
from clusteratlas.editions.tables.regions import INCOME_COVERED
from clusteratlas.loaders.custom.regions import OwnRegion
from clusteratlas.vocabulary.arrays import BoolArray
from clusteratlas.vocabulary.keys import CUSTOM, codes_of, is_region


def custom_rows(
    own: Sequence[OwnRegion], counties: Mapping[str, BoolArray], regions: pd.DataFrame, pool: str
) -> pd.DataFrame:
    """Rows of the table ``regions``: population as the sum, centroid as the mean by population.

    Parameters
    ----------
    own
        The regions, as their files have them.
    counties
        By key of a region the counties in it, in the order of those in ``regions``.
    regions
        Table of the edition.
    pool
        Regions that they are ranked among.
    """
    every = regions[regions["type"] == "county"]
    rows = []
    for region in own:
        inside = every[counties[region.key]]
        people = inside["population"].astype("Float64")
        income = inside["income_per_capita"].astype("Float64")
        reporting = people.where(income.notna(), 0.0)
        total = float(people.sum())
        covered = total > 0 and float(reporting.sum()) >= INCOME_COVERED * total
        rows.append(
            {
                "key": region.key,
                "type": CUSTOM,
                "code": codes_of(pd.Series([region.key])).iloc[0],
                "name": region.name,
                "kind": pool,
                "states": " ".join(sorted(set(" ".join(inside["states"]).split()))),
                "population": people.sum(min_count=len(people)),
                "income_per_capita": (people * income).sum() / reporting.sum() if covered else None,
                **_centroid(inside),
                "source": region.source,
            }
        )
    return pd.DataFrame(rows)


def _centroid(inside: pd.DataFrame) -> dict[str, float | None]:
    there = inside[inside["longitude"].notna() & inside["latitude"].notna()]
    weight = there["population"].to_numpy(dtype=np.float64, na_value=0.0)
    if not weight.sum() > 0:
        return {"longitude": None, "latitude": None}
    return {
        name: round(float(np.average(there[name].to_numpy(dtype=np.float64), weights=weight)), 4)
        for name in ("longitude", "latitude")
    }


def part_rows(
    own: Sequence[OwnRegion], grounds: Grounds, counties: Mapping[str, BoolArray]
) -> pd.DataFrame:
    """Rows of the table ``region_parts``: counties in custom regions."""
    frames = [
        pd.DataFrame(
            {
                "part": grounds.counties[counties[region.key]],
                "whole": region.key,
                "source": region.source,
            }
        )
        for region in own
    ]
    return pd.concat(frames, ignore_index=True)


def neighbor_rows(
    counties: Mapping[str, BoolArray], grounds: Grounds, neighbors: pd.DataFrame
) -> pd.DataFrame:
    """Rows of the table ``region_neighbors``: custom regions that touch and share no county.

    Parameters
    ----------
    counties, grounds
        Counties of each region.
    neighbors
        Table ``region_neighbors`` of the edition.
    """
    borders = neighbors[is_region(neighbors["a"], "county")]
    a, b = (grounds.counties.get_indexer(pd.Index(borders[end].astype(object))) for end in "ab")
    rows = []
    for one, other in combinations(sorted(counties), 2):
        x, y = counties[one], counties[other]
        touch = (x[a] & y[b]) | (y[a] & x[b])
        if touch.any() and not (x & y).any():
            rows.append({"a": one, "b": other, "source": borders["source"].iloc[0]})
    return pd.DataFrame(rows, columns=["a", "b", "source"])
