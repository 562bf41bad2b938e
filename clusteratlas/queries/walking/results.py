"""The graph in the rows of a statement: nodes and relationships, each once, and rows in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.graph.store import Entity

_STAMPS = frozenset({"_type", "edition", "load", "source", "vintage"})
_TOLD = 3
"""Properties of a relationship that a cell of a table names."""


@dataclass(frozen=True, slots=True)
class ResultNode:
    """A node in the rows."""

    id: str
    label: str
    name: str
    key: str


@dataclass(frozen=True, slots=True)
class ResultLink:
    """A relationship in the rows between two nodes of them."""

    type: str
    start: str
    end: str
    words: str
    """Its type and first properties."""


@dataclass(frozen=True, slots=True)
class ResultGraph:
    """All that the rows hold of the graph, in the order of the rows."""

    nodes: Sequence[ResultNode]
    links: Sequence[ResultLink]
    loose: int
    """Relationships that lead from or to a node that the rows do not hold."""


def result_graph(rows: Sequence[Mapping[str, Any]]) -> ResultGraph:
    """Collect the nodes and relationships of rows, those in lists and paths too."""
    nodes: dict[str, ResultNode] = {}
    links: dict[str, Entity] = {}
    for one in _entities(rows):
        if one.ends is None:
            name = entity_name(one)
            nodes.setdefault(one.id, ResultNode(one.id, one["_label"], name, one.get("key", "")))
        else:
            links.setdefault(one.id, one)
    held = [
        ResultLink(one["_type"], *one.ends, entity_words(one))
        for one in links.values()
        if one.ends is not None and nodes.keys() >= set(one.ends)
    ]
    return ResultGraph(list(nodes.values()), held, len(links) - len(held))


def _entities(value: Any) -> Iterator[Entity]:
    if isinstance(value, Entity):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _entities(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _entities(inner)


def entity_name(one: Mapping[str, Any]) -> str:
    """Give what a node is called: its name, else its title, else its key."""
    return str(one.get("name") or one.get("title") or one.get("key") or one["_label"])


def entity_words(value: Any) -> Any:
    """Write a value of a row so that it fits a cell; what is no node or relationship stays.

    A node is its name and label, a relationship its type and first properties, a path its nodes.
    """
    if isinstance(value, Entity):
        if value.ends is None:
            return f"{entity_name(value)} ({value['_label']})"
        told = [f"{k} {_figure(v)}" for k, v in value.items() if k not in _STAMPS][:_TOLD]
        return ", ".join([value["_type"], *told])
    if isinstance(value, Mapping):
        if value.keys() == {"nodes", "relationships"}:
            return " → ".join(entity_name(node) for node in value["nodes"])
        return {name: entity_words(inner) for name, inner in value.items()}
    return [entity_words(inner) for inner in value] if isinstance(value, list) else value


def _figure(value: Any) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
