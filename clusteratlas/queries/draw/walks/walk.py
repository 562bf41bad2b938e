"""A walk as a picture: what was opened stays where it is, and what it leads to stands beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from markupsafe import Markup

from clusteratlas.queries.draw.canvas import (
    CATEGORIES,
    SIZES,
    Svg,
    color_key,
    coordinate,
    fitted,
    text_width,
)
from clusteratlas.queries.draw.graphs.layers import linked, sized
from clusteratlas.queries.language.answer import value_words
from clusteratlas.queries.links import Kind
from clusteratlas.queries.numbers import dollar_words, quantity
from clusteratlas.queries.walking.walk import Spot, Walk, Way
from clusteratlas.vocabulary.model import NODES

_NODE = 264.0
_KIND = 176.0
_GAP = 34.0
_TALL = 26.0
_PITCH = 33.0
_STEP = _NODE + _KIND + 2 * _GAP
_MONEY = {"million USD": 1.0, "USD": 1e-6, "thousand USD": 1e-3}


class Addresses(Protocol):
    """Where the marks of a walk lead: the same walk, one step on."""

    def node(self, spot: Spot) -> str:
        """Open a node, tell about it, or close it."""
        ...

    def way(self, spot: Spot, way: Way) -> str:
        """Show the nodes of a kind of links, or hide them."""
        ...

    def more(self, spot: Spot, way: Way) -> str:
        """Show more of them."""
        ...


@dataclass
class _Sheet:
    svg: Svg
    to: Addresses
    seen: str
    ties: Svg
    y: float = 0.0
    wide: float = 0.0
    labels: dict[str, None] = field(default_factory=dict)


def drawn_walk(walk: Walk, to: Addresses) -> Markup:
    """Draw a walk from left to right: a node, its kinds of links, the nodes that they lead to."""
    title = f"A walk from {walk.root.linked.name}"
    sheet = _Sheet(Svg("walk", 0, 0, "", ""), to, walk.seen.key, Svg("ties", 0, 0, "", ""))
    _spot(sheet, walk.root, 1.0)
    svg = Svg("walk", max(sheet.wide, 560.0), 0, title, "nodes, and kinds of links with counts")
    entries = [(f"f{tone(label)}", _label(label)) for label in sheet.labels]
    top = color_key(svg, 0, 14, "", entries, min(svg.width, 900.0)) + 6
    svg.put(sheet.ties, 0, top)
    svg.put(sheet.svg, 0, top)
    svg.height = top + sheet.y + 4
    return sized(svg)


def tone(label: str) -> int:
    """Give the number of the color that nodes of a label have, in every walk the same."""
    return list(NODES).index(label) % CATEGORIES


def figure_of(kind: Kind, value: float | None) -> str:
    """Write the figure that links of a kind are ordered by; empty where there is none."""
    weight = kind.weight
    if value is None or weight is None:
        return ""
    if weight.unit in _MONEY:
        return dollar_words(value * _MONEY[weight.unit])
    if weight.unit == "year":
        return str(int(value))
    if weight.unit == "percent":
        return f"{value:.0f}%"
    words = quantity(value, weight.unit)
    return f"{words} jobs" if weight.unit == "jobs" else words


def _label(label: str) -> str:
    return "cluster in a region" if label == "RegionalCluster" else label.lower()


def _spot(sheet: _Sheet, spot: Spot, x: float, kind: Kind | None = None, before: str = "") -> None:
    """Draw a node and all that hangs on it."""
    y = sheet.y
    middle = y + _TALL / 2
    one = spot.linked
    sheet.labels.setdefault(one.label)
    sheet.wide = max(sheet.wide, x + _NODE + 1)
    figure = figure_of(kind, one.figure) if kind else ""
    classes = ["walk-node", f"s{tone(one.label)}"]
    classes += ["is-open"] * spot.open + ["is-again"] * spot.again
    classes += ["is-seen"] * (one.key == sheet.seen and not spot.again)

    def drawn() -> None:
        tip = f"{one.name}\n{_label(one.label)}" + (f"\n{figure}" if figure else "")
        place: dict[str, Any] = {"x": x, "y": y, "width": _NODE, "height": _TALL, "rx": _TALL / 2}
        sheet.svg.add("rect", tip=tip, class_=" ".join(classes), **place)
        sheet.svg.add("circle", cx=x + 15, cy=middle, r=4.5, class_=f"f{tone(one.label)}")
        room = _NODE - 44 - (text_width(figure, SIZES["link"]) + 8 if figure else 0)
        sheet.svg.label(
            x + 26, middle + 4, fitted(_short(one.name, before), room, SIZES["row"]), "row"
        )
        if figure:
            end = x + _NODE - 12
            sheet.svg.label(end, middle + 4, figure, "link", text_anchor="end")

    state = "stands above already" if spot.again else "open" if spot.open else "closed"
    said = ", ".join(w for w in (one.name, _label(one.label), figure, state) if w)
    more = {"data_w": spot.path, "aria_label": said}
    linked(sheet.svg, sheet.to.node(spot), drawn, **more)
    if not spot.ways:
        sheet.y += _PITCH
    for way in spot.ways:
        _way(sheet, spot, way, x + _NODE, middle)


def _short(name: str, before: str) -> str:
    """Leave out of a name what stands before it: of a cluster in a region the one or the other."""
    for cut in (name.removeprefix(f"{before} in "), name.removesuffix(f" in {before}")):
        if before and cut != name:
            return cut
    return name


def _way(sheet: _Sheet, spot: Spot, way: Way, left: float, middle: float) -> None:
    """Draw a kind of links, and the nodes that it shows."""
    y = sheet.y
    x = left + _GAP
    center = y + _TALL / 2
    kind = way.counted.kind
    _elbow(sheet, left, middle, x, center)
    sheet.wide = max(sheet.wide, x + _KIND + 1)
    count = f"{way.counted.count:,}"

    def drawn() -> None:
        tip = f"{value_words(kind.type).lower()}: {count} of the label {_label(kind.label)}"
        shown = " is-open" if way.spots else ""
        place: dict[str, Any] = {"x": x, "y": y + 2, "width": _KIND, "height": _TALL - 4, "rx": 5}
        sheet.svg.add("rect", tip=tip, class_=f"walk-kind{shown}", **place)
        room = _KIND - 26 - text_width(count, SIZES["link"])
        words = fitted(kind.words, room, SIZES["row"])
        sheet.svg.label(x + 9, center + 4, words, "row")
        sheet.svg.label(x + _KIND - 9, center + 4, count, "link", text_anchor="end")

    state = "shown" if way.spots else "hidden"
    said = f"{spot.linked.name} {kind.words}: {count} of the label {_label(kind.label)}, {state}"
    linked(sheet.svg, sheet.to.way(spot, way), drawn, data_w=way.path, aria_label=said)
    if not way.spots:
        sheet.y += _PITCH
        return
    most = max((abs(s.linked.figure or 0.0) for s in way.spots), default=0.0)
    for one in way.spots:
        begins = sheet.y + _TALL / 2
        share = abs(one.linked.figure or 0.0) / most if most else 0.0
        at = x + _KIND
        _tie(
            sheet,
            at,
            center,
            at + _GAP,
            begins,
            1.2 + 4.3 * share,
            f"walk-link s{tone(kind.label)}",
        )
        _spot(sheet, one, at + _GAP, kind, spot.linked.name)
    if way.more:
        _more(sheet, spot, way, x + _KIND + _GAP)


def _more(sheet: _Sheet, spot: Spot, way: Way, x: float) -> None:
    y = sheet.y
    words = f"{len(way.spots):,} of {way.counted.count:,}, show more"

    def drawn() -> None:
        wide = text_width(words, SIZES["link"]) + 20
        place: dict[str, Any] = {
            "x": x + 14,
            "y": y + 1,
            "width": wide,
            "height": _TALL - 4,
            "rx": 5,
        }
        sheet.svg.add("rect", class_="walk-more", **place)
        sheet.svg.label(x + 24, y + _TALL / 2 + 3, words, "link")

    said = f"{spot.linked.name} {way.counted.kind.words}: {words}"
    link = sheet.to.more(spot, way)
    linked(sheet.svg, link, drawn, data_w=f"{way.path}/more", aria_label=said)
    sheet.y += _PITCH


def _elbow(sheet: _Sheet, x1: float, y1: float, x2: float, y2: float) -> None:
    """Draw one branch of a tree: ties of one node share their way down."""
    bend, round_ = coordinate((x1 + x2) / 2), min(8.0, abs(y2 - y1))
    turn = f"H{bend}V{coordinate(y2 - round_)}Q{bend} {coordinate(y2)}"
    turn += f" {coordinate((x1 + x2) / 2 + round_)} {coordinate(y2)}" if round_ else ""
    line = f"M{coordinate(x1)} {coordinate(y1)}{turn if round_ else ''}H{coordinate(x2)}"
    sheet.ties.add("path", class_="walk-tie", d=line)


def _tie(
    sheet: _Sheet, x1: float, y1: float, x2: float, y2: float, wide: float, class_: str
) -> None:
    bend = (x1 + x2) / 2
    points = [coordinate(v) for v in (x1, y1, bend, y1, bend, y2, x2, y2)]
    line = "M{} {}C{} {} {} {} {} {}".format(*points)
    sheet.ties.add("path", class_=class_, d=line, stroke_width=round(wide, 2))
