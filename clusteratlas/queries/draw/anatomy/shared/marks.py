"""Marks of an anatomy: an industry by its presence, an organization, an occupation, a cluster."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from clusteratlas.queries.draw.canvas import SIZES, Svg, coordinate, text_width

RADIUS = 5.2
_DOT = 5.6
_DEEP = 5
"""Dots of a column beside a heading."""
MOST_DOTS = 130
"""Dots beside a heading; with more members than that, each stands for several."""
_UNITS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_FULL, _HALF, _HOLLOW, _RINGED, _BROKEN = "full", "half", "hollow", "ringed", "broken"
LOOKS = {
    "strong": _FULL,
    "present": _HALF,
    "withheld": _RINGED,
    "everywhere": _RINGED,
    "missing": _HOLLOW,
    "not known": _BROKEN,
    None: _BROKEN,
}
"""How the mark of an industry looks, by presence."""
_KEY = (
    (_FULL, "strong here"),
    (_HALF, "present"),
    (_RINGED, "in every region, or withheld"),
    (_HOLLOW, "missing here"),
    (_BROKEN, "not measured"),
)


def circle(svg: Svg, x: float, y: float, tone: int, look: str, radius: float = RADIUS) -> None:
    """Draw an industry; a solid one takes the place of the edge, too."""
    _round(svg, x, y, tone, look, radius + 0.8 if look == _FULL else radius)


def _round(
    svg: Svg, x: float, y: float, tone: int, look: str, radius: float, kind: str = ""
) -> None:
    if look == _FULL:
        svg.add("circle", cx=x, cy=y, r=radius, class_=f"{kind}f{tone}")
        return
    edge = "hollow broken" if look == _BROKEN else "hollow"
    svg.add("circle", cx=x, cy=y, r=radius, class_=f"{kind}{edge} s{tone}")
    if look == _HALF:
        r = coordinate(radius)
        half = (
            f"M{coordinate(x)} {coordinate(y - radius)}a{r} {r} 0 0 0 0 {coordinate(2 * radius)}Z"
        )
        svg.add("path", d=half, class_=f"f{tone}")
    elif look == _RINGED:
        svg.add("circle", cx=x, cy=y, r=0.42 * radius, class_=f"f{tone}")


def square(svg: Svg, x: float, y: float, tone: int, *, doubtful: bool) -> None:
    """Draw an organization; one of general knowledge is broken."""
    look = f"hollow dotted s{tone}" if doubtful else f"f{tone}"
    side = 9.6 if doubtful else 11.0
    svg.add("rect", x=x - side / 2, y=y - side / 2, width=side, height=side, rx=1.5, class_=look)


def diamond(svg: Svg, x: float, y: float, tone: int) -> None:
    """Draw an occupation."""
    svg.add("path", d=f"M{coordinate(x - 6)} {coordinate(y)}l6 -6 6 6 -6 6Z", class_=f"f{tone}")


def hexagon(svg: Svg, x: float, y: float, tone: int, look: str) -> None:
    """Draw a cluster; solid where it is strong."""
    kind = f"f{tone}" if look == _FULL else f"hollow s{tone}"
    shape = f"M{coordinate(x - 6.3)} {coordinate(y)}l3.2 -5.5h6.2l3.2 5.5 -3.2 5.5h-6.2Z"
    svg.add("path", d=shape, class_=kind)
    if look == _HALF:
        left = f"M{coordinate(x)} {coordinate(y - 5.5)}h-3.1l-3.2 5.5 3.2 5.5h3.1Z"
        svg.add("path", d=left, class_=f"f{tone}")


def dots(
    svg: Svg, rings: Sequence[int], x: float, y: float, tone: int, *, out: int, most: int
) -> int:
    """Draw a dot for each of what has no row: strong ones full, present ones ringed, others hollow.

    Parameters
    ----------
    rings
        Ring of each.
    x, y
        Where the first column begins.
    out
        1: columns go to the right; -1: to the left.
    most
        Dots at most.

    Returns
    -------
    For how many of them a dot stands.
    """
    unit = next((u for u in _UNITS if ceil(len(rings) / u) <= most - 2), _UNITS[-1])
    groups = [ceil(rings.count(ring) / unit) for ring in range(3)]
    each = [ring for ring, number in enumerate(groups) for _ in range(number)]
    places: dict[int, str] = {}
    for i, ring in enumerate(each[: most + 2]):
        column, row = divmod(i, _DEEP)
        at = coordinate(x + out * column * _DOT), coordinate(y + row * _DOT)
        places[ring] = f"{places.get(ring, '')}M{at[0]} {at[1]}h.01"
    for ring, path in places.items():
        svg.add("path", d=path, class_=f"rest s{tone}")
        if ring:
            svg.add("path", d=path, class_="rest-hole" if ring == 2 else "rest-eye")
    return unit


def draw_mark(svg: Svg, row: Any, x: float, y: float, tone: int, *, doubtful: bool) -> None:
    """Draw the mark of a row by what it is."""
    if row.registers is not None:
        square(svg, x, y, tone, doubtful=doubtful)
    elif row.section == "occupation":
        diamond(svg, x, y, tone)
    elif row.section == "related cluster":
        hexagon(svg, x, y, tone, LOOKS.get(row.presence, _BROKEN))
    else:
        circle(svg, x, y, tone, LOOKS.get(row.presence, _BROKEN))


def draw_disc(svg: Svg, row: Any, x: float, y: float, radius: float) -> None:
    """Draw a member on the plate, as large as its jobs."""
    _round(svg, x, y, 0, LOOKS.get(row.presence, _BROKEN), radius, "disc ")


def draw_key(svg: Svg, *, by_sales: bool) -> float:
    """Explain the marks, on two lines; give where the picture begins."""
    x, y = 0.0, 12.0
    for look, words in _KEY:
        circle(svg, x + 7, y - 4, 4, look)
        svg.label(x + 17, y, words, "key")
        x += 31 + text_width(words, SIZES["key"])
    square(svg, x + 6, y - 4, 4, doubtful=False)
    svg.label(x + 16, y, "organization (dotted: general knowledge)", "key")
    lines = "sales a year, national" if by_sales else "how tied it is"
    svg.label(0, y + 17, f"line: {lines}; disc on the plate: jobs; dot: one more", "key")
    return y + 32
