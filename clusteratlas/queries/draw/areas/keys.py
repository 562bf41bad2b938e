"""Keys to the colors of areas: swatches with words and numbers, and hatching."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from clusteratlas.queries.draw.canvas import SIZES, Svg, text_width
from clusteratlas.queries.draw.ground.outlines import PARTS

_WIDE, _HIGH = 22.0, 12.0
_APART = 4.5 * PARTS
"""Distance of the lines of a hatched area, in the units of paths."""


@dataclass(frozen=True, slots=True)
class Swatch:
    """A color with its words, and the number of areas that have it."""

    class_: str
    words: str
    count: int | None = None
    hatched: bool = False


def hatch(class_: str) -> str:
    """Give the fill of an area that is of a color perhaps."""
    return f"url(#hatch-{class_})"


def hatches(svg: Svg, classes: Collection[str]) -> None:
    """Define the hatching of some colors."""
    for class_ in sorted(classes):
        with svg.within(
            "pattern",
            id=f"hatch-{class_}",
            width=_APART,
            height=_APART,
            patternUnits="userSpaceOnUse",
            patternTransform="rotate(45)",
        ):
            svg.add("rect", width=_APART, height=_APART, class_=class_)
            svg.add("rect", width=0.34 * _APART, height=_APART, class_="hatching")


def area_key(svg: Svg, title: str, entries: Sequence[Swatch], width: float) -> float:
    """Explain the colors of areas, on as many lines as ``width`` asks for.

    Returns
    -------
    Where the next line may be.
    """
    at, y = 0.0, 12.0
    if title:
        svg.label(at, y, title, "axis")
        at += text_width(title, SIZES["axis"]) + 14
    for entry in entries:
        words = entry.words if entry.count is None else f"{entry.words} ({entry.count:,})"
        wide = _WIDE + 5 + text_width(words, SIZES["key"])
        if at + wide > width and at > 0:
            at, y = 0.0, y + 20
        place = f"translate({at:g} {y - 10:g}) scale({1 / PARTS:g})"
        with svg.within("g", transform=place):
            svg.add("rect", width=_WIDE * PARTS, height=_HIGH * PARTS, **_look(entry))
        svg.label(at + _WIDE + 5, y, words, "key")
        at += wide + 14
    return y + 20


def swatch_mark(entry: Swatch) -> Markup:
    """Draw a color by itself, for a key in the words of a page beside its map."""
    fill = f' fill="{hatch(entry.class_)}"' if entry.hatched else ""
    class_ = _look(entry)["class_"]
    wide, high = f"{_WIDE * PARTS:g}", f"{_HIGH * PARTS:g}"
    return Markup(  # noqa: S704  # classes of our own
        f'<svg class="mark" viewBox="0 0 {wide} {high}" aria-hidden="true">'
        f'<rect class="{class_}"{fill} width="{wide}" height="{high}"/></svg>'
    )


def _look(entry: Swatch) -> dict[str, str]:
    if entry.hatched:
        return {"class_": "swatch", "fill": hatch(entry.class_)}
    return {"class_": f"swatch {entry.class_}"}
