"""Which clusters of a region, or where a cluster, are stars, emerging, mature or transforming."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional, row_from
from clusteratlas.queries.questions.performance.shared.history import (
    SINCE,
    YearFigures,
    by_cluster,
    growth_of,
    kind_param,
    one_year_note,
)
from clusteratlas.queries.questions.shared.parameters import (
    CLUSTER,
    DEFINITION,
    LEVEL,
    REGION,
    YEAR,
    limit,
    region_type,
)
from clusteratlas.queries.questions.shared.remarks import bounds_words


@dataclass(frozen=True, slots=True, kw_only=True)
class QuadrantRow:
    """A cluster of the region, or a region with the cluster, and where it is on its way."""

    section: str = column("cluster (of the region asked about) or region (with the cluster)")
    key: str = column("key of the cluster or region")
    name: str = column("its name")
    quadrant: str | None = optional(
        "star (LQ >= 1, rising), mature (LQ >= 1, not rising), emerging (LQ < 1, rising), "
        "transforming (LQ < 1, not rising)"
    )
    could_be: str | None = optional("other quadrants that withheld cells allow")
    lq: float = column(of="measures.lq")
    lq_low: float = column(of="measured.lq_low")
    lq_high: float = column(of="measured.lq_high")
    lq_change: float | None = optional("less that at the start", "ratio")
    lq_change_low: float | None = optional("least that is possible", "ratio")
    lq_change_high: float | None = optional("most that is possible", "ratio")
    jobs: int = column("at the end", of="measures.jobs")
    jobs_low: int = column("at the end", of="measures.jobs_low")
    jobs_high: int = column("at the end", of="measures.jobs_high")
    yearly_growth: float | None = optional("growth of jobs a year", "share")
    source_then: str | None = optional("file behind the figures at the start")
    source: str = column("file behind the figures at the end")


def _rows(read: Read, context: Context) -> list[Any]:
    region, cluster = context.arguments["region"], context.arguments["cluster"]
    figures: Sequence[YearFigures] = read["regions" if cluster else "here"]
    figures = [f for f in figures if not cluster or region in {"", f.key}]
    since, year = context.arguments["since"], context.arguments["year"]
    start = by_cluster(figures, since) if since < year else {}
    section = "region" if cluster else "cluster"
    rows = [
        _row(section, start.get(key), f, year - since)
        for key, f in by_cluster(figures, year).items()
    ]
    rows.sort(key=lambda r: (-r.jobs, r.key))
    return rows[: context.arguments["limit"]]


def _row(section: str, then: YearFigures | None, now: YearFigures, years: int) -> QuadrantRow:
    from clusteratlas.analysis.regions.change.quadrants import possible_quadrants, quadrant

    if then is None:
        return row_from(QuadrantRow, now, section=section, yearly_growth=now.growth)
    # The published quotient has few digits; bounds that meet have all of them.
    before, after = (min(max(f.lq, f.lq_low), f.lq_high) for f in (then, now))
    is_in = quadrant(after, after - before)
    possible = possible_quadrants((then.lq_low, then.lq_high), (now.lq_low, now.lq_high))
    return row_from(
        QuadrantRow,
        now,
        section=section,
        quadrant=is_in,
        could_be=", ".join(q for q in possible if q != is_in) or None,
        lq_change=after - before,
        lq_change_low=now.lq_low - then.lq_high,
        lq_change_high=now.lq_high - then.lq_low,
        yearly_growth=growth_of(then, now, years)[0],
        source_then=then.source,
    )


def _notes(rows: Sequence[Any], context: Context) -> list[str]:
    if not rows:
        return ["there are no such figures"]
    since, year = context.arguments["since"], context.arguments["year"]
    notes = [bounds_words(rows, f"change from {since} to {year}" if since < year else str(year))]
    unknown = [r.name for r in rows if r.quadrant is None]
    if len(unknown) == len(rows):
        return notes + one_year_note([year], context)
    if unknown:
        notes.append(f"no figure of {since}, so no quadrant: {', '.join(unknown)}")
    unsure = sum(r.could_be is not None for r in rows)
    if unsure:
        notes.append(f"withheld cells allow another quadrant for {unsure} of {len(rows)}")
    return notes


quadrants = Question(
    id="quadrants",
    order=163,
    words="What is a star here, what emerges, matures or transforms?",
    row=QuadrantRow,
    params={
        "region": dataclasses.replace(
            REGION, help=f"{REGION.help}; this, a cluster, or both", required=False, default=""
        ),
        "cluster": dataclasses.replace(
            CLUSTER, help=f"{CLUSTER.help}; this, a region, or both", required=False, default=""
        ),
        "type": region_type("type of region, where only a cluster is given", in_query=False),
        "since": SINCE,
        "year": YEAR,
        "kind": kind_param("traded"),
        "level": LEVEL,
        "definition": DEFINITION,
        "limit": limit(60),
    },
    one_of=("region", "cluster"),
    counted="figures of a cluster in a region",
    count_stem="history.figures.count",
    parts=(
        Part("history.clusters", YearFigures, "here", about=(("region", "Region"),)),
        Part("history.regions", YearFigures, "regions", about=(("cluster", "Cluster"),)),
    ),
    shape=_rows,
    notes=_notes,
    picture=Picture(
        "quadrants",
        "Stars and others, {since} to {year}: {cluster} {region}",
        "lq_change",
        "lq",
        "quadrant",
        "jobs",
    ),
    lead=("name", "quadrant", "could_be", "lq", "lq_change", "jobs"),
    examples=(
        {"region": "boston"},
        {"cluster": "biopharma"},
        {"region": "ohio", "level": "family"},
    ),
)
