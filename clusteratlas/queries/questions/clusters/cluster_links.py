"""Which clusters are linked to which, and what drives each link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, row_from
from clusteratlas.queries.questions.shared.parameters import (
    DEFINITION,
    LEVEL,
    limit,
)


@dataclass(frozen=True, slots=True)
class LinkedPair:
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
    strength: str = column(
        "strong, weak, or next (nearest, where a cluster has no link)", of="cluster_links.strength"
    )
    driver: str = column(
        "linkage with the highest percentile for the pair", of="cluster_links.driver"
    )
    bcr: float = column(of="cluster_links.bcr")
    percentile: float = column(
        "percentile of that over all cluster pairs", of="cluster_links.percentile"
    )
    ri_ab: float = column(
        "share of the first one's industries close to the second", of="cluster_links.ri_ab"
    )
    ri_ba: float = column(
        "share of the second one's industries close to the first", of="cluster_links.ri_ba"
    )
    ri_avg: float = column(of="cluster_links.ri_avg")
    source: str = column("file behind the figures")


def _cluster_links(read: Read, context: Context) -> list[Any]:
    pairs: Sequence[LinkedPair] = read["cluster-links.pairs"]
    return [
        row_from(ClusterLinkRow, p, name=f"{p.name} and {p.other_name}")
        for p in pairs[: context.arguments["limit"]]
    ]


cluster_links = Question(
    id="cluster-links",
    order=300,
    words="Which clusters are linked to which, how strongly, and by which linkage?",
    row=ClusterLinkRow,
    params={"level": LEVEL, "definition": DEFINITION, "limit": limit(40)},
    counted="links between clusters",
    parts=(Part("cluster-links.pairs", LinkedPair),),
    shape=_cluster_links,
    picture=Picture("bars", "Linked clusters", "bcr", "name", "driver"),
    examples=({}, {"definition": "ward"}),
)
