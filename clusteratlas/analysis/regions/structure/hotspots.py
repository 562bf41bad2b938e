"""Where a cluster is concentrated in space: Getis-Ord local G*."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse
from scipy.stats import false_discovery_control, norm

from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import BoolArray, FloatArray, IntArray

DISCOVERY_RATE = 0.05
"""Share of the spots found that chance alone may have made."""


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
    weight = w.sum(axis=1)
    top = w @ columns - np.outer(weight, columns.mean(axis=0))
    return np.asarray(top / _divisor(columns, w), dtype=np.float64).reshape(x.shape)


def _divisor(columns: FloatArray, w: sparse.csr_array) -> FloatArray:
    """``S sqrt((n sum w^2 - (sum w)^2) / (n - 1))`` of each region and column."""
    n = len(columns)
    weight, squares = w.sum(axis=1), (w * w).sum(axis=1)
    room = np.maximum(n * squares - weight**2, 0.0) / (n - 1)
    # Binary weights of a region next to all others leave no room, up to rounding.
    room[room < 1e-12 * n] = np.nan
    spread = columns.std(axis=0)
    spread[spread <= 1e-12 * np.abs(columns).max(axis=0)] = np.nan
    return np.outer(np.sqrt(room), spread)


def local_g_bounds(
    values: ArrayLike, low: ArrayLike, high: ArrayLike, weights: sparse.csr_array
) -> tuple[FloatArray, FloatArray]:
    """Bound G* where the values around a region are known within bounds.

    ``z_low = z - d_low``, with all values around a region at their low ends, and the mean and the
    deviation of the nation as they are: G* moves by ``sum_j w_ij (x_j - low_j)`` over its divisor.

    Parameters
    ----------
    values, low, high
        Values and their bounds, each of shape (regions,).
    weights
        As of `local_g_star`.

    Returns
    -------
    tuple of ndarray
        Smallest and largest G*, shape (regions,); NaN where G* is.
    """
    x, least, most = (np.asarray(v, dtype=np.float64) for v in (values, low, high))
    z = local_g_star(x, weights)
    spread = np.where(np.isnan(z), np.nan, _divisor(x.reshape(len(x), 1), weights)[:, 0])
    down, up = (np.asarray(weights @ step) / spread for step in (x - least, most - x))
    return z - down, z + up


@dataclass(frozen=True, slots=True)
class Significance:
    """How surprising z-scores are where nothing but chance places the values.

    Attributes
    ----------
    p
        Two-sided p by the normal distribution; NaN where the score is.
    adjusted
        The same with allowance for looking at all of them (Benjamini & Hochberg 1995): the
        smallest false discovery rate at which it is significant.
    """

    p: FloatArray
    adjusted: FloatArray


def significance(z: ArrayLike) -> Significance:
    """Give p-values of many z-scores, by themselves and with allowance for their number.

    ``p = 2 (1 - Phi(|z|))``; of p in ascending order, ``adjusted_(i) = min over k >= i of
    p_(k) n / k``, at most 1.

    Parameters
    ----------
    z
        Shape (n,); NaN are left out of n.

    Returns
    -------
    Significance
        Arrays of shape (n,).

    References
    ----------
    Benjamini & Hochberg 1995; Caldas de Castro & Singer 2006 (for local statistics).
    """
    score = np.asarray(z, dtype=np.float64)
    p = np.asarray(2 * norm.sf(np.abs(score)), dtype=np.float64)
    known = ~np.isnan(p)
    adjusted = np.full(p.shape, np.nan)
    if known.any():
        adjusted[known] = false_discovery_control(p[known], method="bh")
    return Significance(p, adjusted)


def spots(
    z: ArrayLike, low: ArrayLike, high: ArrayLike, *, rate: float = DISCOVERY_RATE
) -> tuple[IntArray, BoolArray]:
    """Tell hot and cold spots, and whether bounds of the scores could make another of them.

    A score is a spot where its adjusted p is at most `rate`. The largest p of a spot (or, without
    any, ``rate / n``) is then what either bound is held against.

    Parameters
    ----------
    z, low, high
        Scores and their bounds, each of shape (n,).
    rate
        False discovery rate.

    Returns
    -------
    tuple of ndarray
        1 hot, -1 cold, 0 neither (and where the score is NaN), shape (n,); and whether both
        bounds say the same.
    """
    score = np.asarray(z, dtype=np.float64)
    found = significance(score)
    spot = np.where(found.adjusted <= rate, np.sign(score), 0).astype(np.int64)
    known = max(int((~np.isnan(score)).sum()), 1)
    limit = float(found.p[spot != 0].max()) if spot.any() else rate / known
    # Rounding must not move a spot that lies just on the limit.
    least = float(norm.isf(limit / 2)) - 1e-9
    ends = [np.asarray(end, dtype=np.float64) for end in (low, high)]
    likewise = [np.where(np.abs(end) >= least, np.sign(end), 0) == spot for end in ends]
    return spot, likewise[0] & likewise[1]
