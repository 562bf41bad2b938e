"""The first page, the search, and the way from a key to its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse, RedirectResponse
from markupsafe import Markup

from clusteratlas.errors import UnknownName
from clusteratlas.queries.captions import kind_words
from clusteratlas.queries.draw.areas.keys import Swatch, swatch_mark
from clusteratlas.queries.draw.canvas import Svg
from clusteratlas.queries.draw.ground.national.plane import HIGH, WIDE, short_place
from clusteratlas.queries.draw.national.families import draw_families, family_swatches
from clusteratlas.web.addresses import page_of, question_page
from clusteratlas.web.site import Site
from clusteratlas.web.views import ROLES

_LOOKED_AT, _SUGGESTED = 60, 12
"""Things that a text may mean, and those of them that are suggested."""
_TOLD = 3
"""Regions in the title of the picture."""


def start_pages(site: Site) -> APIRouter:
    """Make the pages from which readers begin."""
    routes = APIRouter()

    @cache
    def leaders() -> Leaders | None:
        return _leaders(site)  # the same for every reader, and as long as the names are

    @routes.get("/")
    def home() -> Response:
        return site.page("home.html", roles=ROLES, leaders=leaders())

    @routes.get("/find")
    def find(q: str = "") -> Response:
        found = site.atlas.find(q, limit=40) if q.strip() else []
        return site.page("find.html", hits=[(hit, page_of(hit.key)) for hit in found], text=q)

    @routes.get("/find.json")
    def suggested(q: str = "", kind: str = "") -> Response:
        hits = site.atlas.find(q, limit=_LOOKED_AT) if q.strip() else []
        rows = [
            {
                "key": h.key,
                "name": h.name,
                "kind": h.kind,
                "type": h.type,
                "says": " ".join(w for w in (kind_words("type", h.type), h.states) if w),
                "page": page_of(h.key),
            }
            for h in hits
            if not kind or h.kind == kind
        ]
        return JSONResponse([row for row in rows if row["page"]][:_SUGGESTED])

    @routes.get("/go")
    def leads(key: str) -> Response:
        target = page_of(key)
        if target is None:
            raise UnknownName("page", key, ())
        return RedirectResponse(target, status_code=303)

    return routes


@dataclass(frozen=True, slots=True)
class Leaders:
    """The picture on the first page: what each region is strongest in."""

    title: str
    picture: Markup
    key: Sequence[tuple[Swatch, Markup]]
    page: str


def _leaders(site: Site) -> Leaders | None:
    """Draw what leads in each region; None where no region has a strong cluster."""
    answer = site.atlas.ask("leaders")
    if not answer.rows:
        return None
    svg = Svg("leaders", WIDE, HIGH, answer.question.words, "The list has the same figures.")
    draw_families(svg, answer, 0)
    # The largest leader of each of three clusters, the first words of its name.
    first: dict[str, str] = {}
    for row in answer.rows:
        first.setdefault(row.cluster.split(",")[0], short_place(row))
    told = [f"{place} in {cluster}" for cluster, place in first.items()][:_TOLD]
    return Leaders(
        title=f"What each region is strongest in: {', '.join(told)}",
        picture=svg.markup(),
        key=[(entry, swatch_mark(entry)) for entry in family_swatches(answer)],
        page=question_page(answer.question, {}),
    )
