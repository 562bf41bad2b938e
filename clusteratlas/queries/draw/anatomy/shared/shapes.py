"""Curves of the anatomy's plate: its outline, the rings of presence, and lines that leave it.

The origin is the middle of the plate; units are those of the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import copysign, cos, hypot, pi, sin

from clusteratlas.queries.draw.canvas import coordinate

RING = (252.0, 288.0, 324.0)
"""How far from the middle the rings are at its height: strong, present, not here."""
_BEND = 0.12
"""Part by which rings bend inwards at the top and the bottom."""
_ROUND = 3.0
"""Exponent of the plate's outline: 2 is an ellipse, more is squarer."""
_TRIES = 60
_NEAR = 1e-6


def ring_x(ring: int, y: float, half: float) -> float:
    """Say how far from the middle a ring is at a height; ``half`` is that of the picture."""
    return RING[ring] * (1 - _BEND * min(1.0, (y / half) ** 2))


def outline_x(y: float, wide: float, high: float) -> float:
    """Say how far from the middle the plate's outline is at a height (Lamé's curve)."""
    inside = max(0.0, 1 - abs(y / high) ** _ROUND)
    return float(wide * inside ** (1 / _ROUND))


def outline(wide: float, high: float, steps: int = 72) -> str:
    """Write the plate's outline as a path."""
    points = []
    for i in range(steps):
        x, y = cos(2 * pi * i / steps), sin(2 * pi * i / steps)
        across = copysign(wide * abs(x) ** (2 / _ROUND), x)
        down = copysign(high * abs(y) ** (2 / _ROUND), y)
        points.append(f"{coordinate(across)} {coordinate(down)}")
    return f"M{'L'.join(points)}Z"


def ring_path(ring: int, side: int, half: float) -> str:
    """Write a ring at the left (-1) or the right (1) as a path."""
    heights = [-half + half * i / 8 for i in range(17)]
    points = [f"{coordinate(side * ring_x(ring, y, half))} {coordinate(y)}" for y in heights]
    return f"M{'L'.join(points)}"


def arm(x: float, y: float, turn: float, end: float, row: float, plate: tuple[float, float]) -> str:
    """Write a line from the plate's outline to a row.

    It leaves the plate at right angles, and is level from ``turn`` to ``end``: names and marks
    begin behind that, so that it crosses none of them.
    """
    wide, high = plate
    u = copysign(abs(x / wide) ** (_ROUND - 1) / wide, x)
    v = copysign(abs(y / high) ** (_ROUND - 1) / high, y)
    length = hypot(u, v) or 1.0
    reach = 0.5 * hypot(turn - x, row - y)
    out = 1 if end > x else -1
    near = x + u / length * reach
    near = min(near, turn) if out > 0 else max(near, turn)
    lead = turn - out * max(14.0, 0.55 * abs(turn - x))
    bend = (near, y + v / length * reach, lead, row, turn, row)
    words = " ".join(map(coordinate, bend))
    return f"M{coordinate(x)} {coordinate(y)}C{words}H{coordinate(end)}"


def leave(rows: Sequence[float], widths: Sequence[float], high: float, half: float) -> list[float]:
    """Say at which heights lines leave the plate: in the order of their rows, none on another."""
    flat, top = 0.45 * high, 0.82 * high

    def squeezed(y: float) -> float:
        if abs(y) <= flat:
            return y
        return copysign(flat + (top - flat) * (abs(y) - flat) / max(half - flat, 1.0), y)

    found = [squeezed(y) for y in rows]
    apart = [(one + other) / 2 + 1.6 for one, other in pairwise(widths)]
    # Where there are more lines than the plate is high, they share what there is.
    apart = [gap * min(1.0, 2 * top / max(sum(apart), 1.0)) for gap in apart]
    for _ in range(_TRIES):
        moved = False
        for i, gap in enumerate(apart):
            over = gap - (found[i + 1] - found[i])
            if over > _NEAR:
                found[i] -= over / 2
                found[i + 1] += over / 2
                moved = True
        if not moved:
            break
    # What is pushed beyond the shoulders comes back in its order.
    for i in range(len(found)):
        found[i] = max(found[i], found[i - 1] + apart[i - 1] if i else -top)
    for i in reversed(range(len(found))):
        found[i] = min(found[i], found[i + 1] - apart[i] if i < len(apart) else top)
    return found
