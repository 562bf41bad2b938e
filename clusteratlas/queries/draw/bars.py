"""Bars: of an answer's rows, of stability, of shares, and of how figures are spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from clusteratlas.queries.draw.axes import Scale, grid_x, grid_y
from clusteratlas.queries.draw.canvas import SIZES, Svg, color_class, color_key, fitted, text_width
from clusteratlas.queries.language.answer import (
    Answer,
    column_title,
    row_words,
    unit_of,
    value_words,
)
from clusteratlas.queries.numbers import quantity

WORDS = ("highly stable", "stable", "pattern", "doubtful", "dissolved")
"""Hennig's words for a mean Jaccard, best first."""

_BOUNDS = (0.85, 0.75, 0.6, 0.5)
MOST_BARS = 30
_ROW = 20
_NAMES = 340.0
_LONGEST = 440.0


def answer_bars(answer: Answer, rows: Sequence[Any]) -> Svg:
    """Draw level bars, each with its figure: the largest first, or those with bounds as asked."""
    picture = answer.question.picture
    unit = unit_of(answer, picture.x)
    ends = [name for name in (picture.low, picture.high) if name]
    ordered = rows if ends else sorted(rows, key=lambda r: -getattr(r, picture.x))
    largest = ordered[:MOST_BARS]
    names = [fitted(str(getattr(r, picture.y)), _NAMES, SIZES["row"]) for r in largest]
    left = 10 + max(text_width(n, SIZES["row"]) for n in names)
    svg = Svg("bars", left + _LONGEST + 80, 0, "", "")
    top = 14.0
    tones = {None: "f0"}
    said = {getattr(r, picture.color) for r in largest} if picture.color else {None}
    if said != {None}:
        tones = color_class([getattr(r, picture.color) for r in largest])
        entries = [(c, value_words(v)) for v, c in tones.items()]
        title = column_title(answer, picture.color)
        top = color_key(svg, 0, 12, title, entries, svg.width) + 4
    values = [getattr(r, picture.x) for r in largest]
    bounds = [[getattr(r, name) for name in ends] for r in largest]
    bounds = [b if None not in b else [] for b in bounds]
    x = Scale([0.0, *values, *(v for b in bounds for v in b)], left, left + _LONGEST)
    bottom = top + _ROW * len(largest)
    grid_x(svg, x, top, bottom, unit, 52)
    for i, (row, name, value, between) in enumerate(
        zip(largest, names, values, bounds, strict=True)
    ):
        y = top + _ROW * i
        start, end = sorted((x(0.0), x(value)))
        tone = tones[getattr(row, picture.color) if picture.color else None]
        svg.add(
            "rect",
            tip=row_words(answer, row),
            x=start,
            y=y + 3,
            width=end - start,
            height=_ROW - 6,
            class_=f"length {tone}",
        )
        if between:
            low, high = map(x, between)
            end = max(end, high)
            if low < high:
                _whisker(svg, low, high, y + _ROW / 2)
        svg.label(left - 8, y + 14, name, "row", text_anchor="end")
        svg.label(max(end, x(0.0)) + 5, y + 14, quantity(value, unit), "value")
    svg.label(
        (left + left + _LONGEST) / 2,
        bottom + 36,
        column_title(answer, picture.x),
        "axis",
        text_anchor="middle",
    )
    svg.height = bottom + 44
    return svg


def _whisker(svg: Svg, low: float, high: float, y: float) -> None:
    """Draw a line from bound to bound, with a stroke at each."""
    svg.line(low, y, high, y, "halo")  # it is seen on a dark bar as well
    svg.line(low, y, high, y, "whisker")
    for end in (low, high):
        svg.line(end, y - 4, end, y + 4, "whisker")


def stability_bars(
    name: str, rows: Sequence[tuple[str, str, float, str]], title: str, description: str
) -> Markup:
    """Draw the Jaccard of each cluster: a line with a dot, over Hennig's bands.

    Parameters
    ----------
    rows
        Link, name, Jaccard and word of each cluster, best first.
    """
    width, left, row = 760, 330, 18
    height = 30 + row * len(rows) + 24
    svg = Svg(name, width, height, title, description)
    x = Scale([0.0, 1.0], left, width - 24, 10)
    edges = (1.0, *_BOUNDS, 0.0)
    for high, low, word in zip(edges[:-1], edges[1:], WORDS, strict=True):
        svg.add(
            "rect",
            x=x(low),
            y=22,
            width=x(high) - x(low),
            height=height - 46,
            class_=f"band {word.split()[0]}",
        )
        short = "high" if word == "highly stable" else word
        svg.label((x(low) + x(high)) / 2, 14, short, "tick", text_anchor="middle")
    for value in x.ticks:
        svg.label(x(value), height - 8, f"{value:g}", "tick", text_anchor="middle")
    for i, (link, label, jaccard, word) in enumerate(rows):
        y = 22 + row * (i + 0.5) + 2
        tone = word.split()[0]
        svg.line(left, y, x(jaccard), y, f"stick {tone}")
        svg.add(
            "circle",
            tip=f"{label}: {jaccard:.2f}, {word}",
            cx=x(jaccard),
            cy=y,
            r=5,
            class_=f"pin {tone}",
        )
        svg.link(left - 10, y + 4, label, link, "row")
    return svg.markup()


def shares(name: str, parts: Sequence[tuple[str, int]], title: str, description: str) -> Markup:
    """Draw one bar split by counts, each part under its own name."""
    width, total = 760, max(sum(n for _, n in parts), 1)
    svg = Svg(name, width, 58, title, description)
    at = 0.0
    for label, n in parts:
        wide = width * n / total
        svg.add(
            "rect",
            tip=f"{label}: {n} ({n / total:.1%})",
            x=at,
            y=4,
            width=max(wide - 2, 0),
            height=28,
            rx=3,
            class_=f"part {label}",
        )
        if wide > 20:
            svg.label(at + 2, 50, f"{label} {n:,} ({n / total:.0%})", "row")
        at += wide
    return svg.markup()


def histogram(
    name: str, groups: Mapping[str, Sequence[float]], axis: str, title: str, description: str
) -> Markup:
    """Draw how figures from 0 to 1 are spread: twenty bins, the groups stacked."""
    width, height, bins = 760, 230, 20
    svg = Svg(name, width, height, title, description)
    counts = {g: [0] * bins for g in groups}
    for group, values in groups.items():
        for value in values:
            counts[group][min(int(value * bins), bins - 1)] += 1
    most = max((sum(c[i] for c in counts.values()) for i in range(bins)), default=1)
    x = Scale([0.0, 1.0], 50, width - 14, 10)
    y = Scale([0.0, float(max(most, 1))], height - 44, 12, 4)
    grid_y(svg, y, 50, width - 14)
    for value in x.ticks:
        svg.label(x(value), height - 26, f"{value:g}", "tick", text_anchor="middle")
    for i in range(bins):
        base = 0
        for group, count in counts.items():
            n = count[i]
            if n:
                tip = f"{group}, {axis} {i / bins:.2f} to {(i + 1) / bins:.2f}: {n} industries"
                svg.add(
                    "rect",
                    tip=tip,
                    x=x(i / bins) + 1,
                    y=y(base + n),
                    width=x(1 / bins) - x(0) - 2,
                    height=y(base) - y(base + n),
                    class_=f"part {group}",
                )
            base += n
    svg.label((50 + width) / 2, height - 6, axis, "axis", text_anchor="middle")
    return svg.markup()
