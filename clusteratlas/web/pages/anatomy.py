"""The anatomy of a cluster in a region: diagram, list and map of the same, and what is looked at.

Every state is in the address: ``show``, ``links``, ``open``, ``at``, ``q``, ``pin``, ``hide``,
``expand`` and ``year`` beside ``cluster`` and ``region``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request, Response
from markupsafe import Markup

from clusteratlas.errors import InputError
from clusteratlas.queries.atlas.registry import question
from clusteratlas.queries.draw.anatomy.compass import tiles_of
from clusteratlas.queries.draw.anatomy.listing import (
    BELOW_PLATE,
    LISTED,
    Line,
    lines,
    tiles,
    told,
)
from clusteratlas.queries.draw.anatomy.plate import answer_plate
from clusteratlas.queries.draw.anatomy.shared.roles import ROLES, Filled, Look, by_role
from clusteratlas.queries.draw.anatomy.told.words import anatomy_finding
from clusteratlas.queries.draw.pictures import drawn
from clusteratlas.queries.exports import graphml
from clusteratlas.queries.language.answer import Answer
from clusteratlas.queries.language.commands import command_line
from clusteratlas.queries.language.question import Value
from clusteratlas.queries.language.texts import cypher
from clusteratlas.queries.questions.regions.anatomy.network import anatomy_network
from clusteratlas.vocabulary.keys import label_of, regional_cluster_key
from clusteratlas.web.addresses import address, page_of
from clusteratlas.web.site import Site
from clusteratlas.web.views import Shows, View

SUBJECT = View(
    "anatomy",
    "The anatomy of a cluster in a region",
    ("cluster", "region"),
    (Shows("anatomy", "Anatomy", "whole"),),
    ({"cluster": "biopharma", "region": "boston"}, {"cluster": "automotive", "region": "detroit"}),
    "Anatomy",
)
SHOWS = ("diagram", "list", "map")
LINKS: Mapping[str, str] = {"supply": "", "co-location": "lc_emp", "occupations": "occ"}
"""Ways in which industries are tied, and the column of the question ``linkages``; supply: sales."""
MOST = 400
"""Members of a section that are asked for."""
FEWEST = 1000
"""Industries that ties are asked for: all there are."""
BESIDE = ("companies", "institutions", "who-supplies", "gaps", "missing-roles", "neighbors")
"""Questions about the same that a page leads to."""
_SINGLE = ("definition", "year", "show", "links", "open", "at", "q", "expand")
_SEVERAL = ("pin", "hide")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address says."""

    subject: Mapping[str, str]
    """Cluster, region and what else the questions take."""
    single: Mapping[str, str]
    several: Mapping[str, Sequence[str]]

    def link(self, **change: str) -> str:
        """Give the address of the page with other values; an empty one is left out."""
        values: dict[str, Value | None] = {**self.subject, **self.single, **self.several}
        return address("anatomy", {k: v for k, v in (values | change).items() if v})

    def toggled(self, name: str, key: str) -> str:
        """Give the address with a key among several added, or taken away."""
        held = self.several[name]
        keys = [k for k in held if k != key] if key in held else [*held, key]
        values: dict[str, Value | None] = {**self.subject, **self.single, **self.several}
        return address("anatomy", {k: v for k, v in (values | {name: keys}).items() if v})

    @property
    def arguments(self) -> dict[str, Value]:
        """Arguments of a question about the subject."""
        given: dict[str, Value] = dict(self.subject)
        return given | {n: self.single[n] for n in ("definition", "year") if n in self.single}


def anatomy_pages(site: Site) -> APIRouter:
    """Make the page of anatomies, and their networks as files."""
    routes = APIRouter()

    @routes.get("/anatomy")
    def anatomy(request: Request) -> Response:
        asked = _asked(request)
        if not all(asked.subject.values()):
            return site.page("choose.html", view=SUBJECT, given=asked.subject, fields=())
        return site.page("anatomy.html", **_shown(site, asked))

    @routes.get("/anatomy/network.graphml")
    def network(cluster: str = "", region: str = "") -> Response:
        content = graphml(anatomy_network(site.atlas, cluster, region))
        kept = {"Content-Disposition": 'attachment; filename="anatomy.graphml"'}
        return Response(content, media_type="application/graphml+xml", headers=kept)

    @routes.get("/anatomy/same")
    def same(request: Request) -> Response:
        given = _asked(request).arguments
        asks = question("anatomy")
        engine = site.atlas.store.engine
        network = {name: given[name] for name in SUBJECT.params}
        return site.page(
            "same.html",
            back=address("anatomy", given),
            commands=[
                command_line(asks, given),
                command_line(asks, given) + " --plot anatomy.svg",
                command_line(asks, given) + " --out anatomy.csv",
                f"{command_line(asks, network).replace(' ask anatomy', ' network', 1)}"
                " --out anatomy.graphml",
            ],
            texts=[(p.stem, cypher(p.stem, engine)) for p in (*asks.parts, asks.count)],
        )

    return routes


def _asked(request: Request) -> Asked:
    query = request.query_params
    subject = {name: query.get(name, "").strip() for name in SUBJECT.params}
    single = {name: query.get(name, "").strip() for name in _SINGLE}
    for name, known in (("show", SHOWS), ("links", LINKS)):
        if single[name] and single[name] not in known:
            raise InputError(
                f"{name} cannot be {single[name]!r}", hint=f"choose one of {', '.join(known)}"
            )
    roles = [role.id for role in ROLES]
    if single["open"] and single["open"] not in roles:
        raise InputError(
            f"there is no role {single['open']!r} to open", hint=f"roles: {', '.join(roles)}"
        )
    several = {n: [v.strip() for v in query.getlist(n) if v.strip()] for n in _SEVERAL}
    return Asked(subject, {k: v for k, v in single.items() if v}, several)


def _shown(site: Site, asked: Asked) -> dict[str, Any]:
    """Gather what the page shows."""
    given, single = asked.arguments, asked.single
    answer = site.atlas.ask("anatomy", **given, limit=MOST)
    sources = {s.key: s.says for s in answer.sources}
    links = single.get("links", "supply")
    opened = _opened(site, single.get("expand"))
    look = Look(
        opened=single.get("open", ""),
        selected=single.get("at", ""),
        sought=single.get("q", ""),
        hidden=frozenset(asked.several["hide"]),
        pinned=tuple(asked.several["pin"]),
        tied=_tied(answer, opened),
        strengths=_strengths(site, asked, links),
        leads=asked.link,
    )
    show = single.get("show", "diagram")
    filled = by_role(answer.rows, look)
    about = told(answer, look.selected, look, sources)
    names = {row.key: row.name for row in answer.rows}
    where = site.found(question("within"), given) if show == "map" else None
    return {
        "asked": asked,
        "answer": answer,
        "title": "{cluster} in {region}".format(**answer.names),
        "finding": anatomy_finding(answer.rows),
        "tiles": tiles(answer, sources),
        "show": show,
        "shows": SHOWS,
        "links": links,
        "ties": LINKS,
        "years": _years(site, answer),
        "look": look,
        "plate": _plate(answer, look) if show == "diagram" else None,
        "compass": tiles_of(filled) if show == "diagram" else (),
        "lists": _lists(filled, look, show),
        "where": where,
        "about": about,
        "known": names,
        "page": page_of(about.key) if about else None,
        "elsewhere": _there(answer, about.key) if about else None,
        "expanded": opened,
        "matching": sum(one.matching for one in filled.values()),
        "beside": [(question(id_), address(f"ask/{id_}", asked.subject)) for id_ in BESIDE],
        "files": _files(asked),
        "same": address("anatomy/same", given),
    }


def _opened(site: Site, key: str | None) -> Answer | None:
    """Ask what an organization has links to, if one is opened."""
    return site.atlas.ask("organization", organization=key) if key else None


def _tied(answer: Answer, opened: Answer | None) -> frozenset[str]:
    """Give what an organization has links to among what is shown, with itself; else nothing."""
    if opened is None:
        return frozenset()
    own = str(opened.arguments["organization"])
    tied = {row.key for row in opened.rows} & {row.key for row in answer.rows} - {own}
    return frozenset({own, *tied}) if tied else frozenset()


def _strengths(site: Site, asked: Asked, links: str) -> Mapping[str, float] | None:
    """Ask how strongly industries are tied; None where lines are sales."""
    column = LINKS[links]
    if not column:
        return None
    given = {k: v for k, v in asked.arguments.items() if k in {"cluster", "definition"}}
    found = site.atlas.ask("linkages", **given, by=links, limit=FEWEST)
    return {row.key: value for row in found.rows if (value := getattr(row, column)) is not None}


def _plate(answer: Answer, look: Look) -> Markup:
    svg = answer_plate(answer, drawn(answer), look)
    svg.title = f"Anatomy of {answer.names['cluster']} in {answer.names['region']}"
    svg.description = (
        "The cluster in the middle, its roles around it. Arrow keys move among the marks, Enter "
        "tells about one, Escape closes that. The list says the same."
    )
    return svg.markup(role="group")


def _lists(filled: Mapping[str, Filled], look: Look, show: str) -> list[tuple[Filled, list[Line]]]:
    """Give the roles that are listed: all of them, or below the diagram the one that is open."""
    if show == "diagram":
        return [(one, lines(one, look, BELOW_PLATE)) for one in filled.values() if one.opened]
    every = filled.values() if show == "list" else ()
    return [(one, lines(one, look, None if one.opened else LISTED)) for one in every]


def _years(site: Site, answer: Answer) -> Sequence[int]:
    """Years that figures of the region exist for, the newest first."""
    given = answer.arguments
    known = site.atlas.names.years.get((given["definition"], given.get("region_type", "")), ())
    return sorted(known or {given["year"]}, reverse=True)


def _there(answer: Answer, key: str) -> str | None:
    """Give the anatomy of a related cluster in the same region."""
    if label_of(key) != "Cluster":
        return None
    return page_of(regional_cluster_key(key, answer.arguments["region"]))


def _files(asked: Asked) -> dict[str, str]:
    """Give the addresses of what can be taken along, by form."""
    found = {f: address(f"answer/anatomy.{f}", asked.arguments) for f in ("png", "svg", "csv")}
    return found | {"graphml": address("anatomy/network.graphml", asked.subject)}
