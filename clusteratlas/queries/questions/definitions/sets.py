"""Questions about sets of definitions: how sure they are, how they differ, what is inside."""

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

# stability


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


# compare-definitions


@dataclass(frozen=True, slots=True)
class Whole:
    """Read row of ``compare-definitions.agreement``."""

    key: str
    name: str
    industries: int
    ari: float
    ami: float
    vi: float
    source: str


@dataclass(frozen=True, slots=True)
class Overlap:
    """Read row of ``compare-definitions.overlaps``."""

    key: str
    name: str
    match: str
    match_name: str
    industries: int
    jaccard: float
    source: str


@dataclass(frozen=True, slots=True)
class Both:
    """Read row of ``compare-definitions.members``."""

    key: str
    name: str
    cluster: str
    cluster_name: str
    match: str
    match_name: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRow:
    """The sets as wholes, each cluster with its best match, all overlaps, then who moves."""

    section: str = column("sets, cluster (with its best match), overlap, or industry (that moves)")
    key: str = column("key of the definitions, cluster or industry")
    name: str = column("its name; of an industry the title")
    cluster: str | None = optional("cluster of the industry in the first set")
    match: str | None = optional("key of the cluster in the second set")
    match_name: str | None = optional("its name")
    industries: int | None = optional("industries that both hold", "industries")
    jaccard: float | None = optional("those over the industries that either holds", "0..1")
    ari: float | None = optional("adjusted Rand index: 1 the same, 0 as by chance")
    ami: float | None = optional("adjusted mutual information: 1 the same, 0 as by chance")
    vi: float | None = optional("variation of information: 0 the same", "nats")
    source: str | None = optional("file behind the figures")


def _compared(read: Read, context: Context) -> list[Any]:
    rows: list[Any] = [
        ComparedRow(
            section="sets", key=w.key, name=w.name, industries=w.industries, ari=w.ari, ami=w.ami,
            vi=w.vi, source=w.source,
        )
        for w in read["compare-definitions.agreement"]
    ]  # fmt: skip
    overlaps: Sequence[Overlap] = read["compare-definitions.overlaps"]
    best: dict[str, Overlap] = {}
    for o in overlaps:
        best.setdefault(o.key, o)
    for section, some in (
        ("cluster", sorted(best.values(), key=lambda o: (o.jaccard, o.key))),
        ("overlap", sorted(overlaps, key=lambda o: (-o.industries, o.key, o.match))),
    ):
        rows += [
            ComparedRow(
                section=section, key=o.key, name=o.name, match=o.match, match_name=o.match_name,
                industries=o.industries, jaccard=o.jaccard, source=o.source,
            )
            for o in some
        ]  # fmt: skip
    moved = [
        m
        for m in read["compare-definitions.members"]
        if m.cluster in best and best[m.cluster].match != m.match
    ]
    rows += [
        ComparedRow(
            section="industry", key=m.key, name=m.name, cluster=m.cluster_name, match=m.match,
            match_name=m.match_name, source=m.source,
        )
        for m in moved[: context.arguments["limit"]]
    ]  # fmt: skip
    return rows


def _compared_notes(rows: Sequence[Any], context: Context) -> list[str]:
    whole = [r for r in rows if r.section == "sets"]
    a, b = context.names["a"], context.names["b"]
    if not whole:
        return [f"{a} and {b} are one set, or an edition holds no comparison of them"]
    matched = [r.jaccard for r in rows if r.section == "cluster"]
    same = sum(j == 1 for j in matched)
    return [
        f"{a} and {b}: adjusted Rand index {whole[0].ari:.2f}, adjusted mutual information "
        f"{whole[0].ami:.2f} over {whole[0].industries} industries; {same} of {len(matched)} "
        "clusters have the same members in both",
        "an industry moves when it is outside the best match of its cluster",
    ]


compare_definitions = Question(
    id="compare-definitions",
    words="How far do two sets of definitions agree, cluster by cluster, and who moves?",
    row=ComparedRow,
    params={
        "a": Param("any", "set of definitions", labels=("Definition",)),
        "b": Param("any", "another set", labels=("Definition",)),
        "limit": limit(40),
    },
    counted="traded industries that both class",
    counted_section="industry",
    parts=(
        Part("compare-definitions.agreement", Whole),
        Part("compare-definitions.overlaps", Overlap),
        Part("compare-definitions.members", Both),
    ),
    shape=_compared,
    notes=_compared_notes,
    picture=Picture("sankey", "From {a} to {b}", size="industries", sections=("overlap",)),
    examples=({"a": "algorithm", "b": "ward"}, {"a": "algorithm", "b": "naics3"}),
)


# subclusters


@dataclass(frozen=True, slots=True)
class Group:
    """Read row of ``subclusters.groups``."""

    key: str
    name: str
    industries: int
    jobs: int | None
    relatedness: float | None
    sibling_relatedness: float | None
    source: str


@dataclass(frozen=True, slots=True)
class Inside:
    """Read row of ``subclusters.members``."""

    key: str
    name: str
    subcluster: str
    jobs: int | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubclusterRow:
    """Subclusters, then their industries."""

    section: str = column("subcluster or industry")
    key: str = column("key of the subcluster or industry")
    name: str = column("its name")
    subcluster: str = column("name of the subcluster")
    industries: int | None = optional("member industries", "industries")
    jobs: int | None = optional("employment, nation", "jobs")
    relatedness: float | None = optional("mean combined relatedness within", "standard deviations")
    sibling_relatedness: float | None = optional(
        "mean combined relatedness to the cluster's other subclusters", "standard deviations"
    )
    source: str | None = optional("file behind the figures")


def _subclusters(read: Read, context: Context) -> list[Any]:
    del context
    rows: list[Any] = [
        SubclusterRow(
            section="subcluster", key=g.key, name=g.name, subcluster=g.name,
            industries=g.industries, jobs=g.jobs, relatedness=g.relatedness,
            sibling_relatedness=g.sibling_relatedness, source=g.source,
        )
        for g in read["subclusters.groups"]
    ]  # fmt: skip
    rows += [
        SubclusterRow(
            section="industry", key=i.key, name=i.name, subcluster=i.subcluster, jobs=i.jobs,
            source=i.source,
        )
        for i in read["subclusters.members"]
    ]  # fmt: skip
    return rows


def _subcluster_notes(rows: Sequence[Any], context: Context) -> list[str]:
    if rows:
        return []
    return [
        f"{context.names['cluster']} is whole: it has few members, no split of it stands out from "
        "chance, or its definitions were not split"
    ]


subclusters = Question(
    id="subclusters",
    words="Which subclusters does this cluster have, and which industries are in each?",
    row=SubclusterRow,
    params={"cluster": CLUSTER, "definition": DEFINITION},
    counted="industries of the cluster",
    counted_section="industry",
    parts=(Part("subclusters.groups", Group), Part("subclusters.members", Inside)),
    shape=_subclusters,
    notes=_subcluster_notes,
    picture=Picture("bars", "Industries of {cluster} by subcluster", "jobs", "name", "subcluster",
                    sections=("industry",)),
    examples=({"cluster": "furniture"},),
)  # fmt: skip

QUESTIONS = (stability, compare_definitions, subclusters)
