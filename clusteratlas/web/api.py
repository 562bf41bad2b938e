"""Everything for programs, under ``/api``: the questions by their names, as JSON, in pages."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from clusteratlas.errors import InputError
from clusteratlas.queries.answer_schema import answer_schema
from clusteratlas.queries.atlas.registry import QUESTIONS, question
from clusteratlas.queries.language.answer import as_dict
from clusteratlas.queries.language.question import Param, Question
from clusteratlas.version import __version__
from clusteratlas.web.addresses import address
from clusteratlas.web.forms import arguments_of
from clusteratlas.web.pages.console import PATIENCE, ROWS
from clusteratlas.web.site import Site

PAGED = {"page": "which page of the rows, from 1", "size": "rows of a page, 1 to 1000; all without"}
_MOST = 1000
_HITS = 40
_SCHEMAS = "#/components/schemas/"
_ERROR = {
    "type": "object",
    "required": ["code", "message", "hint", "candidates"],
    "properties": {
        "code": {"type": "string"},
        "message": {"type": "string"},
        "hint": {"type": "string"},
        "candidates": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"name": {"type": "string"}, "key": {"type": "string"}},
            },
        },
    },
}


def api_pages(site: Site) -> APIRouter:
    """Make the interface for programs."""
    routes = APIRouter(prefix="/api")
    described = json.dumps(api_document()).encode()

    @routes.get("")
    def listed() -> Response:
        return site.page("api.html", paths=api_document()["paths"])

    @routes.get("/openapi.json")
    def document() -> Response:
        return Response(described, media_type="application/json")

    @routes.get("/questions")
    def questions(request: Request) -> Response:
        _refuse_unknown(request, "questions", ())
        return JSONResponse([_listed(q) for q in QUESTIONS.values()])

    @routes.get("/questions/{id_}")
    def asked(id_: str, request: Request) -> Response:
        one = question(id_)
        _refuse_unknown(request, f"question {one.id}", (*one.params, *PAGED))
        page, size = (_count(request, name) for name in PAGED)
        answer = site.atlas.ask(one.id, **arguments_of(one, request.query_params))
        whole = answer.to_dict()
        rows = [as_dict(row) for row in answer.rows]
        links = {"X-Total-Count": str(len(rows))}
        if size:
            first = ((page or 1) - 1) * size
            links["Link"] = _links(request, page or 1, -(-len(rows) // size))
            rows = rows[first : first + size]
        elif page:
            raise InputError("page needs size", hint="for example size=100")
        links["X-Edition"] = f"{whole['edition']} {whole['digest'][:16]}"
        text = json.dumps(_finite(rows), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
        return Response(text, media_type="application/json", headers=links)

    @routes.get("/find")
    def find(request: Request, q: str = "") -> Response:
        _refuse_unknown(request, "find", ("q",))
        hits = site.atlas.find(q, limit=_HITS) if q.strip() else []
        return JSONResponse(
            [
                {"name": h.name, "kind": h.kind, "type": h.type, "key": h.key, "score": h.score}
                for h in hits
            ]
        )

    @routes.get("/edition")
    def edition(request: Request) -> Response:
        _refuse_unknown(request, "edition", ())
        held = site.atlas.store.editions()
        return JSONResponse(
            [
                {
                    "key": e.key,
                    "digest": e.digest,
                    "complete": e.complete,
                    "nodes": e.nodes,
                    "relationships": e.relationships,
                }
                for e in held
            ]
        )

    @routes.get("/cypher")
    def cypher(request: Request, text: str = "") -> Response:
        _refuse_unknown(request, "cypher", ("text",))
        if not text.strip():
            raise InputError("there is no statement", hint="give it as text=")
        found = site.console().cypher(text, limit=ROWS, timeout=PATIENCE)
        return JSONResponse(
            {
                "columns": list(found.columns),
                "rows": _finite(found.rows),
                "truncated": found.truncated,
            }
        )

    return routes


def api_document() -> dict[str, Any]:
    """Describe the interface as OpenAPI, from the registry of questions."""
    schemas = json.loads(json.dumps(answer_schema()["$defs"]).replace("#/$defs/", _SCHEMAS))
    q = _parameter("q", {"type": "string"}, "part of a name, a code or a key", needed=False)
    text = _parameter("text", {"type": "string"}, "one reading statement", needed=True)
    rows: dict[str, Any] = {"type": "array", "items": {"type": "object"}}
    paths = {
        "/api/questions": _get("list the questions", [], rows),
        "/api/find": _get("find what a text may mean", [q], rows),
        "/api/edition": _get("say which editions the store holds", [], rows),
        "/api/cypher": _get(
            f"run a reading statement: {ROWS} rows and {PATIENCE:g} s at most",
            [text],
            {"type": "object"},
        ),
    }
    for one in QUESTIONS.values():
        paged = [
            _parameter(n, {"type": "integer", "minimum": 1}, h, needed=False)
            for n, h in PAGED.items()
        ]
        taken = [_taken(n, p) for n, p in one.params.items()]
        paths[f"/api/questions/{one.id}"] = _get(
            one.words, [*taken, *paged], {"$ref": f"{_SCHEMAS}rows.{one.id}"}
        )
    return {
        "openapi": "3.1.0",
        "info": {"title": "clusteratlas", "version": __version__},
        "paths": paths,
        "components": {"schemas": {**schemas, "error": _ERROR}},
    }


def _get(words: str, parameters: list[Any], schema: dict[str, Any]) -> dict[str, Any]:
    def of(what: dict[str, Any], note: str) -> dict[str, Any]:
        return {"description": note, "content": {"application/json": {"schema": what}}}

    refused = of({"$ref": f"{_SCHEMAS}error"}, "what is wrong, and what to do")
    answers = {"200": of(schema, words), "4XX": refused, "5XX": refused}
    return {"get": {"summary": words, "parameters": parameters, "responses": answers}}


def _taken(name: str, param: Param) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if param.kind == "number":
        schema = {"type": "integer" if param.type is int else "number", "minimum": 0}
    if param.choices:
        schema["enum"] = list(param.choices)
    if param.many:
        schema = {"type": "array", "items": schema, "maxItems": param.many[1]}
    if param.default not in {None, ""}:
        schema["default"] = param.default
    return {**_parameter(name, schema, param.help, needed=param.required), "x-kind": param.kind}


def _parameter(name: str, schema: dict[str, Any], note: str, *, needed: bool) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": needed, "description": note, "schema": schema}


def _listed(one: Question) -> dict[str, Any]:
    return {
        "id": one.id,
        "words": one.words,
        "address": f"/api/questions/{one.id}",
        "params": list(one.params),
        "examples": [address(f"api/questions/{one.id}", e) for e in one.examples],
    }


def _refuse_unknown(request: Request, what: str, taken: tuple[str, ...]) -> None:
    unknown = sorted(set(request.query_params) - {*taken})
    if unknown:
        raise InputError(
            f"{what} does not take {', '.join(unknown)}",
            hint=f"it takes {', '.join(taken) or 'nothing'}",
        )


def _count(request: Request, name: str) -> int:
    """Read a number of the paging; 0 where none is given."""
    given = request.query_params.get(name)
    if given is None:
        return 0
    if not (given.isascii() and given.isdigit() and len(given) < 10 and int(given) >= 1) or (
        name == "size" and int(given) > _MOST
    ):
        raise InputError(f"{name} cannot be {given!r}", hint=PAGED[name])
    return int(given)


def _links(request: Request, page: int, pages: int) -> str:
    ways = {"prev": page - 1, "next": page + 1}
    there = {rel: n for rel, n in ways.items() if 1 <= n <= pages}
    return ", ".join(
        f'<{request.url.path}?{request.url.include_query_params(page=n).query}>; rel="{rel}"'
        for rel, n in there.items()
    )


def _finite(value: Any) -> Any:
    """Give rows as JSON has them, as the command line writes them."""
    from clusteratlas.queries.forms.printed import plain_value

    return plain_value(value)
