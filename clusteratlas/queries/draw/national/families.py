"""Maps of what leads in each region: areas of the color of a family, the largest leaders named."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

from clusteratlas.queries.draw.areas.keys import Swatch, area_key
from clusteratlas.queries.draw.canvas import CATEGORIES, SIZES, Box, Svg, fitted
from clusteratlas.queries.draw.ground.national.plane import (
    HIGH,
    INSETS,
    WIDE,
    nation_place,
    short_place,
)
from clusteratlas.queries.draw.ground.outlines import OUTLINES_FROM, PARTS, Plane, Tracing
from clusteratlas.queries.draw.labels import Placer
from clusteratlas.queries.language.answer import Answer
from clusteratlas.vocabulary.keys import regional_cluster_key

_GRAIN = 0.5
"""Pixels to a unit of the paths, which are whole numbers: few bytes, for a first page."""
_MOST_NAMES = 18
_ROOM = 150.0
_PIN = 2.0
_GRAY = 4
_OTHER = f"f{_GRAY}"
"""Color of the families that have none of their own."""
_NOTHING = "lined"


def answer_families(answer: Answer, rows: Sequence[Any]) -> Svg:
    """Fill each region by the family of the cluster that leads in it, with a key above.

    The families that lead in most regions have a color each, others one together; a region
    without a leader is empty. Areas lead to the cluster in the region.
    """
    del rows  # a map shows all regions, not the first ones
    svg = Svg("families", WIDE, 0, "", "")
    top = area_key(svg, "", family_swatches(answer), WIDE) + 4
    draw_families(svg, answer, top)
    svg.label(0, top + HIGH + 12, OUTLINES_FROM, "subtitle")
    svg.height = top + HIGH + 16
    return svg


def family_swatches(answer: Answer) -> list[Swatch]:
    """Give the colors there are, with the number of regions that have each."""
    colors = family_colors(answer)
    count = Counter(_class(colors, a.figures) for a in answer.backdrop)
    entries = [Swatch(class_, words, count[class_]) for words, class_ in colors.items()]
    if count[_OTHER]:
        entries.append(Swatch(_OTHER, "other families", count[_OTHER]))
    if count[_NOTHING]:
        entries.append(Swatch(_NOTHING, "no strong cluster", count[_NOTHING]))
    return entries


def draw_families(svg: Svg, answer: Answer, top: float) -> None:
    """Draw the map without its key, from so many pixels down."""
    _draw_areas(svg, top, answer.backdrop, family_colors(answer))
    _draw_names(svg, top, answer.backdrop)


def family_colors(answer: Answer) -> Mapping[str, str]:
    """Give the class of the color of each family that has one of its own, by its name.

    Those are first by their part of the regions and their part of the jobs beyond the usual.
    """
    led = [a.figures for a in answer.backdrop if a.figures]
    total = sum(r.beyond for r in led) or 1.0
    weight: dict[str, float] = defaultdict(float)
    for row in led:
        weight[row.family] += 1 / len(led) + row.beyond / total
    first = sorted(weight, key=lambda name: (-weight[name], name))
    return dict(zip(first, (f"f{i}" for i in range(CATEGORIES) if i != _GRAY), strict=False))


@cache
def _plane() -> Plane:
    def project(longitude: float, latitude: float) -> tuple[float, float]:
        x, y = nation_place(longitude, latitude)
        return x / _GRAIN / PARTS, y / _GRAIN / PARTS

    return Plane(project)


@cache
def _outline(counties: frozenset[str]) -> Tracing:
    return _plane().outline(counties)


def _class(colors: Mapping[str, str], leader: Any) -> str:
    if leader is None:
        return _NOTHING
    return colors.get(leader.family, _OTHER)


def _draw_areas(svg: Svg, top: float, areas: Collection[Any], colors: Mapping[str, str]) -> None:
    with svg.within("g", transform=f"translate(0 {top:g}) scale({_GRAIN:g})", class_="coarse"):
        bare = _plane().counties - {c for a in areas for c in a.counties}
        if bare:
            svg.add("path", d=_plane().land().path, class_="land")
        for class_ in dict.fromkeys(_class(colors, a.figures) for a in areas):
            with svg.within("g", class_=f"area family {class_}"):
                for area in areas:
                    if _class(colors, area.figures) == class_:
                        _draw_area(svg, area)
        svg.add("path", d=_plane().states.path, class_="states")
    svg.add("path", d=INSETS, transform=f"translate(0 {top:g})", class_="inset")


def _draw_area(svg: Svg, area: Any) -> None:
    path = _outline(area.counties).path
    if not path:
        return
    leader = area.figures
    if leader is None:
        svg.add("path", d=path)
        return
    words = f"{leader.name}: {leader.cluster}, {leader.jobs:,} jobs"
    svg.mark("path", {"d": path}, words, regional_cluster_key(leader.cluster_key, area.key))


def _draw_names(svg: Svg, top: float, areas: Collection[Any]) -> None:
    """Name the regions and clusters with most jobs beyond the usual, where there is room."""
    names = Placer(WIDE, top + HIGH, SIZES["name"], _MOST_NAMES, around=True, farthest=3)
    names.taken.append(Box(0, 0, WIDE, top))  # the key
    led = [a for a in areas if a.figures and _outline(a.counties).lines]
    led.sort(key=lambda a: (-a.figures.beyond, a.key))
    for area in led[: 2 * _MOST_NAMES]:
        x, y = (v * _GRAIN * PARTS for v in _outline(area.counties).middle)
        words = f"{short_place(area.figures)}: {area.figures.cluster.split(',')[0]}"
        words = fitted(words, _ROOM, SIZES["name"])
        found = names.place(x, y + top, _PIN, words)
        if not found:
            continue
        names.avoid(x, y + top, _PIN)
        svg.add("circle", cx=x, cy=y + top, r=_PIN, class_="pin-point")
        if line := names.leader(x, y + top, _PIN, found):
            x1, y1, x2, y2 = line
            svg.add("line", x1=x1, y1=y1, x2=x2, y2=y2, class_="leader")
        at, base, anchor = found
        svg.label(at, base, words, "name", text_anchor=anchor)
