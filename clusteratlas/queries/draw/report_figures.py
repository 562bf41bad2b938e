"""The report's figures: candidates, scores, stability, marks, traded scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from clusteratlas.queries.draw.report_svg import Scale, Svg, number

WORDS = ("highly stable", "stable", "pattern", "doubtful", "dissolved")
"""Hennig's words for a mean Jaccard, best first."""

_BOUNDS = (0.85, 0.75, 0.6, 0.5)
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


def scatter(
    name: str, points: Sequence[Dot], axes: tuple[str, str], title: str, description: str,
    *, diagonal: bool = False,
) -> Markup:  # fmt: skip
    """Draw points over two axes; kinds that stand later in ``points`` lie on top."""
    width, height = 480, 400
    svg = Svg(name, width, height, title, description)
    x = Scale([p.x for p in points], 56, width - 14)
    y = Scale([p.y for p in points], height - 46, 14)
    for value in x.ticks:
        svg.line(x(value), 14, x(value), height - 46, "grid")
        svg.label(x(value), height - 28, f"{value:g}", "tick", text_anchor="middle")
    for value in y.ticks:
        svg.line(56, y(value), width - 14, y(value), "grid")
        svg.label(50, y(value) + 4, f"{value:g}", "tick", text_anchor="end")
    if diagonal:
        low = max(x.ticks[0], y.ticks[0])
        high = min(x.ticks[-1], y.ticks[-1])
        if low < high:
            svg.line(x(low), y(low), x(high), y(high), "diagonal")
    for p in points:
        if p.kind == "shipped":
            place = f"translate({number(x(p.x))} {number(y(p.y))}) scale(1.7)"
            svg.add("path", tip=p.words, d=_SHAPES[2], class_="shipped", transform=place)
        else:
            svg.add("circle", tip=p.words, cx=x(p.x), cy=y(p.y), r=3, class_=p.kind)
    svg.label((56 + width - 14) / 2, height - 6, axes[0], "axis", text_anchor="middle")
    svg.add("text", axes[1], class_="axis", text_anchor="middle",
            transform=f"translate(14 {number((14 + height - 46) / 2)}) rotate(-90)")  # fmt: skip
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
                        "path", tip=f"{label}, {words}, {pairs} pairs: {score:.1f}",
                        d=_SHAPES[j % 6], class_=f"s{j % 6} {pairs}",
                        transform=f"translate({number(x(score))} {number(y)})",
                    )  # fmt: skip
    at = float(left)
    for j, label in enumerate(scores):
        svg.add("path", d=_SHAPES[j % 6], class_=f"s{j % 6} all",
                transform=f"translate({number(at)} 10)")  # fmt: skip
        svg.label(at + 10, 14, label, "key")
        at += 34 + 7.2 * len(label)
    return svg.markup()


def stability_bars(
    name: str, rows: Sequence[tuple[str, str, float, str]], title: str, description: str
) -> Markup:
    """Draw the Jaccard of each cluster: a line with a dot, over Hennig's bands.

    Parameters
    ----------
    rows
        Link, name, Jaccard and word of each cluster, best first.
    """
    width, left, row = 760, 330, 18
    height = 30 + row * len(rows) + 24
    svg = Svg(name, width, height, title, description)
    x = Scale([0.0, 1.0], left, width - 24, 10)
    edges = (1.0, *_BOUNDS, 0.0)
    for high, low, word in zip(edges[:-1], edges[1:], WORDS, strict=True):
        svg.add("rect", x=x(low), y=22, width=x(high) - x(low), height=height - 46,
                class_=f"band {word.split()[0]}")  # fmt: skip
        short = "high" if word == "highly stable" else word
        svg.label((x(low) + x(high)) / 2, 14, short, "tick", text_anchor="middle")
    for value in x.ticks:
        svg.label(x(value), height - 8, f"{value:g}", "tick", text_anchor="middle")
    for i, (link, label, jaccard, word) in enumerate(rows):
        y = 22 + row * (i + 0.5) + 2
        tone = word.split()[0]
        svg.line(left, y, x(jaccard), y, f"stick {tone}")
        svg.add("circle", tip=f"{label}: {jaccard:.2f}, {word}", cx=x(jaccard), cy=y, r=5,
                class_=f"pin {tone}")  # fmt: skip
        svg.link(left - 10, y + 4, label, link, "row")
    return svg.markup()


def shares(name: str, parts: Sequence[tuple[str, int]], title: str, description: str) -> Markup:
    """Draw one bar split by counts, each part under its own name."""
    width, total = 760, max(sum(n for _, n in parts), 1)
    svg = Svg(name, width, 58, title, description)
    at = 0.0
    for label, n in parts:
        wide = width * n / total
        svg.add("rect", tip=f"{label}: {n} ({n / total:.1%})", x=at, y=4, width=max(wide - 2, 0),
                height=28, rx=3, class_=f"part {label}")  # fmt: skip
        if wide > 20:
            svg.label(at + 2, 50, f"{label} {n:,} ({n / total:.0%})", "row")
        at += wide
    return svg.markup()


def histogram(
    name: str, groups: Mapping[str, Sequence[float]], axis: str, title: str, description: str
) -> Markup:
    """Draw how figures from 0 to 1 are spread: twenty bins, the groups stacked."""
    width, height, bins = 760, 230, 20
    svg = Svg(name, width, height, title, description)
    counts = {g: [0] * bins for g in groups}
    for group, values in groups.items():
        for value in values:
            counts[group][min(int(value * bins), bins - 1)] += 1
    most = max((sum(c[i] for c in counts.values()) for i in range(bins)), default=1)
    x = Scale([0.0, 1.0], 50, width - 14, 10)
    y = Scale([0.0, float(max(most, 1))], height - 44, 12, 4)
    for value in y.ticks:
        svg.line(50, y(value), width - 14, y(value), "grid")
        svg.label(44, y(value) + 4, f"{value:g}", "tick", text_anchor="end")
    for value in x.ticks:
        svg.label(x(value), height - 26, f"{value:g}", "tick", text_anchor="middle")
    for i in range(bins):
        base = 0
        for group, count in counts.items():
            n = count[i]
            if n:
                tip = f"{group}, {axis} {i / bins:.2f} to {(i + 1) / bins:.2f}: {n} industries"
                svg.add("rect", tip=tip, x=x(i / bins) + 1, y=y(base + n),
                        width=x(1 / bins) - x(0) - 2, height=y(base) - y(base + n),
                        class_=f"part {group}")  # fmt: skip
            base += n
    svg.label((50 + width) / 2, height - 6, axis, "axis", text_anchor="middle")
    return svg.markup()
