"""Answers as pictures: HTML that needs no network, SVG or PNG."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import escape

from clusteratlas.errors import InputError
from clusteratlas.queries.draw.anatomy.plate import answer_plate
from clusteratlas.queries.draw.areas.choropleth import answer_map
from clusteratlas.queries.draw.bars import answer_bars
from clusteratlas.queries.draw.bubbles import answer_bubbles
from clusteratlas.queries.draw.canvas import SIZES, Svg, wrapped
from clusteratlas.queries.draw.change.lines import answer_lines
from clusteratlas.queries.draw.change.quadrants import answer_quadrants
from clusteratlas.queries.draw.change.stacks import answer_stacks
from clusteratlas.queries.draw.compared.dots import answer_dots
from clusteratlas.queries.draw.compared.slopes import answer_slopes
from clusteratlas.queries.draw.flows import answer_flows
from clusteratlas.queries.draw.national.families import answer_families
from clusteratlas.queries.draw.national.measured import answer_areas
from clusteratlas.queries.draw.networks import answer_network
from clusteratlas.queries.draw.palette import style_sheet
from clusteratlas.queries.language.answer import Answer

FORMATS = (".html", ".svg", ".png")
MOST_SOURCES = 4
"""Sources that a picture names; the answer names them all."""
_MARGIN = 20.0
_NARROWEST = 640.0

KINDS: Mapping[str, Callable[[Answer, Sequence[Any]], Svg]] = {
    "areas": answer_areas,
    "bars": answer_bars,
    "bubbles": answer_bubbles,
    "dots": answer_dots,
    "families": answer_families,
    "lines": answer_lines,
    "map": answer_map,
    "network": answer_network,
    "plate": answer_plate,
    "quadrants": answer_quadrants,
    "sankey": answer_flows,
    "slopes": answer_slopes,
    "stacks": answer_stacks,
}
"""How each kind of picture is drawn."""


def picture(answer: Answer, *, headed: bool = True) -> Svg:
    """Draw an answer, with its title, of how many, and its sources above.

    Parameters
    ----------
    headed
        False: without what is above, for a page that says it beside the picture.

    Raises
    ------
    InputError
        If the answer has no rows to draw.
    """
    rows = drawn(answer)
    if not rows:
        raise InputError(
            f"the answer to {answer.question.id!r} has nothing to draw",
            hint="look at its rows without --plot",
        )
    body = KINDS[answer.question.picture.kind](answer, rows)
    if not headed:
        name, words = f"answer-{answer.question.id}", caption(answer)
        bare = Svg(name, body.width, body.height, words, answer.source_line)
        bare.put(body, 0, 0)
        return bare
    width = max(body.width, _NARROWEST)
    lines = _source_lines(answer)
    counted = answer.question.counted_section
    if answer.question.picture.kind in {"areas", "families"}:  # it shows them all
        lines.insert(0, f"{answer.count:,} {answer.question.counted}")
    elif not counted or counted in answer.question.picture.sections:
        lines.insert(0, answer.of_how_many)
    heading = wrapped(caption(answer), width, SIZES["title"], 3, bold=True)
    small = [part for line in lines for part in wrapped(line, width, SIZES["subtitle"], 2)]
    sheet = Svg(
        f"answer-{answer.question.id}", width + 2 * _MARGIN, 0, caption(answer), "; ".join(lines)
    )
    sheet.add("rect", width="100%", height="100%", class_="sheet-paper")
    y = _MARGIN + 12
    for line in heading:
        sheet.label(_MARGIN, y, line, "title")
        y += 20
    for line in small:
        sheet.label(_MARGIN, y, line, "subtitle")
        y += 15
    sheet.put(body, _MARGIN, y + 8)
    sheet.height = y + 8 + body.height + _MARGIN
    return sheet


def _source_lines(answer: Answer) -> list[str]:
    lines = [f"source: {s.says}" for s in answer.sources[:MOST_SOURCES]]
    more = len(answer.sources) - len(lines)
    return [*lines, f"and {more} more"] if more else lines


def drawn(answer: Answer) -> list[Any]:
    """Rows that the picture shows: those of its sections that have what its channels need."""
    wanted = answer.question.picture
    needed = [c for c in (wanted.x, wanted.y) if c]
    return [
        r
        for r in answer.rows
        if (not wanted.sections or r.section in wanted.sections)
        and all(getattr(r, c) is not None for c in needed)
    ]


def caption(answer: Answer) -> str:
    """Title of the picture, with the names that were meant."""
    given = {p: answer.arguments.get(p) for p in answer.question.params}
    years = {p: str(v) for p, v in given.items() if isinstance(v, int)}
    names = {p: answer.names.get(p, years.get(p, "")) for p in given}
    title = answer.question.picture.title
    if names.get("cluster") and names.get("region"):
        title = title.replace("{cluster} {region}", "{cluster} in {region}")
    words = title.format(**names)
    return " ".join(words.split()).strip(" :")  # a name that was left out leaves a gap


def save(answer: Answer, path: Path | str) -> None:
    """Draw an answer into a file; its ending says the format.

    Raises
    ------
    InputError
        If the ending is none of .html, .svg, .png, there is nothing to draw, or the file cannot be
        written.
    """
    target = Path(path)
    suffix = target.suffix.lower()
    if suffix not in FORMATS:
        raise InputError(
            f"a picture cannot be written as {target.suffix or target.name!r}",
            hint=f"the name of the file ends in {', '.join(FORMATS)}",
        )
    payload = picture_bytes(answer, suffix[1:])
    try:
        target.write_bytes(payload)
    except OSError as exc:
        raise InputError(
            f"cannot write {target}: {exc.strerror or exc}", hint="check the folder and its rights"
        ) from exc


def picture_bytes(answer: Answer, form: str) -> bytes:
    """Draw an answer as ``html``, ``svg`` or ``png``.

    Raises
    ------
    InputError
        If there is nothing to draw.
    """
    svg = picture(answer)
    if form == "png":
        import vl_convert

        return vl_convert.svg_to_png(svg.markup(style_sheet(dark=False)), scale=2)
    text = svg.markup(style_sheet())
    return (text if form == "svg" else _page(svg.title, text)).encode()


def _page(title: str, svg: str) -> str:
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title></head>\n"
        f'<body style="margin: 0 auto; max-width: 1200px">\n{svg}\n</body></html>\n'
    )
