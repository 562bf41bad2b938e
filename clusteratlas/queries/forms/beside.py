"""Things side by side: a row for each figure or name, a column for each thing compared."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.answer import Answer, as_dict
from clusteratlas.queries.language.order import reading_order
from clusteratlas.queries.language.written import used_columns, written_columns

_OWN = frozenset({"section", "key", "name", "compared", "compared_key", "source"})
"""Columns that say what a figure is of."""
_MARKED = "strong"
"""Column that is a mark of the row, not a figure."""
_SAME = frozenset({"differs", "differs_low", "differs_high"})
"""Columns that are equal for all things compared."""


_COLUMNS, _FEWEST = 7, 2
"""Columns of figures that a page has room for, and those that each thing has at least."""


@dataclass(frozen=True, slots=True)
class Beside:
    """One section of a comparison as a wide table."""

    name: str
    things: Mapping[str, str]
    """Names of what is compared by key, in the order in which they were named."""
    titles: Sequence[tuple[str, bool]]
    """Columns of each thing, and whether their figures stand at the right."""
    rows: Sequence[BesideRow]


@dataclass(frozen=True, slots=True)
class BesideRow:
    """One line of it."""

    key: str
    name: str
    cells: Mapping[str, Sequence[str]]
    """Written figures by the key of the thing; of one that has none, empty texts."""
    strong: frozenset[str] = frozenset()
    """Things in which it is strong."""


def side_by_side(answer: Answer) -> Iterator[Beside]:
    """Give a comparison as wide tables: things side by side, figures written alike.

    Parameters
    ----------
    answer
        To a question whose rows say what they are of, by ``compared_key``.

    Yields
    ------
    Beside
        The totals of the things, a row for each figure; then each section whose rows are of one of
        the things, a row for each name. Sections between things (links) are left out.
    """
    things = next((dict(names) for names in answer.several.values() if names), {})
    most = max(_FEWEST, _COLUMNS // max(len(things), 1))
    units = {f.name: f.metadata["unit"] for f in dataclasses.fields(answer.question.row)}
    order = [n for n in reading_order(answer.question) if n not in _OWN | _SAME | {_MARKED}]
    ordered = {n: units[n] for n in order}
    for section in dict.fromkeys(row.section for row in answer.rows):
        records = [as_dict(row) for row in answer.rows if row.section == section]
        used = used_columns(records, ordered)
        if {r["key"] for r in records} <= set(things) and not any(
            r["compared_key"] for r in records
        ):
            yield _totals(section, things, records, used)
        elif all(r["compared_key"] in things for r in records) and not _between(records):
            yield _wide(section, things, records, used, most)


def _between(records: Sequence[Mapping[str, Any]]) -> bool:
    return any(r.get("linked") or r.get("million_usd") is not None for r in records)


def _totals(
    section: str,
    things: Mapping[str, str],
    records: Sequence[Mapping[str, Any]],
    units: Mapping[str, str | None],
) -> Beside:
    columns = written_columns(records, units)
    at = {r["key"]: n for n, r in enumerate(records)}
    rows = [
        BesideRow("", c.title, {k: [c.cells[at[k]] if k in at else ""] for k in things})
        for c in columns
    ]
    return Beside(section, things, [("", True)], rows)


def _wide(
    section: str,
    things: Mapping[str, str],
    records: Sequence[Mapping[str, Any]],
    units: Mapping[str, str | None],
    most: int,
) -> Beside:
    shown = written_columns(records, units)[:most]
    at = {(r["key"], r["compared_key"]): n for n, r in enumerate(records)}
    none = [""] * len(shown)
    rows = [
        BesideRow(
            key,
            name,
            {
                thing: [c.cells[at[key, thing]] for c in shown] if (key, thing) in at else none
                for thing in things
            },
            frozenset(t for t in things if (key, t) in at and records[at[key, t]].get(_MARKED)),
        )
        for key, name in {r["key"]: r["name"] for r in records}.items()
    ]
    return Beside(section, things, [(c.title, c.numeric) for c in shown], rows)
