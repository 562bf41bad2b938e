"""The anatomy of a cluster: its industries on a plate in the middle, each role in its place.

Where a mark lies says how present an industry is: near the plate it is strong, far off missing.
A line is as wide as the sales behind it. Every role says how many of its rows are drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from typing import Any

from clusteratlas.queries.draw.canvas import (
    SIZES,
    Number,
    Svg,
    color_key,
    coordinate,
    fitted,
    text_width,
    wrapped,
)
from clusteratlas.queries.draw.networks import STATES
from clusteratlas.queries.language.answer import Answer, row_words, value_words
from clusteratlas.queries.numbers import count_words, dollar_words

WIDTH, _PANEL, _GAP = 1120.0, 346.0, 12.0
_PLATE = 404.0
_CORNER = 88.0
_PITCH, _HEAD, _FOOT = 21.0, 34.0, 8.0
_STEP = {"strong": 0.0, "withheld": 16.0, "present": 16.0, "weak": 16.0, "missing": 34.0}
"""How far from its edge of the panel a mark lies, by presence."""
_UNSTEPPED = 8.0
_WIDEST, _THINNEST = 10.0, 1.0
"""Width of the line of the largest sales, and of one without any."""
_DISC, _LEAST_DISC = 27.0, 4.0
_PILL = 44.0
KEY_OF_PLATE = (
    "near the plate: strong; line: sales a year, national; disc: jobs; square: organization"
)
MOST_CORE = 9
"""Industries of the cluster that find room on the plate; the list has them all."""


@dataclass(frozen=True, slots=True)
class Role:
    """One place around the plate."""

    title: str
    tone: int
    """Number of its color."""
    sections: tuple[tuple[str, int], ...]
    """Sections of the answer that it holds, and how many rows of each are drawn at most."""


LEFT = (
    Role("Government", 4, (("government", 4),)),
    Role("Suppliers", 1, (("supplier", 7), ("supplier company", 4))),
    Role("Services", 5, (("service", 7), ("service company", 4))),
)
RIGHT = (
    Role("Support organizations", 3, (("support organization", 4),)),
    Role("Customers", 2, (("customer", 6), ("customer company", 4))),
    Role("Occupations", 6, (("occupation", 4),)),
    Role("Near by in other clusters", 0, (("adjoining", 4), ("second", 3))),
)
ABOVE = Role("Companies", 0, (("core company", 8),))
BELOW = Role("Institutions", 7, (("institution", 8),))
ROLES = (*LEFT, *RIGHT, ABOVE, BELOW)


@dataclass(frozen=True, slots=True)
class _Filled:
    """A role with its rows."""

    role: Role
    rows: list[Any]
    count: int
    """How many the answer has."""

    @property
    def height(self) -> float:
        return _HEAD + _PITCH * len(self.rows) + _FOOT

    @property
    def counted(self) -> str:
        shown = len(self.rows)
        return f"all {shown}" if shown == self.count else f"{shown} of {self.count}"


def answer_plate(answer: Answer, rows: Sequence[Any]) -> Svg:
    """Draw the anatomy of a cluster in a region."""
    by_section: dict[str, list[Any]] = {}
    for row in rows:
        by_section.setdefault(row.section, []).append(row)
    filled = {role.title: _fill(role, by_section) for role in ROLES}
    sides = [[f for role in side if (f := filled[role.title]).rows] for side in (LEFT, RIGHT)]
    core = by_section.get("core", [])
    middle = _Middle(core[:MOST_CORE], len(core), filled[ABOVE.title], filled[BELOW.title])
    tall = max(middle.height, *(sum(f.height + _GAP for f in side) for side in sides))
    svg = Svg("plate", WIDTH, 0, "", "")
    top = _key(svg, rows)
    center = top + tall / 2
    ties, marks = Svg("ties", 0, 0, "", ""), Svg("marks", 0, 0, "", "")
    plate = center - middle.height / 2 + middle.above
    most = max((r.million_usd or 0.0 for r in rows), default=0.0)
    for side, right in zip(sides, (False, True), strict=True):
        apart = _GAP if len(side) < 2 else (tall - sum(f.height for f in side)) / (len(side) - 1)
        y = top if len(side) > 1 else center - sum(f.height for f in side) / 2
        for one in side:
            panel = _Panel(answer, one, y, right=right, most=most)
            panel.draw(ties, marks, plate + middle.plate / 2, middle.plate, center, tall)
            y += one.height + min(apart, 40.0) if len(side) > 1 else 0.0
    svg.put(ties, 0, 0)
    svg.put(middle.drawn(answer), 0, center - middle.height / 2)
    svg.put(marks, 0, 0)
    svg.height = top + tall + 4
    return svg


def _fill(role: Role, by_section: dict[str, list[Any]]) -> _Filled:
    shown: dict[str, Any] = {}
    every: set[str] = set()
    for section, most in role.sections:
        there = by_section.get(section, [])
        every.update(row.key for row in there)
        # What plays two parts in a role has one place in it.
        new = [row for row in there if row.key not in shown]
        shown |= {row.key: row for row in new[:most]}
    return _Filled(role, list(shown.values()), len(every))


def _key(svg: Svg, rows: Sequence[Any]) -> float:
    """Explain the marks that are drawn; give where the picture begins."""
    there = {row.presence for row in rows if row.presence is not None and row.section != "place"}
    entries = [(c, value_words(state)) for state, c in STATES.items() if state in there]
    top = color_key(svg, 0, 12, "industry", [*entries, (STATES[None], "other")], WIDTH)
    svg.label(0, top, KEY_OF_PLATE, "key")
    return top + 18


class _Panel:
    """One role at the left or the right."""

    def __init__(
        self, answer: Answer, filled: _Filled, y: float, *, right: bool, most: float
    ) -> None:
        self.answer, self.filled, self.y, self.right, self.most = answer, filled, y, right, most
        self.out = 1.0 if right else -1.0
        self.edge = WIDTH - _PANEL if right else _PANEL

    def draw(
        self, ties: Svg, marks: Svg, middle: float, plate: float, center: float, tall: float
    ) -> None:
        """Draw the role, and the lines from its rows to the plate."""
        role, tone = self.filled.role, self.filled.role.tone
        left = self.edge if self.right else 0.0
        marks.add(
            "rect",
            x=left,
            y=self.y,
            width=_PANEL,
            height=self.filled.height,
            rx=8,
            class_=f"role f{tone}",
        )
        far = WIDTH - 10 if self.right else 10.0
        anchor = "end" if self.right else "start"
        marks.label(far, self.y + 21, role.title, "head", text_anchor=anchor)
        beside = far - self.out * (text_width(role.title, SIZES["head"], bold=True) + 8)
        marks.label(beside, self.y + 21, self.filled.counted, "value", text_anchor=anchor)
        hub = (WIDTH + _PLATE) / 2 if self.right else (WIDTH - _PLATE) / 2
        straight = max(plate - 2 * _CORNER, 20.0)
        for i, row in enumerate(self.filled.rows):
            y = self.y + _HEAD + _PITCH * i + 8
            x = self.edge + self.out * (14 + _step(row))
            to = middle + (y - center) / tall * straight
            bend = coordinate((self.edge + hub) / 2)
            ties.add(
                "path",
                class_=f"feed s{tone}",
                stroke_width=self.wide(row),
                d=f"M{coordinate(hub - self.out * 3)} {coordinate(to)}"
                f"C{bend} {coordinate(to)} {bend} {coordinate(y)} {coordinate(x)} {coordinate(y)}",
            )
            self.row(marks, row, x, y)

    def wide(self, row: Any) -> float:
        """Width of a row's line: the area of sales, as an eye compares them."""
        if not row.million_usd or not self.most:
            return _THINNEST
        return max(_THINNEST, _WIDEST * sqrt(row.million_usd / self.most))

    def row(self, svg: Svg, row: Any, x: float, y: float) -> None:
        """Draw the mark of a row, its name, and what it sells or is."""
        tip = row_words(self.answer, row)
        if row.registers is not None:
            _square(svg, x, y, f"node f{self.filled.role.tone}", tip, row.key)
        else:
            state = STATES.get(row.presence, STATES[None])
            svg.dot(x, y, 5, f"node {state}", tip, key=row.key)
        anchor = "start" if self.right else "end"
        at = x + self.out * 11
        room = (WIDTH - 10 - at) if self.right else (at - 10)
        said = _said(row)
        if said:
            said = fitted(said, 0.36 * room, SIZES["value"])
            room -= text_width(said, SIZES["value"]) + 7
        name = fitted(str(row.name), room, SIZES["row"])
        svg.label(at, y + 4, name, "row", text_anchor=anchor)
        if said:
            beside = at + self.out * (text_width(name, SIZES["row"]) + 7)
            svg.label(beside, y + 4, said, "value", text_anchor=anchor)


class _Middle:
    """The plate with the cluster's industries, companies above it and institutions below."""

    def __init__(self, core: list[Any], count: int, above: _Filled, below: _Filled) -> None:
        self.core, self.count, self.companies, self.institutions = core, count, above, below
        self.columns = 3 if len(core) > 4 else 2
        self.lines = ceil(len(core) / self.columns)
        self.upper = ceil(self.lines / 2)
        self.above = _block(above)
        self.plate = max(2 * _CORNER + 40, _CELL * self.lines + _PILL + 76)
        self.height = self.above + self.plate + _block(below)

    def drawn(self, answer: Answer) -> Svg:
        """Draw it with its top at zero."""
        svg = Svg("middle", WIDTH, self.height, "", "")
        left = (WIDTH - _PLATE) / 2
        if self.companies.rows:
            svg.line(WIDTH / 2, 24, WIDTH / 2, self.above, f"stalk s{ABOVE.tone}")
            _pairs(svg, answer, self.companies, 0)
        if self.institutions.rows:
            foot = self.above + self.plate
            for begin, end in ((foot, foot + 14), (foot + 36, self.height - 12)):
                svg.line(WIDTH / 2, begin, WIDTH / 2, end, f"stalk s{BELOW.tone}")
            _pairs(svg, answer, self.institutions, foot + 14)
        svg.add(
            "rect",
            x=left,
            y=self.above,
            width=_PLATE,
            height=self.plate,
            rx=_CORNER,
            class_="plate",
        )
        y = self.above + 34
        most = max((row.jobs or 0 for row in self.core), default=0)
        for line in range(self.lines):
            if line == self.upper:
                y = self._pill(svg, answer, y)
            part = self.core[line * self.columns : (line + 1) * self.columns]
            room = (_PLATE - 36) / len(part)
            for i, row in enumerate(part):
                _disc(svg, answer, row, left + 18 + room * (i + 0.5), y, room - 10, most)
            y += _CELL
        if self.lines <= self.upper:
            self._pill(svg, answer, y)
        return svg

    def _pill(self, svg: Svg, answer: Answer, y: float) -> float:
        """Write the cluster's name and figures; give where the next line begins."""
        name = fitted(answer.names["cluster"], _PLATE - 110, SIZES["center"], bold=True)
        place = next((r for r in answer.rows if r.section == "place"), None)
        figures = []
        if place is not None and place.jobs is not None:
            figures.append(f"{count_words(place.jobs)} jobs")
        if place is not None and place.lq is not None:
            figures.append(f"LQ {place.lq:.2f}")
        if len(self.core) < self.count:
            figures.append(f"{len(self.core)} of {self.count} industries")
        said = " · ".join(figures)
        wide = 36 + max(
            text_width(name, SIZES["center"], bold=True), text_width(said, SIZES["value"])
        )
        svg.add(
            "rect",
            x=(WIDTH - wide) / 2,
            y=y,
            width=wide,
            height=_PILL,
            rx=_PILL / 2,
            class_="pill",
        )
        at = y + (18 if said else 27)
        svg.label(WIDTH / 2, at, name, "center", text_anchor="middle")
        if said:
            svg.label(WIDTH / 2, y + 34, said, "value", text_anchor="middle")
        return y + _PILL + 12


_CELL = 2 * _DISC + 50.0
"""Height of a line of discs with their names."""


def _block(filled: _Filled) -> float:
    """Height of what is above or below the plate."""
    return 44.0 + 20.0 * ceil(len(filled.rows) / 2) if filled.rows else 0.0


def _pairs(svg: Svg, answer: Answer, filled: _Filled, top: float) -> None:
    """Draw organizations in two columns beside a stalk."""
    title = f"{filled.role.title}, {filled.counted}"
    svg.label(WIDTH / 2, top + 14, title, "head", text_anchor="middle")
    room = _PLATE / 2 - 26
    for i, row in enumerate(filled.rows):
        out = 1.0 if i % 2 else -1.0
        y = top + 34 + 20 * (i // 2)
        tip = row_words(answer, row)
        _square(svg, WIDTH / 2 + 11 * out, y, f"node f{filled.role.tone}", tip, row.key)
        name = fitted(str(row.name), room, SIZES["row"])
        anchor = "start" if out > 0 else "end"
        svg.label(WIDTH / 2 + 22 * out, y + 4, name, "row", text_anchor=anchor)


def _disc(svg: Svg, answer: Answer, row: Any, x: float, y: float, room: float, most: float) -> None:
    """Draw an industry on the plate: its disc by jobs, its name and its jobs below."""
    radius = max(_LEAST_DISC, _DISC * sqrt((row.jobs or 0) / most)) if most else _LEAST_DISC
    state = STATES.get(row.presence, STATES[None])
    svg.dot(x, y + _DISC, radius, f"node {state}", row_words(answer, row), key=row.key)
    foot = y + 2 * _DISC + 13
    lines = wrapped(str(row.name), room, SIZES["name"], 2)
    for n, line in enumerate(lines):
        svg.label(x, foot + 13 * n, line, "name", text_anchor="middle")
    if row.jobs:
        jobs = f"{count_words(row.jobs)} jobs"
        svg.label(x, foot + 13 * len(lines), jobs, "value", text_anchor="middle")


def _square(svg: Svg, x: float, y: float, class_: str, tip: str, key: str) -> None:
    place: dict[str, Number | str] = {
        "x": x - 5,
        "y": y - 5,
        "width": 10,
        "height": 10,
        "rx": 1.5,
        "class_": class_,
    }
    svg.mark("rect", place, tip, key)


def _step(row: Any) -> float:
    return _STEP.get(row.presence, _UNSTEPPED)


def _said(row: Any) -> str:
    """Say what a row sells a year, is in kind, or is of the cluster's jobs."""
    if row.million_usd:
        return dollar_words(row.million_usd)
    if row.detail:
        return str(row.detail)
    return f"{100 * row.share:.1f}% of jobs" if row.share else ""
