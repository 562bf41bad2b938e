"""The first page, the search, and the way from a key to its page."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse, RedirectResponse

from clusteratlas.errors import UnknownName
from clusteratlas.web.addresses import page_of
from clusteratlas.web.site import Site
from clusteratlas.web.views import ROLES


def start_pages(site: Site) -> APIRouter:
    """Make the pages from which readers begin."""
    routes = APIRouter()

    @routes.get("/")
    def home() -> Response:
        return site.page("home.html", roles=ROLES)

    @routes.get("/find")
    def find(q: str = "") -> Response:
        found = site.atlas.find(q, limit=40) if q.strip() else []
        return site.page("find.html", hits=[(hit, page_of(hit.key)) for hit in found], text=q)

    @routes.get("/find.json")
    def suggested(q: str = "") -> Response:
        hits = site.atlas.find(q, limit=10) if q.strip() else []
        rows = [
            {"name": h.name, "kind": h.kind, "type": h.type, "page": page_of(h.key)} for h in hits
        ]
        return JSONResponse([row for row in rows if row["page"]])

    @routes.get("/go")
    def leads(key: str) -> Response:
        target = page_of(key)
        if target is None:
            raise UnknownName("page", key, ())
        return RedirectResponse(target, status_code=303)

    return routes
