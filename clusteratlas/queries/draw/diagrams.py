"""Networks and Sankey diagrams, laid out by rule: the same rows give the same picture."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from clusteratlas.queries.draw.charts import GRAY, PALETTE
from clusteratlas.queries.draw.networks import center_keys
from clusteratlas.queries.language.answer import Answer

MOST_NODES = 64
_LABEL = 42
_SHADES = {
    "strong": PALETTE[0],
    "present": PALETTE[4],
    "weak": PALETTE[4],
    "missing": PALETTE[5],
    "everywhere": GRAY,
    "next": GRAY,
    "not known": "#d8d8d8",
}


def network(answer: Answer, rows: Sequence[Any]) -> Any:
    """Draw paths between two ends side by side, or what hangs on a center around it."""
    if "start" in answer.question.columns:
        return _paths(rows)
    return _star(answer, rows)


def _short(text: str, most: int = _LABEL) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _star(answer: Answer, rows: Sequence[Any]) -> Any:
    """Nodes on a circle, section by section, with radial labels; the center in the middle.

    The i-th of n nodes, with one free place between sections, stands at the angle
    ``2 pi (i + 1/2) / n``, counted clockwise from the top.
    """
    import altair as alt

    centers = center_keys(answer)
    # A section's long tail would make the labels collide, so each gives up its own last rows.
    sections: dict[str, list[Any]] = {}
    for row in rows:
        if row.key not in centers:
            sections.setdefault(getattr(row, "section", ""), []).append(row)
    room = max(1, MOST_NODES // max(len(sections), 1))
    gaps = len(sections) if len(sections) > 1 else 0
    places = sum(min(len(part), room) for part in sections.values()) + gaps
    nodes, links, i = [], [], 0
    tint = answer.question.picture.color
    for section, part in sections.items():
        for row in part[:room]:
            angle = 2 * math.pi * (i + 0.5) / places
            x, y, right = math.sin(angle), math.cos(angle), math.sin(angle) >= 0
            turn = math.degrees(angle) - 90 if right else math.degrees(angle) + 90
            shade = getattr(row, tint) if tint else None
            nodes.append(
                {"x": x, "y": y, "lx": 1.05 * x, "ly": 1.05 * y, "turn": turn, "right": right,
                 "name": _short(row.name), "section": section or "linked",
                 "shade": "not known" if shade is None else str(shade)}
            )  # fmt: skip
            links += [{"x": 0.0, "y": 0.0, "x2": x, "y2": y}]
            i += 1
        i += 1 if gaps else 0
    shades = list(dict.fromkeys(str(n["shade"]) for n in nodes))
    kinds = list(dict.fromkeys(n["section"] for n in nodes))
    scale = alt.Scale(domain=[-2.3, 2.3], nice=False)
    at = {"x": alt.X("x:Q", scale=scale, axis=None), "y": alt.Y("y:Q", scale=scale, axis=None)}
    label_at = {
        "x": alt.X("lx:Q", scale=scale, axis=None),
        "y": alt.Y("ly:Q", scale=scale, axis=None),
    }
    shade = alt.Color(
        "shade:N",
        title=tint.replace("_", " "),
        scale=alt.Scale(domain=shades, range=[_shade(s, j) for j, s in enumerate(shades)]),
    )
    shape = alt.Shape("section:N", title="part", scale=alt.Scale(domain=kinds))
    layers = [
        alt.Chart(alt.Data(values=links))
        .mark_rule(color="#c8c8c8", strokeWidth=0.8)
        .encode(**at, x2="x2:Q", y2="y2:Q"),
        alt.Chart(alt.Data(values=nodes))
        .mark_point(filled=True, size=80, opacity=1)
        .encode(**at, color=shade, shape=shape if len(kinds) > 1 else alt.value("circle"),
                tooltip=["name:N", "section:N", "shade:N"]),
    ]  # fmt: skip
    for right in (True, False):
        named = [n for n in nodes if n["right"] is right]
        layers.append(
            alt.Chart(alt.Data(values=named))
            .mark_text(align="left" if right else "right", fontSize=10, baseline="middle")
            .encode(**label_at, text="name:N", angle=alt.Angle("turn:Q", scale=None))
        )
    middle = [
        {"x": 0.0, "y": 0.14 * (len(centers) - 1) / 2 - 0.14 * j, "name": _short(name, 60)}
        for j, name in enumerate(centers.values())
    ]
    layers.append(
        alt.Chart(alt.Data(values=middle))
        .mark_text(
            fontSize=12, fontWeight="bold", stroke="white", strokeWidth=5, strokeJoin="round"
        )
        .encode(**at, text="name:N")
    )
    layers.append(
        alt.Chart(alt.Data(values=middle))
        .mark_text(fontSize=12, fontWeight="bold")
        .encode(**at, text="name:N")
    )
    return alt.layer(*layers).properties(width=860, height=860)


def _shade(value: str, position: int) -> str:
    return _SHADES.get(value, PALETTE[position % len(PALETTE)])


def _paths(rows: Sequence[Any]) -> Any:
    """One line of nodes per path, from left to right, with the links in words between them."""
    import altair as alt

    numbers = sorted({r.path for r in rows})
    nodes, links = [], []
    for number in numbers:
        steps = [r for r in rows if r.path == number]
        names = [steps[0].start_name, *(r.end_name for r in steps)]
        kind = f"{number}: {steps[0].kind}"
        width = len(names) - 1
        for j, name in enumerate(names):
            nodes.append({"x": j / width, "y": -number, "name": _short(name, 34), "kind": kind})
        for j, step in enumerate(steps):
            links.append(
                {"x": j / width, "x2": (j + 1) / width, "mx": (j + 0.5) / width, "y": -number,
                 "link": step.link.replace("_", " ").lower(), "strength": step.strength,
                 "sentence": step.sentence, "kind": kind}
            )  # fmt: skip
    x_scale = alt.Scale(domain=[-0.12, 1.12], nice=False)
    y_scale = alt.Scale(domain=[-numbers[-1] - 0.6, -0.4], nice=False)
    y = alt.Y("y:Q", scale=y_scale, axis=None)
    x = alt.X("x:Q", scale=x_scale, axis=None)
    colors = alt.Color("kind:N", title="path", scale=alt.Scale(range=list(PALETTE)))
    layers = [
        alt.Chart(alt.Data(values=links))
        .mark_rule()
        .encode(
            x=x, x2="x2:Q", y=y, color=colors,
            strokeWidth=alt.StrokeWidth("strength:Q", title="strength of the link",
                                        scale=alt.Scale(domain=[0, 1], range=[0.5, 6])),
            tooltip=["sentence:N", "strength:Q"],
        ),
        alt.Chart(alt.Data(values=links))
        .mark_text(dy=-10, fontSize=10, color="#444")
        .encode(x=alt.X("mx:Q", scale=x_scale, axis=None), y=y, text="link:N"),
        alt.Chart(alt.Data(values=nodes))
        .mark_point(filled=True, size=120, opacity=1)
        .encode(x=x, y=y, color=colors, tooltip=["name:N"]),
        alt.Chart(alt.Data(values=nodes))
        .mark_text(dy=18, fontSize=10, fontWeight="bold")
        .encode(x=x, y=y, text="name:N"),
    ]  # fmt: skip
    return alt.layer(*layers).properties(width=980, height=90 * len(numbers) + 30)


def sankey(answer: Answer, rows: Sequence[Any]) -> Any:
    """Bands between the partners, largest on top, and the cluster; widths are the sales.

    Partners stand on the left where they sell and on the right where they buy. A band runs from
    its partner's place to its place in the cluster's bar along a smooth step, 3 t^2 - 2 t^3.
    """
    import altair as alt

    if "match" in answer.question.columns:
        return _two_sided(answer, rows)
    p = answer.question.picture
    chosen = sorted(rows, key=lambda r: -getattr(r, p.size))[:20]
    total = sum(getattr(r, p.size) for r in chosen)
    gap = 0.6 * total / max(len(chosen), 1)
    sells = answer.question.id != "customers"
    outer, inner = (0.0, 1.0) if sells else (1.0, 0.0)
    bands, names = [], []
    own, far = gap * (len(chosen) - 1) / 2, 0.0
    for row in chosen:
        size = getattr(row, p.size)
        shade = str(getattr(row, p.color)) if p.color else "sales"
        for k in range(25):
            t = k / 24
            s = 3 * t * t - 2 * t**3
            low = far + (own - far) * s
            bands.append(
                {"x": outer + (inner - outer) * t, "y": -low, "y2": -low - size, "key": row.key,
                 "name": row.name, "usd": size, "shade": shade}
            )  # fmt: skip
        names.append({"x": outer, "y": -far - size / 2, "name": f"{_short(row.name)}  {size:,.0f}"})
        own, far = own + size, far + size + gap
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-0.55, 1.55], nice=False))
    shades = list(dict.fromkeys(b["shade"] for b in bands))
    middle = [{"x": inner, "y": -(far - gap) / 2, "name": _short(_center_name(answer), 36)}]
    layers = [
        alt.Chart(alt.Data(values=bands))
        .mark_area(opacity=0.75, line=False)
        .encode(
            x=x, y=alt.Y("y:Q", axis=None, stack=None), y2="y2:Q", detail="key:N",
            color=alt.Color("shade:N", title=p.color,
                            scale=alt.Scale(domain=shades, range=list(PALETTE[: len(shades)]))),
            tooltip=["name:N", alt.Tooltip("usd:Q", title="million USD a year", format=",.0f")],
        ),
        _side_text(names, x, left=sells, size=11),
        _side_text(middle, x, left=not sells, size=12),
    ]  # fmt: skip
    note = alt.Chart(alt.Data(values=[{"t": "million USD a year"}])).mark_text(
        align="left", fontSize=10, color="#666", x=0, y=-4
    )
    layers.append(note.encode(text="t:N"))
    return alt.layer(*layers).properties(width=860, height=max(240, 26 * len(chosen)))


def _two_sided(answer: Answer, rows: Sequence[Any]) -> Any:
    """Bands from the clusters of one set to those of another; widths are shared industries.

    Both sides are in the order of a barycenter: clusters on the right stand where the mean of what
    flows into them stands on the left, which keeps bands from crossing where they need not.
    """
    import altair as alt

    size = answer.question.picture.size
    links = [(r.key, r.name, r.match, r.match_name, float(getattr(r, size))) for r in rows]
    total = sum(w for *_, w in links)
    sides: list[dict[str, float]] = [{}, {}]
    names: list[dict[str, str]] = [{}, {}]
    for a, a_name, b, b_name, width in links:
        for side, key, name in ((0, a, a_name), (1, b, b_name)):
            sides[side][key] = sides[side].get(key, 0.0) + width
            names[side][key] = name
    gap = 0.5 * total / max(len(sides[0]), len(sides[1]), 1)
    order = sorted(sides[0], key=lambda k: (-sides[0][k], k))
    place = {k: i for i, k in enumerate(order)}
    center: dict[str, float] = dict.fromkeys(sides[1], 0.0)
    for a, _, b, _, width in links:
        center[b] += place[a] * width / sides[1][b]
    tops: list[dict[str, float]] = []
    for keys, sizes in (
        (order, sides[0]),
        (sorted(sides[1], key=lambda k: (center[k], k)), sides[1]),
    ):
        at, found = 0.0, {}
        for key in keys:
            found[key] = at
            at += sizes[key] + gap
        tops.append(found)
    texts = [
        [
            {"x": float(side), "y": -tops[side][k] - sides[side][k] / 2,
             "name": f"{_short(names[side][k])}  {sides[side][k]:.0f}"}
            for k in tops[side]
        ]
        for side in (0, 1)
    ]  # fmt: skip
    rank = {k: i for i, k in enumerate(tops[1])}
    bands, filled = [], [dict(tops[0]), dict(tops[1])]
    for a, a_name, b, b_name, width in sorted(links, key=lambda x: (place[x[0]], rank[x[2]])):
        near, far = filled[0][a], filled[1][b]
        filled[0][a] += width
        filled[1][b] += width
        for k in range(25):
            t = k / 24
            low = near + (far - near) * (3 * t * t - 2 * t**3)
            bands.append(
                {"x": t, "y": -low, "y2": -low - width, "key": f"{a} {b}", "industries": width,
                 "name": f"{a_name} to {b_name}", "shade": PALETTE[place[a] % len(PALETTE)]}
            )  # fmt: skip
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-0.75, 1.75], nice=False))
    layers = [
        alt.Chart(alt.Data(values=bands))
        .mark_area(opacity=0.6, line=False)
        .encode(
            x=x, y=alt.Y("y:Q", axis=None, stack=None), y2="y2:Q", detail="key:N",
            color=alt.Color("shade:N", scale=None),
            tooltip=["name:N", alt.Tooltip("industries:Q", title="industries", format=".0f")],
        ),
        _side_text(texts[0], x, left=True, size=10),
        _side_text(texts[1], x, left=False, size=10),
    ]  # fmt: skip
    height = max(240, 15 * max(len(sides[0]), len(sides[1])))
    return alt.layer(*layers).properties(width=960, height=height)


def _side_text(points: list[dict[str, Any]], x: Any, *, left: bool, size: int) -> Any:
    import altair as alt

    return (
        alt.Chart(alt.Data(values=points))
        .mark_text(align="right" if left else "left", dx=-6 if left else 6, fontSize=size)
        .encode(x=x, y=alt.Y("y:Q", axis=None), text="name:N")
    )


def _center_name(answer: Answer) -> str:
    return next(iter(center_keys(answer).values()), "")
