"""An answer as a page shows it: its picture, its tables with links, and the same elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from markupsafe import Markup

from clusteratlas.errors import InputError
from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.draw.canvas import Svg
from clusteratlas.queries.draw.pictures import picture
from clusteratlas.queries.forms.beside import Beside, side_by_side
from clusteratlas.queries.forms.findings import finding
from clusteratlas.queries.forms.formats import Format
from clusteratlas.queries.language.answer import Answer
from clusteratlas.queries.language.commands import command_line
from clusteratlas.queries.language.question import Question, Value
from clusteratlas.queries.language.texts import cypher
from clusteratlas.queries.language.written import written_columns
from clusteratlas.queries.notebook import Block, answer_blocks
from clusteratlas.vocabulary.keys import label_of, regional_cluster_key
from clusteratlas.web.addresses import address, page_of, question_page
from clusteratlas.web.views import Shows

FILES = (*(f.value for f in (Format.csv, Format.xlsx, Format.json, Format.markdown)), "svg", "png")
"""Forms in which an answer can be taken along."""
SHOWN = 200
"""Rows of a section that a page shows; the files have them all."""
_MANY = 6
"""Facts of a single row from which it is shown as a list."""
_FACTS = 7
"""Facts of it that a part of a page shows."""
_KEYS = frozenset({"key", "cluster_key", "compared_key"})
_TOLD = frozenset({"name", "source", "source_then", "kind", "level", "section"})
"""Columns of a single row that its page says elsewhere."""
_NARROW, _WIDEST = 5, 12
"""Widths of pictures, in hundreds of pixels, that pages know."""
SECTIONS = {
    "close call": "Close calls",
    "cluster": "Clusters",
    "file": "Files",
    "industry": "Industries",
    "link": "Linked clusters",
    "loss": "What is lost on the way",
    "move": "Moved by judgment",
    "neighbor": "Neighbors",
    "objection": "Objections, and what was decided",
    "occupation": "Occupations that all employ",
    "part": "Its parts",
    "peer": "Most like it",
    "place": "Regions that have all",
    "region": "Regions",
    "rule": "Rules",
    "sales": "What one sells to the other",
    "second": "Nearly as related: second members",
    "sector": "Sectors",
    "sets": "Agreement",
    "tie": "Ties between industries",
    "total": "In all",
    "whole": "In all",
}
"""Headings of sections; others are as they are called."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table."""

    text: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Leaf:
    """One section of an answer as a table."""

    name: str
    titles: Sequence[tuple[str, bool]]
    """Headings, and whether their figures stand at the right."""
    rows: Sequence[Sequence[Cell]]
    more: int
    """Rows that are not shown."""
    single: bool = False
    """Whether it is one thing with many facts, which reads better as a list of them."""
    origins: Sequence[str | None] = ()
    """Where the figures of each row are from; empty where a column says it."""


@dataclass(frozen=True, slots=True)
class Wide:
    """One section of a comparison, with links."""

    name: str
    things: Sequence[tuple[str, str, str | None]]
    """Key, name and page of what is side by side."""
    titles: Sequence[tuple[str, bool]]
    rows: Sequence[tuple[str, str | None, Sequence[tuple[Sequence[str], bool]]]]
    """Name, page, and of each thing its figures and whether it is strong there."""


@dataclass(frozen=True, slots=True)
class Shown:
    """All that a page shows of an answer."""

    question: Question
    title: str
    finding: str
    """What it found, in a sentence."""
    names: Mapping[str, str]
    """What the arguments are called, by parameter."""
    about: Mapping[str, Any]
    """The arguments themselves: keys, numbers."""
    picture: Markup | None
    room: int
    """How wide the picture is, in hundreds of pixels."""
    wides: Sequence[Wide]
    sheets: Sequence[Leaf]
    notes: Sequence[str]
    files: Mapping[str, str]
    """Address by form."""
    asked: str
    """Page of the question with these arguments."""
    command: str
    texts: Sequence[tuple[str, str]]
    """Cypher that was run, by name."""
    part: Shows | None
    """How a page shows it; None: whole."""


def shown(
    answer: Answer, given: Mapping[str, Value], atlas: Atlas, part: Shows | None = None
) -> Shown:
    """Prepare an answer for a page.

    Parameters
    ----------
    answer
        The answer.
    given
        Arguments as they were given, for addresses and the command line.
    atlas
        What was asked, for the words of its engine.
    part
        How much of it a page shows; None: all.
    """
    question = answer.question
    drawing = None if part is not None and not part.drawn else _picture(answer, part)
    forms = [f for f in FILES if drawing is not None or f not in {"svg", "png"}]
    parts = [*question.parts, question.count]
    wides = [_wide(w) for w in side_by_side(answer)] if "compared_key" in question.columns else []
    blocks = [b for b in answer_blocks(answer) if b.name not in {w.name for w in wides}]
    wanted = part.sections if part is not None else ()
    return Shown(
        question=question,
        title=answer.title,
        finding=finding(answer),
        names=answer.names,
        about=answer.arguments,
        picture=None if drawing is None else drawing.markup(),
        room=0 if drawing is None else max(_NARROW, min(_WIDEST, ceil(drawing.width / 100))),
        wides=wides,
        sheets=[
            _sheet(b, answer.arguments, part, leads=b is blocks[0])
            for b in blocks
            if not wanted or b.name in wanted
        ],
        notes=answer.notes,
        files={f: address(f"answer/{question.id}.{f}", given) for f in forms},
        asked=question_page(question, given),
        command=command_line(question, given),
        texts=[(p.stem, cypher(p.stem, atlas.store.engine)) for p in parts],
        part=part,
    )


def _picture(answer: Answer, part: Shows | None) -> Svg | None:
    try:
        return picture(answer, headed=part is None)
    except InputError:
        return None  # nothing to draw: the table says that there is nothing


def _wide(of: Beside) -> Wide:
    return Wide(
        of.name,
        [(key, name, page_of(key)) for key, name in of.things.items()],
        of.titles,
        [
            (
                row.name,
                page_of(row.key) if row.key else None,
                [(cells, key in row.strong) for key, cells in row.cells.items()],
            )
            for row in of.rows
        ],
    )


def _sheet(block: Block, about: Mapping[str, Any], part: Shows | None, *, leads: bool) -> Leaf:
    if not block.rows:
        return Leaf(block.name, (), (), 0)
    units = {name: unit for name, unit in block.units.items() if name not in _KEYS}
    most = SHOWN if part is None else part.rows
    first = block.rows[:most]
    columns = written_columns(first, units)
    origins: list[str | None] = []
    single = len(block.rows) == 1 and len(columns) >= _MANY and (leads or part is None)
    if part is not None:
        untold = _TOLD if single else _TOLD - {"name", "kind"}
        columns = [c for c in columns if c.name not in untold and any(c.cells)]
        if single and part.facts:
            told = {c.name: c for c in columns}
            columns = [told[name] for name in part.facts if name in told]
        columns = columns[: _FACTS if single else part.columns]
    rows = []
    for n, row in enumerate(first):
        page, origin = _links(row, about)
        origins.append(origin)
        linked = "name" if single else columns[0].name if columns else ""
        links = {linked: page, "source": origin}
        rows.append([Cell(c.cells[n], links.get(c.name)) for c in columns])
    titles = [(column.title, column.numeric) for column in columns]
    of = origins if part is not None else ()
    return Leaf(block.name, titles, rows, len(block.rows) - len(first), single, of)


def _links(row: Mapping[str, Any], about: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Give the page of what a row is about, and the one of where its figures are from."""
    key = row.get("key")
    if not isinstance(key, str):
        return None, None
    key = _in_place(key, about)
    page = page_of(key)
    return page, address("ask/provenance", {"of": key}) if page else None


def _in_place(key: str, about: Mapping[str, Any]) -> str:
    """Take a region in an answer about a cluster, or the reverse, for the cluster there."""
    cluster, region = about.get("cluster"), about.get("region")
    label = label_of(key)
    if label == "Region" and cluster and not region:
        return regional_cluster_key(str(cluster), key)
    if label == "Cluster" and region and not cluster:
        return regional_cluster_key(key, str(region))
    return key
