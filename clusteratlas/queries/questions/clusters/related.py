"""Which clusters a cluster is related to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Part, Picture, Question
from clusteratlas.queries.language.rows import column
from clusteratlas.queries.questions.shared.parameters import (
    CLUSTER,
    DEFINITION,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedRow:
    """One linked cluster."""

    key: str = column("key of the linked cluster")
    name: str = column("its name")
    strength: str = column(
        "strong, weak, or next (nearest, where a cluster has no link)", of="cluster_links.strength"
    )
    bcr: float = column(of="cluster_links.bcr")
    percentile: float = column(
        "percentile of that over all cluster pairs", of="cluster_links.percentile"
    )
    ri_avg: float = column(
        "share of industries strongly related to the other, mean both ways",
        of="cluster_links.ri_avg",
    )
    ri_min: float = column(of="cluster_links.ri_min")
    driver: str = column(
        "linkage with the highest percentile for the pair", of="cluster_links.driver"
    )
    jobs: int | None = column("employment of the linked cluster, nation", of="clusters.jobs")
    source: str = column("file behind the figures")


def _related_notes(rows: Sequence[Any], context: Context) -> list[str]:
    if rows:
        return []
    return [
        f"{context.names['cluster']} has no links: they are kept between traded clusters, and "
        "between families"
    ]


related = Question(
    id="related",
    order=60,
    words="Which clusters is this one related to, how strongly, and by which linkage?",
    row=RelatedRow,
    params={"cluster": CLUSTER, "definition": DEFINITION},
    counted="other traded clusters",
    parts=(Part("links", RelatedRow),),
    notes=_related_notes,
    picture=Picture("network", "Clusters related to {cluster}", color="strength", size="bcr"),
    examples=({"cluster": "biopharma"},),
)
