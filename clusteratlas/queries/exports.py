"""Networks as files that other programs open: GraphML, GEXF, Cytoscape JSON and Mermaid."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clusteratlas.errors import InputError

if TYPE_CHECKING:
    import networkx as nx

MOST_MERMAID = 200
"""Links that a Mermaid diagram has at most: renderers refuse or choke on more."""


def graphml(graph: nx.DiGraph[str]) -> str:
    """Write GraphML (yEd, Gephi, igraph, Neo4j's apoc)."""
    import networkx as nx

    return "\n".join(nx.generate_graphml(graph)) + "\n"


def gexf(graph: nx.DiGraph[str]) -> str:
    """Write GEXF (Gephi), labels by name, without the date that would make two runs differ."""
    import networkx as nx

    # networkx takes the label of a node from a fact of this name, and its key without one.
    named = nx.relabel_nodes(graph, {})
    for key, facts in named.nodes(data=True):
        facts["label"] = str(facts.get("name", key))
    text = "\n".join(nx.generate_gexf(named)) + "\n"
    return re.sub(r'\s+lastmodifieddate="[^"]*"', "", text)


def cytoscape(graph: nx.DiGraph[str]) -> str:
    """Write Cytoscape JSON (Cytoscape, Cytoscape.js)."""
    nodes = [{"data": {"id": key, **facts}} for key, facts in graph.nodes(data=True)]
    edges = [
        {"data": {"id": f"e{i}", "source": a, "target": b, **facts}}
        for i, (a, b, facts) in enumerate(graph.edges(data=True))
    ]
    content = {"data": dict(graph.graph), "elements": {"nodes": nodes, "edges": edges}}
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def mermaid(graph: nx.DiGraph[str]) -> str:
    """Write a Mermaid flowchart: numbered nodes with their names, links with their kind.

    Only the first :data:`MOST_MERMAID` links, and the nodes that they touch: a comment says of
    how many.
    """
    links = list(graph.edges(data=True))[:MOST_MERMAID]
    ends = {end: None for a, b, _ in links for end in (a, b)}
    keys = list(ends or dict.fromkeys(graph.nodes))
    number = {key: f"n{i}" for i, key in enumerate(keys)}
    lines = ["flowchart LR"]
    if len(links) < graph.number_of_edges():
        lines.append(f"  %% the first {len(links)} of {graph.number_of_edges()} links")
    lines += [f'  {number[k]}["{_plain(str(graph.nodes[k].get("name", k)))}"]' for k in keys]
    for a, b, facts in links:
        word = _plain(str(facts.get("link", "")))
        lines.append(f"  {number[a]} -->{f'|{word}|' if word else ''} {number[b]}")
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    return text.replace('"', "'").replace("|", "/").replace("\n", " ")


WRITERS: Mapping[str, Callable[[Any], str]] = {
    ".graphml": graphml,
    ".gexf": gexf,
    ".cyjs": cytoscape,
    ".mmd": mermaid,
}
"""How to write a network, by the suffix of the file."""


def write_network(graph: nx.DiGraph[str], path: Path) -> str:
    """Write a network to a file, in the format of its suffix.

    Returns
    -------
    str
        What was written, in words: the file, and the links that found no room.

    Raises
    ------
    InputError
        If the suffix is unknown or the file cannot be written.
    """
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise InputError(
            f"{path} cannot be a network", hint=f"it ends in one of {', '.join(WRITERS)}"
        )
    try:
        path.write_text(writer(graph), "utf-8")
    except OSError as exc:
        raise InputError(f"{path} cannot be written: {exc.strerror}") from exc
    links = graph.number_of_edges()
    if writer is mermaid and links > MOST_MERMAID:
        return f"network: {path}, the first {MOST_MERMAID} of {links:,} links"
    return f"network: {path}"
