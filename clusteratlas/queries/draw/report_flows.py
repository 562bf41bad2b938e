"""A Sankey picture of two sets of definitions: bands of industries from cluster to cluster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from clusteratlas.queries.draw.report_svg import Svg, number

WIDTH = 860
_LEFT, _RIGHT, _BAR = 300, 560, 9
_UNIT, _GAP = 1.25, 11.0

Flow = tuple[str, str, int]
"""Key of a cluster on the left, of one on the right, and the industries that both hold."""


def sankey(
    name: str, flows: Sequence[Flow], names: Mapping[str, str], heads: tuple[str, str],
    title: str, description: str,
) -> Markup:  # fmt: skip
    """Draw bands between the clusters of two sets; widths are shared industries.

    Clusters on the left stand by size, those on the right where the one that gives them most stands
    on the left, which keeps bands from crossing where they need not. Bands that carry most
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
    svg.label(_LEFT, 16, heads[0], "head", text_anchor="end")
    svg.label(_RIGHT, 16, heads[1], "head")
    place = {k: i for i, k in enumerate(other)}
    filled = (dict(tops[0]), dict(tops[1]))
    for a, b, n in sorted(flows, key=lambda f: (rank[f[0]], place[f[1]])):
        wide = n * _UNIT
        y0, y1 = 28 + filled[0][a], 28 + filled[1][b]
        filled[0][a] += wide
        filled[1][b] += wide
        calm = n > left[a] / 2 and n > right[b] / 2
        svg.add("path", tip=f"{names[a]} to {names[b]}: {n} industries", d=_band(y0, y1, wide),
                class_="calm" if calm else f"moved m{rank[a] % 6}")  # fmt: skip
    for keys, sizes, top, side in ((order, left, tops[0], 0), (other, right, tops[1], 1)):
        for key in keys:
            y, tall = 28 + top[key], sizes[key] * _UNIT
            svg.add("rect", x=_LEFT if side == 0 else _RIGHT - _BAR, y=y, width=_BAR,
                    height=tall, class_="bar")  # fmt: skip
            words = f"{_short(names[key])}  {sizes[key]}"
            if side == 0:
                svg.label(_LEFT - 6, y + tall / 2 + 4, words, "row", text_anchor="end")
            else:
                svg.label(_RIGHT + 6, y + tall / 2 + 4, words, "row")
    return svg.markup()


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


def _band(y0: float, y1: float, wide: float) -> str:
    a, b = _LEFT + _BAR, _RIGHT - _BAR
    middle = (a + b) / 2
    x0, x1, m = number(a), number(b), number(middle)
    return (
        f"M{x0} {number(y0)}C{m} {number(y0)} {m} {number(y1)} {x1} {number(y1)}"
        f"v{number(wide)}C{m} {number(y1 + wide)} {m} {number(y0 + wide)} "
        f"{x0} {number(y0 + wide)}z"
    )


def _short(text: str, most: int = 44) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
