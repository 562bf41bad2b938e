"""Trade of a cluster by the input-output accounts, sector by sector."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clusteratlas.analysis.linkages.allotment import allot_sales


@dataclass(frozen=True, slots=True)
class TradingIndustry:
    """One six-digit industry of a sector that trades with a cluster."""

    sector: str
    sector_name: str
    million_usd: float
    """Sales a year between the whole sector and the cluster, million USD."""
    key: str
    naics: str
    name: str
    kind: str | None
    jobs: int
    cluster: str | None
    cluster_name: str | None
    member_of: str | None
    """Key of the cluster that was asked about, of any level, where the industry is in it."""
    source: str


@dataclass(frozen=True, slots=True)
class AllottedTrade:
    """A trading industry with its own part of the sector's sales."""

    trade: TradingIndustry
    million_usd: float
    """Sales a year, million USD."""
    share: float
    """Share of all the sales between the listed sectors and the cluster."""


@dataclass(frozen=True, slots=True)
class ClusterTrade:
    """Read row of ``suppliers.clusters`` and ``customers.clusters``."""

    key: str
    name: str
    kind: str
    million_usd: float
    share: float
    source: str


def allotted(trades: Sequence[TradingIndustry]) -> list[AllottedTrade]:
    """Give each industry its own part of its sector's sales, the cluster's own left out.

    Largest first, ties by key.
    """
    parts = allot_sales(
        [t.sector for t in trades], [t.million_usd for t in trades], [t.jobs for t in trades]
    )
    outside = [
        AllottedTrade(t, million_usd, share)
        for t, (million_usd, share) in zip(trades, parts, strict=True)
        if t.member_of is None
    ]
    return sorted(outside, key=lambda a: (-a.million_usd, a.trade.key))


def is_service(naics: str) -> bool:
    """Whether a NAICS code is a service for firms or people: sectors 48 to 81."""
    return "48" <= naics[:2] <= "81"
