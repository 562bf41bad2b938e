"""Paths between two nodes over links of all kinds: the one with the fewest links, the strongest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra, yen

MOST_LINKS = 6
"""Links that a path may have; longer ones explain nothing."""

HOP = 0.5
"""Cost of one more link beside what its strength costs: it weakens a path by e^-0.5, to 0.61."""

CANDIDATES = 60
"""Paths that are looked at, so that the search ends soon in any graph."""

_FEWEST = 1000.0
"""Cost of a link that dwarfs every difference in strength, so that the fewest links come first."""

Pair = tuple[str, str]


def shortest_and_strongest(
    strengths: Mapping[Pair, float], a: str, b: str, count: int, most: int = MOST_LINKS
) -> list[tuple[str, list[str]]]:
    """Find the path with the fewest links, then the strongest ones (Yen 1971, without loops).

    Among paths with the fewest links the strongest is taken. The cost of a link is
    ``HOP - ln(strength)``, so the strongest path has the largest product of strengths, weakened
    for each link. Left out are paths of more than ``most`` links and those that go round a
    direct link between two of their nodes: they add nothing to the path that takes it.

    Parameters
    ----------
    strengths
        Strength of each link, in (0, 1], by its two nodes in either order, each pair once.
    a, b
        Ends of the paths.
    count
        Paths beside the one with the fewest links.
    most
        Links that a path may have.

    Returns
    -------
    list of (str, list of str)
        Kind (shortest or strongest) and nodes of each path; empty if the two are not connected by
        at most ``most`` links, or are the same.

    References
    ----------
    Yen, J. Y. (1971). Finding the K shortest loopless paths in a network. Management Science 17.
    """
    nodes = sorted({n for pair in strengths for n in pair})
    at = {node: k for k, node in enumerate(nodes)}
    if a not in at or b not in at or a == b:
        return []
    hops = _symmetric(at, dict.fromkeys(strengths, 1.0))
    ends = dijkstra(hops, directed=False, indices=[at[a], at[b]], limit=most)
    near = {nodes[k] for k in np.flatnonzero(ends.sum(axis=0) <= most)}
    if b not in near:
        return []
    costs = {p: HOP - float(np.log(s)) for p, s in strengths.items() if near.issuperset(p)}
    fewest = next(_paths({p: _FEWEST + cost for p, cost in costs.items()}, a, b, 1))
    linked = {frozenset(pair) for pair in costs}
    found = [("shortest", fewest)]
    for path in _paths(costs, a, b, CANDIDATES):
        if len(found) > count:
            break
        if len(path) - 1 <= most and path != fewest and not _goes_round(linked, path):
            found.append(("strongest", path))
    return found


def _paths(costs: Mapping[Pair, float], a: str, b: str, most: int) -> Iterator[list[str]]:
    """Give paths from the cheapest on; twice as many are sought each time that more are wanted."""
    nodes = sorted({n for pair in costs for n in pair})
    at = {node: k for k, node in enumerate(nodes)}
    graph = _symmetric(at, costs)
    given, sought = 0, min(8, most)
    while True:
        lengths, before = yen(graph, at[a], at[b], sought, return_predecessors=True)
        for k in range(given, len(lengths)):
            path = [at[b]]
            while path[-1] != at[a]:
                path.append(int(before[k, path[-1]]))
            yield [nodes[n] for n in reversed(path)]
        if len(lengths) < sought or sought == most:
            return
        given, sought = sought, min(2 * sought, most)


def _symmetric(at: Mapping[str, int], values: Mapping[Pair, float]) -> csr_array:
    one = np.array([at[a] for a, _ in values], dtype=np.int32)
    other = np.array([at[b] for _, b in values], dtype=np.int32)
    data = np.fromiter(values.values(), dtype=float, count=len(values))
    rows, columns = np.concatenate([one, other]), np.concatenate([other, one])
    return csr_array((np.concatenate([data, data]), (rows, columns)), shape=(len(at), len(at)))


def _goes_round(linked: set[frozenset[str]], path: Sequence[str]) -> bool:
    """Whether two nodes of a path that are not neighbors in it, its ends aside, are linked."""
    beside = {frozenset(pair) for pair in (*pairwise(path), (path[0], path[-1]))}
    return any(p in linked and p not in beside for p in map(frozenset, combinations(path, 2)))
