"""How much of a region's change is the nation's, its mix of clusters, and its own doing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clusteratlas.queries.language.question import Context, Param, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional, row_from
from clusteratlas.queries.questions.performance.shared.history import (
    CLUSTERS_HERE,
    CLUSTERS_OF_NATION,
    SINCE,
    Bounded,
    YearFigures,
    by_cluster,
    growth_of,
    kind_param,
    known,
    one_year_note,
    sign_words,
    years_of,
)
from clusteratlas.queries.questions.shared.parameters import (
    DEFINITION,
    LEVEL,
    REGION,
    YEAR,
    limit,
)
from clusteratlas.queries.questions.shared.remarks import bounds_words

if TYPE_CHECKING:
    from clusteratlas.vocabulary.arrays import FloatArray

METHODS = ("classical", "dynamic", "esteban-marquillas")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftShareRow:
    """The region, then its clusters: parts of the change in jobs, which add up to it."""

    section: str = column("total (the region's clusters together) or cluster")
    key: str = column("key of the region or cluster")
    name: str = column("its name")
    jobs_change: int | None = optional("jobs at the end less those at the start", "jobs")
    national_part: float | None = optional("at the growth of all the nation's clusters", "jobs")
    mix: float | None = optional("what the cluster's own national growth adds to that", "jobs")
    competitive: float | None = optional("what the region does better than the nation", "jobs")
    competitive_low: float | None = optional("least that is possible", "jobs")
    competitive_high: float | None = optional("most that is possible", "jobs")
    allocation: float | None = optional(
        "Esteban-Marquillas: being specialized in what does better here", "jobs"
    )
    outcome: str | None = optional("ahead of or behind the nation, and whether that is certain")
    jobs_then: int | None = optional("at the start", of="measures.jobs")
    jobs_then_low: int | None = optional("at the start", of="measures.jobs_low")
    jobs_then_high: int | None = optional("at the start", of="measures.jobs_high")
    jobs: int = column("at the end", of="measures.jobs")
    jobs_low: int = column("at the end", of="measures.jobs_low")
    jobs_high: int = column("at the end", of="measures.jobs_high")
    yearly_growth: float | None = optional("growth of jobs a year", "share")
    yearly_growth_nation: float | None = optional("the same in the nation", "share")
    kind: str | None = optional("traded or local", of="clusters.kind")
    source_then: str | None = optional("file behind the figures at the start")
    source: str = column("file behind the figures at the end")


_SUMMED = (
    "jobs_change",
    "national_part",
    "mix",
    "competitive",
    "competitive_low",
    "competitive_high",
    "allocation",
    "jobs_then",
    "jobs_then_low",
    "jobs_then_high",
    "jobs",
    "jobs_low",
    "jobs_high",
)
"""Columns that are added up for the region."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """Parts by cluster, in the order of the clusters."""

    national: FloatArray
    mix: FloatArray
    competitive: FloatArray
    allocation: FloatArray | None
    low: FloatArray
    high: FloatArray
    """Bounds of what the region does better, its allocation included."""

    def ahead(self, which: Sequence[int]) -> Bounded:
        """Give what the region does better in some clusters together, with its bounds."""
        own = self.competitive if self.allocation is None else self.competitive + self.allocation
        value, low, high = (float(a[which].sum()) for a in (own, self.low, self.high))
        return value, low, high


def _rows(read: Read, context: Context) -> list[Any]:
    here, nation = read["here"], read["nation"]
    years = [y for y in years_of(here) if y in years_of(nation)]
    most = context.arguments["limit"]
    if len(years) < 2:
        rows = list(_without_parts(here, nation))
        return sorted(rows, key=lambda r: (-r.jobs, r.key))[:most]
    method = context.arguments["method"]
    if method != "dynamic":
        years = [years[0], years[-1]]
    keys = sorted({f.key for f in nation})
    parts = _parted(here, nation, years, keys, method)
    found = _with_parts(here, nation, (years[0], years[-1]), keys, parts)
    whole = _total(list(found.values()), parts.ahead(list(found)), context, nation, years)
    own = {i: float(sum(v or 0.0 for v in (r.competitive, r.allocation))) for i, r in found.items()}
    kept = sorted(found, key=lambda i: (-abs(found[i].jobs_change or 0), i))[:most]
    kept.sort(key=lambda i: (-own[i], i))
    return [whole, *(found[i] for i in kept)]


def _parted(
    here: Sequence[YearFigures],
    nation: Sequence[YearFigures],
    years: Sequence[int],
    keys: Sequence[str],
    method: str,
) -> _Parts:
    """Decompose the change of all clusters; one without a row in a year has no jobs there."""
    import numpy as np

    from clusteratlas.analysis.regions.change import shift_share as formulas

    def table(figures: Sequence[YearFigures], name: str) -> FloatArray:
        of = {(f.year, f.key): getattr(f, name) for f in figures}
        return np.asarray([[of.get((y, k), 0) for k in keys] for y in years], dtype=np.float64)

    jobs, us = table(here, "jobs"), table(nation, "jobs")
    low, high = formulas.competitive_bounds(table(here, "jobs_low"), table(here, "jobs_high"), us)
    if method == "esteban-marquillas":
        own = formulas.esteban_marquillas(jobs[0], jobs[1], us[0], us[1])
        return _Parts(own.national, own.mix, own.competitive, own.allocation, low, high)
    found = formulas.dynamic_shift_share(jobs, us)  # of two years: the classical one
    return _Parts(found.national, found.mix, found.competitive, None, low, high)


def _with_parts(
    here: Sequence[YearFigures],
    nation: Sequence[YearFigures],
    years: tuple[int, int],
    keys: Sequence[str],
    parts: _Parts,
) -> dict[int, ShiftShareRow]:
    """Give a row for each cluster of the region, by its place among the keys."""
    start, end = (by_cluster(here, year) for year in years)
    us_start, us_end = (by_cluster(nation, year) for year in years)
    span = years[1] - years[0]
    rows = {}
    for i, key in enumerate(keys):
        then, now = start.get(key), end.get(key)
        told = now or then
        if told is None:
            continue
        ahead = parts.ahead([i])
        split = parts.allocation is not None
        rows[i] = ShiftShareRow(
            section="cluster",
            key=key,
            name=told.name,
            kind=told.kind,
            jobs_change=_jobs(now, "jobs") - _jobs(then, "jobs"),
            national_part=float(parts.national[i]),
            mix=float(parts.mix[i]),
            competitive=float(parts.competitive[i]),
            competitive_low=None if split else ahead[1],
            competitive_high=None if split else ahead[2],
            allocation=None if parts.allocation is None else float(parts.allocation[i]),
            outcome=sign_words(ahead, "ahead", "behind"),
            jobs_then=_jobs(then, "jobs"),
            jobs_then_low=_jobs(then, "jobs_low"),
            jobs_then_high=_jobs(then, "jobs_high"),
            jobs=_jobs(now, "jobs"),
            jobs_low=_jobs(now, "jobs_low"),
            jobs_high=_jobs(now, "jobs_high"),
            yearly_growth=growth_of(then, now, span)[0],
            yearly_growth_nation=growth_of(us_start.get(key), us_end.get(key), span)[0],
            source_then=told.source if then is None else then.source,
            source=told.source,
        )
    return rows


def _jobs(figures: YearFigures | None, name: str) -> int:
    return 0 if figures is None else int(getattr(figures, name))


def _total(
    rows: Sequence[ShiftShareRow],
    ahead: Bounded,
    context: Context,
    nation: Sequence[YearFigures],
    years: Sequence[int],
) -> ShiftShareRow:
    """Add up the clusters of the region."""
    from clusteratlas.analysis.regions.performance import yearly_growth

    sums: dict[str, Any] = {
        name: None if any(v is None for v in values) else sum(values)
        for name in _SUMMED
        for values in [[getattr(r, name) for r in rows]]
    }
    us = [sum(f.jobs for f in nation if f.year == year) for year in (years[0], years[-1])]
    span = years[-1] - years[0]
    return ShiftShareRow(
        section="total",
        key=context.arguments["region"],
        name=context.names["region"],
        outcome=sign_words(ahead, "ahead", "behind"),
        yearly_growth=known(yearly_growth(sums["jobs_then"], sums["jobs"], span).item()),
        yearly_growth_nation=known(yearly_growth(us[0], us[1], span).item()),
        source_then=rows[0].source_then,
        source=rows[0].source,
        **sums,
    )


def _without_parts(
    here: Sequence[YearFigures], nation: Sequence[YearFigures]
) -> Iterator[ShiftShareRow]:
    """Give the clusters of a region that there are figures of one year for: growth at most."""
    latest = {f.key: f for f in nation}
    for f in here:
        us = latest.get(f.key)
        yield row_from(
            ShiftShareRow,
            f,
            section="cluster",
            yearly_growth=f.growth,
            yearly_growth_nation=us.growth if us else None,
        )


def _notes(rows: Sequence[Any], context: Context) -> list[str]:
    if not rows:
        return [f"there are no figures of {context.names['region']}"]
    clusters = [r for r in rows if r.section == "cluster"]
    if len(clusters) == len(rows):
        return one_year_note([context.arguments["year"]], context)
    since, year, whole = context.arguments["since"], context.arguments["year"], rows[0]
    notes = [
        bounds_words(clusters, f"change from {since} to {year}"),
        f"of {whole.jobs_change:+,} jobs {whole.national_part:+,.0f} are at the growth of the "
        f"nation's {_OF_KIND[context.arguments['kind']]} "
        f"({whole.yearly_growth_nation:+.1%} a year), "
        f"{whole.mix:+,.0f} by the mix of clusters, "
        f"{whole.competitive + (whole.allocation or 0.0):+,.0f} are the region's own",
    ]
    unsure = sum("not certain" in r.outcome for r in clusters)
    if unsure:
        notes.append(
            f"whether the region is ahead is not certain in {unsure} of {len(clusters)} clusters: "
            "withheld cells allow both"
        )
    gone = [r.name for r in clusters if not r.jobs_then_high]
    if gone:
        notes.append(f"no establishment or job is likely in {since}: {', '.join(gone)}")
    return notes


def _renewed(read: Read, rows: Sequence[Any], context: Context) -> list[str]:
    """Say in which years the base of the dynamic method is renewed."""
    if context.arguments["method"] != "dynamic" or not any(r.mix is not None for r in rows):
        return []
    between = [str(y) for y in years_of(read["here"])[1:-1]]
    if not between:
        return ["there are no figures of a year between: the parts are those of the classical one"]
    return [f"the base is renewed in {', '.join(between)}"]


_OF_KIND = {
    "all": "traded and local clusters",
    "traded": "traded clusters",
    "local": "local clusters",
}

shift_share = Question(
    id="shift-share",
    order=162,
    words="How much of a region's change is the nation's, its mix of clusters, and its own?",
    row=ShiftShareRow,
    params={
        "region": REGION,
        "since": SINCE,
        "year": YEAR,
        "method": Param(
            "choice",
            "classical; dynamic (the base renewed each year); esteban-marquillas (what the region "
            "does better apart from being specialized in it)",
            required=False,
            default=METHODS[0],
            choices=METHODS,
            in_query=False,
        ),
        "kind": kind_param("all"),
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
    coverage=_renewed,
    picture=Picture(
        "stacks",
        "Change in jobs from {since} to {year} and its parts: {region}",
        "jobs_change",
        "name",
        "outcome",
        sections=("cluster",),
        stack=("national_part", "mix", "competitive", "allocation"),
    ),
    lead=("name", "jobs_change", "national_part", "mix", "competitive", "allocation", "outcome"),
    examples=(
        {"region": "boston"},
        {"region": "michigan", "method": "dynamic", "kind": "traded"},
        {"region": "pittsburgh", "method": "esteban-marquillas"},
    ),
)
