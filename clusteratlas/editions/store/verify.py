"""Check an edition against its manifest and against what is declared of its columns."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from clusteratlas.editions.store.edition import Edition, content_digest
from clusteratlas.errors import EditionError
from clusteratlas.progress import Progress, Silent
from clusteratlas.vocabulary.columns import Column
from clusteratlas.vocabulary.tables import TABLES


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with an edition."""

    table: str
    """Table that it is in."""
    problem: str
    """What is wrong, with the first offender."""


def verify(edition: Edition, progress: Progress | None = None) -> list[Problem]:
    """Check every table against what is declared of its columns.

    Its digest is that of the manifest, every key referred to exists, and a column whose values are
    a closed list has no other.

    Returns
    -------
    list of Problem
        Empty for a sound edition.
    """
    progress = progress or Silent()
    progress.start(f"verify {edition.key}", 2 * len(TABLES))
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
    for name, table in TABLES.items():
        progress.advance()
        for column in table.columns if name not in broken else ():
            if column.refers and column.refers not in broken:
                problems += _dangling(edition, name, column)
            if column.choices:
                problems += _strange(edition, name, column)
    progress.finish(f"{len(problems)} problems")
    return problems


def _dangling(edition: Edition, name: str, column: Column) -> list[Problem]:
    values = edition.table(name)[column.name].dropna()
    lost = values[~values.isin(pd.Index(edition.table(column.refers)["key"]))]
    if lost.empty:
        return []
    text = f"{column.name} names {lost.nunique()} keys that {column.refers} lacks, first"
    return [Problem(name, f"{text} {lost.iloc[0]!r}")]


def _strange(edition: Edition, name: str, column: Column) -> list[Problem]:
    values = edition.table(name)[column.name].dropna()
    strange = values[~values.isin(column.choices)]
    if strange.empty:
        return []
    known = ", ".join(column.choices)
    return [Problem(name, f"{column.name} is {strange.iloc[0]!r}, which is none of {known}")]
