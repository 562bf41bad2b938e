"""Answers in a notebook: a table by themselves, a picture and a wide table when asked for."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import escape

from clusteratlas.queries.draw.palette import style_sheet
from clusteratlas.queries.draw.pictures import picture, save
from clusteratlas.queries.language.answer import Answer, as_dict
from clusteratlas.queries.language.order import reading_order
from clusteratlas.queries.language.written import used_columns, written_columns

SHOWN = 60
"""Rows of a section that a notebook shows by itself."""
_STYLE = {True: ' style="text-align:right"', False: ' style="text-align:left"'}


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of one section, with their columns and units."""

    name: str
    rows: Sequence[Mapping[str, Any]]
    units: Mapping[str, str | None]


@dataclass(frozen=True)
class Drawn:
    """The picture of an answer; a notebook shows it."""

    answer: Answer

    @property
    def svg(self) -> str:
        """Text of the SVG, with its style."""
        return str(picture(self.answer).markup(style_sheet()))

    def save(self, path: Path | str) -> None:
        """Write it to a file, whose ending says the format: .html, .svg or .png.

        Raises
        ------
        InputError
            If the ending is another one, or the file cannot be written.
        """
        save(self.answer, path)

    def _repr_svg_(self) -> str:
        return self.svg


class NotebookAnswer(Answer):
    """An answer that a notebook shows."""

    def plot(self) -> Drawn:
        """Draw the answer.

        Raises
        ------
        InputError
            If it has no rows to draw.
        """
        picture(self)  # whether there is anything to draw is told here, not when it is shown
        return Drawn(self)

    def show(self) -> None:
        """Print title, sections and notes as tables, as wide as the terminal or the notebook."""
        from rich.console import Console
        from rich.text import Text

        Console().print(Text(self.title, style="bold"))
        for block in answer_blocks(self):
            print_block(block)
        for note in self.notes:
            Console().print(Text(note))

    def _repr_html_(self) -> str:
        parts = [f"<h4>{escape(self.title)}</h4>", *(block_html(b) for b in answer_blocks(self))]
        return "\n".join([*parts, *_html_notes(self.notes)])


def answer_blocks(answer: Answer) -> Iterator[Block]:
    """Give the sections of an answer with the columns that they use, the telling ones first."""
    declared = {f.name: f.metadata["unit"] for f in dataclasses.fields(answer.question.row)}
    units = {name: declared[name] for name in reading_order(answer.question)}
    rows = [as_dict(row) for row in answer.rows]
    if "section" not in units:
        yield Block("", rows, units)
        return
    del units["section"]
    for name in dict.fromkeys(row["section"] for row in rows):
        part = [row for row in rows if row["section"] == name]
        yield Block(str(name).replace("_", " "), part, used_columns(part, units))


def block_html(block: Block, notes: Sequence[str] = ()) -> str:
    """Write a section as a table of HTML: its first rows, and how many more there are."""
    if not block.rows:
        return "<p>(no rows)</p>"
    columns = written_columns(block.rows, block.units)
    lines = [f"<h5>{escape(block.name)}</h5>"] if block.name else []
    heads = "".join(f"<th{_STYLE[c.numeric]}>{escape(c.title)}</th>" for c in columns)
    lines += ["<table>", f"<thead><tr>{heads}</tr></thead>", "<tbody>"]
    for n in range(min(len(block.rows), SHOWN)):
        cells = "".join(f"<td{_STYLE[c.numeric]}>{escape(c.cells[n])}</td>" for c in columns)
        lines.append(f"<tr>{cells}</tr>")
    lines += ["</tbody>", "</table>"]
    if (more := len(block.rows) - SHOWN) > 0:
        lines.append(f"<p>and {more:,} more rows: to_pandas() has them all</p>")
    return "\n".join([*lines, *_html_notes(notes)])


def print_block(block: Block, notes: Sequence[str] = ()) -> None:
    """Print a section as a table."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    table = Table(box=SIMPLE_HEAD, title=Text(block.name) if block.name else None)
    table.title_justify = "left"
    columns = written_columns(block.rows, block.units) if block.rows else []
    for column in columns:
        table.add_column(
            Text(column.title), justify="right" if column.numeric else "left", overflow="fold"
        )
    for cells in zip(*(column.cells for column in columns), strict=True):
        table.add_row(*map(Text, cells))
    console.print(table if columns else "(no rows)")
    for note in notes:
        console.print(Text(note))


def _html_notes(notes: Sequence[str]) -> list[str]:
    return [f"<p><small>{escape(note)}</small></p>" for note in notes]
