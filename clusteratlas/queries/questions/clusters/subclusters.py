"""What is inside a cluster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import (
    Context,
    Part,
    Picture,
    Question,
    Read,
    column,
    optional,
)
from clusteratlas.queries.questions.shared.parameters import (
    CLUSTER,
    DEFINITION,
)


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
    order=290,
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
