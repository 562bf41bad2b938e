"""What a referee asks of a cluster: its parts, why members are in it, objections, open points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from clusteratlas.analysis.linkages.combined import COMBINED
from clusteratlas.analysis.scores.checklist import ITEMS
from clusteratlas.report.panels import DRIVERS
from clusteratlas.report.tables import Row, Tables
from clusteratlas.vocabulary.tables.clusters import FAMILY_LEVEL, SUBCLUSTER_LEVEL

SEGMENTS = 7
"""Parts of a cluster that its bar shows by name; the others are one."""

DECISIONS = ("changed", "kept", "refused")


def cards(tables: Tables) -> dict[str, Row]:
    """Give the card of each cluster of the default set, by its key.

    Returns
    -------
    ``parts`` (name, jobs and share, the largest first), ``moves`` (judged ones that put an industry
    there), ``asked`` (objections to its members, and those that would have an industry in it),
    ``second`` (industries of other clusters that are nearly as related to it) and ``open`` (points
    of the checklist without an answer).
    """
    moves, asked, second = _moves(tables), _asked(tables), _second(tables)
    loose: dict[str, list[Row]] = {}
    for row in points(tables):
        if row["answer"] is None:
            loose.setdefault(row["of"], []).append(row)
    members: dict[str, list[Row]] = {}
    for member in tables.members:
        members.setdefault(member["cluster"], []).append(member)
    inside = {r["key"]: r["name"] for r in tables.of_level(SUBCLUSTER_LEVEL)}
    return {
        c["key"]: {
            "parts": _parts(tables, members.get(c["key"], []), inside),
            "moves": moves.get(c["key"], []),
            "asked": asked.get(c["key"], []),
            "second": second.get(c["key"], []),
            "open": loose.get(c["key"], []),
        }
        for c in tables.own
    }


def family_rows(tables: Tables) -> list[Row]:
    """List the families of the default set, the largest first, each with its clusters by jobs."""
    own = tables.of_level(FAMILY_LEVEL)
    total = sum(r["jobs"] or 0 for r in own)
    found = []
    for family in sorted(own, key=lambda r: (-(r["jobs"] or 0), r["key"])):
        inside = [r for r in tables.own if r["parent"] == family["key"]]
        jobs = sum(r["jobs"] or 0 for r in inside)
        found.append(
            {
                **family,
                "width": (family["jobs"] or 0) / total if total else 0.0,
                "clusters": [
                    {**r, "share": (r["jobs"] or 0) / jobs if jobs else 0.0}
                    for r in sorted(inside, key=lambda r: (-(r["jobs"] or 0), r["key"]))
                ],
            }
        )
    return found


def points(tables: Tables) -> list[Row]:
    """Points of the checklist, each with the cluster that it is of and with a title of its own."""
    parents = {r["key"]: r["parent"] for r in tables.of_level(SUBCLUSTER_LEVEL)}
    return [
        {
            **r,
            "of": parents.get(r["cluster"], r["cluster"]),
            "title": tables.six[r["what"]]["title"] if r["what"] in tables.six else r["what"],
            "means": ITEMS[r["item"]],
        }
        for r in tables.rows("findings")
        if r["cluster"].startswith(f"{tables.default}:")
    ]


def count_points(rows: list[Row]) -> list[Row]:
    """Count the points of the checklist by item: how many there are, and how many are answered."""
    every = Counter(r["item"] for r in rows)
    done = Counter(r["item"] for r in rows if r["answer"] is not None)
    return [
        {"item": item, "means": means, "count": every[item], "answered": done[item]}
        for item, means in ITEMS.items()
    ]


def answered(tables: Tables) -> list[Row]:
    """List the objections to the default set by decision, the larger industries first."""
    rows = [_titled(tables, r) for r in tables.rows("objections")]
    own = [r for r in rows if r["definition"] == tables.default]
    return sorted(own, key=lambda r: (DECISIONS.index(r["decision"]), -r["jobs"], r["naics"]))


def _titled(tables: Tables, row: Row) -> Row:
    industry = tables.industries[row["industry"]]
    return {
        **row,
        "title": industry["title"],
        "jobs": industry["jobs"] or 0,
        "is_in": tables.name_of.get(row["cluster"]),
    }


def _parts(tables: Tables, members: list[Row], inside: Mapping[str, str]) -> list[Row]:
    """Parts of a cluster by jobs: its subclusters, or the larger industries of one left whole."""
    jobs: Counter[str] = Counter()
    for member in members:
        industry = tables.industries[member["industry"]]
        jobs[inside.get(member["subcluster"] or "", industry["title"])] += industry["jobs"] or 0
    total = jobs.total()
    if not total:
        return []
    largest = sorted(jobs.items(), key=lambda p: (-p[1], p[0]))
    shown = [{"name": n, "jobs": j, "share": j / total} for n, j in largest[:SEGMENTS]]
    rest = sum(j for _, j in largest[SEGMENTS:])
    if rest:
        name = f"{len(largest) - SEGMENTS} others"
        shown.append({"name": name, "jobs": rest, "share": rest / total})
    return shown


def _moves(tables: Tables) -> dict[str, list[Row]]:
    """Judged moves by the cluster that they led to, with the linkages for and against each."""
    links: dict[tuple[str, str], Row] = {
        (r["industry"], r["cluster"]): r
        for r in tables.rows("affinities")
        if r["definition"] == tables.default
    }
    out: dict[str, list[Row]] = {}
    for member in tables.members:
        if member["moved_because"] is None:
            continue
        old = f"{tables.default}:{member['moved_from']}"
        now, then = (links.get((member["industry"], key)) for key in (member["cluster"], old))
        out.setdefault(member["cluster"], []).append(
            {
                **member,
                "title": tables.industries[member["industry"]]["title"],
                "jobs": tables.industries[member["industry"]]["jobs"] or 0,
                "old": tables.name_of.get(old, "a cluster that is gone"),
                **_sides(now, then),
            }
        )
    for rows in out.values():
        rows.sort(key=lambda r: (-r["jobs"], r["naics"]))
    return out


def _sides(now: Row | None, then: Row | None) -> dict[str, list[str]]:
    sides: dict[str, list[str]] = {"nearer": [], "farther": []}
    if now is None or then is None:
        return sides
    for name in COMBINED:
        one, other = now[name], then[name]
        if one is not None and other is not None and one != other:
            sides["nearer" if one > other else "farther"].append(DRIVERS[name])
    return sides


def _asked(tables: Tables) -> dict[str, list[Row]]:
    out: dict[str, list[Row]] = {}
    for row in answered(tables):
        for key in dict.fromkeys((row["cluster"], row["target"])):
            if key is not None:
                out.setdefault(key, []).append(row)
    return out


def _second(tables: Tables) -> dict[str, list[Row]]:
    """Industries whose second cluster it is, the nearest first."""
    home: Mapping[str, Any] = {m["industry"]: m["cluster"] for m in tables.members}
    out: dict[str, list[Row]] = {}
    for row in sorted(tables.rows("second_members"), key=lambda r: (r["gap"], r["industry"])):
        if row["definition"] == tables.default:
            own = {**row, "cluster": home[row["industry"]]}
            out.setdefault(row["cluster"], []).append(_titled(tables, own))
    return out
