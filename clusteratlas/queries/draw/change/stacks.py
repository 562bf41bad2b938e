"""Parts of a change on either side of zero, and the mark where they add up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from clusteratlas.queries.draw.axes import Scale, grid_x
from clusteratlas.queries.draw.canvas import SIZES, Svg, color_key, fitted, text_width
from clusteratlas.queries.language.answer import (
    Answer,
    column_title,
    row_words,
    unit_of,
    value_words,
)
from clusteratlas.queries.numbers import MINUS, quantity

MOST_STACKS = 30
_ROW = 20
_NAMES = 320.0
_WIDE = 520.0
_TONES = ("f4", "f5", "f0", "f3")
"""Colors of the parts: what is of all places muted, what is of this one strong."""


def answer_stacks(answer: Answer, rows: Sequence[Any]) -> Svg:
    """Draw the rows with the largest sums, in the order of the answer."""
    picture = answer.question.picture
    unit = unit_of(answer, picture.x)
    most = sorted(rows, key=lambda r: -abs(getattr(r, picture.x)))[:MOST_STACKS]
    kept = [r for r in rows if r in most]
    parts = [p for p in picture.stack if any(getattr(r, p) is not None for r in kept)]
    names = [fitted(str(getattr(r, picture.y)), _NAMES, SIZES["row"]) for r in kept]
    left = 10 + max(text_width(n, SIZES["row"]) for n in names)
    svg = Svg("stacks", left + _WIDE + 170, 0, "", "")
    entries = [(_TONES[i], value_words(p)) for i, p in enumerate(parts)]
    top = color_key(svg, 0, 12, "", entries, svg.width) + 4
    svg.line(4, top - 8, 4, top + 4, "halo")
    svg.line(4, top - 8, 4, top + 4, "total")
    svg.label(14, top + 2, f"together: {column_title(answer, picture.x)}", "key")
    top += 14
    sides = [_sides(r, parts) for r in kept]
    sums = [getattr(r, picture.x) for r in kept]
    x = Scale([0.0, *sums, *(v for pair in sides for v in pair)], left, left + _WIDE)
    bottom = top + _ROW * len(kept)
    grid_x(svg, x, top, bottom, unit, 60)
    for i, (row, name, total, side) in enumerate(zip(kept, names, sums, sides, strict=True)):
        y = top + _ROW * i
        ends = {True: 0.0, False: 0.0}
        for tone, part in zip(_TONES, parts, strict=False):
            value = getattr(row, part) or 0.0
            start, ends[value > 0] = ends[value > 0], ends[value > 0] + value
            here, there = sorted((x(start), x(ends[value > 0])))
            svg.add(
                "rect",
                tip=row_words(answer, row),
                x=here,
                y=y + 3,
                width=there - here,
                height=_ROW - 6,
                class_=f"piece {tone}",
            )
        for class_ in ("halo", "total"):
            svg.line(x(total), y + 2, x(total), y + _ROW - 2, class_)
        svg.label(left - 8, y + 14, name, "row", text_anchor="end")
        words = _signed(total, unit)
        if picture.color and (said := getattr(row, picture.color)):
            words += f" {said}"
        svg.label(max(x(side[1]), x(total)) + 6, y + 14, words, "value")
    svg.line(x(0.0), top, x(0.0), bottom, "zero")
    axis = column_title(answer, picture.x)
    svg.label(left + _WIDE / 2, bottom + 36, axis, "axis", text_anchor="middle")
    svg.height = bottom + 44
    return svg


def _sides(row: Any, parts: Sequence[str]) -> tuple[float, float]:
    """Add up the parts below zero, and those above."""
    values = [getattr(row, p) or 0.0 for p in parts]
    return sum(v for v in values if v < 0), sum(v for v in values if v > 0)


def _signed(value: float, unit: str | None) -> str:
    words = quantity(abs(value), unit)
    return words if value == 0 else f"{'+' if value > 0 else MINUS}{words}"
