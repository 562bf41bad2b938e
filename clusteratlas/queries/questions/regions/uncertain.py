"""Which figures and strong clusters hang on cells that are not published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Param, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional, row_from
from clusteratlas.queries.questions.shared.parameters import (
    CLUSTER,
    DEFINITION,
    LEVEL,
    REGION,
    YEAR,
    limit,
    region_type,
)
from clusteratlas.queries.questions.shared.remarks import bounds_words
from clusteratlas.vocabulary.tables.measures import CERTAINTIES

CERTAIN = CERTAINTIES[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundedFigure:
    """Read row of ``uncertain.clusters`` and ``uncertain.regions``: a cluster in a region."""

    key: str
    name: str
    cluster: str
    region: str
    pool: str
    jobs: int
    jobs_low: int
    jobs_high: int
    uncertainty: float | None
    lq: float
    lq_low: float
    lq_high: float
    strong: bool
    certainty: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundedIndustry:
    """Read row of ``uncertain.industries``; the figures are missing where nothing is known."""

    key: str
    name: str
    kind: str | None
    cluster: str
    region: str
    jobs: int | None
    jobs_low: int | None
    jobs_high: int | None
    known: str | None
    lq: float | None
    source: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UncertainRow:
    """A cluster in a region; where both were asked about, then the industries behind it."""

    section: str = column("figure (a cluster in a region) or industry")
    key: str = column("key of the regional cluster or industry")
    name: str = column("the cluster in a region's answer, the region in a cluster's; the industry")
    cluster: str = column("key of the cluster")
    region: str = column("key of the region")
    jobs: int = column(of="measures.jobs")
    jobs_low: int = column(of="measures.jobs_low")
    jobs_high: int = column(of="measures.jobs_high")
    uncertainty: float | None = optional(of="measured.uncertainty")
    lq: float | None = optional("location quotient on the traded (local) base", of="measures.lq")
    lq_low: float | None = optional(of="measured.lq_low")
    lq_high: float | None = optional(of="measured.lq_high")
    strong: bool | None = optional(of="measures.strong")
    certainty: str | None = optional(of="measures.certainty")
    change: str | None = optional(
        "what could be otherwise: could be strong, may not be strong; in a cluster's answer the "
        "ranks by jobs that are possible among the listed regions of its pool"
    )
    known: str | None = optional(of="presence.known")
    source: str = column("file behind the figures")


def _gathered(read: Read, context: Context) -> Read:
    """Make a row of every figure that was asked about, exact ones included."""
    regions: Sequence[BoundedFigure] = read["uncertain.regions"]
    asked = context.arguments["region"]
    ranks = _ranks(regions)
    figures = [
        row_from(UncertainRow, f, section="figure", change=_change(f, ranks.get(f.key)))
        for f in (*read["uncertain.clusters"], *regions)
        if asked in {"", f.region}
    ]
    return {**read, "figures": figures}


def _ranks(regions: Sequence[BoundedFigure]) -> Mapping[str, tuple[int, int]]:
    """Best and worst rank by jobs of each in its pool."""
    if not regions:
        return {}
    from clusteratlas.analysis.regions.rankings import rank_bounds

    pools = {pool: i for i, pool in enumerate(dict.fromkeys(f.pool for f in regions))}
    best, worst = rank_bounds(
        [pools[f.pool] for f in regions],
        [f.jobs_low for f in regions],
        [f.jobs_high for f in regions],
    )
    pairs = zip(best.tolist(), worst.tolist(), strict=True)
    return dict(zip((f.key for f in regions), pairs, strict=True))


def _change(figure: BoundedFigure, ranks: tuple[int, int] | None) -> str | None:
    words = []
    if figure.certainty != CERTAIN:
        words.append("may not be strong" if figure.strong else "could be strong")
    if ranks and ranks[0] < ranks[1]:
        words.append(f"rank between {ranks[0]:,} and {ranks[1]:,}")
    return ", ".join(words) or None


def _uncertain(read: Read, context: Context) -> list[Any]:
    arguments = context.arguments
    both = bool(arguments["region"] and arguments["cluster"])
    rows = [r for r in read["figures"] if both or _hangs(r)]
    rows.sort(key=lambda r: (-CERTAINTIES.index(r.certainty), r.jobs_low - r.jobs_high, r.key))
    industries = [
        row_from(UncertainRow, i, section="industry")
        for i in read["uncertain.industries"]
        if i.known not in {None, "published", "absent"}  # of the last published figures say: none
    ]
    industries.sort(key=lambda r: (r.jobs_low - r.jobs_high, r.key))
    most = arguments["limit"]
    return [*rows[:most], *industries[:most]]


def _hangs(row: UncertainRow) -> bool:
    return row.certainty != CERTAIN or row.jobs_low < row.jobs_high


def _coverage(read: Read, rows: Sequence[Any], context: Context) -> list[str]:
    del rows
    figures: Sequence[UncertainRow] = read["figures"]
    if not figures:
        return ["there are no such figures: no establishment or job is likely there"]
    told = bounds_words(figures, f"figures of {context.arguments['year']}")
    open_ = [r for r in figures if r.jobs_low < r.jobs_high]
    if open_:
        jobs, low, high = (
            sum(getattr(r, name) for r in open_) for name in ("jobs", "jobs_low", "jobs_high")
        )
        told += f": {jobs:,} jobs together, with bounds that add up to {low:,} and {high:,}"
    notes = [told]
    if len(figures) > 1:  # of a single one its row says so
        notes.append(_flags(figures))
    return notes + _industry_notes(read["uncertain.industries"], context)


def _flags(figures: Sequence[UncertainRow]) -> str:
    strong = [r for r in figures if r.strong]
    lost = sum(r.certainty != CERTAIN for r in strong)
    won = sum(r.certainty != CERTAIN for r in figures) - lost
    if not lost and not won:
        return f"which of them are strong is certain: {len(strong):,} of {len(figures):,}"
    return f"of {len(strong):,} strong ones {lost:,} may not be strong; {won:,} more could be"


def _industry_notes(industries: Sequence[BoundedIndustry], context: Context) -> list[str]:
    if not industries:
        return []
    if all(i.kind == "local" for i in industries):
        return ["industries of local clusters are not listed by region"]
    latest = context.arguments["place_year"]
    if latest != context.arguments["year"]:
        return [f"industries are known of {latest} alone"]
    known = [i.known for i in industries]
    published = known.count("published") + known.count("absent")
    return [
        f"industries that are published or known to be absent: {published:,} of "
        f"{len(industries):,}; those of which nothing is known there: {known.count(None):,}"
    ]


uncertain = Question(
    id="uncertain",
    order=155,
    words="Which figures and strong clusters hang on cells that are not published?",
    row=UncertainRow,
    params={
        "region": Param(
            "region",
            f"{REGION.help}; this, a cluster, or both",
            required=False,
            default="",
            labels=REGION.labels,
            types=REGION.types,
        ),
        "cluster": Param(
            "cluster",
            f"{CLUSTER.help}; this, a region, or both",
            required=False,
            default="",
            labels=CLUSTER.labels,
        ),
        "type": region_type("type of region, where only a cluster is given", in_query=False),
        "level": LEVEL,
        "definition": DEFINITION,
        "year": YEAR,
        "limit": limit(20),
    },
    one_of=("region", "cluster"),
    counted="figures of a cluster in a region",
    counted_section="figure",
    parts=(
        Part("uncertain.clusters", BoundedFigure, about=(("region", "Region"),)),
        Part("uncertain.regions", BoundedFigure, about=(("cluster", "Cluster"),)),
        Part("uncertain.industries", BoundedIndustry, about=(("region", "Region"),)),
    ),
    gather=_gathered,
    shape=_uncertain,
    coverage=_coverage,
    picture=Picture(
        "bars",
        "What hangs on withheld cells: {cluster} {region}",
        "jobs",
        "name",
        "certainty",
        sections=("figure",),
        low="jobs_low",
        high="jobs_high",
    ),
    examples=(
        {"region": "san francisco"},
        {"cluster": "automotive"},
        {"region": "san francisco", "cluster": "automotive"},
    ),
)
