"""The table for people: rounded figures, units in the headings, no figure cut."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TextIO

from clusteratlas.cli.output.layout import (
    Written,
    fit_columns,
    heading_words,
    join_bounds,
    value_words_of,
    written,
)
from clusteratlas.queries.captions import legend_of
from clusteratlas.queries.forms.printed import Heading, Record

_MANY = 6
"""A single row with more columns than this is written one column a line."""
_RULE = "\u2500"
"""Of what the line below the headings is drawn."""
_ELLIPSIS = "..."
"""In place of the middle of a text."""


@dataclass
class Sheet:
    """What a table is drawn on, and what was left out of it.

    Parameters
    ----------
    width
        Characters of a line; None: as wide as the rows need, so that nothing is cut or wrapped.
    plain
        Rules are hyphens.
    worded
        Names of columns are written in words, and a legend explains them.
    """

    console: Any
    width: int | None
    plain: bool
    worded: bool
    hidden: dict[str, None] = field(default_factory=dict)
    captions: dict[str, None] = field(default_factory=dict)
    ranged: list[str] = field(default_factory=list)

    def draw(
        self, records: Sequence[Record], columns: Sequence[Heading], title: str | None
    ) -> None:
        """Draw a title and the rows, those with a ``section`` in one table per section."""
        from rich.text import Text

        if title:
            self._say(title, style="bold")
        if not records or not columns:
            self.console.print("(no rows)")
            return
        if columns[0].name == "section":
            for section in dict.fromkeys(r["section"] for r in records):
                part = [r for r in records if r["section"] == section]
                # A section uses some of the columns only; empty ones would push the others off.
                used = [c for c in columns[1:] if any(r.get(c.name) is not None for r in part)]
                self.console.print(Text(f"\n{str(section).replace('_', ' ')}", style="bold"))
                self._block(part, used)
        else:
            self._block(records, columns)
        legend = legend_of(list(self.captions), self.ranged) if self.worded else []
        for line in ["", *legend] if legend else []:
            self._say(line, style="dim")

    def _say(self, text: str, style: str) -> None:
        from rich.text import Text

        wrap = self.worded and self.width is not None
        self.console.print(Text(text, style=style), soft_wrap=not wrap)

    def _block(self, records: Sequence[Record], columns: Sequence[Heading]) -> None:
        from rich.box import SIMPLE_HEAD, Box
        from rich.table import Table
        from rich.text import Text

        whole = join_bounds(columns, records)
        if len(records) == 1 and len(whole) > _MANY:
            self._listing(records[0], columns)
            return
        rules = Box(str(SIMPLE_HEAD).replace(_RULE, "-"), ascii=True) if self.plain else SIMPLE_HEAD
        table = Table(box=rules, pad_edge=False, show_edge=False, header_style="bold")
        shown = [written(c, records, worded=self.worded) for c in whole]
        kept = self._fit(shown)
        for column, width in kept:
            self.captions[" ".join(column.caption.split())] = None
            self.ranged += column.cells if column.ranged else []
            table.add_column(
                Text(column.caption),
                justify="right" if column.right else "left",
                no_wrap=True,
                width=width,
            )
        for line in zip(*(c.cells for c, _ in kept), strict=True):
            table.add_row(*(Text(cell) for cell in line))
        self.console.print(table)
        names = {column.name for column, _ in kept}
        self.hidden |= dict.fromkeys(c.name for c in shown if c.name not in names)

    def _fit(self, columns: Sequence[Written]) -> list[tuple[Written, int | None]]:
        if self.width is None:
            return [(column, None) for column in columns]
        return list(fit_columns(columns, self.width, _ELLIPSIS))

    def _listing(self, record: Record, columns: Sequence[Heading]) -> None:
        """One row with many columns, one line each."""
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, pad_edge=False, show_header=False)
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for column in join_bounds(columns, [record]):
            caption = heading_words(column.heading, worded=self.worded)
            cell = value_words_of(column, record, worded=self.worded)
            self.captions[caption] = None
            self.ranged += [cell] if column.bounds else []
            table.add_row(Text(caption), Text(cell))
        self.console.print(table)


def show_table(
    records: Sequence[Record], columns: Sequence[Heading], title: str | None, *, worded: bool
) -> list[str]:
    """Draw on the terminal, as wide as that is; name the columns that it has no room for."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    sheet = Sheet(console, console.width, not holds_rules(sys.stdout), worded)
    sheet.draw(records, columns, title)
    return list(sheet.hidden)


def table_text(
    records: Sequence[Record],
    columns: Sequence[Heading],
    title: str | None,
    *,
    width: int | None = None,
    plain: bool = False,
    worded: bool = False,
) -> tuple[str, list[str]]:
    """Draw for a pipe or a file; give the text and the columns that it has no room for.

    Without ``width`` it is as wide as the rows need, so that nothing is cut or wrapped. With
    ``plain`` the rules are hyphens.
    """
    import io

    from rich.console import Console

    page = io.StringIO()
    room = width or 100_000
    console = Console(file=page, width=room, highlight=False, markup=False, color_system=None)
    sheet = Sheet(console, width, plain, worded)
    sheet.draw(records, columns, title)
    lines = page.getvalue().splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines), list(sheet.hidden)


def holds_rules(stream: TextIO) -> bool:
    """Whether the rules of a table can be written in the encoding of a stream."""
    try:
        _RULE.encode(stream.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
