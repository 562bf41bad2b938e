"""Bars, bubbles and maps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from clusteratlas.queries.draw.pictures import unit_of
from clusteratlas.queries.language.answer import Answer, as_dict

# Okabe and Ito's colors, which people with any kind of color vision tell apart.
PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#999999", "#F0E442")
GRAY = "#9a9a9a"
MOST_BARS = 30
MOST_LABELS = 12
BOUNDS = (-170.0, -66.0, 18.5, 72.0)
"""West, east, south and north of what a map shows: the fifty states."""


def axis_title(answer: Answer, name: str) -> str:
    """Name of a column with its unit; of a figure of one of two things, with that thing's name."""
    unit = unit_of(answer, name)
    stem, _, end = name.rpartition("_")
    thing = answer.names.get(end) if end in {"a", "b"} else None
    words = (stem if thing else name).replace("_", " ").replace("lq", "location quotient")
    if unit not in {None, "share", "ratio", words}:
        words = f"{words} ({unit})"
    return ", ".join(w for w in (words, thing) if w)


def number_format(answer: Answer, name: str) -> str:
    """Format of a column's numbers: percent for shares, few digits for ratios."""
    unit = unit_of(answer, name)
    if unit == "share":
        return "~%"
    if unit is None:
        return ".3~g"
    return ".1f" if unit in {"ratio", "standard deviations"} else ",.0f"


def values(rows: Sequence[Any]) -> Any:
    """Rows as inline data, with yes and no for truth values."""
    import altair as alt

    words = {True: "yes", False: "no"}
    return alt.Data(
        values=[
            {k: words[v] if isinstance(v, bool) else v for k, v in as_dict(r).items()} for r in rows
        ]
    )


def color(answer: Answer, rows: Sequence[Any]) -> Any:
    """Nominal color by the picture's column, in the order of first appearance."""
    import altair as alt

    name = answer.question.picture.color
    if not name:
        return alt.value(PALETTE[0])
    seen = dict.fromkeys(getattr(r, name) for r in rows)
    domain = [{True: "yes", False: "no"}.get(v, v) if isinstance(v, bool) else v for v in seen]
    named = [str(v) for v in domain if v is not None]
    return alt.Color(
        f"{name}:N",
        title=name.replace("_", " "),
        scale=alt.Scale(domain=named, range=[PALETTE[i % len(PALETTE)] for i in range(len(named))]),
    )


def bars(answer: Answer, rows: Sequence[Any]) -> Any:
    """Horizontal bars, largest first."""
    import altair as alt

    p = answer.question.picture
    largest = sorted(rows, key=lambda r: -getattr(r, p.x))[:MOST_BARS]
    return (
        alt.Chart(values(largest))
        .mark_bar()
        .encode(
            x=alt.X(
                f"{p.x}:Q",
                title=axis_title(answer, p.x),
                axis=alt.Axis(format=number_format(answer, p.x)),
            ),
            y=alt.Y(f"{p.y}:N", title=None, sort=[getattr(r, p.y) for r in largest]),
            color=color(answer, largest),
            tooltip=_tooltip(answer),
        )
        .properties(width=520, height={"step": 18})
    )


def bubbles(answer: Answer, rows: Sequence[Any]) -> Any:
    """Bubbles, the largest ones named; a rule where a location quotient is 1."""
    import altair as alt

    p = answer.question.picture
    data = values(rows)
    sized = (
        alt.Size(
            f"{p.size}:Q",
            title=axis_title(answer, p.size),
            scale=alt.Scale(range=[20, 1200]),
            legend=alt.Legend(
                format=",.0f", values=_round_sizes(rows, p.size), symbolFillColor=GRAY
            ),
        )
        if p.size
        else alt.value(80)
    )
    x, y = _bubble_axis(answer, p.x, alt.X), _bubble_axis(answer, p.y, alt.Y)
    points = (
        alt.Chart(data)
        .mark_circle(opacity=0.75)
        .encode(x=x, y=y, size=sized, color=color(answer, rows), tooltip=_tooltip(answer))
    )
    chosen = _apart(sorted(rows, key=lambda r: -(getattr(r, p.size or p.y) or 0)), p.x, p.y)
    half = max((getattr(r, p.x) for r in rows), default=0.0) / 4  # half way on a root scale
    layers = [points]
    for left in (True, False):
        named = [r for r in chosen if (getattr(r, p.x) > half) is left]
        layers.append(_names(values(named), left=left).encode(x=x, y=y, text=f"{p.label}:N"))
    for name, channel in ((p.x, "x"), (p.y, "y")):
        if name.startswith("lq"):
            rule = alt.Chart(alt.Data(values=[{"one": 1}])).mark_rule(color=GRAY, strokeDash=[4, 3])
            layers.insert(0, rule.encode(**{channel: "one:Q"}))
    return alt.layer(*layers).properties(width=620, height=460)


def _apart(rows: Sequence[Any], x: str, y: str) -> list[Any]:
    """Rows in their order whose names do not run into one another, at most ``MOST_LABELS``."""
    tops = [max((max(getattr(r, c), 0.0) for r in rows), default=1.0) or 1.0 for c in (x, y)]
    chosen: list[Any] = []
    taken: list[tuple[float, float]] = []
    for row in rows:
        at = (
            math.sqrt(max(getattr(row, x), 0.0) / tops[0]),
            math.sqrt(max(getattr(row, y), 0.0) / tops[1]),
        )
        if all(abs(at[0] - u) > 0.3 or abs(at[1] - v) > 0.03 for u, v in taken):
            chosen.append(row)
            taken.append(at)
        if len(chosen) == MOST_LABELS:
            break
    return chosen


def _bubble_axis(answer: Answer, name: str, channel: Any) -> Any:
    import altair as alt

    # Location quotients crowd near 1 and run far out; shares spread over orders of magnitude.
    return channel(
        f"{name}:Q",
        title=axis_title(answer, name),
        axis=alt.Axis(format=number_format(answer, name), tickCount=9),
        scale=alt.Scale(type="sqrt"),
    )


def map_(answer: Answer, rows: Sequence[Any]) -> Any:
    """Regions as dots on the ground of all regions of their type; the largest ones named."""
    import altair as alt

    p = answer.question.picture
    inside = [r for r in rows if _on_map(r)]
    ground = _ground(answer, inside)
    projection = "mercator" if "region" in answer.names else "albersUsa"
    base = (
        alt.Chart(alt.Data(values=[{"lo": d.longitude, "la": d.latitude} for d in ground]))
        .mark_circle(size=7, color="#d0d0d0")
        .encode(longitude="lo:Q", latitude="la:Q")
    )
    where = {"longitude": f"{p.x}:Q", "latitude": f"{p.y}:Q"}
    dots = (
        alt.Chart(values(sorted(inside, key=lambda r: -getattr(r, p.size))))
        .mark_circle(opacity=0.85, stroke="#666", strokeWidth=0.5)
        .encode(
            **where,
            size=alt.Size(
                f"{p.size}:Q",
                title=axis_title(answer, p.size),
                scale=alt.Scale(range=[15, 900], domainMin=0),
                legend=alt.Legend(
                    format=",.0f", values=_round_sizes(inside, p.size), symbolFillColor=GRAY
                ),
            ),
            color=alt.condition(
                f"isValid(datum.{p.color})",
                alt.Color(
                    f"{p.color}:Q",
                    title=axis_title(answer, p.color),
                    scale=alt.Scale(scheme="viridis", reverse=True),
                    legend=alt.Legend(format=".1f"),
                ),
                alt.value("#ffffff"),
            ),
            tooltip=_tooltip(answer),
        )
    )
    chosen = sorted(inside, key=lambda r: -getattr(r, p.size))[:10]
    west = min((r.longitude for r in chosen), default=0.0)
    half = (west + max((r.longitude for r in chosen), default=0.0)) / 2
    layers = [base, dots]
    for left in (True, False):
        short = [
            {"x": r.longitude, "y": r.latitude, "name": r.name.split(",")[0]}
            for r in chosen
            if (r.longitude > half) is left
        ]
        names = _names(alt.Data(values=short), left=left)
        layers.append(names.encode(longitude="x:Q", latitude="y:Q", text="name:N"))
    return alt.layer(*layers).project(type=projection).properties(width=760, height=470)


def _names(data: Any, *, left: bool) -> Any:
    """Names beside points, on the side where there is room."""
    import altair as alt

    return alt.Chart(data).mark_text(
        align="right" if left else "left", dx=-9 if left else 9, fontSize=10, limit=220
    )


def _on_map(row: Any) -> bool:
    west, east, south, north = BOUNDS
    return bool(west <= row.longitude <= east and south <= row.latitude <= north)


def _ground(answer: Answer, rows: Sequence[Any]) -> list[Any]:
    """Regions to show in gray: all of them, or those around where the rows keep together."""
    on_map = [d for d in answer.backdrop if _on_map(d)]
    if not rows or "region" not in answer.names:
        return on_map
    west, east = min(r.longitude for r in rows) - 1, max(r.longitude for r in rows) + 1
    south, north = min(r.latitude for r in rows) - 0.7, max(r.latitude for r in rows) + 0.7
    return [d for d in on_map if west <= d.longitude <= east and south <= d.latitude <= north]


def _round_sizes(rows: Sequence[Any], name: str) -> list[int]:
    """Three round figures for the legend of sizes, the largest not above the largest row."""
    top = max((getattr(r, name) or 0 for r in rows), default=0)
    if top < 10:
        return [1, 5, 10]
    unit = 10 ** (len(str(int(top))) - 1)
    first = int(top // unit) * unit
    return sorted({max(first // 20, 1), max(first // 4, 1), first})


def _tooltip(answer: Answer) -> list[Any]:
    """Every column that can be read at a glance, named with its unit."""
    import altair as alt

    hidden = {"section", "source", "longitude", "latitude", "parameters"}
    return [
        alt.Tooltip(field=name, type="nominal", title=axis_title(answer, name))
        for name in answer.question.columns
        if name not in hidden
    ]
