"""How stable the clusters of a set of definitions are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from clusteratlas.queries.language.question import Context, Param, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional, row_from
from clusteratlas.queries.questions.shared.parameters import (
    DEFINITION,
    limit,
)


@dataclass(frozen=True, slots=True)
class ClusterStability:
    """Read row of ``stability.clusters``."""

    key: str
    name: str
    industries: int
    jaccard: float | None
    stability: str | None
    vintages: float | None
    vintages_least: float | None
    by_vintage: str | None
    source: str


@dataclass(frozen=True, slots=True)
class UnsureMember:
    """Read row of ``stability.members``."""

    key: str
    name: str
    cluster_name: str
    runs: float | None
    mark: str
    next_name: str | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StabilityRow:
    """Clusters, least stable first, then the industries that are elsewhere in some runs."""

    section: str = column("cluster or industry")
    key: str = column("key of the cluster or industry")
    name: str = column("its name")
    industries: int | None = optional(of="clusters.industries")
    jaccard: float | None = optional(of="clusters.jaccard")
    stability: str | None = optional(of="clusters.stability")
    vintages: float | None = optional(of="clusters.vintages")
    vintages_least: float | None = optional(of="clusters.vintages_least")
    by_vintage: str | None = optional(of="clusters.by_vintage")
    cluster: str | None = optional("cluster of the industry")
    runs: float | None = optional(
        "share of bootstrap runs in which the industry is with its cluster's majority",
        of="affinities.runs",
    )
    next_name: str | None = optional("next best cluster of the industry")
    mark: str | None = optional("core, usual or marginal")
    source: str | None = optional("file behind the figures")


def _stability(read: Read, context: Context) -> list[Any]:
    clusters = [row_from(StabilityRow, c, section="cluster") for c in read["stability.clusters"]]
    industries = [
        row_from(StabilityRow, m, section="industry", cluster=m.cluster_name)
        for m in read["stability.members"][: context.arguments["limit"]]
    ]
    return [*clusters, *industries]


def _stability_notes(rows: Sequence[Any], context: Context) -> list[str]:
    del context
    notes = []
    if drawn := [r.jaccard for r in rows if r.jaccard is not None]:
        notes.append(
            f"median Jaccard {median(drawn):.2f} over {len(drawn)} clusters; areas were resampled, "
            "trade and occupations were not, so doubt about those is not in it"
        )
    else:
        notes.append("these definitions were not resampled, so their stability is not known")
    if other := [r.vintages for r in rows if r.vintages is not None]:
        notes.append(
            f"median likeness {median(other):.2f} to the clusters that the same method finds on "
            "other vintages, trade and occupations included; judged moves are made in every run "
            "and vintage, so they hold by themselves"
        )
    return notes


stability = Question(
    id="stability",
    order=270,
    words="How stable are these clusters, and which industries are not sure of theirs?",
    row=StabilityRow,
    params={
        "cluster": Param(
            "cluster",
            "one cluster only: a name, or part of one",
            required=False,
            default="",
            labels=("Cluster",),
        ),
        "definition": DEFINITION,
        "limit": limit(25),
    },
    counted="traded industries whose stability is known",
    counted_section="industry",
    parts=(Part("stability.clusters", ClusterStability), Part("stability.members", UnsureMember)),
    shape=_stability,
    notes=_stability_notes,
    picture=Picture(
        "bars", "Stability of clusters", "jaccard", "name", "stability", sections=("cluster",)
    ),
    examples=({}, {"cluster": "automotive"}),
)
