"""One organization: all that is known of it, each fact with its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Param, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional, row_from
from clusteratlas.queries.questions.organizations.listing.members import OrganizationRead
from clusteratlas.queries.questions.shared.parameters import DEFINITION

ORGANIZATION = Param(
    "organization", "organization: a name, or part of one, or its key", labels=("Organization",)
)


@dataclass(frozen=True, slots=True)
class OrganizationFacts(OrganizationRead):
    """Read row of ``organization.itself``."""

    place: str | None
    placement: str


@dataclass(frozen=True, slots=True)
class RegisterRecord:
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
class OrganizationIndustry:
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
class OrganizationPlace:
    """Read row of ``organization.places``."""

    key: str
    name: str
    whole: str | None
    whole_name: str | None
    source: str


@dataclass(frozen=True, slots=True)
class OrganizationRole:
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
class OrganizationLink:
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
class OrganizationFactRow:
    """One fact about the organization."""

    section: str = column("organization, record, industry, place, role, or a kind of link")
    key: str = column("key of the organization, record, industry, region or other organization")
    name: str = column("its name")
    detail: str = column("the fact in words")
    usd: float | None = optional(of="organization_links.usd")
    share: float | None = optional(of="organization_links.share")
    confidence: float | None = optional(of="organization_links.confidence")
    first_seen: int | None = optional(of="organization_links.first_seen")
    last_seen: int | None = optional(of="organization_links.last_seen")
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
    return [
        *(_itself(o) for o in read["organization.itself"]),
        *(_place(p) for p in read["organization.places"]),
        *(_industry(i) for i in read["organization.industries"]),
        *(_role(r) for r in read["organization.roles"]),
        *_links(read["organization.links-out"], _OUT, context.arguments["limit"]),
        *_links(read["organization.links-in"], _IN, context.arguments["limit"]),
        *(_record(d) for d in read["organization.records"]),
    ]


def _itself(o: OrganizationFacts) -> OrganizationFactRow:
    where = "general knowledge" if o.basis == "general knowledge" else o.registers
    told = [o.kind, o.status, _city(o.city, o.state), _size(o.size, o.size_unit), where]
    return row_from(OrganizationFactRow, o, section="organization", detail=_join(told))


def _place(p: OrganizationPlace) -> OrganizationFactRow:
    whole = {"key": p.whole or p.key, "name": p.whole_name or p.name}
    inside = f"{p.name}, in {p.whole_name}" if p.whole_name else p.name
    return row_from(OrganizationFactRow, p, section="place", detail=inside, **whole)


def _industry(i: OrganizationIndustry) -> OrganizationFactRow:
    belongs = f"by {i.method}" + (f"; cluster {i.cluster_name}" if i.cluster_name else "")
    return row_from(OrganizationFactRow, i, section="industry", detail=belongs)


def _role(r: OrganizationRole) -> OrganizationFactRow:
    detail = _join([r.role, r.subrole, r.evidence])
    return row_from(OrganizationFactRow, r, section="role", detail=detail)


def _links(
    links: Sequence[OrganizationLink], words: Mapping[str, str], most: int
) -> list[OrganizationFactRow]:
    """Links in one direction, so many of each kind at most."""
    rows = []
    count = Counter[str]()
    for x in links:
        section = words[x.link]
        count[section] += 1
        if count[section] <= most:
            detail = _join([x.program, x.evidence])
            rows.append(row_from(OrganizationFactRow, x, section=section, detail=detail))
    return rows


def _record(d: RegisterRecord) -> OrganizationFactRow:
    told = [
        _city(d.city, d.state),
        f"NAICS {d.naics}" if d.naics else "",
        d.status,
        _size(d.size, d.size_unit),
        f"matched by {d.method}",
    ]
    return row_from(OrganizationFactRow, d, section="record", detail=_join(told))


def _city(city: str | None, state: str | None) -> str:
    return ", ".join(p for p in (city, state) if p)


def _join(parts: Sequence[str | None]) -> str:
    return "; ".join(p for p in parts if p)


def _left_out(read: Read, rows: Sequence[Any], context: Context) -> list[str]:
    links = len(read["organization.links-out"]) + len(read["organization.links-in"])
    shown = sum(r.section in {*_OUT.values(), *_IN.values()} for r in rows)
    notes = [f"{shown:,} of {links:,} links shown"] if shown < links else []
    if rows and rows[0].detail.endswith("general knowledge"):
        notes.append(f"{context.names['organization']} is in no register of the atlas")
    return notes


organization = Question(
    id="organization",
    order=160,
    words="What is known about this organization, and by which record?",
    row=OrganizationFactRow,
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
        Part("organization.itself", OrganizationFacts),
        Part("organization.places", OrganizationPlace),
        Part("organization.industries", OrganizationIndustry),
        Part("organization.roles", OrganizationRole),
        Part("organization.links-out", OrganizationLink),
        Part("organization.links-in", OrganizationLink),
        Part("organization.records", RegisterRecord),
    ),
    shape=_facts,
    coverage=_left_out,
    picture=Picture("network", "{organization}", color="section"),
    examples=({"organization": "Vertex Pharmaceuticals"},),
)
