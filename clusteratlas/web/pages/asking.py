"""Every question as a form with its answer, as a part of another page, and as a file."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from clusteratlas.errors import InputError
from clusteratlas.queries.atlas.registry import question
from clusteratlas.queries.draw.pictures import picture_bytes
from clusteratlas.queries.forms.answers import answer_bytes
from clusteratlas.queries.forms.formats import Format
from clusteratlas.web.addresses import question_page, walk_from
from clusteratlas.web.forms import arguments_of, fields_of
from clusteratlas.web.rendered import FILES
from clusteratlas.web.site import Site

MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "markdown": "text/markdown; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml",
    "png": "image/png",
}


def question_pages(site: Site) -> APIRouter:
    """Make the pages of the registry of questions."""
    routes = APIRouter()

    @routes.get("/ask")
    def listed() -> Response:
        return site.page("questions.html")

    @routes.get("/ask/{id_}")
    def asked(id_: str, request: Request) -> Response:
        one = question(id_)
        given = arguments_of(one, request.query_params)
        answer = None if one.lacks(given) else site.found(one, given)
        return site.page(
            "question.html",
            question=one,
            fields=fields_of(one, given),
            answer=answer,
            also=[] if answer is None else walk_from(one.id, answer.about),
            examples=[(question_page(one, e), e) for e in one.examples],
        )

    @routes.get("/part/{id_}")
    def part(id_: str, request: Request) -> Response:
        one = question(id_)
        given = arguments_of(one, request.query_params)
        return site.page("part.html", answer=site.found(one, given))

    @routes.get("/answer/{id_}.{form}")
    def taken(id_: str, form: str, request: Request) -> Response:
        if form not in FILES:
            raise InputError(
                f"an answer cannot be had as {form!r}", hint=f"there are {', '.join(FILES)}"
            )
        one = question(id_)
        answer = site.atlas.ask(id_, **arguments_of(one, request.query_params))
        drawn = form in {"svg", "png"}
        content = picture_bytes(answer, form) if drawn else answer_bytes(answer, Format(form))
        ending = "md" if form == Format.markdown else form
        kept = {"Content-Disposition": f'attachment; filename="{id_}.{ending}"'}
        return Response(content, media_type=MEDIA[form], headers=kept)

    return routes
