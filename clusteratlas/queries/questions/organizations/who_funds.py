"""Who funds a cluster in a region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional
from clusteratlas.queries.questions.organizations.listing.members import (
    PARTS,
    nothing_note,
)
from clusteratlas.queries.questions.shared.parameters import (
    CLUSTER,
    DEFINITION,
    REGION,
    YEAR,
    limit,
)

EXAMPLES = 3
"""Funded organizations that a row names."""


@dataclass(frozen=True, slots=True)
class Award:
    """Read row of ``who-funds.awards``: what one agency gave to one organization."""

    key: str
    name: str
    kind: str
    program: str
    usd: float | None
    awards: int | None
    first_seen: int | None
    last_seen: int | None
    funded: str
    funded_name: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FunderRow:
    """One funder of the cluster in the region."""

    section: str = column("award, or the part that it takes (funding agency, investor)")
    key: str = column("key of the funder")
    name: str = column("its name")
    program: str | None = optional("program")
    usd: float | None = optional("sum of the awards", of="organization_links.usd")
    awards: int | None = optional("number of awards or projects")
    funded: int | None = optional("organizations funded", "organizations")
    examples: str | None = optional("those that got most")
    evidence: str | None = optional("what says so")
    first_seen: int | None = optional(of="organization_links.first_seen")
    last_seen: int | None = optional(of="organization_links.last_seen")
    source: str = column("file behind it")


def _funders(read: Read, context: Context) -> list[Any]:
    grouped: dict[tuple[str, str], list[Award]] = {}
    for award in read["who-funds.awards"]:
        grouped.setdefault((award.key, award.program), []).append(award)
    rows: list[FunderRow] = []
    for (key, program), awards in grouped.items():
        ordered = sorted(awards, key=lambda a: (-(a.usd or 0), -(a.awards or 0), a.funded))
        years = [y for a in awards for y in (a.first_seen, a.last_seen) if y is not None]
        sums = [a.usd for a in awards if a.usd is not None]
        rows.append(
            FunderRow(
                section="award",
                key=key,
                name=awards[0].name,
                program=program or None,
                usd=sum(sums) if sums else None,
                awards=sum(a.awards or 0 for a in awards),
                funded=len({a.funded for a in awards}),
                examples="; ".join(a.funded_name for a in ordered[:EXAMPLES]),
                first_seen=min(years, default=None),
                last_seen=max(years, default=None),
                source=awards[0].source,
            )
        )
    rows.sort(key=lambda r: (-(r.usd or 0), -(r.awards or 0), r.key, r.program or ""))
    given = {r.key for r in rows}
    taking = [
        FunderRow(
            section=p.subrole or p.role,
            key=p.key,
            name=p.name,
            usd=p.usd,
            evidence=p.evidence,
            first_seen=p.first_seen,
            last_seen=p.last_seen,
            source=p.source,
        )
        for p in read["organizations.parts"]
        if p.subrole in {"funding", "investor"} and p.key not in given
    ]
    most = context.arguments["limit"]
    return [*rows[:most], *sorted(taking, key=lambda r: r.name)[:most]]


def _notes(rows: Sequence[Any], context: Context) -> list[str]:
    if not rows:
        return nothing_note(context)
    return [
        "awards to organizations of the region in industries of the cluster or that play a role "
        "for it; private investment and most contracts are in no register here"
    ]


who_funds = Question(
    id="who-funds",
    order=210,
    words="Who funds this cluster in this region: agencies, programs, investors?",
    row=FunderRow,
    params={
        "cluster": CLUSTER,
        "region": REGION,
        "definition": DEFINITION,
        "year": YEAR,
        "limit": limit(20),
    },
    counted="agencies whose awards a register has",
    counted_section="award",
    parts=(Part("who-funds.awards", Award), PARTS),
    shape=_funders,
    notes=_notes,
    picture=Picture("bars", "Funders of {cluster} in {region}", "usd", "name", "section"),
    examples=({"cluster": "biopharma", "region": "boston"},),
)
