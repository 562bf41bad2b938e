"""Dots with their ranges: a figure of several things, side by side for each row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from clusteratlas.queries.draw.axes import Scale, grid_x
from clusteratlas.queries.draw.canvas import SIZES, Svg, color_class, color_key, fitted, text_width
from clusteratlas.queries.language.answer import Answer, column_title, row_words, unit_of

MOST_GROUPS = 24
_LINE, _APART = 11.0, 9.0
_NAMES, _LONGEST = 340.0, 440.0
_RADIUS = 4.0


def answer_dots(answer: Answer, rows: Sequence[Any]) -> Svg:
    """Draw a group of lines for each name, as they are listed: a dot and its bounds on each.

    Places are by the square root, so that a large quotient leaves room for those around 1.
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
    top = color_key(svg, 0, 12, "", [(c, str(v)) for v, c in tones.items()], svg.width) + 4
    ends = [getattr(r, c) for r in drawn for c in (picture.x, picture.low, picture.high) if c]
    x = Scale([0.0, *(e for e in ends if e is not None)], left, left + _LONGEST, root=True)
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
            _draw_dot(svg, answer, row, x, y - _LINE / 2, tones[getattr(row, picture.color)])
        y += _APART
    title = column_title(answer, picture.x)
    svg.label(left + _LONGEST / 2, bottom + 36, title, "axis", text_anchor="middle")
    svg.height = bottom + 44
    return svg


def _draw_dot(svg: Svg, answer: Answer, row: Any, x: Scale, y: float, tone: str) -> None:
    """Draw one figure, with a line from its lowest to its highest value."""
    picture = answer.question.picture
    low, high = (getattr(row, c) if c else None for c in (picture.low, picture.high))
    if low is not None and high is not None and low != high:
        svg.line(x(low), y, x(high), y, "whisker")
    svg.dot(x(getattr(row, picture.x)), y, _RADIUS, f"bubble {tone}", row_words(answer, row))
