"""What questions about organizations share: rows, selection, order, and what lists cannot hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Param, Part, Read
from clusteratlas.queries.language.rows import column, optional

ROLES = (
    "core company",
    "adjoining company",
    "supplier",
    "service provider",
    "customer",
    "institution",
    "government",
    "support organization",
)
"""Roles in the order in which they are shown; an organization is listed under the first it has."""

INCLUDE = Param(
    "choice",
    "active leaves out the closed, the shells and those not seen for ten years",
    required=False,
    default="active",
    choices=("active", "all"),
    in_query=False,
)
CLOSE = 5
"""Industries of a role that are equally close, as far as the order of organizations goes."""

MOST_REGISTERS = 4
"""Registers whose limits are printed beside a list: those that hold most of it."""


@dataclass(frozen=True, slots=True)
class OrganizationRead:
    """What every read row about an organization begins with."""

    key: str
    name: str
    kind: str
    status: str
    basis: str
    city: str | None
    state: str | None
    size: float | None
    size_unit: str | None
    size_rank: float | None
    records: int
    registers: str
    first_seen: int | None
    last_seen: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Classified(OrganizationRead):
    """Read row of ``organizations.core``: an organization in an industry of the cluster."""

    naics: str
    industry: str
    method: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Allied(Classified):
    """Read row of ``organizations.allied``: one in an industry that plays a role for it."""

    role: str
    flow: str | None
    rank: int


@dataclass(frozen=True, slots=True)
class Participant(OrganizationRead):
    """Read row of ``organizations.parts``: one with evidence of its own."""

    role: str
    subrole: str | None
    evidence: str
    told_by: str
    confidence: float
    usd: float | None


@dataclass(frozen=True, slots=True)
class RegisterRead:
    """Read row of ``registers``."""

    key: str
    title: str
    holds: str
    lacks: str
    year: int
    records: int
    placed: int
    classified: int
    organizations: int
    source: str


@dataclass(frozen=True, slots=True)
class RoleCount:
    """Read row of ``organizations.counts``."""

    role: str
    organizations: int


CORE = Part("organizations.core", Classified)
ALLIED = Part("organizations.allied", Allied)
NEAR = Part("organizations.near", Allied, name="organizations.allied")
COUNTS = Part("organizations.counts", RoleCount)
PARTS = Part("organizations.parts", Participant)
REGISTERS = Part("registers", RegisterRead)


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationRow:
    """One organization in one role."""

    section: str = column("role: core or adjoining company, supplier, service provider, ...")
    key: str = column("key of the organization")
    name: str = column("its name")
    kind: str = column("company, university, hospital, ...")
    detail: str | None = optional("its industry, or its part in the cluster")
    city: str | None = optional(of="organizations.city")
    state: str | None = optional(of="organizations.state")
    size: float | None = optional(of="organizations.size")
    size_unit: str | None = optional(of="organizations.size_unit")
    evidence: str = column("what says so", of="participations.evidence")
    confidence: float = column("probability that it belongs there", of="participations.confidence")
    basis: str = column(of="organizations.basis")
    registers: str = column("registers that have it", of="organizations.registers")
    first_seen: int | None = optional(
        "earliest year of the evidence", of="participations.first_seen"
    )
    last_seen: int | None = optional("latest year of the evidence", of="participations.last_seen")
    source: str = column("file behind the evidence")


def members_by_role(
    core: Sequence[Classified],
    allied: Sequence[Allied],
    parts: Sequence[Participant],
    *,
    include: str,
) -> dict[str, list[OrganizationRow]]:
    """Put every organization under one role, the largest first.

    An organization with evidence of its own is listed under that role; else its industries decide,
    the cluster's own before those that adjoin, supply, serve or buy, and among those the closest.
    Within a role the order is size (its rank among the records of a register), then the number
    of registers that have it, then the name: a large plant in one register comes before a small
    firm in three. Those that supply, serve or buy by their industry come behind those with evidence
    of their own, and among them five industries at a time, the closest first: else the largest
    slaughterhouse would lead the suppliers of medicines.

    Parameters
    ----------
    core, allied, parts
        Rows read from the graph.
    include
        ``active`` or ``all``.

    Returns
    -------
    Rows by role, in the order of :data:`ROLES`.
    """
    rows: dict[str, tuple[OrganizationRead, OrganizationRow]] = {}
    industries = {c.key: c.industry for c in (*allied, *core)}
    for p in parts:
        if p.key not in rows:
            detail = p.subrole or industries.get(p.key)
            rows[p.key] = (p, _row(p, p.role, detail, p.evidence, p.confidence, p.told_by))
    for c in sorted(core, key=lambda c: (-c.confidence, c.naics)):
        if c.key not in rows:
            row = _row(c, "core company", c.industry, _by(c), c.confidence, c.basis)
            rows[c.key] = (c, row)
    for a in sorted(allied, key=lambda a: (a.role != "adjoining", a.rank, a.naics, a.role)):
        if a.key not in rows:
            role = "adjoining company" if a.role == "adjoining" else a.role
            detail = (
                a.industry if a.flow in {None, "goods", "services"} else f"{a.industry} ({a.flow})"
            )
            rows[a.key] = (a, _row(a, role, detail, _by(a), a.confidence, a.basis))
    shown: dict[str, list[tuple[OrganizationRead, OrganizationRow]]] = {role: [] for role in ROLES}
    for known, row in rows.values():
        if include == "all" or known.status == "active":
            shown.setdefault(row.section, []).append((known, row))
    return {role: [row for _, row in sorted(found, key=_order)] for role, found in shown.items()}


def gathered(read: Read, context: Context) -> Read:
    """Add ``members by role``, the rows of :func:`members_by_role`, to what was read."""
    found = members_by_role(
        read.get("organizations.core", ()),
        read.get("organizations.allied", ()),
        read.get("organizations.parts", ()),
        include=context.arguments.get("include", "active"),
    )
    return {**read, "members by role": [row for rows in found.values() for row in rows]}


def of_role(read: Read, role: str) -> list[OrganizationRow]:
    """Rows of one role, out of what :func:`gathered` added."""
    return [row for row in read["members by role"] if row.section == role]


def _order(pair: tuple[OrganizationRead, OrganizationRow]) -> tuple[Any, ...]:
    known, row = pair
    tier = 1 + (known.rank - 1) // CLOSE if isinstance(known, Allied) else 0
    return (
        tier,
        -(known.size_rank or 0.0),
        -len(known.registers.split()),
        row.name.lower(),
        row.key,
    )


def _by(row: Classified) -> str:
    return f"NAICS {row.naics} ({row.method})"


def _row(
    known: OrganizationRead,
    role: str,
    detail: str | None,
    evidence: str,
    confidence: float,
    basis: str,
) -> OrganizationRow:
    return OrganizationRow(
        section=role,
        key=known.key,
        name=known.name,
        kind=known.kind,
        detail=detail,
        city=known.city,
        state=known.state,
        size=known.size,
        size_unit=known.size_unit,
        evidence=evidence,
        confidence=confidence,
        basis=basis,
        registers=known.registers,
        first_seen=known.first_seen,
        last_seen=known.last_seen,
        source=known.source,
    )


def counts_note(rows: Iterable[OrganizationRow], counts: Sequence[RoleCount]) -> list[str]:
    """Say how many organizations each role has, those of farther industries included."""
    known = Counter(row.section for row in rows)
    for count in counts:
        role = "adjoining company" if count.role == "adjoining" else count.role
        known[role] = max(known[role], count.organizations)
    told = [f"{role} {known[role]:,}" for role in ROLES if known[role]]
    return [f"organizations known: {', '.join(told)}"] if told else []


def coverage_note(rows: Iterable[OrganizationRow], registers: Sequence[RegisterRead]) -> list[str]:
    """Say which registers a list comes from, and what the chief ones cannot hold."""
    shown = list(rows)
    titles = {g.key: g for g in registers}
    held = Counter(r for row in shown for r in row.registers.split() if r in titles)
    if not held:
        return []
    chief = held.most_common()
    listed = ", ".join(f"{titles[k].title} {n:,}" for k, n in chief)
    notes = [f"from {listed}; one organization may be in several"]
    lacks = "; ".join(f"{titles[k].title}: {titles[k].lacks}" for k, _ in chief[:MOST_REGISTERS])
    notes.append(f"coverage is partial - {lacks}")
    guessed = sum(row.basis == "general knowledge" for row in shown)
    if guessed:
        notes.append(f"{guessed} of them by general knowledge, without a record in a register")
    return notes


def order_words(rows: Iterable[OrganizationRow]) -> str:
    """Say in which order a list is."""
    shown = list(rows)
    if any(row.size is not None for row in shown):
        return "the largest first"
    if any("anatomies" in row.registers.split() for row in shown):
        return "the best known first, judged by hand"
    return "by name"


def nothing_note(context: Context) -> list[str]:
    """Say what to do where no organization is known."""
    return [
        f"no organization of this kind is known for {context.names['cluster']} in "
        f"{context.names['region']}: `clusteratlas organizations build` adds the registers"
    ]
