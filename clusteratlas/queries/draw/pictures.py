"""Answers as pictures: HTML that needs no network, SVG or PNG."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

from clusteratlas.errors import InputError
from clusteratlas.queries.language.answer import Answer

FORMATS = (".html", ".svg", ".png")
MOST_SOURCES = 4
"""Sources that a picture names; the answer names them all."""


def chart(answer: Answer) -> Any:
    """Draw an answer.

    Returns
    -------
    altair.TopLevelMixin
        The chart, by the question's picture: bars, bubbles, map, network or Sankey diagram.

    Raises
    ------
    InputError
        If the answer has no rows to draw.
    """
    import altair as alt

    from clusteratlas.queries.draw import charts, diagrams

    rows = drawn(answer)
    if not rows:
        raise InputError(
            f"the answer to {answer.question.id!r} has nothing to draw",
            hint="look at its rows without --plot",
        )
    draw = {
        "bars": charts.bars,
        "bubbles": charts.bubbles,
        "map": charts.map_,
        "network": diagrams.network,
        "sankey": diagrams.sankey,
    }[answer.question.picture.kind]
    subtitle = _source_lines(answer)
    counted = answer.question.counted_section
    if not counted or counted in answer.question.picture.sections:
        subtitle.insert(0, answer.of_how_many)
    title = alt.TitleParams(
        text=caption(answer), subtitle=subtitle, anchor="start", fontSize=16, subtitleFontSize=11,
        subtitleColor="#555", offset=14,
    )  # fmt: skip
    return (
        draw(answer, rows)
        .properties(title=title)
        .configure_view(stroke=None)
        .configure_axis(labelLimit=360, labelFontSize=11, titleFontSize=12, grid=False)
        .configure_legend(labelFontSize=11, titleFontSize=12, labelLimit=260)
    )


def _source_lines(answer: Answer) -> list[str]:
    lines = [f"source: {s.says}" for s in answer.sources[:MOST_SOURCES]]
    more = len(answer.sources) - len(lines)
    return [*lines, f"and {more} more"] if more else lines


def drawn(answer: Answer) -> list[Any]:
    """Rows that the picture shows: those of its sections that have what its channels need."""
    picture = answer.question.picture
    needed = [c for c in (picture.x, picture.y) if c]
    return [
        r
        for r in answer.rows
        if (not picture.sections or r.section in picture.sections)
        and all(getattr(r, c) is not None for c in needed)
    ]


def caption(answer: Answer) -> str:
    """Title of the picture, with the names that were meant."""
    names = {p: answer.names.get(p, "") for p in answer.question.params}
    return answer.question.picture.title.format(**names)


def unit_of(answer: Answer, name: str) -> str | None:
    """Say the unit of a column."""
    units: dict[str, str | None] = {
        f.name: f.metadata["unit"] for f in dataclasses.fields(answer.question.row)
    }
    return units[name]


def save(answer: Answer, path: Path | str) -> None:
    """Draw an answer into a file; its ending says the format.

    Raises
    ------
    InputError
        If the ending is none of .html, .svg, .png, there is nothing to draw, or the file cannot be
        written.
    """
    import vl_convert

    target = Path(path)
    if target.suffix.lower() not in FORMATS:
        raise InputError(
            f"a picture cannot be written as {target.suffix or target.name!r}",
            hint=f"the name of the file ends in {', '.join(FORMATS)}",
        )
    spec = chart(answer).to_dict()
    match target.suffix.lower():
        case ".html":
            payload = vl_convert.vegalite_to_html(spec, bundle=True).encode()
        case ".svg":
            payload = vl_convert.vegalite_to_svg(spec).encode()
        case _:
            payload = vl_convert.vegalite_to_png(spec, scale=2)
    try:
        target.write_bytes(payload)
    except OSError as exc:
        raise InputError(
            f"cannot write {target}: {exc.strerror or exc}", hint="check the folder and its rights"
        ) from exc
