"""The map: one figure of a cluster in every region, drawn, listed and led on from."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response

from clusteratlas.loaders.custom.named import region_file
from clusteratlas.queries.atlas.registry import question
from clusteratlas.queries.draw.areas.keys import swatch_mark
from clusteratlas.queries.draw.canvas import Svg
from clusteratlas.queries.draw.ground.national.plane import HIGH, WIDE, short_place
from clusteratlas.queries.draw.national.measured import MeasuredMap, area_id, region_figure, spanned
from clusteratlas.queries.language.answer import Answer
from clusteratlas.queries.language.commands import command_line
from clusteratlas.queries.language.question import Value
from clusteratlas.queries.own.regions import OwnRegions
from clusteratlas.queries.questions.maps.region_map import map_finding
from clusteratlas.queries.questions.maps.shared.figures import MEASURES
from clusteratlas.vocabulary.keys import regional_cluster_key
from clusteratlas.web.addresses import address, page_of, question_page
from clusteratlas.web.forms import arguments_of
from clusteratlas.web.pages.map_region import picked_region, region_contents
from clusteratlas.web.rendered import FILES
from clusteratlas.web.site import Site

TYPES = {
    "state": "States",
    "ea": "Economic areas",
    "cbsa": "Metro areas",
    "county": "Counties",
}
"""Types of regions that there are maps of, the largest first."""
MARKS = {"strong": "strong regions", "hot": "strong regions and hot spots"}
SHOWN = 100
"""Regions that the list has at first; another address has them all."""
_EVERY = 100_000
"""More rows than there are regions."""
_MAP = "map"


@dataclass(frozen=True, slots=True)
class Listed:
    """A region in the list beside the map."""

    id: str
    name: str
    page: str | None
    figure: str
    known: str
    rank: str
    jobs: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that can be chosen, and whether it is."""

    value: str
    words: str
    chosen: bool
    page: str = ""


def map_pages(site: Site) -> APIRouter:
    """Make the map, and the region that somebody picks on it."""

    @asynccontextmanager
    async def ended(_: FastAPI) -> AsyncIterator[None]:
        yield
        regions.close()

    regions = OwnRegions(site.atlas)
    routes = APIRouter(lifespan=ended)

    @routes.get("/map")
    def shown(request: Request) -> Response:
        page = _MapPage(site, request.query_params)
        picked = picked_region(regions, request.query_params)
        return site.page("map.html", **page.contents(picked.keys), picked=picked)

    @routes.get("/map/region")
    def portfolio(request: Request) -> Response:
        picked = picked_region(regions, request.query_params)
        if not picked.counties:
            regions.begin()  # some will be picked soon
            return site.page("map_region.html", picked=picked, answer=None)
        answer = regions.portfolio(picked.name, picked.counties)
        what = region_contents(answer)
        return site.page("map_region.html", picked=picked, answer=answer, **what)

    @routes.get("/map/region.csv")
    def taken(request: Request) -> Response:
        picked = picked_region(regions, request.query_params)
        kept = {"Content-Disposition": f'attachment; filename="{picked.file}"'}
        text = region_file(picked.name, picked.keys)
        return Response(text, media_type="text/csv; charset=utf-8", headers=kept)

    return routes


class _MapPage:
    """A map with all that is around it, from a query string."""

    def __init__(self, site: Site, query: Any) -> None:
        self.site = site
        one = question(_MAP)
        given = arguments_of(one, query)
        if _measure(given) != given.get("measure"):
            given["measure"] = _measure(given)
        self.mark = "hot" if query.get("mark") == "hot" and given.get("cluster") else "strong"
        self.whole = query.get("rows") == "all"
        self.given = given
        self.answer: Answer = site.atlas.ask(one.id, **{**given, "limit": _EVERY})
        self.cluster = str(self.answer.arguments["cluster"])
        self.type = str(self.answer.arguments["type"])
        self.name = query.get("name", "")
        self.picked: Sequence[str] = ()

    def contents(self, picked: Sequence[str]) -> Mapping[str, Any]:
        """All that the template shows; the picked counties stay picked."""
        self.picked = [key.rpartition(":")[2] for key in picked]
        answer = self.answer
        drawing = MeasuredMap(answer, self._hot())
        picture = Svg("map", WIDE, HIGH, self.title, "The list has the same figures.")
        drawing.draw(picture, 0, one_by_one=True)
        rows = list(self._listed())
        asked = {**self.given, **({"cluster": self.cluster} if self.cluster else {})}
        return {
            "title": self.title,
            "about": self.about,
            "picture": picture.markup(),
            "key": [(entry, swatch_mark(entry)) for entry in drawing.entries],
            "key_title": drawing.title,
            "rows": rows if self.whole else rows[:SHOWN],
            "every": rows,
            "all": None if self.whole or len(rows) <= SHOWN else self.page(rows="all"),
            "clusters": self._clusters(),
            "measures": [
                Choice(name, m.words, name == answer.arguments["measure"])
                for name, m in MEASURES.items()
                if (m.of_cluster if self.cluster else m.of_all) is not None
            ],
            "types": [
                Choice(t, w, t == self.type, self.page(type=t, year=None)) for t, w in TYPES.items()
            ],
            "years": [Choice(str(y), str(y), y == answer.arguments["year"]) for y in self._years()],
            "marks": [Choice(m, w, m == self.mark) for m, w in MARKS.items()],
            "kind": TYPES[self.type],
            "type": self.type,
            "cluster": self.cluster,
            "notes": answer.notes,
            "files": {f: address(f"answer/{_MAP}.{f}", {**asked, "limit": _EVERY}) for f in FILES},
            "question": question_page(answer.question, asked),
            "command": command_line(answer.question, asked),
        }

    def page(self, **changed: Value | None) -> str:
        """Give the address of this page with something else."""
        kept: dict[str, Value | None] = {
            **self.given,
            "mark": "hot" if self.mark == "hot" else None,
        }
        kept |= {"counties": self.picked, "name": self.name} if self.picked else {}
        return address("map", {k: v for k, v in {**kept, **changed}.items() if v is not None})

    @property
    def title(self) -> str:
        """What the map shows first: where the figure is highest."""
        answer = self.answer
        cluster = answer.names.get("cluster", "Traded clusters")
        best = answer.rows[0] if answer.rows else None
        if best is None or not best.rank:
            return f"{cluster}: no figure of any region is published"
        figure = spanned(best)
        finding = map_finding(answer.arguments["measure"], short_place(best), figure)
        return f"{cluster}: {finding}"

    @property
    def about(self) -> str:
        """What the figure is, and of when."""
        return next(iter(self.answer.remarks), "")

    def _hot(self) -> Sequence[str]:
        if self.mark != "hot":
            return ()
        found = self.site.atlas.ask("hotspots", cluster=self.cluster, type=self.type, limit=_EVERY)
        return [row.key for row in found.rows if row.spot == "hot"]

    def _listed(self) -> Iterator[Listed]:
        rows = self.answer.rows
        for row in rows:
            at = regional_cluster_key(self.cluster, row.key) if self.cluster else row.key
            yield Listed(
                id=area_id(row.key),
                name=row.name,
                page=page_of(at if row.known != "absent" else row.key),
                figure=region_figure(row),
                known=row.known,
                rank=f"{row.rank:,}" if row.rank else "",
                jobs="" if row.jobs is None or row.known == "withheld" else f"{row.jobs:,}",
            )

    def _clusters(self) -> Sequence[Choice]:
        names = self.site.atlas.names
        default = self.answer.arguments["definition"]
        known = [
            e
            for e in names.by_label["Cluster"]
            if e.definition == default and e.type in {"traded", "local"}
        ]
        known.sort(key=lambda e: (e.type == "local", e.name))
        found = [Choice("", "All traded clusters", not self.cluster)]
        found += [Choice(e.key, e.name, e.key == self.cluster) for e in known]
        if not any(choice.chosen for choice in found):
            found.append(Choice(self.cluster, self.answer.names["cluster"], True))
        return found

    def _years(self) -> Sequence[int]:
        asked = self.answer.arguments
        return self.site.atlas.names.years.get((asked["definition"], self.type), ())


def _measure(given: Mapping[str, Value]) -> str:
    """Give the measure that is asked for, or another one where it makes no sense."""
    cluster = bool(given.get("cluster"))
    named = str(given.get("measure", "lq" if cluster else "strength"))
    if cluster and named in MEASURES and MEASURES[named].of_cluster is None:
        return "lq"
    return named
