"""The explorer: pages of an atlas, each with an address that restores it whole.

Nothing writes, nothing is computed: pages ask the registry of questions and render its answers.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from importlib.resources import files
from itertools import zip_longest
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.middleware.trustedhost import TrustedHostMiddleware
from fastapi.staticfiles import StaticFiles

from clusteratlas.errors import (
    AmbiguousName,
    ClusterAtlasError,
    InputError,
    StoreUnavailable,
    UnknownName,
)
from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.draw.palette import style_sheet
from clusteratlas.version import __version__
from clusteratlas.web.addresses import address
from clusteratlas.web.pages.asking import question_pages
from clusteratlas.web.pages.console import console_pages
from clusteratlas.web.pages.start import start_pages
from clusteratlas.web.pages.things import thing_pages
from clusteratlas.web.site import Site

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""No script or style in a page itself, nothing from another host, no frame around it."""
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
"""Names of a server that only this machine can reach."""
KEY = "clusteratlas_token"
"""Cookie that holds the token of a server that others can reach."""
PAGES = (start_pages, question_pages, thing_pages, console_pages)
"""Routers of pages, each made over the site."""


def create_app(atlas: Atlas, own: Atlas | None = None, *, token: str = "") -> FastAPI:
    """Make the explorer of an atlas.

    Parameters
    ----------
    atlas
        What questions are asked of.
    own
        What statements of the reader's own are run on; None: the same.
    token
        What a reader has to bring (once, as ``?token=``); empty: anybody may read.
    """
    app = FastAPI(title="clusteratlas", version=__version__, docs_url=None, redoc_url=None)
    if not token:
        # Another site must not read this one under a name of its own (DNS rebinding).
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(LOOPBACK))
    site = Site(atlas, own or atlas)

    @app.middleware("http")
    async def guard(
        request: Request, following: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        brought = request.query_params.get("token", "")
        held = request.cookies.get(KEY, "")
        if token and not any(secrets.compare_digest(t, token) for t in (brought, held)):
            words = "this explorer asks for its token"
            refused = site.page("error.html", 403, message=words, hint="")
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
        return site.page("error.html", _status(error), **what)

    for pages in PAGES:
        app.include_router(pages(site))
    sheet = style_sheet()

    @app.get("/static/pictures.css")
    def colors() -> Response:
        return Response(sheet, media_type="text/css")

    static = Path(str(files("clusteratlas.web") / "static"))
    app.mount("/static", StaticFiles(directory=static), name="static")
    return app


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
