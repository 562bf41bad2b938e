"""How two things are connected: the shortest and the strongest paths, link by link."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

from clusteratlas.analysis.linkages.link_strength import link_strength
from clusteratlas.queries.language.question import Context, Param, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column
from clusteratlas.queries.questions.shared.parameters import DEFINITION, END_A, END_B

if TYPE_CHECKING:
    import networkx as nx

MOST_LINKS = 6
"""Links that a path may have; longer ones explain nothing."""

HOP = 0.5
"""Cost of one more link beside what its strength costs: it weakens a path by e^-0.5, to 0.61."""

CANDIDATES = 60
"""Paths that are looked at, so that the search ends soon in any graph."""


@dataclass(frozen=True, slots=True)
class Edge:
    """Read row of every part: one link between two named nodes."""

    link: str
    a: str
    a_name: str
    b: str
    b_name: str
    figure: float
    second: float
    detail: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceRow:
    """One step of one path."""

    path: int = column("number of the path: 1 is the one with the fewest links")
    kind: str = column("shortest, or strongest")
    step: int = column("number of the step in the path")
    start: str = column("key that the step starts from")
    start_name: str = column("its name")
    link: str = column("type of the relationship")
    end: str = column("key that the step leads to")
    end_name: str = column("its name")
    strength: float = column("strength of the link", "0..1")
    sentence: str = column("the step in words")
    source: str = column("file behind the link")


def sentence(edge: Edge) -> str:
    """Put a link in words, as the graph has it (from ``a`` to ``b``)."""
    a, b, x = edge.a_name, edge.b_name, edge.figure
    match edge.link:
        case "MEMBER_OF":
            return f"{a} is a {edge.detail} member of the cluster {b}"
        case "RELATED_TO":
            return f"{a} and {b} are related: {x:.1f} standard deviations above the average pair"
        case "LINKED_TO":
            return (
                f"the clusters {a} and {b} are more related than {x:.0f} % of all pairs, "
                f"most of all by {_LINKAGE.get(edge.detail, edge.detail)}"
            )
        case "SUPPLIES":
            whose = (
                f"{x:.0%} of what it buys" if edge.detail == "inputs" else f"{x:.0%} of its sales"
            )
            return f"{a} sells {edge.second:,.0f} million USD a year to {b}: {whose}"
        case "LOCATED_IN":
            word = "a strong cluster" if edge.detail == "strong" else "a cluster"
            return f"{a} is {word} in {b}: location quotient {x:.2f}, {edge.second:,.0f} jobs"
        case "PRESENT_IN":
            return f"{a} is concentrated in {b}: location quotient {x:.2f}, {edge.second:,.0f} jobs"
        case "PART_OF":
            return f"{a} {'lies in' if edge.detail == 'region' else 'is part of'} {b}"
        case "CLASSIFIED_AS":
            return f"{a} belongs to {b}, by {edge.detail} (confidence {x:.2f})"
        case "TAKES_PART_IN":
            return f"{a} takes part in {b}: {edge.detail}"
        case "SITUATED_IN":
            return f"{a} is in {b}" + (f" ({edge.detail})" if edge.detail != b else "")
        case "OWNED_BY" | "UNIT_OF" | "PARTNER_OF" | "SUCCEEDED_BY" | "FUNDED_BY":
            money = f", {edge.second:,.0f} USD" if edge.second else ""
            return f"{a} {_VERB[edge.link]} {b}{money}: {edge.detail}"
        case _:
            return f"{a} borders on {b}"


_VERB = {
    "OWNED_BY": "is owned by",
    "UNIT_OF": "is a part of",
    "PARTNER_OF": "is related to",
    "SUCCEEDED_BY": "was succeeded by",
    "FUNDED_BY": "is funded by",
}


_LINKAGE = {
    "lc_emp": "co-location of employment",
    "lc_est": "co-location of establishments",
    "io": "trade",
    "occ": "shared occupations",
    "coi": "coagglomeration",
}


def link_graph(edges: Iterable[Edge]) -> nx.Graph[str]:
    """Undirected graph that keeps, of several links between two nodes, the strongest one."""
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    for edge in edges:
        strength = link_strength(edge.link, edge.figure, edge.second, edge.detail)
        if strength <= 0 or edge.a == edge.b:
            continue
        graph.add_node(edge.a, name=edge.a_name)
        graph.add_node(edge.b, name=edge.b_name)
        known = graph.get_edge_data(edge.a, edge.b)
        if known is None or strength > known["strength"]:
            cost = HOP - math.log(strength)
            graph.add_edge(edge.a, edge.b, edge=edge, strength=strength, cost=cost)
    return graph


def paths(graph: nx.Graph[str], a: str, b: str, count: int) -> list[tuple[str, list[str]]]:
    """Find the path with the fewest links, then the strongest ones (Yen's algorithm, loopless).

    Among paths with the fewest links the strongest is taken. The cost of a link is
    ``HOP - ln(strength)``, so the strongest path has the largest product of strengths, weakened
    for each link. Left out are paths of more than ``MOST_LINKS`` links and those that go round a
    direct link between two of their nodes: they add nothing to the path that takes it.

    Returns
    -------
    list of (str, list of str)
        Kind and nodes of each path; empty if the two are not connected.
    """
    import networkx as nx

    if a not in graph or b not in graph or a == b:
        return []
    near = _near(graph, a, b)
    if b not in near:
        return []
    # A constant that dwarfs every difference in strength makes the fewest links come first.
    fewest = nx.dijkstra_path(near, a, b, weight=lambda _u, _v, d: 1000.0 + d["cost"])
    found = [("shortest", fewest)]
    for nodes in islice(nx.shortest_simple_paths(near, a, b, weight="cost"), CANDIDATES):
        if len(found) > count:
            break
        if len(nodes) - 1 <= MOST_LINKS and nodes != fewest and not _goes_round(near, nodes):
            found.append(("strongest", nodes))
    return found


def _goes_round(graph: nx.Graph[str], nodes: Sequence[str]) -> bool:
    """Whether two nodes of a path that are not neighbors in it, its ends aside, are linked."""
    last = len(nodes) - 1
    return any(
        graph.has_edge(nodes[i], nodes[j])
        for i in range(last - 1)
        for j in range(i + 2, last + 1)
        if (i, j) != (0, last)
    )


def _near(graph: nx.Graph[str], a: str, b: str) -> nx.Graph[str]:
    """Part of the graph that a path of at most ``MOST_LINKS`` links can touch."""
    import networkx as nx

    from_a = nx.single_source_shortest_path_length(graph, a, cutoff=MOST_LINKS)
    from_b = nx.single_source_shortest_path_length(graph, b, cutoff=MOST_LINKS)
    keep = [n for n in from_a if from_a[n] + from_b.get(n, MOST_LINKS + 1) <= MOST_LINKS]
    return graph.subgraph(keep)


def _trace(read: Read, context: Context) -> list[Any]:
    graph = link_graph(edge for part in TRACE_PARTS for edge in read[part.read_as])
    a, b = context.arguments["a"], context.arguments["b"]
    rows = []
    for number, (kind, nodes) in enumerate(paths(graph, a, b, context.arguments["paths"]), 1):
        for step, (u, v) in enumerate(pairwise(nodes), 1):
            link = graph.edges[u, v]
            rows.append(
                TraceRow(
                    path=number,
                    kind=kind,
                    step=step,
                    start=u,
                    start_name=graph.nodes[u]["name"],
                    link=link["edge"].link,
                    end=v,
                    end_name=graph.nodes[v]["name"],
                    strength=round(link["strength"], 6),
                    sentence=sentence(link["edge"]),
                    source=link["edge"].source,
                )
            )
    return rows


def _notes(rows: Sequence[Any], context: Context) -> list[str]:
    first, second = context.names["a"], context.names["b"]
    if not rows:
        return [f"no path of at most {MOST_LINKS} links connects {first} and {second}"]
    links = sum(r.path == 1 for r in rows)
    return [
        f"{first} and {second} are {links} link{'s' * (links > 1)} apart; then the strongest paths"
    ]


TRACE_PARTS = (
    *(Part(f"trace.{stem}", Edge) for stem in ("members", "links", "flows", "parts")),
    *(
        Part(f"trace.ties-{stem}", Edge, f"ties {stem} {end}", (("key", end),))
        for stem in ("near", "far", "members")
        for end in ("a", "b")
    ),
    Part("trace.places", Edge, "places a", END_A),
    Part("trace.places", Edge, "places b", END_B),
    Part("trace.presence", Edge, "presence a", END_A),
    Part("trace.presence", Edge, "presence b", END_B),
    *(Part(f"trace.{stem}", Edge) for stem in ("wholes", "above", "borders")),
    *(
        Part(f"trace.org-{stem}", Edge, f"organization {stem} {end}", (("key", end),))
        for stem in ("industries", "roles", "places", "home", "out", "in", "above", "seat")
        for end in ("a", "b")
    ),
)

_END = Param(
    "any",
    "industry, cluster, region or organization",
    labels=("Cluster", "Industry", "Region", "Organization"),
)

trace = Question(
    id="trace",
    order=130,
    words="How are these two connected: by the shortest path, and by the strongest ones?",
    row=TraceRow,
    params={
        "a": _END,
        "b": _END,
        "paths": Param(
            "number",
            "strongest paths beside the shortest one",
            required=False,
            default=3,
            in_query=False,
        ),
        "definition": DEFINITION,
    },
    counted="industries and clusters that paths may lead through",
    parts=TRACE_PARTS,
    shape=_trace,
    notes=_notes,
    picture=Picture("network", "{a} and {b}", color="kind", size="strength", label="sentence"),
    examples=(
        {"a": "biopharma", "b": "boston"},
        {"a": "325414", "b": "334510"},
        {"a": "boston", "b": "san diego"},
    ),
)
