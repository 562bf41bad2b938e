"""Names beside points: where there is room for each, so that it lies on no other."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from clusteratlas.queries.draw.canvas import Box, text_box, text_width

_AWAY = 16.0
"""Distance of a name that a line leads to, pixels."""


_Line = tuple[float, float, float, float]
"""x1, y1, x2, y2."""


@dataclass
class Placer:
    """Puts names at points: to the right or left, or nowhere if there is no room.

    With ``around`` it looks farther: above, below, and then at a distance, where the name needs a
    line to its point (:meth:`leader`).

    Parameters
    ----------
    width, height
        Of the picture; names stay inside.
    size
        Height of the font, pixels.
    most
        Names at most.
    around
        Names may also be above and below their points.
    farthest
        Lines up or down that a name with a line may be away.
    """

    width: float
    height: float
    size: float
    most: int
    bold: bool = False
    around: bool = False
    farthest: int = 8
    taken: list[Box] = field(default_factory=list)
    names: list[Box] = field(default_factory=list)
    """Those of them that are names."""
    lines: list[_Line] = field(default_factory=list)
    """Lines that lead to names."""

    def avoid(self, x: float, y: float, radius: float) -> None:
        """Keep names off a point of this radius."""
        reach = 0.8 * radius
        self.taken.append(Box(x - reach, y - reach, x + reach, y + reach))

    def place(
        self, x: float, y: float, radius: float, text: str
    ) -> tuple[float, float, str] | None:
        """Find room for the name of a point; give its anchor's place and kind."""
        if len(self.names) >= self.most:
            return None
        level = y + 0.35 * self.size
        spots = [(x + radius + 3, level, "start"), (x - radius - 3, level, "end")]
        if self.around:
            half = text_width(text, self.size, bold=self.bold) / 2
            center = min(max(x, half), self.width - half)
            spots += [(center, y - radius - 5, "middle")]
            spots += [(center, y + radius + self.size + 2, "middle")]
            for step in range(1, self.farthest + 1):
                lines = step * 1.25 * self.size
                for base in (level - lines, level + lines):
                    spots += [(x + radius + _AWAY, base, "start")]
                    spots += [(x - radius - _AWAY, base, "end")]
        for at, base, anchor in spots:
            box = text_box(at, base, text, self.size, anchor, bold=self.bold)
            inside = box.left >= 0 and box.right <= self.width and box.top >= 0
            line = self.leader(x, y, radius, (at, base, anchor))
            if (
                inside
                and box.bottom <= self.height
                and not any(box.meets(other, 2.0) for other in self.taken)
                and not any(box.crossed(*other) for other in self.lines)
                and not (line and any(name.crossed(*line) for name in self.names))
                and not (line and any(_cross(line, other) for other in self.lines))
            ):
                self.taken.append(box)
                self.names.append(box)
                self.lines += [line] if line else []
                return at, base, anchor
        return None

    def leader(
        self, x: float, y: float, radius: float, spot: tuple[float, float, str]
    ) -> _Line | None:
        """Give x1, y1, x2, y2 of the line from a point to its name; None where it is beside it."""
        at, base, anchor = spot
        if anchor == "middle" or abs(at - x) <= radius + 4:
            return None
        side = 1.0 if anchor == "start" else -1.0
        end_x, end_y = at - 2 * side, base - 0.35 * self.size
        reach = radius / math.hypot(end_x - x, end_y - y)
        start_x, start_y = x + (end_x - x) * reach, y + (end_y - y) * reach
        return start_x, start_y, end_x, end_y


def _cross(one: _Line, other: _Line) -> bool:
    """Whether two straight lines cross or touch."""
    return _parted(one, other) and _parted(other, one)


def _parted(line: _Line, other: _Line) -> bool:
    """Whether the ends of the other line are on both sides of this one, or on it."""
    x1, y1, x2, y2 = line
    sides = [
        (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)
        for x, y in ((other[0], other[1]), (other[2], other[3]))
    ]
    return sides[0] * sides[1] <= 0
