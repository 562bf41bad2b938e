"""Two regions side by side: totals, and every cluster of either."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from clusteratlas.queries.language.question import Context, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional
from clusteratlas.queries.questions.shared.parameters import (
    DEFINITION,
    END_A,
    END_B,
    LEVEL,
    REGION,
    YEAR,
    limit,
)
from clusteratlas.queries.questions.shared.remarks import estimate_note


@dataclass(frozen=True, slots=True)
class RegionCluster:
    """Read row of ``compare-regions.clusters``."""

    region: str
    key: str
    name: str
    jobs: int
    jobs_low: int
    jobs_high: int
    payroll: int | None
    payroll_low: int | None
    payroll_high: int | None
    lq: float
    lq_low: float
    lq_high: float
    share: float
    strong: bool
    certainty: str
    source: str


@dataclass(frozen=True, slots=True)
class RegionTotals:
    """Read row of ``compare-regions.profiles``."""

    region: str
    jobs: int
    traded_jobs: int
    strong_clusters: int
    strength: float | None
    population: int | None
    income_per_capita: float | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareRegionsRow:
    """One figure or one cluster of both regions."""

    section: str = column("total, or cluster")
    key: str = column("name of the figure, or key of the cluster")
    name: str = column("the figure in words, or the cluster's name")
    a: float | None = optional("the figure of the first region")
    b: float | None = optional("the figure of the second region")
    jobs_a: int | None = optional("in the first region", of="measures.jobs")
    jobs_b: int | None = optional("in the second region", of="measures.jobs")
    jobs_low_a: int | None = optional("smallest in the first region", of="measures.jobs_low")
    jobs_low_b: int | None = optional("smallest in the second region", of="measures.jobs_low")
    jobs_high_a: int | None = optional("largest in the first region", of="measures.jobs_high")
    jobs_high_b: int | None = optional("largest in the second region", of="measures.jobs_high")
    payroll_a: int | None = optional("in the first region", of="measures.payroll")
    payroll_b: int | None = optional("in the second region", of="measures.payroll")
    payroll_low_a: int | None = optional("smallest in the first region", of="measures.payroll_low")
    payroll_low_b: int | None = optional("smallest in the second region", of="measures.payroll_low")
    payroll_high_a: int | None = optional("largest in the first region", of="measures.payroll_high")
    payroll_high_b: int | None = optional(
        "largest in the second region", of="measures.payroll_high"
    )
    lq_a: float | None = optional("in the first region", of="measures.lq")
    lq_b: float | None = optional("in the second region", of="measures.lq")
    lq_low_a: float | None = optional("smallest in the first region", of="measured.lq_low")
    lq_low_b: float | None = optional("smallest in the second region", of="measured.lq_low")
    lq_high_a: float | None = optional("largest in the first region", of="measured.lq_high")
    lq_high_b: float | None = optional("largest in the second region", of="measured.lq_high")
    share_a: float | None = optional("share of the first region's traded jobs", "share")
    share_b: float | None = optional("share of the second region's traded jobs", "share")
    strong_a: bool | None = optional("strong in the first region")
    strong_b: bool | None = optional("strong in the second region")
    certainty_a: str | None = optional("how sure that is", of="measures.certainty")
    certainty_b: str | None = optional("how sure that is", of="measures.certainty")
    source: str = column("file behind the figures")


_FIGURES = (
    *(f"{figure}{end}" for figure in ("jobs", "payroll", "lq") for end in ("", "_low", "_high")),
    "share",
    "strong",
    "certainty",
)
"""Figures of a cluster that both regions have a column of."""


@dataclass(frozen=True, slots=True)
class _End:
    """A cluster in one of the two regions, for the remark on its figures."""

    jobs: int | None
    jobs_low: int | None
    jobs_high: int | None
    strong: bool | None
    certainty: str | None


_TOTALS = {
    "jobs": "employment",
    "traded_jobs": "employment in traded clusters",
    "strong_clusters": "strong clusters",
    "strength": "cluster strength (share of traded jobs in strong clusters)",
    "population": "resident population",
    "income_per_capita": "personal income a head (USD)",
}


def _regions(read: Read, context: Context) -> list[Any]:
    a, b = context.arguments["a"], context.arguments["b"]
    totals = {p.region: p for p in (*read["totals a"], *read["totals b"])}
    rows: list[Any] = [
        CompareRegionsRow(
            section="total",
            key=figure,
            name=words,
            a=getattr(totals.get(a), figure, None),
            b=getattr(totals.get(b), figure, None),
            source=(totals.get(a) or totals[b]).source,
        )
        for figure, words in _TOTALS.items()
        if totals
    ]
    pairs: dict[str, dict[str, RegionCluster]] = {}
    for c in (*read["clusters a"], *read["clusters b"]):
        pairs.setdefault(c.key, {})[c.region] = c
    order = sorted(pairs, key=lambda k: (-sum(c.jobs for c in pairs[k].values()), k))
    for key in order[: context.arguments["limit"]]:
        known = next(iter(pairs[key].values()))
        both = {
            f"{figure}_{end}": getattr(pairs[key].get(region), figure, None)
            for figure in _FIGURES
            for end, region in (("a", a), ("b", b))
        }
        rows.append(
            CompareRegionsRow(
                section="cluster", key=key, name=known.name, source=known.source, **both
            )
        )
    return rows


def _region_notes(rows: Sequence[Any], context: Context) -> list[str]:
    notes = []
    for end in ("a", "b"):
        figures = [
            _End(*(getattr(r, f"{f.name}_{end}") for f in fields(_End)))
            for r in rows
            if r.section == "cluster"
        ]
        told = estimate_note(figures, context.arguments[f"year_{end}"])
        notes.append(f"{end} is {context.names[end]}: {'; '.join(told)}")
    both = [r.name for r in rows if r.strong_a and r.strong_b]
    if both:
        notes.append(f"strong in both: {', '.join(both)}")
    return notes


compare_regions = Question(
    id="compare-regions",
    order=110,
    words="How do the cluster portfolios of two regions differ?",
    row=CompareRegionsRow,
    params={
        "a": REGION,
        "b": REGION,
        "level": LEVEL,
        "definition": DEFINITION,
        "year": YEAR,
        "limit": limit(60),
    },
    counted="traded clusters",
    counted_section="cluster",
    parts=(
        Part("compare-regions.clusters", RegionCluster, "clusters a", END_A),
        Part("compare-regions.clusters", RegionCluster, "clusters b", END_B),
        Part("compare-regions.profiles", RegionTotals, "totals a", END_A),
        Part("compare-regions.profiles", RegionTotals, "totals b", END_B),
    ),
    shape=_regions,
    notes=_region_notes,
    picture=Picture(
        "bubbles",
        "{a} (x) and {b} (y): location quotients",
        "lq_a",
        "lq_b",
        size="jobs_a",
        sections=("cluster",),
    ),
    examples=({"a": "boston", "b": "san francisco"}, {"a": "MA", "b": "CA"}),
)
