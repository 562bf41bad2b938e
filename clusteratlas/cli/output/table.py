"""The table for people: rounded figures, units in the headings, nothing cut."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TextIO

from clusteratlas.queries.numbers import bounding_columns, column_figures, range_words

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of the output: its name in the rows, and the unit of its figures."""

    name: str
    unit: str | None = None


_PLAIN_UNITS = frozenset({"year", "digits"})
_PLAIN_NAMES = ("year", "vintage", "naics", "code", "fips", "seed")
_SHORT = {"standard deviations": "SD", "share": "%", "percent": "%"}
_MANY = 6
"""A single row with more columns than this is written one column a line."""
_NARROW = 18
"""Texts may be folded down to this width before a column is left out."""
_GAP = 3
"""Characters between two columns."""
_RULE = "\u2500"
"""Of what the line below the headings is drawn."""


def show_table(
    records: Sequence[Record], columns: Sequence[Heading], title: str | None
) -> list[str]:
    """Draw on the terminal; give the names of columns for which it is too narrow."""
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    return _draw(console, records, columns, title, console.width, plain=not holds_rules(sys.stdout))


def table_text(
    records: Sequence[Record],
    columns: Sequence[Heading],
    title: str | None,
    *,
    plain: bool = False,
) -> str:
    """Draw for a pipe or a file: as wide as the rows need, so that nothing is cut or wrapped.

    With ``plain`` the rules are hyphens.
    """
    import io

    from rich.console import Console

    sheet = io.StringIO()
    console = Console(file=sheet, width=100_000, highlight=False, markup=False, color_system=None)
    _draw(console, records, columns, title, None, plain=plain)
    return "".join(f"{line.rstrip()}\n" for line in sheet.getvalue().splitlines())


def holds_rules(stream: TextIO) -> bool:
    """Whether the rules of a table can be written in the encoding of a stream."""
    try:
        _RULE.encode(stream.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def inline(value: Any) -> str:
    """Write a value that may be a list or a mapping into one cell."""
    if isinstance(value, dict):
        return "; ".join(f"{k}={inline(v)}" for k, v in value.items())
    if isinstance(value, list):
        return "; ".join(inline(v) for v in value)
    return "" if value is None else str(value)


def _draw(
    console: Any,
    records: Sequence[Record],
    columns: Sequence[Heading],
    title: str | None,
    width: int | None,
    *,
    plain: bool,
) -> list[str]:
    from rich.text import Text

    if title:
        console.print(Text(title, style="bold"), soft_wrap=True)
    if not records or not columns:
        console.print("(no rows)")
        return []
    if columns[0].name != "section":
        return _block(console, records, columns, width, plain=plain)
    hidden: list[str] = []
    for section in dict.fromkeys(r["section"] for r in records):
        part = [r for r in records if r["section"] == section]
        # A section uses some of the columns only; empty ones would push the others off the page.
        used = [c for c in columns[1:] if any(r.get(c.name) is not None for r in part)]
        console.print(Text(f"\n{str(section).replace('_', ' ')}", style="bold"))
        hidden += _block(console, part, used, width, plain=plain)
    return list(dict.fromkeys(hidden))


def _block(
    console: Any,
    records: Sequence[Record],
    columns: Sequence[Heading],
    width: int | None,
    *,
    plain: bool,
) -> list[str]:
    from rich.box import SIMPLE_HEAD, Box
    from rich.table import Table
    from rich.text import Text

    joined = _joined(columns, records)
    if len(records) == 1 and len(joined) > _MANY:
        console.print(_listing(records[0], joined))
        return []
    rules = Box(str(SIMPLE_HEAD).replace(_RULE, "-"), ascii=True) if plain else SIMPLE_HEAD
    table = Table(box=rules, pad_edge=False, show_edge=False, header_style="bold")
    shown = [_column(c, records, wrap=width is not None) for c in joined]
    kept = _fitting(shown, width)
    for column in kept:
        table.add_column(
            Text(column.caption),
            justify="right" if column.right else "left",
            no_wrap=column.rigid,
            overflow="fold",
        )
    for line in zip(*(c.cells for c in kept), strict=True):
        table.add_row(*(Text(cell) for cell in line))
    console.print(table)
    return [c.name for c in shown[len(kept) :]]


@dataclass(frozen=True, slots=True)
class _Joined:
    """A heading, and the columns that bound its figures, if any."""

    heading: Heading
    bounds: tuple[str, str] | None


def _joined(columns: Sequence[Heading], records: Sequence[Record]) -> list[_Joined]:
    """Take a figure and its bounds as one column."""
    figures = [c.name for c in columns if all(_may_be_number(r.get(c.name)) for r in records)]
    bounds = bounding_columns(figures)
    ends = {name for pair in bounds.values() for name in pair}
    return [_Joined(c, bounds.get(c.name)) for c in columns if c.name not in ends]


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    caption: str
    cells: list[str]
    right: bool
    rigid: bool

    @property
    def narrowest(self) -> int:
        cells = max(len(cell) for cell in self.cells)
        caption = max((len(line) for line in self.caption.splitlines()), default=0)
        return max(caption, cells if self.rigid else min(cells, _NARROW))


def _column(column: _Joined, records: Sequence[Record], *, wrap: bool) -> _Column:
    heading = column.heading
    values = [r.get(heading.name) for r in records]
    numeric = any(_is_number(v) for v in values) and all(_may_be_number(v) for v in values)
    cells = _cells(column, records) if numeric else [_word(v) for v in values]
    ranged = any("(" in cell for cell in cells)
    caption = _caption(heading)
    if wrap:
        longest = max((len(word) for word in caption.split()), default=1)
        room = max(longest, *(len(cell) for cell in cells)) if numeric else max(longest, _NARROW)
        caption = "\n".join(textwrap.wrap(caption, room))
    # A key cut in two cannot be copied into the next command.
    rigid = numeric or heading.name in {"key", "id"}
    return _Column(heading.name, caption, cells, numeric and not ranged, rigid)


def _cells(column: _Joined, records: Sequence[Record]) -> list[str]:
    """Write the figures of a column, with their bounds; figures below each other, bounds beside."""
    heading = column.heading
    values = [r.get(heading.name) for r in records]
    if column.bounds is None:
        return _figures(values, heading)
    low, high = ([r.get(name) for r in records] for name in column.bounds)
    many = len(records)
    words = _figures([*values, *low, *high], heading)
    cells = [
        range_words(figure, least, most, none=value == 0) if least and most else figure
        for value, figure, least, most in zip(
            values, words[:many], words[many : 2 * many], words[2 * many :], strict=True
        )
    ]
    halves = [cell.partition(" ") for cell in cells]
    wide = max(len(figure) for figure, *_ in halves)
    return [figure.rjust(wide) + gap + rest for figure, gap, rest in halves]


def _fitting(columns: list[_Column], width: int | None) -> list[_Column]:
    """Give the first columns, as many as the width has room for; at least two."""
    if width is None:
        return columns
    used, kept = -_GAP, 0
    for column in columns:
        used += column.narrowest + _GAP
        if used > width:
            break
        kept += 1
    return columns[: max(kept, 2)]


def _listing(record: Record, columns: Sequence[_Joined]) -> Any:
    """One row with many columns, one line each."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for column in columns:
        value = record.get(column.heading.name)
        cell = _cells(column, [record])[0] if _is_number(value) else _word(value)
        table.add_row(Text(_caption(column.heading)), Text(cell))
    return table


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _may_be_number(value: Any) -> bool:
    return value is None or _is_number(value)


def _caption(column: Heading) -> str:
    name = column.name.replace("_", " ")
    if column.unit in _SHORT:
        return f"{name} ({_SHORT[column.unit]})"
    if column.unit is None or column.unit in _PLAIN_UNITS or column.unit in name.split():
        return name
    return f"{name} ({column.unit})"


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return inline(value)


def _figures(values: list[Any], column: Heading) -> list[str]:
    """Write the figures of one column with the same number of decimals, for comparison."""
    if column.unit in _PLAIN_UNITS or column.name.endswith(_PLAIN_NAMES):
        return ["" if v is None else str(v) for v in values]
    return column_figures(values, column.unit)
