"""Text on pictures: how wide it is, where it is cut, and where it lies on no other text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

_WIDTHS = {
    222: "ijl",
    191: "'",
    260: "|",
    278: " !,./:;I[\\]ft",
    333: "()-`r",
    334: "{}",
    355: '"',
    389: "*",
    469: "^",
    500: "Jckszvxy",
    556: "#$0123456789?L_abdeghnopqu\u2013",
    584: "+<=>~\u2212",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "…—",
    1015: "@",
}
_WIDTH = {letter: width / 1000 for width, letters in _WIDTHS.items() for letter in letters}
_OTHER = 0.6
_BOLD = 1.08
"""Bold letters are at most about so much wider than plain ones."""


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Say how wide a line of text is.

    Widths are those of Helvetica's letters, which Arial and Liberation Sans share.

    Parameters
    ----------
    size
        Height of the font, pixels.

    Returns
    -------
    Pixels.
    """
    wide = sum(_WIDTH.get(letter, _OTHER) for letter in text) * size
    return wide * _BOLD if bold else wide


def fitted(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """Cut a text to the room there is, with an ellipsis where something is lost."""
    if text_width(text, size, bold=bold) <= room:
        return text
    cut = text
    while cut and text_width(f"{cut}…", size, bold=bold) > room:
        cut = cut[:-1]
    return f"{cut.rstrip(' ,;(-')}…"


def wrapped(text: str, room: float, size: float, most: int, *, bold: bool = False) -> list[str]:
    """Break a text into at most ``most`` lines; the last one is cut where it does not fit."""
    lines: list[str] = []
    words = text.split()
    while words:
        line = words.pop(0)
        while words and (
            len(lines) == most - 1 or text_width(f"{line} {words[0]}", size, bold=bold) <= room
        ):
            line = f"{line} {words.pop(0)}"
        lines.append(fitted(line, room, size, bold=bold))
    return lines


_AWAY = 16.0
"""Distance of a name that a line leads to, pixels."""
_FARTHEST = 8
"""Lines up or down that such a name may be away."""


@dataclass(frozen=True, slots=True)
class Box:
    """The room of one line of text."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box, apart: float = 0.0) -> bool:
        """Whether two boxes overlap, or are nearer than ``apart``."""
        return (
            self.left < other.right + apart
            and other.left < self.right + apart
            and self.top < other.bottom + apart
            and other.top < self.bottom + apart
        )

    def crossed(self, x1: float, y1: float, x2: float, y2: float) -> bool:
        """Whether a straight line touches the box (Liang & Barsky 1984)."""
        begin, end = 0.0, 1.0
        for start, step, low, high in (
            (x1, x2 - x1, self.left, self.right),
            (y1, y2 - y1, self.top, self.bottom),
        ):
            if step == 0:
                if not low <= start <= high:
                    return False
                continue
            near, far = sorted(((low - start) / step, (high - start) / step))
            begin, end = max(begin, near), min(end, far)
        return begin <= end

    def moved(self, x: float, y: float) -> Box:
        """Give the box elsewhere."""
        return Box(self.left + x, self.top + y, self.right + x, self.bottom + y)


def text_box(
    x: float, y: float, text: str, size: float, anchor: str = "start", *, bold: bool = False
) -> Box:
    """Give the box of a line of text whose baseline starts, ends or has its middle at a point."""
    wide = text_width(text, size, bold=bold)
    left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
    return Box(left, y - 0.75 * size, left + wide, y + 0.22 * size)


def overlapping(boxes: Sequence[Box]) -> int:
    """Count the pairs of boxes that overlap."""
    return sum(one.meets(other) for i, one in enumerate(boxes) for other in boxes[i + 1 :])


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
    """

    width: float
    height: float
    size: float
    most: int
    bold: bool = False
    around: bool = False
    taken: list[Box] = field(default_factory=list)
    names: list[Box] = field(default_factory=list)
    """Those of them that are names."""
    lines: list[tuple[float, float, float, float]] = field(default_factory=list)
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
            for step in range(1, _FARTHEST + 1):
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
            ):
                self.taken.append(box)
                self.names.append(box)
                self.lines += [line] if line else []
                return at, base, anchor
        return None

    def leader(
        self, x: float, y: float, radius: float, spot: tuple[float, float, str]
    ) -> tuple[float, float, float, float] | None:
        """Give x1, y1, x2, y2 of the line from a point to its name; None where it is beside it."""
        at, base, anchor = spot
        if anchor == "middle" or abs(at - x) <= radius + 4:
            return None
        side = 1.0 if anchor == "start" else -1.0
        end_x, end_y = at - 2 * side, base - 0.35 * self.size
        reach = radius / math.hypot(end_x - x, end_y - y)
        start_x, start_y = x + (end_x - x) * reach, y + (end_y - y) * reach
        return start_x, start_y, end_x, end_y
