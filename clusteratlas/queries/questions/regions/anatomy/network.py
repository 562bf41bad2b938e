"""The anatomy of a cluster in a region as a network, with measures of its nodes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clusteratlas.queries.language.texts import cypher

if TYPE_CHECKING:
    import networkx as nx

    from clusteratlas.queries.atlas.library import Atlas

LINK_TEXTS = ("graph.classified", "graph.links", "graph.related")
"""Reads of the links among the shown industries and organizations."""
NODE_FACTS = (
    *("presence", "jobs", "jobs_low", "jobs_high", "lq", "certainty", "mark", "cluster"),
    *("detail", "city", "state", "size", "size_unit", "registers"),
)
"""What a node tells of itself, beside its name and section."""
HUB_FACTS = ("million_usd", "share", "relatedness", "evidence", "source")
"""What the link of an industry or organization to the cluster tells."""
UNITS = {
    "jobs": "employees",
    "million_usd": "million USD a year, nation",
    "usd": "USD",
    "relatedness": "standard deviations from the mean of all pairs",
    "share": "0 to 1",
    "confidence": "0 to 1",
    "lq": "1 is as the nation",
}
"""Units of the figures, by name; a file has them among what it says of itself."""
_WITHOUT = frozenset({"occupation", "related cluster"})
"""Sections that are neither industries nor organizations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeRow:
    """One node of an anatomy's network, and how it sits in it."""

    key: str
    name: str
    section: str
    links: int
    """Links, in and out."""
    betweenness: float
    """Share of the shortest paths between other nodes that lead through it."""
    bridges: int
    """Its links without which the network would fall apart."""
    community: int
    """Number of its community, 1 the largest."""


def anatomy_network(atlas: Atlas, cluster: str, region: str, *, limit: int = 12) -> nx.DiGraph[str]:
    """Build the network of an anatomy.

    Nodes are those of the question ``anatomy`` without occupations and related clusters: the
    regional cluster, its industries, those that adjoin, supply, serve and buy, and organizations
    by role. Industries and organizations with evidence of their own hang on the cluster (``link``
    is their section); organizations hang on the shown industries that they are classified in
    (CLASSIFIED_AS), on each other (OWNED_BY, FUNDED_BY, ...), and related industries on each other
    (RELATED_TO).

    Parameters
    ----------
    atlas
        An open atlas.
    cluster, region
        As in ``ask("anatomy", ...)``.
    limit
        Rows of each section at most.

    Returns
    -------
    networkx.DiGraph
        Nodes in the order of the answer, with name and section, and what else is known of them;
        the first one is the regional cluster. Links have ``link`` and what there is of
        :data:`HUB_FACTS`, money, relatedness, evidence, confidence, years and source. The graph
        itself has ``title``, ``edition``, ``digest``, ``year`` and ``units``.

    Raises
    ------
    UnknownName, AmbiguousName
        If a name means nothing, or several things.
    """
    import networkx as nx

    answer = atlas.ask("anatomy", cluster=cluster, region=region, limit=limit)
    rows = [r for r in answer.rows if r.section not in _WITHOUT]
    center = rows[0].key
    graph: nx.DiGraph[str] = nx.DiGraph()
    for row in rows:
        if row.key not in graph:
            graph.add_node(row.key, name=row.name, section=row.section, **_facts(row, NODE_FACTS))
    first = {row.key: row for row in reversed(rows)}
    for key in list(graph.nodes):
        if key != center:
            told = first[key]
            graph.add_edge(center, key, link=told.section, **_facts(told, HUB_FACTS))
    values = {"keys": sorted(graph.nodes), "edition": answer.arguments["edition"]}
    for stem in LINK_TEXTS:
        for tie in atlas.store.read(cypher(stem, atlas.store.engine), values, name=stem).rows:
            a, b = tie.pop("a"), tie.pop("b")
            graph.add_edge(a, b, **{k: v for k, v in tie.items() if v is not None})
            # What hangs on an industry needs no link of its own to the center.
            if stem == "graph.classified" and "company" in first[a].section:
                graph.remove_edges_from([(center, a)])
    graph.graph.update(
        title=answer.title,
        edition=str(answer.arguments["edition"]),
        digest=answer.digest,
        year=answer.arguments["year"],
        units="; ".join(f"{name}: {unit}" for name, unit in UNITS.items()),
    )
    return graph


def _facts(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {n: v for n in names if (v := getattr(row, n, None)) is not None}


def node_measures(
    graph: nx.DiGraph[str], *, without: str | None = None, seed: int = 1
) -> list[NodeRow]:
    """Measure each node of a network: links, betweenness, bridges, community.

    Parameters
    ----------
    graph
        The network.
    without
        A node that is left out: all hangs on the cluster itself, and it would hide who else holds
        the others together.
    seed
        Of the communities.

    Betweenness (Freeman 1977) and bridges are those of the undirected network; communities
    maximize modularity (Louvain, Blondel et al. 2008) from the given seed.

    Returns
    -------
    Rows by falling betweenness, then links, then key. Empty for an empty network.
    """
    import networkx as nx

    flat = graph.to_undirected()
    flat.remove_nodes_from([without] if without else [])
    between: dict[str, Any] = nx.betweenness_centrality(flat)
    count = dict.fromkeys(flat.nodes, 0)
    for a, b in nx.bridges(flat):
        count[a] += 1
        count[b] += 1
    parts = nx.community.louvain_communities(flat, seed=seed) if len(flat) else []
    parts.sort(key=lambda part: (-len(part), min(part)))
    community = {key: i for i, part in enumerate(parts, 1) for key in part}
    rows = [
        NodeRow(
            key=key,
            name=str(facts.get("name", key)),
            section=str(facts.get("section", "")),
            links=int(flat.degree(key)),
            betweenness=round(float(between[key]), 6),
            bridges=count[key],
            community=community[key],
        )
        for key, facts in flat.nodes(data=True)
    ]
    return sorted(rows, key=lambda r: (-r.betweenness, -r.links, r.key))
