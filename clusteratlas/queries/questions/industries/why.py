"""Why an industry is in its cluster, and what would have to change for it to move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional, row_from
from clusteratlas.queries.questions.shared.industries import SECOND, Tie, second_note
from clusteratlas.queries.questions.shared.parameters import (
    DEFINITION,
    ONE_INDUSTRY,
    limit,
)

WORDS = {
    "lc_emp": "co-location of employment",
    "lc_est": "co-location of establishments",
    "io": "trade between the two",
    "occ": "shared occupations",
}
"""The linkages that the combined relatedness is the mean of, in words."""


EACH = 4
"""Rows of trade and of occupations for each of the two clusters that are compared."""

PLACES = 8
"""Rows of areas where both are specialized."""


@dataclass(frozen=True, slots=True)
class Affinity:
    """Read row of ``why.affinities``."""

    key: str
    name: str
    own: bool
    rank: int
    combined: float | None
    lc_emp: float | None
    lc_est: float | None
    coi: float | None
    io: float | None
    occ: float | None
    need_lc_emp: float | None
    need_lc_est: float | None
    need_io: float | None
    need_occ: float | None
    without: str
    runs: float | None
    source: str


@dataclass(frozen=True, slots=True)
class SectorTrade:
    """Read row of ``why.sales`` and ``why.purchases``."""

    key: str
    name: str
    cluster: str
    cluster_name: str
    million_usd: float
    share: float
    itself: bool
    source: str


@dataclass(frozen=True, slots=True)
class InCommon:
    """Read row of ``why.occupations`` and ``why.places``."""

    key: str
    name: str
    cluster: str
    cluster_name: str
    share: float
    other_share: float | None
    lq: float | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyRow:
    """Clusters by nearness, then what ties the industry to its own and to the next one."""

    section: str = column("cluster, tie, trade, occupation or place")
    key: str = column("key of the cluster, industry, sector, occupation or area")
    name: str = column("its name")
    role: str | None = optional("cluster: own or other; else the cluster that it ties to")
    rank: int | None = optional("rank among all traded clusters, 1 = nearest")
    relatedness: float | None = optional(
        "mean combined relatedness to the members, or of the tie", of="affinities.combined"
    )
    lc_emp: float | None = optional(
        "co-location of employment, the same way", of="affinities.lc_emp"
    )
    lc_est: float | None = optional(
        "co-location of establishments, the same way", of="affinities.lc_est"
    )
    coi: float | None = optional(
        "Ellison-Glaeser coagglomeration, the same way", of="affinities.coi"
    )
    io: float | None = optional("largest input or output share, the same way", of="affinities.io")
    occ: float | None = optional(
        "correlation of occupation shares, the same way", of="affinities.occ"
    )
    runs: float | None = optional(
        "share of bootstrap runs in which the industry is with the cluster's majority",
        of="affinities.runs",
    )
    million_usd: float | None = optional("sales a year between the sectors", of="sector_flows.usd")
    share: float | None = optional(
        "share of the sector's inputs or sales, of the industry's jobs, or of its national jobs",
        "share",
    )
    other_share: float | None = optional(
        "share of the cluster's jobs in the occupation, or of its national jobs in the area",
        "share",
    )
    lq: float | None = optional("location quotient of the industry or occupation", "ratio")
    why: str | None = optional("in words; for another cluster, what would have to change")
    source: str | None = optional("file behind the figures")


def _needs(a: Affinity) -> str:
    """Say what would have to change for the industry to be as near to another cluster."""
    possible = []
    for name, words in WORDS.items():
        need, now = getattr(a, f"need_{name}"), getattr(a, name) or 0.0
        if need is not None and now + need <= 1.0:
            possible.append((need, f"{words} from {now:.2f} to {now + need:.2f}"))
    needs = [getattr(a, f"need_{name}") for name in WORDS]
    if any(n == 0 for n in needs):
        said = "it is already at least as near as its own cluster"
    elif possible:
        said = "as near with " + ", or ".join(text for _, text in possible)
    else:
        said = "no single linkage could make it as near"
    if a.without:
        left = ", or without ".join(WORDS[w] for w in a.without.split() if w in WORDS)
        said += f"; nearer already without {left}"
    return said


def _strengths(a: Affinity) -> str:
    known = [(getattr(a, n), w) for n, w in WORDS.items() if getattr(a, n) is not None]
    return ", ".join(f"{w} {v:.2f}" for v, w in known)


def _why(read: Read, context: Context) -> list[Any]:
    near: Sequence[Affinity] = read["why.affinities"]
    two = [a.key for a in near[:2]]
    ties: Sequence[Tie] = [t for t in read["industry.ties"] if t.cluster in two]
    return [
        *(_cluster_row(a) for a in near),
        *(
            row_from(WhyRow, t, section="tie", role=t.cluster_name, relatedness=t.combined)
            for t in ties[: context.arguments["limit"]]
        ),
        *(row for cluster in two for row in _trade_rows(read, cluster)),
        *(
            row_from(WhyRow, o, section="occupation", role=o.cluster_name)
            for cluster in two
            for o in _of_cluster(read["why.occupations"], cluster)
        ),
        *(
            row_from(
                WhyRow, p, section="place", role=p.cluster_name, why="both are specialized here"
            )
            for p in read["why.places"][:PLACES]
        ),
    ]


def _cluster_row(a: Affinity) -> WhyRow:
    return row_from(
        WhyRow,
        a,
        section="cluster",
        role="own" if a.own else "other",
        relatedness=a.combined,
        why=_strengths(a) if a.own else _needs(a),
    )


def _trade_rows(read: Read, cluster: str) -> list[WhyRow]:
    """Show what the sectors of the industry and the cluster buy from and sell to each other."""
    rows = []
    for part, verb, of in (
        ("why.purchases", "buys from", "inputs"),
        ("why.sales", "sells to", "sales"),
    ):
        for d in _of_cluster(read[part], cluster):
            told = f"its sector {verb} it: {d.share:.1%} of {of}"
            why = "trade inside its own sector" if d.itself else told
            rows.append(row_from(WhyRow, d, section="trade", role=d.cluster_name, why=why))
    return rows


def _of_cluster(read: Sequence[Any], cluster: str) -> Sequence[Any]:
    """Keep the first few rows that are about one cluster."""
    return [r for r in read if r.cluster == cluster][:EACH]


def _why_notes(rows: Sequence[Any], context: Context) -> list[str]:
    name = context.names["industry"]
    clusters = [r for r in rows if r.section == "cluster"]
    if not clusters:
        return [
            f"{name} has no relatedness to clusters of these definitions: it is local, "
            "unplaced, not covered, or the definitions are a baseline"
        ]
    own, others = clusters[0], clusters[1:]
    notes = []
    if others and None not in (own.relatedness, others[0].relatedness):
        notes.append(
            f"{name} belongs to {own.name} with a relatedness of {own.relatedness:.2f}; next is "
            f"{others[0].name} with {others[0].relatedness:.2f}: {others[0].why}"
        )
    if own.runs is not None:
        notes.append(f"with {own.name} in {own.runs:.0%} of the bootstrap runs")
    notes.append("relatedness is by the linkages alone; a recipe may weight other things as well")
    return notes


why = Question(
    id="why",
    order=250,
    words="Why is this industry in its cluster, and what would have to change for it to move?",
    row=WhyRow,
    params={"industry": ONE_INDUSTRY, "definition": DEFINITION, "limit": limit(10)},
    counted="traded clusters of the definitions",
    counted_section="cluster",
    parts=(
        Part("why.affinities", Affinity),
        Part("industry.ties", Tie),
        SECOND,
        Part("why.purchases", SectorTrade),
        Part("why.sales", SectorTrade),
        Part("why.occupations", InCommon),
        Part("why.places", InCommon),
    ),
    shape=_why,
    notes=_why_notes,
    coverage=second_note,
    picture=Picture(
        "bars",
        "Clusters that {industry} is related to",
        "relatedness",
        "name",
        "role",
        sections=("cluster",),
    ),
    examples=({"industry": "325412"}, {"industry": "wineries"}),
)
