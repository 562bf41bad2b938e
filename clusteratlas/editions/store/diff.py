"""What differs between two editions, from parameters down to industries that changed cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from clusteratlas.analysis.scores.agreement import best_matches, compare_sets
from clusteratlas.editions.store.edition import Edition
from clusteratlas.vocabulary.keys import codes_of, sets_of
from clusteratlas.vocabulary.tables import TABLES, Table


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference between two editions."""

    where: str
    """Table, or ``manifest``."""
    what: str
    """Key of the row or parameter, or ``rows`` for a count."""
    before: str
    """Value in the first edition."""
    after: str
    """Value in the second edition."""


def diff(before: Edition, after: Edition, *, rows: bool = False) -> list[Difference]:
    """Compare two editions: sources, parameters, row counts, and who changed cluster.

    A cluster goes on as the one that is most like it, by Jaccard; an industry has moved if it is in
    another one.

    Parameters
    ----------
    before, after
        The editions.
    rows
        Also name every row of the small tables that was added, removed or changed.

    Returns
    -------
    list of Difference
        Empty where both hold the same.
    """
    found = _manifest(before, after)
    for name, table in TABLES.items():
        a, b = (e.manifest["tables"].get(name, {}).get("content") for e in (before, after))
        if a == b:
            continue
        old, new = (_keyed(e, table) for e in (before, after))
        added, removed = new.index.difference(old.index), old.index.difference(new.index)
        both = old.index.intersection(new.index)
        same = _equal(old.loc[both], new.loc[both])
        found.append(Difference(name, "rows added", "", f"{len(added):,}"))
        found.append(Difference(name, "rows removed", f"{len(removed):,}", ""))
        found.append(Difference(name, "rows changed", "", f"{int((~same).sum()):,}"))
        if rows:
            found += [Difference(name, _text(k), "", "added") for k in added]
            found += [Difference(name, _text(k), "removed", "") for k in removed]
            found += [Difference(name, _text(k), "", "changed") for k in both[~same.to_numpy()]]
    return found + _moves(before, after)


def _manifest(before: Edition, after: Edition) -> list[Difference]:
    found = []
    for part in ("parameters", "seeds", "versions"):
        old, new = (e.manifest.get(part, {}) for e in (before, after))
        found += [
            Difference("manifest", f"{part}.{k}", _text(old.get(k)), _text(new.get(k)))
            for k in sorted(set(old) | set(new))
            if old.get(k) != new.get(k)
        ]
    digests = [
        dict(zip(e.table("sources")["key"], e.table("sources")["sha256"], strict=True))
        for e in (before, after)
    ]
    for key in sorted(set(digests[0]) | set(digests[1])):
        old, new = (d.get(key, "") for d in digests)
        if old != new:
            found.append(Difference("manifest", f"source {key}", old[:12], new[:12]))
    return found


def _keyed(edition: Edition, table: Table) -> pd.DataFrame:
    return edition.table(table.name).set_index(list(table.key))


def _equal(old: pd.DataFrame, new: pd.DataFrame) -> pd.Series[bool]:
    alike = (old == new) | (old.isna() & new.isna())
    return alike.fillna(False).all(axis=1).astype(bool)


def _moves(before: Edition, after: Edition) -> list[Difference]:
    """Say which clusters go on under another id, and which industries left their cluster."""
    found = []
    sets = [_clusters(edition) for edition in (before, after)]
    for name in sorted(set(sets[0]) & set(sets[1])):
        old, new = (one[name] for one in sets)
        if old == new or not set(old) & set(new):
            continue
        matches = best_matches(compare_sets(old, new).overlaps)
        best = {str(a): str(b) for a, b in zip(matches["a"], matches["match"], strict=True)}
        found += [
            Difference("memberships", f"{name} cluster", was, now)
            for was, now in best.items()
            if was != now
        ]
        found += [
            Difference("memberships", f"{name} {code}", old[code], new[code])
            for code in sorted(set(old) & set(new))
            if new[code] != best[old[code]]
        ]
    return found


def _clusters(edition: Edition) -> dict[str, dict[str, str]]:
    """Id of the cluster of each industry, by set."""
    members = edition.table("memberships")
    table = members.assign(set=sets_of(members["definition"]), id=codes_of(members["cluster"]))
    return {
        str(name): dict(zip(own["naics"].astype(str), own["id"].astype(str), strict=True))
        for name, own in table.groupby("set")
    }


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return " ".join(str(v) for v in value)
    return "" if value is None else str(value)
