"""The interface for programs: what OpenAPI says is there, is so, and equals the command line's."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from clusteratlas.queries.answer_schema import answer_schema
from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.atlas.registry import QUESTIONS
from clusteratlas.queries.forms.answers import answer_bytes
from clusteratlas.queries.forms.formats import Format
from clusteratlas.web.addresses import address
from clusteratlas.web.api import PAGED
from tests.queries.asked import ASKED

FIELDS = {"code", "message", "hint", "candidates"}


@pytest.fixture
def document(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/openapi.json").json()
    return found


@pytest.mark.parametrize("id_", QUESTIONS)
def test_an_answer_is_what_the_command_line_writes(
    id_: str, client: TestClient, embedded: Atlas
) -> None:
    answer = client.get(address(f"api/questions/{id_}", ASKED[id_]))
    assert answer.status_code == 200
    assert answer.content == answer_bytes(embedded.ask(id_, **ASKED[id_]), Format.json)
    whole = {"$defs": answer_schema()["$defs"], "$ref": f"#/$defs/rows.{id_}"}
    Draft202012Validator(whole).validate(answer.json())


def test_every_question_is_described_with_its_parameters(document: dict[str, Any]) -> None:
    for id_, one in QUESTIONS.items():
        assert set(PAGED).isdisjoint(one.params)
        way = document["paths"][f"/api/questions/{id_}"]["get"]
        told = {p["name"]: p for p in way["parameters"]}
        assert set(told) == {*one.params, *PAGED}
        for name, param in one.params.items():
            assert told[name]["required"] == param.required
            assert told[name]["x-kind"] == param.kind
            assert told[name]["description"] == param.help
            assert told[name]["schema"].get("enum", []) == list(param.choices)


def test_every_reference_of_the_document_leads_somewhere(document: dict[str, Any]) -> None:
    def references(value: Any) -> list[str]:
        if isinstance(value, dict):
            own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
            return own + [r for v in value.values() for r in references(v)]
        return [r for v in value for r in references(v)] if isinstance(value, list) else []

    found = references(document)
    assert found
    for reference in found:
        assert reference.removeprefix("#/components/schemas/") in document["components"]["schemas"]


def test_every_path_answers_as_described_or_says_what_it_lacks(
    client: TestClient, document: dict[str, Any]
) -> None:
    for path, way in document["paths"].items():
        needed = [p["name"] for p in way["get"]["parameters"] if p["required"]]
        bare = client.get(path)
        assert bare.status_code == (400 if needed else 200) or path in {
            f"/api/questions/{q.id}" for q in QUESTIONS.values() if q.one_of
        }, path
        if bare.status_code != 200:
            assert set(bare.json()) == FIELDS
        strange = client.get(path, params={"no_such": "1"})
        assert strange.status_code == 400
        assert "no_such" in strange.json()["message"]


def test_rows_come_in_pages_that_lead_to_each_other(client: TestClient) -> None:
    whole = client.get("/api/questions/top-regions?cluster=drugs").json()
    assert len(whole) > 1
    found, path = [], "/api/questions/top-regions?cluster=drugs&size=1"
    while path:
        answer = client.get(path)
        assert answer.headers["x-total-count"] == str(len(whole))
        found += answer.json()
        path = answer.links["next"]["url"] if "next" in answer.links else ""
    assert found == whole
    for wrong in ("size=0", "size=1001", "size=x", "page=2", "size=1&page=0", "size=²"):
        bad = client.get(f"/api/questions/top-regions?cluster=drugs&{wrong}")
        assert bad.status_code == 400, wrong


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/questions/no-such", 404, "unknown-name"),
        ("/api/questions/region?region=xyzzy", 404, "unknown-name"),
        ("/api/questions/region", 400, "input-error"),
        ("/api/no-such", 404, "no-such-page"),
        ("/api/cypher?text=RETURN", 400, "query-refused"),
        ("/api/cypher?text=CREATE (n:Region {key: 'x'})", 400, "query-refused"),
    ],
)
def test_errors_have_one_shape(client: TestClient, path: str, status: int, code: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert set(answer.json()) == FIELDS


def test_candidates_lead_on(client: TestClient) -> None:
    told = client.get("/api/questions/top-regions?cluster=cargo").json()
    assert told["code"] == "ambiguous-name"
    assert len(told["candidates"]) == 2
    for one in told["candidates"]:
        assert client.get("/api/questions/top-regions", params={"cluster": one["key"]}).is_success


def test_what_is_held_is_not_sent_again(client: TestClient) -> None:
    path = "/api/questions/top-regions?cluster=drugs"
    first = client.get(path)
    held = {"if-none-match": first.headers["etag"]}
    again = client.get(path, headers=held)
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"{path}&limit=1", headers=held).status_code == 200


def test_answers_are_compressed_for_those_who_take_it(client: TestClient) -> None:
    packed = client.get("/api/openapi.json", headers={"accept-encoding": "gzip"})
    plain = client.get("/api/openapi.json", headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json()
    assert int(packed.headers["content-length"]) < len(plain.content) / 4


def test_the_other_addresses(client: TestClient, embedded: Atlas) -> None:
    assert {one["id"] for one in client.get("/api/questions").json()} == set(QUESTIONS)
    assert client.get("/api/find?q=bost").json()[0]["key"] == "cbsa:14460"
    held = embedded.store.editions()
    assert [e["digest"] for e in client.get("/api/edition").json()] == [e.digest for e in held]
    read = client.get("/api/cypher?text=MATCH (r:Region {key: 'cbsa:14460'}) RETURN r.key AS key")
    assert json.loads(read.text) == {
        "columns": ["key"],
        "rows": [{"key": "cbsa:14460"}],
        "truncated": False,
    }
    assert "/api/openapi.json" in client.get("/api").text
