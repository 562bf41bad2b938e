"""Every label of the graph: which table its nodes come from, and which columns they show."""

from __future__ import annotations

from clusteratlas.vocabulary.model.schema import Node
from clusteratlas.vocabulary.model.views import (
    EDITION,
    REGIONAL_CLUSTERS,
    SCORED_DEFINITIONS,
    SOURCE_FILES,
)
from clusteratlas.vocabulary.tables import TABLES


def _node(
    label: str,
    note: str,
    example: str,
    table: str,
    *,
    without: str = "key source",
    renamed: tuple[tuple[str, str], ...] = (),
) -> Node:
    declared = TABLES[table]
    return Node(label, note, example, declared, declared.without(without), renamed)


_DECLARED = (
    _node(
        "Industry",
        "NAICS industry at any level.",
        "naics2017:325414",
        "industries",
        without="key parent sector source",
        renamed=(("vintage", "naics_vintage"),),
    ),
    _node("Sector", "BEA input-output industry, detail level.", "bea2017:325414", "sectors"),
    _node("Occupation", "Detailed occupation (SOC).", "soc2018:19-1021", "occupations"),
    _node("Region", "Nation, state, CBSA, economic area or county.", "cbsa:14460", "regions"),
    Node(
        "Definition",
        "One set of cluster definitions.",
        "us-2021/reviewed",
        SCORED_DEFINITIONS,
        SCORED_DEFINITIONS.without("key source"),
    ),
    _node(
        "Cluster",
        "Cluster of industries, traded or local: a family, a cluster or a subcluster by its level.",
        "us-2021/reviewed:biopharmaceuticals",
        "clusters",
        without="key definition parent source",
    ),
    Node(
        "RegionalCluster",
        "One cluster of any level in one region: the hub of its anatomy.",
        "us-2021/reviewed:biopharmaceuticals@cbsa:14460",
        REGIONAL_CLUSTERS,
        REGIONAL_CLUSTERS.pick("name"),
    ),
    Node(
        "Source",
        "A file of a publisher.",
        "cbp-msa-2019",
        SOURCE_FILES,
        SOURCE_FILES.without("key source vintage defining"),
    ),
    Node(
        "Edition",
        "An edition as this store has it; its source and vintage are empty.",
        "us-2021",
        None,
        EDITION,
    ),
    _node(
        "Register",
        "List of organizations: what it holds, and what it cannot hold.",
        "anatomies",
        "registers",
    ),
    _node(
        "Organization",
        "Company, university, hospital, agency or another body.",
        "cik:0000875320",
        "organizations",
    ),
    _node(
        "Record",
        "One record of a register about an organization.",
        "anatomies:boston-biopharmaceuticals/moderna",
        "records",
        without="key organization method confidence source",
    ),
)

NODES: dict[str, Node] = {node.label: node for node in _DECLARED}
"""Every label."""
