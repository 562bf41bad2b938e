"""All pictures of all questions on one sheet, light and dark, and a count of what lies badly.

``python -m benchmarks.pictures --out build/pictures`` draws every example of every question on the
shipped edition into ``build/pictures/index.html``, an SVG of each beside it (with ``--png`` also a
PNG), counts texts that lie on one another or are cut off, and fails if there are any.
"""

from __future__ import annotations

import argparse
import base64
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import combinations
from math import cos, radians, sin
from pathlib import Path
from xml.etree import ElementTree

from clusteratlas.queries.atlas.library import Atlas, open_atlas
from clusteratlas.queries.atlas.registry import QUESTIONS
from clusteratlas.queries.draw.canvas import BOLD, SIZES, Box, text_box
from clusteratlas.queries.draw.palette import DARK, LIGHT, style_sheet
from clusteratlas.queries.draw.pictures import drawn, picture

_STEP = re.compile(r"(translate|scale|rotate)\(([^)]*)\)")
_DARK_RULE = "@media (prefers-color-scheme: dark)"
_UNMOVED = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_ROUNDING = 0.02
"""Coordinates are written with two decimals."""

Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Written:
    """A line of text in a picture, and the room that it takes."""

    words: str
    box: Box


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture of one example, and what is wrong with it."""

    name: str
    command: str
    svg: str
    faults: tuple[str, ...]


def texts(svg: str) -> list[Written]:
    """Find every line of text in a picture, wherever groups have moved it."""
    root = ElementTree.fromstring(svg)  # noqa: S314 (our own)
    return list(_texts(root, _UNMOVED))


def faults(svg: str) -> list[str]:
    """Say what lies badly: texts on one another, texts beyond the edge, shortened ones."""
    root = ElementTree.fromstring(svg)  # noqa: S314 (our own)
    width, height = (float(v) for v in root.attrib["viewBox"].split()[2:])
    found = texts(svg)
    wrong = [
        f"on one another: {one.words!r}, {other.words!r}"
        for one, other in combinations(found, 2)
        if one.box.meets(other.box, -_ROUNDING)
    ]
    for text in found:
        box = text.box
        if min(box.left, box.top, width - box.right, height - box.bottom) < -_ROUNDING:
            wrong.append(f"beyond the edge: {text.words!r}")
    return wrong


def _texts(element: ElementTree.Element, matrix: Matrix) -> Iterator[Written]:
    here = _moved(matrix, element.attrib.get("transform", ""))
    tag = element.tag.rpartition("}")[2]
    if tag == "text":
        words, class_ = "".join(element.itertext()), element.attrib["class"]
        x, y = (float(element.attrib.get(axis, 0)) for axis in "xy")
        anchor = element.attrib.get("text-anchor", "start")
        flat = text_box(x, y, words, SIZES[class_], anchor, bold=class_ in BOLD)
        yield Written(words, _box(here, flat))
    if tag not in {"defs", "pattern", "clipPath", "symbol"}:
        for child in element:
            yield from _texts(child, here)


def _moved(matrix: Matrix, transform: str) -> Matrix:
    for kind, given in _STEP.findall(transform):
        values = [float(v) for v in re.split(r"[ ,]+", given.strip())]
        if kind == "translate":
            step = (1.0, 0.0, 0.0, 1.0, values[0], values[1] if len(values) > 1 else 0.0)
        elif kind == "scale":
            step = (values[0], 0.0, 0.0, values[-1], 0.0, 0.0)
        else:
            turn = radians(values[0])
            step = (cos(turn), sin(turn), -sin(turn), cos(turn), 0.0, 0.0)
        a, b, c, d, e, f = matrix
        g, h, i, j, k, m = step
        matrix = (
            a * g + c * h,
            b * g + d * h,
            a * i + c * j,
            b * i + d * j,
            a * k + c * m + e,
            b * k + d * m + f,
        )
    return matrix


def _box(matrix: Matrix, flat: Box) -> Box:
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (flat.left, flat.right) for y in (flat.top, flat.bottom)]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))


def shown(atlas: Atlas, ids: Sequence[str] = ()) -> Iterator[Shown]:
    """Draw every example of some questions, or of all."""
    for id_ in ids or QUESTIONS:
        for number, example in enumerate(QUESTIONS[id_].examples, start=1):
            answer = atlas.ask(id_, **example)
            if not drawn(answer):
                continue  # an answer of one row may have no figure to compare
            svg = str(picture(answer).markup(style_sheet()))
            said = " ".join(f"{name}={value}" for name, value in example.items())
            yield Shown(f"{id_}-{number}", f"{id_} {said}", svg, tuple(faults(svg)))


def in_light(svg: str, *, dark: bool = False) -> str:
    """Fix the colors of a picture that follows the reader's setting."""
    return svg.replace(_DARK_RULE, "@media all" if dark else "@media not all")


def contact_sheet(pictures: Sequence[Shown]) -> str:
    """Write the page: each picture in light and dark, with what is wrong with it."""
    parts = []
    for one in pictures:
        wrong = "".join(f"<p class='wrong'>{escape(fault)}</p>" for fault in one.faults)
        images = "".join(
            f'<img alt="{escape(one.command)}" src="data:image/svg+xml;base64,'
            f'{base64.b64encode(in_light(one.svg, dark=dark).encode()).decode()}">'
            for dark in (False, True)
        )
        parts.append(f"<section><h2>{escape(one.command)}</h2>{wrong}{images}</section>")
    count = sum(len(one.faults) for one in pictures)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Pictures</title>\n'
        "<style>body { font-family: sans-serif; } img { width: 49%; vertical-align: top; } "
        f".wrong {{ color: #b3352b; }}</style></head>\n<body><h1>{len(pictures)} pictures, "
        f"{count} texts that lie badly</h1>\n" + "\n".join(parts) + "\n</body></html>\n"
    )


def png(svg: str, *, dark: bool = False) -> bytes:
    """Draw a picture as PNG: the renderer knows no variables."""
    import vl_convert

    colors = DARK if dark else LIGHT
    plain = re.sub(r"var\(--([a-z0-9-]+)\)", lambda m: colors[m[1]], svg)
    return bytes(vl_convert.svg_to_png(plain, scale=1.5))


def main() -> None:
    """Write the sheet; fail if a text lies badly."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("questions", nargs="*", help="ids; default: all")
    parser.add_argument("--out", type=Path, default=Path("build/pictures"))
    parser.add_argument("--store", help="store that holds an edition; default: the user's")
    parser.add_argument("--png", action="store_true", help="write PNG files too")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    with open_atlas(given.store) as atlas:
        pictures = list(shown(atlas, given.questions))
    for one in pictures:
        (given.out / f"{one.name}.svg").write_text(one.svg, encoding="utf-8")
        if given.png:
            (given.out / f"{one.name}.png").write_bytes(png(one.svg))
            (given.out / f"{one.name}-dark.png").write_bytes(png(one.svg, dark=True))
        for fault in one.faults:
            print(f"{one.name}: {fault}")
    (given.out / "index.html").write_text(contact_sheet(pictures), encoding="utf-8")
    count = sum(len(one.faults) for one in pictures)
    print(f"{len(pictures)} pictures, {count} texts that lie badly: {given.out / 'index.html'}")
    sys.exit(1 if count else 0)


if __name__ == "__main__":
    main()
