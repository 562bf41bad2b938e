"""Geographic concentration of industries and specialization of regions.

s_ir is the share of industry i's jobs that region r holds, x_r the region's share of all jobs,
q_ir the share of region r's jobs that industry i holds, and q_i its share in the nation.
Arrays end in the axis that is summed over; leading axes broadcast.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray


def plant_herfindahl(counts: ArrayLike, class_means: ArrayLike) -> FloatArray:
    """Herfindahl index of plant sizes from size classes: ``H = sum_k n_k (m_k / sum n m)^2``.

    Parameters
    ----------
    counts
        Plants per size class, shape (..., classes).
    class_means
        Mean jobs of a plant of each class, shape (classes,).

    Returns
    -------
    ndarray
        H in (0, 1], shape (...); NaN without plants. Sizes within a class are taken as equal, so
        H is a lower bound of the true one.

    References
    ----------
    Ellison & Glaeser 1997.
    """
    n, mean = _floats(counts), _floats(class_means)
    jobs = (n * mean).sum(axis=-1)
    return _ratio((n * mean**2).sum(axis=-1), jobs**2)


def ellison_glaeser(shares: ArrayLike, aggregate: ArrayLike, herfindahl: ArrayLike) -> FloatArray:
    """Concentration beyond that of plant sizes.

    ``G = sum_r (s_r - x_r)^2``; ``gamma = (G / (1 - sum x^2) - H) / (1 - H)``. 0 is what plants
    that choose at random would give; below 0.02 dispersed, above 0.05 highly concentrated.

    Parameters
    ----------
    shares
        s, shape (..., regions), each row summing to 1.
    aggregate
        x, shape (regions,), summing to 1.
    herfindahl
        H of plant sizes, shape (...).

    Returns
    -------
    ndarray
        gamma, shape (...); NaN where one plant is the industry (H = 1).

    Raises
    ------
    AnalysisError
        If shares do not sum to 1, or all jobs are in one region.

    References
    ----------
    Ellison & Glaeser 1997, eq. 5.
    """
    s, x, H = _floats(shares), _floats(aggregate), _floats(herfindahl)
    G = ((s - x) ** 2).sum(axis=-1) / _spread(s, x)
    return _ratio(G - H, 1 - H)


def group_coagglomeration(shares: ArrayLike, aggregate: ArrayLike, jobs: ArrayLike) -> float:
    """Tendency of a group of industries to locate together.

    ``gamma^c = (G / (1 - sum x^2) - H - sum_j gamma_j w_j^2 (1 - H_j)) / (1 - sum_j w_j^2)`` with
    G of the whole group, w_j the industries' weights in it and ``H = sum_j w_j^2 H_j``. The plant
    Herfindahls cancel, since ``gamma_j (1 - H_j) = G_j / (1 - sum x^2) - H_j``::

        gamma^c = (G - sum_j w_j^2 G_j) / ((1 - sum x^2) (1 - sum_j w_j^2))

    For two industries this is ``sum_r (s_ir - x_r)(s_jr - x_r) / (1 - sum x^2)``.

    Parameters
    ----------
    shares
        s, shape (industries, regions), each row summing to 1.
    aggregate
        x, shape (regions,), summing to 1.
    jobs
        National jobs, shape (industries,).

    Returns
    -------
    float
        gamma^c.

    Raises
    ------
    AnalysisError
        For fewer than two industries with jobs, or as `ellison_glaeser`.

    References
    ----------
    Ellison & Glaeser 1997, eq. 9; Ellison, Glaeser & Kerr 2010.
    """
    s, x, e = _floats(shares), _floats(aggregate), _floats(jobs)
    if (e > 0).sum() < 2:
        raise AnalysisError(
            "coagglomeration: fewer than two industries with jobs",
            hint="a single industry has ellison_glaeser",
        )
    room = _spread(s, x)
    w = e / e.sum()
    group = ((w @ s - x) ** 2).sum()
    own = ((s - x) ** 2).sum(axis=-1)
    return float((group - (w**2 * own).sum()) / (room * (1 - (w**2).sum())))


def hoover_index(shares: ArrayLike, aggregate: ArrayLike) -> FloatArray:
    """Share of jobs that would have to move: ``1/2 sum_r |s_r - x_r|``, 0 to 1 (Hoover 1936).

    Parameters
    ----------
    shares
        s, shape (..., regions), each row summing to 1.
    aggregate
        x, shape (regions,), summing to 1.

    Returns
    -------
    Shape (...).
    """
    return _floats(0.5 * np.abs(_floats(shares) - _floats(aggregate)).sum(axis=-1))


def krugman_index(region: ArrayLike, nation: ArrayLike) -> FloatArray:
    """Specialization of a region: ``sum_i |q_ir - q_i|``, 0 to 2 (Krugman 1991).

    Parameters
    ----------
    region
        q_r, shape (..., industries), each row summing to 1.
    nation
        q, shape (industries,), summing to 1.

    Returns
    -------
    Shape (...).
    """
    return _floats(np.abs(_floats(region) - _floats(nation)).sum(axis=-1))


def herfindahl_index(shares: ArrayLike) -> FloatArray:
    """Sum of squared shares: 1/n for n equal ones, 1 for a single one.

    Parameters
    ----------
    shares
        Shape (..., n), each row summing to 1.

    Returns
    -------
    Shape (...).
    """
    return _floats((_floats(shares) ** 2).sum(axis=-1))


def locational_gini(shares: ArrayLike, aggregate: ArrayLike) -> FloatArray:
    """Gini of the location quotients, regions weighted by their share of all jobs.

    With regions in ascending order of s_r / x_r and S the running sum of s:
    ``1 - sum_r x_r (S_r + S_{r-1})``. 0: spread like all jobs; near 1: in one small region.

    Parameters
    ----------
    shares
        s, shape (..., regions).
    aggregate
        x, shape (regions,), summing to 1. A region with x = 0 counts as the most specialized.

    Returns
    -------
    Shape (...), 0 to 1.

    Raises
    ------
    AnalysisError
        If shares do not sum to 1.

    References
    ----------
    Krugman 1991; Porter 2003.
    """
    s, x = np.broadcast_arrays(_floats(shares), _floats(aggregate))
    _sum_to_one(s, x)
    lq = np.divide(s, x, out=np.full(s.shape, np.inf), where=x > 0)
    order = np.argsort(lq, axis=-1, kind="stable")
    s, x = np.take_along_axis(s, order, -1), np.take_along_axis(x, order, -1)
    running = np.cumsum(s, axis=-1)
    return _floats(1 - (x * (2 * running - s)).sum(axis=-1))


def hachman_index(region: ArrayLike, nation: ArrayLike) -> FloatArray:
    """Similarity of a region's mix to the nation's: ``1 / sum_i q_ir LQ_ir``, in (0, 1].

    1 is the nation's own mix. 0 where the region has an industry that the nation lacks (Hachman
    index, as used by state statistical offices).

    Parameters
    ----------
    region
        q_r, shape (..., industries), each row summing to 1.
    nation
        q, shape (industries,), summing to 1.

    Returns
    -------
    Shape (...).
    """
    q, base = np.broadcast_arrays(_floats(region), _floats(nation))
    term = np.divide(q**2, base, out=np.where(q > 0, np.inf, 0.0), where=base > 0)
    return _floats(1 / term.sum(axis=-1))


def litzenberger_sternberg(
    jobs: ArrayLike, establishments: ArrayLike, area: ArrayLike, population: ArrayLike
) -> FloatArray:
    """Cluster index: relative density times relative stock over relative plant size.

    ``CI = [(e_r/e)/(a_r/a)] * [(e_r/e)/(p_r/p)] / [(e_r/n_r)/(e/n)]``; 1 is average. It
    rewards many plants over a single large one.

    Parameters
    ----------
    jobs, establishments
        e and n of the industry, shape (..., regions).
    area, population
        a and p of the regions, shape (regions,), any one unit.

    Returns
    -------
    ndarray
        CI, shape (..., regions); 0 in regions without jobs or establishments, NaN where the
        industry has none at all.

    References
    ----------
    Litzenberger & Sternberg 2006.
    """
    e, n, a, p = (_share(_floats(v)) for v in (jobs, establishments, area, population))
    # e * e / (e / n) with the cells without jobs kept at 0
    return _ratio(e * n, a * p)


def share_of_highest(figures: ArrayLike, by: ArrayLike, part: float) -> float:
    """Share of a figure that is in the regions which are highest by another.

    Parameters
    ----------
    figures
        Shape (regions,), what is counted: patents, residents.
    by
        Shape (regions,), what regions are ordered by; of equal ones the earlier counts as higher.
    part
        Part of the regions that are the highest, rounded up: 0.25 for a quarter.

    Returns
    -------
    0 to 1. Regions without one of the two figures (NaN) are left out; NaN where there is nothing.
    """
    values, order = np.broadcast_arrays(_floats(figures), _floats(by))
    known = np.isfinite(values) & np.isfinite(order)
    values, order = values[known], order[known]
    total = float(values.sum())
    if total <= 0:
        return float("nan")
    highest = np.argsort(-order, kind="stable")[: int(np.ceil(part * len(values)))]
    return float(values[highest].sum()) / total


def _floats(values: ArrayLike) -> FloatArray:
    return np.asarray(values, dtype=np.float64)


def _ratio(top: FloatArray, bottom: FloatArray) -> FloatArray:
    return _floats(np.divide(top, bottom, out=np.full(np.shape(top), np.nan), where=bottom != 0))


def _share(values: FloatArray) -> FloatArray:
    total = np.broadcast_to(values.sum(axis=-1, keepdims=True), values.shape)
    return _ratio(values, total)


def _sum_to_one(*shares: FloatArray) -> None:
    if not all(np.allclose(s.sum(axis=-1), 1, atol=1e-6) for s in shares):
        raise AnalysisError(
            "shares do not sum to 1 over regions",
            hint="divide jobs by their sum, and leave out industries without jobs",
        )


def _spread(s: FloatArray, x: FloatArray) -> float:
    """1 - sum x^2, after a look at the shares."""
    _sum_to_one(s, x)
    room = float(1 - (x**2).sum())
    if room <= 1e-12:
        raise AnalysisError(
            "all jobs are in one region", hint="concentration needs two or more regions"
        )
    return room
