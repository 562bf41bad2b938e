"""Reading what a question needs in one statement: its texts, sent together.

Each packaged text stays small and can be pasted into a browser by itself. Here several of them
become the branches of one ``UNION ALL``, so that a question with thirteen parts costs one way to
the database and back. The branches have the same columns: a number that tells them apart, and as
many of each type as the widest branch needs. An engine that loses the order of branches is asked
for each text by itself.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from clusteratlas.graph import GraphStore
from clusteratlas.queries.language.rows import columns_of
from clusteratlas.queries.language.texts import bare, cut, cypher, parameters

_LETTERS = {str: "s", int: "i", float: "d", bool: "b"}
"""First letter of the slots of each type."""
_NULLS = {
    "s": "CASE WHEN false THEN '' END",
    "i": "CASE WHEN false THEN 0 END",
    "d": "CASE WHEN false THEN 0.0 END",
    "b": "CASE WHEN false THEN false END",
}
"""A null of each type in words of both engines: a branch must have typed columns."""

_WORD = re.compile(r"(?<!['$.\w])([A-Za-z_]\w*)(?!\w*\s*[.(])")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One text, what its parameters are, and the row that it returns."""

    name: str
    """What the rows are asked for by."""
    stem: str
    row: Any
    """Its type."""
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Branch:
    """A text cut at its last RETURN, with columns and parameters renamed."""

    head: str
    slots: Mapping[str, str]
    """Column of the row by slot, in the order of the row."""
    tail: str
    """ORDER BY and LIMIT."""

    def returning(self, number: int, slots: Sequence[str]) -> str:
        """Give the text with all columns, those that it lacks as nulls of their type."""
        items = [f"{self.slots.get(slot) or _NULLS[slot[0]]} AS {slot}" for slot in slots]
        returned = ", ".join([f"{number} AS part", *items])
        return f"{self.head}\nRETURN {returned}\n{self.tail}".strip()


def read_together(
    store: GraphStore, wanted: Sequence[Wanted], *, name: str
) -> dict[str, list[Any]]:
    """Read several texts, with one statement where the engine keeps their order in it.

    Parameters
    ----------
    store
        The graph.
    wanted
        The texts; every column is a string, whole number, real number or truth value, or null.
    name
        Of the statement, for messages.

    Returns
    -------
    dict
        Rows by name, each in the order that its text asks for.

    Raises
    ------
    StoreError
        If the graph cannot be read.
    """
    found: dict[str, list[Any]] = {w.name: [] for w in wanted}
    if not store.capabilities.ordered_unions:
        for alone in wanted:  # several readings of one part have its name
            found[alone.name] += _alone(store, alone, name)
        return found
    branches = [_branch(w.stem, w.row, store.engine, k) for k, w in enumerate(wanted)]
    text = together(branches)
    values = {f"{n}_{k}": v for k, w in enumerate(wanted) for n, v in w.values.items()}
    for row in store.read(text, values, name=name).rows:
        asked, branch = wanted[row["part"]], branches[row["part"]]
        columns = {column: row[slot] for slot, column in branch.slots.items()}
        found[asked.name].append(asked.row(**columns))
    return found


def _alone(store: GraphStore, wanted: Wanted, name: str) -> list[Any]:
    text = cypher(wanted.stem, store.engine)
    return [wanted.row(**row) for row in store.read(text, wanted.values, name=name).rows]


def together(branches: Sequence[_Branch]) -> str:
    """Give the statement that reads all branches."""
    slots = sorted({s for b in branches for s in b.slots}, key=lambda s: (s[0], int(s[1:])))
    return "\nUNION ALL\n".join(b.returning(k, slots) for k, b in enumerate(branches))


@cache
def _branch(stem: str, row: Any, engine: str, number: int) -> _Branch:
    text = bare(cypher(stem, engine))
    for parameter in parameters(text):
        text = re.sub(rf"\${parameter}\b", f"${parameter}_{number}", text)
    head, items, tail = cut(text)
    slots = _slots(row)
    tail = _WORD.sub(lambda word: slots.get(word[1], word[1]), tail)
    # WITH, not RETURN at once: beside a constant, an aggregate over nothing would give no row.
    return _Branch(f"{head}WITH {items.strip()}", {s: c for c, s in slots.items()}, tail)


@cache
def _slots(row: Any) -> dict[str, str]:
    """Give each column of a row type the next free slot of its type."""
    used = dict.fromkeys(_LETTERS.values(), 0)
    slots = {}
    hints = typing.get_type_hints(row)
    for column in columns_of(row):
        (kind,) = {hints[column], *typing.get_args(hints[column])} & set(_LETTERS)
        letter = _LETTERS[kind]
        slots[column] = f"{letter}{used[letter]}"
        used[letter] += 1
    return slots
