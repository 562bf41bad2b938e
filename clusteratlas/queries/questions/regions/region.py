"""Which clusters a region has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Param, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional, row_from
from clusteratlas.queries.questions.shared.parameters import (
    DEFINITION,
    LEVEL,
    PLACE,
    YEAR,
    limit,
)
from clusteratlas.queries.questions.shared.remarks import estimate_note, nation_note

LEAST_UNPLACED = 0.001
"""Share of a region's jobs in no cluster from which an answer says so."""


@dataclass(frozen=True, slots=True)
class RegionProfile:
    """Read row of ``region.profile``."""

    key: str
    name: str
    kind: str
    population: int | None
    income_per_capita: float | None
    jobs: int
    traded_jobs: int
    local_jobs: int
    strong_clusters: int
    strength: float | None
    estimated_share: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterInRegion:
    """Read row of ``region.clusters``: one cluster in the region."""

    key: str
    name: str
    kind: str
    jobs: int
    jobs_low: int
    jobs_high: int
    establishments: int
    establishments_low: int
    establishments_high: int
    payroll: int | None
    payroll_low: int | None
    payroll_high: int | None
    lq: float
    lq_low: float
    lq_high: float
    share_region: float
    share_nation: float
    rank: int
    percentile: float | None
    strong: bool
    certainty: str
    source: str


@dataclass(frozen=True, slots=True)
class SecondJobs:
    """Read row of ``region.second``."""

    key: str
    industries: int
    jobs: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionRow:
    """The region itself, then its clusters, strong ones first."""

    section: str = column("region, or cluster")
    key: str = column("key of the region or cluster")
    name: str = column("its name")
    kind: str = column("type of the region; traded or local for clusters")
    population: int | None = optional(of="regions.population")
    income_per_capita: float | None = optional(of="regions.income_per_capita")
    jobs: int = column(of="measures.jobs")
    traded_jobs: int | None = optional(of="region_profiles.traded_jobs")
    local_jobs: int | None = optional(of="region_profiles.local_jobs")
    strong_clusters: int | None = optional(of="region_profiles.strong_clusters")
    strength: float | None = optional(
        "cluster strength: strong clusters' part of traded jobs", of="region_profiles.strength"
    )
    jobs_low: int | None = optional(of="measures.jobs_low")
    jobs_high: int | None = optional(of="measures.jobs_high")
    establishments: int | None = optional(of="measures.establishments")
    establishments_low: int | None = optional(of="measures.establishments_low")
    establishments_high: int | None = optional(of="measures.establishments_high")
    payroll: int | None = optional(of="measures.payroll")
    payroll_low: int | None = optional(of="measures.payroll_low")
    payroll_high: int | None = optional(of="measures.payroll_high")
    lq: float | None = optional("location quotient on the traded (local) base", of="measures.lq")
    lq_low: float | None = optional(of="measured.lq_low")
    lq_high: float | None = optional(of="measured.lq_high")
    share_region: float | None = optional(
        "share of the region's traded (local) jobs", of="measured.share_region"
    )
    share_nation: float | None = optional(
        "share of the cluster's national jobs", of="measured.share_nation"
    )
    rank: int | None = optional("rank by jobs among regions of its type", of="measured.rank")
    percentile: float | None = optional(
        "percentile of the LQ among regions of its type", of="measured.percentile"
    )
    strong: bool | None = optional(of="measures.strong")
    certainty: str | None = optional("how sure that is", of="measures.certainty")
    estimated_share: float | None = optional(of="region_profiles.estimated_share")
    second_industries: int | None = optional(
        "second members that are here: industries of other clusters, which are nearly as related",
        "industries",
    )
    second_jobs: int | None = optional("their jobs here, counted in their own clusters", "jobs")
    source: str = column("file behind the figures")


def _region(read: Read, context: Context) -> list[Any]:
    itself = [row_from(RegionRow, p, section="region") for p in read["region.profile"]]
    clusters: Sequence[ClusterInRegion] = read["region.clusters"]
    seconds: dict[str, SecondJobs] = {s.key: s for s in read["region.second"]}
    return itself + [
        row_from(RegionRow, c, section="cluster", **_second(seconds.get(c.key)))
        for c in clusters[: context.arguments["limit"]]
    ]


def _second(found: SecondJobs | None) -> dict[str, int | None]:
    if found is None:
        return {"second_industries": None, "second_jobs": None}
    return {"second_industries": found.industries, "second_jobs": round(found.jobs)}


def _region_notes(rows: Sequence[Any], context: Context) -> list[str]:
    if not rows:
        return [
            f"no figures for {context.names['region']} in {context.arguments['year']} under "
            f"{context.arguments['definition']}"
        ]
    clusters = [r for r in rows if r.section == "cluster"]
    return [
        *estimate_note(clusters, context.arguments["year"]),
        *nation_note([context.arguments["region"]]),
        *_unplaced_note(rows[0]),
    ]


def _unplaced_note(whole: RegionRow) -> list[str]:
    """Say how many of a region's jobs are in no cluster, unless only unclassified plants are."""
    if whole.section != "region":
        return []
    left = whole.jobs - (whole.traded_jobs or 0) - (whole.local_jobs or 0)
    if left < LEAST_UNPLACED * whole.jobs:
        return []
    return [
        f"{left:,} of {whole.jobs:,} jobs are in no cluster and no location quotient: they are "
        "booked at the employer of record, not where they are worked, or of no known industry"
    ]


region = Question(
    id="region",
    order=30,
    words="Which clusters does this region have, and which of them are strong?",
    row=RegionRow,
    params={
        "region": PLACE,
        "kind": Param(
            "choice",
            "traded or local clusters",
            required=False,
            default="traded",
            choices=("traded", "local"),
        ),
        "level": LEVEL,
        "definition": DEFINITION,
        "year": YEAR,
        "limit": limit(60),
    },
    counted="clusters of that kind",
    counted_section="cluster",
    parts=(
        Part("region.profile", RegionProfile),
        Part("region.clusters", ClusterInRegion),
        Part("region.second", SecondJobs),
    ),
    shape=_region,
    notes=_region_notes,
    picture=Picture(
        "bubbles",
        "Clusters of {region}",
        "lq",
        "jobs",
        "strong",
        "establishments",
        sections=("cluster",),
        low="lq_low",
        high="lq_high",
    ),
    lead=("name", "lq", "jobs", "strong", "share_region", "rank"),
    examples=({"region": "boston"}, {"region": "massachusetts"}, {"region": "county:25017"}),
)
