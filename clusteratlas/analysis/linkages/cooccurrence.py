"""Relatedness from co-occurrence and from flows, and its density around a region's portfolio."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray

Measure = Literal["probability", "association", "cosine", "jaccard"]


def co_occurrence(presence: ArrayLike) -> FloatArray:
    """Places in which two activities are both present: ``M'M`` with diagonal 0.

    Parameters
    ----------
    presence
        0 or 1, shape (places, activities).

    Returns
    -------
    Symmetric, shape (activities, activities), places.
    """
    m = np.asarray(presence, dtype=np.float64)
    together = m.T @ m
    np.fill_diagonal(together, 0.0)
    return together


def normalize_co_occurrence(
    co_occurrences: ArrayLike, measure: Measure = "probability"
) -> FloatArray:
    """Relatedness from co-occurrences C, with S_i the row sums and T their sum.

    ===============  ==================================================================
    ``probability``  C_ij / ([S_i/T S_j/(T - S_i) + S_j/T S_i/(T - S_j)] T/2)
    ``association``  (C_ij / T) / ((S_i / T)(S_j / T))
    ``cosine``       C_ij / sqrt(S_i S_j)
    ``jaccard``      C_ij / (S_i + S_j - C_ij)
    ===============  ==================================================================

    Parameters
    ----------
    co_occurrences
        Symmetric, not negative, shape (n, n). The diagonal is not used.
    measure
        One of the four. The first two are 1 where two activities meet as often as chance has it.

    Returns
    -------
    ndarray
        Symmetric, diagonal 0; 0 for an activity that meets no other.

    Raises
    ------
    AnalysisError
        If the matrix is not square, symmetric and without negative values, or `measure` is none
        of the four.

    References
    ----------
    van Eck & Waltman 2009; Steijn 2021 (probability).
    """
    C = np.array(co_occurrences, dtype=np.float64)
    if C.ndim != 2 or C.shape[0] != C.shape[1] or not (C >= 0).all() or not np.allclose(C, C.T):
        raise AnalysisError(
            "co-occurrences must be a symmetric matrix without negative values",
            hint="co_occurrence(presence) gives one",
        )
    np.fill_diagonal(C, 0.0)
    S, T = C.sum(axis=1), C.sum()
    pair = np.outer(S, S)
    if measure == "probability":
        chance = np.divide(pair, T * (T - S[:, None]), out=np.zeros_like(C), where=pair > 0)
        bottom = (chance + chance.T) * T / 2
    elif measure == "association":
        bottom = pair / T if T > 0 else pair
    elif measure == "cosine":
        bottom = np.sqrt(pair)
    elif measure == "jaccard":
        bottom = np.add.outer(S, S) - C
    else:
        raise AnalysisError(
            f"no relatedness measure {measure!r}",
            hint="probability, association, cosine or jaccard",
        )
    out: FloatArray = np.divide(C, bottom, out=np.zeros_like(C), where=(C > 0) & (bottom > 0))
    return out


def relatedness_density(presence: ArrayLike, relatedness: ArrayLike) -> FloatArray:
    """Percent of what is related to an activity that a region has.

    ``100 * sum_j M_rj phi_ij / sum_j phi_ij``, j != i.

    Parameters
    ----------
    presence
        0 or 1 (RCA >= 1), shape (regions, activities).
    relatedness
        phi, symmetric, shape (activities, activities); the diagonal is not used.

    Returns
    -------
    ndarray
        Percent, shape (regions, activities); 0 for an activity that is related to none.

    References
    ----------
    Boschma, Balland & Kogler 2015.
    """
    m, phi = np.asarray(presence, dtype=np.float64), np.array(relatedness, dtype=np.float64)
    np.fill_diagonal(phi, 0.0)
    near = m @ phi
    total = np.broadcast_to(phi.sum(axis=0), near.shape)
    share: FloatArray = np.divide(near, total, out=np.zeros_like(near), where=total > 0)
    return 100 * share


def skill_relatedness(flows: ArrayLike) -> FloatArray:
    """Relatedness of industries from workers who change between them, in (-1, 1).

    ``SR_ij = F_ij F / (F_i. F_.j)``, the mean of both directions, then ``(SR - 1) / (SR + 1)``:
    0 where as many change as chance has it, -1 where nobody does.

    Parameters
    ----------
    flows
        F_ij workers who went from industry i to j, shape (n, n). The diagonal (stayers) is not
        used.

    Returns
    -------
    ndarray
        Symmetric, diagonal 0; NaN for an industry that nobody leaves and nobody enters.

    Raises
    ------
    AnalysisError
        If the matrix is not square or has negative values.

    References
    ----------
    Neffke & Henning 2013; Neffke, Otto & Weyh 2017.
    """
    F = np.array(flows, dtype=np.float64)
    if F.ndim != 2 or F.shape[0] != F.shape[1] or not (F >= 0).all():
        raise AnalysisError(
            "flows must be a square matrix without negative values",
            hint="rows: industry that workers leave; columns: industry that they enter",
        )
    np.fill_diagonal(F, 0.0)
    expected = np.outer(F.sum(axis=1), F.sum(axis=0))
    ratio = np.divide(F * F.sum(), expected, out=np.full_like(F, np.nan), where=expected > 0)
    both = np.stack([ratio, ratio.T])
    known = ~np.isnan(both)
    count = known.sum(axis=0)
    total = np.where(known, both, 0.0).sum(axis=0)
    mean = np.divide(total, count, out=np.full_like(F, np.nan), where=count > 0)
    out: FloatArray = (mean - 1) / (mean + 1)
    np.fill_diagonal(out, 0.0)
    return out
