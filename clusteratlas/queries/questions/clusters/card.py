"""One page on a cluster for who has to defend it: what it is, who is in it, why, and the doubts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional, row_from
from clusteratlas.queries.questions.shared.clusters import Link, Member
from clusteratlas.queries.questions.shared.parameters import CLUSTER, DEFINITION

LINKAGES = {
    "lc_emp": "co-location of jobs",
    "lc_est": "co-location of establishments",
    "io": "trade",
    "occ": "occupations",
}
"""What speaks for a move or against it."""


@dataclass(frozen=True, slots=True)
class CardSelf:
    """Read row of ``card.self``."""

    key: str
    name: str
    description: str | None
    kept_because: str | None
    jobs: int | None
    relatedness: float | None
    next_relatedness: float | None
    named_share: float | None
    largest_unnamed: str | None
    jaccard: float | None
    stability: str | None
    by_vintage: str | None
    source: str


@dataclass(frozen=True, slots=True)
class JudgedMember:
    """Read row of ``card.moves``."""

    key: str
    name: str
    jobs: int | None
    moved_because: str
    moved_from: str | None
    moved_relatedness: float | None
    relatedness: float | None
    lc_emp: float | None
    lc_est: float | None
    io: float | None
    occ: float | None
    old_lc_emp: float | None
    old_lc_est: float | None
    old_io: float | None
    old_occ: float | None
    source: str


@dataclass(frozen=True, slots=True)
class AskedMember:
    """Read row of ``card.objections``."""

    key: str
    name: str
    jobs: int | None
    cluster_name: str
    proposed: str
    decision: str
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class SecondMember:
    """Read row of ``card.second``."""

    key: str
    name: str
    jobs: int | None
    other: str
    relatedness: float
    gap: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardRow:
    """The cluster, its industries, judged moves, objections, close calls, second members, links."""

    section: str = column("cluster, industry, move, objection, close call, second or neighbor")
    key: str = column("key of the cluster or industry")
    name: str = column("its name")
    says: str | None = optional(
        "cluster: what defines it; move and objection: the reason; neighbor: the linkage "
        "that drives the link"
    )
    jobs: int | None = optional(of="clusters.jobs")
    share: float | None = optional(
        "share of the cluster's jobs; cluster: share in the parts that its name says", "share"
    )
    relatedness: float | None = optional(
        "mean combined relatedness: within the cluster, of the industry to it, or to the neighbor",
        of="clusters.wcr",
    )
    next_relatedness: float | None = optional(
        "the same to the other clusters (cluster: their mean), to the next best one, or to the "
        "one that it was taken from (move) or is in (second)",
        "standard deviations",
    )
    other: str | None = optional(
        "industry and close call: next best cluster; second: its own cluster; move: the one "
        "that it was taken from; "
        "objection: where it was said to belong; cluster: largest part that the name does not say"
    )
    mark: str | None = optional(
        "industry: core, usual or marginal; objection: changed, kept or refused; cluster: its "
        "stability; neighbor: strong, weak or next"
    )
    speaks_for: str | None = optional("move: linkages by which it is nearer to where it is now")
    speaks_against: str | None = optional("move: linkages by which it was nearer where it was")
    jaccard: float | None = optional(of="clusters.jaccard")
    by_vintage: str | None = optional(of="clusters.by_vintage")
    kept_because: str | None = optional(of="clusters.kept_because")
    source: str | None = optional("file behind the figures")


def _card(read: Read, context: Context) -> list[Any]:
    del context
    members: Sequence[Member] = read["members"]
    total = sum(m.jobs or 0 for m in members)
    rows = [
        row_from(
            CardRow,
            c,
            section="cluster",
            says=c.description,
            share=c.named_share,
            other=c.largest_unnamed,
            mark=c.stability,
        )
        for c in read["card.self"]
    ]
    for m in members:
        share = m.jobs / total if m.jobs is not None and total else None
        rows.append(row_from(CardRow, m, section="industry", share=share, other=m.next_name))
    for j in read["card.moves"]:
        nearer, farther = _sides(j)
        rows.append(
            row_from(
                CardRow,
                j,
                section="move",
                says=j.moved_because,
                other=j.moved_from,
                next_relatedness=j.moved_relatedness,
                speaks_for=nearer,
                speaks_against=farther,
            )
        )
    rows += [
        row_from(CardRow, o, section="objection", says=o.reason, other=o.proposed, mark=o.decision)
        for o in read["card.objections"]
    ]
    rows += [
        row_from(CardRow, m, section="close call", other=m.next_name)
        for m in members
        if m.mark == "marginal"
    ]
    rows += [
        row_from(CardRow, s, section="second", next_relatedness=s.relatedness + s.gap)
        for s in read["card.second"]
    ]
    rows += [
        row_from(CardRow, x, section="neighbor", relatedness=x.bcr, mark=x.strength, says=x.driver)
        for x in read["links"]
    ]
    return rows


def _sides(move: JudgedMember) -> tuple[str | None, str | None]:
    """Say which linkages are stronger to the cluster of now, and which to the old one."""
    nearer: list[str] = []
    farther: list[str] = []
    for name, words in LINKAGES.items():
        now, then = getattr(move, name), getattr(move, f"old_{name}")
        if now is not None and then is not None and now != then:
            (nearer if now > then else farther).append(words)
    return ", ".join(nearer) or None, ", ".join(farther) or None


def _card_notes(rows: Sequence[Any], context: Context) -> list[str]:
    del context
    notes = []
    for c in (r for r in rows if r.section == "cluster"):
        if c.says is None:
            notes.append(f"nobody has said in one sentence what {c.name} is")
        if c.share is None:
            notes.append("nobody has declared what the words of its name stand for")
        else:
            unsaid = f"; the largest that it does not say: {c.other}" if c.other else ""
            notes.append(f"its name says {c.share:.0%} of its jobs{unsaid}")
    count = {s: sum(r.section == s for r in rows) for s in ("move", "objection", "close call")}
    notes.append(
        f"judged moves: {count['move']}; objections: {count['objection']}; "
        f"close calls: {count['close call']}"
    )
    return notes


card = Question(
    id="card",
    order=15,
    words="Why is this a cluster: its definition, members, judged moves, objections and doubts?",
    row=CardRow,
    params={"cluster": CLUSTER, "definition": DEFINITION},
    counted="industries of the cluster",
    counted_section="industry",
    parts=(
        Part("card.self", CardSelf),
        Part("members", Member),
        Part("card.moves", JudgedMember),
        Part("card.objections", AskedMember),
        Part("card.second", SecondMember),
        Part("links", Link),
    ),
    shape=_card,
    notes=_card_notes,
    picture=Picture(
        "bars", "Industries of {cluster}", "jobs", "name", "mark", sections=("industry",)
    ),
    examples=({"cluster": "biopharma"},),
)
