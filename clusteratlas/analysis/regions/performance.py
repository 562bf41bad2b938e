"""Indicators of regional performance as the U.S. Cluster Mapping site defines them.

Arguments and results are arrays of one shape; a zero base gives NaN, never an error, since single
counties often lack a figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from clusteratlas.vocabulary.arrays import FloatArray


class PoolPlace(NamedTuple):
    """Where a figure stands in its pool."""

    rank: int
    regions: int
    median: float


def private_wage(payroll: ArrayLike, jobs: ArrayLike) -> FloatArray:
    """Average wage, USD: payroll (thousand USD) * 1000 / jobs that are published.

    Parameters
    ----------
    payroll
        Thousand USD a year.
    jobs
        Jobs whose payroll is published.

    Returns
    -------
    USD a year. NaN where the base is zero.
    """
    return _ratio(payroll, jobs, 1000)


def gdp_per_capita(gdp: ArrayLike, population: ArrayLike) -> FloatArray:
    """Private GDP (USD) a head.

    Parameters
    ----------
    gdp
        USD.
    population
        Residents.

    Returns
    -------
    USD a head. NaN where the base is zero.
    """
    return _ratio(gdp, population)


def labor_mobilization(labor_force: ArrayLike, population_18_64: ArrayLike) -> FloatArray:
    """Labor force over the population of 18 to 64 years.

    Parameters
    ----------
    labor_force
        Persons who work or look for work.
    population_18_64
        Residents of that age.

    Returns
    -------
    Share, above 1 where older people work. NaN where the base is zero.
    """
    return _ratio(labor_force, population_18_64)


def unemployment_rate(unemployed: ArrayLike, employed: ArrayLike) -> FloatArray:
    """U / (U + E).

    Parameters
    ----------
    unemployed, employed
        Persons.

    Returns
    -------
    Share of the labor force. NaN where the base is zero.
    """
    u = np.asarray(unemployed, dtype=np.float64)
    return _ratio(u, u + np.asarray(employed, dtype=np.float64))


def productivity(gdp: ArrayLike, labor_force: ArrayLike) -> FloatArray:
    """GDP (USD) per member of the labor force.

    Parameters
    ----------
    gdp
        USD.
    labor_force
        Persons.

    Returns
    -------
    USD a person. NaN where the base is zero.
    """
    return _ratio(gdp, labor_force)


def innovation(patents: ArrayLike, jobs: ArrayLike) -> FloatArray:
    """Patents (utility) per 10,000 jobs.

    Parameters
    ----------
    patents
        Utility patents of a year.
    jobs
        Jobs.

    Returns
    -------
    Patents per 10,000 jobs. NaN where the base is zero.
    """
    return _ratio(patents, jobs, 10_000)


def venture_capital(invested: ArrayLike, gdp: ArrayLike) -> FloatArray:
    """Venture capital (USD) per 10,000 USD of GDP.

    Parameters
    ----------
    invested, gdp
        USD.

    Returns
    -------
    USD per 10,000 USD of GDP. NaN where the base is zero.
    """
    return _ratio(invested, gdp, 10_000)


def mean_establishment_size(jobs: ArrayLike, establishments: ArrayLike) -> FloatArray:
    """Jobs per establishment.

    Parameters
    ----------
    jobs
        Jobs.
    establishments
        Establishments.

    Returns
    -------
    Jobs. NaN where the base is zero.
    """
    return _ratio(jobs, establishments)


def manufacturing_intensity(manufacturing_jobs: ArrayLike, jobs: ArrayLike) -> FloatArray:
    """Manufacturing jobs over all payroll jobs.

    Parameters
    ----------
    manufacturing_jobs, jobs
        Jobs.

    Returns
    -------
    Share. NaN where the base is zero.
    """
    return _ratio(manufacturing_jobs, jobs)


def per_head(figure: ArrayLike, population: ArrayLike, unit: float = 1) -> FloatArray:
    """Divide a figure by residents: ``unit * figure / population``.

    Parameters
    ----------
    figure
        What is counted: patents, USD, firms.
    population
        Residents.
    unit
        Residents that the result is for, or the scale of the figure.

    Returns
    -------
    Figure for ``unit`` residents. NaN where the base is zero or either is unknown.
    """
    return _ratio(figure, population, unit)


def occupation_quotients(
    jobs: ArrayLike, region_jobs: ArrayLike, national: ArrayLike, national_jobs: ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Location quotients of occupations, ``(E_or / E_r) / (E_oUS / E_US)``, and ``E_or / E_r``.

    The base is all jobs, as in the quotients of the Bureau of Labor Statistics: the survey does not
    tell the occupations of traded industries from others in a region.

    Parameters
    ----------
    jobs, region_jobs, national, national_jobs
        E_or, E_r, E_oUS and E_US of each cell; one shape, jobs. NaN where unknown.

    Returns
    -------
    Quotients and shares. NaN where a figure is unknown or a base is zero.

    References
    ----------
    Balassa 1965.
    """
    share = _ratio(jobs, region_jobs)
    return _ratio(share, _ratio(national, national_jobs)), share


def yearly_growth(first: ArrayLike, last: ArrayLike, years: ArrayLike) -> FloatArray:
    """Compound growth a year, ``(last / first)^(1 / years) - 1``.

    Parameters
    ----------
    first, last
        Figures of the first and of the last year, in one unit.
    years
        Years between them.

    Returns
    -------
    Share a year. NaN where the first figure is zero, and where there are no years between.
    """
    ratio, apart = np.broadcast_arrays(_ratio(last, first), np.asarray(years, dtype=np.float64))
    power = np.divide(1.0, apart, out=np.full(apart.shape, np.nan), where=apart > 0)
    # To the power of what is not known, 1 would still be 1, and nothing would have grown by 0.
    growth: FloatArray = np.where(apart > 0, ratio**power - 1, np.nan)
    return growth


def place_in_pool(value: float, pool: Sequence[float]) -> PoolPlace:
    """Say where a figure stands among those of a pool of regions, its own among them.

    Parameters
    ----------
    value
        Figure of the region.
    pool
        Figures of all regions of the pool that have one.

    Returns
    -------
    PoolPlace
        ``rank`` is 1 for the highest; equal figures share the better rank.
    """
    return PoolPlace(1 + sum(other > value for other in pool), len(pool), median(pool))


def part_of(part: ArrayLike, whole: ArrayLike) -> FloatArray:
    """Parts over wholes, such as a cluster's jobs over those of its region; NaN where none are."""
    return _ratio(part, whole)


def jobs_beyond(jobs: ArrayLike, lq: ArrayLike) -> FloatArray:
    """Jobs beyond those of a region like the nation: ``E - E / LQ``.

    Parameters
    ----------
    jobs
        E, jobs of a cluster in a region.
    lq
        Its location quotient; E / LQ are the jobs that it would have at the nation's share.

    Returns
    -------
    Jobs, below zero where the quotient is below 1; zero where there are none.
    """
    own, quotient = np.broadcast_arrays(
        np.asarray(jobs, dtype=np.float64), np.asarray(lq, dtype=np.float64)
    )
    usual = np.divide(own, quotient, out=np.zeros(own.shape), where=quotient > 0)
    return np.asarray(own - usual, dtype=np.float64)


def wage_ratio(wage: ArrayLike, national: ArrayLike) -> FloatArray:
    """Wage over the nation's.

    Parameters
    ----------
    wage, national
        USD; NaN or None where unknown.

    Returns
    -------
    Ratio. NaN where either is unknown or the base is zero.
    """
    return _ratio(wage, national)


def _ratio(top: ArrayLike, bottom: ArrayLike, unit: float = 1) -> FloatArray:
    a, b = np.broadcast_arrays(
        np.asarray(top, dtype=np.float64), np.asarray(bottom, dtype=np.float64)
    )
    out: FloatArray = np.divide(a, b, out=np.full(a.shape, np.nan), where=b > 0)
    return out * unit
