"""Pages for a board: what one region has, on paper, from the answers of the atlas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clusteratlas.queries.numbers import percent_words
from clusteratlas.report.environment import environment, styles

if TYPE_CHECKING:
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
        As :meth:`Atlas.ask`.
    """
    here = atlas.ask("region", region=region, definition=definition, year=year, limit=200)
    whole, *clusters = here.rows
    context = {
        "region": whole,
        "here": here,
        "portfolio": portfolio(clusters),
        "headline": _headline(whole),
        "command": _command("region", here),
        "style": styles("brief.css"),
    }
    return environment().get_template("region.html").render(context)


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


def _command(page: str, answer: Answer) -> str:
    return f"clusteratlas ask {page} {answer.arguments['region']}"
