"""Figures of several years that the questions of this room read, and what they say of them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clusteratlas.queries.language.question import Context, Param, Part
from clusteratlas.queries.questions.shared import remarks
from clusteratlas.queries.questions.shared.parameters import MEASURED_TYPES
from clusteratlas.queries.questions.shared.wages import HasPayroll, is_paid, wage_array

REGION_OR_NATION = Param(
    "region",
    "state, metropolitan or micropolitan area, economic area, county, or the nation (us)",
    labels=("Region",),
    types=(*MEASURED_TYPES, "nation"),
)
SINCE = Param("number", "first year of the change; default: the earliest", False, 0)


def kind_param(default: str) -> Param:
    """Declare which clusters are listed."""
    return Param(
        "choice",
        "traded, local or all clusters",
        False,
        default,
        choices=("traded", "local", "all"),
    )


OF_NATION = (("region", "nation"),)
"""How a text about a region is asked of the nation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFigures:
    """Read row of ``history.cluster`` and ``history.clusters``: a cluster of a region in a year."""

    key: str
    name: str
    kind: str
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
    share_nation: float
    rank: int
    strong: bool
    certainty: str
    growth: float | None
    source: str


@dataclass(frozen=True, slots=True)
class YearTotals:
    """Read row of ``history.profile``: a region in a year."""

    key: str
    year: int
    jobs: int
    traded_jobs: int
    local_jobs: int
    establishments: int
    payroll: int | None
    estimated_share: float
    source: str


@dataclass(frozen=True, slots=True)
class PooledProfile:
    """Read row of ``history.profiles``: a region of a pool, or the nation, in a year."""

    key: str
    pool: str
    year: int
    jobs: int
    payroll: int | None
    strength: float | None
    strong_clusters: int
    source: str


@dataclass(frozen=True, slots=True)
class PooledPay:
    """Read row of ``history.pool``: what a cluster pays in a region of the pool."""

    cluster: str
    key: str
    jobs: int
    jobs_low: int
    jobs_high: int
    payroll: int | None
    payroll_low: int | None
    payroll_high: int | None


@dataclass(frozen=True, slots=True)
class PayOfKind:
    """Read row of ``history.kinds``: what a traded or local cluster of a region pays in a year."""

    key: str
    kind: str
    year: int
    jobs: int
    jobs_low: int
    jobs_high: int
    payroll: int | None
    payroll_low: int | None
    payroll_high: int | None
    source: str


PROFILES = Part("history.profiles", PooledProfile, "profiles")
CLUSTERS_HERE = Part("history.clusters", YearFigures, "here")
CLUSTERS_OF_NATION = Part("history.clusters", YearFigures, "nation", OF_NATION)


Bounded = tuple[float | None, float | None, float | None]
"""A figure, the least and the most that it can be; None where it is not known."""
NOTHING: Bounded = (None, None, None)


def wage_of(figures: YearFigures | None) -> Bounded:
    """Give the average wage of a cluster in a region with its bounds, USD a year."""
    from clusteratlas.analysis.regions.compared.differences import wage_bounds
    from clusteratlas.analysis.regions.performance import private_wage

    if figures is None or figures.payroll is None:
        return NOTHING
    low, high = figures.payroll_low, figures.payroll_high
    if low is None or high is None:
        return known(private_wage(figures.payroll, figures.jobs).item()), None, None
    least, most = wage_bounds(low, high, figures.jobs_low, figures.jobs_high)
    point = private_wage(figures.payroll, figures.jobs).item()
    return known(point), known(least.item()), known(most.item())


def paid_wage(row: HasPayroll | None) -> Bounded:
    """Wage of a row with its bounds, USD; nothing where it is withheld."""
    if row is None or not is_paid(row):
        return NOTHING
    value, low, high = map(known, wage_array([row])[0].tolist())
    return value, low, high


def wage_over(wage: Bounded, base: Bounded) -> Bounded:
    """Give a wage over another with the bounds that both leave."""
    from clusteratlas.analysis.regions.performance import wage_ratio

    if wage[0] is None or base[0] is None:
        return NOTHING
    tops = [v if v is not None else float("nan") for v in wage]
    bottoms = [v if v is not None else float("nan") for v in (base[0], base[2], base[1])]
    value, low, high = map(known, wage_ratio(tops, bottoms).tolist())
    return value, low, high


def growth_of(start: YearFigures | None, end: YearFigures | None, years: int) -> Bounded:
    """Give the yearly growth of the jobs of a cluster with its bounds, as a share."""
    if start is None or end is None:
        return NOTHING
    first, last = ((f.jobs, f.jobs_low, f.jobs_high) for f in (start, end))
    return bounded_growth(first, last, years)


def bounded_growth(start: Bounded, end: Bounded, years: int) -> Bounded:
    """Give the yearly growth of a figure between bounds, as a share."""
    import numpy as np

    from clusteratlas.analysis.regions.change.growth import growth_bounds
    from clusteratlas.analysis.regions.performance import yearly_growth

    if start[0] is None or end[0] is None or years < 1:
        return NOTHING
    least, most, lowest, highest = (np.nan if v is None else v for v in (*start[1:], *end[1:]))
    low, high = growth_bounds(least, most, lowest, highest, years)
    point = yearly_growth(start[0], end[0], years)
    return known(point.item()), known(low.item()), known(high.item())


def known(value: float) -> float | None:
    """Give a figure, or None for one that is not a number."""
    return value if math.isfinite(value) else None


def with_bounds(name: str, figure: Bounded) -> dict[str, float | None]:
    """Give a figure and its bounds by the names of their columns."""
    return dict(zip((name, f"{name}_low", f"{name}_high"), figure, strict=True))


def sign_words(figure: Bounded, above: str, below: str) -> str | None:
    """Say on which side of zero a figure is, and whether it could be on the other."""
    value, low, high = figure
    if value is None:
        return None
    words = above if value > 0 else below if value < 0 else "even"
    could_be_below = low is None or low < 0
    could_be_above = high is None or high > 0
    sure = (
        not (could_be_below and could_be_above)
        if value == 0
        else (not could_be_below if value > 0 else not could_be_above)
    )
    return words if sure else f"{words}, not certain"


def years_of(figures: Sequence[YearFigures]) -> list[int]:
    """Give the years that there are figures of, the earliest first."""
    return sorted({f.year for f in figures})


def by_cluster(figures: Sequence[YearFigures], year: int) -> Mapping[str, YearFigures]:
    """Give the figures of one year by cluster."""
    return {f.key: f for f in figures if f.year == year}


def one_year_note(years: Sequence[int], context: Context) -> list[str]:
    """Say what is not known of a region that there are figures of one year for alone."""
    if len(years) != 1:
        return []
    region = context.names.get("region", "the nation")
    return [
        f"of {region} there are figures of {years[0]} alone: what it had before is not known, but "
        "for the growth of its clusters since the first year of the edition"
    ]


def years_note(rows: Sequence[remarks.Bounded], years: Sequence[int]) -> str:
    """Say of which years figures are, and how many of them are estimates."""
    told = f"{years[0]} to {years[-1]}" if len(years) > 1 else f"{years[0]}"
    return remarks.bounds_words(rows, f"figures of {told}")
