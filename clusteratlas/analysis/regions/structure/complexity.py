"""Economic complexity of places and activities (Hidalgo & Hausmann 2009).

X is a matrix of places (rows) by activities (columns), such as jobs of regions by industry.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.linalg import eigh

from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray


@dataclass(frozen=True)
class EconomicComplexity:
    """Complexity of places and activities, and what opens to each place.

    Attributes
    ----------
    presence
        M, 1 where a place is specialized; shape (places, activities).
    diversity, ubiquity
        k_c and k_p, row and column sums of M.
    proximity
        phi, shape (activities, activities), diagonal 1.
    density
        w, share of the related activities that a place has; shape (places, activities).
    eci, pci
        Complexity of places, and of activities on the same scale; NaN for a place without
        specialization and for an activity that no place is specialized in.
    coi
        Complexity outlook index of places: how near they are to complex activities; z-scored.
    cog
        Complexity outlook gain: what an absent activity would add; 0 where it is present.
    eigenvalues
        Second and third eigenvalue. ECI is well defined only where they differ.
    """

    presence: FloatArray
    diversity: FloatArray
    ubiquity: FloatArray
    proximity: FloatArray
    density: FloatArray
    eci: FloatArray
    pci: FloatArray
    coi: FloatArray
    cog: FloatArray
    eigenvalues: tuple[float, float]


def rca(X: ArrayLike) -> FloatArray:
    """Revealed comparative advantage ``(X_cp / X_c) / (X_p / X)``, the location quotient.

    Parameters
    ----------
    X
        Shape (places, activities), not negative.

    Returns
    -------
    ndarray
        Same shape; 0 in empty rows and columns.

    Raises
    ------
    AnalysisError
        For negative or missing values, or a matrix of zeros.

    References
    ----------
    Balassa 1965.
    """
    x = np.asarray(X, dtype=np.float64)
    if not (x >= 0).all() or x.sum() <= 0:
        raise AnalysisError(
            "RCA: the matrix has negative or missing values, or nothing but zeros",
            hint="give jobs of places by industry, 0 where there are none",
        )
    expected = x.sum(axis=1, keepdims=True) * x.sum(axis=0) / x.sum()
    out: FloatArray = np.divide(x, expected, out=np.zeros_like(x), where=expected > 0)
    return out


def relative_presence(X: ArrayLike, population: ArrayLike) -> FloatArray:
    """Jobs a head relative to the nation's: ``(X_cp / pop_c) / (X_p / pop)`` (RPOP).

    Unlike RCA it does not fall in one activity because another is large.

    Parameters
    ----------
    X
        Shape (places, activities).
    population
        Shape (places,).

    Returns
    -------
    ndarray
        Same shape as `X`; 0 for an activity without jobs.

    Raises
    ------
    AnalysisError
        If a place has no population.
    """
    x, pop = np.asarray(X, dtype=np.float64), np.asarray(population, dtype=np.float64)
    if not (pop > 0).all():
        raise AnalysisError("a place has no population", hint="leave it out")
    national = x.sum(axis=0) / pop.sum()
    expected = np.outer(pop, national)
    out: FloatArray = np.divide(x, expected, out=np.zeros_like(x), where=expected > 0)
    return out


def proximity(M: ArrayLike) -> FloatArray:
    """Smaller of the two conditional probabilities of being present together.

    ``phi_pq = (M'M)_pq / max(k_p, k_q)``; diagonal 1; 0 for an activity that is nowhere.

    Parameters
    ----------
    M
        Presence (0 or 1), shape (places, activities).

    Returns
    -------
    Symmetric, shape (activities, activities), 0 to 1.

    References
    ----------
    Hidalgo, Klinger, Barabasi & Hausmann 2007.
    """
    m = np.asarray(M, dtype=np.float64)
    together = m.T @ m
    ubiquity = np.diagonal(together)
    most = np.maximum.outer(ubiquity, ubiquity)
    out: FloatArray = np.divide(together, most, out=np.zeros_like(together), where=most > 0)
    return out


def proximity_density(M: ArrayLike, phi: ArrayLike) -> FloatArray:
    """Share of what is related to an activity that a place has.

    ``w_cp = sum_q M_cq phi_qp / sum_q phi_qp``; distance is 1 - density.

    Parameters
    ----------
    M
        Presence, shape (places, activities).
    phi
        Proximity, shape (activities, activities); symmetric.

    Returns
    -------
    ndarray
        Shape (places, activities); 0 for an activity that is related to nothing.
    """
    m, p = np.asarray(M, dtype=np.float64), np.asarray(phi, dtype=np.float64)
    near = m @ p
    total = np.broadcast_to(p.sum(axis=0), near.shape)
    out: FloatArray = np.divide(near, total, out=np.zeros_like(near), where=total > 0)
    return out


def economic_complexity(X: ArrayLike, *, threshold: float = 1.0) -> EconomicComplexity:
    """Complexity indices of places and activities.

    ``M = [RCA >= threshold]``; PCI is the second eigenvector of ``D_p^-1 M' D_c^-1 M`` and ECI the
    mean PCI of what a place has, both less the mean of ECI and over its standard deviation;
    ``COI_c = sum_p w_cp (1 - M_cp) PCI_p`` (raw PCI), z-scored;
    ``COG_cp = (1 - M_cp) sum_q (1 - M_cq) PCI_q phi_qp / sum_p' phi_qp'`` over sd(ECI).
    Standard deviations are of the population.

    Parameters
    ----------
    X
        Jobs, shape (places, activities).
    threshold
        RCA from which a place counts as specialized.

    Returns
    -------
    Indices of places and activities, in their order.

    Raises
    ------
    AnalysisError
        If fewer than three places or activities are left, if M falls into unconnected parts
        (ECI would only tell the parts apart), or as `rca`.

    Notes
    -----
    The sign is set so that ECI rises with diversity; where all diversities are equal, so that it
    falls with the mean ubiquity of what a place has. Places and activities without any
    specialization are left out of the eigenproblem, which is solved in its symmetric form.

    References
    ----------
    Hidalgo & Hausmann 2009; Hausmann et al. 2014 (Atlas of Economic Complexity).
    """
    return complexity_of_presence(rca(X) >= threshold)


def complexity_of_presence(M: ArrayLike) -> EconomicComplexity:
    """Complexity indices where it is known what each place is specialized in.

    Parameters
    ----------
    M
        Presence (0 or 1), shape (places, activities): for example where a location quotient on
        another base than the sum of the places is 1 or more.

    Returns
    -------
    As :func:`economic_complexity`, with its errors, notes and references.
    """
    m = np.asarray(M, dtype=np.float64)
    diversity, ubiquity = m.sum(axis=1), m.sum(axis=0)
    places, activities = diversity > 0, ubiquity > 0
    raw_eci, raw_pci, values = _second(m[np.ix_(places, activities)])

    center, scale = raw_eci.mean(), raw_eci.std()
    eci, pci = np.full(len(places), np.nan), np.full(len(activities), np.nan)
    eci[places] = (raw_eci - center) / scale
    pci[activities] = (raw_pci - center) / scale

    phi = proximity(m)
    w = proximity_density(m, phi)
    absent = 1 - m
    value = np.zeros(len(activities))
    value[activities] = raw_pci
    reach = (w * absent) @ value
    coi = np.full(len(places), np.nan)
    coi[places] = _z(reach[places])
    total = phi.sum(axis=0)
    weight = np.divide(value, total, out=np.zeros_like(value), where=total > 0)
    cog = absent * ((absent * weight) @ phi) / scale
    return EconomicComplexity(m, diversity, ubiquity, phi, w, eci, pci, coi, cog, values)


def _second(m: FloatArray) -> tuple[FloatArray, FloatArray, tuple[float, float]]:
    """Second eigenvectors by place and activity (unscaled), and the second and third eigenvalue."""
    if min(m.shape) < 3:
        raise AnalysisError(
            f"complexity: only {m.shape[0]} places and {m.shape[1]} activities are specialized",
            hint="give three or more of each, or a lower threshold",
        )
    k_c, k_p = m.sum(axis=1), m.sum(axis=0)
    # D_c^-1/2 M D_p^-1 M' D_c^-1/2 has the eigenvalues of D_c^-1 M D_p^-1 M' and is symmetric. With
    # H H' it has those of H' H, which is much smaller where activities are fewer than places.
    half = m / np.sqrt(np.outer(k_c, k_p))
    size, wide = min(m.shape), m.shape[0] <= m.shape[1]
    gram = half @ half.T if wide else half.T @ half
    found, vectors = eigh(gram, subset_by_index=[size - 3, size - 1])
    third, second = float(found[0]), float(found[1])
    if second > 1 - 1e-9:
        raise AnalysisError(
            "complexity: places and activities fall into parts that share nothing",
            hint="compute each part alone, or lower the threshold",
        )
    if second < 1e-12:
        raise AnalysisError(
            "complexity: all places have the same activities", hint="raise the threshold"
        )
    of_places = vectors[:, 1] if wide else half @ vectors[:, 1] / np.sqrt(second)
    by_place = of_places / np.sqrt(k_c)
    for guide in (k_c, -(m @ k_p) / k_c, by_place**3):
        lean = float((by_place - by_place.mean()) @ (guide - guide.mean()))
        if abs(lean) > 1e-9 * np.abs(guide).max() * np.abs(by_place).sum():
            by_place = by_place * np.sign(lean)
            break
    by_activity = (m.T @ by_place) / k_p / second
    return by_place, by_activity, (second, third)


def _z(values: FloatArray) -> FloatArray:
    scale = values.std()
    return (values - values.mean()) / scale if scale > 0 else np.zeros_like(values)
