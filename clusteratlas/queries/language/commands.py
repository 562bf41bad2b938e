"""A question as it is typed on the command line."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clusteratlas.queries.language.question import Question, Value


def command_line(question: Question, arguments: Mapping[str, Value]) -> str:
    """Write a question with its arguments as it is typed."""
    from clusteratlas.queries.language.question import as_several

    words = [
        part
        for name, values in arguments.items()
        for value in as_several(values)
        for part in (f"--{name.replace('_', '-')}", shlex.quote(str(value)))
    ]
    return " ".join(["clusteratlas", "ask", question.id, *words])


def example_of(question: Question) -> str:
    """Write the first example of a question as it is typed."""
    return command_line(question, question.examples[0])
