"""Where a cluster is largest, most specialized or strong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Param, Picture, Question
from clusteratlas.queries.language.rows import column
from clusteratlas.queries.questions.shared.areas import AREAS, REGION_CLUSTER, cluster_areas
from clusteratlas.queries.questions.shared.parameters import (
    CLUSTER,
    DEFINITION,
    YEAR,
    limit,
    region_type,
)
from clusteratlas.queries.questions.shared.remarks import estimate_note, unmeasured_note


@dataclass(frozen=True, slots=True, kw_only=True)
class TopRegionRow:
    """One region with the cluster."""

    key: str = column("key of the region")
    name: str = column("its name")
    jobs: int = column(of="measures.jobs")
    jobs_low: int = column(of="measures.jobs_low")
    jobs_high: int = column(of="measures.jobs_high")
    establishments: int = column(of="measures.establishments")
    establishments_low: int = column(of="measures.establishments_low")
    establishments_high: int = column(of="measures.establishments_high")
    payroll: int | None = column(of="measures.payroll")
    payroll_low: int | None = column(of="measures.payroll_low")
    payroll_high: int | None = column(of="measures.payroll_high")
    lq: float = column("location quotient on the traded (local) base", of="measures.lq")
    lq_low: float = column(of="measured.lq_low")
    lq_high: float = column(of="measured.lq_high")
    share_nation: float = column("share of the cluster's national jobs", of="measured.share_nation")
    rank: int = column("rank by jobs among regions of its type", of="measured.rank")
    rank_lq: int = column("rank by LQ among regions of its type", of="measured.rank_lq")
    percentile: float | None = column(
        "percentile of the LQ among regions of its type", of="measured.percentile"
    )
    strong: bool = column(of="measures.strong")
    certainty: str = column("how sure that is", of="measures.certainty")
    longitude: float | None = column(of="regions.longitude")
    latitude: float | None = column(of="regions.latitude")
    source: str = column("file behind the figures")


def _top_notes(rows: Sequence[Any], context: Context) -> list[str]:
    return [
        *estimate_note(rows, context.arguments["year"]),
        *unmeasured_note(rows, context.arguments["cluster"]),
    ]


top_regions = Question(
    id="top-regions",
    order=50,
    words="Where is this cluster largest, most specialized or strong?",
    row=TopRegionRow,
    params={
        "cluster": CLUSTER,
        "type": region_type("type of region"),
        "by": Param(
            "choice",
            "order: jobs, lq, or jobs of strong ones first (strong)",
            required=False,
            default="jobs",
            choices=("jobs", "lq", "strong"),
        ),
        "state": Param(
            "state",
            "only regions in this state",
            required=False,
            default="",
            labels=("Region",),
            types=("state",),
        ),
        "definition": DEFINITION,
        "year": YEAR,
        "limit": limit(10, in_query=True),
    },
    counted="regions of that type with the cluster",
    notes=_top_notes,
    picture=Picture("map", "{cluster} by region", "longitude", "latitude", "lq", "jobs"),
    backdrop=(*AREAS, REGION_CLUSTER),
    ground=cluster_areas,
    examples=({"cluster": "biopharma"}, {"cluster": "automotive", "type": "state", "by": "lq"}),
)
