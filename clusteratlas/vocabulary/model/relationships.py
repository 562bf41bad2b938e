"""Every relationship type: which tables and columns join which labels, and what it shows."""

from __future__ import annotations

from clusteratlas.vocabulary.columns import Column
from clusteratlas.vocabulary.model.schema import EdgeTable, Relationship
from clusteratlas.vocabulary.model.views import (
    DEFINITION_FILES,
    MEASURED,
    MEMBERS,
    OBSERVATIONS,
    PARTS_TAKEN,
    PRESENT,
    REGIONAL_CLUSTERS,
    WORKFORCE,
)
from clusteratlas.vocabulary.table import Table
from clusteratlas.vocabulary.tables import TABLES


def _edge(ends: str, table: str | Table, start: str, end: str, *, only: str = "") -> EdgeTable:
    """Declare where relationships come from; ``ends`` as ``A->B``."""
    start_label, end_label = ends.split("->")
    declared = TABLES[table] if isinstance(table, str) else table
    return EdgeTable(start_label, end_label, declared, start, end, only)


def _relationship(
    type_: str,
    note: str,
    *edges: EdgeTable,
    without: str = "",
    shown: tuple[Column, ...] | None = None,
    identity: str = "edition",
) -> Relationship:
    """Declare a type that shows the columns of its first table but the ends, source and more."""
    first = edges[0]
    if shown is None:
        shown = first.table.without(f"{first.start} {first.end} source {without}")
    return Relationship(type_, note, edges, shown, tuple(identity.split()))


def _link(type_: str, note: str) -> Relationship:
    """Declare a link between organizations."""
    edge = _edge("Organization->Organization", "organization_links", "start", "end", only=type_)
    return _relationship(type_, note, edge, without="type", identity="edition program")


_DECLARED = (
    _relationship(
        "PART_OF",
        "Hierarchy: the smaller part of the larger.",
        _edge("Industry->Industry", "industries", "key", "parent"),
        _edge("Region->Region", "region_parts", "part", "whole"),
        _edge("Cluster->Cluster", "clusters", "key", "parent"),
        shown=(),
    ),
    _relationship(
        "SUCCEEDS",
        "The newer industry takes over from the older one.",
        _edge("Industry->Industry", "successions", "to_key", "from_key"),
    ),
    _relationship(
        "IN_SECTOR",
        "Six-digit industry in its input-output sector.",
        _edge("Industry->Sector", "industries", "key", "sector"),
        shown=(),
    ),
    _relationship(
        "SUPPLIES",
        "Sales a year from the first to the second.",
        _edge("Sector->Sector", "sector_flows", "seller", "buyer"),
        _edge("Cluster->Cluster", "cluster_flows", "seller", "buyer"),
    ),
    _relationship(
        "STAFFED_BY",
        "Jobs of an occupation in an industry or cluster.",
        _edge("Industry->Occupation", "industry_occupations", "industry", "occupation"),
        _edge("Cluster->Occupation", "cluster_occupations", "cluster", "occupation"),
        shown=TABLES["cluster_occupations"].pick("jobs share lq"),
    ),
    _relationship(
        "RELATED_TO",
        "Relatedness of two traded industries; stored once, read both ways.",
        _edge("Industry->Industry", "relatedness", "a", "b"),
    ),
    _relationship(
        "MEMBER_OF",
        "Six-digit industry in its cluster, and in the family and the subcluster where it is in "
        "one; what it shows is of the cluster.",
        _edge("Industry->Cluster", MEMBERS, "industry", "cluster"),
    ),
    _relationship(
        "SECOND_MEMBER_OF",
        "Six-digit industry that is nearly as related to another cluster as to its own.",
        _edge("Industry->Cluster", "second_members", "industry", "cluster"),
        without="definition",
    ),
    _relationship(
        "QUESTIONED",
        "Industry that a reader would have elsewhere than in the cluster that it is in.",
        _edge("Industry->Cluster", "objections", "industry", "cluster"),
        without="definition naics",
    ),
    _relationship(
        "AKIN_TO",
        "How related a traded industry is to its own or a near cluster.",
        _edge("Industry->Cluster", "affinities", "industry", "cluster"),
        without="definition",
    ),
    _relationship(
        "AGREES_WITH",
        "Agreement of two sets of definitions; stored once, read both ways.",
        _edge("Definition->Definition", "agreements", "a", "b"),
    ),
    _relationship(
        "OVERLAPS",
        "Clusters of two definitions that share industries; stored once, read both ways.",
        _edge("Cluster->Cluster", "overlaps", "a", "b"),
    ),
    _relationship(
        "DEFINED_BY",
        "Cluster of a set of definitions.",
        _edge("Cluster->Definition", "clusters", "key", "definition"),
        shown=(),
    ),
    _relationship(
        "CALLS",
        "A name that people use, and the cluster of the set that it means or could mean.",
        _edge("Definition->Cluster", "aliases", "definition", "cluster"),
        identity="edition alias",
    ),
    _relationship(
        "LINKED_TO",
        "Related clusters; stored once, read both ways.",
        _edge("Cluster->Cluster", "cluster_links", "a", "b"),
    ),
    _relationship(
        "ADJACENT_TO",
        "Regions of one type that share a border; stored once.",
        _edge("Region->Region", "region_neighbors", "a", "b"),
    ),
    _relationship(
        "INSTANCE_OF",
        "Regional cluster of a cluster.",
        _edge("RegionalCluster->Cluster", REGIONAL_CLUSTERS, "key", "cluster"),
        shown=(),
    ),
    _relationship(
        "LOCATED_IN",
        "Regional cluster in its region; organization in its county, or state where that is all "
        "that is known.",
        _edge("RegionalCluster->Region", REGIONAL_CLUSTERS, "key", "region"),
        _edge("Organization->Region", "organizations", "key", "place"),
        shown=(),
    ),
    _relationship(
        "MEASURED",
        "One fact set of a regional cluster and year, and the file behind it.",
        _edge("RegionalCluster->Source", MEASURED, "hub", "source"),
        identity="edition year",
    ),
    _relationship(
        "PROFILED_BY",
        "Totals of a region under a set of definitions.",
        _edge("Region->Definition", "region_profiles", "region", "definition"),
        identity="edition year",
    ),
    _relationship(
        "PRESENT_IN",
        "A traded industry in a region, with its jobs and their bounds.",
        _edge("Industry->Region", PRESENT, "industry", "region"),
        identity="edition year",
    ),
    _relationship(
        "OBSERVED",
        "One figure of a region and year about what is around its clusters, and the file behind "
        "it.",
        _edge("Region->Source", OBSERVATIONS, "region", "source"),
        identity="edition indicator year",
    ),
    _relationship(
        "HAS_OCCUPATION",
        "Jobs of an occupation in a region, of all industries.",
        _edge("Region->Occupation", WORKFORCE, "region", "occupation"),
        identity="edition year",
    ),
    _relationship(
        "FROM_FILE",
        "Definition computed from a file.",
        _edge("Definition->Source", DEFINITION_FILES, "key", "file"),
    ),
    _relationship(
        "SAME_AS",
        "The record is about the organization.",
        _edge("Record->Organization", "records", "key", "organization"),
        shown=TABLES["records"].pick("method confidence"),
    ),
    _relationship(
        "CLASSIFIED_AS",
        "Organization in a six-digit industry.",
        _edge("Organization->Industry", "organization_industries", "organization", "industry"),
    ),
    _link("OWNED_BY", "Organization owned by another."),
    _link("FUNDED_BY", "Organization funded by an agency."),
    _link("PARTNER_OF", "Organizations that a register calls related."),
    _link("SUCCEEDED_BY", "Organization that another one succeeded."),
    _link("UNIT_OF", "Campus, plant or department of a larger organization."),
    _relationship(
        "PLAYS_ROLE",
        "Industry that adjoins, supplies, serves or buys from a cluster it is no member of.",
        _edge("Industry->Cluster", "cluster_roles", "industry", "cluster"),
        identity="edition role",
    ),
    _relationship(
        "TAKES_PART_IN",
        "Organization in a regional cluster by evidence of its own, beyond its industry.",
        _edge("Organization->RegionalCluster", PARTS_TAKEN, "organization", "hub"),
        without="cluster region",
        identity="edition role",
    ),
)

RELATIONSHIPS: dict[str, Relationship] = {r.type: r for r in _DECLARED}
"""Every relationship type, in the order in which they are loaded."""
