"""Maps of answers: areas filled by their figure, states on top, the leading places named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import sqrt
from typing import Any

from clusteratlas.queries.draw.areas.keys import Swatch, area_key, hatches
from clusteratlas.queries.draw.canvas import SIZES, Box, Svg, fitted, round_sizes, size_key
from clusteratlas.queries.draw.ground.national.plane import (
    HIGH,
    INSETS,
    WIDE,
    Shade,
    filled_as,
    nation_place,
    short_place,
)
from clusteratlas.queries.draw.ground.outlines import (
    OUTLINES_FROM,
    PARTS,
    Plane,
    Projection,
    extent,
)
from clusteratlas.queries.draw.labels import Placer
from clusteratlas.queries.draw.maps import albers
from clusteratlas.queries.language.answer import Answer, column_title, row_words, unit_of
from clusteratlas.queries.numbers import quantity, range_words
from clusteratlas.vocabulary.keys import CUSTOM, is_region

STEPS = (
    ("below 0.5", 0.5),
    ("0.5 to 1", 1.0),
    ("1 to 1.5", 1.5),
    ("1.5 to 3", 3.0),
    ("3 to 6", 6.0),
    ("6 and more", None),
)
"""Shades of a ratio by the figure where the next one begins; 1 is as in the nation."""
SPOTS = {"hot": "hot spot", "cold": "cold spot", "neither": "neither"}
_BIGGEST = 14.0
_LEAST = 2.0
"""Radius of the smallest circle, pixels."""
_MOST_NAMES = 12
_FARTHEST = 3
"""Lines that a name may be away from its circle."""
_SMALL = 5.0
"""An area that is nowhere wider than so many pixels gets a dot of its color."""
_MARGIN = 0.06
"""Around what a close view shows, as a part of its width and height."""
_CLOSEST = 250 / 6371
"""Width of the closest view, radii of the earth: outlines are no finer than for 250 km."""
ABSENT = Shade("absent")
QUIET = frozenset({"absent", "spot-neither"})
"""What most areas are where only some stand out: drawn together, without words to point at."""
_MOST_POINTED = 500
"""With more areas than so many beside those, all of one color are drawn together: a picture of all
counties stays below 300 kB, and words are on circles alone."""


def answer_map(answer: Answer, rows: Sequence[Any]) -> Svg:
    """Draw every region of the type by its figure, with a circle for each row of the answer.

    Shades are steps of a ratio, or what kind of spot a region is; hatched where withheld cells
    could give another one. Where the cluster is not there the area is empty. Circles are sizes. An
    area too small to be seen is a dot, a region without an outline a filled circle. An answer about
    one region or state shows the land around it, others the fifty states.
    """
    return _AnswerMap(answer, rows).drawn()


class _AnswerMap:
    """A map in the making."""

    def __init__(self, answer: Answer, rows: Sequence[Any]) -> None:
        self.answer = answer
        self.picture = answer.question.picture
        self.areas = answer.backdrop
        self.rows = sorted(rows, key=lambda r: (-self.size(r), r.key))
        self.largest = max((self.size(r) for r in rows), default=0) or 1
        near = {r.key for r in rows} if {"region", "state"} & {*answer.names} else set[str]()
        # Regions of one's own are seldom all over the country.
        near |= {a.key for a in self.areas if is_region(a.key, CUSTOM)}
        close = _close_view([a for a in self.areas if a.key in near])
        self.local = close is not None
        self.project: Projection = close or nation_place
        self.plane = Plane(self.project, (WIDE, HIGH) if close else None)
        self.outlines = {a.key: self.plane.outline(a.counties) for a in self.areas}
        # Those that a close view does not reach have none.
        self.seen = [a for a in self.areas if self.outlines[a.key].lines]
        self.shades = {a.key: self.shade(a.figures) for a in self.areas}
        self.shades |= {r.key: self.shade(r) for r in rows}

    def drawn(self) -> Svg:
        """Put the map together: keys, areas, circles, names."""
        svg = Svg("map", WIDE, 0, "", "")
        # What is strong is marked where shades do not say all there is.
        strong = [a for a in self.seen if self.by_steps and getattr(a.figures, "strong", False)]
        top = area_key(svg, self.title, self.entries(len(strong)), WIDE)
        sizes = [n for n in round_sizes(self.largest) if n <= self.largest]
        title = column_title(self.answer, self.picture.size)
        top = size_key(svg, 0, top + 8, title, [(self.radius(n), f"{n:,}") for n in sizes])
        hatches(svg, {s.class_ for s in self.shades.values() if not s.sure})
        place = {"transform": f"translate(0 {top:g}) scale({1 / PARTS:g})"}
        if self.local:
            with svg.within("clipPath", id="map-view"):
                svg.add("rect", width=PARTS * WIDE, height=PARTS * HIGH)
            place["clip_path"] = "url(#map-view)"
        with svg.within("g", **place):
            self.draw_areas(svg)
            svg.add("path", d=self.joined(strong), class_="strong-area")
        if not self.local:
            svg.add("path", d=INSETS, transform=f"translate(0 {top:g})", class_="inset")
        self.draw_circles(svg, top)
        self.draw_names(svg, top)
        svg.label(0, top + HIGH + 12, OUTLINES_FROM, "subtitle")
        svg.height = top + HIGH + 16
        return svg

    @property
    def by_steps(self) -> bool:
        """Whether colors are steps of a figure, not kinds."""
        return unit_of(self.answer, self.picture.color) is not None

    @property
    def title(self) -> str:
        """What the colors are of."""
        return column_title(self.answer, self.picture.color) if self.by_steps else ""

    def size(self, row: Any) -> float:
        """Figure that the circle of a row is drawn by."""
        return float(getattr(row, self.picture.size) or 0)

    def radius(self, size: float) -> float:
        """Radius of a circle: its area is the figure."""
        return _BIGGEST * sqrt(size / self.largest)

    def place(self, row: Any) -> tuple[float, float]:
        """Say where a row is: its point, or the middle of its outline where that is off it.

        A point that is the middle of counties can be far out at sea, as that of Honolulu is.
        """
        x, y = self.project(row.longitude, row.latitude)
        outline = self.outlines.get(row.key)
        if outline is None or not outline.lines:
            return x, y
        left, top, right, bottom = outline.box
        inside = left <= x <= right and top <= y <= bottom
        return (x, y) if inside else outline.middle

    def shade(self, figures: Any) -> Shade:
        """Say how an area with these figures is filled."""
        color = self.picture.color
        value = getattr(figures, color, None)
        if value is None:
            return ABSENT
        if not self.by_steps:
            return Shade(f"spot-{value}", figures.certain)
        low, high = (getattr(figures, f"{color}{end}", value) for end in ("_low", "_high"))
        # Some questions give a row to regions without the cluster.
        if high == 0:
            return ABSENT
        return Shade(f"m{_step(value)}", _step(low) == _step(high))

    def entries(self, strong: int) -> list[Swatch]:
        """Give the colors there are, with the number of areas that have each."""
        keys = [a.key for a in self.seen] or [r.key for r in self.rows]
        every = [self.shades[key] for key in keys]
        count = Counter(s.class_ for s in every)
        if self.by_steps:
            named = {f"m{i}": words for i, (words, _) in enumerate(STEPS)}
            nothing = "none published or likely"
        else:
            named = {f"spot-{kind}": words for kind, words in SPOTS.items()}
            nothing = "no figures"
        found = [Swatch(class_, words, count[class_]) for class_, words in named.items()]
        unsure = Counter(s.class_ for s in every if not s.sure)
        if unsure:
            most = max(unsure, key=lambda c: (unsure[c], c))
            words = "withheld cells could change it"
            found.append(Swatch(most, words, sum(unsure.values()), hatched=True))
        if strong:
            found.append(Swatch("strong-area", "strong", strong))
        if count[ABSENT.class_]:
            found.append(Swatch("absent", nothing, count[ABSENT.class_]))
        if self.bare:
            found.append(Swatch("land", "outside such regions"))
        return found

    @property
    def bare(self) -> bool:
        """Whether there is land outside the regions."""
        return bool(self.plane.counties - {c for a in self.areas for c in a.counties})

    def draw_areas(self, svg: Svg) -> None:
        """Draw the land, areas without figures and their borders, areas with figures, states."""
        if self.bare:
            svg.add("path", d=self.plane.land().path, class_="land")
        quiet = {a.key for a in self.seen if self.shades[a.key].class_ in QUIET}
        if len(self.seen) - len(quiet) > _MOST_POINTED:
            quiet = {a.key for a in self.seen}
        for shade in sorted({self.shades[key] for key in quiet}, key=lambda s: (s.class_, s.sure)):
            counties = {c for a in self.seen if self.shades[a.key] == shade for c in a.counties}
            svg.add("path", d=self.plane.outline(counties).path, **filled_as(shade))
        region = {c: a.key for a in self.seen if a.key in quiet for c in a.counties}

        def alike(a: str, b: str) -> bool:
            """Whether two areas would look like one."""
            one, other = region.get(a), region.get(b)
            return bool(one and other and one != other and self.shades[one] == self.shades[other])

        svg.add("path", d=self.plane.inside_states(alike).path, class_="hair")
        listed = {r.key: row_words(self.answer, r) for r in self.rows}
        for area in self.seen:
            if area.key not in quiet:
                shade = self.shades[area.key]
                tip = listed.get(area.key) or self.words(area)
                svg.add("path", tip=tip, d=self.outlines[area.key].path, **filled_as(shade))
        svg.add("path", d=self.plane.states.path, class_="states")

    def joined(self, areas: Sequence[Any]) -> str:
        """Outlines of several areas in one path."""
        return "".join(self.outlines[a.key].path for a in areas)

    def words(self, area: Any) -> str:
        """Say what a pointer brings up over an area that is not among the rows."""
        lines = [area.name]
        for name in (self.picture.color, self.picture.size):
            value = getattr(area.figures, name)
            if isinstance(value, str):
                lines.append(SPOTS[value])
                continue
            unit = unit_of(self.answer, name)
            low, high = (getattr(area.figures, f"{name}{end}") for end in ("_low", "_high"))
            said = (quantity(v, unit) for v in (value, low, high))
            lines.append(f"{column_title(self.answer, name)}: {range_words(*said)}")
        return "\n".join(lines)

    def draw_circles(self, svg: Svg, top: float) -> None:
        """Draw dots for what is too small to be seen, and circles for the rows of the answer."""
        for area in self.seen:
            outline, shade = self.outlines[area.key], self.shades[area.key]
            if shade.class_ not in QUIET and outline.small(_SMALL):
                x, y = outline.middle
                svg.add("circle", cx=x, cy=y + top, r=_SMALL / 2, class_=f"speck {shade.class_}")
        for row in self.rows:
            outlined = row.key in self.outlines and self.outlines[row.key].lines
            if outlined and not self.size(row):
                continue
            x, y = self.place(row)
            radius = max(_LEAST, self.radius(self.size(row)))
            # On dark areas a dark line is seen by the light one around it.
            svg.add("circle", cx=x, cy=y + top, r=radius, class_="round-halo")
            look = "open" if outlined else self.shades[row.key].class_
            tip = row_words(self.answer, row)
            svg.add("circle", tip=tip, cx=x, cy=y + top, r=radius, class_=f"round {look}")

    def draw_names(self, svg: Svg, top: float) -> None:
        """Name the rows, the largest first, where there is room."""
        names = Placer(
            WIDE, top + HIGH, SIZES["name"], _MOST_NAMES, around=True, farthest=_FARTHEST
        )
        # On a map of the nation names of empty places would hide others.
        rows = [r for r in self.rows if self.local or self.size(r)]
        names.taken.append(Box(0, 0, WIDE, top))  # the keys
        places = [self.place(row) for row in rows]
        for row, (x, y) in zip(rows, places, strict=True):
            names.avoid(x, y + top, self.radius(self.size(row)))
        labels = []
        for row, (x, y) in zip(rows, places, strict=True):
            words = fitted(short_place(row), 160, SIZES["name"])
            radius = max(_LEAST, self.radius(self.size(row)))
            if found := names.place(x, y + top, radius, words):
                labels.append((*found, words))
        for x1, y1, x2, y2 in names.lines:
            svg.add("line", x1=x1, y1=y1, x2=x2, y2=y2, class_="leader")
        for at, base, anchor, words in labels:
            svg.label(at, base, words, "name", text_anchor=anchor)


def _step(value: float) -> int:
    return sum(1 for _, bound in STEPS if bound is not None and value >= bound)


def _close_view(areas: Sequence[Any]) -> Projection | None:
    """Project the land around some areas by Albers' projection of their own; None without any."""
    box = extent({c for a in areas for c in a.counties})
    if box is None:
        return None
    west, south, east, north = box
    center = ((west + east) / 2, (south + north) / 2)
    parallels = (south + (north - south) / 6, north - (north - south) / 6)
    sides = [(x, y) for x in (west, center[0], east) for y in (south, north)]
    corners = [albers(x, y, center, parallels) for x, y in sides]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    low, high = min(y for _, y in corners), max(y for _, y in corners)
    room = 1 - 2 * _MARGIN
    wide, tall = max(right - left, _CLOSEST), max(high - low, _CLOSEST * HIGH / WIDE)
    scale = min(room * WIDE / wide, room * HIGH / tall)

    def project(longitude: float, latitude: float) -> tuple[float, float]:
        # Beyond the date line the Aleutian Islands go on.
        x, y = albers(longitude - 360 * (longitude > 0), latitude, center, parallels)
        return (
            WIDE / 2 + scale * (x - (left + right) / 2),
            HIGH / 2 - scale * (y - (low + high) / 2),
        )

    return project
