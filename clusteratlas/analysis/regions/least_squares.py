"""Ordinary least squares with robust errors, and how far figures between bounds move a slope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from clusteratlas.vocabulary.arrays import FloatArray, IntArray

CONFIDENCE = 0.95
"""Of the intervals."""
_ROUNDING = 1e-13
"""Part of the largest figure below which a deviation from the mean is rounding."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A regression: for each regressor of shape (k,), NaN where nothing can be fitted."""

    slopes: FloatArray
    errors: FloatArray
    """Robust standard errors of the slopes."""
    low: FloatArray
    high: FloatArray
    """Ends of the intervals of 95 % by Student's t."""
    effects: FloatArray
    """Standardized slopes, ``b_j * sd(x_j) / sd(y)``: standard deviations of y for one of x_j."""
    r2: float
    """Share of the variance of y that is explained; of that within groups where means are removed.
    NaN where y does not vary."""
    n: int
    """Observations that were used."""


def fit(
    y: ArrayLike,
    x: ArrayLike,
    *,
    within: Sequence[Any] | None = None,
    together: Sequence[Any] | None = None,
) -> Fit:
    """Fit ``y = a + X b + u`` by least squares.

    ``b = (X'X)^-1 X'y`` on deviations from the mean, or from the mean of each group of ``within``
    (one constant a group). The covariance of b is ``f (X'X)^-1 M (X'X)^-1`` with

    ============  ===========================================  ====================================
    errors        M                                            f
    ============  ===========================================  ====================================
    independent   ``sum_i u_i^2 x_i x_i'``                     ``n / (n - p)`` (HC1)
    together      ``sum_g (sum_{i in g} u_i x_i) (...)'``      ``G/(G-1) * (n-1)/(n-p)`` (CR1)
    ============  ===========================================  ====================================

    and p the regressors and constants, G the groups of ``together``. Intervals have n - p degrees
    of freedom, or G - 1.

    Parameters
    ----------
    y
        Shape (n,).
    x
        Shape (n,) or (n, k), of any units.
    within
        Group of each observation, whose mean is removed from y and x.
    together
        Group of each observation, within which errors may depend on each other.

    Returns
    -------
    Fit
        Observations with a figure that is not finite are left out. All is NaN where there are not
        more observations than regressors and constants, or a regressor follows from the others.

    References
    ----------
    MacKinnon & White 1985 (HC1); Liang & Zeger 1986 (groups).
    """
    target = np.asarray(y, dtype=np.float64)
    design = np.asarray(x, dtype=np.float64)
    design = design[:, None] if design.ndim == 1 else design
    kept = np.isfinite(target) & np.isfinite(design).all(axis=1)
    target, design = target[kept], design[kept]
    n, k = design.shape
    groups = _codes(within, kept)
    p = k + (int(groups.max(initial=-1)) + 1)
    target, design = _centered(target[:, None], groups)[:, 0], _centered(design, groups)
    lengths = np.sqrt((design**2).sum(axis=0))
    if n <= p or not lengths.all() or np.linalg.matrix_rank(design / lengths) < k:
        empty = np.full(k, np.nan)
        return Fit(empty, empty, empty, empty, empty, np.nan, n)
    inverse = np.linalg.inv(design.T @ design)
    slopes = inverse @ design.T @ target
    residuals = target - design @ slopes
    scores = design * residuals[:, None]
    factor, freedom = n / (n - p), n - p
    if together is not None:
        of = _codes(together, kept)
        sums = np.zeros((int(of.max()) + 1, k))
        np.add.at(sums, of, scores)
        scores, freedom = sums, len(sums) - 1
        factor = len(sums) / freedom * (n - 1) / (n - p) if freedom else np.nan
    covariance = factor * inverse @ (scores.T @ scores) @ inverse
    errors = np.sqrt(np.diag(covariance))
    reach = _quantile(freedom) * errors
    length = float(np.sqrt(target @ target))
    explained, effects = np.nan, np.full(k, np.nan)
    if length:
        explained = 1 - float(np.sqrt(residuals @ residuals) / length) ** 2
        effects = slopes * lengths / length
    return Fit(slopes, errors, slopes - reach, slopes + reach, effects, explained, n)


def slope_bounds(x: ArrayLike, y_low: ArrayLike, y_high: ArrayLike) -> tuple[float, float]:
    """Least and greatest slope of y on x where each y may be anywhere between its bounds.

    A slope is linear in y, ``b = sum_i w_i y_i`` with ``w_i = (x_i - mean x) / sum_j (x_j - mean
    x)^2``: it is least with the low y where w is positive and the high y where it is negative.

    Parameters
    ----------
    x
        Shape (n,), known.
    y_low, y_high
        Bounds of y, shape (n,).

    Returns
    -------
    Least and greatest slope; NaN where x does not vary or a bound is not finite.
    """
    given, low, high = (np.asarray(v, dtype=np.float64) for v in (x, y_low, y_high))
    deviation = _centered(given[:, None], np.zeros(given.size, dtype=np.int64))[:, 0]
    total = float(deviation @ deviation)
    if not total:
        return np.nan, np.nan
    weights = deviation / total
    up = weights > 0
    return (
        float(weights @ np.where(up, low, high)),
        float(weights @ np.where(up, high, low)),
    )


def _codes(groups: Sequence[Any] | None, kept: Any) -> IntArray:
    """Give each observation that is kept the number of its group; one where none are given."""
    if groups is None:
        return np.zeros(int(np.count_nonzero(kept)), dtype=np.int64)
    labels = np.asarray(groups)[kept]
    return np.asarray(np.unique(labels, return_inverse=True)[1], dtype=np.int64)


def _centered(values: FloatArray, groups: IntArray) -> FloatArray:
    """Take the mean of each group away from the columns; what is left by rounding is 0."""
    sizes = np.bincount(groups)
    sums = np.zeros((len(sizes), values.shape[1]))
    np.add.at(sums, groups, values)
    found = values - (sums / sizes[:, None])[groups]
    rounding = _ROUNDING * np.abs(values).max(axis=0, initial=0.0)
    return np.asarray(np.where(np.abs(found) <= rounding, 0.0, found), dtype=np.float64)


def _quantile(freedom: int) -> float:
    from scipy.stats import t

    return float(t.ppf((1 + CONFIDENCE) / 2, freedom)) if freedom > 0 else np.nan
