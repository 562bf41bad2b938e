"""Which industries a cluster is tied to, by each linkage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Param, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional
from clusteratlas.queries.questions.shared.parameters import CLUSTER, DEFINITION, limit

_BY = {"supply": "io", "co-location": "lc_emp", "occupations": "occ", "all": "combined"}
"""Linkages that a reader may choose, and the column of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkageRow:
    """One industry of another cluster, and how it is tied to this one."""

    key: str = column("key of the industry")
    name: str = column("its title")
    cluster: str | None = optional("cluster that the industry belongs to")
    rank: int = column("rank of this cluster among those near the industry", of="affinities.rank")
    combined: float | None = optional(of="affinities.combined")
    io: float | None = optional("inputs and outputs: supply", of="affinities.io")
    lc_emp: float | None = optional("co-location of jobs", of="affinities.lc_emp")
    occ: float | None = optional("likeness of occupations", of="affinities.occ")
    source: str = column("file behind the figures")


def _linkages(read: Read, context: Context) -> list[Any]:
    column = _BY[context.arguments["by"]]

    def strength(row: Any) -> tuple[bool, float, str]:
        value = getattr(row, column)
        return value is None, -(value or 0.0), row.key

    return sorted(read["linkages"], key=strength)[: context.arguments["limit"]]


def _linkage_notes(rows: Sequence[Any], context: Context) -> list[str]:
    if not rows:
        return [f"{context.names['cluster']} is among the nearest clusters of no other industry"]
    return [
        "only industries are listed for which the cluster is among the nearest; "
        "each figure is the mean over its members, of the nation"
    ]


linkages = Question(
    id="linkages",
    order=65,
    words="Which industries is this cluster tied to by supply, co-location or occupations?",
    row=LinkageRow,
    params={
        "cluster": CLUSTER,
        "by": Param(
            "choice",
            "order: supply, co-location, occupations, or all of them together",
            required=False,
            default="all",
            choices=tuple(_BY),
            in_query=False,
        ),
        "definition": DEFINITION,
        "limit": limit(20),
    },
    counted="industries tied to the cluster",
    parts=(Part("linkages", LinkageRow),),
    shape=_linkages,
    notes=_linkage_notes,
    picture=Picture("bars", "Industries tied to {cluster}", "combined", "name", "cluster"),
    examples=({"cluster": "biopharma", "by": "co-location"},),
)
