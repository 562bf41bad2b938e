"""How a region performs, beside the regions of its pool and the nation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

from clusteratlas.queries.language.question import Context, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column, optional
from clusteratlas.queries.numbers import quantity
from clusteratlas.queries.questions.performance.shared.history import PROFILES, PooledProfile
from clusteratlas.queries.questions.shared.parameters import DEFINITION, REGION
from clusteratlas.vocabulary.indicators import INDICATORS
from clusteratlas.vocabulary.keys import NATION
from clusteratlas.vocabulary.units import Unit

POOL_WORDS = {
    "metropolitan": "metropolitan areas",
    "micropolitan": "micropolitan areas",
    "state": "states",
    "ea": "economic areas",
    "county": "counties",
}
"""What the regions of each pool are called."""


@dataclass(frozen=True, slots=True)
class ObservedFigure:
    """Read row of ``region-scorecard.figures``."""

    key: str
    year: int
    value: float
    unit: str
    rank: int
    regions: int
    median: float
    source: str


@dataclass(frozen=True, slots=True)
class NationalFigure:
    """Read row of ``region-scorecard.nation``."""

    key: str
    year: int
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorecardRow:
    """One indicator of the region, in the latest year that is known."""

    section: str = column("clusters: by the definitions; around: what is beside them")
    key: str = column("id of the indicator")
    name: str = column("what it is")
    subject: str = column("heading that it belongs to")
    year: int = column(of="indicators.year")
    value: float = column(of="indicators.value")
    unit: str = column(of="indicators.unit")
    rank: int = column(of="observations.rank")
    regions: int = column(of="observations.regions")
    median: float = column(of="observations.median")
    national: float | None = optional("figure of the nation in that year", "as unit says")
    ratio: float | None = optional(
        "figure over the nation's; null where the nation has none, and for sizes", "ratio"
    )
    says: str = column("the same in a sentence")
    source: str = column("file behind the figure")


@dataclass(frozen=True, slots=True)
class _Measure:
    """One figure of the profiles of a region."""

    key: str
    name: str
    subject: str
    unit: Unit
    of: Callable[[Sequence[PooledProfile]], float | None]
    """Figure of a region by its profiles, oldest first; None where it is not known."""
    beside: bool = True
    """Whether the nation has a figure that it can be held against: not of sizes, nor of what is
    strong against other regions."""
    divided: bool = True
    """Whether it is divided by that: not what may be negative."""


def _wage(profiles: Sequence[PooledProfile]) -> float | None:
    from clusteratlas.analysis.regions.performance import private_wage

    last = profiles[-1]
    return None if last.payroll is None else _known(private_wage(last.payroll, last.jobs))


def _growth(profiles: Sequence[PooledProfile]) -> float | None:
    from clusteratlas.analysis.regions.performance import yearly_growth

    first, last = profiles[0], profiles[-1]
    return _known(yearly_growth(first.jobs, last.jobs, last.year - first.year))


def _known(value: Any) -> float | None:
    number = float(value)
    return None if isnan(number) else number


_MEASURES = (
    _Measure("wage", "Average wage", "wages", "USD", _wage),
    _Measure("jobs", "Private jobs", "jobs", "jobs", lambda p: float(p[-1].jobs), beside=False),
    _Measure("job_growth", "Growth of jobs a year", "jobs", "share", _growth, divided=False),
    _Measure(
        "strength", "Cluster strength", "clusters", "share", lambda p: p[-1].strength, beside=False
    ),
    _Measure(
        "strong_clusters",
        "Strong clusters",
        "clusters",
        "clusters",
        lambda p: float(p[-1].strong_clusters),
        beside=False,
    ),
)


def _scorecard(read: Read, context: Context) -> list[Any]:
    return [*_of_clusters(read, context), *_of_surroundings(read, context)]


def _of_clusters(read: Read, context: Context) -> Iterator[ScorecardRow]:
    """Figures that follow from the profiles of regions."""
    from clusteratlas.analysis.regions.performance import place_in_pool

    of: dict[str, list[PooledProfile]] = {}
    for profile in read["profiles"]:
        of.setdefault(profile.key, []).append(profile)
    region = context.arguments["region"]
    own = of.get(region)
    if not own:
        return
    pool = own[-1].pool
    for measure in _MEASURES:
        value = measure.of(own)
        if value is None:
            continue
        figures = [
            figure
            for profiles in of.values()
            if profiles[-1].pool == pool and (figure := measure.of(profiles)) is not None
        ]
        rank, regions, middle = place_in_pool(value, figures)
        national = measure.of(of[NATION]) if measure.beside and NATION in of else None
        yield _row(
            context,
            pool,
            section="clusters",
            key=measure.key,
            name=measure.name,
            subject=measure.subject,
            year=own[-1].year,
            value=value,
            unit=measure.unit,
            rank=rank,
            regions=regions,
            median=middle,
            national=national,
            ratio=_over(value, national) if measure.divided else None,
            source=own[-1].source,
        )


def _of_surroundings(read: Read, context: Context) -> Iterator[ScorecardRow]:
    """Figures beside the clusters, the latest of each."""
    latest: dict[str, ObservedFigure] = {f.key: f for f in read["region-scorecard.figures"]}
    nation: Mapping[tuple[str, int], float] = {
        (f.key, f.year): f.value for f in read["region-scorecard.nation"]
    }
    profiles: Sequence[PooledProfile] = read["profiles"]
    pools = {p.key: p.pool for p in profiles}
    pool = pools.get(context.arguments["region"]) or str(context.arguments["region_type"])
    for key, one in INDICATORS.items():
        if key not in latest:
            continue
        figure = latest[key]
        national = nation.get((key, figure.year)) if one.high_is_good is not None else None
        yield _row(
            context,
            pool,
            section="around",
            key=key,
            name=one.words,
            subject=one.subject,
            year=figure.year,
            value=figure.value,
            unit=figure.unit,
            rank=figure.rank,
            regions=figure.regions,
            median=figure.median,
            national=national,
            ratio=_over(figure.value, national),
            source=figure.source,
        )


def _over(value: float, national: float | None) -> float | None:
    return value / national if national else None


def _row(context: Context, pool: str, **cells: Any) -> ScorecardRow:
    """Make a row, with its sentence."""
    value, unit = cells["value"], cells["unit"]
    place = f"{_ordinal(cells['rank'])} highest of {cells['regions']:,} {POOL_WORDS[pool]}"
    beside = cells["national"]
    nation = "" if beside is None else f"; the nation has {_with_unit(beside, unit)}"
    says = (
        f"{cells['name']} in {context.names['region']}, {cells['year']}: "
        f"{_with_unit(value, unit)}, {place}{nation}"
    )
    return ScorecardRow(**cells, says=says)


def _with_unit(value: float, unit: str) -> str:
    if unit == "share":
        return f"{100 * value:.1f}%"
    if unit == "percent":
        return f"{value:.1f}%"
    number = f"{value:,.1f}" if abs(value) < 100 else quantity(value, unit)
    return f"{number.removesuffix('.0')} {unit}"


def _ordinal(rank: int) -> str:
    """Write 1st, 2nd, 3rd, 11th."""
    if rank == 1:
        return "the"
    ending = {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank:,}{'th' if rank % 100 in {11, 12, 13} else ending}"


def _notes(rows: Sequence[Any], context: Context) -> list[str]:
    if not rows:
        return [f"the edition has no figures of {context.names['region']}"]
    years = sorted({r.year for r in rows})
    notes = [
        f"each figure is of the latest year that is known: {years[0]} to {years[-1]}; ranks are "
        "among the regions of its pool that have a figure of that year, 1 for the highest, whether "
        "high is good or not"
    ]
    lacking = [r.name for r in rows if r.key == "entry_rate"]
    if lacking:
        notes.append(
            "firms that come and go are known of 47 states: the nation has no such figure here"
        )
    around = {r.key for r in rows if r.section == "around"}
    if around and "business_rd" not in around:
        notes.append(
            "business research and the entry and exit of firms are published of states alone, and "
            "are not divided among their regions"
        )
    return notes


region_scorecard = Question(
    id="region-scorecard",
    order=35,
    words="How does this region perform, beside regions like it and the nation?",
    row=ScorecardRow,
    params={"region": REGION, "definition": DEFINITION},
    counted="indicators of the region",
    counted_section="around",
    parts=(
        Part("region-scorecard.figures", ObservedFigure),
        Part("region-scorecard.nation", NationalFigure),
        PROFILES,
    ),
    shape=_scorecard,
    notes=_notes,
    lead=("name", "value", "unit", "year", "rank", "regions"),
    picture=Picture("bars", "{region}: each figure over the nation's", "ratio", "name", "subject"),
    examples=({"region": "boston"}, {"region": "ohio"}, {"region": "county:25017"}),
)
