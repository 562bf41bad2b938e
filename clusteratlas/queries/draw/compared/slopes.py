"""Slopes: ranks in two years, each thing a line from the one to the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from clusteratlas.queries.draw.canvas import SIZES, Svg, color_class, color_key, fitted, text_width
from clusteratlas.queries.language.answer import Answer, row_words, value_words

MOST_SLOPES = 30
_STEP = 20.0
_BETWEEN = 260.0
_NAMES = 330.0


def answer_slopes(answer: Answer, rows: Sequence[Any]) -> Svg:
    """Draw the later ranks on the right with their names, the earlier ones on the left.

    Where others are possible, the best and the worst of the later ranks are beside the name.
    """
    picture = answer.question.picture
    shown = rows[:MOST_SLOPES]
    before = [getattr(r, picture.size) for r in shown]
    tones = color_class(sorted({getattr(r, picture.color) for r in shown}, key=str))
    svg = Svg("slopes", 0, 0, "", "")
    left = 60.0
    right = left + _BETWEEN
    named = _named(answer, shown)
    wide = max(180.0, *(text_width(n, SIZES["row"]) for n in named.values()))
    svg.width = right + 54 + wide
    top = 34.0
    if any(rank is not None for rank in before):
        entries = [(c, value_words(v)) for v, c in tones.items()]
        top = color_key(svg, 0, 12, "", entries, svg.width) + 20
        svg.label(left, top - 16, str(answer.arguments["since"]), "axis", text_anchor="middle")
    svg.label(right, top - 16, str(answer.arguments["year"]), "axis", text_anchor="middle")
    svg.label(right + 46, top - 16, f"rank by {answer.arguments['by']} (possible ranks)", "axis")
    ranks = [getattr(r, picture.x) for r in shown]
    # Ranks that occur are evenly apart, however far one has come.
    levels = sorted({*ranks, *(rank for rank in before if rank is not None)})
    y = {rank: top + 8 + _STEP * i for i, rank in enumerate(levels)}
    for row, then in zip(shown, before, strict=True):
        _draw_slope(svg, answer, row, then, y, left, right, tones[getattr(row, picture.color)])
    for rank in sorted({rank for rank in before if rank is not None}):
        svg.label(left - 12, y[rank] + 4, f"{rank}", "tick", text_anchor="end")
    for rank, name in named.items():
        svg.label(right + 38, y[rank] + 4, f"{rank}", "tick", text_anchor="end")
        svg.label(right + 46, y[rank] + 4, name, "row")
    svg.height = y[levels[-1]] + 22
    return svg


def _named(answer: Answer, rows: Sequence[Any]) -> dict[int, str]:
    """Give the names at each later rank, with the ranks that are possible; ties are in one line."""
    picture = answer.question.picture
    names: dict[int, list[str]] = {}
    for row in rows:
        best, worst = getattr(row, picture.low), getattr(row, picture.high)
        possible = "" if best == worst else f" ({best:,}-{worst:,})"
        names.setdefault(getattr(row, picture.x), []).append(f"{getattr(row, picture.y)}{possible}")
    return {rank: fitted("; ".join(of), _NAMES, SIZES["row"]) for rank, of in names.items()}


def _draw_slope(
    svg: Svg,
    answer: Answer,
    row: Any,
    then: int | None,
    y: Mapping[int, float],
    left: float,
    right: float,
    tone: str,
) -> None:
    """Draw one thing: its line, its marks, and the ranks that it may have."""
    picture = answer.question.picture
    now = getattr(row, picture.x)
    words = row_words(answer, row)
    if then is not None:
        svg.line(left, y[then], right, y[now], f"slope {tone.replace('f', 's')}")
        svg.dot(left, y[then], 4, f"bubble {tone}", words)
    svg.dot(right, y[now], 5, f"bubble {tone}", words)
