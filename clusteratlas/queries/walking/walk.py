"""A walk through the graph: from one node to its links, and on from any node that they lead to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clusteratlas.errors import InputError
from clusteratlas.queries.links import Counted, Fact, Kind, Neighbor, Walker, kind_of
from clusteratlas.vocabulary.keys import label_of

FIRST = 6
"""Nodes that a kind of links shows at first, and so many more each time."""
MOST_OPEN = 12
"""Nodes whose links are shown at a time."""
MOST_OF_A_KIND = 60
"""Nodes that a kind of links shows at most; the statement beside the walk gives all."""


@dataclass(frozen=True, slots=True)
class ShownKind:
    """A kind of links of a node, so many of which are shown."""

    key: str
    kind: str
    """Id of the kind."""
    count: int


@dataclass(frozen=True, slots=True)
class Steps:
    """Where a walk has led: all of its state."""

    at: str
    """Key of the node where it begins."""
    open: tuple[str, ...] = ()
    """Keys of further nodes whose kinds of links are shown."""
    show: tuple[ShownKind, ...] = ()
    see: str = ""
    """Key of the node that is told about; empty: the one where it begins."""

    def __post_init__(self) -> None:
        if len(self.open) >= MOST_OPEN:
            raise InputError(
                f"a walk has at most {MOST_OPEN} nodes open", hint="close one that you have seen"
            )
        if any(not 1 <= one.count <= MOST_OF_A_KIND for one in self.show):
            raise InputError(f"a walk shows 1 to {MOST_OF_A_KIND} links of a kind")


@dataclass(frozen=True, slots=True)
class Spot:
    """A node of a walk."""

    linked: Neighbor
    path: str
    """Which place it is, among several where one node may stand."""
    open: bool
    again: bool
    """It stands above already: it is not opened twice."""
    ways: Sequence[Way] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """A kind of links of a node of a walk, with the nodes that are shown."""

    counted: Counted
    path: str
    spots: Sequence[Spot]

    @property
    def more(self) -> int:
        """Nodes that can be shown beside those that are."""
        return min(self.counted.count, MOST_OF_A_KIND) - len(self.spots) if self.spots else 0


@dataclass(frozen=True, slots=True)
class Walk:
    """All that a walk shows."""

    root: Spot
    seen: Neighbor
    facts: Sequence[Fact]
    """Of the node that is told about."""
    by: Kind | None
    """How it is linked to the node before it; None for the first."""
    before: str
    """Name of that node."""
    link_facts: Sequence[Fact]


def walked(walker: Walker, steps: Steps) -> Walk:
    """Read what a walk shows.

    Raises
    ------
    InputError
        If it shows a kind of links that the node cannot have.
    UnknownName
        If there is no such node.
    """
    start = Neighbor(steps.at, walker.name(steps.at), label_of(steps.at), None)
    reading = _Reading(walker, steps)
    root = reading.spot(start, "")
    if steps.see not in reading.met:
        return Walk(root, start, walker.facts(steps.at), None, "", ())
    seen, by, before = reading.met[steps.see]
    told = walker.link_facts(before.key, by, seen.key)
    return Walk(root, seen, walker.facts(seen.key), by, before.name, told)


class _Reading:
    def __init__(self, walker: Walker, steps: Steps) -> None:
        self._walker = walker
        self._open = {steps.at, *steps.open}
        self._shown: dict[str, dict[str, int]] = {}
        for one in steps.show:
            self._shown.setdefault(one.key, {})[one.kind] = one.count
        self._drawn: set[str] = set()
        self.met: dict[str, tuple[Neighbor, Kind, Neighbor]] = {}
        """Nodes beside the first: by which link, from which node."""

    def spot(self, linked: Neighbor, path: str) -> Spot:
        key, here = linked.key, f"{path}/{linked.key}"
        again = key in self._drawn
        self._drawn.add(key)
        if again or key not in self._open:
            return Spot(linked, here, False, again)
        wanted = dict(self._shown.get(key, {}))
        ways = []
        nexts: list[tuple[Counted, list[Neighbor]]] = []
        for counted in self._walker.kinds(key):
            count = wanted.pop(counted.kind.id, 0)
            nexts.append((counted, self._walker.linked(key, counted.kind, count) if count else []))
        self._refuse(wanted, linked.label)
        for counted, others in nexts:
            for other in others:
                self.met.setdefault(other.key, (other, counted.kind, linked))
            way = f"{here}/{counted.kind.id}"
            ways.append(Way(counted, way, [self.spot(other, way) for other in others]))
        return Spot(linked, here, True, False, ways)

    def _refuse(self, unused: dict[str, int], label: str) -> None:
        for id_ in unused:
            if kind_of(id_, label) is None:
                raise InputError(
                    f"a node of the label {label} has no links {id_!r}",
                    hint="a walk names them as in SUPPLIES>Cluster",
                )
