"""One organization: all that is known of it, each fact with its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import (
    Context,
    Param,
    Part,
    Picture,
    Question,
    Read,
    column,
    optional,
)
from clusteratlas.queries.questions.organizations.listing.members import Known
from clusteratlas.queries.questions.shared.parameters import DEFINITION

ORGANIZATION = Param(
    "organization", "organization: a name, or part of one, or its key", labels=("Organization",)
)


@dataclass(frozen=True, slots=True)
class Itself(Known):
    """Read row of ``organization.itself``."""

    place: str | None
    placement: str


@dataclass(frozen=True, slots=True)
class RecordRead:
    """Read row of ``organization.records``."""

    key: str
    name: str
    register: str
    city: str | None
    state: str | None
    naics: str | None
    status: str
    size: float | None
    size_unit: str | None
    first_seen: int | None
    last_seen: int | None
    method: str
    confidence: float
    source: str


@dataclass(frozen=True, slots=True)
class IndustryRead:
    """Read row of ``organization.industries``."""

    key: str
    name: str
    cluster_name: str | None
    method: str
    confidence: float
    first_seen: int | None
    last_seen: int | None
    source: str


@dataclass(frozen=True, slots=True)
class PlaceRead:
    """Read row of ``organization.places``."""

    key: str
    name: str
    whole: str | None
    whole_name: str | None
    source: str


@dataclass(frozen=True, slots=True)
class RoleRead:
    """Read row of ``organization.roles``."""

    key: str
    name: str
    role: str
    subrole: str | None
    evidence: str
    told_by: str
    confidence: float
    usd: float | None
    first_seen: int | None
    last_seen: int | None
    source: str


@dataclass(frozen=True, slots=True)
class LinkRead:
    """Read row of ``organization.links-out`` and ``organization.links-in``."""

    key: str
    name: str
    kind: str
    link: str
    program: str
    share: float | None
    usd: float | None
    awards: int | None
    evidence: str
    confidence: float
    first_seen: int | None
    last_seen: int | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """One fact about the organization."""

    section: str = column("organization, record, industry, place, role, or a kind of link")
    key: str = column("key of the organization, record, industry, region or other organization")
    name: str = column("its name")
    detail: str = column("the fact in words")
    usd: float | None = optional("sum of the amounts", "USD")
    share: float | None = optional("share owned", "share")
    confidence: float | None = optional("probability that it holds", "share")
    first_seen: int | None = optional("earliest year", "year")
    last_seen: int | None = optional("latest year", "year")
    source: str = column("file behind it")


_OUT = {
    "OWNED_BY": "owner",
    "FUNDED_BY": "funder",
    "PARTNER_OF": "partner",
    "SUCCEEDED_BY": "successor",
    "UNIT_OF": "part of",
}
_IN = {
    "OWNED_BY": "owns",
    "FUNDED_BY": "funds",
    "PARTNER_OF": "partner",
    "SUCCEEDED_BY": "predecessor",
    "UNIT_OF": "unit",
}


def _size(size: float | None, unit: str | None) -> str:
    return f"{size:,.0f} {unit}" if size is not None and unit else ""


def _facts(read: Read, context: Context) -> list[Any]:
    rows: list[Any] = []
    for o in read["organization.itself"]:
        told = [o.kind, o.status, _place(o.city, o.state), _size(o.size, o.size_unit)]
        told.append("general knowledge" if o.basis == "general knowledge" else o.registers)
        rows.append(
            FactRow(
                section="organization", key=o.key, name=o.name, detail=_join(told),
                first_seen=o.first_seen, last_seen=o.last_seen, source=o.source,
            )
        )  # fmt: skip
    for p in read["organization.places"]:
        inside = f"{p.name}, in {p.whole_name}" if p.whole_name else p.name
        rows.append(
            FactRow(section="place", key=p.whole or p.key, name=p.whole_name or p.name,
                    detail=inside, source=p.source)
        )  # fmt: skip
    for i in read["organization.industries"]:
        belongs = f"by {i.method}" + (f"; cluster {i.cluster_name}" if i.cluster_name else "")
        rows.append(
            FactRow(section="industry", key=i.key, name=i.name, detail=belongs,
                    confidence=i.confidence, first_seen=i.first_seen, last_seen=i.last_seen,
                    source=i.source)
        )  # fmt: skip
    for r in read["organization.roles"]:
        rows.append(
            FactRow(section="role", key=r.key, name=r.name,
                    detail=_join([r.role, r.subrole, r.evidence]), usd=r.usd,
                    confidence=r.confidence, first_seen=r.first_seen, last_seen=r.last_seen,
                    source=r.source)
        )  # fmt: skip
    most = context.arguments["limit"]
    for name, words in (("organization.links-out", _OUT), ("organization.links-in", _IN)):
        count: dict[str, int] = {}
        for x in read[name]:
            section = words[x.link]
            count[section] = count.get(section, 0) + 1
            if count[section] > most:
                continue
            rows.append(
                FactRow(section=section, key=x.key, name=x.name,
                        detail=_join([x.program, x.evidence]), usd=x.usd, share=x.share,
                        confidence=x.confidence, first_seen=x.first_seen, last_seen=x.last_seen,
                        source=x.source)
            )  # fmt: skip
    for d in read["organization.records"]:
        told = [
            _place(d.city, d.state), f"NAICS {d.naics}" if d.naics else "", d.status,
            _size(d.size, d.size_unit), f"matched by {d.method}",
        ]  # fmt: skip
        rows.append(
            FactRow(section="record", key=d.key, name=d.name, detail=_join(told),
                    confidence=d.confidence, first_seen=d.first_seen, last_seen=d.last_seen,
                    source=d.source)
        )  # fmt: skip
    return rows


def _place(city: str | None, state: str | None) -> str:
    return ", ".join(p for p in (city, state) if p)


def _join(parts: Sequence[str | None]) -> str:
    return "; ".join(p for p in parts if p)


def _left_out(read: Read, rows: Sequence[Any], context: Context) -> list[str]:
    links = len(read["organization.links-out"]) + len(read["organization.links-in"])
    shown = sum(r.section in {*_OUT.values(), *_IN.values()} for r in rows)
    notes = [f"{shown:,} of {links:,} links shown"] if shown < links else []
    if rows and rows[0].detail.endswith("general knowledge"):
        notes.append(f"{context.names['organization']} stands in no register of the atlas")
    return notes


organization = Question(
    id="organization",
    order=160,
    words="What is known about this organization, and by which record?",
    row=FactRow,
    params={
        "organization": ORGANIZATION,
        "definition": DEFINITION,
        "limit": Param(
            "number", "links of each kind at most", required=False, default=12, in_query=False
        ),
    },
    counted="records",
    counted_section="record",
    parts=(
        Part("organization.itself", Itself),
        Part("organization.places", PlaceRead),
        Part("organization.industries", IndustryRead),
        Part("organization.roles", RoleRead),
        Part("organization.links-out", LinkRead),
        Part("organization.links-in", LinkRead),
        Part("organization.records", RecordRead),
    ),
    shape=_facts,
    coverage=_left_out,
    picture=Picture("network", "{organization}", color="section"),
    examples=({"organization": "Vertex Pharmaceuticals"},),
)
