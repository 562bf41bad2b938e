"""Trade of a cluster by the input-output accounts, sector by sector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trade:
    """One six-digit industry of a sector that trades with a cluster."""

    sector: str
    sector_name: str
    usd: float
    """Sales a year between the whole sector and the cluster, million USD."""
    key: str
    naics: str
    name: str
    kind: str | None
    jobs: int
    cluster: str | None
    cluster_name: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Allotted:
    """A trading industry with its own part of the sector's sales."""

    trade: Trade
    usd: float
    """Sales a year, million USD."""
    share: float
    """Share of all the sales between the listed sectors and the cluster."""


@dataclass(frozen=True, slots=True)
class ClusterFlow:
    """Read row of ``suppliers.clusters`` and ``customers.clusters``."""

    key: str
    name: str
    kind: str
    usd: float
    share: float
    source: str


def allot(trades: Sequence[Trade], cluster: str) -> list[Allotted]:
    """Split each sector's sales among its industries by employment, the cluster's own left out.

    ``usd_i = usd_sector * jobs_i / sum of jobs in the sector``: the input-output accounts know
    sectors only, so an industry's own figure is an estimate. Sectors without employment split
    evenly. Largest first, ties by key.
    """
    jobs: dict[str, int] = {}
    count: dict[str, int] = {}
    sales: dict[str, float] = {}
    for t in trades:
        jobs[t.sector] = jobs.get(t.sector, 0) + t.jobs
        count[t.sector] = count.get(t.sector, 0) + 1
        sales[t.sector] = t.usd
    total = sum(sales.values()) or 1.0
    out = []
    for t in trades:
        if t.cluster == cluster:
            continue
        part = t.jobs / jobs[t.sector] if jobs[t.sector] else 1 / count[t.sector]
        out.append(Allotted(t, t.usd * part, t.usd * part / total))
    return sorted(out, key=lambda a: (-a.usd, a.trade.key))


def is_service(naics: str) -> bool:
    """Whether a NAICS code is a service for firms or people: sectors 48 to 81."""
    return "48" <= naics[:2] <= "81"
