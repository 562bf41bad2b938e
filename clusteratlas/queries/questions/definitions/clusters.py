"""Questions about a cluster: what it is, what it is related to, whom it employs."""

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
from clusteratlas.queries.questions.common import CLUSTER, DEFINITION, limit

# cluster


@dataclass(frozen=True, slots=True)
class ClusterSelf:
    """Read row of ``cluster.self``."""

    key: str
    name: str
    kind: str
    industries: int
    jobs: int | None
    establishments: int | None
    payroll: int | None
    relatedness: float | None
    next_relatedness: float | None
    consumer_share: float | None
    mark: str
    source: str


@dataclass(frozen=True, slots=True)
class Member:
    """Read row of ``members``."""

    key: str
    name: str
    kind: str | None
    jobs: int | None
    establishments: int | None
    relatedness: float | None
    next_relatedness: float | None
    next_name: str | None
    mark: str
    source: str


@dataclass(frozen=True, slots=True)
class Link:
    """Read row of ``links``."""

    key: str
    name: str
    strength: str
    bcr: float
    percentile: float
    ri_avg: float
    ri_min: float
    driver: str
    jobs: int | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterRow:
    """The cluster, then its industries, then its linked clusters."""

    section: str = column("cluster, industry or link")
    key: str = column("key of the cluster, industry or linked cluster")
    name: str = column("its name")
    kind: str | None = optional("traded or local")
    industries: int | None = optional("number of member industries", "industries")
    jobs: int | None = optional("employment, nation", "jobs")
    establishments: int | None = optional("establishments, nation", "establishments")
    payroll: int | None = optional("annual payroll, nation", "thousand USD")
    share: float | None = optional("share of the cluster's jobs", "share")
    relatedness: float | None = optional(
        "mean combined relatedness: within the cluster, of the industry to it, or between the two",
        "standard deviations",
    )
    next_relatedness: float | None = optional(
        "the same to the other clusters (cluster: their mean; industry: the next best one)",
        "standard deviations",
    )
    next_name: str | None = optional("next best cluster of the industry")
    consumer_share: float | None = optional("share of output sold to consumption", "share")
    mark: str | None = optional("industry: core, usual or marginal; link: strong, weak or next")
    source: str | None = optional("file behind the figures")


def _cluster(read: Read, context: Context) -> list[Any]:
    del context
    members: Sequence[Member] = read["members"]
    total = sum(m.jobs or 0 for m in members)
    rows = [
        ClusterRow(
            section="cluster", key=c.key, name=c.name, kind=c.kind, industries=c.industries,
            jobs=c.jobs, establishments=c.establishments, payroll=c.payroll,
            relatedness=c.relatedness, next_relatedness=c.next_relatedness,
            consumer_share=c.consumer_share, source=c.source,
        )
        for c in read["cluster.self"]
    ]  # fmt: skip
    rows += [
        ClusterRow(
            section="industry", key=m.key, name=m.name, kind=m.kind, jobs=m.jobs,
            establishments=m.establishments,
            share=m.jobs / total if m.jobs is not None and total else None,
            relatedness=m.relatedness, next_relatedness=m.next_relatedness,
            next_name=m.next_name, mark=m.mark, source=m.source,
        )
        for m in members
    ]  # fmt: skip
    rows += [
        ClusterRow(
            section="link", key=x.key, name=x.name, jobs=x.jobs, relatedness=x.bcr,
            mark=x.strength, source=x.source,
        )
        for x in read["links"]
    ]  # fmt: skip
    return rows


def _marginal(rows: Sequence[Any], context: Context) -> list[str]:
    del context
    close = [r.name for r in rows if r.section == "industry" and r.mark == "marginal"]
    if not close:
        return []
    return [f"close calls (marginal members): {', '.join(close[:8])}{', ...' * (len(close) > 8)}"]


cluster = Question(
    id="cluster",
    words="What is this cluster: its industries, how related they are, and what it is linked to?",
    row=ClusterRow,
    params={"cluster": CLUSTER, "definition": DEFINITION},
    counted="classified industries of the definitions",
    counted_section="industry",
    parts=(Part("cluster.self", ClusterSelf), Part("members", Member), Part("links", Link)),
    shape=_cluster,
    notes=_marginal,
    picture=Picture(
        "bars", "Industries of {cluster}", "jobs", "name", "mark", sections=("industry",)
    ),
    examples=({"cluster": "biopharma"}, {"cluster": "automotive"}),
)


# related


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedRow:
    """One linked cluster."""

    key: str = column("key of the linked cluster")
    name: str = column("its name")
    strength: str = column("strong, weak, or next (nearest, where a cluster has no link)")
    bcr: float = column("mean combined relatedness between them", "standard deviations")
    percentile: float = column("percentile of that over all cluster pairs", "percent")
    ri_avg: float = column(
        "share of industries strongly related to the other, mean both ways", "share"
    )
    ri_min: float = column("the smaller of the two", "share")
    driver: str = column("linkage with the highest percentile for the pair")
    jobs: int | None = column("employment of the linked cluster, nation", "jobs")
    source: str = column("file behind the figures")


related = Question(
    id="related",
    words="Which clusters is this one related to, how strongly, and by which linkage?",
    row=RelatedRow,
    params={"cluster": CLUSTER, "definition": DEFINITION},
    counted="other traded clusters",
    parts=(Part("links", RelatedRow),),
    picture=Picture("network", "Clusters related to {cluster}", color="strength", size="bcr"),
    examples=({"cluster": "biopharma"},),
)


# occupations


@dataclass(frozen=True, slots=True)
class Staff:
    """Read row of ``occupations.industry``."""

    key: str
    name: str
    jobs: float | None
    share: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OccupationRow:
    """One occupation."""

    key: str = column("key of the occupation")
    name: str = column("its title")
    jobs: float | None = column("jobs of the occupation, nation", "jobs")
    share: float = column("share of the employment", "share")
    lq: float | None = optional("share over the occupation's share of all employment", "ratio")
    source: str = column("file behind the figures")


def _occupations(read: Read, context: Context) -> list[Any]:
    rows = list(read["occupations.cluster"])
    rows += [
        OccupationRow(key=s.key, name=s.name, jobs=s.jobs, share=s.share, source=s.source)
        for s in read["occupations.industry"]
    ]
    return rows[: context.arguments["limit"]]


occupations = Question(
    id="occupations",
    words="Which occupations does this cluster or industry employ?",
    row=OccupationRow,
    params={
        "cluster": Param("any", "cluster or industry", labels=("Cluster", "Industry")),
        "definition": DEFINITION,
        "limit": limit(20),
    },
    counted="occupations that the edition holds for it",
    parts=(Part("occupations.cluster", OccupationRow), Part("occupations.industry", Staff)),
    shape=_occupations,
    picture=Picture("bars", "Occupations of {cluster}", "share", "name"),
    examples=({"cluster": "biopharma"}, {"cluster": "325414"}),
)


# cluster-links


@dataclass(frozen=True, slots=True)
class Pair:
    """Read row of ``cluster-links.pairs``."""

    key: str
    name: str
    other: str
    other_name: str
    strength: str
    driver: str
    bcr: float
    percentile: float
    ri_ab: float
    ri_ba: float
    ri_avg: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterLinkRow:
    """One pair of linked clusters."""

    key: str = column("key of a cluster")
    name: str = column("its name, and that of the other")
    other: str = column("key of the other cluster")
    strength: str = column("strong, weak, or next (nearest, where a cluster has no link)")
    driver: str = column("linkage with the highest percentile for the pair")
    bcr: float = column("mean combined relatedness between them", "standard deviations")
    percentile: float = column("percentile of that over all cluster pairs", "percent")
    ri_ab: float = column("share of the first one's industries close to the second", "share")
    ri_ba: float = column("share of the second one's industries close to the first", "share")
    ri_avg: float = column("mean of the two", "share")
    source: str = column("file behind the figures")


def _cluster_links(read: Read, context: Context) -> list[Any]:
    pairs: Sequence[Pair] = read["cluster-links.pairs"]
    return [
        ClusterLinkRow(
            key=p.key, name=f"{p.name} and {p.other_name}", other=p.other, strength=p.strength,
            driver=p.driver, bcr=p.bcr, percentile=p.percentile, ri_ab=p.ri_ab, ri_ba=p.ri_ba,
            ri_avg=p.ri_avg, source=p.source,
        )
        for p in pairs[: context.arguments["limit"]]
    ]  # fmt: skip


cluster_links = Question(
    id="cluster-links",
    words="Which clusters are linked to which, how strongly, and by which linkage?",
    row=ClusterLinkRow,
    params={"definition": DEFINITION, "limit": limit(40)},
    counted="links between clusters",
    parts=(Part("cluster-links.pairs", Pair),),
    shape=_cluster_links,
    picture=Picture("bars", "Linked clusters", "bcr", "name", "driver"),
    examples=({}, {"definition": "ward"}),
)

QUESTIONS = (cluster, related, occupations, cluster_links)
