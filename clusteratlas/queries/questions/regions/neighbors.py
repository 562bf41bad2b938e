"""Whether the adjacent regions have the same cluster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional, row_from
from clusteratlas.queries.questions.shared.areas import AREAS, REGION_CLUSTER, cluster_areas
from clusteratlas.queries.questions.shared.parameters import (
    CLUSTER,
    DEFINITION,
    REGION,
    YEAR,
)
from clusteratlas.queries.questions.shared.regions import RegionalClusterFigures
from clusteratlas.queries.questions.shared.remarks import estimate_note


@dataclass(frozen=True, slots=True)
class NeighborRegion:
    """Read row of ``neighbors.regions`` and ``neighbors.self``."""

    key: str
    name: str
    longitude: float | None
    latitude: float | None
    source: str


@dataclass(frozen=True, slots=True)
class NeighborFigures:
    """Read row of ``neighbors.figures``."""

    key: str
    jobs: int
    jobs_low: int
    jobs_high: int
    establishments: int
    establishments_low: int
    establishments_high: int
    payroll: int | None
    payroll_low: int | None
    payroll_high: int | None
    lq: float
    lq_low: float
    lq_high: float
    share_nation: float
    rank: int
    strong: bool
    certainty: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighborRow:
    """The cluster in the region, then in each adjacent one."""

    section: str = column("region, or neighbor")
    key: str = column("key of the region")
    name: str = column("its name")
    jobs: int | None = optional("employment; none where nothing is known", of="measures.jobs")
    jobs_low: int | None = optional(of="measures.jobs_low")
    jobs_high: int | None = optional(of="measures.jobs_high")
    establishments: int | None = optional(of="measures.establishments")
    establishments_low: int | None = optional(of="measures.establishments_low")
    establishments_high: int | None = optional(of="measures.establishments_high")
    payroll: int | None = optional(of="measures.payroll")
    payroll_low: int | None = optional(of="measures.payroll_low")
    payroll_high: int | None = optional(of="measures.payroll_high")
    lq: float | None = optional("location quotient on the traded (local) base", of="measures.lq")
    lq_low: float | None = optional(of="measured.lq_low")
    lq_high: float | None = optional(of="measured.lq_high")
    share_nation: float | None = optional(
        "share of the cluster's national jobs", of="measured.share_nation"
    )
    rank: int | None = optional("rank by jobs among regions of its type", of="measured.rank")
    strong: bool | None = optional(of="measures.strong")
    certainty: str | None = optional("how sure that is", of="measures.certainty")
    longitude: float | None = column(of="regions.longitude")
    latitude: float | None = column(of="regions.latitude")
    source: str = column("file behind the figures, or the border")


def _neighbors(read: Read, context: Context) -> list[Any]:
    figures: dict[str, Any] = {f.key: f for f in read["neighbors.figures"]}
    if read["hub"]:
        figures[context.arguments["region"]] = read["hub"][0]
    rows = []
    for section, regions in (("region", "neighbors.self"), ("neighbor", "neighbors.regions")):
        for r in read[regions]:
            own = {"section": section, "key": r.key, "name": r.name}
            place = {"longitude": r.longitude, "latitude": r.latitude}
            found = figures.get(r.key)
            rows.append(
                row_from(NeighborRow, found, **own, **place)
                if found
                else NeighborRow(**own, **place, source=r.source)
            )
    return sorted(rows, key=lambda r: (r.section != "region", -(r.jobs or 0), r.key))


def _neighbor_notes(rows: Sequence[Any], context: Context) -> list[str]:
    if not any(r.section == "neighbor" for r in rows):
        return [f"no region of its type shares a border with {context.names['region']}"]
    strong = [r.name for r in rows if r.strong and r.section == "neighbor"]
    said = (
        f"strong in {len(strong)} adjacent regions: {'; '.join(strong)}"
        if strong
        else ("strong in no adjacent region")
    )
    notes = [*estimate_note(rows, context.arguments["year"]), said]
    unknown = sum(r.jobs is None for r in rows)
    if unknown:
        notes.append(f"nothing is known of {unknown} of these regions: no figure is published")
    return notes


neighbors = Question(
    id="neighbors",
    order=150,
    words="Do the adjacent regions have the same cluster?",
    row=NeighborRow,
    params={"cluster": CLUSTER, "region": REGION, "definition": DEFINITION, "year": YEAR},
    counted="adjacent regions",
    counted_section="neighbor",
    parts=(
        Part("neighbors.self", NeighborRegion),
        Part("neighbors.regions", NeighborRegion),
        Part("neighbors.figures", NeighborFigures),
        Part("hub", RegionalClusterFigures),
    ),
    shape=_neighbors,
    notes=_neighbor_notes,
    picture=Picture(
        "map", "{cluster} in and around {region}", "longitude", "latitude", "lq", "jobs"
    ),
    backdrop=(*AREAS, REGION_CLUSTER),
    ground=cluster_areas,
    examples=(
        {"cluster": "biopharma", "region": "boston"},
        {"cluster": "automotive", "region": "county:26163"},
    ),
)
