"""Paths of a trace as lanes: what each step is called, how strong it is, and who says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from clusteratlas.queries.language.answer import Answer, SourceRef
from clusteratlas.queries.numbers import dollar_words
from clusteratlas.web.addresses import page_of

_THIN, _WIDE = 1.2, 7.2


@dataclass(frozen=True, slots=True)
class Halt:
    """A node of a path."""

    key: str
    name: str
    page: str | None


@dataclass(frozen=True, slots=True)
class LaneStep:
    """A link of a path, and the node that it leads to."""

    relation: str
    strength: float
    wide: float
    """Of its line, pixels."""
    money: str
    sentence: str
    source: SourceRef | None
    end: Halt


@dataclass(frozen=True, slots=True)
class Lane:
    """One path."""

    number: int
    kind: str
    strength: float
    start: Halt
    steps: Sequence[LaneStep]


def lanes_of(answer: Answer) -> list[Lane]:
    """Give the paths of an answer to the question ``trace``."""
    sources = {one.key: one for one in answer.sources}
    found = []
    for number, rows in groupby(answer.rows, key=lambda row: row.path):
        steps = list(rows)
        first = steps[0]
        found.append(
            Lane(
                number,
                "Direct" if len(steps) == 1 else f"{first.kind.capitalize()} path",
                first.path_strength,
                Halt(first.start, first.start_name, page_of(first.start)),
                [_step(row, sources.get(row.source)) for row in steps],
            )
        )
    return found


def _step(row: Any, source: SourceRef | None) -> LaneStep:
    said = f"{row.sentence[:1].upper()}{row.sentence[1:]}."
    money = dollar_words(row.usd / 1e6) if row.usd else ""
    wide = round(_THIN + (_WIDE - _THIN) * row.strength, 1)
    end = Halt(row.end, row.end_name, page_of(row.end))
    return LaneStep(row.relation, row.strength, wide, money, said, source, end)
