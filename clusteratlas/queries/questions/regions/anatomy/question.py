"""The anatomy of a cluster in a region: what is there, what is missing, and what hangs on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from clusteratlas.queries.language.question import Context, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional, row_from
from clusteratlas.queries.numbers import range_words
from clusteratlas.queries.questions.organizations.listing.members import (
    CORE,
    COUNTS,
    NEAR,
    PARTS,
    REGISTERS,
    counts_note,
    coverage_note,
    gathered,
    nothing_note,
    of_role,
)
from clusteratlas.queries.questions.regions.anatomy.shared.reads import (
    Adjoining,
    PeerCount,
    RelatedHere,
)
from clusteratlas.queries.questions.shared.clusters import Member, OccupationRow, SecondIndustry
from clusteratlas.queries.questions.shared.parameters import (
    CLUSTER,
    DEFINITION,
    REGION,
    YEAR,
    limit,
)
from clusteratlas.queries.questions.shared.presence import (
    UNKNOWN,
    IndustryPresence,
    presence_in_words,
    presence_note,
)
from clusteratlas.queries.questions.shared.regions import RegionalClusterFigures
from clusteratlas.queries.questions.shared.remarks import bounds_words, compared_words, strong_note
from clusteratlas.queries.questions.shared.trade import (
    AllottedTrade,
    TradingIndustry,
    allotted,
    is_service,
)

ORGANIZATIONS = {
    "core company": "core company",
    "adjoining company": "adjoining company",
    "supplier": "supplier company",
    "service provider": "service company",
    "customer": "customer company",
    "institution": "institution",
    "government": "government",
    "support organization": "support organization",
}
"""Sections of organizations, by role."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnatomyFactRow:
    """One figure, industry or occupation of the regional cluster."""

    section: str = column(
        "place, core, second (member of another cluster, nearly as related to this one), "
        "adjoining, supplier, service, customer, occupation, related cluster, or organizations"
    )
    key: str = column("key of the regional cluster, industry, occupation or organization")
    name: str = column("its name")
    presence: str | None = optional(
        "in the region: strong (LQ >= 1.25; for the cluster: a strong cluster), present, withheld "
        "(it exists, no job is published), missing (no room for it), or not known; everywhere for "
        "local industries"
    )
    jobs: int | None = optional(
        "employment in the region (occupation: its national share of the cluster's jobs here)",
        of="measures.jobs",
    )
    jobs_low: int | None = optional(of="measures.jobs_low")
    jobs_high: int | None = optional(of="measures.jobs_high")
    establishments: int | None = optional(of="measures.establishments")
    establishments_low: int | None = optional(of="measures.establishments_low")
    establishments_high: int | None = optional(of="measures.establishments_high")
    payroll: int | None = optional(of="measures.payroll")
    payroll_low: int | None = optional(of="measures.payroll_low")
    payroll_high: int | None = optional(of="measures.payroll_high")
    lq: float | None = optional(
        "location quotient (occupation: in the cluster, nation)", of="measures.lq"
    )
    lq_low: float | None = optional(of="measured.lq_low")
    lq_high: float | None = optional(of="measured.lq_high")
    share_region: float | None = optional(
        "share of the region's traded (local) jobs", of="measured.share_region"
    )
    share_nation: float | None = optional(
        "share of the national employment", of="measured.share_nation"
    )
    rank: int | None = optional("rank by jobs among the regions of its type", of="measured.rank")
    of: int | None = optional("regions of its type that have the cluster", "regions")
    percentile: float | None = optional(
        "percentile of the LQ among those regions", of="measured.percentile"
    )
    million_usd: float | None = optional(
        "national sales to (from) the cluster a year; the industry's part of its sector by jobs",
        of="cluster_roles.usd",
    )
    share: float | None = optional(
        "supplier, service: share of the listed purchases; customer: of the listed sales; "
        "occupation: of the employment",
        "share",
    )
    mark: str | None = optional("core, usual or marginal member")
    cluster: str | None = optional("cluster that the industry belongs to")
    relatedness: float | None = optional(
        "adjoining: mean combined relatedness to the members; related cluster: between them",
        of="cluster_roles.relatedness",
    )
    detail: str | None = optional("organization: its industry, or its part in the cluster")
    city: str | None = optional("organization: city", of="organizations.city")
    state: str | None = optional("organization: state", of="organizations.state")
    size: float | None = optional(
        "organization: size in the register where it ranks highest", of="organizations.size"
    )
    size_unit: str | None = optional(of="organizations.size_unit")
    evidence: str | None = optional("organization: what says so", of="participations.evidence")
    registers: str | None = optional(
        "organization: registers that have it", of="organizations.registers"
    )
    basis: str | None = optional("organization: what it is known by", of="organizations.basis")
    certainty: str | None = optional(
        "of the cluster: how sure it is that it is strong, or is not", of="measures.certainty"
    )
    known: str | None = optional("industry: what is known of its employment", of="presence.known")
    source: str | None = optional("file behind the figures")


def _place(read: Read, context: Context, core: Sequence[AnatomyFactRow]) -> AnatomyFactRow:
    peers = read["peers"][0].regions if read["peers"] else None
    for h in read["hub"]:
        presence = "strong" if h.strong else "present"
        return row_from(AnatomyFactRow, h, section="place", presence=presence, of=peers)
    return AnatomyFactRow(
        section="place",
        key=context.arguments["hub"],
        name=f"{context.names['cluster']} in {context.names['region']}",
        # Where nothing is measured it is absent only if none of its industries can be there.
        presence="missing" if {r.presence for r in core} == {"missing"} else UNKNOWN,
        of=peers,
    )


class _Here:
    """Industries of the region, and rows of other industries beside them."""

    def __init__(self, read: Read) -> None:
        self.by_key: dict[str, IndustryPresence] = {p.key: p for p in read["presence"]}

    def row(
        self, section: str, industry: Member | SecondIndustry | Adjoining | TradingIndustry
    ) -> AnatomyFactRow:
        """Row of an industry with its figures in the region, where it has any."""
        p = self.by_key.get(industry.key)
        row = AnatomyFactRow(
            section=section,
            key=industry.key,
            name=industry.name,
            presence=presence_in_words(industry.kind, p),
            source=industry.source,
        )
        if p is None:
            return row
        return replace(
            row,
            jobs=p.jobs,
            jobs_low=p.jobs_low,
            jobs_high=p.jobs_high,
            lq=p.lq,
            share_nation=p.share_nation,
            known=p.known,
        )


def _core(members: Sequence[Member], here: _Here) -> list[AnatomyFactRow]:
    rows = []
    for m in members:
        row = replace(here.row("core", m), mark=m.mark)
        present = here.by_key.get(m.key)
        rows.append(replace(row, source=present.source) if present else row)
    return sorted(rows, key=lambda r: -(r.jobs or 0))


def _seconds(found: Sequence[SecondIndustry], here: _Here) -> list[AnatomyFactRow]:
    return [
        replace(here.row("second", s), relatedness=s.relatedness, cluster=s.cluster_name)
        for s in found
    ]


def _partners(section: str, chosen: Sequence[AllottedTrade], here: _Here) -> list[AnatomyFactRow]:
    return [
        replace(
            here.row(section, a.trade),
            million_usd=a.million_usd,
            share=a.share,
            cluster=a.trade.cluster_name,
        )
        for a in chosen
    ]


def _adjoining(found: Sequence[Adjoining], here: _Here) -> list[AnatomyFactRow]:
    return [
        replace(here.row("adjoining", a), relatedness=a.relatedness, cluster=a.cluster)
        for a in found
    ]


def _related(found: Sequence[RelatedHere]) -> list[AnatomyFactRow]:
    """Rows of linked clusters; where one has no figure in the region, it is not known there."""
    return [
        row_from(
            AnatomyFactRow,
            r,
            section="related cluster",
            presence=UNKNOWN if r.jobs is None else "strong" if r.strong else "present",
            source=r.source or r.link_source,
        )
        for r in found
    ]


def _organizations(read: Read, most: int) -> list[AnatomyFactRow]:
    return [
        row_from(AnatomyFactRow, o, section=section)
        for role, section in ORGANIZATIONS.items()
        for o in of_role(read, role)[:most]
    ]


def _coverage(read: Read, rows: Sequence[Any], context: Context) -> list[str]:
    del rows
    every = read["members by role"]
    if not every:
        return nothing_note(context)
    notes = counts_note(every, read["organizations.counts"])
    return [*notes, *coverage_note(every, read["registers"])]


def _anatomy(read: Read, context: Context) -> list[Any]:
    most = context.arguments["limit"]
    here = _Here(read)
    bought, sold = allotted(read["supply"]), allotted(read["demand"])
    goods = [a for a in bought if not is_service(a.trade.naics)][:most]
    serving = [a for a in bought if is_service(a.trade.naics)][:most]
    occupations: Sequence[OccupationRow] = read["occupations.cluster"]
    core = _core(read["members"], here)
    place = _place(read, context, core)
    return [
        place,
        *core,
        *_seconds(read["members.second"], here),
        *_adjoining(read["anatomy.adjoining"][:most], here),
        *_partners("supplier", goods, here),
        *_partners("service", serving, here),
        *_partners("customer", sold[:most], here),
        *(
            row_from(AnatomyFactRow, o, section="occupation", **_staff(o.share, place))
            for o in occupations[:most]
        ),
        *_related(read["anatomy.related"][:most]),
        *_organizations(read, most),
    ]


def _staff(share: float, place: AnatomyFactRow) -> dict[str, int | None]:
    """Give the jobs of an occupation, with bounds, if the region's mix is the nation's."""
    jobs = {name: getattr(place, name) for name in ("jobs", "jobs_low", "jobs_high")}
    return {name: None if n is None else round(share * n) for name, n in jobs.items()}


def _notes(rows: Sequence[Any], context: Context) -> list[str]:
    cluster, region = context.names["cluster"], context.names["region"]
    place = rows[0]
    core = [r for r in rows if r.section == "core"]
    notes = []
    if place.presence == "missing":
        notes.append(f"published figures leave no room for {cluster} in {region}")
    elif place.presence == UNKNOWN:
        notes.append(f"no figure of {cluster} in {region} is published")
    else:
        notes.append(
            f"figures of {context.arguments['year']}: rank {place.rank} by jobs of {place.of} "
            + compared_words(context.arguments)
        )
        notes += strong_note([place.certainty] if place.presence == "strong" else [])
    notes += presence_note(core)
    industries = list({r.key: r for r in rows if r.known is not None}.values())
    if industries:
        year = context.arguments["place_year"]
        notes.append(bounds_words(industries, f"figures of industries of {year}"))
    seconds = [r for r in rows if r.section == "second" and r.jobs is not None]
    if seconds:
        notes.append(
            f"{_sum(seconds)} jobs here are in second members ({len(seconds)}), counted in their "
            "own clusters"
        )
    near = [r for r in rows if r.section == "adjoining" and r.jobs is not None]
    if near and place.jobs is not None:
        notes.append(
            f"{_sum(near)} jobs in the {len(near)} shown industries that adjoin it here, which "
            f"other clusters hold; together with them {_sum([place, *near])}"
        )
    notes.append(
        "sales are national, by the input-output accounts; jobs of occupations assume the "
        "national mix"
    )
    return notes


def _sum(rows: Sequence[AnatomyFactRow]) -> str:
    jobs, low, high = (
        f"{sum(getattr(r, name) or 0 for r in rows):,}"
        for name in ("jobs", "jobs_low", "jobs_high")
    )
    return range_words(jobs, low, high)


anatomy = Question(
    id="anatomy",
    order=40,
    words="What is this cluster in this region made of: industries, companies, institutions?",
    row=AnatomyFactRow,
    params={
        "cluster": CLUSTER,
        "region": REGION,
        "definition": DEFINITION,
        "year": YEAR,
        "limit": limit(12),
    },
    counted="industries of the cluster",
    counted_section="core",
    parts=(
        Part("hub", RegionalClusterFigures),
        Part("peers", PeerCount),
        Part("members", Member),
        Part("members.second", SecondIndustry),
        Part("presence", IndustryPresence),
        Part("supply", TradingIndustry),
        Part("demand", TradingIndustry),
        Part("occupations.cluster", OccupationRow),
        Part("anatomy.adjoining", Adjoining),
        Part("anatomy.related", RelatedHere),
        CORE,
        NEAR,
        COUNTS,
        PARTS,
        REGISTERS,
    ),
    gather=gathered,
    shape=_anatomy,
    notes=_notes,
    coverage=_coverage,
    picture=Picture("plate", "Anatomy of {cluster} in {region}", color="presence", size="jobs"),
    examples=(
        {"cluster": "biopharma", "region": "boston"},
        {"cluster": "automotive", "region": "detroit"},
    ),
)
