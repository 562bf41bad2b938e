"""Outlines of counties and of any union of them, as paths on a projected plane."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import compress, pairwise

Projection = Callable[[float, float], tuple[float, float]]
"""Longitude and latitude to the place on a picture."""

PARTS = 10
"""Coordinates of paths are whole numbers of so many to a pixel; they are drawn scaled by it."""

OUTLINES_FROM = "outlines: U.S. Census Bureau, 2023; counties of Connecticut, 2010"
"""What a map says below it."""

_UNITS = 400
"""Coordinates of the packed file to a degree."""

_AROUND = 20.0
"""How far a close view goes on beyond its edges, where it is cut off, pixels."""

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Outline:
    """A stretch of border: the county on one side, and on the other one, if there is any."""

    a: str
    b: str
    """Empty on a coast and on the border of the country."""
    points: tuple[tuple[float, float], ...]
    """Longitude and latitude, degrees."""


@cache
def county_borders(*, close: bool) -> tuple[Outline, ...]:
    """Read the packed borders, with all their points for close views."""
    text = (
        files("clusteratlas.queries.draw.ground").joinpath("county_outlines.txt").read_text("utf-8")
    )
    found = []
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        a, b, first, *steps = line.split(" ")
        x, y = map(int, first.split(","))
        points = [(x / _UNITS, y / _UNITS)]
        for step in steps:
            east, far, north = step.partition(",")
            if not far:
                east, _, north = step.partition(";")
            x, y = x + int(east), y + int(north)
            if far or close:
                points.append((x / _UNITS, y / _UNITS))
        if len(points) > (3 if points[0] == points[-1] else 1):
            found.append(Outline(a, b.strip("-"), tuple(points)))
    return tuple(found)


def extent(counties: Iterable[str]) -> tuple[float, float, float, float] | None:
    """Give west, south, east and north of some counties, degrees; None without an outline."""
    wanted = set(counties)
    points = [
        p for s in county_borders(close=False) if s.a in wanted or s.b in wanted for p in s.points
    ]
    if not points:
        return None
    return (
        min(x for x, _ in points),
        min(y for _, y in points),
        max(x for x, _ in points),
        max(y for _, y in points),
    )


class Plane:
    """The borders of all counties on a projected plane.

    Parameters
    ----------
    project
        Longitude and latitude to the place on the picture, pixels.
    view
        Width and height of a close view, pixels: all points there are, of the counties whose
        outline reaches into it. None: the points for maps of the nation, of all counties.
    """

    def __init__(self, project: Projection, view: tuple[float, float] | None = None) -> None:
        self._view = view
        borders = county_borders(close=view is not None)
        places = [_projected(s.points, project) for s in borders]
        seen = {county for border in borders for county in (border.a, border.b)}
        if view is not None:
            seen = {
                county
                for border, line in zip(borders, places, strict=True)
                if _meets(line, *view)
                for county in (border.a, border.b)
            }
            # Parts of their outlines are far away, and are cut off where areas are.
            kept = [border.a in seen or border.b in seen for border in borders]
            borders = tuple(compress(borders, kept))
            places = list(compress(places, kept))
        self._sides = [(border.a, border.b) for border in borders]
        self._places = places
        self._around: dict[str, list[int]] = defaultdict(list)
        for i, sides in enumerate(self._sides):
            for county in sides:
                if county and county in seen:
                    self._around[county].append(i)

    def outline(self, counties: Iterable[str]) -> Tracing:
        """Give the outline of a union of counties: the borders with one side inside it."""
        inside: set[int] = set()
        for county in set(counties):
            inside ^= set(self._around.get(county, ()))
        rings = _joined(self._places[i] for i in sorted(inside))
        if self._view is None:
            return Tracing(rings)
        cut = [_cut(ring, *self._view) for ring in rings]
        return Tracing([ring for ring in cut if ring])

    @property
    def counties(self) -> frozenset[str]:
        """FIPS codes of all that it shows."""
        return frozenset(self._around)

    def land(self) -> Tracing:
        """Give the outline of all counties together."""
        return self.outline(self._around)

    @property
    def states(self) -> Tracing:
        """The borders of states, coasts among them."""
        return self._lines(a[:2] != b[:2] for a, b in self._sides)

    def inside_states(self, parted: Callable[[str, str], bool]) -> Tracing:
        """Give the borders inside states that part two counties, as somebody says of each pair."""
        return self._lines(a[:2] == b[:2] and parted(a, b) for a, b in self._sides)

    def _lines(self, wanted: Iterable[bool]) -> Tracing:
        lines = compress(self._places, wanted)
        return Tracing(_joined(s for s in lines if self._view is None or _meets(s, *self._view)))


@dataclass(frozen=True, slots=True)
class Tracing:
    """Lines on the plane, in parts of a pixel; one that ends where it began is a ring."""

    lines: Sequence[Sequence[Place]]

    @property
    def path(self) -> str:
        """What a path element draws: each line from its first place, then steps."""
        return "".join(_steps(line) for line in self.lines)

    def small(self, wide: float) -> bool:
        """Whether it is there and nowhere wider or higher than so many pixels."""
        left, top, right, bottom = self.box
        return bool(self.lines) and max(right - left, bottom - top) <= wide

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of its box, pixels."""
        left, top, right, bottom = self.box
        return (left + right) / 2, (top + bottom) / 2

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom, pixels; of nothing four zeros."""
        xs = [x / PARTS for line in self.lines for x, _ in line] or [0.0]
        ys = [y / PARTS for line in self.lines for _, y in line] or [0.0]
        return min(xs), min(ys), max(xs), max(ys)


def _projected(points: Iterable[tuple[float, float]], project: Projection) -> list[Place]:
    found: list[Place] = []
    for longitude, latitude in points:
        x, y = project(longitude, latitude)
        place = (round(PARTS * x), round(PARTS * y))
        if not found or place != found[-1]:
            found.append(place)
    return found


def _meets(line: Sequence[Place], width: float, height: float) -> bool:
    """Whether the box of a line meets a view."""
    xs, ys = [x for x, _ in line], [y for _, y in line]
    across = min(xs) <= PARTS * width and max(xs) >= 0
    return across and min(ys) <= PARTS * height and max(ys) >= 0


def _cut(ring: list[Place], width: float, height: float) -> list[Place]:
    """Cut a ring to a view and a bit around it (Sutherland and Hodgman 1974).

    What draws a picture would else make room for all of it.
    """
    for axis, bound, sign in (
        (0, -_AROUND, 1),
        (0, width + _AROUND, -1),
        (1, -_AROUND, 1),
        (1, height + _AROUND, -1),
    ):
        limit = round(PARTS * bound)
        cut: list[Place] = []
        for start, end in pairwise(ring):
            inside, goes_on = (sign * (p[axis] - limit) >= 0 for p in (start, end))
            if inside:
                cut.append(start)
            if inside != goes_on:
                part = (limit - start[axis]) / (end[axis] - start[axis])
                other = round(start[1 - axis] + part * (end[1 - axis] - start[1 - axis]))
                cut.append((other, limit) if axis else (limit, other))
        ring = [*cut, cut[0]] if cut else []
    return ring


def _joined(parts: Iterable[list[Place]]) -> list[list[Place]]:
    """Join lines that meet at their ends, to rings where they go round.

    A line that shrank to a point is left out.
    """
    lines = [line for line in parts if len(line) > 1]
    ends: dict[Place, list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        if line[0] != line[-1]:
            ends[line[0]].append(i)
            ends[line[-1]].append(i)
    used = [False] * len(lines)
    found = []
    for i, line in enumerate(lines):
        if used[i]:
            continue
        used[i] = True
        ring = list(line)
        while ring[0] != ring[-1]:
            more = next((j for j in ends[ring[-1]] if not used[j]), None)
            if more is None:
                break
            used[more] = True
            ring += lines[more][1:] if lines[more][0] == ring[-1] else lines[more][-2::-1]
        found.append(ring)
    return found


def _steps(line: Sequence[Place]) -> str:
    (x, y), rest = line[0], line[1:]
    closed = line[0] == line[-1]
    text = [f"M{x} {y}l"]
    for right, down in rest[:-1] if closed else rest:
        dx, dy = right - x, down - y
        gap = "" if text[-1].endswith("l") or dx < 0 else " "
        text.append(f"{gap}{dx}{'' if dy < 0 else ' '}{dy}")
        x, y = right, down
    return "".join(text) + ("z" if closed else "")
