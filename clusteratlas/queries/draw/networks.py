"""Networks laid out by rule: what hangs on a center around it, and paths between two ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from clusteratlas.queries.draw.canvas import (
    SIZES,
    Svg,
    color_class,
    color_key,
    coordinate,
    fitted,
    wrapped,
)
from clusteratlas.queries.language.answer import Answer, row_words, value_words

MOST_NODES = 64
_PITCH = 19.0
_HEAD = 30.0
_SIDE = 330.0
_WIDTH = 1040.0
_HUB = 224.0

STATES = {
    "strong": "dot is-strong",
    "present": "dot is-present",
    "weak": "dot is-weak",
    "withheld": "dot is-withheld",
    "missing": "dot is-missing",
    "not known": "dot is-unknown",
    "everywhere": "dot is-everywhere",
    "next": "dot is-next",
    None: "dot is-other",
}
"""Classes of what a node can be in its region, or a link beside the others."""

Part = tuple[str, list[Any], int]
"""A section's heading, its rows that are drawn, and how many there are."""


def answer_network(answer: Answer, rows: Sequence[Any]) -> Svg:
    """Draw paths between two ends line by line, or what hangs on a center on both sides of it."""
    if "start" in answer.question.columns:
        return _paths(answer, rows)
    return _plate(answer, rows)


def _plate(answer: Answer, rows: Sequence[Any]) -> Svg:
    """Put the center in the middle, and every other node on a line of its own to its left or right.

    So no two names can meet. Sections keep together, under their headings.
    """
    tint = answer.question.picture.color
    parts = _parts(answer, rows)
    shown = [r for _, part, _ in parts for r in part]
    values = [getattr(r, tint) if tint else "linked" for r in shown]
    tones: dict[Any, str] = color_class(values)
    if any(v in STATES for v in values if v is not None):
        tones = {v: STATES.get(v, f"{c}") for v, c in tones.items()}
    svg = Svg("network", _WIDTH, 0, "", "")
    # What has no state is no industry: nobody asks how present an occupation is.
    states = any("is-" in c for c in tones.values())
    entries = [(c, "other" if v is None and states else value_words(v)) for v, c in tones.items()]
    top = color_key(svg, 0, 12, tint.replace("_", " "), entries, _WIDTH) if tint else 14.0
    sides = _two_sides(parts)
    tall = max(_height(side) for side in sides)
    middle = top + max(tall, 80.0) / 2
    ties = Svg("ties", 0, 0, "", "")
    for side, right in zip(sides, (False, True), strict=True):
        y = middle - _height(side) / 2
        x = _WIDTH - _SIDE if right else _SIDE
        hub = _WIDTH / 2 + (_HUB / 2 if right else -_HUB / 2)
        anchor = "start" if right else "end"
        out = 12.0 if right else -12.0
        for heading, part, count in side:
            if heading:
                words = heading if len(part) == count else f"{heading}, {len(part)} of {count}"
                svg.label(x + out, y + 18, words, "head", text_anchor=anchor)
                y += _HEAD
            for row in part:
                value = getattr(row, tint) if tint else "linked"
                bend = coordinate((x + hub) / 2)
                ties.add(
                    "path",
                    class_="tie",
                    d=f"M{coordinate(hub)} {coordinate(middle)}"
                    f"C{bend} {coordinate(middle)} {bend} {coordinate(y + 9)} "
                    f"{coordinate(x)} {coordinate(y + 9)}",
                )
                svg.dot(x, y + 9, 5, f"node {tones[value]}", row_words(answer, row))
                name = fitted(str(row.name), _SIDE - 20, SIZES["row"])
                svg.label(x + out, y + 13, name, "row", text_anchor=anchor)
                y += _PITCH
    whole = Svg("network", _WIDTH, top + max(tall, 80.0) + 10, "", "")
    whole.put(ties, 0, 0)
    whole.put(svg, 0, 0)
    lines = [
        line
        for name in (answer.centers or answer.names).values()
        for line in wrapped(name, _HUB - 24, SIZES["center"], 3, bold=True)
    ]
    half = 9.0 * len(lines) + 12
    whole.add(
        "rect",
        x=(_WIDTH - _HUB) / 2,
        y=middle - half,
        width=_HUB,
        height=2 * half,
        rx=10,
        class_="hub",
    )
    for i, line in enumerate(lines):
        y = middle + 18 * (i - (len(lines) - 1) / 2) + 4.5
        whole.label(_WIDTH / 2, y, line, "center", text_anchor="middle")
    return whole


def _parts(answer: Answer, rows: Sequence[Any]) -> list[Part]:
    """Give the sections; each gives up its own last rows where there is no room for all."""
    sections: dict[str, list[Any]] = {}
    for row in rows:
        if row.key not in answer.centers:
            sections.setdefault(str(getattr(row, "section", "")), []).append(row)
    room = max(1, MOST_NODES // max(len(sections), 1))
    return [(value_words(s) if s else "", part[:room], len(part)) for s, part in sections.items()]


def _two_sides(parts: Sequence[Part]) -> tuple[list[Part], list[Part]]:
    """Share sections out so that both sides are about as tall; a single one is cut in two."""
    if len(parts) == 1 and len(parts[0][1]) > 3:
        _, rows, count = parts[0]
        half = (len(rows) + 1) // 2
        return [("", rows[:half], count)], [("", rows[half:], count)]
    sides: tuple[list[Part], list[Part]] = ([], [])
    for part in parts:
        min(sides, key=_height).append(part)
    return sides


def _height(side: Sequence[Part]) -> float:
    return sum((_HEAD if heading else 0.0) + _PITCH * len(rows) for heading, rows, _ in side)


_PATH = 104.0


def _paths(answer: Answer, rows: Sequence[Any]) -> Svg:
    """One line of nodes per path, from left to right, with the links in words between them."""
    numbers = sorted({r.path for r in rows})
    svg = Svg("paths", _WIDTH, 0, "", "")
    kinds = {n: next(r.kind for r in rows if r.path == n) for n in numbers}
    tones = color_class(list(kinds.values()))
    entries = [(c, value_words(v)) for v, c in tones.items()]
    top = color_key(svg, 0, 12, "path", entries, _WIDTH)
    for i, number in enumerate(numbers):
        steps = [r for r in rows if r.path == number]
        names = [steps[0].start_name, *(r.end_name for r in steps)]
        room = _WIDTH / len(names)
        places = [room * (j + 0.5) for j in range(len(names))]
        y = top + _PATH * i + 34
        tone = tones[kinds[number]]
        for j, step in enumerate(steps):
            svg.add(
                "line",
                tip=row_words(answer, step),
                x1=places[j],
                y1=y,
                x2=places[j + 1],
                y2=y,
                class_=f"step {tone.replace('f', 's')}",
                stroke_width=0.8 + 5.2 * (step.strength or 0.0),
            )
            words = fitted(step.relation, room - 20, SIZES["link"])
            svg.label((places[j] + places[j + 1]) / 2, y - 9, words, "link", text_anchor="middle")
        for x, name in zip(places, names, strict=True):
            svg.add("circle", cx=x, cy=y, r=6, class_=f"node {tone}")
            for k, line in enumerate(wrapped(name, room - 14, SIZES["row"], 2)):
                svg.label(x, y + 22 + 15 * k, line, "row", text_anchor="middle")
        svg.label(0, y - 12, f"{number}", "head")
    svg.height = top + _PATH * len(numbers)
    return svg
