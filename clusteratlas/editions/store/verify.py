"""Check an edition against its manifest and against itself."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from clusteratlas.editions.store.edition import Edition, content_digest
from clusteratlas.errors import EditionError
from clusteratlas.progress import Progress, Silent
from clusteratlas.vocabulary.tables import TABLES

_REFERENCES: tuple[tuple[str, str, str], ...] = (
    ("industries", "parent", "industries"),
    ("industries", "sector", "sectors"),
    ("successions", "from_key", "industries"),
    ("successions", "to_key", "industries"),
    ("sector_flows", "seller", "sectors"),
    ("sector_flows", "buyer", "sectors"),
    ("industry_occupations", "industry", "industries"),
    ("industry_occupations", "occupation", "occupations"),
    ("relatedness", "a", "industries"),
    ("relatedness", "b", "industries"),
    ("region_parts", "part", "regions"),
    ("region_parts", "whole", "regions"),
    ("region_neighbors", "a", "regions"),
    ("region_neighbors", "b", "regions"),
    ("scores", "definition", "definitions"),
    ("evaluations", "definition", "definitions"),
    ("clusters", "definition", "definitions"),
    ("memberships", "definition", "definitions"),
    ("memberships", "industry", "industries"),
    ("memberships", "cluster", "clusters"),
    ("memberships", "next_cluster", "clusters"),
    ("outliers", "definition", "definitions"),
    ("cluster_links", "a", "clusters"),
    ("cluster_links", "b", "clusters"),
    ("memberships", "subcluster", "subclusters"),
    ("affinities", "definition", "definitions"),
    ("affinities", "industry", "industries"),
    ("affinities", "cluster", "clusters"),
    ("subclusters", "cluster", "clusters"),
    ("agreements", "a", "definitions"),
    ("agreements", "b", "definitions"),
    ("overlaps", "a", "clusters"),
    ("overlaps", "b", "clusters"),
    ("cluster_flows", "seller", "clusters"),
    ("cluster_flows", "buyer", "clusters"),
    ("cluster_occupations", "cluster", "clusters"),
    ("cluster_occupations", "occupation", "occupations"),
    ("region_profiles", "definition", "definitions"),
    ("region_profiles", "region", "regions"),
    ("measures", "cluster", "clusters"),
    ("measures", "region", "regions"),
    ("floors", "cluster", "clusters"),
    ("presence", "industry", "industries"),
    ("presence", "region", "regions"),
    ("organizations", "place", "regions"),
    ("organizations", "industry", "industries"),
    ("records", "organization", "organizations"),
    ("records", "register", "registers"),
    ("records", "county", "regions"),
    ("organization_industries", "organization", "organizations"),
    ("organization_industries", "industry", "industries"),
    ("organization_links", "start", "organizations"),
    ("organization_links", "end", "organizations"),
    ("cluster_roles", "cluster", "clusters"),
    ("cluster_roles", "industry", "industries"),
    ("participations", "organization", "organizations"),
    ("participations", "cluster", "clusters"),
    ("participations", "region", "regions"),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with an edition."""

    table: str
    """Table in which it stands."""
    problem: str
    """What is wrong, with the first offender."""


def verify(edition: Edition, progress: Progress | None = None) -> list[Problem]:
    """Check every table: digest, columns, and that every key referred to exists.

    Returns
    -------
    list of Problem
        Empty for a sound edition.
    """
    progress = progress or Silent()
    progress.start(f"verify {edition.key}", len(TABLES) + len(_REFERENCES))
    problems: list[Problem] = []
    for name, table in TABLES.items():
        progress.advance()
        facts = edition.manifest.get("tables", {}).get(name)
        if facts is None:
            problems.append(Problem(name, "the manifest does not list it"))
            continue
        try:
            content = content_digest(table, edition.table(name))
        except EditionError as exc:
            problems.append(Problem(name, exc.message))
        except KeyError as exc:
            problems.append(Problem(name, f"column {exc} is missing"))
        else:
            if content != facts["content"]:
                problems.append(Problem(name, "its content is not what the manifest says"))
    broken = {p.table for p in problems}
    for name, column, target in _REFERENCES:
        progress.advance()
        if not broken & {name, target}:
            problems += _dangling(edition, name, column, target)
    for name, table in TABLES.items():
        if name not in broken and "sources" not in broken and "source" in table.names:
            problems += _dangling(edition, name, "source", "sources") if name != "sources" else []
    progress.finish(f"{len(problems)} problems")
    return problems


def _dangling(edition: Edition, name: str, column: str, target: str) -> list[Problem]:
    values = edition.table(name)[column].dropna()
    known = pd.Index(edition.table(target)["key"])
    lost = values[~values.isin(known)]
    if lost.empty:
        return []
    text = f"{column} names {lost.nunique()} keys that {target} lacks, first {lost.iloc[0]!r}"
    return [Problem(name, text)]
