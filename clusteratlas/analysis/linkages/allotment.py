"""Sales of sectors split among their industries, since the accounts know sectors only."""

from __future__ import annotations

from collections.abc import Sequence


def allot_sales(
    sectors: Sequence[str], sales: Sequence[float], jobs: Sequence[int]
) -> list[tuple[float, float]]:
    """Split each sector's sales among its industries by employment.

    ``x_i = X_s n_i / sum of n in s``: industry i of sector s gets as much of the sector's sales
    X_s as it has of its jobs n. The input-output accounts publish sectors only, so this is an
    estimate that takes sales a job to be alike within a sector.

    Parameters
    ----------
    sectors
        Sector of each industry, length n.
    sales
        Sales of that sector, the same for all its industries, length n; any unit of money.
    jobs
        Employment of each industry, length n. A sector without jobs is split evenly.

    Returns
    -------
    list of (float, float)
        For each industry its sales, in the unit of ``sales``, and their share of the sales of all
        the sectors; shares sum to 1, and are 0 where nothing is sold.

    Raises
    ------
    ValueError
        If the three are not of one length.
    """
    jobs_of: dict[str, int] = {}
    industries_of: dict[str, int] = {}
    sales_of: dict[str, float] = {}
    for sector, sold, employed in zip(sectors, sales, jobs, strict=True):
        jobs_of[sector] = jobs_of.get(sector, 0) + employed
        industries_of[sector] = industries_of.get(sector, 0) + 1
        sales_of[sector] = sold
    total = sum(sales_of.values()) or 1.0
    allotted = []
    for sector, sold, employed in zip(sectors, sales, jobs, strict=True):
        all_jobs = jobs_of[sector]
        part = employed / all_jobs if all_jobs else 1 / industries_of[sector]
        allotted.append((sold * part, sold * part / total))
    return allotted
