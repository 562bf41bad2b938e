"""Average wages of rows that have a payroll and jobs with their bounds."""

from __future__ import annotations

from typing import Protocol


class HasPayroll(Protocol):
    """A row with jobs and payroll between bounds."""

    @property
    def jobs(self) -> int | None:
        """Jobs."""

    @property
    def jobs_low(self) -> int | None:
        """Smallest employment that the published figures allow."""

    @property
    def jobs_high(self) -> int | None:
        """Largest employment that the published figures allow."""

    @property
    def payroll(self) -> int | None:
        """Annual payroll, thousand USD."""

    @property
    def payroll_low(self) -> int | None:
        """Smallest payroll that the published figures allow."""

    @property
    def payroll_high(self) -> int | None:
        """Largest payroll that the published figures allow."""


def wage_figures(row: HasPayroll) -> dict[str, float | None]:
    """Give ``wage``, ``wage_low`` and ``wage_high`` of a row, USD a job; None where not known."""
    import numpy as np

    from clusteratlas.analysis.regions.compared.differences import wage_bounds
    from clusteratlas.analysis.regions.performance import private_wage

    names = ("wage", "wage_low", "wage_high")
    given = (row.jobs, row.jobs_low, row.jobs_high, row.payroll, row.payroll_low, row.payroll_high)
    jobs, fewest, most, payroll, least, largest = (np.nan if v is None else v for v in given)
    figures = (private_wage(payroll, jobs), *wage_bounds(least, largest, fewest, most))
    return {n: float(v) if np.isfinite(v) else None for n, v in zip(names, figures, strict=True)}
