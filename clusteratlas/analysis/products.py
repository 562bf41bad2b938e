"""Matrix products that are the same to the last bit on every processor and any number of threads.

Libraries of linear algebra add in an order that they choose by processor, so the same files gave
matrices that differed in their last bits, and where industries are nearly tied those decided.
"""

from __future__ import annotations

import math

import numpy as np

from clusteratlas.vocabulary.arrays import FloatArray

_MANTISSA = 53
"""Bits of a double: whole numbers below 2^53 are added without rounding, in whatever order."""
_SLICES = 3


def product(a: FloatArray, b: FloatArray) -> FloatArray:
    """Multiply two matrices so that no sum depends on the order in which it is added up.

    Each row of ``a`` and column of ``b`` is written as a sum of three slices of whole numbers, so
    short that products of slices are sums of whole numbers below 2^53: those are exact. Six such
    products, or fewer, are then added in one order (Ozaki, Ogita, Oishi & Rump 2012). The error is
    about that of an ordinary product: 2^-53 of the result and 2^-57 of the largest terms at most.

    Parameters
    ----------
    a
        Shape (m, n).
    b
        Shape (n, p) or (n,).

    Returns
    -------
    Array of shape (m, p) or (m,). Rows of ``a`` and columns of ``b`` with a value that is not
    finite give NaN; with ``n = 0`` all is 0.

    References
    ----------
    Ozaki, K., Ogita, T., Oishi, S., & Rump, S. M. (2012). Error-free transformations of matrix
    multiplication by using fast routines of matrix multiplication and its applications. Numerical
    Algorithms 59.
    """
    if b.ndim == 1:
        return product(a, b[:, None])[:, 0]
    width = (_MANTISSA - max(a.shape[1] - 1, 1).bit_length()) // 2 - 1
    rows, row_unit = _slices(a, width)
    columns, column_unit = _slices(b.T, width)
    total = np.zeros((len(a), b.shape[1]))
    # The smallest terms first, so that little of them is lost.
    for level in reversed(range(_SLICES)):
        total *= math.ldexp(1.0, -width)
        for k, row_slice in enumerate(rows[: level + 1]):
            if level - k < len(columns):
                total += row_slice @ columns[level - k].T
    return np.asarray(total * row_unit[:, None] * column_unit[None, :], dtype=np.float64)


def _slices(matrix: FloatArray, width: int) -> tuple[list[FloatArray], FloatArray]:
    """Write each row as whole numbers of ``width`` bits times a power of two of its own.

    Slices end where nothing is left: whole numbers, as of memberships, have one.
    """
    largest = np.abs(matrix).max(axis=1, initial=0.0)
    finite = np.isfinite(largest)
    # Below 2^-900 a row would need a factor that no double holds; it keeps fewer bits.
    exponent = np.maximum(np.frexp(np.where(finite, largest, 0.0))[1], -900)
    rest = np.where(finite[:, None], matrix, 0.0) * np.ldexp(1.0, width - exponent)[:, None]
    slices = []
    for _ in range(_SLICES):
        whole = np.rint(rest)
        slices.append(whole)
        rest -= whole
        if not rest.any():
            break
        rest *= 2.0**width
    unit = np.where(finite, np.ldexp(1.0, exponent - width), np.nan)
    return slices, unit
