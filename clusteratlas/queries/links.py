"""Links of one node: their kinds with counts, the weightiest of a kind, and all facts of each.

The texts follow from the graph model, so that a relationship that is declared can be walked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from clusteratlas.errors import UnknownName
from clusteratlas.graph import GraphStore
from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.vocabulary.keys import label_of, parse_cluster, parse_regional_cluster
from clusteratlas.vocabulary.model import NODES, RELATIONSHIPS, Property
from clusteratlas.vocabulary.model.schema import STAMPS
from clusteratlas.vocabulary.relations import RELATIONS, SITUATED, relation_words

_BY_MONEY = frozenset({"SUPPLIES", "PLAYS_ROLE", "FUNDED_BY"})
_WEIGHTS = (
    "jobs",
    "combined",
    "percentile",
    "relatedness",
    "jaccard",
    "ami",
    "confidence",
    "share",
    "lq",
    "year",
)
"""What makes a link weighty where it is not its money: the first of these that it has."""
_SIZES = ("jobs", "population", "records", "output", "traded_clusters")
"""What makes a node weighty, where its links weigh the same."""
_IN_DEFINITION = frozenset({"Cluster", "RegionalCluster"})
"""Labels of nodes that there are of each set of definitions: a walk keeps to one set."""
_ACROSS = frozenset({"OVERLAPS", "CALLS"})
"""Links between sets of definitions."""
_HUBS = "RegionalCluster"
"""Label of nodes that are as weighty as the jobs that they are measured by."""
_EITHER_WAY = frozenset(type_ for type_, (there, back) in RELATIONS.items() if there == back)
"""Links that say the same both ways, and are stored once."""
_UNWALKED = frozenset({"Record"})
"""Labels whose keys look like another's: a page of an organization lists its records."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Links of one type and direction to nodes of one label."""

    type: str
    way: str
    """``>`` out from the node, ``<`` into it, ``-`` where it makes no difference."""
    label: str
    """Of the nodes at the other end."""

    @property
    def words(self) -> str:
        """What they say, read from the node."""
        if self.type == "LOCATED_IN" and self.label == "Organization":
            return SITUATED[self.way == "<"]
        return relation_words(self.type, along=self.way != "<")

    @property
    def id(self) -> str:
        """How a walk names it: ``SUPPLIES>Cluster``."""
        return f"{self.type}{self.way}{self.label}"

    @property
    def weight(self) -> Property | None:
        """Property that they are ordered by: of the links, or of what measures a hub."""
        of = "MEASURED" if self.measured else self.type
        known = {p.name: p for p in RELATIONSHIPS[of].properties}
        if self.type in _BY_MONEY:
            return known["usd"]
        return next((known[name] for name in _WEIGHTS if name in known), None)

    @property
    def measured(self) -> bool:
        """Whether they lead to hubs that they say nothing of."""
        return self.label == _HUBS and not RELATIONSHIPS[self.type].properties

    def pattern(self, label: str) -> str:
        """Give the pattern from a node ``n`` of a label to the others, ``m``."""
        link = f"-[r:{self.type}]-"
        arrow = {">": f"{link}>", "<": f"<{link}", "-": link}[self.way]
        return f"(n:{label} {{key: $key}}){arrow}(m:{self.label})"


@dataclass(frozen=True, slots=True)
class Counted:
    """A kind of links, and how many nodes they lead to."""

    kind: Kind
    count: int


@dataclass(frozen=True, slots=True)
class Neighbor:
    """A node at the other end."""

    key: str
    name: str
    label: str
    figure: float | None
    """Of what the links are ordered by."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One property with its value."""

    property: Property
    value: Any


class Walker:
    """Reads the links of an atlas, node by node.

    Parameters
    ----------
    atlas
        The atlas; it keeps to the edition that questions are about.
    """

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas

    @property
    def _store(self) -> GraphStore:
        return self._atlas.store

    def meant(self, text: str) -> str:
        """Give the key of the node that a key or a name means, the likeliest of several.

        Raises
        ------
        UnknownName
            If nothing goes by it.
        """
        if self.facts(text):
            return text
        hits = self._atlas.find(text, limit=1)
        if not hits:
            raise UnknownName("node", text, ())
        return hits[0].key

    def name(self, key: str) -> str:
        """Give what a node is called; its key where it has no name."""
        told = {fact.property.name: fact.value for fact in self.facts(key)}
        return str(told.get("name") or told.get("title") or key)

    def kinds(self, key: str) -> list[Counted]:
        """Count the links of a node by kind; kinds without any are left out."""
        label = label_of(key)
        found = kinds_from(label)
        texts = [
            f"MATCH {kind.pattern(label)} WHERE {_kept(kind, label)} "
            f"RETURN {n} AS kind, count(DISTINCT m.key) AS count"
            for n, kind in enumerate(found)
        ]
        text = "\nUNION ALL\n".join(texts)
        rows = self._store.read(text, self._values(text, key), name="kinds of links").rows
        counts = {row["kind"]: row["count"] for row in rows}
        return [Counted(kind, counts[n]) for n, kind in enumerate(found) if counts.get(n)]

    def linked(self, key: str, kind: Kind, limit: int) -> list[Neighbor]:
        """Give the nodes that links of a kind lead to: the weightiest first, at most ``limit``."""
        label = label_of(key)
        of = "x" if kind.measured else "r"
        figure = (
            f"max({of}.{kind.weight.name})" if kind.weight else "max(CASE WHEN false THEN 1 END)"
        )
        more = " MATCH (m)-[x:MEASURED]->(:Source)" if kind.measured else ""
        known = {p.name for p in NODES[kind.label].properties}
        size = next((f"m.{name}" for name in _SIZES if name in known), "0")
        called = "title" if "name" not in known else "name"
        text = (
            f"MATCH {kind.pattern(label)} WHERE {_kept(kind, label)}{more} "
            f"WITH m.key AS key, m.{called} AS name, {figure} AS figure, max({size}) AS size "
            "RETURN key, name, figure ORDER BY coalesce(figure, -1000000) DESC, "
            f"coalesce(size, -1) DESC, key LIMIT {int(limit)}"
        )
        rows = self._store.read(text, self._values(text, key), name="linked nodes").rows
        return [Neighbor(r["key"], r["name"] or r["key"], kind.label, r["figure"]) for r in rows]

    def facts(self, key: str) -> list[Fact]:
        """Give what is known of a node; nothing where there is no such node."""
        label = label_of(key)
        declared = (*STAMPS[:2], *NODES[label].properties)
        return self._facts(f"MATCH (n:{label} {{key: $key}})", "n", declared, {"key": key})

    def link_facts(self, key: str, kind: Kind, other: str) -> list[Fact]:
        """Give what is known of the weightiest link of a kind between two nodes."""
        declared = (*STAMPS[:2], *RELATIONSHIPS[kind.type].properties)
        text = f"MATCH {kind.pattern(label_of(key))} WHERE m.key = $other AND r.edition = $edition"
        values = {"key": key, "other": other, "edition": self._edition}
        weight = kind.weight.name if kind.weight and not kind.measured else ""
        return self._facts(text, "r", declared, values, weight)

    def _facts(
        self,
        text: str,
        of: str,
        declared: tuple[Property, ...],
        values: Mapping[str, str],
        weight: str = "",
    ) -> list[Fact]:
        returned = ", ".join(f"{of}.{p.name} AS p{n}" for n, p in enumerate(declared))
        names = [p.name for p in declared]
        order = f" ORDER BY p{names.index(weight)} DESC" if weight else ""
        statement = f"{text} RETURN {returned}{order} LIMIT 1"
        rows = self._store.read(statement, values, name="facts").rows
        found = [Fact(p, row[f"p{n}"]) for row in rows for n, p in enumerate(declared)]
        return [fact for fact in found if fact.value is not None]

    @property
    def _edition(self) -> str:
        return self._atlas.names.default_definition(self._atlas.edition).edition

    def _values(self, text: str, key: str) -> dict[str, str]:
        default = self._atlas.names.default_definition(self._atlas.edition).key
        given = {
            "key": key,
            "edition": self._edition,
            "definition": f"{_definition(key, default)}:",
        }
        return {name: value for name, value in given.items() if f"${name}" in text}


@cache
def kinds_from(label: str) -> tuple[Kind, ...]:
    """Give the kinds of links that nodes of a label can have, in the order of a walk."""
    return tuple(kind for type_ in RELATIONS for kind in _of_type(type_, label))


def _of_type(type_: str, label: str) -> Iterator[Kind]:
    found: dict[str, Kind] = {}
    for start, end in RELATIONSHIPS[type_].ends:
        for own, other, way in ((start, end, ">"), (end, start, "<")):
            if own == label and other not in _UNWALKED:
                kind = Kind(type_, "-" if type_ in _EITHER_WAY else way, other)
                found.setdefault(kind.id, kind)
    yield from found.values()


def kind_of(id_: str, label: str) -> Kind | None:
    """Give the kind that a walk names, where nodes of a label can have it."""
    return next((kind for kind in kinds_from(label) if kind.id == id_), None)


def _kept(kind: Kind, label: str) -> str:
    """Say which links count: those of the edition, and of one set of definitions."""
    kept = "r.edition = $edition"
    if kind.label in _IN_DEFINITION and kind.type not in _ACROSS and label != "Definition":
        kept += " AND m.key STARTS WITH $definition"
    return kept


def _definition(key: str, default: str) -> str:
    """Give the set of definitions that a key is of, else the default one."""
    label = label_of(key)
    if label == "RegionalCluster":
        key, label = parse_regional_cluster(key)[0], "Cluster"
    return parse_cluster(key)[0] if label == "Cluster" else default
