"""What clusters of a region pay, or what a cluster pays in each region."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Param, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional
from clusteratlas.queries.questions.performance.shared.history import (
    NOTHING,
    OF_NATION,
    PROFILES,
    SINCE,
    Bounded,
    PayOfKind,
    PooledPay,
    PooledProfile,
    YearFigures,
    bounded_growth,
    by_cluster,
    kind_param,
    known,
    paid_wage,
    sign_words,
    wage_over,
    with_bounds,
)
from clusteratlas.queries.questions.shared.parameters import (
    CLUSTER,
    DEFINITION,
    LEVEL,
    PLACE,
    YEAR,
    limit,
    region_type,
)
from clusteratlas.queries.questions.shared.remarks import bounds_words
from clusteratlas.queries.questions.shared.wages import sum_of_pay, wage_places
from clusteratlas.vocabulary.keys import NATION

METROPOLITAN = "metropolitan"
KINDS = ("traded", "local")
OF_CLUSTER = (("cluster", "Cluster"),)
ORDERS = {"wage": "wage", "ratio": "ratio", "growth": "yearly_growth", "jobs": "jobs"}
"""Column that rows are ordered by, by what a person asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WageRow:
    """The region, its traded and local jobs, then its clusters; or a cluster by region."""

    section: str = column(
        "whole (all jobs of the region, or the cluster in the nation), part (its traded or local "
        "clusters together) or cluster (one in a region)"
    )
    key: str = column("key of the region or cluster")
    name: str = column("its name")
    wage: float | None = optional(
        "average wage, payroll / jobs; null where nothing of the payroll or the jobs is published",
        "USD",
    )
    wage_low: float | None = optional("least that is possible", "USD")
    wage_high: float | None = optional("most that is possible", "USD")
    wage_nation: float | None = optional("average wage of the same in the nation", "USD")
    ratio: float | None = optional("wage over that of the same in the nation", "ratio")
    ratio_low: float | None = optional("least that is possible", "ratio")
    ratio_high: float | None = optional("most that is possible", "ratio")
    outcome: str | None = optional(
        "pays more or less than the same in the nation, and whether that is certain; of the nation "
        "itself: than its average"
    )
    rank: int | None = optional("rank of the wage among regions of its pool, 1 = highest", None)
    rank_low: int | None = optional("best rank that withheld cells allow", None)
    rank_high: int | None = optional("worst rank that they allow", None)
    ranked: int | None = optional("regions of the pool whose wage is known", "regions")
    over_region: float | None = optional("wage over the average of all jobs there", "ratio")
    over_region_low: float | None = optional("least that is possible", "ratio")
    over_region_high: float | None = optional("most that is possible", "ratio")
    over_nation: float | None = optional("wage over the average of all jobs in the nation", "ratio")
    over_nation_low: float | None = optional("least that is possible", "ratio")
    over_nation_high: float | None = optional("most that is possible", "ratio")
    yearly_growth: float | None = optional(
        "growth of the wage a year since the first of the two years, in current dollars", "share"
    )
    yearly_growth_low: float | None = optional("least that is possible", "share")
    yearly_growth_high: float | None = optional("most that is possible", "share")
    yearly_growth_nation: float | None = optional("of the same in the nation", "share")
    jobs: int = column(of="measures.jobs")
    jobs_low: int | None = optional(of="measures.jobs_low")
    jobs_high: int | None = optional(of="measures.jobs_high")
    pool: str | None = optional("regions that it is ranked with: of a type, or of a kind")
    source_then: str | None = optional("file behind the figures at the start")
    source: str = column("file behind the figures")


class _PayFigures:
    """What was read, and what every row is held against."""

    def __init__(self, read: Read, context: Context) -> None:
        self.read = read
        self.since, self.year = context.arguments["since"], context.arguments["year"]
        profiles: Sequence[PooledProfile] = read["profiles"]
        self.profiles = {(p.key, p.year): p for p in profiles}
        self.pools = {p.key: p.pool for p in profiles}
        self.pool: str = context.arguments["pool"]
        """Of which all regions were read; custom ones are ranked with regions of another type."""

    def average(self, region: str, year: int = 0) -> float | None:
        """Average wage of all jobs of a region, USD; of the year that is asked about if none is."""
        from clusteratlas.analysis.regions.performance import private_wage

        profile = self.profiles.get((region, year or self.year))
        if profile is None or not profile.payroll:
            return None
        return known(private_wage(profile.payroll, profile.jobs).item())

    def place(self, region: str) -> dict[str, Any]:
        """Columns of where the average wage of a region stands in its pool."""
        from clusteratlas.analysis.regions.performance import place_in_pool

        averages = {key: self.average(key) for key, of in self.pools.items() if of == self.pool}
        own = averages.get(region)
        if own is None or region == NATION:
            return {}
        found = place_in_pool(own, [wage for wage in averages.values() if wage is not None])
        return {"rank": found.rank, "ranked": found.regions}

    def compared(
        self, region: str, now: Bounded, then: Bounded, nation: Bounded, nation_then: Bounded
    ) -> dict[str, Any]:
        """Columns that follow from a wage, what it was, and both of the same in the nation."""
        years = self.year - self.since
        averages = self.average(region), self.average(NATION)
        over_region, over_nation = (wage_over(now, (a, a, a)) for a in averages)
        is_nation = region == NATION
        ratio = NOTHING if is_nation else wage_over(now, nation)
        beside = over_nation if is_nation else ratio
        above = tuple(None if v is None else v - 1 for v in beside)
        return {
            **with_bounds("wage", now),
            "wage_nation": None if is_nation else nation[0],
            **with_bounds("ratio", ratio),
            "outcome": sign_words((above[0], above[1], above[2]), "more", "less"),
            **with_bounds("over_region", NOTHING if is_nation else over_region),
            **with_bounds("over_nation", over_nation),
            **with_bounds("yearly_growth", bounded_growth(then, now, years)),
            "yearly_growth_nation": None
            if is_nation
            else bounded_growth(nation_then, nation, years)[0],
        }


def _rows(read: Read, context: Context) -> list[Any]:
    figures = _PayFigures(read, context)
    found = _by_region if context.arguments["cluster"] else _by_cluster
    whole, rows = found(figures, context)
    fewest, by = context.arguments["least_jobs"], ORDERS[context.arguments["by"]]
    rows = [r for r in rows if r.jobs >= fewest]
    rows.sort(key=lambda r: (getattr(r, by) is None, -(getattr(r, by) or 0), -r.jobs, r.key))
    return [*whole, *rows[: context.arguments["limit"]]] if rows else []


def _by_cluster(figures: _PayFigures, context: Context) -> tuple[list[WageRow], list[WageRow]]:
    """Give the clusters of a region."""
    read, region = figures.read, context.arguments["region"]
    here, nation = read["here"], read["nation"]
    then = by_cluster(here, figures.since)
    us_then, us_now = by_cluster(nation, figures.since), by_cluster(nation, figures.year)
    now: Sequence[YearFigures] = list(by_cluster(here, figures.year).values())
    pool: Sequence[PooledPay] = [] if region == NATION else read["pool"]
    places = wage_places([(p.cluster, p.key, p) for p in pool])
    rows = [
        _row(
            figures,
            f,
            (then.get(f.key), us_now.get(f.key), us_then.get(f.key)),
            region,
            places.get((f.key, region), {}),
        )
        for f in now
    ]
    return [*_of_region(figures, context)], rows


def _by_region(figures: _PayFigures, context: Context) -> tuple[list[WageRow], list[WageRow]]:
    """Give the regions with a cluster."""
    read, asked = figures.read, context.arguments["region"]
    nation = {f.year: f for f in read["cluster of nation"]}
    us_now, us_then = nation.get(figures.year), nation.get(figures.since)
    regions: Sequence[YearFigures] = [] if asked == NATION else read["regions"]
    then = by_cluster(regions, figures.since)
    now = by_cluster(regions, figures.year).values()
    pools = figures.pools
    places = wage_places([("", f.key, f) for f in now if pools.get(f.key) == figures.pool])
    metropolitan = not asked and METROPOLITAN in {pools.get(f.key) for f in now}
    rows = [
        _row(figures, f, (then.get(f.key), us_now, us_then), f.key, places.get(("", f.key), {}))
        for f in now
        if (f.key == asked if asked else not metropolitan or pools.get(f.key) == METROPOLITAN)
    ]
    if us_now is None:
        return [], rows
    national = _row(figures, us_now, (us_then, us_now, us_then), NATION, {})
    if asked == NATION:
        return [], [national]
    name = f"{us_now.name} in the nation"
    return [dataclasses.replace(national, section="whole", key=NATION, name=name)], rows


def _row(
    figures: _PayFigures,
    now: YearFigures,
    beside: tuple[YearFigures | None, YearFigures | None, YearFigures | None],
    region: str,
    place: Mapping[str, Any],
) -> WageRow:
    """Make the row of a cluster in a region; beside it are what it was, and both of the nation."""
    then, us_now, us_then = beside if figures.since < figures.year else (None, beside[1], None)
    return WageRow(
        section="cluster",
        key=now.key,
        name=now.name,
        **figures.compared(
            region, paid_wage(now), paid_wage(then), paid_wage(us_now), paid_wage(us_then)
        ),
        **place,
        jobs=now.jobs,
        jobs_low=now.jobs_low,
        jobs_high=now.jobs_high,
        pool=figures.pools.get(region),
        source_then=then.source if then else None,
        source=now.source,
    )


def _of_region(figures: _PayFigures, context: Context) -> Iterator[WageRow]:
    """Give all jobs of a region, and its traded and local clusters together."""
    region, name = context.arguments["region"], context.names["region"]
    years = [figures.year, figures.since] if figures.since < figures.year else [figures.year]
    now, then = (figures.profiles.get((region, year)) for year in (years[0], years[-1]))
    if now is None:
        return
    wages = [figures.average(key, year) for key in (region, NATION) for year in years]
    yield WageRow(
        section="whole",
        key=region,
        name=f"All jobs, {name}",
        **figures.compared(region, *_four([(w, w, w) for w in wages])),
        **figures.place(region),
        jobs=now.jobs,
        pool=now.pool,
        source_then=then.source if then is not None and then is not now else None,
        source=now.source,
    )
    for kind in KINDS:
        parts = ("kinds here", "kinds of nation")
        cells = [[f for f in figures.read[part] if f.kind == kind] for part in parts]
        sums = [sum_of_pay([f for f in of if f.year == when]) for of in cells for when in years]
        here = sums[0]
        if here is None:
            continue
        sources = {f.year: f.source for f in cells[0]}
        yield WageRow(
            section="part",
            key=f"{region} {kind}",
            name=f"{kind.capitalize()} clusters, {name}",
            **figures.compared(region, *_four([paid_wage(s) for s in sums])),
            jobs=here.jobs,
            jobs_low=here.jobs_low,
            jobs_high=here.jobs_high,
            pool=now.pool,
            source_then=sources.get(figures.since) if len(years) > 1 else None,
            source=sources[figures.year],
        )


def _four(wages: Sequence[Bounded]) -> tuple[Bounded, Bounded, Bounded, Bounded]:
    """Give the wage, what it was and both of the nation, of two years or of the last alone."""
    if len(wages) < 4:
        return wages[0], NOTHING, wages[1], NOTHING
    return wages[0], wages[1], wages[2], wages[3]


def _notes(rows: Sequence[Any], context: Context) -> list[str]:
    since, year = context.arguments["since"], context.arguments["year"]
    if not rows:
        return ["there are no such figures"]
    listed = [r for r in rows if r.section == "cluster"]
    notes = [bounds_words(listed, f"figures of {year}"), *_kinds_note(rows)]
    unpaid = sum(r.wage is None for r in listed)
    if unpaid:
        notes.append(
            f"of {unpaid} of {len(listed)} nothing of the payroll or the jobs is published: their "
            "wage is not known, and they are not ranked"
        )
    unsure = sum("not certain" in (r.outcome or "") for r in listed)
    if unsure:
        notes.append(f"more or less is not certain for {unsure} of {len(listed)}")
    if since < year:
        notes.append(f"growth is a year from {since} to {year}, in current dollars")
    elif context.arguments["region"]:
        where = context.names["region"]
        notes.append(f"of {where} there are figures of {year} alone: no growth is known")
    if not context.arguments["region"] and any(r.pool == METROPOLITAN for r in listed):
        notes.append("metropolitan areas alone; micropolitan ones are ranked apart")
    return notes


def _kinds_note(rows: Sequence[WageRow]) -> list[str]:
    """Hold traded against local jobs."""
    parts = [r for r in rows if r.section == "part"]
    if len(parts) < len(KINDS) or None in {r.wage for r in parts}:
        return []
    traded, local = (r.wage or 0.0 for r in parts)
    return [
        f"traded clusters pay {traded:,.0f} USD there, local ones {local:,.0f}: "
        f"{traded / local:.2f} times as much"
    ]


wages = Question(
    id="wages",
    order=165,
    words="What do clusters pay here, or a cluster in each region, against the nation?",
    row=WageRow,
    params={
        "region": dataclasses.replace(
            PLACE, help=f"{PLACE.help}; this, a cluster, or both", required=False, default=""
        ),
        "cluster": dataclasses.replace(
            CLUSTER, help=f"{CLUSTER.help}; this, a region, or both", required=False, default=""
        ),
        "type": region_type("type of region, where only a cluster is given", in_query=False),
        "by": Param(
            "choice",
            "order: wage, ratio to the nation's, growth of the wage, or jobs",
            required=False,
            default="wage",
            choices=tuple(ORDERS),
            in_query=False,
        ),
        "least_jobs": Param(
            "number", "list those alone that have so many jobs", False, 0, in_query=False
        ),
        "since": SINCE,
        "year": YEAR,
        "kind": kind_param("traded"),
        "level": LEVEL,
        "definition": DEFINITION,
        "limit": limit(100),
    },
    one_of=("region", "cluster"),
    counted="figures of a cluster in a region",
    count_stem="history.figures.count",
    counted_section="cluster",
    parts=(
        Part("history.clusters", YearFigures, "here", unless="cluster"),
        Part("history.clusters", YearFigures, "nation", OF_NATION, unless="cluster"),
        Part("history.pool", PooledPay, "pool", unless="cluster"),
        Part("history.kinds", PayOfKind, "kinds here", unless="cluster"),
        Part("history.kinds", PayOfKind, "kinds of nation", OF_NATION, unless="cluster"),
        Part("history.regions", YearFigures, "regions", about=OF_CLUSTER),
        Part("history.cluster", YearFigures, "cluster of nation", OF_NATION, about=OF_CLUSTER),
        PROFILES,
    ),
    shape=_rows,
    notes=_notes,
    picture=Picture(
        "dots",
        "What jobs pay, {year}: {cluster} {region}",
        "wage",
        "name",
        "outcome",
        sections=("cluster",),
        low="wage_low",
        high="wage_high",
        mark="wage_nation",
    ),
    lead=("name", "wage", "wage_nation", "ratio", "outcome", "rank", "yearly_growth"),
    examples=(
        {"region": "boston"},
        {"cluster": "biopharma"},
        {"region": "united states", "kind": "all"},
    ),
)
