"""What pictures are made of: shapes with classes, room for words, and keys that explain both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

Number = float | int

SIZES = {
    "title": 16.0,
    "subtitle": 11.0,
    "tick": 11.0,
    "axis": 12.0,
    "head": 13.0,
    "row": 12.0,
    "key": 11.0,
    "name": 11.0,
    "town": 15.0,
    "center": 13.0,
    "link": 10.5,
    "value": 11.0,
}
"""Sizes of text in pixels by its class; labels are placed by them."""
BOLD = frozenset({"title", "head", "center", "town"})

CATEGORIES = 8
"""Colors that tell kinds apart; after the last one the first comes again."""

_WIDTHS = {
    222: "ijl",
    191: "'",
    260: "|",
    278: " !,./:;I[\\]ft",
    333: "()-`r",
    334: "{}",
    355: '"',
    389: "*",
    469: "^",
    500: "Jckszvxy",
    556: "#$0123456789?L_abdeghnopqu\u2013",
    584: "+<=>~\u2212",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "…—",
    1015: "@",
}
_WIDTH = {letter: width / 1000 for width, letters in _WIDTHS.items() for letter in letters}
_OTHER = 0.6
_BOLD = 1.08
"""Bold letters are at most about so much wider than plain ones."""


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Say how wide a line of text is.

    Widths are those of Helvetica's letters, which Arial and Liberation Sans share.

    Parameters
    ----------
    size
        Height of the font, pixels.

    Returns
    -------
    Pixels.
    """
    wide = sum(_WIDTH.get(letter, _OTHER) for letter in text) * size
    return wide * _BOLD if bold else wide


def fitted(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """Cut a text to the room there is, with an ellipsis where something is lost."""
    if text_width(text, size, bold=bold) <= room:
        return text
    cut = text
    while cut and text_width(f"{cut}…", size, bold=bold) > room:
        cut = cut[:-1]
    return f"{cut.rstrip(' ,;(-')}…"


def wrapped(text: str, room: float, size: float, most: int, *, bold: bool = False) -> list[str]:
    """Break a text into at most ``most`` lines; the last one is cut where it does not fit."""
    lines: list[str] = []
    words = text.split()
    while words:
        line = words.pop(0)
        while words and (
            len(lines) == most - 1 or text_width(f"{line} {words[0]}", size, bold=bold) <= room
        ):
            line = f"{line} {words.pop(0)}"
        lines.append(fitted(line, room, size, bold=bold))
    return lines


@dataclass(frozen=True, slots=True)
class Box:
    """The room of one line of text."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box, apart: float = 0.0) -> bool:
        """Whether two boxes overlap, or are nearer than ``apart``."""
        return (
            self.left < other.right + apart
            and other.left < self.right + apart
            and self.top < other.bottom + apart
            and other.top < self.bottom + apart
        )

    def crossed(self, x1: float, y1: float, x2: float, y2: float) -> bool:
        """Whether a straight line touches the box (Liang & Barsky 1984)."""
        begin, end = 0.0, 1.0
        for start, step, low, high in (
            (x1, x2 - x1, self.left, self.right),
            (y1, y2 - y1, self.top, self.bottom),
        ):
            if step == 0:
                if not low <= start <= high:
                    return False
                continue
            near, far = sorted(((low - start) / step, (high - start) / step))
            begin, end = max(begin, near), min(end, far)
        return begin <= end

    def moved(self, x: float, y: float) -> Box:
        """Give the box elsewhere."""
        return Box(self.left + x, self.top + y, self.right + x, self.bottom + y)


def text_box(
    x: float, y: float, text: str, size: float, anchor: str = "start", *, bold: bool = False
) -> Box:
    """Give the box of a line of text whose baseline starts, ends or has its middle at a point."""
    wide = text_width(text, size, bold=bold)
    left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
    return Box(left, y - 0.75 * size, left + wide, y + 0.22 * size)


def overlapping(boxes: Sequence[Box]) -> int:
    """Count the pairs of boxes that overlap."""
    return sum(one.meets(other) for i, one in enumerate(boxes) for other in boxes[i + 1 :])


def color_class(values: Sequence[Any]) -> dict[Any, str]:
    """Give each value the class of its color, in the order of first appearance."""
    return {v: f"f{i % CATEGORIES}" for i, v in enumerate(dict.fromkeys(values))}


def coordinate(value: Number) -> str:
    """Write a coordinate with at most two decimals, the shortest way."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"", "-0"} else text


class Svg:
    """One picture on the way to its text.

    Parameters
    ----------
    name
        Unique on the page; its title and description are tied to it.
    width, height
        Of the drawing in its own units; the page scales it.
    title, description
        What the picture shows, and what is to be seen in it, for those who do not see it.
    """

    def __init__(
        self, name: str, width: Number, height: Number, title: str, description: str
    ) -> None:
        self.name = name
        self.width = width
        self.height = height
        self.title = title
        self.description = description
        self.boxes: list[Box] = []
        self._parts: list[str] = []

    def add(
        self, tag: str, text: str | None = None, tip: str | None = None, **attributes: Number | str
    ) -> None:
        """Add one element; ``class_`` stands for class, underscores for hyphens.

        Parameters
        ----------
        text
            Its content.
        tip
            Words that a pointer brings up.
        """
        inside = "" if text is None else str(escape(text))
        if tip is not None:
            inside += f"<title>{escape(tip)}</title>"
        self._put(tag, inside, attributes)

    @contextmanager
    def within(self, tag: str, **attributes: Number | str) -> Iterator[None]:
        """Put what is added meanwhile into an element; boxes of text are not moved by it."""
        self._parts.append(f"<{tag}{_attributes(attributes)}>")
        yield
        self._parts.append(f"</{tag}>")

    def _put(self, tag: str, inside: str, attributes: Mapping[str, Number | str]) -> None:
        words = _attributes(attributes)
        self._parts.append(f"<{tag}{words}>{inside}</{tag}>" if inside else f"<{tag}{words}/>")

    def label(
        self,
        x: Number,
        y: Number,
        text: str,
        class_: str = "row",
        *,
        text_anchor: str | None = None,
    ) -> None:
        """Add a line of text; the room that it takes is kept in ``boxes``."""
        place: dict[str, Number | str] = {"x": x, "y": y, "class_": class_}
        if text_anchor is not None:
            place["text_anchor"] = text_anchor
        self._put("text", str(escape(text)), place)
        bold = class_ in BOLD
        self.boxes.append(text_box(x, y, text, SIZES[class_], text_anchor or "start", bold=bold))

    def upright(self, x: Number, y: Number, text: str, class_: str = "axis") -> None:
        """Add a line of text that is read from below, its middle at a point."""
        place = f"translate({coordinate(x)} {coordinate(y)}) rotate(-90)"
        self._put(
            "text",
            str(escape(text)),
            {"class_": class_, "text_anchor": "middle", "transform": place},
        )
        flat = text_box(0, 0, text, SIZES[class_], "middle")
        self.boxes.append(Box(x + flat.top, y + flat.left, x + flat.bottom, y + flat.right))

    def put(self, other: Svg, x: Number, y: Number) -> None:
        """Take in what another picture shows, with its corner at a point."""
        inside = "".join(other._parts)
        self._parts.append(
            f'<g transform="translate({coordinate(x)} {coordinate(y)})">{inside}</g>'
        )
        self.boxes += [box.moved(x, y) for box in other.boxes]

    def link(self, x: Number, y: Number, text: str, target: str, class_: str) -> None:
        """Add a line of text that ends at ``x`` and leads to another part of the page."""
        self._parts.append(f'<a href="{escape(target)}">')
        self.label(x, y, text, class_, text_anchor="end")
        self._parts.append("</a>")

    def dot(
        self,
        x: Number,
        y: Number,
        radius: Number,
        class_: str,
        tip: str | None = None,
        key: str = "",
    ) -> None:
        """Add a circle; one that is withheld has a mark in its middle.

        Parameters
        ----------
        key
            What it is of, for pages on which a mark leads there.
        """
        place: dict[str, Number | str] = {"cx": x, "cy": y, "r": radius, "class_": class_}
        self.mark("circle", place, tip, key)
        if "is-withheld" in class_:
            self.add("circle", cx=x, cy=y, r=0.36 * radius, class_="mark")

    def mark(self, tag: str, place: Mapping[str, Number | str], tip: str | None, key: str) -> None:
        """Add a shape that stands for something, with its words and its key if it has one."""
        inside = "" if tip is None else f"<title>{escape(tip)}</title>"
        self._put(tag, inside, {**place, "data_key": key} if key else place)

    def line(self, x1: Number, y1: Number, x2: Number, y2: Number, class_: str) -> None:
        """Add a straight line."""
        self.add("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)

    def markup(self, style: str | None = None, *, role: str = "img") -> Markup:
        """Give the element, ready for a page; with a style sheet it is a file of its own.

        Parameters
        ----------
        role
            What it is to those who do not see it: one image, or a ``group`` of marks that lead on.
        """
        box = f"0 0 {coordinate(self.width)} {coordinate(self.height)}"
        head = f'<svg viewBox="{box}" role="{role}" '
        if style is not None:
            size = f'width="{coordinate(self.width)}" height="{coordinate(self.height)}"'
            head += f'xmlns="http://www.w3.org/2000/svg" {size} '
        head += (
            f'aria-labelledby="{escape(self.name)}-t {escape(self.name)}-d">'
            f'<title id="{escape(self.name)}-t">{escape(self.title)}</title>'
            f'<desc id="{escape(self.name)}-d">{escape(self.description)}</desc>'
        )
        if style is not None:
            head += f"<style>{style}</style>"
        return Markup(head + "".join(self._parts) + "</svg>")  # noqa: S704  # escaped above


def color_key(
    svg: Svg, x: float, y: float, title: str, entries: Sequence[tuple[str, str]], width: float
) -> float:
    """Explain colors, on as many lines as ``width`` asks for.

    Parameters
    ----------
    entries
        Class and words of each color.

    Returns
    -------
    Where the next line may be.
    """
    at = x
    if title:
        svg.label(at, y, title, "axis")
        at += text_width(title, SIZES["axis"]) + 14
    for class_, words in entries:
        wide = 16 + text_width(words, SIZES["key"])
        if at + wide > width and at > x:
            at, y = x, y + 18
        svg.dot(at + 5, y - 4, 5, class_)
        svg.label(at + 14, y, words, "key")
        at += wide + 14
    return y + 20


def size_key(
    svg: Svg, x: float, y: float, title: str, entries: Sequence[tuple[float, str]]
) -> float:
    """Explain the areas of circles by radius and words; give where the next line may be."""
    svg.label(x, y, title, "axis")
    at = x + text_width(title, SIZES["axis"]) + 14
    tall = max((r for r, _ in entries), default=0)
    for radius, words in entries:
        svg.add("circle", cx=at + radius, cy=y - 4, r=radius, class_="size")
        at += 2 * radius + 6
        svg.label(at, y, words, "key")
        at += text_width(words, SIZES["key"]) + 16
    return y + max(20.0, tall + 12)


def round_sizes(top: float) -> list[int]:
    """Give three round figures for a key to sizes, the largest not above the largest figure."""
    if top < 10:
        return [1, 5, 10]
    unit = 10 ** (len(str(int(top))) - 1)
    first = int(top // unit) * unit
    return sorted({max(first // 20, 1), max(first // 4, 1), first})


def _attributes(attributes: Mapping[str, Number | str]) -> str:
    return "".join(
        f' {k.rstrip("_").replace("_", "-")}="{_value(v)}"' for k, v in attributes.items()
    )


def _value(value: Number | str) -> str:
    return str(escape(value)) if isinstance(value, str) else coordinate(value)
