"""Maps from centroids: dots for the ground, circles for what is shown, in place of outlines."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, radians, sin, sqrt
from typing import Any

from markupsafe import Markup

from clusteratlas.queries.draw.canvas import (
    SIZES,
    Svg,
    color_key,
    coordinate,
    fitted,
    round_sizes,
    size_key,
)
from clusteratlas.queries.draw.labels import Placer
from clusteratlas.queries.language.answer import Answer, column_title, row_words

WIDTH, HEIGHT = 600, 372
BACKGROUND = "us-counties"
"""Name of the dots, which are on the page once and used by every map."""

_LARGEST = 26.0
_LABELS = 6


@dataclass(frozen=True, slots=True)
class Place:
    """One region on a map."""

    name: str
    longitude: float
    latitude: float
    size: float
    """Drawn as the area of its circle."""
    words: str
    """What a pointer brings up."""


def albers(
    longitude: float, latitude: float, center: tuple[float, float], parallels: tuple[float, float]
) -> tuple[float, float]:
    """Project a point by Albers' equal-area conic projection (Snyder 1987, section 14, sphere).

    ``n = (sin p1 + sin p2) / 2``, ``C = cos^2 p1 + 2 n sin p1``,
    ``rho = sqrt(C - 2 n sin(latitude)) / n``, ``theta = n (longitude - l0)``;
    ``x = rho sin(theta)``, ``y = rho0 - rho cos(theta)``.

    Parameters
    ----------
    longitude, latitude
        Degrees.
    center
        Longitude and latitude of the origin, degrees.
    parallels
        Standard parallels p1 and p2, degrees.

    Returns
    -------
    East and north of the origin, in radii of the earth.
    """
    first, second = (sin(radians(p)) for p in parallels)
    n = (first + second) / 2
    c = cos(radians(parallels[0])) ** 2 + 2 * n * first
    rho, rho0 = (sqrt(c - 2 * n * sin(radians(a))) / n for a in (latitude, center[1]))
    theta = n * radians(longitude - center[0])
    return rho * sin(theta), rho0 - rho * cos(theta)


def place_of(longitude: float, latitude: float) -> tuple[float, float]:
    """Give the place of a point on the map; Alaska (at 0.37 of the scale) and Hawaii are inset."""
    if longitude > 0:  # the Aleutians beyond the date line
        longitude -= 360
    if latitude > 50 and longitude < -128:
        x, y = albers(longitude, latitude, (-154, 62), (55, 65))
        return 88 + 275 * x, 308 - 275 * y
    if latitude < 24 and longitude < -140:
        x, y = albers(longitude, latitude, (-157, 20.5), (8, 18))
        return 205 + 750 * x, 340 - 750 * y
    x, y = albers(longitude, latitude, (-96, 38.5), (29.5, 45.5))
    return 304 + 765 * x, 178 - 765 * y


def dots(points: Sequence[tuple[float, float]]) -> Markup:
    """Give the dots of all counties as a symbol that maps use."""
    places = sorted({place_of(*p) for p in points})
    path = "".join(f"M{coordinate(round(x, 1))} {coordinate(round(y, 1))}h0" for x, y in places)
    symbol = f'<symbol id="{BACKGROUND}" viewBox="0 0 {WIDTH} {HEIGHT}"><path d="{path}"/></symbol>'
    return Markup(  # noqa: S704  # numbers only
        f'<svg class="store" aria-hidden="true" width="0" height="0">{symbol}</svg>'
    )


def region_map(name: str, places: Sequence[Place], title: str, description: str) -> Markup:
    """Draw circles over the dots of the counties, small ones on top of large ones."""
    svg = Svg(name, WIDTH, HEIGHT, title, description)
    svg.add("use", href=f"#{BACKGROUND}", width=WIDTH, height=HEIGHT, class_="dots")
    largest = max((p.size for p in places), default=1.0)
    names = Placer(WIDTH, HEIGHT, SIZES["town"], _LABELS, bold=True)
    labels: list[tuple[float, float, str, str]] = []
    for place in sorted(places, key=lambda p: (-p.size, p.name)):
        x, y = place_of(place.longitude, place.latitude)
        radius = max(2.5, _LARGEST * sqrt(place.size / largest) * min(1.0, sqrt(largest / 0.15)))
        svg.add("circle", tip=place.words, cx=x, cy=y, r=radius, class_="place")
        words = _first_city(place.name)
        if found := names.place(x, y, radius, words):
            labels.append((*found, words))
    for at, base, anchor, words in labels:
        svg.label(at, base, words, "town", text_anchor=anchor)
    return svg.markup()


def _first_city(name: str) -> str:
    """Keep the first city of a region's name."""
    return name.split(",")[0].split("-")[0].split("/")[0]


BOUNDS = (-170.0, -66.0, 18.5, 72.0)
"""West, east, south and north of what a map shows: the fifty states."""
_STEPS = ((0.5, "below 0.5"), (1.0, "0.5 to 1"), (2.0, "1 to 2"), (4.0, "2 to 4"))
_SCALE = 1.3
_BIGGEST = 17.0


def answer_map(answer: Answer, rows: Sequence[Any]) -> Svg:
    """Draw regions as circles over the dots of all regions of their type, the largest named.

    Areas are sizes, shades are steps of the location quotient. An answer about one region shows
    the land around it, others the fifty states.
    """
    picture = answer.question.picture
    inside = [r for r in rows if _on_map(r)]
    ground = [d for d in answer.backdrop if _on_map(d)]
    local = "region" in answer.names and bool(inside)
    project = _local(inside) if local else _nation
    width, height = WIDTH * _SCALE, HEIGHT * _SCALE
    svg = Svg("map", width, 0, "", "")
    shades = [
        *((f"shade q{i}", words) for i, (_, words) in enumerate(_STEPS)),
        ("shade q4", "4 and more"),
        ("shade none", "not known"),
    ]
    top = color_key(svg, 0, 12, column_title(answer, picture.color), shades, width)
    largest = max((getattr(r, picture.size) or 0 for r in inside), default=0) or 1
    sizes = [(_BIGGEST * sqrt(n / largest), f"{n:,}") for n in round_sizes(largest) if n <= largest]
    top = size_key(svg, 0, top + 10, column_title(answer, picture.size), sizes)
    spots = sorted({project(d.longitude, d.latitude) for d in ground})
    shown = [(x, y) for x, y in spots if 0 <= x <= width and 0 <= y <= height]
    path = "".join(
        f"M{coordinate(round(x, 1))} {coordinate(round(y + top, 1))}h0" for x, y in shown
    )
    svg.add("path", d=path, class_="dots")
    names = Placer(width, top + height, SIZES["name"], 12, around=True)
    for row in inside:
        x, y = project(row.longitude, row.latitude)
        names.avoid(x, y + top, _BIGGEST * sqrt((getattr(row, picture.size) or 0) / largest))
    labels = []
    for row in sorted(inside, key=lambda r: (-(getattr(r, picture.size) or 0), r.key)):
        x, y = project(row.longitude, row.latitude)
        radius = max(3.0, _BIGGEST * sqrt((getattr(row, picture.size) or 0) / largest))
        svg.add(
            "circle",
            tip=row_words(answer, row),
            cx=x,
            cy=y + top,
            r=radius,
            class_=_shade(getattr(row, picture.color)),
        )
        words = fitted(row.name.split(",")[0], 220, SIZES["name"])
        if found := names.place(x, y + top, radius, words):
            labels.append((*found, words))
    for x1, y1, x2, y2 in names.lines:
        svg.add("line", x1=x1, y1=y1, x2=x2, y2=y2, class_="leader")
    for at, base, anchor, words in labels:
        svg.label(at, base, words, "name", text_anchor=anchor)
    svg.height = top + height
    return svg


def _shade(value: float | None) -> str:
    if value is None:
        return "shade none"
    step = sum(1 for bound, _ in _STEPS if value >= bound)
    return f"shade q{step}"


def _nation(longitude: float, latitude: float) -> tuple[float, float]:
    x, y = place_of(longitude, latitude)
    return _SCALE * x, _SCALE * y


def _local(rows: Sequence[Any]) -> Callable[[float, float], tuple[float, float]]:
    """Project the land around some regions: level and upright degrees at their true lengths."""
    west, east = min(r.longitude for r in rows) - 1, max(r.longitude for r in rows) + 1
    south, north = min(r.latitude for r in rows) - 0.7, max(r.latitude for r in rows) + 0.7
    short = cos(radians((south + north) / 2))
    width, height = WIDTH * _SCALE, HEIGHT * _SCALE
    scale = min(width / ((east - west) * short), height / (north - south))

    def place(longitude: float, latitude: float) -> tuple[float, float]:
        return (
            width / 2 + (longitude - (west + east) / 2) * short * scale,
            height / 2 - (latitude - (south + north) / 2) * scale,
        )

    return place


def _on_map(row: Any) -> bool:
    west, east, south, north = BOUNDS
    return bool(west <= row.longitude <= east and south <= row.latitude <= north)
