"""Where regions stand in a cluster by a measure: now, earlier, and where they may stand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from clusteratlas.errors import InputError
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
from clusteratlas.queries.questions.shared.wages import wage_figures
from clusteratlas.vocabulary.keys import CUSTOM, is_region

Triple = tuple[float | None, float | None, float | None]
"""A figure, its lowest and its highest value."""

MEASURES = ("jobs", "lq", "share", "establishments", "payroll", "wage", "growth")
NATION = "nation"
METRO = "metropolitan"


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedFigures:
    """Read row of ``rank.figures``."""

    cluster: str
    cluster_name: str
    key: str
    name: str
    pool: str
    year: int
    jobs: int
    jobs_low: int
    jobs_high: int
    establishments: int
    establishments_low: int
    establishments_high: int
    payroll: int | None
    payroll_low: int | None
    payroll_high: int | None
    lq: float
    lq_low: float
    lq_high: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RankRow:
    """A region in a cluster, with its rank."""

    key: str = column("key of the region")
    name: str = column("region; with several clusters, the cluster, or both")
    rank: int = column("rank among the regions that it is compared with, 1 = largest", None)
    rank_low: int = column("best rank that the withheld cells leave open", None)
    rank_high: int = column("worst rank that they leave open", None)
    ranked: int = column("regions that it is ranked with", "regions")
    rank_then: int | None = optional("rank in the earlier year", None)
    rank_then_low: int | None = optional("best rank that was possible then", None)
    rank_then_high: int | None = optional("worst rank that was possible then", None)
    course: str | None = optional(
        "up, down or same since then; may be the same where the possible ranks overlap"
    )
    jobs: int = column(of="measures.jobs")
    jobs_low: int = column(of="measures.jobs_low")
    jobs_high: int = column(of="measures.jobs_high")
    lq: float = column(of="measures.lq")
    lq_low: float = column(of="measured.lq_low")
    lq_high: float = column(of="measured.lq_high")
    share_nation: float | None = optional(of="measured.share_nation")
    share_nation_low: float | None = optional("the least that is possible", "share")
    share_nation_high: float | None = optional("the most that is possible", "share")
    establishments: int = column(of="measures.establishments")
    establishments_low: int = column(of="measures.establishments_low")
    establishments_high: int = column(of="measures.establishments_high")
    payroll: int | None = optional(of="measures.payroll")
    payroll_low: int | None = optional(of="measures.payroll_low")
    payroll_high: int | None = optional(of="measures.payroll_high")
    wage: float | None = optional("payroll a job and year", "USD")
    wage_low: float | None = optional("lowest that the bounds allow", "USD")
    wage_high: float | None = optional("highest that they allow", "USD")
    yearly_growth: float | None = optional("growth of jobs a year between the two years", "share")
    yearly_growth_low: float | None = optional("least that is possible", "share")
    yearly_growth_high: float | None = optional("most that is possible", "share")
    cluster: str = column("the cluster")
    cluster_key: str = column("its key")
    pool: str = column("regions that it is ranked with: of a type, or metropolitan areas")
    source: str = column("file behind the figures")


@dataclass(frozen=True, slots=True)
class _Place:
    """Rank, best and worst rank, and of how many."""

    rank: int
    best: int
    worst: int
    size: int


class _Figures:
    """What was read, by cluster, region and year, and what follows from it."""

    def __init__(self, read: Sequence[RankedFigures], year: int, since: int) -> None:
        self._since, self._years = since, year - since
        self._nation = {(f.cluster, f.year): f.jobs for f in read if f.pool == NATION}
        self.rows = {(f.cluster, f.key, f.year): f for f in read if f.pool != NATION}

    def share(self, f: RankedFigures) -> Triple:
        """Share of the cluster's national jobs."""
        nation = self._nation.get((f.cluster, f.year))
        if not nation:
            return None, None, None
        return f.jobs / nation, f.jobs_low / nation, f.jobs_high / nation

    def growth(self, f: RankedFigures) -> Triple:
        """Yearly growth of jobs since the earlier year; nothing bounds it where there were none."""
        import numpy as np

        from clusteratlas.analysis.regions.change.growth import growth_bounds
        from clusteratlas.analysis.regions.performance import yearly_growth

        before = self.rows.get((f.cluster, f.key, self._since))
        if before is None or f.year != self._since + self._years or not self._years:
            return None, None, None
        growth = yearly_growth(before.jobs, f.jobs, self._years)
        ends = growth_bounds(
            before.jobs_low, before.jobs_high, f.jobs_low, f.jobs_high, self._years
        )
        one, low, high = (float(v) if np.isfinite(v) else None for v in (growth, *ends))
        return one, low, high

    def of(self, f: RankedFigures, measure: str) -> Triple:
        """Give the figure that is ranked."""
        if measure == "share":
            return self.share(f)
        if measure == "growth":
            return self.growth(f)
        if measure == "wage":
            wage = wage_figures(f)
            return wage["wage"], wage["wage_low"], wage["wage_high"]
        one, low, high = (getattr(f, f"{measure}{end}") for end in ("", "_low", "_high"))
        return one, low, high

    def places(self, measure: str, year: int) -> dict[tuple[str, str], _Place]:
        """Rank the regions of each cluster and pool in a year.

        A custom region is ranked among the regions of its pool, without being one of them.
        """
        import numpy as np

        from clusteratlas.analysis.regions.compared.standing import standing

        pools: dict[tuple[str, str], list[tuple[str, Triple]]] = {}
        guests: list[tuple[RankedFigures, Triple]] = []
        for f in self.rows.values():
            if f.year != year or (three := self.of(f, measure))[0] is None:
                continue
            if is_region(f.key, CUSTOM):
                guests.append((f, three))
            else:
                pools.setdefault((f.cluster, f.pool), []).append((f.key, three))
        groups: list[tuple[str, list[tuple[str, Triple]], str | None]]
        groups = [(cluster, members, None) for (cluster, _), members in pools.items()]
        groups += [
            (f.cluster, [*pools.get((f.cluster, f.pool), ()), (f.key, three)], f.key)
            for f, three in guests
        ]
        keys, group, values, told = [], [], [], []
        for number, (cluster, members, guest) in enumerate(groups):
            for region, three in members:
                keys.append((cluster, region))
                group.append(number)
                values.append(three)
                told.append(guest in {None, region})
        if not keys:
            return {}
        found = standing(group, *np.array(values, dtype=np.float64).T)
        columns = (found.rank, found.best, found.worst, found.size)
        return {
            key: _Place(*map(int, four))
            for key, shown, *four in zip(keys, told, *columns, strict=True)
            if shown
        }


def _ranks(read: Read, context: Context) -> list[Any]:
    arguments = context.arguments
    year, since, measure = arguments["year"], arguments["since"], arguments["by"]
    found: list[RankedFigures] = [*read["rank.figures"], *read["rank.all"]]
    figures = _Figures(found, year, since)
    now = figures.places(measure, year)
    then = figures.places(measure, since) if since < year else {}
    wanted = set(arguments["regions"])
    _refuse_other_types(context, {f.key for f in found})
    custom = arguments["region_type"] == CUSTOM
    pools = {f.pool for f in figures.rows.values()}
    rows = []
    for (cluster, region), place in now.items():
        f = figures.rows[cluster, region, year]
        if wanted:
            shown = region in wanted
        else:
            shown = is_region(region, CUSTOM) if custom else f.pool == METRO or METRO not in pools
        if not shown:
            continue
        name = _name(f, len(arguments["clusters"]), len(wanted))
        rows.append(_row(figures, f, place, then.get((cluster, region)), name))
    if not arguments["clusters"]:
        return sorted(rows, key=lambda r: (r.rank, -r.jobs, r.cluster_key))[: arguments["limit"]]
    rows.sort(key=lambda r: (r.rank, r.key))
    return [
        row
        for cluster in context.several["cluster"]
        for row in [r for r in rows if r.cluster_key == cluster][: arguments["limit"]]
    ]


def _name(f: RankedFigures, clusters: int, regions: int) -> str:
    """Say what a row is called: by what tells it from the others."""
    if clusters == 1:
        return f.name
    return f.cluster_name if regions == 1 else f"{f.cluster_name}, {f.name}"


def _refuse_other_types(context: Context, read: Collection[str]) -> None:
    """Refuse regions of several types: none of them is ranked among those of another type."""
    type_ = context.arguments["region_type"]
    for key, name in context.several.get("region", {}).items():
        if key not in read and not is_region(key, type_):
            raise InputError(
                f"{name} is not of the type {type_}, as the first region is",
                hint="name regions of one type, or ask for each type by itself",
            )


def _row(
    figures: _Figures, f: RankedFigures, now: _Place, then: _Place | None, name: str
) -> RankRow:
    ends = ("", "_low", "_high")
    return row_from(
        RankRow,
        f,
        name=name,
        cluster=f.cluster_name,
        cluster_key=f.cluster,
        rank=now.rank,
        rank_low=now.best,
        rank_high=now.worst,
        ranked=now.size,
        rank_then=then.rank if then else None,
        rank_then_low=then.best if then else None,
        rank_then_high=then.worst if then else None,
        course=_course(now, then) if then else None,
        **dict(zip((f"share_nation{e}" for e in ends), figures.share(f), strict=True)),
        **dict(zip((f"yearly_growth{e}" for e in ends), figures.growth(f), strict=True)),
        **wage_figures(f),
    )


def _course(now: _Place, then: _Place) -> str:
    """Say which way a rank went, and whether the possible ranks overlap."""
    way = "up" if now.rank < then.rank else "down" if now.rank > then.rank else "same"
    overlap = now.best <= then.worst and then.best <= now.worst
    return f"{way}, may be the same" if overlap and way != "same" else way


def _rank_notes(rows: Sequence[Any], context: Context) -> list[str]:
    arguments = context.arguments
    year, since = arguments["year"], arguments["since"]
    notes = [bounds_words(rows, f"figures of {year}")]
    if not rows:
        notes.append(f"no such region has a figure of {arguments['by']}")
    for pool in dict.fromkeys(r.pool for r in rows):
        sizes = {r.ranked for r in rows if r.pool == pool}
        among = " to ".join(f"{n:,}" for n in sorted({min(sizes), max(sizes)}))
        notes.append(f"ranked among {among} regions ({pool}) that have the figure")
    if since < year and any(r.rank_then is not None for r in rows):
        notes.append(f"then is {since}; ranks are of the regions that had the figure then")
    elif since >= year:
        notes.append(f"no year before {year} is known of such regions")
    open_ = sum(r.rank_low != r.rank_high for r in rows)
    if open_:
        notes.append(f"{open_} of {len(rows)} ranks could be others, since cells are withheld")
    return notes


rank = Question(
    id="rank",
    order=115,
    words="Where do regions rank in a cluster, now and before?",
    row=RankRow,
    params={
        "cluster": replace(
            CLUSTER,
            help=f"{CLUSTER.help}; without it, all traded clusters of the region",
            required=False,
            default="",
            many=(1, 10),
        ),
        "region": replace(
            REGION,
            help=f"only this region: {REGION.help}",
            required=False,
            default="",
            many=(1, 10),
            in_query=False,
        ),
        "by": Param(
            "choice",
            "what the rank is by; share is of the cluster's national jobs, wage is payroll a job, "
            "growth is that of jobs a year since the earlier year",
            required=False,
            default="jobs",
            choices=MEASURES,
            in_query=False,
        ),
        "type": region_type("type of region, where none is named", in_query=False),
        "level": LEVEL,
        "definition": DEFINITION,
        "year": YEAR,
        "since": Param(
            "number", "earlier year to set beside; default: the first", required=False, default=0
        ),
        "limit": limit(10),
    },
    one_of=("cluster", "region"),
    counted="regions of that type",
    parts=(
        Part("rank.figures", RankedFigures, about=(("cluster", "Cluster"),), each="cluster"),
        Part("rank.all", RankedFigures, about=(("region", "Region"),), unless="cluster"),
    ),
    shape=_ranks,
    notes=_rank_notes,
    picture=Picture(
        "slopes",
        "Ranks: {cluster} {region}",
        "rank",
        "name",
        color="course",
        size="rank_then",
        low="rank_low",
        high="rank_high",
    ),
    lead=("name", "rank", "rank_then", "course"),
    examples=(
        {"cluster": ("biopharma",)},
        {"cluster": ("automotive",), "by": "lq", "type": "state"},
        {"cluster": ("biopharma", "medical devices"), "region": ("boston",)},
        {"region": ("boston",), "by": "lq"},
    ),
)
