"""What each region is strongest in: the strong cluster with most jobs beyond the usual."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, row_from
from clusteratlas.queries.questions.shared.areas import AREAS, map_areas
from clusteratlas.queries.questions.shared.parameters import (
    COMPARED_TYPES,
    DEFINITION,
    YEAR,
    limit,
    region_type,
)
from clusteratlas.queries.questions.shared.remarks import bounds_words


@dataclass(frozen=True, slots=True, kw_only=True)
class StrongHere:
    """Read row of ``leaders.strong``: a strong cluster of a region."""

    key: str
    name: str
    cluster_key: str
    cluster: str
    family: str
    jobs: int
    jobs_low: int
    jobs_high: int
    lq: float
    lq_low: float
    lq_high: float
    certainty: str
    longitude: float | None
    latitude: float | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaderRow:
    """One region with its leading cluster."""

    key: str = column("key of the region")
    name: str = column("its name")
    cluster: str = column("its strong cluster with most jobs beyond the nation's share")
    cluster_key: str = column("key of that cluster")
    family: str = column("family that the cluster is in; its own name where it is in none")
    beyond: float = column("jobs beyond those of a region like the nation, E - E / LQ", "jobs")
    beyond_low: float = column("least that the published figures allow", "jobs")
    beyond_high: float = column("most that they allow", "jobs")
    jobs: int = column(of="measures.jobs")
    jobs_low: int = column(of="measures.jobs_low")
    jobs_high: int = column(of="measures.jobs_high")
    lq: float = column(of="measures.lq")
    lq_low: float = column(of="measured.lq_low")
    lq_high: float = column(of="measured.lq_high")
    certainty: str = column("how sure it is that it is strong", of="measures.certainty")
    longitude: float | None = column(of="regions.longitude")
    latitude: float | None = column(of="regions.latitude")
    source: str = column("file behind the figures")


def _gathered(read: Read, context: Context) -> Read:
    """Take of each region the cluster that leads, the largest first."""
    del context
    strong: Sequence[StrongHere] = read["leaders.strong"]
    leaders: dict[str, LeaderRow] = {}
    for row in _rows(strong):
        best = leaders.get(row.key)
        if best is None or (row.beyond, best.cluster_key) > (best.beyond, row.cluster_key):
            leaders[row.key] = row
    made = sorted(leaders.values(), key=lambda r: (-r.beyond, r.key))
    return {**read, "leaders": made}


def _rows(strong: Sequence[StrongHere]) -> list[LeaderRow]:
    import numpy as np

    from clusteratlas.analysis.regions.performance import jobs_beyond

    point, low, high = (
        jobs_beyond(
            [getattr(s, f"jobs{end}") for s in strong], [getattr(s, f"lq{end}") for s in strong]
        )
        for end in ("", "_low", "_high")
    )
    # The quotient itself has three digits in an edition, and its ends have all of theirs.
    columns = (np.clip(point, low, high).tolist(), low.tolist(), high.tolist())
    return [
        row_from(LeaderRow, s, beyond=at, beyond_low=least, beyond_high=most)
        for s, at, least, most in zip(strong, *columns, strict=True)
    ]


def _shown(read: Read, context: Context) -> list[Any]:
    return list(read["leaders"][: context.arguments["limit"]])


def _areas(read: Read, context: Context) -> list[Any]:
    del context
    return map_areas(read, read["leaders"])


def _coverage(read: Read, rows: Sequence[Any], context: Context) -> list[str]:
    del rows
    every: Sequence[LeaderRow] = read["leaders"]
    if not every:
        return ["no region has a strong cluster"]
    (first, most), *_ = Counter(r.cluster for r in every).most_common(1)
    notes = [
        bounds_words(every, f"figures of {context.arguments['year']}"),
        f"{first} leads in {most:,} of {len(every):,} regions with a strong cluster, more than any "
        "other",
    ]
    if unsure := sum(r.certainty == "depends" for r in every):
        notes.append(f"in {unsure:,} of them it depends on withheld cells that it is strong")
    return notes


leaders = Question(
    id="leaders",
    order=52,
    words="What is each region strongest in?",
    row=LeaderRow,
    params={
        "type": region_type(
            "type of region", ("ea", *(t for t in COMPARED_TYPES if t != "ea")), in_query=False
        ),
        "definition": DEFINITION,
        "year": YEAR,
        "limit": limit(20),
    },
    counted="regions of that type",
    count_stem="map.count",
    parts=(Part("leaders.strong", StrongHere),),
    gather=_gathered,
    shape=_shown,
    coverage=_coverage,
    picture=Picture("families", "What each region is strongest in", color="family", size="beyond"),
    lead=("name", "cluster", "beyond", "lq", "certainty"),
    backdrop=AREAS,
    ground=_areas,
    examples=({}, {"type": "state"}),
)
