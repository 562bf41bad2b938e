"""Query strings as arguments of questions, and parameters as fields of forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from clusteratlas.queries.language.question import Param, Question, Value, as_several


class Query(Protocol):
    """What a query string gives."""

    def getlist(self, key: Any) -> list[str]:
        """All values of a name."""
        ...


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter of a question in its form."""

    name: str
    words: str
    help: str
    kind: str
    """text, number or choice."""
    required: bool
    choices: tuple[str, ...]
    values: tuple[str, ...]
    """One for each input; those that take several have an empty one behind."""


def arguments_of(question: Question, query: Query) -> dict[str, Value]:
    """Read the arguments of a question from a query string; what is empty is not given."""
    found: dict[str, Value] = {}
    for name, param in question.params.items():
        given = [text.strip() for text in query.getlist(name) if text.strip()]
        if given:
            found[name] = given if param.many else given[-1]
    return found


def fields_of(question: Question, given: dict[str, Value]) -> Sequence[Field]:
    """Give the fields of a question's form, filled with what is given."""
    return [_field(name, p, given.get(name)) for name, p in question.params.items()]


def _field(name: str, param: Param, value: Value | None) -> Field:
    values = tuple(map(str, as_several(value)))
    if param.many and len(values) < param.many[1]:
        values += ("",)
    return Field(
        name=name,
        words=name.replace("_", " "),
        help=f"{param.help[:1].upper()}{param.help[1:]}.",
        kind=param.kind if param.kind in {"number", "choice"} else "text",
        required=param.required,
        choices=param.choices,
        values=values or ("",),
    )
