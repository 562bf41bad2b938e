"""Statements of the reader's own: a console that reads, and says what it may hold."""

from __future__ import annotations

import shlex
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from markupsafe import Markup

from clusteratlas.errors import ClusterAtlasError, InputError
from clusteratlas.queries.atlas.library import Result
from clusteratlas.queries.draw.graphs.layers import MOST_DRAWN, drawn_result
from clusteratlas.queries.forms.formats import ENCODED, Format
from clusteratlas.queries.forms.printed import Heading, Printed, as_record
from clusteratlas.queries.language.written import WrittenColumn, written_columns
from clusteratlas.queries.walking.results import entity_words, result_graph
from clusteratlas.queries.walking.statements import STATEMENTS
from clusteratlas.vocabulary.model import KEY, NODES, RELATIONSHIPS, STAMPS, Property
from clusteratlas.web.addresses import address, page_of
from clusteratlas.web.front import AT_A_TIME
from clusteratlas.web.site import Site

PATIENCE = 10.0
"""Seconds that a statement of the reader's own may take."""
ROWS = 1000
"""Rows of it at most: as many as the command line gives."""
SEEN = 200
"""Rows that the page shows; the files have them all."""
_MEDIA = {Format.csv: "text/csv; charset=utf-8", Format.json: "application/json"}
_PLANS = ("explain", "profile")


@dataclass(frozen=True, slots=True)
class Told:
    """All that the page shows of a result."""

    columns: list[WrittenColumn]
    rows: int
    truncated: bool
    seconds: float
    picture: Markup | None
    drawn: int
    nodes: int
    links: int
    loose: int


def console_pages(site: Site) -> APIRouter:
    """Make the console."""
    routes = APIRouter()

    def run(text: str) -> Result:
        return site.console().cypher(text, limit=ROWS, timeout=PATIENCE)

    @routes.get("/cypher")
    def cypher(text: str = "", plan: str = "") -> Response:
        what: dict[str, Any] = {"told": None, "error": None}
        plan = plan if plan in _PLANS else ""
        if text.strip():
            began = time.perf_counter()
            try:
                result = run(f"{plan.upper()} {text}" if plan else text)
                what["told"] = _told(result, time.perf_counter() - began)
            except ClusterAtlasError as error:
                what["error"] = error
        limits = {"rows": ROWS, "seconds": PATIENCE, "readers": AT_A_TIME}
        return site.page(
            "cypher.html",
            400 if what["error"] else 200,
            text=text,
            plan=plan,
            limits=limits,
            most_drawn=MOST_DRAWN,
            files={f.value: address(f"cypher.{f}", {"text": text}) for f in _MEDIA},
            command=f"clusteratlas cypher {shlex.quote(text)}",
            examples=[(s.words, address("cypher", {"text": s.text})) for s in STATEMENTS],
            labels=NODES.values(),
            types=RELATIONSHIPS.values(),
            **what,
        )

    @routes.get("/cypher.{form}")
    def taken(form: str, text: str = "") -> Response:
        if form not in _MEDIA:
            raise InputError(
                f"rows cannot be had as {form!r}", hint=f"there are {', '.join(_MEDIA)}"
            )
        result = run(text)
        rows = [as_record(row) for row in result.rows]
        content = ENCODED[Format(form)](Printed(rows, [Heading(c) for c in result.columns]))
        kept = {"Content-Disposition": f'attachment; filename="cypher.{form}"'}
        return Response(content, media_type=_MEDIA[Format(form)], headers=kept)

    @routes.get("/cypher/model")
    def model() -> Response:
        return JSONResponse(
            {
                "labels": {
                    n.label: _declared(n.note, (KEY, *n.properties)) for n in NODES.values()
                },
                "types": {r.type: _declared(r.note, r.properties) for r in RELATIONSHIPS.values()},
            }
        )

    return routes


def _declared(note: str, properties: tuple[Property, ...]) -> Mapping[str, Any]:
    every = (*properties, *STAMPS)
    return {
        "note": note,
        "properties": [
            {"name": p.name, "note": f"{p.note}, {p.unit}" if p.unit else p.note} for p in every
        ],
    }


def _told(result: Result, seconds: float) -> Told:
    seen = [{n: entity_words(v) for n, v in row.items()} for row in result.rows[:SEEN]]
    graph = result_graph(result.rows)
    return Told(
        columns=written_columns(seen, dict.fromkeys(result.columns)) if seen else [],
        rows=len(result.rows),
        truncated=result.truncated,
        seconds=seconds,
        picture=drawn_result(graph, page_of) if graph.nodes else None,
        drawn=min(len(graph.nodes), MOST_DRAWN),
        nodes=len(graph.nodes),
        links=len(graph.links),
        loose=graph.loose,
    )
