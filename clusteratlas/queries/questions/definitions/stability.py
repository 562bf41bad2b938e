"""How stable the clusters of a set of definitions are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import (
    Context,
    Param,
    Part,
    Picture,
    Question,
    Read,
    column,
    optional,
)
from clusteratlas.queries.questions.shared.parameters import (
    DEFINITION,
    limit,
)


@dataclass(frozen=True, slots=True)
class Firm:
    """Read row of ``stability.clusters``."""

    key: str
    name: str
    industries: int
    jaccard: float | None
    stability: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Restless:
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
    industries: int | None = optional("member industries", "industries")
    jaccard: float | None = optional(
        "mean over bootstrap runs of its largest Jaccard with a cluster of the run", "0..1"
    )
    stability: str | None = optional(
        "that in Hennig's words: highly stable, stable, pattern, doubtful, dissolved"
    )
    cluster: str | None = optional("cluster of the industry")
    runs: float | None = optional(
        "share of bootstrap runs in which the industry is with its cluster's majority", "share"
    )
    next_name: str | None = optional("next best cluster of the industry")
    mark: str | None = optional("core, usual or marginal")
    source: str | None = optional("file behind the figures")


def _stability(read: Read, context: Context) -> list[Any]:
    rows: list[Any] = [
        StabilityRow(
            section="cluster", key=c.key, name=c.name, industries=c.industries, jaccard=c.jaccard,
            stability=c.stability, source=c.source,
        )
        for c in read["stability.clusters"]
    ]  # fmt: skip
    rows += [
        StabilityRow(
            section="industry", key=m.key, name=m.name, cluster=m.cluster_name, runs=m.runs,
            next_name=m.next_name, mark=m.mark, source=m.source,
        )
        for m in read["stability.members"][: context.arguments["limit"]]
    ]  # fmt: skip
    return rows


def _stability_notes(rows: Sequence[Any], context: Context) -> list[str]:
    del context
    known = sorted(r.jaccard for r in rows if r.jaccard is not None)
    if not known:
        return ["these definitions were not resampled, so their stability is not known"]
    half = len(known) // 2
    median = known[half] if len(known) % 2 else (known[half - 1] + known[half]) / 2
    return [
        f"median Jaccard {median:.2f} over {len(known)} clusters; areas were resampled, trade and "
        "occupations were not, so doubt about those is not in it"
    ]


stability = Question(
    id="stability",
    order=270,
    words="How stable are these clusters, and which industries are not sure of theirs?",
    row=StabilityRow,
    params={
        "cluster": Param("cluster", "one cluster only: a name, or part of one", required=False,
                         default="", labels=("Cluster",)),
        "definition": DEFINITION,
        "limit": limit(25),
    },
    counted="traded industries whose stability is known",
    counted_section="industry",
    parts=(Part("stability.clusters", Firm), Part("stability.members", Restless)),
    shape=_stability,
    notes=_stability_notes,
    picture=Picture("bars", "Stability of clusters", "jaccard", "name", "stability",
                    sections=("cluster",)),
    examples=({}, {"cluster": "automotive"}),
)  # fmt: skip
