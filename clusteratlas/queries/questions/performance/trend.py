"""How a cluster, or a region, goes through the years."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from clusteratlas.queries.language.question import Context, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional, row_from
from clusteratlas.queries.questions.performance.shared.history import (
    NOTHING,
    OF_NATION,
    REGION_OR_NATION,
    YearFigures,
    YearTotals,
    growth_of,
    known,
    one_year_note,
    wage_of,
    with_bounds,
    years_note,
)
from clusteratlas.queries.questions.shared.parameters import CLUSTER, DEFINITION
from clusteratlas.queries.questions.shared.remarks import strong_note
from clusteratlas.vocabulary.keys import regional_cluster_key


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendRow:
    """A year of a cluster in a region or the nation; or of all, traded and local jobs."""

    section: str = column(
        "whole (the cluster, or all jobs of the region) or part (its traded or local jobs)"
    )
    key: str = column("key of the regional cluster or region, and the year")
    name: str = column("what the figures are of")
    year: int = column(of="measures.year")
    jobs: int = column(of="measures.jobs")
    jobs_low: int | None = optional(of="measures.jobs_low")
    jobs_high: int | None = optional(of="measures.jobs_high")
    yearly_growth: float | None = optional(
        "growth of jobs since the year before in the list, a year; where there is but one year, "
        "since the first year of the edition",
        "share",
    )
    yearly_growth_low: float | None = optional("least that is possible", "share")
    yearly_growth_high: float | None = optional("most that is possible", "share")
    at_national_rate: float | None = optional(
        "jobs had the cluster, or the region, grown as in the nation since the first year", "jobs"
    )
    establishments: int | None = optional(of="measures.establishments")
    establishments_low: int | None = optional(of="measures.establishments_low")
    establishments_high: int | None = optional(of="measures.establishments_high")
    payroll: int | None = optional(of="measures.payroll")
    payroll_low: int | None = optional(of="measures.payroll_low")
    payroll_high: int | None = optional(of="measures.payroll_high")
    wage: float | None = optional("average wage, payroll / jobs", "USD")
    wage_low: float | None = optional("least that is possible", "USD")
    wage_high: float | None = optional("most that is possible", "USD")
    lq: float | None = optional(of="measures.lq")
    lq_low: float | None = optional(of="measured.lq_low")
    lq_high: float | None = optional(of="measured.lq_high")
    share_nation: float | None = optional(of="measured.share_nation")
    rank: int | None = optional(of="measured.rank")
    strong: bool | None = optional(of="measures.strong")
    certainty: str | None = optional(of="measures.certainty")
    source: str = column("file behind the figures")


def _trend(read: Read, context: Context) -> list[Any]:
    region = context.arguments["region"]
    if context.arguments["cluster"]:
        return list(_of_cluster(read, context))
    nation: Sequence[YearTotals] = read["totals of nation"]
    rows: list[Any] = []
    for name, figure in (("all jobs", "jobs"), ("traded", "traded_jobs"), ("local", "local_jobs")):
        rates = {t.year: getattr(t, figure) for t in nation}
        rows += _of_totals(read["totals here"], name, figure, rates, region)
    return rows


def _of_cluster(read: Read, context: Context) -> Iterator[TrendRow]:
    """Give a row for each year of a cluster in the region, or else in the nation."""
    region = context.arguments["region"]
    nation: Sequence[YearFigures] = read["cluster of nation"]
    figures: Sequence[YearFigures] = read["cluster here"] if region else nation
    rates = {f.year: f.jobs for f in nation}
    expected = _at_national_rate([(f.year, f.jobs) for f in figures], rates)
    before: dict[int, YearFigures] = {b.year: a for a, b in pairwise(figures)}
    where = context.names.get("region", "the nation")
    for f in figures:
        last = before.get(f.year)
        growth = growth_of(last, f, f.year - last.year) if last else NOTHING
        if len(figures) == 1:
            growth = (f.growth, None, None)
        yield row_from(
            TrendRow,
            f,
            section="whole",
            key=f"{regional_cluster_key(f.key, region or context.arguments['nation'])} {f.year}",
            name=f"{f.name} in {where}",
            at_national_rate=expected[f.year] if region else None,
            **with_bounds("yearly_growth", growth),
            **with_bounds("wage", wage_of(f)),
        )


def _of_totals(
    totals: Sequence[YearTotals],
    name: str,
    figure: str,
    rates: Mapping[int, int],
    region: str,
) -> Iterator[TrendRow]:
    """Give a row for each year of one kind of jobs of the region."""
    from clusteratlas.analysis.regions.performance import private_wage, yearly_growth

    jobs = {t.year: int(getattr(t, figure)) for t in totals}
    before = {b: a for a, b in pairwise(jobs)}
    expected = _at_national_rate(list(jobs.items()), rates)
    whole = figure == "jobs"
    for t in totals:
        last = before.get(t.year)
        growth = None
        if last is not None:
            growth = known(yearly_growth(jobs[last], jobs[t.year], t.year - last).item())
        paid = whole and t.payroll is not None
        yield TrendRow(
            section="whole" if whole else "part",
            key=f"{region} {t.year}" if whole else f"{region} {name} {t.year}",
            name=name,
            year=t.year,
            jobs=jobs[t.year],
            yearly_growth=growth,
            at_national_rate=expected[t.year],
            establishments=t.establishments if whole else None,
            payroll=t.payroll if whole else None,
            wage=known(private_wage(t.payroll or 0, t.jobs).item()) if paid else None,
            share_nation=jobs[t.year] / rates[t.year] if rates.get(t.year) else None,
            source=t.source,
        )


def _at_national_rate(
    jobs: Sequence[tuple[int, int]], nation: Mapping[int, int]
) -> dict[int, float | None]:
    """Give by year what the jobs of the first year were, had they grown as in the nation."""
    from clusteratlas.analysis.regions.change.growth import expected_jobs

    if not jobs:
        return {}
    first, start = jobs[0]
    return {
        year: known(expected_jobs(start, nation[first], nation[year]).item())
        if first in nation and year in nation and len(jobs) > 1
        else None
        for year, _ in jobs
    }


def _notes(rows: Sequence[Any], context: Context) -> list[str]:
    cluster = context.names.get("cluster", "")
    if not rows:
        where = context.names.get("region", "the nation")
        return [f"there are no figures of {cluster} in {where}".replace("  ", " ")]
    whole = [r for r in rows if r.section == "whole"]
    years = [r.year for r in whole]
    notes = [years_note(whole, years), *one_year_note(years, context)]
    gaps = [f"{b - a} years from {a} to {b}" for a, b in pairwise(years) if b - a > 1]
    if gaps:
        notes.append(f"growth is a year, over {', '.join(gaps)}")
    if not cluster:
        notes.append(
            "all jobs are more than traded and local ones: some are in no cluster, booked at the "
            "employer of record or of no known industry"
        )
    return notes + strong_note([r.certainty for r in whole if r.strong])


trend = Question(
    id="trend",
    order=160,
    words="How do a cluster's, or a region's, jobs, wages and rank go through the years?",
    row=TrendRow,
    params={
        "cluster": dataclasses.replace(
            CLUSTER,
            help=f"{CLUSTER.help}; without it all, traded and local jobs of the region",
            required=False,
            default="",
        ),
        "region": dataclasses.replace(
            REGION_OR_NATION,
            help=f"{REGION_OR_NATION.help}; without it the cluster in the nation",
            required=False,
            default="",
        ),
        "definition": DEFINITION,
    },
    one_of=("cluster", "region"),
    counted="years",
    counted_section="whole",
    parts=(
        Part("history.cluster", YearFigures, "cluster here", about=(("cluster", "Cluster"),)),
        Part(
            "history.cluster",
            YearFigures,
            "cluster of nation",
            OF_NATION,
            about=(("cluster", "Cluster"),),
        ),
        Part("history.profile", YearTotals, "totals here", about=(("region", "Region"),)),
        Part("history.profile", YearTotals, "totals of nation", OF_NATION),
    ),
    shape=_trend,
    notes=_notes,
    picture=Picture(
        "lines",
        "Jobs by year: {cluster} {region}",
        "year",
        "jobs",
        low="jobs_low",
        high="jobs_high",
        mark="at_national_rate",
    ),
    lead=("name", "year", "jobs", "yearly_growth", "lq", "wage", "rank"),
    examples=(
        {"cluster": "biopharma", "region": "boston"},
        {"cluster": "automotive"},
        {"region": "massachusetts"},
    ),
)
