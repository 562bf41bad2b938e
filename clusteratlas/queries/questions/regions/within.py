"""Where in a region a cluster is, county by county: its jobs and its organizations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional, row_from
from clusteratlas.queries.questions.shared.areas import MapArea
from clusteratlas.queries.questions.shared.parameters import CLUSTER, DEFINITION, REGION, YEAR
from clusteratlas.vocabulary.keys import parse_region

_NAMED = 4
"""Organizations of a county that are named in its row."""


@dataclass(frozen=True, slots=True)
class CountyWithin:
    """Read row of ``within``."""

    key: str
    name: str
    longitude: float | None
    latitude: float | None
    county_source: str
    jobs: int | None
    jobs_low: int | None
    jobs_high: int | None
    lq: float | None
    lq_low: float | None
    lq_high: float | None
    strong: bool | None
    certainty: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class MemberWithin:
    """Read row of ``within.members``."""

    county: str
    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithinRow:
    """One county of the region."""

    key: str = column("key of the county")
    name: str = column("its name")
    organizations: int = column(
        "organizations with evidence of their own that are there", "organizations"
    )
    named: str | None = optional("some of them")
    jobs: int | None = optional("employment; none where nothing is known", of="measures.jobs")
    jobs_low: int | None = optional(of="measures.jobs_low")
    jobs_high: int | None = optional(of="measures.jobs_high")
    lq: float | None = optional("location quotient on the traded (local) base", of="measures.lq")
    lq_low: float | None = optional(of="measured.lq_low")
    lq_high: float | None = optional(of="measured.lq_high")
    strong: bool | None = optional(of="measures.strong")
    certainty: str | None = optional("how sure that is", of="measures.certainty")
    longitude: float | None = column(of="regions.longitude")
    latitude: float | None = column(of="regions.latitude")
    source: str = column("file behind the figures, or the county")


def _within(read: Read, context: Context) -> list[Any]:
    del context
    members: dict[str, list[str]] = defaultdict(list)
    for member in read["within.members"]:
        members[member.county].append(member.name)
    rows = []
    for county in read["within"]:
        there = members[county.key]
        more = len(there) - _NAMED
        names = "; ".join(there[:_NAMED]) + (f"; and {more} more" if more > 0 else "")
        rows.append(
            row_from(
                WithinRow,
                county,
                organizations=len(there),
                named=names or None,
                source=county.source or county.county_source,
            )
        )
    return sorted(rows, key=lambda r: (-r.organizations, -(r.jobs or 0), r.key))


def _ground(read: Read, context: Context) -> list[MapArea]:
    return [
        MapArea(row.key, row.name, frozenset({parse_region(row.key)[1]}), row)
        for row in _within(read, context)
    ]


def _outside(read: Read, rows: Sequence[Any], context: Context) -> list[str]:
    region = context.names["region"]
    inside = {row.key for row in rows}
    away = {m.key for m in read["within.members"] if m.county not in inside}
    notes = ["organizations are known by their county: no file has their points"]
    if away:
        notes.append(f"{len(away)} organizations that take part are outside {region}")
    if not read["within.members"]:
        notes.append(f"no organization with evidence of its own is known in {region}")
    return notes


within = Question(
    id="within",
    order=155,
    words="Where in this region is the cluster: its jobs and organizations by county?",
    row=WithinRow,
    params={"cluster": CLUSTER, "region": REGION, "definition": DEFINITION, "year": YEAR},
    counted="counties of the region",
    parts=(Part("within", CountyWithin), Part("within.members", MemberWithin)),
    shape=_within,
    coverage=_outside,
    picture=Picture(
        "map",
        "{cluster} by county of {region}",
        "longitude",
        "latitude",
        "lq",
        "organizations",
    ),
    ground=_ground,
    examples=({"cluster": "biopharma", "region": "boston"},),
)
