"""A graph in columns: each node once, with its name inside, and every link from side to side.

The same graph gives the same picture on every machine, and no name can lie on another one.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

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
from clusteratlas.queries.language.answer import value_words
from clusteratlas.queries.walking.results import ResultGraph

MOST_DRAWN = 60
"""Nodes that a picture holds; a table has them all."""
_WIDE = 190.0
_GAP = 90.0
_TALL = 24.0
_PITCH = 32.0
_HEAD = 2.0


@dataclass(frozen=True, slots=True)
class Vertex:
    """A node to be drawn."""

    id: str
    kind: str
    """Its label, which colors it."""
    name: str
    link: str | None = None
    """Address that it leads to."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """A link to be drawn."""

    start: str
    end: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class _Place:
    column: int
    y: float


def layered(name: str, title: str, vertices: Sequence[Vertex], arrows: Sequence[Arrow]) -> Markup:
    """Draw a graph in columns by the distance from the node of most links.

    Parameters
    ----------
    name
        Of the picture in its page.
    title
        What it shows, in words.
    vertices
        Nodes, in the order in which equals stand.
    arrows
        Links between them; those with an end that is no vertex are left out.

    Returns
    -------
    The picture in its own size, so that its names stay legible.
    """
    held = {v.id for v in vertices}
    arrows = [a for a in arrows if a.start in held and a.end in held]
    places, tall = _places([v.id for v in vertices], arrows)
    columns = 1 + max((p.column for p in places.values()), default=0)
    width = columns * _WIDE + (columns - 1) * _GAP + 2
    kinds = list(dict.fromkeys(v.kind for v in vertices))
    tones = {kind: f"f{k % CATEGORIES}" for k, kind in enumerate(kinds)}
    ties = list(dict.fromkeys(a.kind for a in arrows))
    svg = Svg(name, max(width, 420.0), 0, title, "; ".join(kinds))
    top = color_key(svg, 0, 14, "nodes", [(tones[k], k) for k in kinds], svg.width)
    if ties:
        entries = [(f"f{_tone(ties, k)}", value_words(k).lower()) for k in ties]
        top = color_key(svg, 0, top + 4, "links", entries, svg.width)
    top += 8
    for arrow in arrows:
        _arrow(svg, arrow, places, top, _tone(ties, arrow.kind))
    for vertex in vertices:
        _pill(svg, vertex, places[vertex.id], top, tones[vertex.kind].replace("f", "s"))
    svg.height = top + tall + 6
    return sized(svg)


def drawn_result(graph: ResultGraph, lead: Callable[[str], str | None]) -> Markup:
    """Draw the nodes of a result and the links between them, the first of them where many.

    Parameters
    ----------
    graph
        What was found; it holds one node at least.
    lead
        Address that a key leads to.
    """
    shown = graph.nodes[:MOST_DRAWN]
    vertices = [Vertex(n.id, n.label, n.name, lead(n.key) if n.key else None) for n in shown]
    arrows = [Arrow(x.start, x.end, x.type, x.words) for x in graph.links]
    title = f"{len(shown)} nodes and the links between them"
    return layered("result", title, vertices, arrows)


def sized(svg: Svg) -> Markup:
    """Give a picture in its own size: names stay legible, and a narrow page scrolls."""
    size = f'<svg width="{coordinate(svg.width)}" height="{coordinate(svg.height)}" '
    # It holds links: a group of them, and not one image.
    words = str(svg.markup()).replace("<svg ", size, 1).replace('role="img"', 'role="group"', 1)
    return Markup(words)  # noqa: S704  # escaped where it was written


def _tone(ties: Sequence[str], kind: str) -> int:
    """Links have colors from the end of the list, so that few are also those of nodes."""
    return CATEGORIES - 1 - ties.index(kind) % CATEGORIES


def _places(ids: Sequence[str], arrows: Sequence[Arrow]) -> tuple[dict[str, _Place], float]:
    """Put connected parts below one another, the largest first."""
    near: dict[str, dict[str, None]] = {id_: {} for id_ in ids}
    for arrow in arrows:
        if arrow.start != arrow.end:
            near[arrow.start][arrow.end] = None
            near[arrow.end][arrow.start] = None
    places: dict[str, _Place] = {}
    top = 0.0
    for part in sorted(_parts(ids, near), key=len, reverse=True):
        columns = _columns(part, near)
        tall = max(map(len, columns)) * _PITCH
        for k, column in enumerate(columns):
            first = top + (tall - len(column) * _PITCH) / 2
            for n, id_ in enumerate(column):
                places[id_] = _Place(k, first + n * _PITCH)
        top += tall + _HEAD
    return places, top


def _parts(ids: Sequence[str], near: dict[str, dict[str, None]]) -> list[list[str]]:
    seen: set[str] = set()
    parts = []
    for id_ in ids:
        if id_ not in seen:
            part = [i for column in _from(id_, near) for i in column]
            seen.update(part)
            parts.append(part)
    return parts


def _from(root: str, near: dict[str, dict[str, None]]) -> list[list[str]]:
    """Nodes by their distance from one of them."""
    away = {root: 0}
    waiting = deque([root])
    while waiting:
        one = waiting.popleft()
        for other in near[one]:
            if other not in away:
                away[other] = away[one] + 1
                waiting.append(other)
    columns: list[list[str]] = [[] for _ in range(1 + max(away.values()))]
    for id_, column in away.items():
        columns[column].append(id_)
    return columns


def _columns(part: Sequence[str], near: dict[str, dict[str, None]]) -> list[list[str]]:
    """Columns from the node of most links; each in the order of what it is tied to before it."""
    columns = _from(max(part, key=lambda id_: len(near[id_])), near)
    for before, column in pairwise(columns):
        at = {id_: n for n, id_ in enumerate(before)}

        def middle(id_: str, at: dict[str, int] = at) -> float:
            tied = [at[other] for other in near[id_] if other in at]
            return sum(tied) / len(tied)

        column.sort(key=middle)
    return columns


def _arrow(svg: Svg, arrow: Arrow, places: dict[str, _Place], top: float, tone: int) -> None:
    one, other = places[arrow.start], places[arrow.end]
    y1, y2 = top + one.y + _TALL / 2, top + other.y + _TALL / 2
    left = one.column * (_WIDE + _GAP)
    if one.column < other.column:
        x1, x2, bend = left + _WIDE, other.column * (_WIDE + _GAP), _GAP / 2
        turn = (x1 + bend, x2 - bend, -1)
    elif one.column > other.column:
        x1, x2, bend = left, other.column * (_WIDE + _GAP) + _WIDE, _GAP / 2
        turn = (x1 - bend, x2 + bend, 1)
    else:  # side by side: a bow beside the column
        x1 = x2 = left + _WIDE
        turn = (x1 + _GAP / 3, x2 + _GAP / 3, 1)
        y1, y2 = (y1, y2) if y1 != y2 else (y1 - 6, y2 + 6)
    c1, c2, way = turn
    points = [coordinate(v) for v in (x1, y1, c1, y1, c2, y2, x2 + way * 6, y2)]
    line = "M{} {}C{} {} {} {} {} {}".format(*points)
    svg.add("path", tip=arrow.words, class_=f"walk-link s{tone}", d=line)
    base = x2 + way * 7
    tip = f"M{coordinate(x2)} {coordinate(y2)}L{coordinate(base)} {coordinate(y2 - 4)}"
    svg.add("path", class_=f"walk-tip f{tone}", d=f"{tip}V{coordinate(y2 + 4)}Z")


def _pill(svg: Svg, vertex: Vertex, place: _Place, top: float, tone: str) -> None:
    x, y = place.column * (_WIDE + _GAP) + 1, top + place.y

    def drawn() -> None:
        svg.add(
            "rect",
            tip=f"{vertex.name}\n{vertex.kind}",
            x=x,
            y=y,
            width=_WIDE - 2,
            height=_TALL,
            rx=_TALL / 2,
            class_=f"walk-node {tone}",
        )
        words = fitted(vertex.name, _WIDE - 24, SIZES["row"])
        middle = x + (_WIDE - 2 - text_width(words, SIZES["row"])) / 2
        svg.label(middle, y + _TALL / 2 + 4, words, "row")

    linked(svg, vertex.link, drawn)


def linked(svg: Svg, link: str | None, drawn: Callable[[], None], **more: str) -> None:
    """Draw something, inside a link where there is an address for it."""
    if link is None:
        drawn()
        return
    with svg.within("a", href=link, **more):
        drawn()
