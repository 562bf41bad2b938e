"""What a statement names and the model has not: said with the name that was probably meant."""

from __future__ import annotations

import difflib
from functools import cache

from clusteratlas.graph import ddl
from clusteratlas.vocabulary.model import NODES, RELATIONSHIPS, Node, Relationship

KINDS = {
    "label": "label",
    "type": "relationship type",
    "property": "property",
}


def unknown_name(kind: str, name: str) -> str | None:
    """Say in one line that the model has no such name; None where it has.

    Parameters
    ----------
    kind
        One of `KINDS`.
    name
        As the statement spells it.
    """
    known = _names(kind)
    if name in known:
        return None
    meant = nearest_name(kind, name)
    said = f"; did you mean {meant}?" if meant else ""
    return f"the graph has no {KINDS[kind]} {name}{said}"


def nearest_name(kind: str, name: str) -> str | None:
    """Give the name of the model that was probably meant; None if none is like it."""
    by_case = {known.lower(): known for known in _names(kind)}
    near = difflib.get_close_matches(name.lower(), by_case, n=1, cutoff=0.6)
    return by_case[near[0]] if near else None


@cache
def _names(kind: str) -> frozenset[str]:
    if kind == "label":
        return frozenset(NODES)
    if kind == "type":
        return frozenset(RELATIONSHIPS)
    declared: list[Node | Relationship] = [*NODES.values(), *RELATIONSHIPS.values()]
    return frozenset(name for one in declared for name in ddl.columns(one))
