"""Which roles and industries a regional cluster lacks beside its peers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from clusteratlas.analysis.regions.lacking import Lacking, lacking_beside_peers
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
from clusteratlas.queries.questions.shared.remarks import compared_words

PEERS = 10
"""Peers of a regional cluster: the largest strong ones of its type, itself aside."""


USUAL = 0.5
"""Share of the peers that must have a role or industry for its absence to count."""

EXAMPLES = 3
"""Peers that a row names."""


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
    known: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingRoleRow:
    """One role or industry that the peers have and the region lacks, or has little of."""

    section: str = column("role (organizations) or industry")
    key: str = column("role, or key of the industry")
    name: str = column("its name")
    role: str = column("role that it plays for the cluster")
    here: float | None = column(
        "organizations known here, or location quotient here; none where nothing is known"
    )
    known: str | None = column(
        "industry: what is known of its employment here", of="presence.known"
    )
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
    filled: dict[str, dict[tuple[str, str], float]] = {}
    for f in read["missing-roles.parts"]:
        filled.setdefault(f.hub, {})[f.role, f.subrole or ""] = f.organizations
    # A peer of which no organization is known says nothing about what is usual.
    told = {p.region: p for p in peers if p.hub in filled}
    found = lacking_beside_peers(
        filled.get(own.hub, {}) if own else {},
        {region: filled[p.hub] for region, p in told.items()},
        has=1,
        enough=1,
        usual=USUAL,
    )
    # Nor does it say that a role is empty here.
    known = own is not None and own.hub in filled
    rows = []
    for lack in found:
        role, subrole = lack.thing
        name, source = subrole or role, told[lack.most[0]].source
        row = _row("role", f"{role}/{subrole}", name, role, lack, told, source)
        rows.append(replace(row, here=lack.here if known else None))
    return sorted(rows, key=lambda r: (-r.share, -r.peers, r.key))


def _industries(read: Read, context: Context, peers: Sequence[PeerCluster]) -> list[MissingRoleRow]:
    regions = {p.region: p for p in peers}
    every: Sequence[PeerIndustry] = read["missing-roles.industries"]
    place = context.arguments["region"]
    here = {(f.key, f.role): f.lq for f in every if f.region == place}
    there: dict[str, dict[tuple[str, str], float]] = {region: {} for region in regions}
    for f in every:
        if f.region in regions:
            there[f.region][f.key, f.role] = f.lq
    known = {(f.key, f.role, f.region): f for f in every}
    rows = []
    for lack in lacking_beside_peers(here, there, has=STRONG_LQ, enough=1.0, usual=USUAL):
        key, role = lack.thing
        best = known[key, role, lack.most[0]]
        row = _row("industry", key, best.name, role, lack, regions, best.source)
        own = known.get((key, role, place))
        rows.append(replace(row, here=lack.here, known=own.known) if own else row)
    # What is known to lack comes before what nobody knows, industry by industry.
    rows.sort(
        key=lambda r: (
            r.role != "core company",
            r.here is None,
            -r.share,
            r.here or 0,
            r.key,
            r.role,
        )
    )
    first: dict[str, MissingRoleRow] = {}
    for row in rows:  # an industry of several roles is one thing that is missing
        first.setdefault(row.key, row)
    return list(first.values())


def _row(
    section: str,
    key: str,
    name: str,
    role: str,
    lack: Lacking[tuple[str, str]],
    peers: Mapping[str, PeerCluster],
    source: str,
) -> MissingRoleRow:
    return MissingRoleRow(
        section=section,
        key=key,
        name=name,
        role=role,
        here=None,
        known=None,
        peers=lack.peers,
        share=lack.share,
        examples="; ".join(peers[region].name for region in lack.most[:EXAMPLES]),
        source=source,
    )


def _missing_notes(rows: Sequence[Any], context: Context) -> list[str]:
    unknown = sum(r.here is None for r in rows if r.section == "industry")
    nobody = any(r.here is None for r in rows if r.section == "role")
    return [
        f"peers: the {PEERS} {compared_words(context.arguments)} with the most jobs among the "
        f"strong clusters of {context.names['cluster']}",
        f"an industry counts where at least {USUAL:.0%} of them have a location quotient of "
        f"{STRONG_LQ:g} and it is below 1 here; a role where as many of the peers whose "
        "organizations are known fill it and nobody known does here",
        *(
            [f"of {unknown} of the shown industries nothing is known here: they may be there"]
            if unknown
            else []
        ),
        *(
            [
                f"no organization of {context.names['cluster']} is known in "
                f"{context.names['region']}: its roles may all be filled; "
                "`clusteratlas organizations build` adds the registers"
            ]
            if nobody
            else []
        ),
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
