"""Co-location: which industries are found in the same areas.

References: Delgado, Porter & Stern 2016 (LC-Emp, LC-Est); Ellison & Glaeser 1997 and Ellison,
Glaeser & Kerr 2010 (pairwise coagglomeration).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from clusteratlas.analysis.products import product
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray


def pivot_levels(
    cells: pd.DataFrame, codes: Sequence[str], areas: Sequence[str], value: str = "jobs"
) -> FloatArray:
    """Lay the cells of a long table out as a matrix.

    Parameters
    ----------
    cells
        Columns ``area``, ``naics`` and ``value``; one row per area and industry. Rows of other
        areas or industries are passed over. A withheld (missing) value counts as 0: fill it before.
    codes, areas
        Rows and columns of the result, in order, without repeats.
    value
        Column to lay out, for example ``jobs`` or ``establishments``.

    Returns
    -------
    Array of shape (industries, areas), in the unit of ``value``; 0 where there is no cell.

    Raises
    ------
    AnalysisError
        A cell occurs twice, or codes or areas repeat.
    """
    rows = pd.Index(codes)
    columns = pd.Index(areas)
    if not rows.is_unique or not columns.is_unique:
        raise AnalysisError(
            "industries or areas repeat", hint="give each code and each area once, in order"
        )
    i = rows.get_indexer(pd.Index(cells["naics"]))
    r = columns.get_indexer(pd.Index(cells["area"]))
    known = (i >= 0) & (r >= 0)
    i, r = i[known], r[known]
    flat = i.astype(np.int64) * len(columns) + r
    if len(np.unique(flat)) != len(flat):
        raise AnalysisError(
            f"the cells of {value!r} name an area and industry twice",
            hint="sum the cells by area and naics first",
        )
    levels = np.zeros((len(rows), len(columns)))
    numbers = pd.to_numeric(cells[value]).to_numpy(dtype=np.float64, na_value=0.0)[known]
    levels[i, r] = numbers
    return levels


def location_correlation(levels: FloatArray) -> FloatArray:
    """Correlate industries over areas (LC-Emp on jobs, LC-Est on establishments).

    ``LC_ij = cov_r(e_ir, e_jr) / (sd_r(e_ir) sd_r(e_jr))``, on levels, not shares (Delgado, Porter
    & Stern 2016, who use the 179 BEA economic areas).

    Parameters
    ----------
    levels
        Shape (industries, areas): jobs or establishments.

    Returns
    -------
    Symmetric array (industries, industries) in [-1, 1], diagonal 1. Rows and columns of an industry
    that does not vary over areas (none anywhere, or the same everywhere) are NaN.

    Raises
    ------
    AnalysisError
        Fewer than two areas.
    """
    if levels.shape[1] < 2:
        raise AnalysisError(
            "a correlation over areas needs two areas or more", hint="choose a finer area set"
        )
    centered = levels - levels.mean(axis=1, keepdims=True)
    norm = np.sqrt((centered**2).sum(axis=1))
    # Rounding leaves a constant row with a norm of about eps times its level, not with 0.
    constant = norm <= 1e-12 * np.abs(levels).max(axis=1, initial=0.0) * levels.shape[1]
    norm[constant] = np.nan
    unit = centered / norm[:, None]
    together = product(unit, unit.T)
    correlation: FloatArray = np.clip((together + together.T) / 2, -1.0, 1.0)
    np.fill_diagonal(correlation, np.where(constant, np.nan, 1.0))
    return correlation


def pairwise_coagglomeration(levels: FloatArray, aggregate: FloatArray) -> FloatArray:
    """Coagglomeration of each pair of industries (COI, Ellison, Glaeser & Kerr 2010).

    ``COI_ij = sum_r (s_ir - x_r)(s_jr - x_r) / (1 - sum_r x_r^2)`` with ``s_ir`` the area's share
    of the industry and ``x_r`` its share of aggregate employment.

    Parameters
    ----------
    levels
        Shape (industries, areas): jobs.
    aggregate
        Shape (areas,): employment of all industries.

    Returns
    -------
    Symmetric array (industries, industries); the diagonal is the raw concentration
    ``G_i / (1 - sum x^2)``. Rows and columns of an industry without jobs are NaN.

    Raises
    ------
    AnalysisError
        There is no aggregate employment, or all of it is in one area.
    """
    total = float(aggregate.sum())
    if total <= 0 or float(aggregate.max()) >= total:
        raise AnalysisError(
            "coagglomeration needs aggregate employment in two areas or more",
            hint="check the area set and the column of jobs",
        )
    x = aggregate / total
    sums = levels.sum(axis=1, keepdims=True)
    shares = np.divide(levels, sums, out=np.full_like(levels, np.nan), where=sums > 0)
    excess: FloatArray = shares - x
    pairs: FloatArray = product(excess, excess.T) / (1.0 - float((x**2).sum()))
    return np.asarray((pairs + pairs.T) / 2, dtype=np.float64)
