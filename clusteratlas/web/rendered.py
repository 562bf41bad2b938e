"""An answer as a page shows it: its picture, its tables with links, and the same elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from clusteratlas.errors import InputError
from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.draw.pictures import picture
from clusteratlas.queries.forms.formats import Format
from clusteratlas.queries.language.answer import Answer
from clusteratlas.queries.language.commands import command_line
from clusteratlas.queries.language.question import Question, Value
from clusteratlas.queries.language.texts import cypher
from clusteratlas.queries.language.written import written_columns
from clusteratlas.queries.notebook import Block, answer_blocks
from clusteratlas.vocabulary.keys import label_of, regional_cluster_key
from clusteratlas.web.addresses import address, page_of

FILES = (*(f.value for f in (Format.csv, Format.xlsx, Format.json, Format.markdown)), "svg", "png")
"""Forms in which an answer can be taken along."""
SHOWN = 200
"""Rows of a section that a page shows; the files have them all."""
_MANY = 6
"""Facts of a single row from which it is shown as a list."""
_KEYS = frozenset({"key", "cluster_key", "compared_key"})


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

    @property
    def single(self) -> bool:
        """Whether it is one thing with many facts, which reads better as a list of them."""
        return len(self.rows) == 1 and len(self.titles) >= _MANY


@dataclass(frozen=True, slots=True)
class Shown:
    """All that a page shows of an answer."""

    question: Question
    title: str
    names: Mapping[str, str]
    """What the arguments are called, by parameter."""
    picture: Markup | None
    sheets: Sequence[Leaf]
    notes: Sequence[str]
    files: Mapping[str, str]
    """Address by form."""
    command: str
    texts: Sequence[tuple[str, str]]
    """Cypher that was run, by name."""


def shown(answer: Answer, given: Mapping[str, Value], atlas: Atlas) -> Shown:
    """Prepare an answer for a page.

    Parameters
    ----------
    answer
        The answer.
    given
        Arguments as they were given, for addresses and the command line.
    atlas
        What was asked, for the words of its engine.
    """
    question = answer.question
    drawing = _picture(answer)
    forms = [f for f in FILES if drawing is not None or f not in {"svg", "png"}]
    parts = [*question.parts, question.count]
    return Shown(
        question=question,
        title=answer.title,
        names=answer.names,
        picture=drawing,
        sheets=[_sheet(block, answer.arguments) for block in answer_blocks(answer)],
        notes=answer.notes,
        files={f: address(f"answer/{question.id}.{f}", given) for f in forms},
        command=command_line(question, given),
        texts=[(part.stem, cypher(part.stem, atlas.store.engine)) for part in parts],
    )


def _picture(answer: Answer) -> Markup | None:
    try:
        return picture(answer).markup()
    except InputError:
        return None  # nothing to draw: the table says that there is nothing


def _sheet(block: Block, about: Mapping[str, Any]) -> Leaf:
    if not block.rows:
        return Leaf(block.name, (), (), 0)
    units = {name: unit for name, unit in block.units.items() if name not in _KEYS}
    first = block.rows[:SHOWN]
    columns = written_columns(first, units)
    rows = []
    for n, row in enumerate(first):
        page, origin = _links(row, about)
        links = {columns[0].name: page, "source": origin}
        rows.append([Cell(c.cells[n], links.get(c.name)) for c in columns])
    titles = [(column.title, column.numeric) for column in columns]
    return Leaf(block.name, titles, rows, len(block.rows) - len(first))


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
