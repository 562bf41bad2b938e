"""From cells of counties and states to regions of every type: sums, and bounds of clusters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusteratlas.analysis.cells.groups import group_bounds
from clusteratlas.analysis.cells.states import FIGURES
from clusteratlas.editions.cells.counties import ENDS, CountyCells
from clusteratlas.editions.flow.step import step
from clusteratlas.vocabulary.arrays import FloatArray
from clusteratlas.vocabulary.keys import NATION, codes_of, is_region, region_key
from clusteratlas.vocabulary.naics import TOTAL

BUILT = ("cbsa", "ea")
"""Types of regions that are sums of counties."""


@dataclass(frozen=True)
class RegionMaps:
    """Key of the region that each area of the cells belongs to, for each type of region."""

    by_type: Mapping[str, pd.Series[Any]]
    """Index: code of a county (five digits) or state (two). States and the nation are taken from
    the states' cells, which have what lies in no county."""


@step()
def region_maps(region_parts: pd.DataFrame) -> RegionMaps:
    """Map areas to the regions of the edition."""
    inside = region_parts[is_region(region_parts["part"], "county")]
    codes = codes_of(inside["part"])
    counties = pd.Series(sorted(set(codes)), dtype="string")
    states = pd.Series(sorted(set(counties.str[:2])), dtype="string")
    maps = {
        "nation": pd.Series(NATION, index=states),
        "state": region_key("state", states).set_axis(states),
        "county": region_key("county", counties).set_axis(counties),
    }
    for type_ in BUILT:
        own = is_region(inside["whole"], type_).to_numpy()
        maps[type_] = inside.loc[own, "whole"].set_axis(codes[own])
    return RegionMaps(maps)


def cluster_cells(
    cells: CountyCells,
    region_maps: RegionMaps,
    cluster_of: pd.Series[Any],
    kinds: pd.Series[Any],
) -> pd.DataFrame:
    """Sum cells by cluster and region, and bound the sums.

    Bounds of a county and of a state are those that its own cells of all levels prove
    (:func:`group_bounds`). Those of a sum of counties are the sums of theirs, and no more than the
    states leave when all other counties have their least.

    Parameters
    ----------
    cells, region_maps
        Cells of counties and states, and the regions that these belong to.
    cluster_of
        Index NAICS code, value cluster of the industry, each in one.
    kinds
        Index cluster, value traded or local.

    Returns
    -------
    DataFrame
        region, region_type, cluster, kind, and all figures with both bounds (payroll missing where
        the file has none).
    """
    tree = cells.tree
    codes = np.array(tree.codes)[tree.leaves]
    clusters = sorted(set(cluster_of))
    number = {name: k for k, name in enumerate(clusters)}
    of_leaf = np.array([number.get(cluster_of.get(code), -1) for code in codes])
    sums: dict[str, FloatArray] = {}
    for figure in cells.figures:
        grids = [cells.grids[f"{figure}{end}"] for end in ENDS]
        point, low, high = (np.asarray(grid, dtype=np.float64) for grid in grids)
        own = np.zeros((len(cells.areas), len(clusters)))
        clustered = of_leaf >= 0
        np.add.at(own.T, of_leaf[clustered], point[:, tree.leaves].T[clustered])
        least, most = group_bounds(tree, low, high, of_leaf, len(clusters))
        sums[figure] = own
        # Filled cells are of their own bounds, which need not fit those of other levels.
        sums[f"{figure}_low"] = np.minimum(least, own)
        sums[f"{figure}_high"] = np.maximum(most, own)
    frames = [
        _of_type(cells.areas, sums, type_, areas, clusters)
        for type_, areas in region_maps.by_type.items()
    ]
    out = pd.concat(frames, ignore_index=True)
    out["kind"] = out["cluster"].map(kinds)
    for name in (f"payroll{end}" for end in ENDS):
        if name not in out:
            out[name] = np.nan
    return out


def region_totals(cells: CountyCells, region_maps: RegionMaps) -> pd.DataFrame:
    """Sum all industries of each region: region, jobs, establishments, payroll."""
    at = cells.codes.index(TOTAL)
    sums = {
        name: np.asarray(cells.grids[name][:, [at]], dtype=np.float64) for name in cells.figures
    }
    frames = [
        _added(cells.areas, sums, areas, [TOTAL])[0] for areas in region_maps.by_type.values()
    ]
    out = pd.concat(frames, ignore_index=True).drop(columns="cluster")
    return out.reindex(columns=["region", *FIGURES])


def _of_type(
    areas: tuple[str, ...],
    sums: Mapping[str, FloatArray],
    type_: str,
    region_of: pd.Series[Any],
    clusters: list[str],
) -> pd.DataFrame:
    """Sum the areas of each region of a type."""
    frame, rows, number = _added(areas, sums, region_of, clusters)
    if type_ in BUILT:
        for name in (n for n in sums if n.endswith("_high")):
            least = sums[name.replace("_high", "_low")]
            frame[name] = np.minimum(frame[name], _left(areas, sums[name], least, rows, number))
    shown = (frame[["jobs_high", "establishments_high"]] > 0).any(axis=1)
    return frame[shown].assign(region_type=type_)


def _added(
    areas: tuple[str, ...],
    sums: Mapping[str, FloatArray],
    region_of: pd.Series[Any],
    clusters: list[str],
) -> tuple[pd.DataFrame, NDArray[np.int64], NDArray[np.int64]]:
    """Sum areas by region: the frame, the rows of the areas, the number of each one's region."""
    wanted = pd.Series(areas, dtype="string").map(region_of)
    rows = np.flatnonzero(wanted.notna())
    regions, number = np.unique(wanted.iloc[rows].to_numpy(dtype=str), return_inverse=True)
    frame = {
        "region": np.repeat(regions, len(clusters)),
        "cluster": np.tile(np.array(clusters, dtype=object), len(regions)),
    }
    for name, grid in sums.items():
        out = np.zeros((len(regions), len(clusters)))
        np.add.at(out, number, grid[rows])
        frame[name] = out.ravel()
    return pd.DataFrame(frame), rows, number.astype(np.int64)


def _left(
    areas: tuple[str, ...],
    high: FloatArray,
    low: FloatArray,
    rows: NDArray[np.int64],
    number: NDArray[np.int64],
) -> FloatArray:
    """Give the most that states leave to the counties of each region, the others at their least."""
    codes = np.array(areas)
    is_state = np.array([len(area) == 2 for area in areas])
    states = {code: k for k, code in enumerate(codes[is_state])}
    in_state = np.array([states.get(area[:2], -1) for area in areas])
    of_state = np.zeros((len(states), high.shape[1]))
    np.add.at(of_state, in_state[~is_state], low[~is_state])
    spare = high[is_state] - of_state
    out = np.zeros((int(number.max()) + 1, high.shape[1]))
    # Least of a region's own counties, and once for each of its states what is spare there.
    np.add.at(out, number, low[rows])
    pairs = np.unique(np.column_stack([number, in_state[rows]]), axis=0)
    np.add.at(out, pairs[:, 0], spare[pairs[:, 1]])
    return out.ravel()
