"""Every question, by id: what commands, documentation, tests and the explorer enumerate."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

from clusteratlas.errors import UnknownName
from clusteratlas.queries import questions as folder
from clusteratlas.queries.language.question import OtherId, Question


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


def other_ids(found: Mapping[str, Question]) -> Mapping[str, tuple[OtherId, Question]]:
    """Further ids of questions, each with how it is asked by that one.

    Raises
    ------
    ValueError
        If a question has such an id already.
    """
    others: dict[str, tuple[OtherId, Question]] = {}
    for question in found.values():
        for alias in question.aliases:
            if alias.id in found or alias.id in others:
                raise ValueError(f"question {alias.id} is declared twice")
            others[alias.id] = (alias, question)
    return others


ALIASES = other_ids(QUESTIONS)
"""The ids that questions had before, or are asked by as well."""


def question(id_: str) -> Question:
    """Get a question by its id, or by another one that it goes by.

    Raises
    ------
    UnknownName
        If there is none, with the nearest ids.
    """
    if id_ in QUESTIONS:
        return QUESTIONS[id_]
    if id_ in ALIASES:
        return ALIASES[id_][1]
    import difflib

    known = [*QUESTIONS, *ALIASES]
    raise UnknownName("question", id_, difflib.get_close_matches(id_, known, n=3, cutoff=0.4))


def meant(id_: str, given: Mapping[str, Any]) -> tuple[Question, Mapping[str, Any]]:
    """Get a question and its own arguments, whichever of its ids it is asked by.

    Raises
    ------
    UnknownName
        If there is none, with the nearest ids.
    """
    found = question(id_)
    return found, ALIASES[id_][0].meant(given) if id_ in ALIASES else given
