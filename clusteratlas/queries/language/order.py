"""In which order the columns of an answer are read, where there may not be room for all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clusteratlas.queries.language.question import Question

LEADING = ("lq", "strong", "jobs", "growth", "share", "rank")
"""Figures that answer most questions, after those that a question leads with or draws."""

TRAILING = (
    "compared_key",
    "longitude",
    "latitude",
    "sha256",
    "parameters",
    "match",
    "start",
    "end",
    "key",
    "source",
)
"""Columns for machines."""

_SIDE = re.compile(r"_[ab]$")


def reading_order(question: Question) -> tuple[str, ...]:
    """Order the columns of a question's answer by what a reader wants first.

    The section, what a row is called, what the question leads with, what its picture shows, the
    usual figures, the others as they are declared, and at last keys, sources and places.
    """
    picture = question.picture
    drawn = (picture.x, picture.y, picture.size, picture.color)
    first = ("section", *(question.lead or (picture.label, *drawn)))
    usual = [n for lead in LEADING for n in question.columns if _SIDE.sub("", n) == lead]
    wanted = (*first, *usual, *(n for n in question.columns if n not in TRAILING))
    early = [n for n in wanted if n in question.columns and n not in TRAILING]
    return tuple(dict.fromkeys((*early, *(n for n in TRAILING if n in question.columns))))
