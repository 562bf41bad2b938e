"""What would follow if an industry were in another cluster."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.analysis.scores.what_if import within_after_joining, within_after_leaving
from clusteratlas.queries.language.question import Context, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional, row_from
from clusteratlas.queries.questions.shared.industries import Tie
from clusteratlas.queries.questions.shared.parameters import CLUSTER, DEFINITION, ONE_INDUSTRY


@dataclass(frozen=True, slots=True)
class OwnCluster:
    """Read row of ``what-if-moved.own``."""

    key: str
    name: str
    kind: str
    industries: int
    jobs: int | None
    wcr: float | None
    relatedness: float | None
    runs: float | None
    mark: str
    moved_jobs: int | None
    source: str


@dataclass(frozen=True, slots=True)
class TargetCluster:
    """Read row of ``what-if-moved.target``."""

    key: str
    name: str
    kind: str
    level: str
    industries: int
    jobs: int | None
    wcr: float | None
    relatedness: float | None
    rank: int | None
    runs: float | None
    without: str | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfMovedRow:
    """The cluster that it leaves, the one that it joins, then its ties into both."""

    section: str = column("leaves, joins or tie")
    key: str = column("key of the cluster or of the other industry")
    name: str = column("its name")
    role: str | None = optional("for a tie, the cluster it leads to")
    relatedness: float | None = optional(
        "mean combined relatedness of the industry to the cluster, or of the tie",
        of="affinities.combined",
    )
    rank: int | None = optional("rank of the cluster among all traded ones for it, 1 = nearest")
    runs: float | None = optional(
        "share of bootstrap runs in which it is there", of="affinities.runs"
    )
    ties: int | None = optional("of its strongest ties, those into the cluster", "ties")
    industries: int | None = optional("member industries now", of="clusters.industries")
    industries_after: int | None = optional("member industries after the move", "industries")
    jobs: int | None = optional("employment now, nation", of="clusters.jobs")
    jobs_after: int | None = optional("employment after the move, nation", "jobs")
    within: float | None = optional(
        "mean combined relatedness within the cluster now", of="clusters.wcr"
    )
    within_after: float | None = optional("the same after the move", "standard deviations")
    source: str | None = optional("file behind the figures")


def _what_if_moved(read: Read, context: Context) -> list[Any]:
    ties: Sequence[Tie] = read["industry.ties"]
    into = Counter(t.cluster for t in ties)
    rows: list[Any] = []
    jobs = 0
    for c in read["what-if-moved.own"]:
        jobs = c.moved_jobs or 0
        rows.append(
            row_from(
                WhatIfMovedRow,
                c,
                section="leaves",
                ties=into[c.key],
                industries_after=c.industries - 1,
                jobs_after=None if c.jobs is None else c.jobs - jobs,
                within=c.wcr,
                within_after=within_after_leaving(c.wcr, c.relatedness, c.industries),
            )
        )
    if not rows or rows[0].key == context.arguments["cluster"]:
        return rows
    for c in read["what-if-moved.target"]:
        rows.append(
            row_from(
                WhatIfMovedRow,
                c,
                section="joins",
                ties=into[c.key],
                industries_after=c.industries + 1,
                jobs_after=None if c.jobs is None else c.jobs + jobs,
                within=c.wcr,
                within_after=within_after_joining(c.wcr, c.relatedness, c.industries),
            )
        )
    both = {r.key for r in rows}
    rows += [
        row_from(WhatIfMovedRow, t, section="tie", role=t.cluster_name, relatedness=t.combined)
        for t in ties
        if t.cluster in both
    ]
    return rows


def _moved_notes(rows: Sequence[Any], context: Context) -> list[str]:
    name = context.names["industry"]
    leaves = [r for r in rows if r.section == "leaves"]
    joins = [r for r in rows if r.section == "joins"]
    if not leaves:
        return [f"{name} is in no cluster of these definitions"]
    if not joins:
        return [f"{name} is in {leaves[0].name} already"]
    a, b = leaves[0], joins[0]
    if b.relatedness is None:
        return [
            f"{b.name} is not among the nearest clusters of {name}, whose relatedness an edition "
            "holds: what would follow for it is not known"
        ]
    if a.relatedness is None:
        return [f"{name} is alone in {a.name}, which would be gone"]
    gain = b.relatedness - a.relatedness
    side = "nearer" if gain > 0 else "farther"
    return [
        f"{name} would be {side} to its cluster by {abs(gain):.2f} standard deviations "
        f"({a.relatedness:.2f} in {a.name}, {b.relatedness:.2f} in {b.name})"
    ]


what_if_moved = Question(
    id="what-if-moved",
    order=260,
    words="What would change if this industry were in that cluster?",
    row=WhatIfMovedRow,
    params={"industry": ONE_INDUSTRY, "cluster": CLUSTER, "definition": DEFINITION},
    counted="ties that the edition holds",
    counted_section="tie",
    parts=(
        Part("what-if-moved.own", OwnCluster),
        Part("what-if-moved.target", TargetCluster),
        Part("industry.ties", Tie),
    ),
    shape=_what_if_moved,
    notes=_moved_notes,
    picture=Picture("bars", "Ties of {industry}", "relatedness", "name", "role", sections=("tie",)),
    examples=({"industry": "325412", "cluster": "medical devices"},),
)
