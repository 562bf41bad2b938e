"""Answers as networks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clusteratlas.queries.language.answer import Answer, as_dict

if TYPE_CHECKING:
    import networkx as nx

CENTERS = ("cluster", "industry", "region", "of", "a", "b")
"""Parameters that a question is about; the region is the center only where nothing else is."""


def to_networkx(answer: Answer) -> nx.DiGraph[str]:
    """Make the network of an answer; see `Answer.to_networkx`. Links run from the center."""
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph()
    if "start" in answer.question.columns:
        for row in answer.rows:
            graph.add_node(row.start, name=row.start_name)
            graph.add_node(row.end, name=row.end_name)
            graph.add_edge(row.start, row.end, **_facts(row, {"start", "end"}))
        return graph
    centers = center_keys(answer)
    for key, name in centers.items():
        graph.add_node(key, name=name, section="center")
    for row in answer.rows:
        if row.key in centers:
            continue
        graph.add_node(row.key, name=row.name, section=getattr(row, "section", "row"))
        for center in centers:
            graph.add_edge(center, row.key, **_facts(row, {"key", "name"}))
    return graph


def center_keys(answer: Answer) -> dict[str, str]:
    """Keys and names of what an answer is about: the regional cluster, or the named things."""
    arguments, names = answer.arguments, answer.names
    if "hub" in arguments:
        return {str(arguments["hub"]): f"{names['cluster']} in {names['region']}"}
    return {
        str(arguments[n]): names[n] for n in CENTERS if n in answer.question.params and n in names
    }


def _facts(row: Any, without: set[str]) -> dict[str, Any]:
    return {k: v for k, v in as_dict(row).items() if k not in without and v is not None}
