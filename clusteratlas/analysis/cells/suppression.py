"""Withheld and absent cells: estimates with bounds, and bounds alone.

Two ways of not publishing a cell. QCEW *withholds* employment but publishes the row and its
establishments: `fill_top_down` estimates it. Business patterns from 2017 leave out the *row* of a
cell with fewer than three establishments: `remainders` and `cluster_bounds` say how much can be
missing, for absence is not zero.

Both rest on the NAICS tree, in which the jobs of an industry are the sum of its children's.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from clusteratlas.analysis.cells.naics_tree import CellTree, group_sums
from clusteratlas.analysis.checks import require_columns
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray, IntArray

PUBLISHED, FROM_CHILDREN, FROM_PUBLISHED, FROM_ESTIMATE, FROM_ESTABLISHMENTS = METHODS = (
    "published",
    "sum of published children",
    "share of published parent",
    "share of estimated parent",
    "establishments",
)


def fill_top_down(
    cells: pd.DataFrame,
    jobs_per_establishment: Mapping[str, float] | pd.Series,
    *,
    ceilings: Mapping[str, float] | None = None,
    rounding: float = 0.0,
) -> pd.DataFrame:
    """Estimate withheld employment from the top of the NAICS tree down, with bounds.

    Within an area, with J published jobs, n establishments and q_i the industry's national jobs
    per establishment::

        low_c   = J_c, if withheld: sum of the children's low       (published below it)
        high_c  = J_c, if withheld: high_parent - sum of the siblings' low
        J^_c    = low_c + left * w_c / sum of w over the withheld siblings
        left    = max(0, J^_parent - sum of all children's low)
        w_c     = max(0, n_c q_c - low_c)

    J^ of a parent is published or was estimated one step earlier, so that children add up to
    their parent wherever the published figures do. A withheld industry whose children are all
    published is their sum. An absent level is skipped: the parent is the
    nearest industry above that the area has. Where all weights are zero the remainder is shared
    by establishments, then equally.

    Parameters
    ----------
    cells
        area, naics (``total``, sectors as ``31-33``, then three to six digits), establishments,
        jobs (missing where withheld). One row per area and industry; any order.
    jobs_per_establishment
        National jobs per establishment by NAICS code; for a code that it lacks, the value of the
        nearest industry above.
    ceilings
        Most jobs that an area can have, for areas whose total is withheld (`area_ceilings`).
    rounding
        How far a published figure may lie from the true one; the bounds of withheld cells widen
        accordingly. 0.5 for annual averages that are printed as whole jobs, as in QCEW.

    Returns
    -------
    DataFrame
        area, naics, establishments, jobs (estimate), jobs_low, jobs_high, estimated, method (one
        of `METHODS`), in the order and with the index of `cells`. ``jobs_high`` is infinite
        where the area's total is withheld and no ceiling is given.

    Raises
    ------
    AnalysisError
        For missing columns, a repeated cell, negative counts, or a code without any national jobs
        per establishment.

    Notes
    -----
    Published figures that exceed their parent leave nothing to share. The estimate always lies
    within the bounds.

    References
    ----------
    Isserman & Westervelt 2006 (ranges); the shares by establishments are a proposal of ours.
    """
    require_columns(cells, ("area", "naics", "establishments", "jobs"), "cells to fill")
    tree = CellTree(cells)
    establishments = cells["establishments"].to_numpy(dtype=np.float64)
    published = cells["jobs"].to_numpy(dtype=np.float64, na_value=np.nan)
    if (published < 0).any() or not (establishments >= 0).all():
        raise AnalysisError(
            "cells to fill: a negative count, or missing establishments",
            hint="withheld jobs are missing values; establishments are always published",
        )
    expected = establishments * tree.spread(jobs_per_establishment)
    withheld = np.isnan(published)

    def from_below(values: FloatArray) -> FloatArray:
        for rows in reversed(tree.steps):
            values += np.where(withheld, tree.sum_to_parents(rows, values), 0.0)
        return values

    # Two lower ends: as printed, for the estimates to add up; less rounding, for valid bounds.
    printed = from_below(np.where(withheld, 0.0, published))
    low = from_below(np.where(withheld, 0.0, np.maximum(published - rounding, 0.0)))
    known = tree.all_below(~withheld)
    jobs = np.where(known, printed, np.nan)
    high = from_below(np.where(withheld, 0.0, published + rounding))
    origin = np.where(known, METHODS.index(FROM_CHILDREN), METHODS.index(FROM_ESTABLISHMENTS))
    origin[~withheld] = METHODS.index(PUBLISHED)

    weight = np.maximum(expected - printed, 0.0)
    roots = tree.roots & ~known
    jobs[roots] = np.maximum(expected, printed)[roots]
    most = cells.loc[roots, "area"].map(dict(ceilings or {})).to_numpy(dtype=np.float64)
    high[roots] = np.maximum(np.where(np.isnan(most), np.inf, most), jobs[roots])
    for rows in tree.steps:
        printed_below, low_below = (tree.sum_to_parents(rows, v) for v in (printed, low))
        at = rows[~known[rows]]
        above = tree.parent[at]
        left = np.maximum(jobs - printed_below, 0.0)[above]
        jobs[at] = printed[at] + left * _shares(above, weight[at], establishments[at], len(jobs))
        room = np.maximum(high[above] - low_below[above], 0.0)
        high[at] = np.maximum(low[at] + room, jobs[at])
        origin[at] = np.where(
            known[above], METHODS.index(FROM_PUBLISHED), METHODS.index(FROM_ESTIMATE)
        )
    return pd.DataFrame(
        {
            "area": cells["area"],
            "naics": cells["naics"],
            "establishments": cells["establishments"],
            "jobs": jobs,
            "jobs_low": np.where(withheld, low, published),
            "jobs_high": np.where(withheld, high, published),
            "estimated": withheld,
            "method": pd.Categorical.from_codes(origin, categories=pd.Index(METHODS)),
        },
        index=cells.index,
    )


def cluster_bounds(cells: pd.DataFrame, membership: Mapping[str, str]) -> pd.DataFrame:
    """Sum the published jobs of each cluster in each area, and bound what is not published.

    ``jobs_high`` = published jobs of its members + the remainder of every industry that is the
    nearest published one above an absent member. Remainders of different industries have no
    child in common, so each is counted once; two clusters may both count the same one, so their
    bounds cannot all be reached together.

    Parameters
    ----------
    cells
        area, naics, jobs, establishments at all levels; cells with fewer than three
        establishments are absent.
    membership
        Cluster of each six-digit industry, of all that exist in the nation: an industry that is
        left out is taken to be absent everywhere.

    Returns
    -------
    DataFrame
        area, cluster, jobs, jobs_high, establishments, establishments_high, sorted by area and
        cluster; without pairs in which all are 0.

    Raises
    ------
    AnalysisError
        For missing columns or values, or a repeated cell.

    Notes
    -----
    A valid bound up to the noise that the publisher puts into jobs (2 to 5 percent of a cell).
    """
    tree, jobs_left, establishments_left = _left(cells)
    members = sorted(membership)
    clusters = sorted(set(membership.values()))
    column = {name: i for i, name in enumerate(clusters)}
    of_member = np.array([column[membership[m]] for m in members], dtype=np.int64)
    n_areas, n_clusters = len(tree.areas), len(clusters)

    row, present = tree.nearest(members)
    area = np.broadcast_to(np.arange(n_areas)[:, None], row.shape)
    pair = area * n_clusters + of_member[None, :]
    size = n_areas * n_clusters
    found = row >= 0
    own = pair[present & found], row[present & found]
    # One remainder counts once in a cluster, however many of its members are absent below it.
    once = np.unique(pair[~present & found].astype(np.int64) * len(cells) + row[~present & found])
    above = once // len(cells), once % len(cells)
    out = pd.DataFrame(
        {
            "area": np.repeat(tree.areas, n_clusters),
            "cluster": np.tile(np.asarray(clusters, dtype=object), n_areas),
        }
    )
    for name, left in (("jobs", jobs_left), ("establishments", establishments_left)):
        values = cells[name].to_numpy(dtype=np.float64)
        published = group_sums(own[0], values[own[1]], size)
        out[name] = published
        out[f"{name}_high"] = published + group_sums(above[0], left[above[1]], size)
    some = (out[["jobs_high", "establishments_high"]] > 0).any(axis=1)
    return out[some].sort_values(["area", "cluster"], ignore_index=True)


def _shares(group: IntArray, weight: FloatArray, second: FloatArray, size: int) -> FloatArray:
    """Weights as shares of their group's sum; by `second`, then equally, where all are zero."""
    share = np.full(len(group), np.nan)
    for by in (weight, second, np.ones(len(group))):
        total = group_sums(group, by, size)[group]
        share = np.where(np.isnan(share) & (total > 0), by / np.where(total > 0, total, 1), share)
    return share


def _left(cells: pd.DataFrame) -> tuple[CellTree, FloatArray, FloatArray]:
    require_columns(cells, ("area", "naics", "jobs", "establishments"), "cells")
    if cells[["jobs", "establishments"]].isna().any(axis=None):
        raise AnalysisError(
            "cells: missing jobs or establishments",
            hint="bounds need published figures; estimate withheld cells with fill_top_down",
        )
    tree = CellTree(cells)
    rows = np.flatnonzero(~tree.roots)
    left = []
    for name in ("jobs", "establishments"):
        values = cells[name].to_numpy(dtype=np.float64)
        left.append(np.maximum(values - tree.sum_to_parents(rows, values), 0.0))
    jobs_left, establishments_left = left
    return tree, np.where(establishments_left > 0, jobs_left, 0.0), establishments_left
