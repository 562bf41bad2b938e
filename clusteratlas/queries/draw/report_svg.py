"""Scalable pictures as text: shapes with classes, so that one style sheet colors light and dark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor, log10

from markupsafe import Markup, escape

Number = float | int


def number(value: Number) -> str:
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
        self, x: Number, y: Number, text: str, class_: str = "", **more: Number | str
    ) -> None:
        """Add a line of text."""
        named = {"class_": class_} if class_ else {}
        self._put("text", str(escape(text)), {"x": x, "y": y, **named, **more})

    def link(self, x: Number, y: Number, text: str, target: str, class_: str) -> None:
        """Add a line of text that ends at ``x`` and leads to another part of the page."""
        self._parts.append(f'<a href="{escape(target)}">')
        self.label(x, y, text, class_, text_anchor="end")
        self._parts.append("</a>")

    def line(self, x1: Number, y1: Number, x2: Number, y2: Number, class_: str) -> None:
        """Add a straight line."""
        self.add("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)

    def markup(self) -> Markup:
        """Give the element, ready to stand in a page."""
        head = (
            f'<svg viewBox="0 0 {number(self.width)} {number(self.height)}" role="img" '
            f'aria-labelledby="{escape(self.name)}-t {escape(self.name)}-d">'
            f'<title id="{escape(self.name)}-t">{escape(self.title)}</title>'
            f'<desc id="{escape(self.name)}-d">{escape(self.description)}</desc>'
        )
        return Markup(head + "".join(self._parts) + "</svg>")  # noqa: S704  # escaped above


def _value(value: Number | str) -> str:
    return str(escape(value)) if isinstance(value, str) else number(value)


def ticks(low: float, high: float, about: int = 6) -> list[float]:
    """Give round numbers from at most ``low`` to at least ``high``.

    Steps are 1, 2 or 5 times a power of ten, the first that needs no more than ``about`` of them.
    """
    span = max(high - low, 1e-9)
    power = 10.0 ** floor(log10(span / about))
    step = next(s * power for s in (1, 2, 5, 10) if span / (s * power) <= about)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(i * step, 10) for i in range(first, max(last, first + 1) + 1)]


class Scale:
    """A straight line from figures to places."""

    def __init__(self, values: Sequence[float], start: float, end: float, about: int = 6) -> None:
        self.ticks = ticks(min(values), max(values), about) if values else [0.0, 1.0]
        self._low, self._high = self.ticks[0], self.ticks[-1]
        self._start, self._end = start, end

    def __call__(self, value: float) -> float:
        """Give the place of a figure."""
        part = (value - self._low) / (self._high - self._low)
        return self._start + part * (self._end - self._start)
