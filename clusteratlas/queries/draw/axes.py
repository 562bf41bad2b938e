"""From figures to places: round ticks, scales, grids with their numbers, and keys to colors."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from math import ceil, floor, log10, sqrt
from typing import Any

from clusteratlas.queries.draw.canvas import Svg
from clusteratlas.queries.draw.labels import text_width
from clusteratlas.queries.draw.numbers import quantity, tick_label
from clusteratlas.queries.draw.palette import SIZES
from clusteratlas.queries.language.answer import Answer


def ticks(low: float, high: float, about: int = 6) -> list[float]:
    """Give round numbers from at most ``low`` to at least ``high``.

    Steps are 1, 2 or 5 times a power of ten, the first that needs no more than ``about`` of them.
    """
    span = max(high - low, 1e-9)
    power = 10.0 ** floor(log10(span / about))
    step = next(s * power for s in (1, 2, 5, 10) if span / (s * power) <= about)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(i * step, 10) for i in range(first, max(last, first + 1) + 1)]


class Scale:
    """A line from figures to places: straight, or by the square root of what is not negative."""

    def __init__(
        self,
        values: Sequence[float],
        start: float,
        end: float,
        about: int = 6,
        *,
        root: bool = False,
    ) -> None:
        self.root = root
        self.ticks = ticks(min(values), max(values), about) if values else [0.0, 1.0]
        self._low, self._high = self._bent(self.ticks[0]), self._bent(self.ticks[-1])
        self._start, self._end = start, end

    def __call__(self, value: float) -> float:
        """Give the place of a figure."""
        part = (self._bent(value) - self._low) / (self._high - self._low)
        return self._start + part * (self._end - self._start)

    def _bent(self, value: float) -> float:
        return sqrt(max(value, 0.0)) if self.root else value

    def spaced(self, apart: float) -> list[float]:
        """Give the ticks from the largest down, those left out that come too near another."""
        kept: list[float] = []
        for value in reversed(self.ticks):
            if not kept or abs(self(value) - self(kept[-1])) >= apart:
                kept.append(value)
        return kept[::-1]


def grid_x(
    svg: Svg, x: Scale, top: float, bottom: float, unit: str | None = None, apart: float = 40
) -> None:
    """Draw upright grid lines, and the numbers below them."""
    for value in x.spaced(apart):
        svg.line(x(value), top, x(value), bottom, "grid")
        svg.label(x(value), bottom + 16, tick_label(value, unit), "tick", text_anchor="middle")


def grid_y(svg: Svg, y: Scale, left: float, right: float, unit: str | None = None) -> None:
    """Draw level grid lines, and the numbers to the left of them."""
    for value in y.spaced(16):
        svg.line(left, y(value), right, y(value), "grid")
        svg.label(left - 6, y(value) + 4, tick_label(value, unit), "tick", text_anchor="end")


def color_key(
    svg: Svg, x: float, y: float, title: str, entries: Sequence[tuple[str, str]], width: float
) -> float:
    """Explain colors, on as many lines as ``width`` asks for.

    Parameters
    ----------
    entries
        Class and words of each color.

    Returns
    -------
    Where the next line may be.
    """
    at = x
    if title:
        svg.label(at, y, title, "axis")
        at += text_width(title, SIZES["axis"]) + 14
    for class_, words in entries:
        wide = 16 + text_width(words, SIZES["key"])
        if at + wide > width and at > x:
            at, y = x, y + 18
        svg.add("circle", cx=at + 5, cy=y - 4, r=5, class_=class_)
        svg.label(at + 14, y, words, "key")
        at += wide + 14
    return y + 20


def size_key(
    svg: Svg, x: float, y: float, title: str, entries: Sequence[tuple[float, str]]
) -> float:
    """Explain the areas of circles by radius and words; give where the next line may be."""
    svg.label(x, y, title, "axis")
    at = x + text_width(title, SIZES["axis"]) + 14
    tall = max((r for r, _ in entries), default=0)
    for radius, words in entries:
        svg.add("circle", cx=at + radius, cy=y - 4, r=radius, class_="size")
        at += 2 * radius + 6
        svg.label(at, y, words, "key")
        at += text_width(words, SIZES["key"]) + 16
    return y + max(20.0, tall + 12)


def round_sizes(top: float) -> list[int]:
    """Give three round figures for a key to sizes, the largest not above the largest figure."""
    if top < 10:
        return [1, 5, 10]
    unit = 10 ** (len(str(int(top))) - 1)
    first = int(top // unit) * unit
    return sorted({max(first // 20, 1), max(first // 4, 1), first})


_UNTOLD = frozenset({"section", "source", "longitude", "latitude", "parameters"})


def unit_of(answer: Answer, name: str) -> str | None:
    """Say the unit of a column."""
    units: dict[str, str | None] = {
        f.name: f.metadata["unit"] for f in dataclasses.fields(answer.question.row)
    }
    return units[name]


def column_title(answer: Answer, name: str) -> str:
    """Name of a column with its unit; of a figure of one of two things, with that thing's name."""
    unit = unit_of(answer, name)
    stem, _, end = name.rpartition("_")
    thing = answer.names.get(end or name) if (end or name) in {"a", "b"} else None
    words = (stem if thing else name).replace("_", " ").replace("lq", "location quotient")
    if unit and unit not in {"share", "ratio", words} and unit not in words.split():
        words = f"{words} ({unit})"
    return ", ".join(w for w in (words, thing) if w)


def value_words(value: Any) -> str:
    """Write a value of a row as a reader would."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "not known" if value is None else str(value).replace("_", " ")


def row_words(answer: Answer, row: Any) -> str:
    """Write all of a row that can be read at a glance, a line for each column with its unit."""
    lines = []
    for name in answer.question.columns:
        value = getattr(row, name)
        if name in _UNTOLD or value is None:
            continue
        unit = unit_of(answer, name)
        words = quantity(value, unit) if isinstance(value, float) else value_words(value)
        if isinstance(value, int) and not isinstance(value, bool) and unit != "year":
            words = f"{value:,}"
        lines.append(f"{column_title(answer, name)}: {words}")
    return "\n".join(lines)
