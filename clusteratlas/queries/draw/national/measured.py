"""Maps of one figure in every region: filled areas, what is withheld and what is absent apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Any

from clusteratlas.queries.draw.areas.keys import Swatch, area_key, hatch, hatches
from clusteratlas.queries.draw.canvas import SIZES, Box, Svg, fitted
from clusteratlas.queries.draw.ground.national.plane import (
    HIGH,
    INSETS,
    WIDE,
    Shade,
    nation_plane,
    nation_shape,
    short_place,
)
from clusteratlas.queries.draw.ground.outlines import OUTLINES_FROM, PARTS
from clusteratlas.queries.draw.labels import Placer
from clusteratlas.queries.draw.scales import ColorSteps, color_steps
from clusteratlas.queries.language.answer import Answer
from clusteratlas.queries.numbers import quantity, range_words
from clusteratlas.vocabulary.keys import parse_region

NOT_THERE = Shade("lined")
WITHHELD = Shade("withheld", sure=False)
_MOST_APART = 500
"""Areas that a file has one by one; of more, those of a color are one path."""
_MOST_NAMES = 12
_PIN = 2.0
_FEW_BARE = 10
"""Counties without figures that the key says nothing of."""
_SMALL = 4.0
"""An area that is nowhere wider than so many pixels gets a dot of its color."""


def answer_areas(answer: Answer, rows: Sequence[Any]) -> Svg:
    """Fill every region of the type by its figure, with a key above.

    Colors are steps with round borders; hatched where the bounds of a figure reach another step,
    dotted where it is withheld, empty where there is nothing. What is strong is outlined.
    """
    del rows  # a map shows all regions, not the first ones
    drawing = MeasuredMap(answer)
    svg = Svg("areas", WIDE, 0, "", "")
    top = area_key(svg, drawing.title, drawing.entries, WIDE) + 4
    drawing.draw(svg, top, one_by_one=len(drawing.areas) <= _MOST_APART, tips=True)
    svg.label(0, top + HIGH + 12, OUTLINES_FROM, "subtitle")
    svg.height = top + HIGH + 16
    return svg


class MeasuredMap:
    """A map in the making.

    Parameters
    ----------
    answer
        Answer with every region of the type as its backdrop.
    hot
        Keys of regions that are hot spots, to be outlined.
    """

    def __init__(self, answer: Answer, hot: Collection[str] = ()) -> None:
        self.areas = [a for a in answer.backdrop if a.figures is not None]
        self.hot = frozenset(hot)
        self.rows = [a.figures for a in self.areas]

    @cached_property
    def scale(self) -> ColorSteps:
        """The colors."""
        unit = self.rows[0].unit if self.rows else None
        return color_steps([r.value for r in self.rows if _is_shown(r)], unit)

    @cached_property
    def shades(self) -> list[Shade]:
        """How each area is filled."""
        return [self.shade(row) for row in self.rows]

    def shade(self, row: Any) -> Shade:
        """Say how a region is filled."""
        if row.known == "absent":
            return NOT_THERE
        if row.known == "withheld":
            return WITHHELD
        class_ = self.scale.class_of(row.value)
        low, high = _ends(row)
        if row.known == "published" or (low is None and high is None):
            return Shade(class_)
        reached = {None if v is None else self.scale.class_of(v) for v in (low, high)}
        return Shade(class_, reached == {class_})

    @property
    def title(self) -> str:
        """What the colors are of."""
        if not self.rows:
            return ""
        unit = {"USD": " (USD)"}.get(self.rows[0].unit, "")
        return f"{self.rows[0].measure}{unit}"

    @property
    def entries(self) -> list[Swatch]:
        """Give the colors there are, with the number of areas that have each."""
        count = Counter(s.class_ for s in self.shades)
        named = zip(self.scale.classes, self.scale.words, strict=True)
        found = [Swatch(class_, words, count[class_]) for class_, words in named]
        unsure = Counter(s.class_ for s in self.shades if not s.sure and s != WITHHELD)
        if unsure:
            most = max(unsure, key=lambda c: (unsure[c], c))
            words = "withheld cells could change it"
            found.append(Swatch(most, words, sum(unsure.values()), hatched=True))
        if count[WITHHELD.class_]:
            number = count[WITHHELD.class_]
            found.append(Swatch(WITHHELD.class_, "there, but withheld", number, hatched=True))
        if count[NOT_THERE.class_]:
            found.append(Swatch(NOT_THERE.class_, "not there", count[NOT_THERE.class_]))
        if strong := sum(bool(r.strong) for r in self.rows):
            found.append(Swatch("strong-area", "strong", strong))
        if hot := sum(r.key in self.hot for r in self.rows):
            found.append(Swatch("hot-area", "hot spot", hot))
        if len(self.bare) > _FEW_BARE:
            found.append(Swatch("land", "outside such regions"))
        return found

    @cached_property
    def bare(self) -> frozenset[str]:
        """Counties outside the regions."""
        return nation_plane().counties - {c for a in self.areas for c in a.counties}

    def draw(self, svg: Svg, top: float, *, one_by_one: bool, tips: bool = False) -> None:
        """Draw the map.

        Parameters
        ----------
        svg
            Picture to draw into.
        top
            Where the map begins, pixels.
        one_by_one
            Each area is a path of its own, known by :func:`area_id`; else those of a color are one.
        tips
            Each area has words that a pointer brings up.
        """
        hatches(svg, {s.class_ for s in self.shades if not s.sure and s != WITHHELD})
        _dotted(svg)
        with svg.within("g", transform=f"translate(0 {top:g}) scale({1 / PARTS:g})"):
            if self.bare:
                svg.add("path", d=nation_shape(nation_plane().counties).path, class_="land")
            for shade in sorted(set(self.shades), key=lambda s: (s.class_, s.sure)):
                inside = [a for a, s in zip(self.areas, self.shades, strict=True) if s == shade]
                look = {"class_": f"area {shade.class_}"}
                if not shade.sure:
                    look = {"class_": "area", "fill": hatch(shade.class_)}
                with svg.within("g", **look):
                    self._draw_shade(svg, inside, one_by_one=one_by_one, tips=tips)
            svg.add("path", d=nation_plane().states.path, class_="states")
            for class_, keys in self.outlined.items():
                shapes = [nation_shape(a.counties) for a in self.areas if a.key in keys]
                svg.add("path", d="".join(s.path for s in shapes), class_=class_)
        svg.add("path", d=INSETS, transform=f"translate(0 {top:g})", class_="inset")
        self._draw_specks(svg, top)
        self._draw_names(svg, top)

    @property
    def outlined(self) -> dict[str, set[str]]:
        """Keys of the regions that are outlined, by class."""
        strong = {r.key for r in self.rows if r.strong}
        hot = {r.key for r in self.rows if r.key in self.hot}
        return {
            class_: keys for class_, keys in (("strong-area", strong), ("hot-area", hot)) if keys
        }

    def _draw_shade(self, svg: Svg, inside: Sequence[Any], *, one_by_one: bool, tips: bool) -> None:
        if not one_by_one:
            counties = frozenset(c for a in inside for c in a.counties)
            svg.add("path", d=nation_shape(counties).path)
            return
        for area in inside:
            shape = nation_shape(area.counties)
            if shape.path:
                tip = f"{area.name}\n{region_figure(area.figures)}" if tips else None
                svg.add("path", tip=tip, id=area_id(area.key), d=shape.path)

    def _draw_specks(self, svg: Svg, top: float) -> None:
        """Draw dots for what is too small to be seen."""
        for area, shade in zip(self.areas, self.shades, strict=True):
            shape = nation_shape(area.counties)
            if shade != NOT_THERE and shape.small(_SMALL):
                x, y = shape.middle
                svg.add("circle", cx=x, cy=y + top, r=_SMALL / 2, class_=f"speck {shade.class_}")

    def _draw_names(self, svg: Svg, top: float) -> None:
        """Name the regions with most jobs that have a figure, where there is room."""
        names = Placer(WIDE, top + HIGH, SIZES["name"], _MOST_NAMES, around=True, farthest=2)
        names.taken.append(Box(0, 0, WIDE, top))  # the key
        named = [a for a in self.areas if _is_shown(a.figures)]
        named = [a for a in named if nation_shape(a.counties).path]
        named.sort(key=lambda a: (-(a.figures.jobs or 0), a.key))
        for area in named[: 2 * _MOST_NAMES]:
            x, y = nation_shape(area.counties).middle
            words = fitted(short_place(area.figures), 160, SIZES["name"])
            if found := names.place(x, y + top, _PIN, words):
                names.avoid(x, y + top, _PIN)
                svg.add("circle", cx=x, cy=y + top, r=_PIN, class_="pin-point")
                line = names.leader(x, y + top, _PIN, found)
                if line:
                    x1, y1, x2, y2 = line
                    svg.add("line", x1=x1, y1=y1, x2=x2, y2=y2, class_="leader")
                at, base, anchor = found
                svg.label(at, base, words, "name", text_anchor=anchor)


def area_id(key: str) -> str:
    """Give the id of a region's path: the letter r and its code."""
    return f"r{parse_region(key)[1]}"


def region_figure(row: Any) -> str:
    """Say the figure of a region with its bounds, or why there is none."""
    if row.known == "absent":
        return "not there"
    if row.value is None:
        return "there, but withheld"
    said = [_written(v, row.unit) for v in (row.value, *_ends(row))]
    if row.known == "withheld":
        return f"withheld: at most {said[2]}" if said[2] else "there, but withheld"
    if row.value_low is None and row.value_high is None:
        return said[0] if row.known == "published" else f"about {said[0]}"
    return range_words(said[0], said[1] or "?", said[2] or "?")


def spanned(row: Any) -> str:
    """Say the figure of a region in a sentence: the least and the most where it is not certain."""
    low, high = (None if v is None else _written(v, row.unit) for v in _ends(row))
    if row.known == "published" or low is None or high is None or low == high:
        return region_figure(row).split(" (")[0]
    return f"{low} to {high}"


def _is_shown(row: Any) -> bool:
    """Whether a region has a figure that says something."""
    return row.known in {"published", "estimated"} and row.value is not None


def _ends(row: Any) -> tuple[float | None, float | None]:
    return row.value_low, row.value_high


def _written(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    if unit == "ratio":
        return f"{value:.2f}" if value < 10 else f"{value:.1f}"
    return quantity(value, unit)


def _dotted(svg: Svg) -> None:
    """Define how an area looks whose figure is withheld."""
    size = 5.0 * PARTS
    with svg.within(
        "pattern",
        id=f"hatch-{WITHHELD.class_}",
        width=size,
        height=size,
        patternUnits="userSpaceOnUse",
    ):
        svg.add("rect", width=size, height=size, class_=WITHHELD.class_)
        svg.add("circle", cx=size / 2, cy=size / 2, r=0.9 * PARTS, class_="withheld-dot")
