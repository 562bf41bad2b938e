"""Bounds in as many digits as a reader needs."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from clusteratlas.vocabulary.arrays import FloatArray

DIGITS = 3
"""Significant digits that a bound keeps where it is not the figure itself."""


def rounded_outward(
    figures: pd.DataFrame, names: tuple[str, ...], digits: int = DIGITS
) -> pd.DataFrame:
    """Round bounds to few digits, so that they stay bounds: low down, high up.

    Nobody needs seven digits of what is not known. A bound that is the figure itself, since that is
    published or proved, stays as it is.

    Parameters
    ----------
    figures
        Columns of ``names``, and ``_low`` and ``_high`` of each; whole numbers, may be missing.
    names
        Of the figures.
    digits
        Significant ones.

    Returns
    -------
    The frame with the rounded columns.
    """
    out = figures.copy()
    for name in names:
        point = figures[name].to_numpy(dtype=np.float64, na_value=np.nan)
        for end, way in (("low", np.floor), ("high", np.ceil)):
            bound = figures[f"{name}_{end}"].to_numpy(dtype=np.float64, na_value=np.nan)
            step = _step(bound, digits)
            rounded = np.where(bound == point, bound, way(bound / step) * step)
            out[f"{name}_{end}"] = pd.array(rounded, dtype="Float64").astype("Int64")
    return out


def _step(values: ArrayLike, digits: int) -> FloatArray:
    """Give the unit of the last digit that is kept, at least 1."""
    size = np.abs(np.asarray(values, dtype=np.float64))
    power = np.floor(np.log10(np.where(size >= 1, size, 1.0))) - (digits - 1)
    return np.asarray(10.0 ** np.maximum(power, 0.0), dtype=np.float64)
