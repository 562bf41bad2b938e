"""Scalable pictures as text: shapes with classes, so that one style sheet colors light and dark."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup, escape

from clusteratlas.queries.draw.labels import Box, text_box
from clusteratlas.queries.draw.palette import BOLD, SIZES

Number = float | int


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

    def _put(self, tag: str, inside: str, attributes: Mapping[str, Number | str]) -> None:
        words = "".join(
            f' {k.rstrip("_").replace("_", "-")}="{_value(v)}"' for k, v in attributes.items()
        )
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

    def line(self, x1: Number, y1: Number, x2: Number, y2: Number, class_: str) -> None:
        """Add a straight line."""
        self.add("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)

    def markup(self, style: str | None = None) -> Markup:
        """Give the element, ready for a page; with a style sheet it is a file of its own."""
        head = f'<svg viewBox="0 0 {coordinate(self.width)} {coordinate(self.height)}" role="img" '
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


def _value(value: Number | str) -> str:
    return str(escape(value)) if isinstance(value, str) else coordinate(value)
