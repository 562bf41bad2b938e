"""The JSON Schema of answers, held against every answer by a validator that is not ours."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from clusteratlas.cli.output.rows import as_record
from clusteratlas.queries.answer_schema import answer_schema
from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.atlas.registry import QUESTIONS
from tests.queries.asked import ASKED

SCHEMA = answer_schema()
WHOLE = Draft202012Validator(SCHEMA)


def validator(kind: str, question: str) -> Draft202012Validator:
    refers = {"$ref": f"#/$defs/{kind}.{question}", "$defs": SCHEMA["$defs"]}
    return Draft202012Validator(refers)


def problems(kind: str, question: str, document: Any) -> list[str]:
    return [f"{e.json_path}: {e.message}" for e in validator(kind, question).iter_errors(document)]


def test_it_is_a_schema_of_every_question() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert {f"answer.{id_}" for id_ in QUESTIONS} <= set(SCHEMA["$defs"])


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_answer_is_allowed(question: str, embedded: Atlas) -> None:
    answer = embedded.ask(question, **ASKED[question])
    assert answer.rows
    document = json.loads(json.dumps(answer.to_dict(), allow_nan=False))
    assert problems("answer", question, document) == []
    rows = json.loads(json.dumps([as_record(row) for row in answer.rows], allow_nan=False))
    assert problems("rows", question, rows) == []


def test_other_documents_are_not(embedded: Atlas) -> None:
    document = embedded.ask("region", region="boston").to_dict()
    assert WHOLE.is_valid(json.loads(json.dumps(document)))
    assert problems("answer", "cluster", document)
    assert problems("answer", "region", {**document, "count": -1})
    assert problems("answer", "region", {k: v for k, v in document.items() if k != "sources"})
    assert not WHOLE.is_valid({"question": "region"})
