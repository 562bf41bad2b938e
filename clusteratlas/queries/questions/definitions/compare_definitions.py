"""How far two sets of definitions agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Param, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional, row_from
from clusteratlas.queries.questions.shared.parameters import (
    limit,
)


@dataclass(frozen=True, slots=True)
class DefinitionsAgreement:
    """Read row of ``compare-definitions.agreement``."""

    key: str
    name: str
    industries: int
    ari: float
    ami: float
    vi: float
    source: str


@dataclass(frozen=True, slots=True)
class ClusterOverlap:
    """Read row of ``compare-definitions.overlaps``."""

    key: str
    name: str
    match: str
    match_name: str
    industries: int
    jaccard: float
    source: str


@dataclass(frozen=True, slots=True)
class MemberInBoth:
    """Read row of ``compare-definitions.members``."""

    key: str
    name: str
    cluster: str
    cluster_name: str
    match: str
    match_name: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareDefinitionsRow:
    """The sets as wholes, each cluster with its best match, all overlaps, then who moves."""

    section: str = column("sets, cluster (with its best match), overlap, or industry (that moves)")
    key: str = column("key of the definitions, cluster or industry")
    name: str = column("its name; of an industry the title")
    cluster: str | None = optional("cluster of the industry in the first set")
    match: str | None = optional("key of the cluster in the second set")
    match_name: str | None = optional("its name")
    industries: int | None = optional("industries that both hold", of="overlaps.industries")
    jaccard: float | None = optional(of="overlaps.jaccard")
    ari: float | None = optional(of="agreements.ari")
    ami: float | None = optional(of="agreements.ami")
    vi: float | None = optional(of="agreements.vi")
    source: str | None = optional("file behind the figures")


def _compare(read: Read, context: Context) -> list[Any]:
    overlaps: Sequence[ClusterOverlap] = read["compare-definitions.overlaps"]
    best: dict[str, ClusterOverlap] = {}
    for o in overlaps:
        best.setdefault(o.key, o)
    matched = sorted(best.values(), key=lambda o: (o.jaccard, o.key))
    largest = sorted(overlaps, key=lambda o: (-o.industries, o.key, o.match))
    moved = [
        m
        for m in read["compare-definitions.members"]
        if m.cluster in best and best[m.cluster].match != m.match
    ]
    return [
        *(
            row_from(CompareDefinitionsRow, w, section="sets")
            for w in read["compare-definitions.agreement"]
        ),
        *(row_from(CompareDefinitionsRow, o, section="cluster") for o in matched),
        *(row_from(CompareDefinitionsRow, o, section="overlap") for o in largest),
        *(
            row_from(CompareDefinitionsRow, m, section="industry", cluster=m.cluster_name)
            for m in moved[: context.arguments["limit"]]
        ),
    ]


def _compare_notes(rows: Sequence[Any], context: Context) -> list[str]:
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
    order=280,
    words="How far do two sets of definitions agree, cluster by cluster, and who moves?",
    row=CompareDefinitionsRow,
    params={
        "a": Param("any", "set of definitions", labels=("Definition",)),
        "b": Param("any", "another set", labels=("Definition",)),
        "limit": limit(40),
    },
    counted="traded industries that both class",
    counted_section="industry",
    parts=(
        Part("compare-definitions.agreement", DefinitionsAgreement),
        Part("compare-definitions.overlaps", ClusterOverlap),
        Part("compare-definitions.members", MemberInBoth),
    ),
    shape=_compare,
    notes=_compare_notes,
    lead=("name", "jaccard", "match_name", "industries"),
    picture=Picture("sankey", "From {a} to {b}", size="industries", sections=("overlap",)),
    examples=({"a": "algorithm", "b": "ward"}, {"a": "algorithm", "b": "naics3"}),
)
