"""For users of py2neo: object-graph classes made from the graph model, and subgraphs.

py2neo is no longer maintained (its last release is of 2021); new work should use the official
driver, by which the rest of this package talks to Neo4j. Needs the extra ``[py2neo]``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clusteratlas.errors import MissingExtra
from clusteratlas.vocabulary.keys import label_of
from clusteratlas.vocabulary.model import KEY, NODES, RELATIONSHIPS, STAMPS

if TYPE_CHECKING:
    import networkx as nx


def models() -> dict[str, Any]:
    """Make one ``py2neo.ogm.Model`` class per label of the graph model.

    A class has a property for each property of the label; ``key`` is its primary key. Each
    relationship type gives an attribute at both ends: ``Industry.member_of`` leads to clusters,
    ``Cluster.member_of_from`` to industries. py2neo tells related objects by the type alone, so
    a type that leads from one label to several (or comes from several) has no attribute there.

    Returns
    -------
    dict
        Classes by label.

    Raises
    ------
    MissingExtra
        If py2neo is not installed.

    Examples
    --------
    >>> from py2neo.ogm import Repository  # doctest: +SKIP
    >>> atlas = Repository("bolt://neo4j@localhost:7687", password="...")  # doctest: +SKIP
    >>> wine = atlas.match(models()["Cluster"], "us-2021/reviewed:wine").first()  # doctest: +SKIP
    """
    ogm = _py2neo("py2neo.ogm")
    classes: dict[str, Any] = {}
    for label, node in NODES.items():
        names = [p.name for p in (KEY, *node.properties, *STAMPS)]
        body: dict[str, Any] = {name: ogm.Property() for name in names}
        body |= {"__primarykey__": KEY.name, "__primarylabel__": label, "__doc__": node.note}
        classes[label] = type(ogm.Model)(label, (ogm.Model,), body)
    for type_, declared in RELATIONSHIPS.items():
        for start, end in declared.ends:
            if sum(a == start for a, _ in declared.ends) == 1:
                setattr(classes[start], _snake(type_), ogm.RelatedTo(classes[end], type_))
            if sum(b == end for _, b in declared.ends) == 1:
                back = ogm.RelatedFrom(classes[start], type_)
                setattr(classes[end], f"{_snake(type_)}_from", back)
    return classes


ANSWERED = "IN_ANSWER"
"""Type of every relationship that an answer brings into a database."""


def subgraph(network: nx.DiGraph[str]) -> Any:
    """Turn a network of an answer into a ``py2neo.Subgraph``.

    Nodes have the label that their key says and ``key``, and nothing else, so that merging the
    subgraph finds the nodes of a loaded atlas and changes none. Links are all of one type of their
    own, ``IN_ANSWER``, whatever they are called in the answer (``link``): merging overwrites no
    relationship of the atlas, and one statement removes them.

    Raises
    ------
    MissingExtra
        If py2neo is not installed.
    """
    data = _py2neo("py2neo.data")
    nodes: dict[str, Any] = {}
    for key in map(str, network.nodes):
        label = label_of(key)
        nodes[key] = data.Node(label, key=key)
        nodes[key].__primarylabel__, nodes[key].__primarykey__ = label, KEY.name
    links = [
        data.Relationship(nodes[a], ANSWERED, nodes[b], **_flat(facts))
        for a, b, facts in network.edges(data=True)
    ]
    return data.Subgraph(nodes.values(), links)


def _snake(name: str) -> str:
    return name.lower()


def _flat(facts: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in facts.items() if v is not None and k != "key"}


def _py2neo(module: str) -> Any:
    from importlib import import_module

    try:
        return import_module(module)
    except ModuleNotFoundError as exc:
        raise MissingExtra("py2neo", "py2neo") from exc
