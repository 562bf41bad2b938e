"""Bands: of industries between two sets of definitions, of sales between a cluster and others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from clusteratlas.queries.draw.canvas import (
    CATEGORIES,
    SIZES,
    Svg,
    color_class,
    color_key,
    coordinate,
    fitted,
    wrapped,
)
from clusteratlas.queries.language.answer import Answer, row_words, value_words

WIDTH = 860
_LEFT, _RIGHT, _BAR = 300, 560, 9
_UNIT, _GAP = 1.25, 11.0

Flow = tuple[str, str, int]
"""Key of a cluster on the left, of one on the right, and the industries that both hold."""


def sankey(
    name: str,
    flows: Sequence[Flow],
    names: Mapping[str, str],
    heads: tuple[str, str],
    title: str,
    description: str,
) -> Svg:
    """Draw bands between the clusters of two sets; widths are shared industries.

    Clusters on the left are in order of size, those on the right where the one that gives them
    most is on the left, which keeps bands from crossing where they need not. Bands that carry most
    of their cluster on both sides are drawn calmly, the others stand out: they are what differs.
    """
    left, right = _sizes(flows, 0), _sizes(flows, 1)
    order = sorted(left, key=lambda k: (-left[k], names[k]))
    rank = {k: i for i, k in enumerate(order)}
    giver: dict[str, tuple[int, int]] = {}
    for a, b, n in flows:
        giver[b] = min(giver.get(b, (0, 0)), (-n, rank[a]))
    other = sorted(right, key=lambda k: (giver[k][1], giver[k][0], names[k]))
    tops = (_stacked(order, left), _stacked(other, right))
    height = 34 + max(
        max(t.values()) + s[list(t)[-1]] * _UNIT for t, s in ((tops[0], left), (tops[1], right))
    )
    svg = Svg(name, WIDTH, height + 8, title, description)
    svg.label(_LEFT, 16, fitted(heads[0], _LEFT, 13, bold=True), "head", text_anchor="end")
    svg.label(_RIGHT, 16, fitted(heads[1], WIDTH - _RIGHT, 13, bold=True), "head")
    place = {k: i for i, k in enumerate(other)}
    filled = (dict(tops[0]), dict(tops[1]))
    for a, b, n in sorted(flows, key=lambda f: (rank[f[0]], place[f[1]])):
        wide = n * _UNIT
        y0, y1 = 28 + filled[0][a], 28 + filled[1][b]
        filled[0][a] += wide
        filled[1][b] += wide
        calm = n > left[a] / 2 and n > right[b] / 2
        svg.add(
            "path",
            tip=f"{names[a]} to {names[b]}: {n} industries",
            d=_curve((_LEFT + _BAR, y0), (_RIGHT - _BAR, y1), wide),
            class_="calm" if calm else f"moved flow f{rank[a] % CATEGORIES}",
        )
    for keys, sizes, top, side in ((order, left, tops[0], 0), (other, right, tops[1], 1)):
        for key in keys:
            y, tall = 28 + top[key], sizes[key] * _UNIT
            svg.add(
                "rect",
                x=_LEFT if side == 0 else _RIGHT - _BAR,
                y=y,
                width=_BAR,
                height=tall,
                class_="bar",
            )
            words = f"{fitted(names[key], _LEFT - 50, SIZES['row'])}  {sizes[key]}"
            if side == 0:
                svg.label(_LEFT - 6, y + tall / 2 + 4, words, "row", text_anchor="end")
            else:
                svg.label(_RIGHT + 6, y + tall / 2 + 4, words, "row")
    return svg


def _sizes(flows: Sequence[Flow], side: int) -> dict[str, int]:
    out: dict[str, int] = {}
    for flow in flows:
        key = (flow[0], flow[1])[side]
        out[key] = out.get(key, 0) + flow[2]
    return out


def _stacked(keys: Sequence[str], sizes: Mapping[str, int]) -> dict[str, float]:
    """Give the top of each, with a gap that leaves room for a line of text."""
    out, at = {}, 0.0
    for key in keys:
        out[key] = at
        at += max(sizes[key] * _UNIT + _GAP / 2, 15.0)
    return out


MOST_PARTNERS = 20
_PARTNER = 330.0


def answer_flows(answer: Answer, rows: Sequence[Any]) -> Svg:
    """Draw the bands of an answer: between two sets of definitions, or a cluster and its partners.

    Partners are on the left where they sell and on the right where they buy, the largest on top.
    """
    picture = answer.question.picture
    if "match" in answer.question.columns:
        names = {r.key: r.name for r in rows} | {r.match: r.match_name for r in rows}
        flows = [(r.key, r.match, int(getattr(r, picture.size))) for r in rows]
        return sankey("flows", flows, names, (answer.names["a"], answer.names["b"]), "", "")
    chosen = sorted(rows, key=lambda r: (-getattr(r, picture.size), r.key))[:MOST_PARTNERS]
    tones = color_class([getattr(r, picture.color) for r in chosen] if picture.color else [None])
    svg = Svg("flows", WIDTH, 0, "", "")
    top = 14.0
    if picture.color:
        entries = [(c, value_words(v)) for v, c in tones.items()]
        top = color_key(svg, 0, 12, picture.color.replace("_", " "), entries, WIDTH)
    total = sum(getattr(r, picture.size) for r in chosen) or 1.0
    unit = max(240.0, 18.0 * len(chosen)) / total
    tall = [getattr(r, picture.size) * unit for r in chosen]
    starts, at = [], top + 10
    for height in tall:
        starts.append(at + max(0.0, (15.0 - height) / 2))
        at += max(height + 4, 15.0)
    sells = answer.question.id != "customers"
    outer, inner = (_PARTNER, WIDTH - 220.0) if sells else (WIDTH - _PARTNER, 220.0)
    own = (top + 10 + at - sum(tall)) / 2
    near = own
    for row, start, height in zip(chosen, starts, tall, strict=True):
        ends = ((outer, start), (inner, near)) if sells else ((inner, near), (outer, start))
        tone = tones[getattr(row, picture.color) if picture.color else None]
        svg.add("path", tip=row_words(answer, row), d=_curve(*ends, height), class_=f"flow {tone}")
        near += height
        figure = f"{getattr(row, picture.size):,.0f}"
        words = f"{fitted(row.name, _PARTNER - 70, SIZES['row'])}  {figure}"
        x, anchor = (outer - 6, "end") if sells else (outer + 6, "start")
        svg.label(x, start + height / 2 + 4, words, "row", text_anchor=anchor)
    svg.add(
        "rect",
        x=inner if sells else inner - _BAR,
        y=own,
        width=_BAR,
        height=sum(tall),
        class_="bar",
    )
    center = next(iter(answer.centers.values()), "")
    lines = wrapped(center, 200, SIZES["center"], 3, bold=True)
    x, anchor = (inner + _BAR + 6, "start") if sells else (inner - _BAR - 6, "end")
    for i, line in enumerate(lines):
        y = own + sum(tall) / 2 + 16 * (i - (len(lines) - 1) / 2) + 4
        svg.label(x, y, line, "center", text_anchor=anchor)
    svg.label(outer, at + 14, "million USD a year", "axis", text_anchor="middle")
    svg.height = at + 22
    return svg


def _curve(start: tuple[float, float], end: tuple[float, float], wide: float) -> str:
    (x0, y0), (x1, y1) = start, end
    a, b, m = coordinate(x0), coordinate(x1), coordinate((x0 + x1) / 2)
    return (
        f"M{a} {coordinate(y0)}C{m} {coordinate(y0)} {m} {coordinate(y1)} {b} {coordinate(y1)}"
        f"v{coordinate(wide)}C{m} {coordinate(y1 + wide)} {m} {coordinate(y0 + wide)} "
        f"{a} {coordinate(y0 + wide)}z"
    )
