"""The row of a claim, and what its figure says of the claim."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clusteratlas.queries.language.rows import column, optional

if TYPE_CHECKING:
    from clusteratlas.analysis.regions.least_squares import Fit

PORTER = "Porter 2003, The economic performance of regions"
DPS_2014 = "Delgado, Porter & Stern 2014, Clusters, convergence, and economic performance"
THIRD, NEAR = 1 / 3, 0.1
"""What traded clusters are said to hold of all jobs, and how near a figure is to what is said."""
BORNE_OUT, OTHER_WAY, NOT_TOLD = "as the theory says", "the other way", "not told from none"
BY_BOUNDS, BY_READINGS = "bounds", "readings"
Three = tuple[float, float, float]
"""A figure, the least and the most that it can be; NaN where it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """A claim and its figure, or a traded cluster where it is strong and where it is not."""

    section: str = column("figure, regression, or cluster (one where it is strong, and elsewhere)")
    key: str = column("id of the claim, or key of the cluster")
    name: str = column("the claim in short, or the name of the cluster")
    claim: str = column("the claim in words")
    value: float | None = optional("figure, or slope of the regression", "as unit says")
    value_low: float | None = optional("least that withheld cells allow", "as unit says")
    value_high: float | None = optional("most that they allow", "as unit says")
    unit: str | None = optional("unit of the figure; none of a slope of logarithms")
    measured: str = column("what the figure is, and of which years")
    beside: float | None = optional("figure that it is held against", "as unit says")
    beside_low: float | None = optional("least that withheld cells allow", "as unit says")
    beside_high: float | None = optional("most that they allow", "as unit says")
    against: str | None = optional("what it is held against")
    found: str | None = optional("the figure and what it is held against, in short")
    outcome: str | None = optional(
        f"{BORNE_OUT}, {OTHER_WAY}, or {NOT_TOLD}; not certain where withheld cells leave it open"
    )
    error: float | None = optional("robust standard error of the slope", "as unit says")
    interval_low: float | None = optional("low end of the slope's 95 % interval", "as unit says")
    interval_high: float | None = optional("high end", "as unit says")
    r2: float | None = optional("share of the variance that the regression explains", "share")
    n: int | None = optional("observations", None)
    effect: float | None = optional(
        "standardized slope: standard deviations for one of the regressor", "standard deviations"
    )
    effect_low: float | None = optional("at the low end of the interval", "standard deviations")
    effect_high: float | None = optional("at the high end", "standard deviations")
    allowed: str | None = optional(
        "how value_low and value_high were found: bounds (withheld cells allow nothing beyond), or "
        "readings (the claim computed with all withheld cells at their low, and at their high ends)"
    )
    theory: str | None = optional("paper that makes the claim")
    published: str | None = optional("figure in that paper")
    source_then: str | None = optional("file behind the other figures")
    source: str = column("file behind the figures")


def of_readings(values: Sequence[float]) -> Three:
    """Give the first of some figures, the one as estimated, with the least and the most of all."""
    return values[0], min(values), max(values)


def near_to(value: Three, target: float) -> str | None:
    """Say whether a figure is near to what is said, at both of its bounds too."""
    if math.isnan(value[0]):
        return None
    one, *ends = (abs(v - target) <= NEAR for v in value)
    words = BORNE_OUT if one else OTHER_WAY
    return words if all(end == one for end in ends) else f"{words}, not certain"


def held_against(value: Three, beside: Three) -> str | None:
    """Say whether a figure is above another, and whether that is certain."""
    if math.isnan(value[0]) or math.isnan(beside[0]):
        return None
    return _words(value[0] - beside[0], value[1] - beside[2], value[2] - beside[1])


def _words(value: float, low: float, high: float) -> str:
    words = BORNE_OUT if value > 0 else OTHER_WAY
    sure = low > 0 if value > 0 else high <= 0
    return words if sure else f"{words}, not certain"


def signed(fits: Sequence[Fit], k: int, sign: int) -> str | None:
    """Say whether a slope has the sign that the theory gives it, by every reading of it."""
    found = [(float(f.low[k]), float(f.high[k])) for f in fits]
    if math.isnan(found[0][0]):
        return None
    words = [
        NOT_TOLD if low <= 0 <= high else BORNE_OUT if low * sign > 0 else OTHER_WAY
        for low, high in found
    ]
    return words[0] if len(set(words)) == 1 else f"{words[0]}, not certain"


def _known(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def figure_row(*, value: Three, beside: Three, **told: Any) -> EvidenceRow:
    """Make the row of a figure that is held against another."""
    ends = ("", "_low", "_high")
    cells: dict[str, Any] = {f"value{e}": _known(v) for e, v in zip(ends, value, strict=True)}
    cells |= {f"beside{e}": _known(v) for e, v in zip(ends, beside, strict=True)}
    usual = {"section": "figure", "allowed": BY_BOUNDS, "theory": PORTER}
    words = [_in_words(v, told["unit"]) for v in (value[0], beside[0]) if math.isfinite(v)]
    cells["found"] = " against ".join(words) or None
    return EvidenceRow(**cells, **{**usual, **told})


def regression_row(k: int = 0, *, found: Fit, value: Three, **told: Any) -> EvidenceRow:
    """Make the row of the slope of one regressor."""
    slope, effect = float(found.slopes[k]), float(found.effects[k])
    low, high = float(found.low[k]), float(found.high[k])
    unit = effect / slope if slope else math.nan
    names = ("value", "value_low", "value_high")
    cells: dict[str, Any] = dict(zip(names, map(_known, value), strict=True))
    numbers: dict[str, float] = {
        "error": float(found.errors[k]),
        "interval_low": low,
        "interval_high": high,
        "r2": found.r2,
        "effect": effect,
        "effect_low": low * unit,
        "effect_high": high * unit,
    }
    cells |= {name: _known(number) for name, number in numbers.items()}
    cells["found"] = f"slope {slope:.3g}, R2 {found.r2:.2f}" if math.isfinite(slope) else None
    return EvidenceRow(
        section="regression",
        n=found.n,
        **cells,
        **{"theory": PORTER, **told},
    )


def _in_words(value: float, unit: str) -> str:
    if unit == "share":
        return f"{value:.1%}"
    return f"{value:,.0f} {unit}" if unit == "USD" else f"{value:.2f}"
