"""Pages for a board: a region, a cluster, or a cluster in a region, from the atlas's answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clusteratlas.errors import AnalysisError, InputError
from clusteratlas.queries.draw.pictures import picture
from clusteratlas.queries.numbers import percent_words
from clusteratlas.report.environment import environment, styles
from clusteratlas.report.panels import DRIVERS

if TYPE_CHECKING:
    from markupsafe import Markup

    from clusteratlas.queries.atlas.library import Atlas
    from clusteratlas.queries.language.answer import Answer

NEARLY = 60.0
"""Percentile of the location quotient from which a cluster that is not strong is nearly so."""

MOST_STRONG, MOST = 10, 6
"""Rows of the list of strong clusters, and of each short list."""


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Traded clusters of a region, as its page lists them."""

    strong: Sequence[Any]
    nearly: Sequence[Any]
    largest: Sequence[Any]
    most: float
    """Largest location quotient of the strong ones: the length of a whole bar."""


@dataclass(frozen=True, slots=True)
class AnatomyList:
    """One list of an anatomy."""

    title: str
    of: str
    """What its rows are."""
    rows: Sequence[Any]
    more: int
    note: Callable[[Any], str]


def region_brief(
    atlas: Atlas, region: str, *, definition: str | None = None, year: int | None = None
) -> str:
    """Write the page of a region: US Letter when printed, everything inside, nothing fetched.

    Parameters
    ----------
    atlas
        Where it is asked.
    region
        A name, or part of one.
    definition, year
        As of the question ``region``.

    Raises
    ------
    ClusterAtlasError
        As :meth:`Atlas.ask`; an `InputError` where there are no figures of the region.
    """
    here = atlas.ask("region", region=region, definition=definition, year=year, limit=200)
    if not here.rows:
        raise InputError("; ".join(here.remarks), hint="ask for another year, or definition")
    whole, *clusters = here.rows
    key = str(here.arguments["region"])
    asked = {
        question: _asked(atlas, question, region=key, definition=definition)
        for question in ("trend", "shift-share", "wage-gap", "peers")
    }
    moved = [r for r in _rows(asked["shift-share"], "cluster") if r.competitive is not None]
    moved.sort(key=lambda r: (-r.competitive, r.key))
    context = {
        "region": whole,
        "portfolio": portfolio(clusters),
        "trend": _drawn(asked["trend"]),
        "since": next(iter(_rows(asked["shift-share"], "total")), None),
        "gained": [r for r in moved if r.competitive > 0][:MOST],
        "lost": [r for r in reversed(moved) if r.competitive < 0][:MOST],
        "gap": next(iter(_rows(asked["wage-gap"], "total")), None),
        "peers": _rows(asked["peers"], "peer")[:MOST],
        "lacks": _rows(asked["peers"], "cluster")[:MOST],
        "headline": _headline(whole),
        "title": whole.name,
    }
    answers = [here, *(a for a in asked.values() if a is not None)]
    return _page("region.html", context, answers, f"region {key}")


def cluster_brief(atlas: Atlas, cluster: str, *, definition: str | None = None) -> str:
    """Write the page of a cluster: what it is, where it is, what is beside it.

    Parameters
    ----------
    atlas, definition
        As of :func:`region_brief`.
    cluster
        A name, or part of one.

    Raises
    ------
    ClusterAtlasError
        As :meth:`Atlas.ask`.
    """
    card = atlas.ask("card", cluster=cluster, definition=definition)
    key = str(card.arguments["cluster"])
    where = atlas.ask("top-regions", cluster=key, limit=2 * MOST)
    members = [r for r in card.rows if r.section == "industry"]
    context = {
        "cluster": card.rows[0],
        "title": card.names["cluster"],
        "places": where.rows,
        "drawn": _drawn(where),
        "members": sorted(members, key=lambda r: (-(r.jobs or 0), r.key))[:MOST_STRONG],
        "count": card.count,
        "beside": [r for r in card.rows if r.section == "neighbor"][:MOST_STRONG],
        "drivers": DRIVERS,
    }
    return _page("cluster.html", context, [where, card], f"card {key}")


def anatomy_brief(atlas: Atlas, cluster: str, region: str, *, definition: str | None = None) -> str:
    """Write the page of a cluster in a region: industries, suppliers, organizations, what lacks.

    Parameters
    ----------
    atlas, definition
        As of :func:`region_brief`.
    cluster, region
        Names, or parts of them.

    Raises
    ------
    ClusterAtlasError
        As :meth:`Atlas.ask`.
    """
    found = atlas.ask("anatomy", cluster=cluster, region=region, definition=definition)
    key, place = found.arguments["cluster"], found.arguments["region"]
    rows = [r for r in found.rows if r.section != "place"]
    sections = dict.fromkeys(r.section for r in rows)
    context = {
        "title": f"{found.names['cluster']} in {found.names['region']}",
        "place": found.rows[0],
        "drawn": _drawn(found),
        "parts": [_list(s, [r for r in rows if r.section == s]) for s in sections],
    }
    return _page("anatomy.html", context, [found], f"anatomy {key} {place}")


def portfolio(clusters: Sequence[Any]) -> Portfolio:
    """Sort the traded clusters of a region into those that its page lists."""
    strong = sorted((c for c in clusters if c.strong), key=lambda c: (-c.lq, c.key))
    others = [c for c in clusters if not c.strong and (c.percentile or 0) >= NEARLY and c.lq >= 1]
    nearly = sorted(others, key=lambda c: (-(c.percentile or 0), -c.lq, c.key))
    largest = sorted(clusters, key=lambda c: (-c.jobs, c.key))
    return Portfolio(
        strong[:MOST_STRONG],
        nearly[:MOST],
        largest[:MOST],
        max((c.lq for c in strong), default=1.0),
    )


def _headline(whole: Any) -> str:
    """Say in a sentence how much of the region's traded jobs is in strong clusters."""
    count = whole.strong_clusters
    if not count or whole.strength is None:
        return "No traded cluster is strong here"
    some = f"{count} strong clusters hold" if count > 1 else "One strong cluster holds"
    return f"{some} {percent_words(whole.strength)} of the traded jobs"


TITLES = {
    "core": ("Industries of the cluster", "Industry"),
    "second": ("Industries nearly as related to it", "Industry"),
    "adjoining": ("Adjoining industries", "Industry"),
    "supplier": ("Who supplies it", "Industry"),
    "service": ("Services that it buys", "Industry"),
    "customer": ("Who buys from it", "Industry"),
    "occupation": ("Who works in it", "Occupation"),
}
"""Heading of each section of an anatomy, and what its rows are; others are of organizations."""


def _list(section: str, rows: Sequence[Any]) -> AnatomyList:
    title, of = TITLES.get(section, (section.replace("_", " ").capitalize(), "Organization"))
    return AnatomyList(title, of, rows[:MOST], len(rows[MOST:]), _note)


def _note(row: Any) -> str:
    """Say of a row what its section is about: money, a share of the staff, a place."""
    if row.million_usd is not None:
        return f"{row.million_usd:,.0f} million USD a year, nation"
    if row.share is not None:
        return f"{percent_words(row.share, 1)} of the jobs"
    where = ", ".join(x for x in (row.city, row.state) if x)
    return "; ".join(x for x in (where, row.detail or "") if x)


def _asked(atlas: Atlas, question: str, **arguments: Any) -> Answer | None:
    """Ask what not every region has an answer to, for want of years or of neighbors."""
    try:
        return atlas.ask(question, **arguments)
    except (AnalysisError, InputError):
        return None


def _rows(answer: Answer | None, section: str) -> list[Any]:
    return [] if answer is None else [r for r in answer.rows if r.section == section]


def _drawn(answer: Answer | None) -> Markup | None:
    """Draw an answer; None where it has nothing to draw."""
    if answer is None:
        return None
    try:
        return picture(answer).markup()
    except InputError:
        return None


def _page(template: str, context: dict[str, Any], answers: Sequence[Answer], ask: str) -> str:
    """Put a page together, with the sources of all answers behind it."""
    first = answers[0].arguments
    said = [s.says for answer in answers for s in answer.sources]
    whole = {
        **context,
        "year": first.get("year"),
        "definition": first["definition"],
        "sources": list(dict.fromkeys(said)),
        "notes": list(dict.fromkeys(r for answer in answers for r in answer.remarks)),
        "command": f"clusteratlas ask {ask}",
        "style": styles("brief.css"),
    }
    return environment().get_template(template).render(whole)
