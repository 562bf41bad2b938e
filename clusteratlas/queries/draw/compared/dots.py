"""Dots with their ranges: a figure of several things, side by side for each row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from clusteratlas.queries.draw.axes import Scale, grid_x
from clusteratlas.queries.draw.canvas import SIZES, Svg, color_class, color_key, fitted, text_width
from clusteratlas.queries.language.answer import (
    Answer,
    column_title,
    row_words,
    unit_of,
    value_words,
)

MOST_GROUPS = 24
_LINE, _APART = 11.0, 9.0
_NAMES, _LONGEST = 340.0, 440.0
_RADIUS, _STROKE, _HEAD = 4.0, 6.0, 4.0
_ROOM = 2.0
"""Times the largest figure that a picture has room for: bounds may be far beyond all figures."""


def answer_dots(answer: Answer, rows: Sequence[Any]) -> Svg:
    """Draw a group of lines for each name, as they are listed: a dot and its bounds on each.

    What a dot is held against is an upright stroke. Places are by the square root, so that a large
    quotient leaves room for those around 1. Of a bound that is far beyond all figures an arrow
    points there.
    """
    picture = answer.question.picture
    unit = unit_of(answer, picture.x)
    groups: dict[str, list[Any]] = {}
    for row in rows:
        groups.setdefault(str(getattr(row, picture.y)), []).append(row)
    shown = dict(list(groups.items())[:MOST_GROUPS])
    drawn = [row for group in shown.values() for row in group]
    tones = color_class([getattr(r, picture.color) for r in rows])
    names = {name: fitted(name, _NAMES, SIZES["row"]) for name in shown}
    left = 10 + max(text_width(n, SIZES["row"]) for n in names.values())
    svg = Svg("dots", left + _LONGEST + 24, 0, "", "")
    top = color_key(svg, 0, 12, "", [(c, value_words(v)) for v, c in tones.items()], svg.width) + 4
    points = _figures(drawn, picture.x, picture.mark)
    ends = [*points, *_figures(drawn, picture.low, picture.high)]
    edge = min(max(ends), _ROOM * max(points))
    x = Scale([0.0, *(min(e, edge) for e in ends)], left, left + _LONGEST, root=True)
    bottom = top + sum(_LINE * len(g) + _APART for g in shown.values())
    grid_x(svg, x, top, bottom, unit, 40)
    if picture.x.startswith("lq"):
        svg.line(x(1.0), top, x(1.0), bottom, "one")
    y = top + _APART / 2
    for name, group in shown.items():
        middle = y + _LINE * len(group) / 2
        svg.label(left - 10, middle + 4, names[name], "row", text_anchor="end")
        for row in group:
            y += _LINE
            tone = tones[getattr(row, picture.color)]
            _draw_dot(svg, answer, row, x, edge, y - _LINE / 2, tone)
        y += _APART
    title = column_title(answer, picture.x)
    if picture.mark and any(getattr(r, picture.mark) is not None for r in drawn):
        title = f"{title}; upright stroke: {column_title(answer, picture.mark)}"
    svg.label(left + _LONGEST / 2, bottom + 36, title, "axis", text_anchor="middle")
    svg.height = bottom + 44
    return svg


def _figures(rows: Sequence[Any], *columns: str) -> list[float]:
    """Give what is known of some columns."""
    values = (getattr(row, column) for row in rows for column in columns if column)
    return [value for value in values if value is not None]


def _draw_dot(
    svg: Svg, answer: Answer, row: Any, x: Scale, edge: float, y: float, tone: str
) -> None:
    """Draw one figure, with a line from its lowest to its highest value or to the edge."""
    picture = answer.question.picture
    low, high = (getattr(row, c) if c else None for c in (picture.low, picture.high))
    if low is not None and high is not None and low != high:
        end = x(min(high, edge))
        svg.line(x(low), y, end, y, "whisker")
        if high > edge:
            for side in (-1, 1):
                svg.line(end, y, end - _HEAD, y + side * _HEAD, "whisker")
    against = getattr(row, picture.mark) if picture.mark else None
    if against is not None:
        svg.line(x(against), y - _STROKE, x(against), y + _STROKE, "total")
    svg.dot(x(getattr(row, picture.x)), y, _RADIUS, f"bubble {tone}", row_words(answer, row))
