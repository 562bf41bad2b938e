"""Which columns of a table fit a width, how wide each is, and what is written in its cells.

Columns come in the order in which they matter. A figure is never cut: a column of figures is there
whole, or not at all. Texts wrap between words; one that would need many lines is shortened in the
middle, the first column alone is not. The bounds of figures, keys and sources are written where
room is left.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from clusteratlas.queries.captions import ESTIMATE, column_words, kind_words
from clusteratlas.queries.forms.printed import Heading, Record, inline
from clusteratlas.queries.language.written import written_figures
from clusteratlas.queries.numbers import bounding_columns, range_words, unit_column

_PLAIN_UNITS = frozenset({"year", "digits", "ratio"})
_SHORT = {"standard deviations": "SD", "share": "%", "percent": "%"}
_KEYS = frozenset({"key", "id"})
_TRAILING = _KEYS | {"source"}
"""Columns that are left out first."""
_NARROW = 18
"""Texts may be folded down to this width before a column is left out."""
_FIRST = 30
"""The same of the first column, if that is more than `_PART` of the page."""
_PART = 0.36
_LINES = 3
"""A text of more lines is shortened."""
GAP = 3
"""Characters between two columns."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A heading, and the columns that bound its figures, if any."""

    heading: Heading
    bounds: tuple[str, str] | None


def join_bounds(columns: Sequence[Heading], records: Sequence[Record]) -> list[Joined]:
    """Take a figure and its bounds as one column."""
    figures = [c.name for c in columns if all(_may_be_number(r.get(c.name)) for r in records)]
    bounds = bounding_columns(figures)
    ends = {name for pair in bounds.values() for name in pair}
    return [Joined(c, bounds.get(c.name)) for c in columns if c.name not in ends]


@dataclass(frozen=True, slots=True)
class Written:
    """One column as it is written."""

    name: str
    caption: str
    cells: list[str]
    right: bool
    rigid: bool
    """Neither wrapped nor shortened."""
    figures: bool
    ranged: bool
    """Its figures have bounds."""
    brief: list[str] | None = None
    """Cells without the bounds, where that is shorter."""

    @property
    def natural(self) -> int:
        """Width at which no cell wraps."""
        longest = max((len(word) for word in self.caption.split()), default=1)
        cells = max(len(cell) for cell in self.cells)
        return max(longest, cells, 1 if self.rigid else min(len(self.caption), _NARROW))


def written(column: Joined, records: Sequence[Record], *, worded: bool) -> Written:
    """Write a column: figures with the same number of decimals, their bounds beside them."""
    heading = column.heading
    values = [r.get(heading.name) for r in records]
    numeric = any(_is_number(v) for v in values) and all(_may_be_number(v) for v in values)
    cells = _cells(column, records) if numeric else [_word(heading.name, v, worded) for v in values]
    brief = _cells(column, records, brief=True) if numeric and column.bounds else None
    return Written(
        heading.name,
        heading_words(heading, worded=worded),
        cells,
        right=numeric and not any("(" in cell for cell in cells),
        # A key cut in two cannot be copied into the next command.
        rigid=numeric or heading.name in _KEYS,
        figures=numeric,
        ranged=column.bounds is not None,
        brief=None if brief == cells else brief,
    )


def value_words_of(column: Joined, record: Record, *, worded: bool) -> str:
    """Write the value of the one row of a table."""
    value = record.get(column.heading.name)
    if _is_number(value):
        return _cells(column, [record])[0]
    return _word(column.heading.name, value, worded)


def heading_words(heading: Heading, *, worded: bool) -> str:
    """Write what stands above a column: its name with its unit; ``worded`` for people alone."""
    plain = heading.name.replace("_", " ")
    words = column_words(heading.name) if worded else plain
    if heading.unit in _SHORT:
        return f"{words} ({_SHORT[heading.unit]})"
    unit = heading.unit
    if unit is None or unit in _PLAIN_UNITS or unit in plain.split() or unit in {plain, words}:
        return words
    if unit_column(unit):
        return words
    return f"{words} ({unit})"


def fit_columns(columns: Sequence[Written], width: int, ellipsis: str) -> list[tuple[Written, int]]:
    """Choose the columns for which a width has room.

    Parameters
    ----------
    columns
        All of them, the most important first.
    width
        Characters of a line.
    ellipsis
        What stands for the middle of a shortened text.

    Returns
    -------
    Columns with their cells wrapped, and the width of each.
    """
    first = columns[0]
    least = {first.name: min(first.natural, max(_NARROW, min(_FIRST, int(_PART * width))), width)}
    kept = [first]
    late = [c for c in columns[1:] if c.name in _TRAILING]
    rest = [c for c in columns[1:] if c.name not in _TRAILING]
    # No row without a figure, if there are any: the first of them comes before all texts.
    leading = next((c for c in rest if c.figures), None)
    for column in [leading, *(c for c in rest if c is not leading)] if leading else rest:
        short = column if column.brief is None else _brief(column)
        need = short.natural if short.rigid else min(short.natural, _NARROW)
        if sum(least.values()) + GAP * len(kept) + need <= width:
            kept.append(short)
            least[column.name] = need
    room = width - sum(least.values()) - GAP * (len(kept) - 1)
    # Names first get what they need, then figures their bounds; the rest goes to texts, then keys.
    room -= (given := min(room, max(0, min(first.natural, width // 2) - least[first.name])))
    least[first.name] += given
    whole = {c.name: c for c in columns}
    for place, column in enumerate(kept):
        more = whole[column.name].natural - least[column.name]
        if column is not whole[column.name] and more <= room:
            kept[place] = whole[column.name]
            least[column.name] += more
            room -= more
    for column in kept:
        if not column.rigid:
            room -= (given := min(room, max(0, column.natural - least[column.name])))
            least[column.name] += given
    for column in late:
        if column.natural + GAP <= room:
            kept.append(column)
            least[column.name] = column.natural
            room -= column.natural + GAP
    order = {column.name: place for place, column in enumerate(columns)}
    kept.sort(key=lambda c: order[c.name])
    return [
        (_wrapped(c, least[c.name], 0 if c.name == first.name else _LINES, ellipsis), least[c.name])
        for c in kept
    ]


def _brief(column: Written) -> Written:
    return replace(column, cells=column.brief or column.cells, brief=None, right=True)


def _wrapped(column: Written, width: int, lines: int, ellipsis: str) -> Written:
    """Wrap what is above a column and in it; 0 ``lines``: as many as it takes."""
    caption = "\n".join(textwrap.wrap(column.caption, width))
    if column.rigid and column.natural <= width:
        return replace(column, caption=caption)
    cells = [_folded(cell, width, lines, ellipsis) for cell in column.cells]
    return replace(column, caption=caption, cells=cells)


def _folded(text: str, width: int, lines: int, ellipsis: str) -> str:
    """Wrap a text between words, and shorten it in the middle where it is too long for that."""
    found = textwrap.wrap(text, width)
    kept = len(text)
    while lines and len(found) > lines:
        kept = min(kept - 1, lines * width + 1)
        half = (kept - len(ellipsis)) // 2
        if half < 1:
            break
        found = textwrap.wrap(f"{text[:half].rstrip()}{ellipsis}{text[-half:].lstrip()}", width)
    return "\n".join(found)


def _cells(column: Joined, records: Sequence[Record], *, brief: bool = False) -> list[str]:
    """Write the figures of a column, with their bounds; figures below each other, bounds beside."""
    heading = column.heading
    values = [r.get(heading.name) for r in records]
    if column.bounds is None:
        return written_figures(heading.name, heading.unit, values, records)
    low, high = ([r.get(name) for r in records] for name in column.bounds)
    many = len(records)
    all_ends, owners = [*values, *low, *high], [*records] * 3
    words = written_figures(heading.name, heading.unit, all_ends, owners)
    cells = []
    for value, figure, least, most in zip(
        values, words[:many], words[many : 2 * many], words[2 * many :], strict=True
    ):
        if not least or not most:
            cells.append(figure)
        elif brief and value and figure and least != most:
            cells.append(f"{ESTIMATE}{figure}")
        else:
            cells.append(range_words(figure, least, most, none=value == 0))
    halves = [cell.partition(" ") for cell in cells]
    wide = max(len(figure) for figure, *_ in halves)
    return [figure.rjust(wide) + gap + rest for figure, gap, rest in halves]


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _may_be_number(value: Any) -> bool:
    return value is None or _is_number(value)


def _word(name: str, value: Any, worded: bool) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return inline(kind_words(name, value) if worded else value)
