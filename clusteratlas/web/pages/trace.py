"""How two things are connected, and a walk on from either."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request, Response

from clusteratlas.queries.atlas.registry import question
from clusteratlas.queries.draw.walks.walk import drawn_walk, figure_of
from clusteratlas.queries.language.question import Value
from clusteratlas.queries.language.written import written_columns
from clusteratlas.queries.links import Fact, Walker
from clusteratlas.queries.questions.regions.trace.question import LONGEST, trace_finding
from clusteratlas.queries.walking.walk import Spot, walked
from clusteratlas.vocabulary.relations import LINK_CHOICES
from clusteratlas.web.addresses import address, page_of
from clusteratlas.web.lanes import lanes_of
from clusteratlas.web.rendered import shown
from clusteratlas.web.site import Site
from clusteratlas.web.walks import NextSteps, walk_steps

_TRACE = question("trace")
_ENDS = {"from": "a", "to": "b"}
_CHOSEN = ("links", "length", "paths", "definition")
_EXAMPLES = (
    ("Medical devices and biopharmaceuticals", "medical devices", "biopharmaceuticals"),
    ("MIT and Moderna", "Massachusetts Institute of Technology", "Moderna"),
    ("Vaccines and electromedical apparatus", "325414", "334510"),
    ("Boston and San Diego", "boston", "san diego"),
)
_WALKS = (
    ("Biopharmaceuticals", "biopharmaceuticals"),
    ("Boston", "boston"),
    ("Moderna", "moderna"),
    ("Vaccines", "325414"),
)
_HEADED = frozenset({"id", "name", "title"})
"""Properties that the heading above them says."""


def trace_pages(site: Site) -> APIRouter:
    """Make the page of paths and walks."""
    routes = APIRouter()
    walker = Walker(site.atlas)

    @routes.get("/trace")
    def trace(request: Request) -> Response:
        query = request.query_params
        given = {n: query.get(n, "").strip() for n in (*_ENDS, *_CHOSEN)}
        given = {name: value for name, value in given.items() if value}
        steps = walk_steps(walker, query)
        what = {"walk": None} if steps is None else _walk(walker, NextSteps(steps, given))
        return site.page(
            "trace.html",
            200,
            chosen={n: given.get(n, "") for n in (*_ENDS, *_CHOSEN)},
            swapped=_swapped(given),
            choices=LINK_CHOICES,
            longest=LONGEST,
            default=_TRACE.params["paths"].default,
            examples=[(w, address("trace", {"from": a, "to": b})) for w, a, b in _EXAMPLES],
            walks=[(w, address("trace", {"at": at})) for w, at in _WALKS],
            **_paths(site, given),
            **what,
        )

    return routes


def _swapped(given: dict[str, str]) -> str:
    return address("trace", {**given, "from": given.get("to"), "to": given.get("from")})


def _paths(site: Site, given: dict[str, str]) -> dict[str, Any]:
    if not all(end in given for end in _ENDS):
        return {"lanes": None}
    asked: dict[str, Value] = {_ENDS.get(name, name): value for name, value in given.items()}
    answer = site.atlas.ask(_TRACE.id, **asked)
    first, second = answer.names["a"], answer.names["b"]
    ends = {name: answer.arguments[of] for name, of in _ENDS.items()}
    said = trace_finding(answer.rows, first, second, answer.arguments["length"])
    return {
        "lanes": lanes_of(answer),
        "finding": f"{said[:1].upper()}{said[1:]}",
        "ends": [(answer.names[of], address("trace", {"at": ends[n]})) for n, of in _ENDS.items()],
        "wider": address("trace", {n: v for n, v in given.items() if n in _ENDS}),
        "walk_at": lambda key: address("trace", {**given, "at": key}) + "#walk",
        # The lanes are its picture here.
        "answer": dataclasses.replace(shown(answer, asked, site.atlas), picture=None),
    }


def _walk(walker: Walker, to: NextSteps) -> dict[str, Any]:
    walk = walked(walker, to.steps)
    key = walk.seen.key
    return {
        "walk": walk,
        "walk_picture": drawn_walk(walk, to),
        "walk_rows": list(_rows(walk.root)),
        "seen_facts": _written(walk.facts),
        "link_facts": _written(walk.link_facts),
        "seen_page": page_of(key),
        "seen_origin": address("ask/provenance", {"of": key}) if page_of(key) else None,
        "afresh": address("trace", {**to.beside, "at": key}),
        "ended": address("trace", to.beside),
    }


def _rows(spot: Spot) -> list[tuple[str, str, str, str]]:
    """Links of a walk as rows: from, what the link says, to, the figure that orders it."""
    found = []
    for way in spot.ways:
        kind = way.counted.kind
        for other in way.spots:
            figure = figure_of(kind, other.linked.figure)
            found.append((spot.linked.name, kind.words, other.linked.name, figure))
            found += _rows(other)
        if not way.spots:
            found.append((spot.linked.name, kind.words, f"{way.counted.count:,} not shown", ""))
    return found


def _written(facts: Sequence[Fact]) -> list[tuple[str, str, str]]:
    """Facts in words: heading, value, and what it means."""
    values = {f.property.name: f.value for f in facts if f.property.name not in _HEADED}
    notes = {f.property.name: f.property.note for f in facts}
    columns = written_columns(
        [values], {f.property.name: f.property.unit for f in facts if f.property.name in values}
    )
    return [(c.title, c.cells[0], notes[c.name]) for c in columns if c.cells[0]]
