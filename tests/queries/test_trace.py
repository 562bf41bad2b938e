"""Paths: strengths of links, the shortest one, the strongest ones."""

from __future__ import annotations

import itertools
import math

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.questions.regions.trace.question import (
    HOP,
    MOST_LINKS,
    Edge,
    link_graph,
    paths,
    sentence,
)


def edge(a: str, b: str, z: float = 1.0, link: str = "RELATED_TO", detail: str = "") -> Edge:
    return Edge(link, a, a.upper(), b, b.upper(), z, 1500.0, detail, "file")


def test_sentences_name_both_ends_and_the_figure() -> None:
    said = sentence(Edge("SUPPLIES", "a", "Steel", "b", "Cars", 0.12, 2500.0, "inputs", "f"))
    assert said == "Steel sells 2,500 million USD a year to Cars: 12% of what it buys"
    said = sentence(Edge("LOCATED_IN", "a", "Cars", "b", "Detroit", 6.0, 9e4, "strong", "f"))
    assert said == "Cars is a strong cluster in Detroit: location quotient 6.00, 90,000 jobs"
    said = sentence(Edge("ADJACENT_TO", "a", "Maine", "b", "Quebec", 0.0, 0.0, "", "f"))
    assert said == "Maine borders on Quebec"


def test_fewest_links_first_then_the_strongest() -> None:
    # a-b directly but weakly; a-x-b strongly: .9 * .9 * e^-1 = .298 beats .2 * e^-.5 = .121.
    graph = link_graph([edge("a", "b", 0.25), edge("a", "x", 9.0), edge("x", "b", 9.0)])
    assert paths(graph, "a", "b", 3) == [("shortest", ["a", "b"]), ("strongest", ["a", "x", "b"])]


def test_of_equally_short_paths_the_stronger_one() -> None:
    weak = [edge("a", "x", 0.5), edge("x", "b", 0.5)]
    strong = [edge("a", "y", 2.0), edge("y", "b", 2.0)]
    assert paths(link_graph([*weak, *strong]), "a", "b", 1)[0] == ("shortest", ["a", "y", "b"])


def test_paths_do_not_go_round_a_direct_link() -> None:
    graph = link_graph([edge("a", "x"), edge("x", "b"), edge("a", "z", 9.0), edge("z", "x", 9.0)])
    assert paths(graph, "a", "b", 5) == [("shortest", ["a", "x", "b"])]


def test_no_path_and_the_same_end() -> None:
    graph = link_graph([edge("a", "b"), edge("c", "d")])
    assert paths(graph, "a", "c", 3) == []
    assert paths(graph, "a", "a", 3) == []
    assert paths(graph, "a", "nowhere", 3) == []


def test_a_chain_longer_than_the_most_links_is_no_path() -> None:
    names = [f"n{i}" for i in range(MOST_LINKS + 2)]
    chain = link_graph(edge(a, b) for a, b in itertools.pairwise(names))
    assert paths(chain, names[0], names[-1], 3) == []
    assert len(paths(chain, names[0], names[-2], 3)) == 1


def test_of_several_links_between_two_the_strongest_stays() -> None:
    both = [edge("a", "b", 0.5), edge("b", "a", 99.0, "LINKED_TO")]
    assert link_graph(both).edges["a", "b"]["edge"].link == "LINKED_TO"
    assert "a" not in link_graph([edge("a", "b", -2.0), edge("c", "c", 5.0)])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 7), st.integers(0, 7), st.floats(0.1, 20)), min_size=1, max_size=20
    ),
    st.integers(1, 4),
)
def test_paths_are_simple_ordered_and_best(drawn: list[tuple[int, int, float]], count: int) -> None:
    graph = link_graph(edge(str(a), str(b), z) for a, b, z in drawn if a != b)
    found = paths(graph, "0", "1", count)
    if not found:
        assert "0" not in graph or "1" not in graph or _far(graph)
        return
    for _, nodes in found:
        assert len(set(nodes)) == len(nodes) <= MOST_LINKS + 1
        assert nx.is_path(graph, nodes)
    assert len(found[0][1]) - 1 == nx.shortest_path_length(graph, "0", "1")
    costs = [_cost(graph, nodes) for kind, nodes in found if kind == "strongest"]
    assert costs == sorted(costs)
    best = nx.dijkstra_path_length(graph, "0", "1", weight="cost")
    assert min(_cost(graph, nodes) for _, nodes in found) >= best - 1e-9


def _far(graph: nx.Graph[str]) -> bool:
    return not nx.has_path(graph, "0", "1") or nx.shortest_path_length(graph, "0", "1") > MOST_LINKS


def _cost(graph: nx.Graph[str], nodes: list[str]) -> float:
    links = [graph.edges[pair]["strength"] for pair in itertools.pairwise(nodes)]
    return sum(HOP - math.log(s) for s in links)


def test_industry_to_cluster(atlas: Atlas) -> None:
    answer = atlas.ask("trace", a="325411", b="boats")
    first = [r for r in answer.rows if r.path == 1]
    assert [(r.link, r.end_name) for r in first] == [("MEMBER_OF", "Drugs"), ("LINKED_TO", "Boats")]
    assert first[0].sentence == "Medicinal Manufacturing is a core member of the cluster Drugs"
    assert "more related than 95 % of all pairs, most of all by trade" in first[1].sentence
    assert answer.remarks[0].startswith("Medicinal Manufacturing and Boats are 2 links apart")


@pytest.mark.parametrize(
    ("a", "b", "links"),
    [
        ("drugs", "boston", ["LOCATED_IN"]),
        ("boston", "providence", ["ADJACENT_TO"]),
        ("county:25017", "rhode island", ["PART_OF", "ADJACENT_TO"]),
        ("county:25017", "state:25", ["PART_OF"]),
        ("325", "drugs", ["PART_OF", "MEMBER_OF"]),
        ("336611", "providence", ["PRESENT_IN"]),
        ("local retail", "drugs", ["SUPPLIES"]),
        ("325411", "325412", ["RELATED_TO"]),
    ],
)
def test_ends_of_any_kind(a: str, b: str, links: list[str], atlas: Atlas) -> None:
    answer = atlas.ask("trace", a=a, b=b)
    assert [r.link for r in answer.rows if r.path == 1] == links
    assert all(0 < r.strength <= 1 and r.sentence for r in answer.rows)


def test_unconnected_ends_say_so(atlas: Atlas) -> None:
    answer = atlas.ask("trace", a="naics2012:541711", b="drugs")
    assert answer.rows == []
    assert answer.remarks[0].startswith("no path of at most 6 links connects Biotech R&D")
