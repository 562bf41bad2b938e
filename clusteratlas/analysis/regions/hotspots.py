"""Where a cluster is concentrated in space: Getis-Ord local G*."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse

from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray


def neighbor_weights(regions: Sequence[str], pairs: Iterable[tuple[str, str]]) -> sparse.csr_array:
    """Binary weights of neighbors, each region being its own neighbor too.

    Parameters
    ----------
    regions
        All regions, in the order of the rows.
    pairs
        Unordered pairs of regions that share a border. Pairs with a region that is not in
        `regions` are left out.

    Returns
    -------
    csr_array
        Symmetric, diagonal 1, shape (regions, regions).

    Raises
    ------
    AnalysisError
        If a region is given twice.
    """
    at = {name: i for i, name in enumerate(regions)}
    if len(at) != len(regions):
        raise AnalysisError("a region is given twice", hint="give each region once")
    links = {(at[a], at[b]) for a, b in pairs if a in at and b in at and a != b}
    links |= {(b, a) for a, b in links} | {(i, i) for i in range(len(at))}
    rows, columns = zip(*sorted(links), strict=True) if links else ((), ())
    ones = np.ones(len(links))
    return sparse.csr_array((ones, (rows, columns)), shape=(len(at), len(at)))


def local_g_star(values: ArrayLike, weights: sparse.csr_array) -> FloatArray:
    """Getis-Ord G*: how high the values around each region are, as a z-score.

    ``G_i* = (sum_j w_ij x_j - X sum_j w_ij) / (S sqrt((n sum_j w_ij^2 - (sum_j w_ij)^2) /
    (n - 1)))`` with X the mean and S the population standard deviation of x; w includes i itself.
    Above 1.96: a hot spot at 5 percent, before any allowance for looking at many regions.

    Parameters
    ----------
    values
        x, such as location quotients or jobs; shape (regions,) or (regions, clusters).
    weights
        w, shape (regions, regions), diagonal included (`neighbor_weights`).

    Returns
    -------
    ndarray
        Shape of `values`; NaN for constant values, and for a region that is next to all others.

    Raises
    ------
    AnalysisError
        For shapes that do not fit, missing values, fewer than two regions or a zero diagonal.

    References
    ----------
    Ord & Getis 1995, eq. 4; Feser, Sweeney & Renski 2005.
    """
    x = np.asarray(values, dtype=np.float64)
    w = weights
    n = len(x)
    if n < 2 or w.shape != (n, n):
        raise AnalysisError(
            f"G*: {n} values, weights of shape {w.shape}",
            hint="give one value per region, for two or more regions",
        )
    if np.isnan(x).any() or not (w.diagonal() > 0).all():
        raise AnalysisError(
            "G*: a missing value, or a zero in the diagonal of the weights",
            hint="leave regions without a value out; each region is its own neighbor",
        )
    columns = x.reshape(n, -1)
    weight, squares = w.sum(axis=1), (w * w).sum(axis=1)
    room = np.maximum(n * squares - weight**2, 0.0) / (n - 1)
    # Binary weights of a region next to all others leave no room, up to rounding.
    room[room < 1e-12 * n] = np.nan
    spread = columns.std(axis=0)
    spread[spread <= 1e-12 * np.abs(columns).max(axis=0)] = np.nan
    top = w @ columns - np.outer(weight, columns.mean(axis=0))
    return np.asarray(top / np.outer(np.sqrt(room), spread), dtype=np.float64).reshape(x.shape)
