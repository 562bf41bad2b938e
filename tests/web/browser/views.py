"""Every view of the explorer, by the addresses that tests, screenshots and measurements open.

A new view is one line here: what it is called, its address on the shipped edition, and its address
on the tiny atlas (empty where that has nothing to show).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    """One view of the explorer.

    Parameters
    ----------
    name
        What it is called: in test ids, names of files, tables of measurements.
    shipped
        Its address on the shipped edition.
    tiny
        Its address on the tiny atlas; empty: that has nothing to show.
    pictures
        How many pictures it has at least, once all of it is there.
    status
        What the server answers.
    """

    name: str
    shipped: str
    tiny: str = ""
    pictures: int = 0
    status: int = 200


VIEWS = (
    Address("home", "/", "/"),
    Address("find", "/find?q=bost", "/find?q=harbor"),
    Address("cluster", "/cluster?cluster=wine", "/cluster?cluster=drugs", 4),
    Address("region", "/region?region=cleveland", "/region?region=boston", 4),
    Address(
        "anatomy",
        "/anatomy?cluster=biopharmaceuticals&region=boston",
        "/anatomy?cluster=drugs&region=boston",
        1,
    ),
    Address("choose", "/anatomy?cluster=wine", "/anatomy?cluster=drugs"),
    Address("list", "/anatomy?cluster=wine&region=napa&show=list"),
    Address("map", "/map?cluster=wine", "/map?cluster=drugs"),
    Address("map-states", "/map?cluster=automotive&type=state"),
    Address("map-counties", "/map?cluster=automotive&type=county"),
    Address("top-regions", "/ask/top-regions?cluster=wine", "/ask/top-regions?cluster=drugs", 1),
    Address(
        "compare",
        "/compare?region=cleveland&region=pittsburgh&region=columbus%2C+oh",
        "/compare?region=boston&region=providence",
        1,
    ),
    Address("related", "/related?cluster=wine", "/related?cluster=drugs", 1),
    Address("scorecard", "/scorecard?region=cleveland", "/scorecard?region=boston"),
    Address("definitions", "/definitions", "/definitions"),
    Address("definitions-compare", "/definitions/compare?a=reviewed&b=algorithm"),
    Address("sources", "/sources", "/sources"),
    Address("sites", "/sites?cluster=medical+devices&least_jobs=2000&least_lq=1.5"),
    Address("evidence", "/evidence", "/evidence"),
    Address(
        "trace",
        "/trace?from=massachusetts+institute+of+technology&to=moderna",
        "/trace?from=325411&to=boats",
    ),
    Address("walk", "/trace?at=biopharmaceuticals", "/trace?at=drugs", 0),
    Address("api", "/api", "/api"),
    Address("questions", "/ask", "/ask"),
    Address("form", "/ask/sites", "/ask/sites"),
    Address(
        "organization",
        "/ask/organization?organization=vertex+pharmaceuticals",
        "/ask/organization?organization=harbor+biologics+inc",
    ),
    Address(
        "cypher",
        "/cypher?text=MATCH+%28c%3ACluster%29+RETURN+c.name%2C+c.jobs+LIMIT+20",
        "/cypher?text=MATCH+%28c%3ACluster%29+RETURN+c.name%2C+c.jobs+LIMIT+20",
    ),
    Address("cypher-refused", "/cypher?text=RETURN", "/cypher?text=RETURN", status=400),
    Address("unknown", "/region?region=xyzzy", "/region?region=xyzzy", status=404),
    Address("ambiguous", "/cluster?cluster=manufacturing", "/cluster?cluster=cargo", status=400),
)
"""All views. Titles of one name are those of one view."""
