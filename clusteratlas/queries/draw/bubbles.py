"""Points over two axes: bubbles of an answer's rows, candidates, and scores of sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from markupsafe import Markup

from clusteratlas.queries.draw.axes import Scale, grid_x, grid_y
from clusteratlas.queries.draw.canvas import (
    SIZES,
    Box,
    Svg,
    color_class,
    color_key,
    coordinate,
    fitted,
    round_sizes,
    size_key,
    text_width,
)
from clusteratlas.queries.draw.labels import Placer
from clusteratlas.queries.language.answer import (
    Answer,
    column_title,
    row_words,
    unit_of,
    value_words,
)

MOST_NAMES = 18
_ROOM = 1.6
"""Times the largest figure that the picture has room for: bounds may be far beyond all figures."""
_WIDTH, _HEIGHT = 760.0, 500.0
_LARGEST = 19.0
_SHAPES = (
    "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z",
    "M-4-4h8v8h-8z",
    "M0-5.5L5.5 0L0 5.5L-5.5 0z",
    "M0-5L5 4H-5z",
    "M-5-4H5L0 5z",
    "M-1.7-5h3.4v3.3H5v3.4H1.7V5h-3.4V1.7H-5v-3.4h3.3z",
)
"""Marks of sets beside their colors: circle, square, diamond, two triangles, cross."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One point of a scatter."""

    x: float
    y: float
    kind: str
    """Class that colors it."""
    words: str


def answer_bubbles(answer: Answer, rows: Sequence[Any]) -> Svg:
    """Draw rows as bubbles over two scales, the largest named; a rule where an LQ is 1.

    Places are by the square root, but for a picture that is drawn close. A line through a bubble
    goes from the lowest to the highest that x may be, or to the edge.
    """
    picture = answer.question.picture
    svg = Svg("bubbles", _WIDTH, 0, "", "")
    top = 14.0
    tones = {None: "f0"}
    if picture.color:
        tones = color_class([getattr(r, picture.color) for r in rows])
        entries = [(c, value_words(v)) for v, c in tones.items()]
        top = color_key(svg, 0, top, picture.color.replace("_", " "), entries, _WIDTH)
    most = max((getattr(r, picture.size) or 0 for r in rows), default=0) if picture.size else 0
    if most:
        sizes = [(_LARGEST * sqrt(n / most), f"{n:,}") for n in round_sizes(most)]
        top = size_key(svg, 0, top + 6, column_title(answer, picture.size), sizes)
    # Location quotients crowd near 1 and run far out; shares spread over orders of magnitude.
    least, root = [] if picture.close else [0.0], not picture.close
    figures = [getattr(r, picture.x) for r in rows]
    edge = _ROOM * max(figures, default=0.0)
    bounds = [b for r in rows for b in _bounds(answer, r) if b is not None]
    ends = [min(b, edge) for b in bounds]
    x = Scale([*least, *figures, *ends], 76, _WIDTH - 14, 9, root=root)
    y = Scale([*least, *(getattr(r, picture.y) for r in rows)], top + _HEIGHT, top, 9, root=root)
    grid_x(svg, x, top, top + _HEIGHT, unit_of(answer, picture.x))
    grid_y(svg, y, 76, _WIDTH - 14, unit_of(answer, picture.y))
    if picture.x.startswith("lq"):
        svg.line(x(1.0), top, x(1.0), top + _HEIGHT, "one")
    if picture.y.startswith("lq"):
        svg.line(76, y(1.0), _WIDTH - 14, y(1.0), "one")
    by = picture.size or picture.y
    names = Placer(_WIDTH, top + _HEIGHT, SIZES["name"], MOST_NAMES, around=True)
    # Keys are above, figures and name of the axis to the left.
    names.taken += [Box(0.0, 0.0, _WIDTH, top - 8), Box(0.0, top, 76.0, top + _HEIGHT)]
    for row in rows if most else ():
        radius = _LARGEST * sqrt((getattr(row, picture.size) or 0) / most)
        names.avoid(x(getattr(row, picture.x)), y(getattr(row, picture.y)), radius)
    for row in rows:
        low, high = _bounds(answer, row)
        if low is not None and high is not None and low != high:
            level = y(getattr(row, picture.y))
            svg.line(x(low), level, x(min(high, edge)), level, "bound")
    labels = []
    for row in sorted(rows, key=lambda r: -(getattr(r, by) or 0)):
        at = x(getattr(row, picture.x)), y(getattr(row, picture.y))
        radius = (
            max(2.5, _LARGEST * sqrt((getattr(row, picture.size) or 0) / most)) if most else 5.0
        )
        tone = tones[getattr(row, picture.color) if picture.color else None]
        svg.dot(*at, radius, f"bubble {tone}", row_words(answer, row), getattr(row, "key", ""))
        words = fitted(str(getattr(row, picture.label)), 220, SIZES["name"])
        if (place := names.place(*at, radius, words)) and at[0] > 76:
            labels.append((*place, words))
    for x1, y1, x2, y2 in names.lines:
        svg.add("line", x1=x1, y1=y1, x2=x2, y2=y2, class_="leader")
    for left, base, anchor, words in labels:
        svg.label(left, base, words, "name", text_anchor=anchor)
    svg.label(
        (76 + _WIDTH - 14) / 2,
        top + _HEIGHT + 36,
        column_title(answer, picture.x),
        "axis",
        text_anchor="middle",
    )
    svg.upright(14, top + _HEIGHT / 2, column_title(answer, picture.y))
    svg.height = top + _HEIGHT + 44
    return svg


def _bounds(answer: Answer, row: Any) -> tuple[float | None, float | None]:
    """Give the lowest and the highest that x of a row may be; None where it is not known."""
    picture = answer.question.picture
    low, high = (getattr(row, c) if c else None for c in (picture.low, picture.high))
    return low, high


def scatter(
    name: str,
    points: Sequence[Dot],
    axes: tuple[str, str],
    title: str,
    description: str,
    *,
    diagonal: bool = False,
) -> Markup:
    """Draw points over two axes; kinds that come later in ``points`` lie on top."""
    width, height = 480, 400
    svg = Svg(name, width, height, title, description)
    x = Scale([p.x for p in points], 56, width - 14)
    y = Scale([p.y for p in points], height - 46, 14)
    grid_x(svg, x, 14, height - 46)
    grid_y(svg, y, 56, width - 14)
    if diagonal:
        low = max(x.ticks[0], y.ticks[0])
        high = min(x.ticks[-1], y.ticks[-1])
        if low < high:
            svg.line(x(low), y(low), x(high), y(high), "diagonal")
    for p in points:
        if p.kind == "shipped":
            place = f"translate({coordinate(x(p.x))} {coordinate(y(p.y))}) scale(1.7)"
            svg.add("path", tip=p.words, d=_SHAPES[2], class_="shipped", transform=place)
        else:
            svg.add("circle", tip=p.words, cx=x(p.x), cy=y(p.y), r=3, class_=p.kind)
    svg.label((56 + width - 14) / 2, height - 6, axes[0], "axis", text_anchor="middle")
    svg.upright(14, (14 + height - 46) / 2, axes[1])
    return svg.markup()


def score_dots(
    name: str,
    scores: Mapping[str, Mapping[str, Mapping[str, float]]],
    matrices: Mapping[str, str],
    title: str,
    description: str,
) -> Markup:
    """Draw the score of each set on each matrix.

    Parameters
    ----------
    scores
        By set, pairs (all or distinct) and matrix.
    matrices
        Words of each matrix, in order.
    """
    width, left, row, lane = 760, 150, 22 + 13 * len(scores), 13
    height = 34 + row * len(matrices) + 30
    svg = Svg(name, width, height, title, description)
    x = Scale([0.0, 100.0], left, width - 20, 10)
    for value in x.ticks:
        svg.line(x(value), 26, x(value), height - 30, "grid")
        svg.label(x(value), height - 12, f"{value:g}", "tick", text_anchor="middle")
    for i, (matrix, words) in enumerate(matrices.items()):
        top = 34 + i * row
        svg.label(left - 14, top + row / 2, words, "row", text_anchor="end")
        if i:
            svg.line(0, top - 5, width, top - 5, "rule")
        for j, (label, by_pairs) in enumerate(scores.items()):
            y = top + 8 + j * lane
            both = [
                by_pairs[p][matrix] for p in ("distinct", "all") if matrix in by_pairs.get(p, {})
            ]
            if not both:
                continue
            if len(both) == 2:
                svg.line(x(both[0]), y, x(both[1]), y, f"s{j % 6} stem")
            for pairs in ("distinct", "all"):
                score = by_pairs.get(pairs, {}).get(matrix)
                if score is not None:
                    svg.add(
                        "path",
                        tip=f"{label}, {words}, {pairs} pairs: {score:.1f}",
                        d=_SHAPES[j % 6],
                        class_=f"s{j % 6} {pairs}",
                        transform=f"translate({coordinate(x(score))} {coordinate(y)})",
                    )
    at = float(left)
    for j, label in enumerate(scores):
        place = f"translate({coordinate(at)} 10)"
        svg.add("path", d=_SHAPES[j % 6], class_=f"s{j % 6} all", transform=place)
        svg.label(at + 10, 14, label, "key")
        at += 34 + text_width(label, SIZES["key"])
    return svg.markup()
