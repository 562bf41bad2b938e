"""Lines through years, each with a band for what is possible."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from clusteratlas.queries.draw.axes import Scale, grid_y
from clusteratlas.queries.draw.canvas import (
    SIZES,
    Svg,
    color_class,
    coordinate,
    wrapped,
)
from clusteratlas.queries.draw.labels import Placer
from clusteratlas.queries.language.answer import (
    Answer,
    column_title,
    row_words,
    unit_of,
    value_words,
)
from clusteratlas.queries.numbers import quantity

_LEFT, _WIDE, _TALL = 84.0, 520.0, 320.0
_END = 170.0
"""Room for a name at the end of its line."""
_LINE = 14.0
MOST_LINES = 12


def answer_lines(answer: Answer, rows: Sequence[Any]) -> Svg:
    """Draw a line for each name, its figures at both ends; dashed what it is held against."""
    picture = answer.question.picture
    series: dict[str, list[Any]] = {}
    for row in rows:
        series.setdefault(str(getattr(row, picture.label)), []).append(row)
    series = {
        name: sorted(of, key=lambda r: getattr(r, picture.x))
        for name, of in list(series.items())[:MOST_LINES]
    }
    tones = color_class(list(series))
    svg = Svg("lines", _LEFT + _WIDE + _END, 0, "", "")
    top = 16.0
    if picture.mark and any(getattr(r, picture.mark) is not None for r in rows):
        top = _key_to_mark(svg, top, value_words(picture.mark)) + 6
    channels = [c for c in (picture.y, picture.low, picture.high, picture.mark) if c]
    shown = [row for of in series.values() for row in of]
    values = [v for row in shown for c in channels if (v := getattr(row, c)) is not None]
    y = Scale(_roomy(values), top + _TALL, top)
    years = sorted({int(getattr(r, picture.x)) for r in shown})
    first, last = years[0], max(years[-1], years[0] + 1)
    unit = unit_of(answer, picture.y)
    grid_y(svg, y, _LEFT, _LEFT + _WIDE, unit)

    def x(year: float) -> float:
        return _LEFT + 18 + (_WIDE - 36) * (year - first) / (last - first)

    for year in years:
        svg.label(x(year), top + _TALL + 18, str(year), "tick", text_anchor="middle")
    names = Placer(_LEFT + _WIDE, top + _TALL, SIZES["value"], 2 * MOST_LINES, around=True)
    names.taken += svg.boxes
    figures, ends = [], []
    for name, of in series.items():
        tone = tones[name]
        points = [(x(getattr(r, picture.x)), y(getattr(r, picture.y))) for r in of]
        _band(svg, answer, of, x, y, tone)
        names.lines += _dashes(svg, answer, of, x, y, tone)
        for one, other in pairwise(points):
            svg.line(*one, *other, f"trend {tone.replace('f', 's')}")
            names.lines.append((*one, *other))
        for row, point in zip(of, points, strict=True):
            svg.dot(*point, 4, tone, row_words(answer, row))
            names.avoid(*point, 5)
        for i in dict.fromkeys((0, len(of) - 1)):
            figures.append((*points[i], quantity(getattr(of[i], picture.y), unit)))
        ends.append((points[-1][1], name, tone))
    drawn = len(names.lines)
    for left, base, words in figures:
        if place := names.place(left, base, 5, words):
            svg.label(*place[:2], words, "name", text_anchor=place[2])
    for line in names.lines[drawn:]:
        svg.line(*line, "leader")
    bottom = _names_at_ends(svg, ends, top)
    svg.upright(14, top + _TALL / 2, column_title(answer, picture.y))
    svg.height = max(top + _TALL + 30, bottom)
    return svg


def _roomy(values: Sequence[float]) -> list[float]:
    """Give the span of figures, that of one figure alone from zero on."""
    low, high = min(values), max(values)
    return [min(low, 0.0), high] if low == high else [low, high]


def _key_to_mark(svg: Svg, top: float, words: str) -> float:
    svg.line(0, top - 4, 26, top - 4, "against s4")
    svg.label(32, top, words, "key")
    return top + 14


def _band(svg: Svg, answer: Answer, of: Sequence[Any], x: Any, y: Any, tone: str) -> None:
    """Draw what is possible as a band; of a single year as a line from bound to bound."""
    picture = answer.question.picture
    if not picture.low:
        return
    both = [
        (x(getattr(r, picture.x)), y(low), y(high))
        for r in of
        if (low := getattr(r, picture.low)) is not None
        and (high := getattr(r, picture.high)) is not None
        and low != high
    ]
    if not both:
        return
    for at, low, high in both:
        svg.line(at, low, at, high, f"reach {tone.replace('f', 's')}")
    there = [(at, low) for at, low, _ in both] + [(at, high) for at, _, high in both[::-1]]
    path = "L".join(f"{coordinate(a)} {coordinate(b)}" for a, b in there)
    if len(both) > 1:
        svg.add("path", d=f"M{path}z", class_=f"spread {tone}")


def _dashes(
    svg: Svg, answer: Answer, of: Sequence[Any], x: Any, y: Any, tone: str
) -> list[tuple[float, float, float, float]]:
    """Draw what a line is held against, and give the places of its pieces."""
    picture = answer.question.picture
    if not picture.mark:
        return []
    points = [
        (x(getattr(r, picture.x)), y(value))
        for r in of
        if (value := getattr(r, picture.mark)) is not None
    ]
    pieces = [(*one, *other) for one, other in pairwise(points)]
    for piece in pieces:
        svg.line(*piece, f"against {tone.replace('f', 's')}")
    return pieces


def _names_at_ends(svg: Svg, ends: Sequence[tuple[float, str, str]], top: float) -> float:
    """Write the names of lines beside their ends, moved apart; give where they end."""
    at = top
    left = _LEFT + _WIDE + 10
    for end, name, tone in sorted(ends):
        lines = wrapped(name, _END - 20, SIZES["key"], 4)
        at = max(at, end - (len(lines) - 1) * _LINE / 2)
        svg.dot(left + 2, at, 4, tone)
        for line in lines:
            svg.label(left + 10, at + 4, line, "key")
            at += _LINE
        at += 4
    return at
