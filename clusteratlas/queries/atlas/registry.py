"""Every question, by id: what commands, documentation, tests and the explorer enumerate."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
from importlib import import_module

from clusteratlas.errors import UnknownName
from clusteratlas.queries import questions as folder
from clusteratlas.queries.language.question import Question


def _declared() -> Iterator[Question]:
    """Questions at the top level of any module below ``queries/questions``."""
    for module in pkgutil.walk_packages(folder.__path__, f"{folder.__name__}."):
        for value in vars(import_module(module.name)).values():
            if isinstance(value, Question):
                yield value


def collected(declared: Iterator[Question]) -> Mapping[str, Question]:
    """Questions by id, in the order in which they are listed.

    Raises
    ------
    ValueError
        If two questions have one id.
    """
    found: dict[str, Question] = {}
    for question in sorted(declared, key=lambda q: (q.order, q.id)):
        if found.setdefault(question.id, question) is not question:
            raise ValueError(f"question {question.id} is declared twice")
    return found


QUESTIONS: Mapping[str, Question] = collected(_declared())
"""The questions, in the order in which they are listed."""


def question(id_: str) -> Question:
    """Get a question by its id.

    Raises
    ------
    UnknownName
        If there is none, with the nearest ids.
    """
    if id_ in QUESTIONS:
        return QUESTIONS[id_]
    import difflib

    raise UnknownName("question", id_, difflib.get_close_matches(id_, QUESTIONS, n=3, cutoff=0.4))
