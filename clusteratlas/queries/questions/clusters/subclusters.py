"""Which parts a cluster or family falls into, and which industries are in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional, row_from
from clusteratlas.queries.questions.shared.parameters import (
    CLUSTER,
    DEFINITION,
)


@dataclass(frozen=True, slots=True)
class SubclusterFigures:
    """Read row of ``subclusters.groups``."""

    key: str
    name: str
    level: str
    industries: int
    jobs: int | None
    relatedness: float | None
    sibling_relatedness: float | None
    source: str


@dataclass(frozen=True, slots=True)
class SubclusterMember:
    """Read row of ``subclusters.members``."""

    key: str
    name: str
    part: str
    jobs: int | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubclusterRow:
    """Parts, then their industries."""

    section: str = column("cluster (of a family), subcluster, or industry")
    key: str = column("key of the part or industry")
    name: str = column("its name")
    part: str = column("name of the part")
    industries: int | None = optional(of="clusters.industries")
    jobs: int | None = optional(of="clusters.jobs")
    relatedness: float | None = optional("mean combined relatedness within", "standard deviations")
    sibling_relatedness: float | None = optional(
        "mean combined relatedness to the other parts", of="clusters.bcr_siblings"
    )
    source: str | None = optional("file behind the figures")


def _subclusters(read: Read, context: Context) -> list[Any]:
    del context
    groups = [
        row_from(SubclusterRow, g, section=g.level, part=g.name) for g in read["subclusters.groups"]
    ]
    members = [row_from(SubclusterRow, i, section="industry") for i in read["subclusters.members"]]
    return [*groups, *members]


def _subcluster_notes(rows: Sequence[Any], context: Context) -> list[str]:
    if rows:
        return []
    return [
        f"{context.names['cluster']} is whole: it has few members, no split of it stands out from "
        "chance, or its definitions were not split"
    ]


subclusters = Question(
    id="subclusters",
    order=290,
    words="Which parts does this cluster or family have, and which industries are in each?",
    row=SubclusterRow,
    params={"cluster": CLUSTER, "definition": DEFINITION},
    counted="industries of the cluster",
    counted_section="industry",
    parts=(
        Part("subclusters.groups", SubclusterFigures),
        Part("subclusters.members", SubclusterMember),
    ),
    shape=_subclusters,
    notes=_subcluster_notes,
    picture=Picture(
        "bars",
        "Industries of {cluster} by part",
        "jobs",
        "name",
        "part",
        sections=("industry",),
    ),
    examples=({"cluster": "furniture"},),
)
