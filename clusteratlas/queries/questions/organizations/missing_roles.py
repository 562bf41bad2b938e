"""Which roles and industries a regional cluster lacks beside its peers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from clusteratlas.queries.language.question import Context, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column
from clusteratlas.queries.questions.shared.parameters import (
    CLUSTER,
    DEFINITION,
    REGION,
    YEAR,
    limit,
)
from clusteratlas.queries.questions.shared.presence import STRONG_LQ

PEERS = 10
"""Peers of a regional cluster: the largest strong ones of its type, itself aside."""


USUAL = 0.5
"""Share of the peers that must have a role or industry for its absence to count."""


@dataclass(frozen=True, slots=True)
class PeerCluster:
    """Read row of ``missing-roles.peers``."""

    region: str
    name: str
    hub: str
    jobs: int
    strong: bool
    own: bool
    source: str


@dataclass(frozen=True, slots=True)
class RoleFilled:
    """Read row of ``missing-roles.parts``."""

    hub: str
    role: str
    subrole: str | None
    organizations: int


@dataclass(frozen=True, slots=True)
class PeerIndustry:
    """Read row of ``missing-roles.industries``."""

    key: str
    name: str
    kind: str | None
    role: str
    rank: int | None
    region: str
    lq: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingRoleRow:
    """One role or industry that the peers have and the region lacks, or has little of."""

    section: str = column("role (organizations) or industry")
    key: str = column("role, or key of the industry")
    name: str = column("its name")
    role: str = column("role that it plays for the cluster")
    here: float = column("organizations here, or location quotient here; 0 is none")
    peers: float = column("median of the peers that have it")
    share: float = column("share of the peers that have it", "share")
    examples: str = column("peers that have most of it")
    source: str = column("file behind the peers' figures")


def _missing(read: Read, context: Context) -> list[Any]:
    own = next((p for p in read["missing-roles.peers"] if p.own), None)
    peers = [p for p in read["missing-roles.peers"] if p.strong and not p.own][:PEERS]
    if not peers:
        return []
    rows = [*_roles(read, own, peers), *_industries(read, context, peers)]
    most = context.arguments["limit"]
    kept, count = [], dict[str, int]()
    for row in rows:
        count[row.section] = count.get(row.section, 0) + 1
        if count[row.section] <= most:
            kept.append(row)
    return kept


def _roles(
    read: Read, own: PeerCluster | None, peers: Sequence[PeerCluster]
) -> list[MissingRoleRow]:
    filled: dict[tuple[str, str], dict[str, int]] = {}
    for f in read["missing-roles.parts"]:
        filled.setdefault((f.role, f.subrole or ""), {})[f.hub] = f.organizations
    known = {hub for hubs in filled.values() for hub in hubs}
    # A peer of which no organization is known says nothing about what is usual.
    told = [p for p in peers if p.hub in known]
    rows = []
    for (role, subrole), by_hub in filled.items():
        have = [(by_hub[p.hub], p) for p in told if p.hub in by_hub]
        here = by_hub.get(own.hub, 0) if own else 0
        if not told or len(have) / len(told) < USUAL or here:
            continue
        have.sort(key=lambda h: (-h[0], h[1].region))
        rows.append(
            MissingRoleRow(
                section="role",
                key=f"{role}/{subrole}",
                name=subrole or role,
                role=role,
                here=float(here),
                peers=float(median(n for n, _ in have)),
                share=len(have) / len(told),
                examples="; ".join(p.name for _, p in have[:3]),
                source=have[0][1].source,
            )
        )
    return sorted(rows, key=lambda r: (-r.share, -r.peers, r.key))


def _industries(read: Read, context: Context, peers: Sequence[PeerCluster]) -> list[MissingRoleRow]:
    regions = {p.region: p for p in peers}
    here: dict[str, float] = {}
    found: dict[tuple[str, str], list[PeerIndustry]] = {}
    for f in read["missing-roles.industries"]:
        if f.region == context.arguments["place"]:
            here[f.key] = f.lq
        if f.region in regions and f.lq >= STRONG_LQ:
            found.setdefault((f.key, f.role), []).append(f)
    rows = []
    for (key, role), there in found.items():
        lq = here.get(key, 0.0)
        if len(there) / len(peers) < USUAL or lq >= 1.0:
            continue
        there.sort(key=lambda f: (-f.lq, f.region))
        rows.append(
            MissingRoleRow(
                section="industry",
                key=key,
                name=there[0].name,
                role=role,
                here=lq,
                peers=float(median(f.lq for f in there)),
                share=len(there) / len(peers),
                examples="; ".join(regions[f.region].name for f in there[:3]),
                source=there[0].source,
            )
        )
    rows.sort(key=lambda r: (r.role != "core company", -r.share, r.here, r.key, r.role))
    first: dict[str, MissingRoleRow] = {}
    for row in rows:  # an industry of several roles is one thing that is missing
        first.setdefault(row.key, row)
    return list(first.values())


def _missing_notes(rows: Sequence[Any], context: Context) -> list[str]:
    del rows
    return [
        f"peers: the {PEERS} regions of its type with the most jobs among the strong clusters of "
        f"{context.names['cluster']}",
        f"an industry counts where at least {USUAL:.0%} of them have a location quotient of "
        f"{STRONG_LQ:g} and it is below 1 here; a role where as many of the peers whose "
        "organizations are known fill it and nobody does here",
    ]


missing_roles = Question(
    id="missing-roles",
    order=240,
    words="Which roles and industries do the peers of this regional cluster have that it lacks?",
    row=MissingRoleRow,
    params={
        "cluster": CLUSTER,
        "region": REGION,
        "definition": DEFINITION,
        "year": YEAR,
        "limit": limit(20),
    },
    counted="industries of the cluster or with a role for it",
    counted_section="industry",
    parts=(
        Part("missing-roles.peers", PeerCluster),
        Part("missing-roles.parts", RoleFilled),
        Part("missing-roles.industries", PeerIndustry),
    ),
    shape=_missing,
    notes=_missing_notes,
    picture=Picture(
        "bars", "What {cluster} in {region} lacks beside its peers", "share", "name", "role"
    ),
    examples=({"cluster": "biopharma", "region": "chicago"},),
)
