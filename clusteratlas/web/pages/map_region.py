"""The region that somebody picks on the map: its counties, its portfolio, its file."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.atlas.names import Entry
from clusteratlas.queries.draw.pictures import picture
from clusteratlas.queries.language.answer import Answer, as_dict
from clusteratlas.queries.language.written import used_columns, written_columns
from clusteratlas.queries.notebook import answer_blocks
from clusteratlas.queries.own.regions import OwnRegions
from clusteratlas.web.addresses import address, page_of

UNNAMED = "My region"
_SHOWN = ("name", "jobs", "lq", "share_region", "share_nation", "rank", "strong", "certainty")


@dataclass(frozen=True, slots=True)
class PickedRegion:
    """Counties that somebody picked, and what they call them together."""

    name: str
    counties: Sequence[Entry]

    @property
    def keys(self) -> list[str]:
        """Keys of the counties."""
        return [county.key for county in self.counties]

    @property
    def query(self) -> Mapping[str, Any]:
        """Arguments of the pages about it."""
        return {"counties": [county.code for county in self.counties], "name": self.name}

    @property
    def page(self) -> str:
        """Address of its portfolio."""
        return address("map/region", self.query)

    @property
    def download(self) -> str:
        """Address of its file."""
        return address("map/region.csv", self.query)

    @property
    def file(self) -> str:
        """Name of its file."""
        letters = "".join(c if c.isalnum() and c.isascii() else "-" for c in self.name.lower())
        return f"{letters.strip('-') or 'region'}.csv"

    @property
    def command(self) -> str:
        """The same question on the command line."""
        return (
            f"clusteratlas ask region --region {shlex.quote(self.name)} --region-file {self.file}"
        )


def picked_region(regions: OwnRegions, query: Any) -> PickedRegion:
    """Read the picked counties of a query string: by code or name, several with semicolons."""
    given = [part.strip() for text in query.getlist("counties") for part in text.split(";")]
    texts = [text for text in given if text]
    return PickedRegion(query.get("name", "").strip() or UNNAMED, regions.counties(texts))


def region_contents(answer: Answer) -> Mapping[str, Any]:
    """Give what a page shows of a portfolio: its finding, its picture, its clusters as a table."""
    whole = next((r for r in answer.rows if r.section == "region"), None)
    clusters = [r for r in answer.rows if r.section == "cluster"]
    strong = [r for r in clusters if r.strong]
    units = {f: unit for block in answer_blocks(answer) for f, unit in block.units.items()}
    wanted = [n for n in answer.question.columns if n.removesuffix("_low") in _SHOWN]
    wanted += [f"{n}_high" for n in _SHOWN]
    records = [as_dict(r) for r in clusters]
    shown = {n: units[n] for n in units if n in wanted}
    facts = {}
    if whole is not None:
        record = as_dict(whole)
        names = ("population", "jobs", "traded_jobs", "local_jobs", "strong_clusters", "strength")
        told = used_columns([record], {n: units[n] for n in names})
        facts = {c.title: c.cells[0] for c in written_columns([record], told)}
    first = f"; {strong[0].name} is the largest of them" if strong else ""
    return {
        "finding": f"{len(strong)} of {len(clusters)} traded clusters are strong here{first}",
        "drawing": picture(answer).markup() if clusters else None,
        "facts": facts,
        "columns": written_columns(records, shown) if records else [],
        "pages": [page_of(r.key) for r in clusters],
    }
