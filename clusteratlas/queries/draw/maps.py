"""Small maps: the states for the ground, circles for what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians, sin, sqrt

from markupsafe import Markup

from clusteratlas.queries.draw.canvas import SIZES, Svg
from clusteratlas.queries.draw.ground.outlines import PARTS, Plane
from clusteratlas.queries.draw.labels import Placer

WIDTH, HEIGHT = 600, 372
BACKGROUND = "us-states"
"""Name of the ground, which is on the page once and used by every map."""

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
        return 96 + 275 * x, 308 - 275 * y
    if latitude < 24 and longitude < -140:
        x, y = albers(longitude, latitude, (-157, 20.5), (8, 18))
        return 205 + 750 * x, 340 - 750 * y
    x, y = albers(longitude, latitude, (-96, 38.5), (29.5, 45.5))
    return 304 + 765 * x, 178 - 765 * y


def ground() -> Markup:
    """Give the states as a symbol that maps use."""
    plane = Plane(place_of)
    box = f"0 0 {PARTS * WIDTH} {PARTS * HEIGHT}"
    shapes = f'<path class="land" d="{plane.land().path}"/>'
    shapes += f'<path class="states" d="{plane.states.path}"/>'
    symbol = f'<symbol id="{BACKGROUND}" viewBox="{box}">{shapes}</symbol>'
    return Markup(  # noqa: S704  # numbers only
        f'<svg class="store" aria-hidden="true" width="0" height="0">{symbol}</svg>'
    )


def region_map(name: str, places: Sequence[Place], title: str, description: str) -> Markup:
    """Draw circles over the states, small ones on top of large ones."""
    svg = Svg(name, WIDTH, HEIGHT, title, description)
    svg.add("use", href=f"#{BACKGROUND}", width=WIDTH, height=HEIGHT)
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
