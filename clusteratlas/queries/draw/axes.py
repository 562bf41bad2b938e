"""From figures to places: round ticks, scales, and grids with their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, copysign, floor, log10, sqrt

from clusteratlas.queries.draw.canvas import Svg
from clusteratlas.queries.numbers import tick_label


def ticks(low: float, high: float, about: int = 6) -> list[float]:
    """Give round numbers from at most ``low`` to at least ``high``.

    Steps are 1, 2 or 5 times a power of ten, the first that needs no more than ``about`` of them.
    Where both are the same they go on to 1 more.
    """
    high = high if high > low else low + 1.0
    span = high - low
    power = 10.0 ** floor(log10(span / about))
    step = next(s * power for s in (1, 2, 5, 10) if span / (s * power) <= about)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(i * step, 10) for i in range(first, max(last, first + 1) + 1)]


class Scale:
    """A line from figures to places: straight, or by the square root, to either side of zero."""

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
        return copysign(sqrt(abs(value)), value) if self.root else value

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
