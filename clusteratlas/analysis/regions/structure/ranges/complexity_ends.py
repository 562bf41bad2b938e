"""How far density and complexity move where it is not certain what places are specialized in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from clusteratlas.analysis.regions.structure.complexity import (
    EconomicComplexity,
    complexity_of_presence,
)
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray, IntArray


def density_bounds(
    M: ArrayLike, low: ArrayLike, high: ArrayLike, phi: ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Bound the densities of places that are specialized in no less and no more than known.

    With L and H the certain and the possible presence, and an activity's own as it is:
    ``(sum_{q != p} L_cq phi_qp + M_cp phi_pp) / sum_q phi_qp``, and the same with H. Proximity is
    taken as it is.

    Parameters
    ----------
    M, low, high
        Presence, certain and possible presence, shape (places, activities), ``low <= M <= high``.
    phi
        Proximity, shape (activities, activities); symmetric.

    Returns
    -------
    Least and greatest density, shape (places, activities); 0 for an activity that is related to
    nothing.
    """
    m, p = np.asarray(M, dtype=np.float64), np.asarray(phi, dtype=np.float64)
    total = np.broadcast_to(p.sum(axis=0), m.shape)
    least, most = (
        np.divide(
            end @ p + (m - end) * np.diagonal(p), total, out=np.zeros_like(m), where=total > 0
        )
        for end in (np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64))
    )
    return least, most


@dataclass(frozen=True)
class ComplexityRange:
    """Complexity as it is computed from several tables of presence.

    Attributes
    ----------
    eci_low, eci_high, pci_low, pci_high
        Least and greatest index; NaN where one of the tables gives none.
    best, worst
        Least and greatest rank of places by ECI, 1 = highest; 0 where the range is NaN.
    agreement
        Spearman's rank correlation of the ECI of each table with that of the first; NaN for a table
        that gives none.
    """

    eci_low: FloatArray
    eci_high: FloatArray
    pci_low: FloatArray
    pci_high: FloatArray
    best: IntArray
    worst: IntArray
    agreement: tuple[float, ...]


def complexity_range(found: EconomicComplexity, ends: Sequence[ArrayLike]) -> ComplexityRange:
    """Compute complexity once more from other tables of presence, and give the range.

    It is no bound: cells may be at their ends one by one, and indices are not monotone in them.

    Parameters
    ----------
    found
        Complexity of the first table.
    ends
        Other tables of presence, each of shape (places, activities): what is certain, and what is
        possible.

    Returns
    -------
    ComplexityRange
        An eigenvector has no sign of its own: each table's is turned so that its ECI goes with the
        first one's, whatever its diversity says.
    """
    eci, pci, agreement = [found.eci], [found.pci], []
    for end in ends:
        places, activities = _turned(found, end)
        eci.append(places)
        pci.append(activities)
        agreement.append(_rank_correlation(found.eci, places))
    low, high = _least_and_most(eci)
    ranks = np.stack([complexity_ranks(values) for values in eci])
    known = ~np.isnan(low)
    best, worst = (np.where(known, end, 0) for end in (ranks.min(axis=0), ranks.max(axis=0)))
    return ComplexityRange(low, high, *_least_and_most(pci), best, worst, tuple(agreement))


def _turned(found: EconomicComplexity, end: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Give ECI and PCI of a table with the sign of those found; NaN where it has none."""
    try:
        other = complexity_of_presence(end)
    except AnalysisError:
        return np.full_like(found.eci, np.nan), np.full_like(found.pci, np.nan)
    both = ~np.isnan(found.eci) & ~np.isnan(other.eci)
    ours, theirs = found.eci[both], other.eci[both]
    sign = -1.0 if (ours - ours.mean()) @ (theirs - theirs.mean()) < 0 else 1.0
    return sign * other.eci, sign * other.pci


def _least_and_most(values: Sequence[FloatArray]) -> tuple[FloatArray, FloatArray]:
    stacked = np.stack(values)
    return stacked.min(axis=0), stacked.max(axis=0)


def complexity_ranks(index: ArrayLike) -> IntArray:
    """Rank places or activities by their index.

    Parameters
    ----------
    index
        ECI or PCI, shape (n,).

    Returns
    -------
    1 + the number of larger values; the same to nine digits is equal, since an eigenvector has no
    more. NaN comes last.
    """
    values = np.round(np.asarray(index, dtype=np.float64), 9)
    known = np.sort(values[~np.isnan(values)])
    above = len(known) - np.searchsorted(known, values, side="right")
    return np.where(np.isnan(values), len(known), above).astype(np.int64) + 1


def _rank_correlation(one: FloatArray, other: FloatArray) -> float:
    from scipy.stats import spearmanr

    both = ~np.isnan(one) & ~np.isnan(other)
    if both.sum() < 2:
        return float("nan")
    return float(spearmanr(one[both], other[both]).statistic)
