"""Paths over links of all kinds: the fewest links first, then the strongest, none roundabout."""

from __future__ import annotations

import math
from itertools import islice, pairwise

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusteratlas.analysis.linkages.paths import (
    CANDIDATES,
    HOP,
    MOST_LINKS,
    shortest_and_strongest,
)

Links = dict[tuple[str, str], float]


def test_fewest_links_first_then_the_strongest() -> None:
    # a-b directly but weakly; a-x-b strongly: .9 * .9 * e^-1 = .298 beats .2 * e^-.5 = .121.
    links = {("a", "b"): 0.2, ("a", "x"): 0.9, ("b", "x"): 0.9}
    assert shortest_and_strongest(links, "a", "b", 3) == [
        ("shortest", ["a", "b"]),
        ("strongest", ["a", "x", "b"]),
    ]


def test_of_equally_short_paths_the_stronger_one() -> None:
    links = {("a", "x"): 0.3, ("x", "b"): 0.3, ("a", "y"): 0.6, ("y", "b"): 0.6}
    assert shortest_and_strongest(links, "a", "b", 1)[0] == ("shortest", ["a", "y", "b"])


def test_paths_do_not_go_round_a_direct_link() -> None:
    links = {("a", "x"): 0.5, ("x", "b"): 0.5, ("a", "z"): 0.9, ("z", "x"): 0.9}
    assert shortest_and_strongest(links, "a", "b", 5) == [("shortest", ["a", "x", "b"])]


def test_the_ends_themselves_may_be_linked() -> None:
    links = {("a", "b"): 0.1, ("a", "x"): 0.9, ("x", "b"): 0.9}
    assert len(shortest_and_strongest(links, "a", "b", 5)) == 2


@pytest.mark.parametrize(("a", "b"), [("a", "c"), ("a", "a"), ("a", "nowhere"), ("nowhere", "a")])
def test_no_path_and_the_same_end(a: str, b: str) -> None:
    assert shortest_and_strongest({("a", "b"): 0.5, ("c", "d"): 0.5}, a, b, 3) == []
    assert shortest_and_strongest({}, a, b, 3) == []


def test_a_chain_longer_than_the_most_links_is_no_path() -> None:
    names = [f"n{i}" for i in range(MOST_LINKS + 2)]
    chain = dict.fromkeys(pairwise(names), 0.5)
    assert shortest_and_strongest(chain, names[0], names[-1], 3) == []
    assert len(shortest_and_strongest(chain, names[0], names[-2], 3)) == 1


def test_more_paths_than_are_sought_at_first() -> None:
    """Twenty ways over one node each, the stronger ones first."""
    links: Links = {}
    for k in range(20):
        links |= {("a", f"x{k:02}"): 0.9 - k / 100, (f"x{k:02}", "b"): 0.9}
    found = shortest_and_strongest(links, "a", "b", 19)
    assert [nodes[1] for _, nodes in found] == [f"x{k:02}" for k in range(20)]


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda p: p[0] < p[1]),
        st.floats(0.01, 1.0),
        min_size=1,
        max_size=24,
    ),
    st.integers(1, 5),
)
def test_as_another_library_finds_them(drawn: dict[tuple[int, int], float], count: int) -> None:
    links = {(str(a), str(b)): strength for (a, b), strength in drawn.items()}
    graph: nx.Graph[str] = nx.Graph()
    for (a, b), strength in links.items():
        graph.add_edge(a, b, cost=HOP - math.log(strength))
    found = shortest_and_strongest(links, "0", "1", count)
    joined = "0" in graph and "1" in graph and nx.has_path(graph, "0", "1")
    if not joined or nx.shortest_path_length(graph, "0", "1") > MOST_LINKS:
        assert found == []
        return
    (kind, fewest), *others = found
    assert kind == "shortest"
    assert len(fewest) - 1 == nx.shortest_path_length(graph, "0", "1")
    every = islice(nx.shortest_simple_paths(graph, "0", "1", weight="cost"), CANDIDATES)
    wanted = [
        nx.path_weight(graph, nodes, "cost")
        for nodes in every
        if len(nodes) <= MOST_LINKS + 1 and nodes != fewest and not goes_round(graph, nodes)
    ]
    costs = [nx.path_weight(graph, nodes, "cost") for _, nodes in others]
    assert costs == pytest.approx(wanted[:count])
    assert all(len(set(nodes)) == len(nodes) for _, nodes in found)


def goes_round(graph: nx.Graph[str], nodes: list[str]) -> bool:
    last = len(nodes) - 1
    return any(
        graph.has_edge(nodes[i], nodes[j])
        for i in range(last - 1)
        for j in range(i + 2, last + 1)
        if (i, j) != (0, last)
    )
