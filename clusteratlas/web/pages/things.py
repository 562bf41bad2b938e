"""Pages of a thing: questions at once, and others that come when they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fastapi import APIRouter, Request, Response

from clusteratlas.errors import UnknownName
from clusteratlas.queries.atlas.registry import question
from clusteratlas.queries.language.question import Question, Value, as_several
from clusteratlas.vocabulary.keys import NATION
from clusteratlas.web.addresses import address, walk_from
from clusteratlas.web.forms import Query, arguments_of, fields_of
from clusteratlas.web.rendered import Shown
from clusteratlas.web.site import Site
from clusteratlas.web.views import VIEWS, Shows, View


def thing_pages(site: Site) -> APIRouter:
    """Make the pages that are lists of questions."""
    routes = APIRouter()
    for view in VIEWS.values():
        routes.get(f"/{view.id}")(_page(site, view))
        routes.get(f"/{view.id}/part/{{part}}")(_part(site, view))
    return routes


def _page(site: Site, view: View) -> Callable[[Request], Response]:
    def one(request: Request) -> Response:
        first = question(view.parts[0].question)
        given = _given(view, first, request.query_params)
        fields = fields_of(first, given) if view.form else ()
        if _lacks(view, first, given):
            return site.page("choose.html", view=view, given=given, fields=fields)
        at_once = {
            part.question: site.found(question(part.question), _asks(part, given), part)
            for part in view.parts
            if part.now
        }
        lead = at_once.get(view.parts[0].question)
        parts = [
            (part, at_once.get(id_) or address(f"{view.id}/part/{id_}", given))
            for part in view.parts
            if (id_ := part.question) and _makes_sense(question(id_), lead)
        ]
        return site.page(
            "sheet.html" if view.sheet else "view.html",
            view=view,
            given=given,
            fields=fields,
            title=view.words if lead is None else lead.finding,
            lead=lead,
            parts=parts,
            also=[
                *((words, address(path, given)) for words, path in view.also),
                *([] if lead is None else walk_from(view.id, lead.about)),
            ],
            compared=_compared(view, given, lead),
        )

    return one


def _part(site: Site, view: View) -> Callable[[str, Request], Response]:
    shows = {part.question: part for part in view.parts}

    def one(part: str, request: Request) -> Response:
        if part not in shows:
            raise UnknownName("part of the page", part, ())
        asked = question(view.parts[0].question)
        given = _asks(shows[part], _given(view, asked, request.query_params))
        return site.page("part.html", answer=site.found(question(part), given, shows[part]))

    return one


def _given(view: View, first: Question, query: Query) -> dict[str, Value]:
    """Read what a page is about; one with a form, or about several, takes all that it asks."""
    given = arguments_of(first, query)
    if view.form or view.either:
        return given
    return {name: value for name, value in given.items() if name in view.params}


def _lacks(view: View, first: Question, given: Mapping[str, Value]) -> bool:
    missing = [name for name in view.params if not given.get(name)]
    if not view.either:
        return bool(missing)
    given_to = {n: first.params[n].many for n in view.params if n not in missing}
    few = [n for n, many in given_to.items() if many and len(as_several(given[n])) < many[0]]
    return not given_to or bool(few)


def _makes_sense(asked: Question, lead: Shown | None) -> bool:
    """Whether a question can be asked of the region of a page: few are asked of the nation."""
    of_nation = lead is not None and lead.about.get("region") == NATION
    return not of_nation or "nation" in asked.params["region"].types


def _asks(part: Shows, given: Mapping[str, Value]) -> dict[str, Value]:
    """Give the arguments of a part: those of its page that its question has, and its own."""
    params = question(part.question).params
    return {**part.given, **{name: value for name, value in given.items() if name in params}}


def _compared(
    view: View, given: Mapping[str, Value], lead: Shown | None
) -> list[tuple[str, str | None, str]]:
    """Give what is side by side: name, page of its own, and this page without it."""
    if lead is None or not lead.wides:
        return []
    of = next(name for name in view.params if given.get(name))
    values = as_several(given[of])
    return [
        (name, page, address(view.id, {**given, of: [v for v in values if v != value]}))
        for value, (_, name, page) in zip(values, lead.wides[0].things, strict=False)
    ]
