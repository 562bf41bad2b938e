"""Check an edition against its manifest and against what is declared of its columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clusteratlas.editions.store.checks import dangling, faults
from clusteratlas.editions.store.edition import Edition, content_digest
from clusteratlas.errors import EditionError
from clusteratlas.progress import Progress, Silent
from clusteratlas.vocabulary.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with an edition."""

    table: str
    """Table that it is in."""
    problem: str
    """What is wrong, with the first offender."""


def verify(edition: Edition, progress: Progress | None = None) -> list[Problem]:
    """Check every table against the manifest and against what is declared of its columns.

    Its digest is that of the manifest; it has the columns, types and keys that it should, no value
    is lacking, outside of a closed list or beyond the bounds of its unit, and every key referred to
    exists.

    Returns
    -------
    list of Problem
        Empty for a sound edition.
    """
    progress = progress or Silent()
    progress.start(f"verify {edition.key}", 2 * len(TABLES))
    problems: list[Problem] = []
    read: dict[str, pd.DataFrame] = {}
    for name, table in TABLES.items():
        progress.advance()
        facts = edition.manifest.get("tables", {}).get(name)
        if facts is None and table.later:
            continue
        if facts is None:
            problems.append(Problem(name, "the manifest does not list it"))
            continue
        try:
            read[name] = edition.table(name)
        except EditionError as exc:
            problems.append(Problem(name, exc.message))
            continue
        if content_digest(table, read[name]) != facts["content"]:
            problems.append(Problem(name, "its content is not what the manifest says"))

    def keys_of(name: str) -> pd.Series[Any] | None:
        return read[name]["key"] if name in read else None

    for name, frame in read.items():
        progress.advance()
        problems += [Problem(name, fault) for fault in faults(TABLES[name], frame)]
        problems += [Problem(name, fault) for fault in dangling(TABLES[name], frame, keys_of)]
    progress.finish(f"{len(problems)} problems")
    return problems
