"""Pages of a thing: a question at once, and others that come when they are looked at."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Request, Response

from clusteratlas.queries.atlas.registry import question
from clusteratlas.web.addresses import address
from clusteratlas.web.site import Site
from clusteratlas.web.views import VIEWS, View


def thing_pages(site: Site) -> APIRouter:
    """Make the pages that are lists of questions."""
    routes = APIRouter()
    for view in VIEWS.values():
        routes.get(f"/{view.id}")(_page(site, view))
    return routes


def _page(site: Site, view: View) -> Callable[[Request], Response]:
    def one(request: Request) -> Response:
        given = {n: request.query_params.get(n, "").strip() for n in view.params}
        if not all(given.values()):
            return site.page("choose.html", view=view, given=given)
        first, *rest = view.parts
        lead = site.found(question(first), {**given, **view.given.get(first, {})})
        later = [
            (question(id_), address(f"part/{id_}", {**given, **view.given.get(id_, {})}))
            for id_ in rest
        ]
        title = view.title.format(**lead.names)
        return site.page("view.html", view=view, title=title, lead=lead, later=later)

    return one
