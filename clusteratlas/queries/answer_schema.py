"""Answers as JSON Schema, from the registry of questions, for programs that are not Python."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Iterable
from typing import Any

from clusteratlas.queries.atlas.registry import QUESTIONS
from clusteratlas.queries.language.answer import SourceRef
from clusteratlas.queries.language.question import Question
from clusteratlas.vocabulary.columns import BOOL, INT, REAL, STRING, Type
from clusteratlas.vocabulary.json_schema import DIALECT, JSON_TYPES, Schema, definition

_TYPES: dict[type[Any], Type] = {str: STRING, int: INT, float: REAL, bool: BOOL}
_TEXT: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}


def answer_schema() -> Schema:
    """Give the schema: for each question its answer, and the list of its rows.

    ``Answer.to_dict()`` and the ``answer.json`` of a folder are answers; ``ask --format json``
    writes the list of rows. To hold a document against one question alone, refer to
    ``#/$defs/answer.ID`` or ``#/$defs/rows.ID``.
    """
    found: dict[str, Schema] = {"source": _source()}
    for question in QUESTIONS.values():
        found[definition("row", question.id)] = _row(question)
        found[definition("rows", question.id)] = {
            "type": "array",
            "items": _to("row", question.id),
        }
        found[definition("answer", question.id)] = _answer(question)
    kinds = ("answer", "rows")
    return {
        "$schema": DIALECT,
        "title": "Answers of clusteratlas",
        "$comment": "made by `python -m clusteratlas.cli.reference`; do not edit",
        "anyOf": [_to(kind, id_) for kind in kinds for id_ in QUESTIONS],
        "$defs": found,
    }


def _to(kind: str, id_: str) -> Schema:
    return {"$ref": f"#/$defs/{definition(kind, id_)}"}


def _answer(question: Question) -> Schema:
    return _object(
        question.words,
        {
            "question": {"const": question.id},
            "title": {"description": "the question in words, with what was meant", **_TEXT},
            "edition": {"description": "key of the edition that was asked", **_TEXT},
            "digest": {"description": "SHA-256 of the tables of that edition", **_TEXT},
            "version": {"description": "of the package", **_TEXT},
            "arguments": {
                "description": "what the queries got: keys of nodes, numbers, the year",
                "type": "object",
            },
            "names": {
                "description": "names of the nodes among the arguments",
                "type": "object",
                "additionalProperties": _TEXT,
            },
            "rows": _to("rows", question.id),
            "shown": {"description": f"how many {question.counted} the rows show", **_COUNT},
            "count": {"description": f"how many {question.counted} there are", **_COUNT},
            "notes": {
                "description": "what a reader must know: coverage, estimates, sources",
                "type": "array",
                "items": _TEXT,
            },
            "sources": {"type": "array", "items": {"$ref": "#/$defs/source"}},
        },
    )


def _row(question: Question) -> Schema:
    hints = typing.get_type_hints(question.row)
    return _object(
        f"A row of {question.id}.",
        {
            f.name: {
                "description": f.metadata["note"],
                "type": _type(hints[f.name]),
                **({"x-unit": unit} if (unit := f.metadata["unit"]) else {}),
            }
            for f in dataclasses.fields(question.row)
        },
    )


def _source() -> Schema:
    hints = typing.get_type_hints(SourceRef)
    return _object("A file behind an answer.", {n: {"type": _type(h)} for n, h in hints.items()})


def _type(hint: Any) -> str | list[str]:
    """Type in JSON of a type of columns, which may be null."""
    kinds: Iterable[Any] = typing.get_args(hint) or (hint,)
    found = ["null" if kind is type(None) else JSON_TYPES[_TYPES[kind]] for kind in kinds]
    return found[0] if len(found) == 1 else found


def _object(note: str, properties: dict[str, Schema]) -> Schema:
    return {
        "description": note,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
