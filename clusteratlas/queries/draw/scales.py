"""Steps of color with round borders, for the figures of a map."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10

from clusteratlas.queries.numbers import MINUS, tick_label

RATIO = (0.5, 1.0, 1.5, 3.0, 6.0)
"""Borders for ratios, in which 1 is as in the nation."""
_ROUND = (1.0, 2.0, 5.0, 10.0)
_PARTS = (0.2, 0.4, 0.6, 0.8, 0.95)
"""Parts of the figures that are below each border, before the borders are rounded."""
_NARROW = 5.0
"""Figures whose largest border is no more than so many times the smallest get even steps."""


@dataclass(frozen=True, slots=True)
class ColorSteps:
    """Borders between colors, and the letter of the colors' classes."""

    letter: str
    breaks: tuple[float, ...]
    unit: str | None

    def class_of(self, value: float) -> str:
        """Give the class of a figure; one on a border has the color above it."""
        step = bisect_right(self.breaks, value)
        return self.classes[step]

    @property
    def classes(self) -> tuple[str, ...]:
        """Classes from the lowest figures to the highest."""
        skipped = 0 if self.letter == "d" else (5 - len(self.breaks)) // 2
        return tuple(f"{self.letter}{i + skipped}" for i in range(len(self.breaks) + 1))

    @property
    def words(self) -> tuple[str, ...]:
        """Say what each class is."""
        if not self.breaks:
            return ("all of them",)
        said = [tick_label(b, self.unit).replace("-", MINUS) for b in self.breaks]
        between = [f"{low} to {high}" for low, high in pairwise(said)]
        return (f"below {said[0]}", *between, f"{said[-1]} and more")


def color_steps(values: Sequence[float], unit: str | None) -> ColorSteps:
    """Choose the colors of some figures.

    Ratios have borders of their own. Figures on both sides of nothing get colors that part there.
    Others get borders that leave about as many of them in each color, rounded to 1, 2 or 5 of a
    power of ten, or steps of such a size where the figures are near each other.

    Parameters
    ----------
    values
        The figures, none missing; without any the scale has one color.
    unit
        Their unit.
    """
    if unit == "ratio":
        return ColorSteps("m", RATIO, unit)
    known = sorted(values)
    if known and known[0] < 0:
        size = sorted(abs(v) for v in known)
        step = nearest_round(_quantile(size, 0.5)) or 0.01
        return ColorSteps("d", (-2 * step, -step, 0.0, step, 2 * step), unit)
    known = [v for v in known if v > 0]
    if not known:
        return ColorSteps("m", (), unit)
    borders = [_quantile(known, part) for part in _PARTS]
    if borders[-1] <= _NARROW * borders[0]:
        step = nearest_round((borders[-1] - borders[0]) / 4) or nearest_round(borders[0])
        first = ceil(borders[0] / step)
        steps = (first + i for i in range(5))
        return ColorSteps(
            "m", tuple(round(i * step, 12) for i in steps if i * step <= known[-1]), unit
        )
    return ColorSteps("m", tuple(sorted({nearest_round(b) for b in borders})), unit)


def nearest_round(value: float) -> float:
    """Give 1, 2 or 5 of a power of ten that is nearest by ratio; of nothing nothing."""
    if value <= 0:
        return 0.0
    power = 10.0 ** floor(log10(value))
    part = min(_ROUND, key=lambda r: abs(log10(value / power / r)))
    return round(part * power, 12)


def _quantile(values: Sequence[float], part: float) -> float:
    return values[min(len(values) - 1, int(part * len(values)))]
