"""How figures are written in pictures, tables and reports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

DASH = "–"  # noqa: RUF001
"""In the place of a figure that is missing."""

MINUS = "−"  # noqa: RUF001


_SMALL = frozenset({"0..1", "-1..1", "correlation", "gamma", "index", "nats"})
"""Units of figures that are about 1 or less."""


def quantity(value: float, unit: str | None) -> str:
    """Write a figure beside a mark: percent for shares, few digits for ratios."""
    if unit == "share":
        return f"{100 * value:.3g}%"
    if unit is None:
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    if unit in _SMALL or (unit == "standard deviations" and abs(value) < 1):
        return f"{value:.2f}"
    return f"{value:.1f}" if unit in {"ratio", "standard deviations"} else f"{value:,.0f}"


def tick_label(value: float, unit: str | None) -> str:
    """Write the figure of a tick, the shortest way."""
    if unit == "share":
        return f"{100 * value:g}%"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:g}"


def figure_words(value: float | None, digits: int = 2) -> str:
    """Write a figure with so many decimals; a dash where there is none."""
    if value is None:
        return DASH
    text = f"{value:,.{digits}f}"
    if float(text.replace(",", "")) == 0:
        return text.lstrip("-")  # a minus before nothing but zeros would be read as a figure
    return text.replace("-", MINUS)


def count_words(value: float | None) -> str:
    """Write a count; a dash where there is none."""
    return DASH if value is None else f"{value:,.0f}"


def dollar_words(million: float) -> str:
    """Write millions of USD the short way: ``$19.3B``, ``$293M``, ``$0.4M``."""
    if million >= 1000:
        return f"${million / 1000:.1f}B"
    return f"${million:,.0f}M" if million >= 10 else f"${million:.1f}M"


def percent_words(value: float | None, digits: int = 0) -> str:
    """Write a share in percent; a dash where there is none."""
    return DASH if value is None else f"{100 * value:.{digits}f} %"


def bounding_columns(names: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Find the columns that bound another one: ``jobs_low`` and ``jobs_high`` bound ``jobs``.

    Of two things that are compared, ``jobs_low_a`` and ``jobs_high_a`` bound ``jobs_a``.

    Returns
    -------
    Names of the low and the high column, by that of the column between them.
    """
    known = dict.fromkeys(names)
    found = {}
    for name in known:
        stem, _, end = name.rpartition("_")
        for low, high in (
            (f"{name}_low", f"{name}_high"),
            (f"{stem}_low_{end}", f"{stem}_high_{end}"),
        ):
            if low in known and high in known:
                found[name] = low, high
    return found


def range_words(figure: str, low: str, high: str, *, none: bool = False) -> str:
    """Write a figure with its bounds, where it is not certain.

    Parameters
    ----------
    figure, low, high
        Already written.
    none
        The figure is zero. It is then left out beside bounds: a zero is only written where
        nothing else is possible.
    """
    if low == high or not figure:
        return figure
    return f"{low}-{high}" if none else f"{figure} ({low}-{high})"


def column_figures(values: Sequence[float | None], unit: str | None) -> list[str]:
    """Write the figures of one column with the same number of decimals, for comparison.

    Shares become percent; a missing figure is an empty text.
    """
    if unit == "share":
        values = [None if v is None else 100 * v for v in values]
    elif all(isinstance(v, int) for v in values if v is not None):
        return ["" if v is None else f"{v:,}" for v in values]
    largest = max(abs(v) for v in values if v is not None)
    decimals = (
        0
        if largest >= 1000
        else 1
        if largest >= 100
        else 2
        if largest >= 0.1 or largest == 0
        else 4
    )
    if unit in {"share", "percent"}:
        decimals = 1 if largest >= 1 else 2
    return ["" if v is None else f"{v:,.{decimals}f}" for v in values]


def unit_column(unit: str | None) -> str | None:
    """Name of the column that holds each row's unit: ``unit`` for ``as unit says``."""
    found = re.fullmatch(r"as (\w+) says", unit or "")
    return found[1] if found else None


def quantity_words(value: float | None, unit: str | None) -> str:
    """Write a figure among those of other units: shares with their sign; empty where missing."""
    if value is None:
        return ""
    if unit in {"share", "percent"}:
        return f"{column_figures([value], unit)[0]} %"
    return column_figures([int(value) if value == int(value) else value], unit)[0]
