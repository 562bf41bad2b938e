"""Indicators of regional performance as the U.S. Cluster Mapping site defines them.

Arguments and results are arrays of one shape; a zero base gives NaN, never an error, since single
counties often lack a figure.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from clusteratlas.vocabulary.arrays import FloatArray


def private_wage(payroll: ArrayLike, jobs: ArrayLike) -> FloatArray:
    """Average wage, USD: payroll (thousand USD) * 1000 / jobs that are published."""
    return _ratio(payroll, jobs, 1000)


def gdp_per_capita(gdp: ArrayLike, population: ArrayLike) -> FloatArray:
    """Private GDP (USD) a head."""
    return _ratio(gdp, population)


def labor_mobilization(labor_force: ArrayLike, population_18_64: ArrayLike) -> FloatArray:
    """Labor force over the population of 18 to 64 years."""
    return _ratio(labor_force, population_18_64)


def unemployment_rate(unemployed: ArrayLike, employed: ArrayLike) -> FloatArray:
    """U / (U + E)."""
    u = np.asarray(unemployed, dtype=np.float64)
    return _ratio(u, u + np.asarray(employed, dtype=np.float64))


def productivity(gdp: ArrayLike, labor_force: ArrayLike) -> FloatArray:
    """GDP (USD) per member of the labor force."""
    return _ratio(gdp, labor_force)


def innovation(patents: ArrayLike, jobs: ArrayLike) -> FloatArray:
    """Patents (utility) per 10,000 jobs."""
    return _ratio(patents, jobs, 10_000)


def venture_capital(invested: ArrayLike, gdp: ArrayLike) -> FloatArray:
    """Venture capital (USD) per 10,000 USD of GDP."""
    return _ratio(invested, gdp, 10_000)


def mean_establishment_size(jobs: ArrayLike, establishments: ArrayLike) -> FloatArray:
    """Jobs per establishment."""
    return _ratio(jobs, establishments)


def manufacturing_intensity(manufacturing_jobs: ArrayLike, jobs: ArrayLike) -> FloatArray:
    """Manufacturing jobs over all payroll jobs."""
    return _ratio(manufacturing_jobs, jobs)


def _ratio(top: ArrayLike, bottom: ArrayLike, unit: float = 1) -> FloatArray:
    a, b = np.broadcast_arrays(
        np.asarray(top, dtype=np.float64), np.asarray(bottom, dtype=np.float64)
    )
    out: FloatArray = np.divide(a, b, out=np.full(a.shape, np.nan), where=b > 0)
    return out * unit
