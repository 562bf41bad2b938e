"""Where an industry belongs, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from clusteratlas.queries.language.question import Context, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional, row_from
from clusteratlas.queries.questions.shared.industries import SECOND, Tie, second_note
from clusteratlas.queries.questions.shared.parameters import (
    DEFINITION,
    INDUSTRY,
    limit,
)

LINKAGES = ("lc_emp", "lc_est", "io", "occ")
"""Linkages that the combined relatedness is the mean of."""

OTHERS = 3
"""Clusters that are shown beside the industry's own and the next best one."""


@dataclass(frozen=True, slots=True)
class IndustryMembership:
    """Read row of ``industry.membership``."""

    key: str
    name: str
    kind: str
    relatedness: float | None
    next_cluster: str | None
    next_name: str | None
    next_relatedness: float | None
    mark: str
    moved: bool
    type: str | None
    traded_score: float | None
    regional_score: float | None
    buyer: str | None
    source: str


@dataclass(frozen=True, slots=True)
class UnplacedIndustry:
    """Read row of ``industry.itself``."""

    key: str
    name: str
    kind: str
    jobs: int | None
    type: str | None
    traded_score: float | None
    regional_score: float | None
    buyer: str | None
    source: str


@dataclass(frozen=True, slots=True)
class MemberBelow:
    """Read row of ``industry.parts``."""

    key: str
    name: str
    cluster: str
    cluster_name: str
    jobs: int | None
    relatedness: float | None
    mark: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndustryRow:
    """Clusters that the industry is related to, then its strongest ties."""

    section: str = column(
        "cluster, tie, member (industries below a shorter code), or industry (unplaced, so that no "
        "cluster has it)"
    )
    key: str = column("key of the cluster or of the other industry")
    name: str = column("its name")
    role: str | None = optional(
        "own, next best or other cluster; for a tie, the cluster it leads to"
    )
    kind: str | None = optional("traded, local or unplaced", of="industries.kind")
    relatedness: float | None = optional(
        "mean combined relatedness to all industries of the cluster", of="affinities.combined"
    )
    ties: int | None = optional("ties that the edition holds into the cluster", "ties")
    combined: float | None = optional(
        "combined relatedness: mean over those ties, or of the tie", of="relatedness.combined"
    )
    lc_emp: float | None = optional(
        "co-location of employment, the same way", of="relatedness.lc_emp"
    )
    lc_est: float | None = optional(
        "co-location of establishments, the same way", of="relatedness.lc_est"
    )
    coi: float | None = optional(
        "Ellison-Glaeser coagglomeration, the same way", of="relatedness.coi"
    )
    io: float | None = optional("largest input or output share, the same way", of="relatedness.io")
    occ: float | None = optional(
        "correlation of occupation shares, the same way", of="relatedness.occ"
    )
    why: str | None = optional("in words")
    mark: str | None = optional("core, usual or marginal")
    type: str | None = optional(
        "the industry itself: traded, regional or local by scores alone", of="industries.type"
    )
    traded_score: float | None = optional(
        "its score from 0 (local) to 1 (traded)", of="industries.traded_score"
    )
    regional_score: float | None = optional(
        "its score of a market between county and state", of="industries.regional_score"
    )
    buyer: str | None = optional(
        "it sells mainly to the supply chain, or to consumers", of="industries.buyer"
    )
    jobs: int | None = optional(of="industries.jobs")
    source: str | None = optional("file behind the figures")


def _mean(values: Sequence[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return sum(known) / len(known) if known else None


def _why(tie: Tie) -> str:
    """Name what a tie rests on; shared profiles and sectors say so, for they prove little."""
    said = []
    if tie.io is not None and tie.io >= 0.05:
        said.append(
            "both in one input-output sector"
            if tie.same_sector
            else f"trade: {tie.io:.0%} of an input or output"
        )
    if tie.occ is not None and tie.occ >= 0.5:
        said.append(
            "one occupation profile for both" if tie.same_profile else f"occupations: {tie.occ:.2f}"
        )
    near = [v for v in (tie.lc_emp, tie.lc_est) if v is not None]
    if near and max(near) >= 0.3:
        said.append(f"co-location: {max(near):.2f}")
    return "; ".join(said) or "no single linkage stands out"


def _toward(name: str, ties: Sequence[Tie]) -> str:
    best = ", ".join(t.name for t in ties[:3])
    return f"strongest ties into {name}: {best}" if best else f"no strong tie into {name}"


def _industry(read: Read, context: Context) -> list[Any]:
    ties: Sequence[Tie] = read["industry.ties"]
    into: dict[str, list[Tie]] = defaultdict(list)
    for tie in ties:
        into[tie.cluster].append(tie)
    rows: list[Any] = [
        row_from(IndustryRow, u, section="industry") for u in read["industry.itself"]
    ]
    for m in read["industry.membership"]:
        rows.append(row_from(IndustryRow, m, **_about("own", m.name, into[m.key])))
        if m.next_cluster:
            name = m.next_name or m.next_cluster
            rows.append(
                IndustryRow(
                    key=m.next_cluster,
                    kind=m.kind,
                    relatedness=m.next_relatedness,
                    source=m.source,
                    **_about("next best", name, into[m.next_cluster]),
                )
            )
    if not ties:  # a local industry has none, so that nothing can be said of them
        rows = [replace(r, why=None) for r in rows]
    others = sorted(set(into) - {r.key for r in rows}, key=lambda k: (-len(into[k]), k))
    for key in others[:OTHERS]:
        first = into[key][0]
        about = _about("other", first.cluster_name, into[key])
        rows.append(IndustryRow(key=key, source=first.source, **about))
    rows += [
        row_from(IndustryRow, t, section="tie", role=t.cluster_name, why=_why(t))
        for t in ties[: context.arguments["limit"]]
    ]
    rows += [
        row_from(IndustryRow, b, section="member", role=b.cluster_name)
        for b in read["industry.parts"]
    ]
    return rows


def _about(role: str, name: str, ties: Sequence[Tie]) -> dict[str, Any]:
    """Columns of a cluster: its role, and means over the ties that lead into it."""
    means = {n: _mean([getattr(t, n) for t in ties]) for n in ("combined", "coi", *LINKAGES)}
    return {
        "section": "cluster",
        "name": name,
        "role": role,
        "ties": len(ties),
        "why": _toward(name, ties),
        **means,
    }


def _industry_notes(rows: Sequence[Any], context: Context) -> list[str]:
    own = [r for r in rows if r.role == "own"]
    name = context.names["industry"]
    if not own:
        if any(r.kind == "unplaced" for r in rows):
            return [
                f"{name} is in no cluster: its jobs are booked at the employer of record, not "
                "where they are worked. They count in the totals of regions, and in no location "
                "quotient"
            ]
        if any(r.section == "member" for r in rows):
            return [f"clusters are made of six-digit industries; these lie below {name}"]
        return [f"{name} is in no cluster of these definitions (the figures do not cover it)"]
    first = own[0]
    reach = []
    if first.type not in (None, first.kind):
        reach = [
            f"{name} is clustered as {first.kind}, and {first.type} by its scores alone: "
            "`clusteratlas traded exceptions` lists what was judged"
        ]
    if first.kind == "local":
        local = f"{name} is local: it follows population everywhere, so it has no relatedness"
        return [local, *reach]
    notes = [
        *reach,
        "means by linkage are over the strongest ties, which are all that an edition holds",
    ]
    following = next((r for r in rows if r.role == "next best"), None)
    if following and None not in (first.relatedness, following.relatedness):
        gap = first.relatedness - following.relatedness
        notes.insert(
            0,
            f"{name} belongs to {first.name}: relatedness {first.relatedness:.2f}, against "
            f"{following.relatedness:.2f} to {following.name}"
            + (" (a close call)" if first.mark == "marginal" or gap < 0 else ""),
        )
    return notes


industry = Question(
    id="industry",
    order=20,
    words="Where does this industry belong, and why: how related to its own and the next cluster?",
    row=IndustryRow,
    params={
        "industry": INDUSTRY,
        "definition": DEFINITION,
        "limit": limit(15),
    },
    counted="ties that the edition holds",
    counted_section="tie",
    parts=(
        Part("industry.membership", IndustryMembership),
        Part("industry.itself", UnplacedIndustry),
        Part("industry.ties", Tie),
        SECOND,
        Part("industry.parts", MemberBelow),
    ),
    shape=_industry,
    notes=_industry_notes,
    coverage=second_note,
    picture=Picture(
        "bars", "Strongest ties of {industry}", "combined", "name", "role", sections=("tie",)
    ),
    examples=({"industry": "325414"}, {"industry": "wineries"}, {"industry": "325"}),
)
