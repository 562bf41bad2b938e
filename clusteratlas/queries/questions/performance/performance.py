"""How each cluster of a region did, against what the nation's growth would have brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional
from clusteratlas.queries.questions.performance.shared.history import (
    CLUSTERS_HERE,
    CLUSTERS_OF_NATION,
    NOTHING,
    SINCE,
    Bounded,
    YearFigures,
    by_cluster,
    growth_of,
    kind_param,
    known,
    one_year_note,
    sign_words,
    wage_of,
    with_bounds,
)
from clusteratlas.queries.questions.shared.parameters import (
    DEFINITION,
    LEVEL,
    REGION,
    YEAR,
    limit,
)
from clusteratlas.queries.questions.shared.remarks import bounds_words


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformanceRow:
    """The region, then its clusters: then, now, and what the nation's growth would have brought."""

    section: str = column("total (the region's clusters together) or cluster")
    key: str = column("key of the region or cluster")
    name: str = column("its name")
    jobs: int = column("at the end", of="measures.jobs")
    jobs_low: int = column("at the end", of="measures.jobs_low")
    jobs_high: int = column("at the end", of="measures.jobs_high")
    jobs_then: int | None = optional("at the start", of="measures.jobs")
    jobs_then_low: int | None = optional("at the start", of="measures.jobs_low")
    jobs_then_high: int | None = optional("at the start", of="measures.jobs_high")
    jobs_change: int | None = optional("jobs at the end less those at the start", "jobs")
    yearly_growth: float | None = optional("growth of jobs a year (compound)", "share")
    yearly_growth_low: float | None = optional("least that is possible", "share")
    yearly_growth_high: float | None = optional("most that is possible", "share")
    yearly_growth_nation: float | None = optional("of the same in the nation", "share")
    expected_change: float | None = optional(
        "change at the growth of the same cluster in the nation", "jobs"
    )
    beyond_expected: float | None = optional("change beyond that", "jobs")
    beyond_expected_low: float | None = optional("least that is possible", "jobs")
    beyond_expected_high: float | None = optional("most that is possible", "jobs")
    outcome: str | None = optional("ahead of or behind the nation, and whether that is certain")
    lq: float | None = optional("at the end", of="measures.lq")
    lq_low: float | None = optional("at the end", of="measured.lq_low")
    lq_high: float | None = optional("at the end", of="measured.lq_high")
    lq_change: float | None = optional("less that at the start", "ratio")
    lq_change_low: float | None = optional("least that is possible", "ratio")
    lq_change_high: float | None = optional("most that is possible", "ratio")
    strong: bool | None = optional("at the end", of="measures.strong")
    certainty: str | None = optional(of="measures.certainty")
    wage: float | None = optional("average wage at the end, payroll / jobs", "USD")
    wage_low: float | None = optional("least that is possible", "USD")
    wage_high: float | None = optional("most that is possible", "USD")
    wage_growth: float | None = optional("growth of the wage a year", "share")
    establishments: int | None = optional("at the end", of="measures.establishments")
    establishments_low: int | None = optional(of="measures.establishments_low")
    establishments_high: int | None = optional(of="measures.establishments_high")
    establishments_change: int | None = optional("less those at the start", "establishments")
    kind: str | None = optional("traded or local", of="clusters.kind")
    source_then: str | None = optional("file behind the figures at the start")
    source: str = column("file behind the figures at the end")


@dataclass(frozen=True, slots=True)
class _Course:
    """A cluster in the region and in the nation, at both ends."""

    then: YearFigures | None
    now: YearFigures
    us_then: YearFigures | None
    us_now: YearFigures | None
    years: int

    @property
    def beyond(self) -> Bounded:
        """Change beyond what the nation's growth would have brought; jobs."""
        from clusteratlas.analysis.regions.change.growth import expected_jobs

        if self.then is None or self.us_then is None or self.us_now is None:
            return NOTHING
        ends = [self.then.jobs, self.then.jobs_high, self.then.jobs_low]
        expected = expected_jobs(ends, self.us_then.jobs, self.us_now.jobs).tolist()
        found = [self.now.jobs, self.now.jobs_low, self.now.jobs_high]
        value, low, high = (known(a - b) for a, b in zip(found, expected, strict=True))
        return value, low, high

    def row(self) -> PerformanceRow:
        """Give the row of the answer."""
        from clusteratlas.analysis.regions.performance import yearly_growth

        then, now, us = self.then, self.now, self.us_now
        wage, old_wage = wage_of(now), wage_of(then)[0]
        raised = None
        if wage[0] is not None and old_wage is not None:
            raised = known(yearly_growth(old_wage, wage[0], self.years).item())
        growth = growth_of(then, now, self.years) if then else (now.growth, None, None)
        us_growth = growth_of(self.us_then, us, self.years)[0]
        change = None if then is None else now.jobs - then.jobs
        beyond = self.beyond
        return PerformanceRow(
            section="cluster",
            key=now.key,
            name=now.name,
            jobs=now.jobs,
            jobs_low=now.jobs_low,
            jobs_high=now.jobs_high,
            jobs_then=then.jobs if then else None,
            jobs_then_low=then.jobs_low if then else None,
            jobs_then_high=then.jobs_high if then else None,
            jobs_change=change,
            **with_bounds("yearly_growth", growth),
            yearly_growth_nation=us.growth if us_growth is None and us else us_growth,
            expected_change=None if change is None or beyond[0] is None else change - beyond[0],
            **with_bounds("beyond_expected", beyond),
            outcome=sign_words(beyond, "ahead", "behind"),
            lq=now.lq,
            lq_low=now.lq_low,
            lq_high=now.lq_high,
            lq_change=now.lq - then.lq if then else None,
            lq_change_low=now.lq_low - then.lq_high if then else None,
            lq_change_high=now.lq_high - then.lq_low if then else None,
            strong=now.strong,
            certainty=now.certainty,
            **with_bounds("wage", wage),
            wage_growth=raised,
            establishments=now.establishments,
            establishments_low=now.establishments_low,
            establishments_high=now.establishments_high,
            establishments_change=now.establishments - then.establishments if then else None,
            kind=now.kind,
            source_then=then.source if then else None,
            source=now.source,
        )


def _rows(read: Read, context: Context) -> list[Any]:
    since, year = context.arguments["since"], context.arguments["year"]
    here, nation = read["here"], read["nation"]
    before: Mapping[str, YearFigures] = by_cluster(here, since) if since < year else {}
    us_before: Mapping[str, YearFigures] = by_cluster(nation, since) if since < year else {}
    us_now = by_cluster(nation, year)
    courses = [
        _Course(before.get(key), now, us_before.get(key), us_now.get(key), year - since)
        for key, now in by_cluster(here, year).items()
    ]
    rows = sorted((c.row() for c in courses), key=lambda r: (-r.jobs, r.key))
    if not rows:
        return []
    return [_total(rows, context), *rows[: context.arguments["limit"]]]


_SUMMED = (
    *(f"jobs{when}{end}" for when in ("", "_then") for end in ("", "_low", "_high")),
    "jobs_change",
    "expected_change",
    *(f"beyond_expected{end}" for end in ("", "_low", "_high")),
    *(f"establishments{end}" for end in ("", "_low", "_high")),
    "establishments_change",
)
"""Columns that are added up for the region, over the clusters that have them."""


def _total(rows: Sequence[PerformanceRow], context: Context) -> PerformanceRow:
    """Add up the clusters that there are figures of both years for; without any, of the last."""
    from clusteratlas.analysis.regions.performance import yearly_growth

    both = [r for r in rows if r.beyond_expected is not None]
    listed = both or rows
    sums: dict[str, Any] = {
        name: None if any(v is None for v in values) else sum(values)
        for name in _SUMMED
        for values in [[getattr(r, name) for r in listed]]
    }
    growth = us_growth = None
    if both:
        years = context.arguments["year"] - context.arguments["since"]
        start = sums["jobs_then"]
        growth = known(yearly_growth(start, sums["jobs"], years).item())
        expected = start + sums["expected_change"]
        us_growth = known(yearly_growth(start, expected, years).item())
    beyond = tuple(sums[f"beyond_expected{end}"] for end in ("", "_low", "_high"))
    return PerformanceRow(
        section="total",
        key=context.arguments["region"],
        name=context.names["region"],
        yearly_growth=growth,
        yearly_growth_nation=us_growth,
        outcome=sign_words((beyond[0], beyond[1], beyond[2]), "ahead", "behind"),
        source_then=listed[0].source_then,
        source=listed[0].source,
        **sums,
    )


def _notes(rows: Sequence[Any], context: Context) -> list[str]:
    if not rows:
        return [f"there are no figures of {context.names['region']}"]
    since, year = context.arguments["since"], context.arguments["year"]
    clusters = [r for r in rows if r.section == "cluster"]
    if rows[0].beyond_expected is None:
        return [bounds_words(clusters, f"figures of {year}"), *one_year_note([year], context)]
    notes = [
        bounds_words(clusters, f"change from {since} to {year}"),
        f"the region's {rows[0].jobs_change:+,} jobs are {rows[0].beyond_expected:+,.0f} beyond "
        "what the growth of the same clusters in the nation would have brought",
    ]
    new = [r.name for r in clusters if r.jobs_then is None]
    if new:
        notes.append(f"no figure of {since}, and not in the total: {', '.join(new)}")
    unsure = sum("not certain" in (r.outcome or "") for r in clusters)
    if unsure:
        notes.append(f"ahead or behind is not certain for {unsure} of {len(clusters)} clusters")
    return notes


performance = Question(
    id="performance",
    order=161,
    words="How did each cluster of a region do, and was it ahead of the nation?",
    row=PerformanceRow,
    params={
        "region": REGION,
        "since": SINCE,
        "year": YEAR,
        "kind": kind_param("traded"),
        "level": LEVEL,
        "definition": DEFINITION,
        "limit": limit(100),
    },
    counted="clusters",
    count_stem="history.count",
    counted_section="cluster",
    parts=(CLUSTERS_HERE, CLUSTERS_OF_NATION),
    shape=_rows,
    notes=_notes,
    picture=Picture(
        "stacks",
        "Jobs from {since} to {year} against the nation's growth: {region}",
        "jobs_change",
        "name",
        "outcome",
        sections=("cluster",),
        stack=("expected_change", "beyond_expected"),
    ),
    lead=("name", "jobs", "jobs_change", "beyond_expected", "outcome", "lq", "lq_change", "wage"),
    examples=({"region": "boston"}, {"region": "michigan"}, {"region": "county:25017"}),
)
