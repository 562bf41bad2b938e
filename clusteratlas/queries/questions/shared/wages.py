"""Average wages of rows that have a payroll and jobs with their bounds."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from clusteratlas.vocabulary.arrays import FloatArray


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

    names = ("wage", "wage_low", "wage_high")
    figures = wage_array([row])[0]
    return {n: float(v) if np.isfinite(v) else None for n, v in zip(names, figures, strict=True)}


def wage_array(rows: Sequence[HasPayroll]) -> FloatArray:
    """Give wages of many rows with their bounds, USD a job.

    Parameters
    ----------
    rows
        The rows.

    Returns
    -------
    Shape (rows, 3): wage, lowest and highest; NaN where not known.
    """
    import numpy as np

    from clusteratlas.analysis.regions.compared.differences import wage_bounds
    from clusteratlas.analysis.regions.performance import private_wage

    given = [
        (r.jobs, r.jobs_low, r.jobs_high, r.payroll, r.payroll_low, r.payroll_high) for r in rows
    ]
    table = np.array(given, dtype=np.float64).reshape(-1, 6)
    jobs, fewest, most, payroll, least, largest = table.T
    bounds = wage_bounds(least, largest, fewest, most)
    return np.stack([private_wage(payroll, jobs), *bounds], axis=1)


def is_paid(row: HasPayroll) -> bool:
    """Whether a wage is known within bounds: something of the payroll and of the jobs is published.

    Where it is not, the estimates of both say nothing of what a job pays.
    """
    return bool(row.payroll and row.payroll_low and row.jobs and row.jobs_low)


@dataclass(frozen=True, slots=True)
class PaySum:
    """Jobs and payroll of several clusters together."""

    jobs: int
    jobs_low: int
    jobs_high: int
    payroll: int
    payroll_low: int
    payroll_high: int


def sum_of_pay(rows: Sequence[HasPayroll]) -> PaySum | None:
    """Add up jobs and payroll; bounds add up to bounds of the sum.

    None where there are none, or where the payroll of one is not known.
    """
    names = [f.name for f in dataclasses.fields(PaySum)]
    found = [[getattr(row, name) for name in names] for row in rows]
    if not found or any(None in figures for figures in found):
        return None
    return PaySum(*map(sum, zip(*found, strict=True)))


def wage_places(
    cells: Sequence[tuple[str, str, HasPayroll]],
) -> dict[tuple[str, str], dict[str, int]]:
    """Rank wages within groups: group, region and figures of each; withheld ones are left out."""
    from clusteratlas.analysis.regions.compared.standing import standing

    paid = [cell for cell in cells if is_paid(cell[2])]
    if not paid:
        return {}
    groups = {name: k for k, name in enumerate(dict.fromkeys(cell[0] for cell in paid))}
    wages = wage_array([cell[2] for cell in paid])
    found = standing([groups[cell[0]] for cell in paid], *wages.T)
    columns = (found.rank, found.best, found.worst, found.size)
    return {
        (group, region): dict(
            zip(("rank", "rank_low", "rank_high", "ranked"), map(int, place), strict=True)
        )
        for (group, region, _), *place in zip(paid, *columns, strict=True)
    }
