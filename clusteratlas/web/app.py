"""The pages of the explorer, each with an address that restores it whole.

Nothing writes, nothing is computed: pages ask the registry of questions and render its answers.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping
from importlib.resources import files
from itertools import zip_longest
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.middleware.trustedhost import TrustedHostMiddleware
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, PackageLoader, StrictUndefined

from clusteratlas.errors import (
    AmbiguousName,
    ClusterAtlasError,
    InputError,
    StoreUnavailable,
    UnknownName,
)
from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.atlas.registry import QUESTIONS, question
from clusteratlas.queries.draw.palette import style_sheet
from clusteratlas.queries.draw.pictures import picture_bytes
from clusteratlas.queries.forms.answers import answer_bytes
from clusteratlas.queries.forms.formats import Format
from clusteratlas.queries.language.question import Question, Value
from clusteratlas.queries.language.written import written_columns
from clusteratlas.version import __version__
from clusteratlas.web.addresses import address, page_of, question_page
from clusteratlas.web.forms import arguments_of, fields_of
from clusteratlas.web.rendered import FILES, shown
from clusteratlas.web.views import ROLES, VIEWS, View

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""No script or style in a page itself, nothing from another host, no frame around it."""
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "markdown": "text/markdown; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml",
    "png": "image/png",
}
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""Names of a server that only this machine can reach."""
PATIENCE = 10.0
"""Seconds that a statement of the user's own may take."""
ROWS = 200
"""Rows of it at most."""
KEY = "clusteratlas_token"
"""Cookie that holds the token of a server that others can reach."""


def create_app(atlas: Atlas, console: Atlas | None = None, *, token: str = "") -> FastAPI:
    """Make the explorer of an atlas.

    Parameters
    ----------
    atlas
        What questions are asked of.
    console
        What statements of the user's own are run on, so that a slow one keeps nobody else
        waiting; None: the same.
    token
        What a reader has to bring (once, as ``?token=``); empty: anybody may read.
    """
    app = FastAPI(title="clusteratlas", version=__version__, docs_url=None, redoc_url=None)
    if not token:
        # Another site must not read this one under a name of its own (DNS rebinding).
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(LOOPBACK))
    pages = Environment(
        loader=PackageLoader("clusteratlas.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.globals |= {"address": address, "version": __version__, "questions": QUESTIONS}

    def page(name: str, status: int = 200, **what: Any) -> HTMLResponse:
        return HTMLResponse(pages.get_template(name).render(**what), status_code=status)

    def found(asked: Question, given: Mapping[str, Value]) -> Any:
        return shown(atlas.ask(asked.id, **given), given, atlas)

    @app.middleware("http")
    async def guard(
        request: Request, following: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        brought = request.query_params.get("token", "")
        held = request.cookies.get(KEY, "")
        if token and not any(secrets.compare_digest(t, token) for t in (brought, held)):
            refused = page("error.html", 403, message="this explorer asks for its token", hint="")
            refused.headers.update(HEADERS)
            return refused
        answer = await following(request)
        answer.headers.update(HEADERS)
        if token and brought:
            answer.set_cookie(KEY, token, httponly=True, samesite="strict")
        return answer

    @app.exception_handler(ClusterAtlasError)
    def told(request: Request, error: ClusterAtlasError) -> Response:
        names: list[tuple[str, str | None]] = []
        if isinstance(error, AmbiguousName):
            chosen = {k: _chosen(request, error.name, k) for k in error.keys}
            names = list(zip_longest(error.candidates, chosen.values()))
        what = {"message": error.message, "hint": error.hint or "", "names": names}
        return page("error.html", _status(error), **what)

    @app.get("/")
    def home() -> Response:
        return page("home.html", roles=ROLES)

    @app.get("/find")
    def find(q: str = "") -> Response:
        hits = [(hit, page_of(hit.key)) for hit in atlas.find(q, limit=40)] if q.strip() else []
        return page("find.html", hits=hits, text=q)

    @app.get("/find.json")
    def suggested(q: str = "") -> Response:
        hits = atlas.find(q, limit=10) if q.strip() else []
        rows = [
            {"name": h.name, "kind": h.kind, "type": h.type, "page": page_of(h.key)} for h in hits
        ]
        return JSONResponse([row for row in rows if row["page"]])

    @app.get("/go")
    def leads(key: str) -> Response:
        target = page_of(key)
        if target is None:
            raise UnknownName("page", key, ())
        return RedirectResponse(target, status_code=303)

    @app.get("/ask")
    def listed() -> Response:
        return page("questions.html")

    @app.get("/ask/{id_}")
    def asked(id_: str, request: Request) -> Response:
        one = question(id_)
        given = arguments_of(one, request.query_params)
        fields = fields_of(one, given)
        answer = None if one.lacks(given) else found(one, given)
        examples = [(question_page(one, e), e) for e in one.examples]
        return page("question.html", question=one, fields=fields, answer=answer, examples=examples)

    @app.get("/part/{id_}")
    def part(id_: str, request: Request) -> Response:
        one = question(id_)
        return page("part.html", answer=found(one, arguments_of(one, request.query_params)))

    @app.get("/answer/{id_}.{form}")
    def taken(id_: str, form: str, request: Request) -> Response:
        if form not in FILES:
            raise InputError(
                f"an answer cannot be had as {form!r}", hint=f"there are {', '.join(FILES)}"
            )
        one = question(id_)
        answer = atlas.ask(id_, **arguments_of(one, request.query_params))
        drawn = form in {"svg", "png"}
        content = picture_bytes(answer, form) if drawn else answer_bytes(answer, Format(form))
        ending = "md" if form == Format.markdown else form
        kept = {"Content-Disposition": f'attachment; filename="{id_}.{ending}"'}
        return Response(content, media_type=MEDIA[form], headers=kept)

    def view_page(view: View, request: Request) -> Response:
        given = {n: request.query_params.get(n, "").strip() for n in view.params}
        if not all(given.values()):
            return page("choose.html", view=view, given=given)
        first, *rest = view.parts
        lead = found(question(first), {**given, **view.given.get(first, {})})
        later = [
            (question(id_), address(f"part/{id_}", {**given, **view.given.get(id_, {})}))
            for id_ in rest
        ]
        title = view.title.format(**lead.names)
        return page("view.html", view=view, title=title, lead=lead, later=later)

    for one in VIEWS.values():
        app.get(f"/{one.id}")(_shows(one, view_page))

    @app.get("/cypher")
    def cypher(text: str = "") -> Response:
        what: dict[str, Any] = {"text": text, "columns": [], "error": None, "rows": 0}
        if text.strip():
            try:
                result = (console or atlas).cypher(text, limit=ROWS, timeout=PATIENCE)
                units = dict.fromkeys(result.columns)
                what["columns"] = written_columns(result.rows, units) if result.rows else []
                what |= {"rows": len(result.rows), "truncated": result.truncated}
            except ClusterAtlasError as error:
                what["error"] = error
        return page("cypher.html", 400 if what["error"] else 200, **what)

    sheet = style_sheet()

    @app.get("/static/pictures.css")
    def colors() -> Response:
        return Response(sheet, media_type="text/css")

    static = Path(str(files("clusteratlas.web") / "static"))
    app.mount("/static", StaticFiles(directory=static), name="static")
    return app


def _shows(view: View, page: Callable[[View, Request], Response]) -> Callable[[Request], Response]:
    def one(request: Request) -> Response:
        return page(view, request)

    return one


def _status(error: ClusterAtlasError) -> int:
    if isinstance(error, UnknownName):
        return 404
    if isinstance(error, StoreUnavailable):
        return 503
    return 400 if isinstance(error, InputError) else 500


def _chosen(request: Request, name: str, key: str) -> str:
    """Give the same address with a key in place of the name that was ambiguous."""
    several: dict[str, list[str]] = {}
    for parameter, value in request.query_params.multi_items():
        several.setdefault(parameter, []).append(key if value.strip() == name else value)
    return address(request.url.path.lstrip("/"), several)
