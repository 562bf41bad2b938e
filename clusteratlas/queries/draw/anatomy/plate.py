"""The anatomy of a cluster: its industries on a plate in the middle, each role in its place.

Where a mark lies says how present an industry is: near the plate it is strong, far off missing.
A line is as wide as the sales behind it, or as the tie. What has no row of its own is a dot beside
its heading, and every role says of how many its rows are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import ceil, sqrt
from typing import Any

from clusteratlas.queries.draw.anatomy.shared.marks import (
    MOST_DOTS,
    dots,
    draw_disc,
    draw_key,
    draw_mark,
)
from clusteratlas.queries.draw.anatomy.shared.roles import (
    ABOVE,
    BELOW,
    CORE,
    LEFT,
    PLAIN,
    RIGHT,
    Filled,
    Look,
    by_role,
    is_doubtful,
    ring_of,
    said,
    short_name,
)
from clusteratlas.queries.draw.anatomy.shared.shapes import (
    arm,
    leave,
    outline,
    outline_x,
    ring_path,
    ring_x,
)
from clusteratlas.queries.draw.anatomy.told.words import spoken
from clusteratlas.queries.draw.canvas import SIZES, Svg, coordinate, fitted, text_width, wrapped
from clusteratlas.queries.language.answer import Answer, row_words
from clusteratlas.queries.numbers import count_words

WIDTH = 1060.0
_HALF = WIDTH / 2
_WIDE = 206.0
"""Half the width of the plate."""
_PITCH, _HEAD, _FOOT, _GAP = 23.0, 44.0, 6.0, 10.0
_LOOSEST = 34.0
WIDEST, THINNEST = 11.0, 1.2
"""Width of the line of the largest sales, and of one without any."""
DISC, LEAST_DISC = 27.0, 4.0
_CELL, _PILL = 2 * DISC + 50.0, 46.0
_PAIR = 24.0
"""Height of a line of companies or institutions."""
RINGS = ("strong, here", "present", "not here")


def answer_plate(answer: Answer, rows: Sequence[Any], look: Look = PLAIN) -> Svg:
    """Draw the anatomy of a cluster in a region.

    Parameters
    ----------
    answer
        Of the question ``anatomy``.
    rows
        Rows that are drawn.
    look
        How the reader looks at it: what is open, selected, sought, hidden, pinned.
    """
    return _Plate(answer, rows, look).drawn()


class _Plate:
    """A picture in the making; the origin is the middle of the plate."""

    def __init__(self, answer: Answer, rows: Sequence[Any], look: Look) -> None:
        self.answer, self.look = answer, look
        self.filled = by_role(rows, look)
        self.most = max((look.weight(r) for r in rows if r.section != "core"), default=0.0)
        core = self.filled.get(CORE.id)
        self.core: Sequence[Any] = core.rows if core else ()
        self.columns = 3 if len(self.core) > 4 else 2
        self.lines = ceil(len(self.core) / self.columns)
        self.high = max(112.0, (_CELL * self.lines + _PILL + 78) / 2)
        self.sides = [
            [self.filled[role.id] for role in side if role.id in self.filled]
            for side in (LEFT, RIGHT)
        ]
        blocks = max(_block(self.filled.get(role.id)) for role in (ABOVE, BELOW))
        used = (sum(_height(f) + _GAP for f in side) - _GAP for side in self.sides)
        self.tall = max(2 * (self.high + blocks), *used) + 20
        self.under = Svg("under", 0, 0, "", "")
        self.over = Svg("over", 0, 0, "", "")

    def drawn(self) -> Svg:
        """Put the picture together: key, rings, lines, plate, roles."""
        half = self.tall / 2
        svg = Svg("plate", WIDTH, 0, "", "")
        top = draw_key(svg, by_sales=self.look.strengths is None)
        for side, filled in zip((-1, 1), self.sides, strict=True):
            if filled:
                for ring in range(3):
                    self.under.add("path", d=ring_path(ring, side, half), class_="ringline")
            self.side(side, filled)
        for below, role in ((False, ABOVE), (True, BELOW)):
            if role.id in self.filled:
                self.pairs(self.filled[role.id], below=below)
        self.middle()
        svg.put(self.under, _HALF, top + half)
        svg.put(self.over, _HALF, top + half)
        svg.height = top + self.tall + 14
        for side, filled in zip((-1, 1), self.sides, strict=True):
            for ring, words in enumerate(RINGS) if filled else ():
                x = _HALF + side * ring_x(ring, half, half)
                anchor = ("middle", "start", "middle", "end")[ring + 1 if side < 0 else 3 - ring]
                shift = side * (-14, 0, 14)[ring]
                svg.label(x + shift, svg.height - 3, words, "link", text_anchor=anchor)
        return svg

    def side(self, out: int, filled: Sequence[Filled]) -> None:
        """Draw the roles at the left (-1) or the right (1) with the lines to their rows."""
        half, plate = self.tall / 2, (_WIDE, self.high)
        used = sum(map(_height, filled))
        gap = min(_LOOSEST, max(_GAP, (self.tall - used) / max(len(filled) - 1, 1)))
        y = -(used + gap * (len(filled) - 1)) / 2 if filled else 0.0
        tops, ends = [], []
        for one in filled:
            tops.append(y)
            if one.rows:
                ends += [(row, y + _HEAD + _PITCH * (i + 0.5)) for i, row in enumerate(one.rows)]
            else:
                ends.append((None, y + 22))
            y += _height(one) + gap
        owner = [one for one in filled for _ in one.rows or (None,)]
        wide = [
            self.wide(self.look.weight(row) if row else sum(map(self.look.weight, one.rest)))
            for one, (row, _) in zip(owner, ends, strict=True)
        ]
        starts = leave([at for _, at in ends], wide, self.high, half)
        paths: dict[str, list[str]] = {}
        for one, (row, at), w, y0 in zip(owner, ends, wide, starts, strict=True):
            turn = out * (ring_x(0, at, half) - 13)
            end = out * (ring_x(ring_of(row), at, half) - 6) if row else turn + out * 4
            path = arm(out * outline_x(y0, *plate), y0, turn, end, at, plate)
            paths.setdefault(one.role.id, []).append(path)
            self.feed(path, one, row, w)
        for one, top in zip(filled, tops, strict=True):
            self.ground(out, one, top)
            self.head(out, one, top)
            with self.group(one):
                for i, row in enumerate(one.rows):
                    self.row(out, one, row, top + _HEAD + _PITCH * (i + 0.5))

    def wide(self, weight: float) -> float:
        """Width of a line: its area is what is sold, as an eye compares it."""
        if not weight or not self.most:
            return THINNEST
        return max(THINNEST, WIDEST * sqrt(min(weight / self.most, 1.6)))

    def feed(self, path: str, one: Filled, row: Any, width: float) -> None:
        """Draw the line to a row, or to a role that is folded."""
        kind = "feed doubt" if row is not None and is_doubtful(row) else "feed"
        more: dict[str, str] = {}
        if row is not None and self.look.leads is not None:
            more["data_to"] = row.key
            kind += self.look.states(row)
        self.under.add(
            "path", d=path, class_=f"{kind} s{one.role.tone}", stroke_width=width, **more
        )

    def ground(self, out: int, one: Filled, top: float) -> None:
        """Draw the soft ground behind a role, narrower towards the plate."""
        half, low = self.tall / 2, top + _height(one)
        far = coordinate(out * _HALF)
        edge = [coordinate(out * (ring_x(0, y, half) - 15)) for y in (top, (top + low) / 2, low)]
        y0, y1, y2 = (coordinate(y) for y in (top, (top + low) / 2, low))
        shape = f"M{edge[0]} {y0}H{far}V{y2}H{edge[2]}Q{edge[1]} {y1} {edge[0]} {y0}Z"
        self.under.add("path", d=shape, class_=f"role f{one.role.tone}")

    def head(self, out: int, one: Filled, top: float) -> None:
        """Write the title of a role, of how many its rows are, and a dot for each other one."""
        anchor = "end" if out > 0 else "start"
        x = out * (_HALF - 10)
        title = one.role.title
        self.over.label(x, top + 18, title, "head", text_anchor=anchor)
        words = self.counted(one)
        near = ring_x(0, top + 18, self.tall / 2) + 2
        # The dots are beside both lines, and leave room for the longer one.
        longest = text_width(f"{words}, dot: 1000 close", SIZES["value"]) + 8
        taken = max(text_width(title, SIZES["head"], bold=True), longest)
        unit = self.rest(one, out * near, top + 10, out=out, room=_HALF - 24 - taken - near)
        words += f", dot: {unit}" if unit > 1 else ""
        self.over.label(x, top + 34, words, "value", text_anchor=anchor)
        beside = x - out * (text_width(words, SIZES["value"]) + 8)
        self.toggle(one, beside, top + 34, anchor)

    def counted(self, one: Filled) -> str:
        """Say of how many the rows are; while something is sought, how many have it."""
        return f"{one.matching} of {one.count} match" if self.look.sought else one.counted

    def rest(self, one: Filled, x: float, y: float, *, out: int, room: float) -> int:
        """Draw the dots of a role; give for how many a dot stands."""
        if not one.rest:
            return 1
        rings = [ring_of(row) for row in one.rest]
        most = min(MOST_DOTS, max(10, 5 * int(room / 5.6)))
        return dots(self.over, rings, x, y, one.role.tone, out=out, most=most)

    def toggle(self, one: Filled, x: float, y: float, anchor: str) -> None:
        """Write what opens or closes a role, where the picture leads somewhere."""
        leads = self.look.leads
        if leads is None or (not one.rest and not one.opened):
            return
        words = "close" if one.opened else "more" if one.rows else "open"
        name = f"{words} {one.role.title.lower()}"
        target = leads(open="" if one.opened else one.role.id)
        with self.over.within("a", href=target, class_="more", aria_label=name):
            self.over.label(x, y, words, "link", text_anchor=anchor)

    @contextmanager
    def group(self, one: Filled) -> Iterator[None]:
        """Keep the marks of a role together, under its name."""
        if self.look.leads is None:
            yield
            return
        name = f"{one.role.title}, {one.counted}"
        with self.over.within("g", role="list", aria_label=name, data_role=one.role.id):
            yield

    def row(self, out: int, one: Filled, row: Any, y: float) -> None:
        """Draw the mark of a row, its name, and what it sells or is."""
        x = out * ring_x(ring_of(row), y, self.tall / 2)
        at = x + out * 12
        anchor = "start" if out > 0 else "end"
        room = _HALF - 10 - abs(at)
        beside = said(row, self.look)
        if beside:
            beside = fitted(beside, 0.36 * room, SIZES["value"])
            room -= text_width(beside, SIZES["value"]) + 8
        name = fitted(short_name(row.name), room, SIZES["row"])
        wide = text_width(name, SIZES["row"]) + 26
        wide += text_width(beside, SIZES["value"]) + 8 if beside else 0.0
        hit = (x - 10 if out > 0 else x + 10 - wide, y - 12, wide, 24.0)
        with self.mark(row, hit):
            draw_mark(self.over, row, x, y, one.role.tone, doubtful=is_doubtful(row))
            self.over.label(at, y + 4, name, "row", text_anchor=anchor)
            if beside:
                x = at + out * (text_width(name, SIZES["row"]) + 8)
                self.over.label(x, y + 4, beside, "value", text_anchor=anchor)

    @contextmanager
    def mark(self, row: Any, hit: tuple[float, float, float, float]) -> Iterator[None]:
        """Let what is drawn meanwhile stand for a row: it leads to what is told about it."""
        leads = self.look.leads
        if leads is None:
            kind = f"node is-{(row.presence or 'other').replace(' ', '-')}"
            with self.over.within("g", class_=kind, data_key=row.key):
                self.over.add("title", row_words(self.answer, row))
                yield
            return
        with (
            self.over.within("g", role="listitem"),
            self.over.within(
                "a",
                href=leads(at=row.key),
                class_=f"mark{self.look.states(row)}",
                data_key=row.key,
                data_ring=ring_of(row),
                aria_label=spoken(row, self.look),
            ),
        ):
            x, y, wide, high = hit
            self.over.add("rect", x=x, y=y, width=wide, height=high, rx=4, class_="hit")
            yield

    def pairs(self, one: Filled, *, below: bool) -> None:
        """Draw companies above the plate, or institutions below it, in two columns."""
        lines, tone = ceil(len(one.rows) / 2), one.role.tone
        top = self.high + 20 if below else -self.high - 22 - _block(one) + 20
        first = top + 30
        title = one.role.title
        if lines:
            end = first + _PAIR * (lines - 0.5)
            begin = (self.high, top + 4) if below else (first + _PAIR / 2, -self.high)
            self.under.line(0, begin[0], 0, begin[1], f"stalk s{tone}")
            self.under.line(0, first + 4, 0, end, f"stalk s{tone}")
        self.over.label(-12, top + 18, title, "head", text_anchor="end")
        words = self.counted(one)
        wide = text_width(words, SIZES["value"])
        self.over.label(12, top + 18, words, "value")
        self.toggle(one, 12 + wide + 8, top + 18, "start")
        if one.rest:
            x = 12 + wide + 52
            self.rest(one, x, top + 2, out=1, room=190 - x)
        with self.group(one):
            for i, row in enumerate(one.rows):
                self.pair(one, row, 1 if i % 2 else -1, first + _PAIR * (i // 2 + 0.5))

    def pair(self, one: Filled, row: Any, out: int, y: float) -> None:
        """Draw an organization beside the stalk."""
        x = 16.0 * out
        name = fitted(str(row.name), 158, SIZES["row"])
        wide = text_width(name, SIZES["row"]) + 26
        doubt = " doubt" if is_doubtful(row) else ""
        self.under.line(0, y, x, y, f"stalk{doubt} s{one.role.tone}")
        with self.mark(row, (x - 10 if out > 0 else x + 10 - wide, y - 12, wide, 24.0)):
            draw_mark(self.over, row, x, y, one.role.tone, doubtful=is_doubtful(row))
            anchor = "start" if out > 0 else "end"
            self.over.label(x + 12 * out, y + 4, name, "row", text_anchor=anchor)

    def middle(self) -> None:
        """Draw the plate with the cluster's industries, the largest first."""
        self.under.add("path", d=outline(_WIDE, self.high), class_="plate")
        upper = ceil(self.lines / 2)
        y = -(_CELL * self.lines + _PILL + 12) / 2
        most = max((row.jobs or 0 for row in self.core), default=0)
        cells = []
        for line in range(self.lines):
            if line == upper:
                y = self.pill(y)
            part = self.core[line * self.columns : (line + 1) * self.columns]
            edge = line in {0, self.lines - 1} and self.columns > 2
            room = (2 * _WIDE - (76 if edge else 44)) / len(part)
            left = -room * len(part) / 2
            cells += [(row, left + room * (i + 0.5), y, room - 10) for i, row in enumerate(part)]
            y += _CELL
        if self.lines <= upper:
            self.pill(y)
        if CORE.id in self.filled:
            with self.group(self.filled[CORE.id]):
                for row, x, at, room in cells:
                    self.disc(row, x, at, room, most)

    def disc(self, row: Any, x: float, y: float, room: float, most: float) -> None:
        """Draw an industry on the plate: its disc by jobs, its name and its jobs below."""
        radius = max(LEAST_DISC, DISC * sqrt((row.jobs or 0) / most)) if most else LEAST_DISC
        foot = y + 2 * DISC + 13
        lines = wrapped(short_name(row.name), room, SIZES["name"], 2)
        with self.mark(row, (x - room / 2, y - 2, room, _CELL - 6)):
            draw_disc(self.over, row, x, y + DISC, radius)
            for n, line in enumerate(lines):
                self.over.label(x, foot + 13 * n, line, "name", text_anchor="middle")
            if row.jobs:
                jobs = f"{count_words(row.jobs)} jobs"
                self.over.label(x, foot + 13 * len(lines), jobs, "value", text_anchor="middle")

    def pill(self, y: float) -> float:
        """Write the cluster's name and figures; give where the next line begins."""
        name = fitted(self.answer.names["cluster"], 2 * _WIDE - 80, SIZES["center"], bold=True)
        place = next((r for r in self.answer.rows if r.section == "place"), None)
        figures = []
        if place is not None and place.jobs is not None:
            figures.append(f"{count_words(place.jobs)} jobs")
        if place is not None and place.lq is not None:
            figures.append(f"LQ {place.lq:.2f}")
        core = self.filled.get(CORE.id)
        if core and core.rest:
            figures.append(f"{core.counted} industries")
        told = " · ".join(figures)
        wide = 40 + max(
            text_width(name, SIZES["center"], bold=True), text_width(told, SIZES["value"])
        )
        self.over.add(
            "rect",
            x=-wide / 2,
            y=y,
            width=wide,
            height=_PILL,
            rx=_PILL / 2,
            class_="pill",
        )
        at = y + (19 if told else 28)
        self.over.label(0, at, name, "center", text_anchor="middle")
        if told:
            self.over.label(0, y + 35, told, "value", text_anchor="middle")
        if core and (core.rest or core.opened):
            self.toggle(core, 0, y + _PILL + 12, "middle")
            return y + _PILL + 18
        return y + _PILL + 12


def _height(one: Filled) -> float:
    """Height of a role at a side."""
    return _HEAD + _PITCH * len(one.rows) + (_FOOT if one.rows else 0.0)


def _block(one: Filled | None) -> float:
    """Height of what is above or below the plate."""
    return 54.0 + _PAIR * ceil(len(one.rows) / 2) if one else 0.0
