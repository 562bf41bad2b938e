"""Quadrants: how specialized against how that changes, the area of a bubble its size."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Any

from clusteratlas.queries.draw.axes import Scale, grid_x, grid_y
from clusteratlas.queries.draw.canvas import (
    SIZES,
    Box,
    Svg,
    fitted,
    round_sizes,
    size_key,
    text_box,
    text_width,
)
from clusteratlas.queries.draw.labels import Placer
from clusteratlas.queries.language.answer import Answer, column_title, row_words, unit_of

_LEFT, _RIGHT, _TALL = 70.0, 790.0, 520.0
_LARGEST = 20.0
_MOST_NAMES = 24
_TONES = {"star": "f2", "mature": "f0", "emerging": "f1", "transforming": "f4"}


def answer_quadrants(answer: Answer, rows: Sequence[Any]) -> Svg:
    """Draw rows by change (x) and level (y), both by root; names where there is room."""
    picture = answer.question.picture
    svg = Svg("quadrants", _RIGHT + 14, 0, "", "")
    most = max(getattr(r, picture.size) or 0 for r in rows) or 1
    sizes = [(_LARGEST * sqrt(n / most), f"{n:,}") for n in round_sizes(most)]
    top = size_key(svg, 0, 20, column_title(answer, picture.size), sizes)
    far = max(abs(getattr(r, picture.x)) for r in rows) or 1.0
    x = Scale([-far, far], _LEFT, _RIGHT, 8, root=True)
    levels = [0.0, 2.0, *(getattr(r, picture.y) for r in rows)]
    y = Scale(levels, top + _TALL, top, 8, root=True)
    grid_x(svg, x, top, top + _TALL, unit_of(answer, picture.x), 44)
    grid_y(svg, y, _LEFT, _RIGHT, unit_of(answer, picture.y))
    svg.line(x(0.0), top, x(0.0), top + _TALL, "one")
    svg.line(_LEFT, y(1.0), _RIGHT, y(1.0), "one")
    ordered = sorted(rows, key=lambda r: -(getattr(r, picture.size) or 0))
    places = [_place(answer, r, x, y, most) for r in ordered]
    for words, base in (("mature", top + 16), ("transforming", top + _TALL - 8)):
        svg.label(*_corner(words, places, base, _LEFT + 6, x(0.0)), words, "head")
    for words, base in (("star", top + 16), ("emerging", top + _TALL - 8)):
        wide = text_width(words, SIZES["head"], bold=True)
        svg.label(*_corner(words, places, base, _RIGHT - 6 - wide, x(0.0)), words, "head")
    names = Placer(_RIGHT, top + _TALL, SIZES["name"], _MOST_NAMES, around=True)
    names.taken += svg.boxes
    for left, base, radius in places:
        names.avoid(left, base, radius)
    labels = []
    for row, (left, base, radius) in zip(ordered, places, strict=True):
        tone = _TONES[getattr(row, picture.color)]
        svg.dot(left, base, radius, f"bubble {tone}", row_words(answer, row))
        words = fitted(str(getattr(row, picture.label)), 200, SIZES["name"])
        if (spot := names.place(left, base, radius, words)) is not None:
            labels.append((*spot, words))
    for line in names.lines:
        svg.line(*line, "leader")
    for left, base, anchor, words in labels:
        svg.label(left, base, words, "name", text_anchor=anchor)
    axis = column_title(answer, picture.x)
    svg.label((_LEFT + _RIGHT) / 2, top + _TALL + 36, axis, "axis", text_anchor="middle")
    svg.upright(14, top + _TALL / 2, column_title(answer, picture.y))
    svg.height = top + _TALL + 44
    return svg


def _corner(
    words: str,
    bubbles: Sequence[tuple[float, float, float]],
    base: float,
    corner: float,
    middle: float,
) -> tuple[float, float]:
    """Find where the word of a quadrant starts: in its corner, or as near to it as no bubble is."""
    wide = text_width(words, SIZES["head"], bold=True)
    step = 8.0 if corner < middle else -8.0
    at = corner
    while (at + wide < middle) if step > 0 else (at > middle):
        box = text_box(at, base, words, SIZES["head"], bold=True)
        if not any(box.meets(Box(x - r, y - r, x + r, y + r), 2.0) for x, y, r in bubbles):
            return at, base
        at += step
    return corner, base


def _place(answer: Answer, row: Any, x: Scale, y: Scale, most: float) -> tuple[float, float, float]:
    picture = answer.question.picture
    size = getattr(row, picture.size) or 0
    radius = max(2.5, _LARGEST * sqrt(size / most))
    return x(getattr(row, picture.x)), y(getattr(row, picture.y)), radius
