"""Outlines of counties that are small enough to be packed: fewer points, the old Connecticut.

Borders are thinned one stretch at a time with their ends in place, so that what two counties share
stays shared: outlines of any union of counties are the stretches with one side inside it.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from math import cos, radians
from operator import itemgetter
from pathlib import Path

import pandas as pd

from clusteratlas.loaders.places.boundaries import BOUNDARIES
from clusteratlas.loaders.places.counties import COUNTY_CHANGES, CURRENT, STATES, TERRITORIES
from clusteratlas.loaders.places.outlines import COUNTY_OUTLINES, outline_points
from clusteratlas.loaders.source.listing import sha256

UNITS = 400
"""Coordinates are whole numbers of so many to a degree: about 250 m."""
FINE, COARSE = 3.0, 16.0
"""A point is kept for close views and for maps of the nation if the triangle that it makes with its
neighbors is larger than this, km2."""
_ALASKA = 7.0
"""Alaska is drawn smaller, at about 1/7 of the area of the rest."""
_ISLET, _ISLAND = 6.0, 60.0
"""Smaller islands are on no map, and on no map of the nation, km2."""
_STATES = frozenset(STATES) - TERRITORIES
_KM = 111.2 / UNITS

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A line of border between two counties, or of one with the sea or another country."""

    points: tuple[Point, ...]
    """East and north, in ``UNITS`` of a degree."""
    a: str
    b: str | None = None

    @property
    def closed(self) -> bool:
        """Whether it is a ring of its own."""
        return self.points[0] == self.points[-1]


def packed_outlines(data: Path) -> str:
    """Make the file of outlines that is packed, of the publisher's files below a folder."""
    new, old = COUNTY_OUTLINES.find(data, 2023), BOUNDARIES.find(data, 2010)
    heading = [
        "Borders of the counties of 2020; clusteratlas/loaders/places/simplified.py says how",
        f"east and north in 1/{UNITS} degree; US public domain; U.S. Census Bureau",
        f"boundaries of 2023: {new.name}, sha256 {sha256(new)}",
        f"of 2010, inside Connecticut: {old.name}, sha256 {sha256(old)}",
    ]
    counties = of_old_counties(stretches(COUNTY_OUTLINES.load(new)), stretches(outline_points(old)))
    return outlines_text(counties, heading)


def stretches(outlines: pd.DataFrame) -> list[Stretch]:
    """Take the fifty states and the capital from a table of points of ``outline_points``."""
    found = []
    # The Aleutian Islands go on beyond the date line.
    lon = outlines["lon"].where(outlines["lon"] <= 0, outlines["lon"] - 360)
    table = pd.DataFrame(
        {
            "arc": outlines["arc"].astype("int64"),
            "x": (lon * UNITS).round().astype("int64"),
            "y": (outlines["lat"] * UNITS).round().astype("int64"),
            "a": outlines["a"].astype("object"),
            "b": outlines["b"].astype("object").where(outlines["b"].notna(), None),
        }
    )
    for _, rows in groupby(table.itertuples(index=False, name=None), key=itemgetter(0)):
        arc = list(rows)
        a, b = arc[0][3:]
        if a[:2] in _STATES:
            places = [place for place, _ in groupby((x, y) for _, x, y, *_ in arc)]
            if len(places) > (3 if places[0] == places[-1] else 1):
                found.append(Stretch(tuple(places), a, b))
    return found


def of_old_counties(new: Sequence[Stretch], old: Sequence[Stretch]) -> list[Stretch]:
    """Give the counties that figures have before 2022: Connecticut's, and Valdez-Cordova.

    Parameters
    ----------
    new
        All stretches, with the planning regions of Connecticut.
    old
        Those of an older file with its counties. Lines inside the state are taken from it; they
        end at the point of the state's outline that is nearest, where that is cut.
    """
    before = {
        code: change.old
        for change in COUNTY_CHANGES
        if change.year > CURRENT
        for code in change.new
    }
    kept = []
    for s in new:
        names = sorted({before.get(c, c) for c in (s.a, s.b) if c})
        if len(names) == 2 or s.b is None:
            kept.append(Stretch(s.points, *names))
    around = [s for s in kept if _sides(s, "09") == 1]
    within = [s for s in old if _sides(s, "09") == 2]
    ends = Counter(p for s in within for p in (s.points[0], s.points[-1]))
    border = {p for s in around if not s.closed for p in s.points}
    moved = {p: _nearest(p, border) for p, lines in ends.items() if lines == 1}
    sides = [
        (_of(s, "09"), *ends) for s in old if _sides(s, "09") == 1 for ends in pairwise(s.points)
    ]
    cuts = set(moved.values())
    outer = []
    for stretch in around:
        for part in _cut(stretch.points, cuts):
            middle = part[len(part) // 2 - 1 : len(part) // 2 + 1]
            x, y = (sum(p[axis] for p in middle) / 2 for axis in (0, 1))
            county = min((_apart(x, y, *ends), code) for code, *ends in sides)[1]
            others = {c for c in (stretch.a, stretch.b) if c and c[:2] != "09"}
            outer.append(Stretch(part, *sorted({county, *others})))
    inner = [
        replace(
            s,
            points=(
                moved.get(s.points[0], s.points[0]),
                *s.points[1:-1],
                moved.get(s.points[-1], s.points[-1]),
            ),
        )
        for s in within
    ]
    return [*(s for s in kept if not _sides(s, "09")), *outer, *inner]


def _sides(stretch: Stretch, state: str) -> int:
    return sum(c is not None and c.startswith(state) for c in (stretch.a, stretch.b))


def _of(stretch: Stretch, state: str) -> str:
    return next(c for c in (stretch.a, stretch.b) if c and c.startswith(state))


def _nearest(point: Point, among: Iterable[Point]) -> Point:
    return min(among, key=lambda p: ((p[0] - point[0]) ** 2 + (p[1] - point[1]) ** 2, p))


def _apart(x: float, y: float, start: Point, end: Point) -> float:
    """Squared distance of a point from a straight line between two others."""
    (x1, y1), (x2, y2) = start, end
    long = (x2 - x1) ** 2 + (y2 - y1) ** 2
    part = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / long if long else 0.0
    part = min(1.0, max(0.0, part))
    return (x1 + part * (x2 - x1) - x) ** 2 + (y1 + part * (y2 - y1) - y) ** 2


def _cut(points: tuple[Point, ...], at: set[Point]) -> list[tuple[Point, ...]]:
    """Cut a line at some of its inner points."""
    places = [i for i in range(1, len(points) - 1) if points[i] in at]
    bounds = [0, *places, len(points) - 1]
    return [points[i : j + 1] for i, j in pairwise(bounds)]


def weights(points: Sequence[Point]) -> list[float]:
    """Say how much each inner point of a line matters (Visvalingam and Whyatt 1993).

    The point whose triangle with its two neighbors is smallest goes first, and so on; its weight
    is the area of that triangle, or that of one that went before if it is larger. Ends have an
    endless weight.

    Parameters
    ----------
    points
        East and north in ``UNITS`` of a degree; at their true lengths at the line's mean latitude.

    Returns
    -------
    list of float
        Square kilometers.
    """
    last = len(points) - 1
    found = [float("inf")] * len(points)
    if last < 2:
        return found
    short = cos(radians(sum(y for _, y in points) / len(points) / UNITS))
    before, after = list(range(-1, last)), list(range(1, last + 2))

    def area(i: int) -> float:
        (x0, y0), (x1, y1), (x2, y2) = points[before[i]], points[i], points[after[i]]
        return abs((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)) * short * _KM**2 / 2

    now = {i: area(i) for i in range(1, last)}
    queue = [(weight, i) for i, weight in now.items()]
    heapq.heapify(queue)
    largest = 0.0
    while queue:
        weight, i = heapq.heappop(queue)
        if now.get(i) != weight:
            continue  # its neighbors changed since
        del now[i]
        largest = found[i] = max(largest, weight)
        after[before[i]], before[after[i]] = after[i], before[i]
        for j in (before[i], after[i]):
            if j in now:
                now[j] = area(j)
                heapq.heappush(queue, (now[j], j))
    return found


def _ring_area(points: Sequence[Point]) -> float:
    short = cos(radians(points[0][1] / UNITS))
    pairs = pairwise(points)
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs)) * short * _KM**2 / 2


def outlines_text(counties: Sequence[Stretch], heading: Sequence[str]) -> str:
    """Write stretches small, a line for each: counties, first point, steps from point to point.

    ``01001 01021 -34567,12890 12,-3 4;5``: a step to a point of maps of the nation has a comma, to
    one of close views alone a semicolon; a hyphen stands for no county. Lines that start with # are
    the heading.
    """
    rings: dict[str, list[float]] = defaultdict(list)
    parts: Counter[str] = Counter()
    for s in counties:
        for county in filter(None, (s.a, s.b)):
            parts[county] += 1
            rings[county] += [_ring_area(s.points)] if s.closed and s.b is None else []
    lines = []
    for s in sorted(counties, key=lambda s: (s.a, s.b or "", s.points)):
        owners = [c for c in (s.a, s.b) if c]
        islet = s.closed and s.b is None
        # The largest part of a county is always there, however small.
        alone = islet and len(rings[s.a]) == parts[s.a] and _ring_area(s.points) == max(rings[s.a])
        if islet and not alone and _ring_area(s.points) < _ISLET:
            continue
        scale = _ALASKA if s.a.startswith("02") else 1.0
        found = weights(s.points)
        # A county of one or two stretches keeps its shape: it would shrink to a line.
        must = 2 if min(parts[c] for c in owners) <= 2 or s.closed else 0
        ranked = sorted(found[1:-1], reverse=True)
        sure = ranked[:must][-1] if ranked[:must] else float("inf")
        coarse = min(COARSE * scale, sure)
        fine = min(FINE * scale, sure)
        if islet and not alone and _ring_area(s.points) < _ISLAND * scale:
            coarse = float("inf")
        at = s.points[0]
        words = [s.a, s.b or "-", f"{at[0]},{at[1]}"]
        for point, weight in zip(s.points[1:], found[1:], strict=True):
            if weight >= fine:
                joint = "," if weight >= coarse else ";"
                words.append(f"{point[0] - at[0]}{joint}{point[1] - at[1]}")
                at = point
        lines.append(" ".join(words))
    return "\n".join([*(f"# {line}" for line in heading), *lines]) + "\n"
