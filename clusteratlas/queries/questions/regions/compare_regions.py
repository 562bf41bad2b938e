"""Two regions side by side: totals, and every cluster of either."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional
from clusteratlas.queries.questions.shared.parameters import (
    DEFINITION,
    END_A,
    END_B,
    REGION,
    YEAR,
    limit,
)


@dataclass(frozen=True, slots=True)
class RegionCluster:
    """Read row of ``compare-regions.clusters``."""

    region: str
    key: str
    name: str
    jobs: int
    lq: float
    share: float
    strong: bool
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
    jobs_a: int | None = optional("employment in the first region", "jobs")
    jobs_b: int | None = optional("employment in the second region", "jobs")
    lq_a: float | None = optional("location quotient in the first region", "ratio")
    lq_b: float | None = optional("location quotient in the second region", "ratio")
    share_a: float | None = optional("share of the first region's traded jobs", "share")
    share_b: float | None = optional("share of the second region's traded jobs", "share")
    strong_a: bool | None = optional("strong in the first region")
    strong_b: bool | None = optional("strong in the second region")
    source: str = column("file behind the figures")


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
            for figure in ("jobs", "lq", "share", "strong")
            for end, region in (("a", a), ("b", b))
        }
        rows.append(
            CompareRegionsRow(
                section="cluster", key=key, name=known.name, source=known.source, **both
            )
        )
    return rows


def _region_notes(rows: Sequence[Any], context: Context) -> list[str]:
    first, second = context.names["a"], context.names["b"]
    notes = [
        f"a is {first} ({context.arguments['year_a']}), b is {second} "
        f"({context.arguments['year_b']})"
    ]
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
