"""What a cluster is: its industries and the clusters that it is linked to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional, row_from
from clusteratlas.queries.questions.shared.clusters import Link, Member, SecondIndustry
from clusteratlas.queries.questions.shared.parameters import (
    CLUSTER,
    DEFINITION,
)


@dataclass(frozen=True, slots=True)
class ClusterSelf:
    """Read row of ``cluster.self``."""

    key: str
    name: str
    kind: str
    level: str
    industries: int
    jobs: int | None
    establishments: int | None
    payroll: int | None
    relatedness: float | None
    next_relatedness: float | None
    consumer_share: float | None
    mark: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterRow:
    """The cluster, then its industries, its second members, and its linked clusters."""

    section: str = column(
        "cluster, industry, second (an industry of another cluster that is nearly as related to "
        "this one; it is counted there) or link"
    )
    key: str = column("key of the cluster, industry or linked cluster")
    name: str = column("its name")
    kind: str | None = optional(of="clusters.kind")
    level: str | None = optional("of the cluster: family, cluster or subcluster")
    industries: int | None = optional(of="clusters.industries")
    jobs: int | None = optional(of="clusters.jobs")
    establishments: int | None = optional(of="clusters.establishments")
    payroll: int | None = optional(of="clusters.payroll")
    share: float | None = optional("share of the cluster's jobs", "share")
    relatedness: float | None = optional(
        "mean combined relatedness: within the cluster, of the industry to it, or between the two",
        of="clusters.wcr",
    )
    next_relatedness: float | None = optional(
        "the same to the other clusters (cluster: their mean; industry: the next best one; second: "
        "its own)",
        "standard deviations",
    )
    next_name: str | None = optional(
        "next best cluster of the industry; of a second member its own"
    )
    consumer_share: float | None = optional(of="clusters.consumer_share")
    mark: str | None = optional("industry: core, usual or marginal; link: strong, weak or next")
    source: str | None = optional("file behind the figures")


def _cluster(read: Read, context: Context) -> list[Any]:
    del context
    members: Sequence[Member] = read["members"]
    total = sum(m.jobs or 0 for m in members)
    rows = [row_from(ClusterRow, c, section="cluster", mark=None) for c in read["cluster.self"]]
    for m in members:
        share = m.jobs / total if m.jobs is not None and total else None
        rows.append(row_from(ClusterRow, m, section="industry", share=share))
    seconds: Sequence[SecondIndustry] = read["members.second"]
    rows += [
        row_from(
            ClusterRow,
            s,
            section="second",
            next_name=s.cluster_name,
            next_relatedness=s.own_relatedness,
        )
        for s in seconds
    ]
    rows += [
        ClusterRow(
            section="link",
            key=x.key,
            name=x.name,
            jobs=x.jobs,
            relatedness=x.bcr,
            mark=x.strength,
            source=x.source,
        )
        for x in read["links"]
    ]
    return rows


def _marginal(rows: Sequence[Any], context: Context) -> list[str]:
    del context
    close = [r.name for r in rows if r.section == "industry" and r.mark == "marginal"]
    seconds = [r for r in rows if r.section == "second"]
    notes = []
    if seconds:
        jobs = sum(r.jobs or 0 for r in seconds)
        notes.append(
            f"{jobs:,} jobs are in second members ({len(seconds)}), counted in their own clusters"
        )
    if not close:
        return notes
    return [
        *notes,
        f"close calls (marginal members): {', '.join(close[:8])}{', ...' * (len(close) > 8)}",
    ]


cluster = Question(
    id="cluster",
    order=10,
    words="What is this cluster: its industries, how related they are, and what it is linked to?",
    row=ClusterRow,
    params={"cluster": CLUSTER, "definition": DEFINITION},
    counted="classified industries of the definitions",
    counted_section="industry",
    parts=(
        Part("cluster.self", ClusterSelf),
        Part("members", Member),
        Part("members.second", SecondIndustry),
        Part("links", Link),
    ),
    shape=_cluster,
    notes=_marginal,
    picture=Picture(
        "bars", "Industries of {cluster}", "jobs", "name", "mark", sections=("industry",)
    ),
    examples=({"cluster": "biopharma"}, {"cluster": "automotive"}),
)
