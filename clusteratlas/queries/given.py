"""Arguments of a question as they are given: which ones it takes, and of what kind they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clusteratlas.errors import InputError
from clusteratlas.queries.language.question import Param, Question


def refuse_wrong(question: Question, asked: Mapping[str, Any]) -> None:
    """Refuse arguments that a question does not take, and those that it lacks."""
    unknown = sorted(set(asked) - set(question.params))
    if unknown:
        takes = ", ".join(question.params) or "nothing"
        raise InputError(
            f"question {question.id} does not take {', '.join(unknown)}", hint=f"it takes {takes}"
        )
    if missing := question.lacks(asked):
        raise InputError(
            f"question {question.id} needs {', '.join(' or '.join(m) for m in missing)}",
            hint="; ".join(f"{n}: {question.params[n].help}" for m in missing for n in m),
        )


def refuse_several(question: Question, asked: Mapping[str, Any]) -> None:
    """Refuse several values of a parameter that takes one."""
    for name, value in asked.items():
        if not isinstance(value, str | int | float) and question.params[name].many is None:
            raise InputError(
                f"{question.id} takes one {name}, not several", hint=question.params[name].help
            )


def checked_number(name: str, param: Param, value: Any) -> int | float:
    """Give a number as its parameter has it."""
    try:
        number: int | float = param.type(value)
    except (TypeError, ValueError) as exc:
        raise InputError(f"{name} must be a number, not {value!r}", hint=param.help) from exc
    if number < 0 or (name in {"limit", "paths"} and number < 1):
        raise InputError(f"{name} cannot be {number}", hint=param.help)
    return number
