"""Whom a cluster buys from and sells to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional, row_from
from clusteratlas.queries.questions.shared.parameters import (
    CLUSTER,
    DEFINITION,
    limit,
)
from clusteratlas.queries.questions.shared.trade import (
    ClusterTrade,
    TradingIndustry,
    allotted,
    is_service,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeRow:
    """One trading partner: a cluster, a sector of the input-output accounts, or an industry."""

    section: str = column("cluster, sector or industry")
    key: str = column("key of the partner")
    name: str = column("its name")
    kind: str | None = optional(
        "traded or local; an industry may also be unplaced", of="industries.kind"
    )
    million_usd: float = column(
        "sales a year; of an industry, its part of the sector by jobs", of="cluster_flows.usd"
    )
    share: float | None = column(
        "share of all that the cluster buys (suppliers, services) or sells (customers)", "share"
    )
    within: float | None = optional("share of the sector's jobs in the cluster itself", "share")
    examples: str | None = optional("largest industries of the sector outside the cluster")
    cluster: str | None = optional("cluster that the industry belongs to")
    source: str = column("file behind the figures")


def _clusters(flows: Sequence[ClusterTrade], most: int) -> list[Any]:
    return [row_from(TradeRow, f, section="cluster") for f in flows[:most]]


def _whole(flows: Sequence[ClusterTrade]) -> float | None:
    """All that the cluster buys or sells, million USD: one base for rows of every section."""
    share = sum(f.share for f in flows)
    return sum(f.million_usd for f in flows) / share if share else None


def _sectors(trades: Sequence[TradingIndustry], whole: float | None, most: int) -> list[Any]:
    by_sector: dict[str, list[TradingIndustry]] = {}
    for t in trades:
        by_sector.setdefault(t.sector, []).append(t)
    rows = []
    for key, ts in list(by_sector.items())[:most]:
        jobs = sum(t.jobs for t in ts)
        outside = sorted((t for t in ts if t.member_of is None), key=lambda t: (-t.jobs, t.key))
        inside = sum(t.jobs for t in ts if t.member_of is not None)
        rows.append(
            TradeRow(
                section="sector",
                key=key,
                name=ts[0].sector_name,
                million_usd=ts[0].million_usd,
                share=ts[0].million_usd / whole if whole else None,
                within=inside / jobs if jobs else None,
                examples="; ".join(t.name for t in outside[:2]) or None,
                source=ts[0].source,
            )
        )
    return rows


def _industries(trades: Sequence[TradingIndustry], whole: float | None, most: int) -> list[Any]:
    chosen = [a for a in allotted(trades) if is_service(a.trade.naics)]
    return [
        TradeRow(
            section="industry",
            key=a.trade.key,
            name=a.trade.name,
            kind=a.trade.kind,
            million_usd=a.million_usd,
            share=a.million_usd / whole if whole else None,
            cluster=a.trade.cluster_name,
            source=a.trade.source,
        )
        for a in chosen[:most]
    ]


def _suppliers(read: Read, context: Context) -> list[Any]:
    most = context.arguments["limit"]
    flows = read["suppliers.clusters"]
    return _clusters(flows, most) + _sectors(read["supply"], _whole(flows), most)


def _customers(read: Read, context: Context) -> list[Any]:
    most = context.arguments["limit"]
    flows = read["customers.clusters"]
    return _clusters(flows, most) + _sectors(read["demand"], _whole(flows), most)


def _services(read: Read, context: Context) -> list[Any]:
    most = context.arguments["limit"]
    flows = read["suppliers.clusters"]
    local = [f for f in flows if f.kind == "local"]
    return _industries(read["supply"], _whole(flows), most) + _clusters(local, most)


def _trade_notes(rows: Sequence[Any], context: Context) -> list[str]:
    del context
    if not rows:
        return ["no sales of this cluster in the input-output accounts of the edition"]
    notes = [
        "national sales by the input-output accounts; a sector that is partly in the cluster "
        "counts in proportion to its jobs there; a cluster's own row is what it trades within"
    ]
    if any(r.section == "sector" and (r.within or 0) > 0.5 for r in rows):
        notes.append("sectors with most of their jobs within the cluster trade with themselves")
    return notes


_PARAMS = {"cluster": CLUSTER, "definition": DEFINITION, "limit": limit(15)}


suppliers = Question(
    id="suppliers",
    order=70,
    words="Which clusters and sectors does this cluster buy from?",
    row=TradeRow,
    params=_PARAMS,
    counted="sectors that sell to it",
    counted_section="sector",
    parts=(Part("suppliers.clusters", ClusterTrade), Part("supply", TradingIndustry)),
    shape=_suppliers,
    notes=_trade_notes,
    picture=Picture(
        "sankey", "Purchases of {cluster}", size="million_usd", color="kind", sections=("cluster",)
    ),
    examples=({"cluster": "biopharma"},),
)


customers = Question(
    id="customers",
    order=80,
    words="Which clusters and sectors does this cluster sell to?",
    row=TradeRow,
    params=_PARAMS,
    counted="sectors that buy from it",
    counted_section="sector",
    parts=(Part("customers.clusters", ClusterTrade), Part("demand", TradingIndustry)),
    shape=_customers,
    notes=_trade_notes,
    picture=Picture(
        "sankey", "Sales of {cluster}", size="million_usd", color="kind", sections=("cluster",)
    ),
    examples=({"cluster": "biopharma"},),
)


services = Question(
    id="services",
    order=90,
    words="Which service industries and local clusters does this cluster buy from?",
    row=TradeRow,
    params=_PARAMS,
    counted="service industries that sell to it",
    counted_section="industry",
    parts=(Part("supply", TradingIndustry), Part("suppliers.clusters", ClusterTrade)),
    shape=_services,
    notes=_trade_notes,
    picture=Picture(
        "bars",
        "Services that {cluster} buys",
        "million_usd",
        "name",
        "kind",
        sections=("industry",),
    ),
    examples=({"cluster": "biopharma"},),
)
