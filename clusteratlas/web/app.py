"""The explorer: pages of an atlas, each with an address that restores it whole.

Nothing writes, nothing is computed: pages ask the registry of questions and render its answers.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from itertools import zip_longest
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.types import Scope

from clusteratlas.errors import (
    AmbiguousName,
    ClusterAtlasError,
    InputError,
    QueryRefused,
    StoreUnavailable,
    UnknownName,
)
from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.draw.palette import style_sheet
from clusteratlas.version import __version__
from clusteratlas.web.addresses import address
from clusteratlas.web.api import api_pages
from clusteratlas.web.front import Front
from clusteratlas.web.pages.anatomy import anatomy_pages
from clusteratlas.web.pages.asking import question_pages
from clusteratlas.web.pages.console import console_pages
from clusteratlas.web.pages.map import map_pages
from clusteratlas.web.pages.start import start_pages
from clusteratlas.web.pages.things import thing_pages
from clusteratlas.web.pages.trace import trace_pages
from clusteratlas.web.site import Site

PAGES = (
    start_pages,
    question_pages,
    anatomy_pages,
    map_pages,
    thing_pages,
    trace_pages,
    console_pages,
    api_pages,
)
"""Routers of pages, each made over the site."""


def create_app(atlas: Atlas, own: Callable[[], Atlas] | None = None, *, token: str = "") -> FastAPI:
    """Make the explorer of an atlas.

    Parameters
    ----------
    atlas
        What questions are asked of.
    own
        Opens what statements of the reader's own are run on, when the first of them comes; None:
        the same.
    token
        What a reader has to bring (once, as ``?token=``); empty: anybody may read.
    """
    app = FastAPI(
        title="clusteratlas", version=__version__, docs_url=None, redoc_url=None, openapi_url=None
    )
    site = Site(atlas, _once(own or (lambda: atlas)))

    def refuse(scope: Scope, status: int, code: str, message: str, hint: str) -> Response:
        if scope["path"].startswith("/api/"):
            return _told_to_programs(status, code, message, hint, [])
        return site.page("error.html", status, message=message, hint=hint)

    app.add_middleware(Front, token=token, refuse=refuse)

    @app.exception_handler(ClusterAtlasError)
    def told(request: Request, error: ClusterAtlasError) -> Response:
        keys = error.keys if isinstance(error, AmbiguousName) else ()
        said = error.candidates if isinstance(error, AmbiguousName) else ()
        hint, status = error.hint or "", _status(error)
        if request.url.path.startswith("/api/"):
            candidates = list(zip(said, keys, strict=False))
            return _told_to_programs(status, _code(error), error.message, hint, candidates)
        names: list[tuple[str, str | None]] = []
        message = error.message
        if isinstance(error, AmbiguousName):
            message = f"{error.name!r} could be any of these"  # which are listed below it
            chosen = [_chosen(request, error.name, k) for k in keys]
            names = list(zip_longest(said, chosen))
        return site.page("error.html", status, message=message, hint=hint, names=names)

    @app.exception_handler(HTTPException)
    def missing(request: Request, error: HTTPException) -> Response:
        words = f"there is no page {request.url.path}"
        if error.status_code != 404:
            words = f"{request.url.path}: {error.detail}"
        return refuse(request.scope, error.status_code, "no-such-page", words, "begin at /")

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        wrong = ", ".join(str(one["loc"][-1]) for one in error.errors())
        words = f"{request.url.path} cannot use what is given for {wrong}"
        return refuse(request.scope, 422, "not-usable", words, "the guide says what it takes")

    for pages in PAGES:
        app.include_router(pages(site))
    sheet = style_sheet()

    @app.get("/static/pictures.css")
    def colors() -> Response:
        return Response(sheet, media_type="text/css")

    static = Path(str(files("clusteratlas.web") / "static"))
    app.mount("/static", StaticFiles(directory=static), name="static")
    return app


def _once(opening: Callable[[], Atlas]) -> Callable[[], Atlas]:
    """Open at the first call, and give the same to all, however many come at once."""
    lock, opened = threading.Lock(), cache(opening)

    def given() -> Atlas:
        with lock:
            return opened()

    return given


def _told_to_programs(
    status: int, code: str, message: str, hint: str, candidates: Sequence[tuple[str, str]]
) -> Response:
    found = [{"name": name, "key": key} for name, key in candidates]
    what = {"code": code, "message": message, "hint": hint, "candidates": found}
    return JSONResponse(what, status_code=status)


def _code(error: ClusterAtlasError) -> str:
    """Name of the kind of error, as it stays: unknown-name, ambiguous-name, query-refused."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", type(error).__name__).lower()


def _status(error: ClusterAtlasError) -> int:
    if isinstance(error, UnknownName):
        return 404
    if isinstance(error, StoreUnavailable):
        return 503
    return 400 if isinstance(error, InputError | QueryRefused) else 500


def _chosen(request: Request, name: str, key: str) -> str:
    """Give the same address with a key in place of the name that was ambiguous."""
    several: dict[str, list[str]] = {}
    for parameter, value in request.query_params.multi_items():
        several.setdefault(parameter, []).append(key if value.strip() == name else value)
    return address(request.url.path.lstrip("/"), several)
