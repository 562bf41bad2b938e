"""From the tables of an edition to nodes and relationships: pure, and the same for every engine."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from clusteratlas.errors import EditionError
from clusteratlas.graph import ddl
from clusteratlas.vocabulary.model import BOOL, INT, NODES, REAL, RELATIONSHIPS, STRING

if TYPE_CHECKING:
    import pyarrow as pa

    from clusteratlas.editions.store.edition import Edition

PANDAS_TYPES = {STRING: "string", INT: "Int64", REAL: "Float64", BOOL: "boolean"}
"""Nullable pandas type of each type of the model."""

ENDS = ("from", "to")
"""First columns of every frame of relationships: the keys of both ends."""


@dataclass(frozen=True)
class NodeSet:
    """All nodes of one label."""

    label: str
    frame: pd.DataFrame
    """One row a node, in the order of the table; columns as in `ddl.columns`."""
    private: bool
    """No other edition can hold any of them: their keys begin with the edition's."""


@dataclass(frozen=True)
class RelationshipSet:
    """All relationships of one type between one pair of labels."""

    type: str
    start: str
    """Label of the nodes that they go out from."""
    end: str
    """Label of the nodes that they lead to."""
    frame: pd.DataFrame
    """One row a relationship, in the order of the table; columns `ENDS`, then `ddl.columns`."""


@dataclass(frozen=True)
class GraphTables:
    """One edition as a graph."""

    edition: str
    digest: str
    load: str
    """Value of the stamp: digest of the tables and of the graph model."""
    nodes: tuple[NodeSet, ...]
    relationships: tuple[RelationshipSet, ...]

    @property
    def node_count(self) -> int:
        """Number of nodes, the one of the edition itself not counted."""
        return sum(len(n.frame) for n in self.nodes)

    @property
    def relationship_count(self) -> int:
        """Number of relationships."""
        return sum(len(r.frame) for r in self.relationships)


def load_stamp(edition: Edition) -> str:
    """Give the stamp that a load of this edition with this graph model leaves."""
    return hashlib.sha256(f"{edition.digest}{ddl.layout()}".encode()).hexdigest()[:12]


def graph_tables(edition: Edition) -> GraphTables:
    """Map an edition to nodes and relationships.

    A regional cluster is a cluster that has a row in ``measures`` for a region. The floors of its
    region type go to MEASURED; the employment of PRESENT_IN is the industry's national employment
    times the region's share, rounded. Every definition comes from every source of the edition.

    Raises
    ------
    EditionError
        If a key repeats or a relationship has an end that is no node.
    """
    stamp = _Stamp(edition.key, load_stamp(edition), edition.vintages())
    nodes = tuple(stamp.nodes(label, frame) for label, frame in _nodes(edition))
    keys = {n.label: pd.Index(n.frame["key"].astype(object)) for n in nodes}
    relationships = tuple(
        stamp.relationships(type_, start, end, frame, keys)
        for type_, start, end, frame in _relationships(edition)
    )
    return GraphTables(edition.key, edition.digest, stamp.load, nodes, relationships)


def arrow(frame: pd.DataFrame) -> pa.Table:
    """Give a frame of this module as an Arrow table with the types of the model."""
    import pyarrow

    types = {
        "string": pyarrow.string(),
        "Int64": pyarrow.int64(),
        "Float64": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
    }
    schema = pyarrow.schema([(str(n), types[str(t)]) for n, t in frame.dtypes.items()])
    return pyarrow.Table.from_pandas(frame, schema=schema, preserve_index=False)


@dataclass(frozen=True)
class _Stamp:
    edition: str
    load: str
    vintages: Mapping[str, int]

    def nodes(self, label: str, frame: pd.DataFrame) -> NodeSet:
        out = self._shaped(frame, ddl.columns(NODES[label]))
        repeated = out["key"].duplicated()
        if repeated.any():
            first = out.loc[repeated, "key"].iloc[0]
            raise EditionError(f"edition {self.edition}: two {label} nodes have key {first!r}")
        private = bool(out["key"].str.startswith(f"{self.edition}/").all()) and not out.empty
        return NodeSet(label, out, private)

    def relationships(
        self,
        type_: str,
        start: str,
        end: str,
        frame: pd.DataFrame,
        keys: Mapping[str, pd.Index[Any]],
    ) -> RelationshipSet:
        for column, label in zip(ENDS, (start, end), strict=True):
            lost = np.flatnonzero(
                keys[label].get_indexer(pd.Index(frame[column].astype(object))) < 0
            )
            if lost.size:
                raise EditionError(
                    f"edition {self.edition}: {type_} leads to {label} "
                    f"{frame[column].iloc[lost[0]]!r}, which is no node",
                    hint="`clusteratlas edition verify` checks every table",
                )
        wanted = {**dict.fromkeys(ENDS, STRING), **ddl.columns(RELATIONSHIPS[type_])}
        return RelationshipSet(type_, start, end, self._shaped(frame, wanted))

    def _shaped(self, frame: pd.DataFrame, wanted: Mapping[str, str]) -> pd.DataFrame:
        """Add the stamps and the properties that do not apply, and put all columns in order."""
        vintage = frame["source"].map(self.vintages)
        stamped = frame.assign(vintage=vintage, edition=self.edition, load=self.load)
        return stamped.reindex(columns=list(wanted)).astype(
            {name: PANDAS_TYPES[type_] for name, type_ in wanted.items()}
        )


def _nodes(edition: Edition) -> Iterator[tuple[str, pd.DataFrame]]:
    table = edition.table
    yield "Industry", table("industries").rename(columns={"vintage": "naics_vintage"})
    yield "Sector", table("sectors")
    yield "Occupation", table("occupations")
    yield "Region", table("regions")
    yield "Definition", _scored(table("definitions"), table("scores"))
    yield "Cluster", table("clusters")
    yield "Subcluster", table("subclusters")
    yield "RegionalCluster", _regional_clusters(edition)
    sources = table("sources")
    yield "Source", sources.assign(source=sources["key"])
    yield "Register", table("registers")
    yield "Organization", table("organizations")
    yield "Record", table("records")


def _scored(definitions: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """Put the validation scores beside each set of definitions, one column a matrix."""
    wide = scores.assign(column="vs_" + scores["matrix"])
    wide["column"] = wide["column"].where(
        wide["pairs"] == "all", wide["column"] + "_" + wide["pairs"]
    )
    columns = wide.pivot(index="definition", columns="column", values="vs")
    return definitions.join(columns, on="key")


def _regional_keys(frame: pd.DataFrame) -> pd.Series[Any]:
    return frame["cluster"] + "@" + frame["region"]


def _regional_clusters(edition: Edition) -> pd.DataFrame:
    """One row a cluster and region, stamped with the source of its latest figures."""
    measures = edition.table("measures")  # sorted by cluster, region and year
    latest = measures.drop_duplicates(["cluster", "region"], keep="last")
    clusters = edition.table("clusters").set_index("key")["name"]
    regions = edition.table("regions").set_index("key")["name"]
    return pd.DataFrame(
        {
            "key": _regional_keys(latest),
            "name": latest["cluster"].map(clusters) + " in " + latest["region"].map(regions),
            "cluster": latest["cluster"],
            "region": latest["region"],
            "source": latest["source"],
        }
    )


def _measured(edition: Edition) -> pd.DataFrame:
    measures = edition.table("measures")
    types = edition.table("regions").set_index("key")["type"]
    floors = edition.table("floors").drop(columns="regions")
    joined = measures.assign(region_type=measures["region"].map(types)).merge(
        floors, how="left", on=["cluster", "region_type", "year"], validate="many_to_one"
    )
    return joined.assign(**{"from": _regional_keys(joined), "to": joined["source"]})


def _present(edition: Edition) -> pd.DataFrame:
    presence = edition.table("presence")
    jobs = edition.table("industries").set_index("key")["jobs"]
    national = presence["industry"].map(jobs).astype("Float64")
    return presence.assign(jobs=(presence["share_nation"] * national).round())


def _from_files(edition: Edition) -> pd.DataFrame:
    definitions = edition.table("definitions")[["key", "source"]]
    sources = edition.table("sources")
    files = sources.loc[sources["defining"].astype(bool), "key"].rename("file").to_frame()
    return definitions.merge(files, how="cross")


def _relationships(edition: Edition) -> Iterator[tuple[str, str, str, pd.DataFrame]]:
    """Every relationship set, in the order in which they are loaded.

    ``ends`` says which columns of a table hold the keys of both ends.
    """
    table: Callable[[str], pd.DataFrame] = edition.table

    def ends(frame: pd.DataFrame, start: str, end: str) -> pd.DataFrame:
        kept = frame[frame[start].notna() & frame[end].notna()]
        return kept.assign(**{"from": kept[start], "to": kept[end]})

    industries, clusters = table("industries"), table("clusters")
    regional = _regional_clusters(edition)
    yield "PART_OF", "Industry", "Industry", ends(industries, "key", "parent")
    yield "PART_OF", "Region", "Region", ends(table("region_parts"), "part", "whole")
    yield "PART_OF", "Subcluster", "Cluster", ends(table("subclusters"), "key", "cluster")
    yield "SUCCEEDS", "Industry", "Industry", ends(table("successions"), "to_key", "from_key")
    yield "IN_SECTOR", "Industry", "Sector", ends(industries, "key", "sector")
    yield "SUPPLIES", "Sector", "Sector", ends(table("sector_flows"), "seller", "buyer")
    yield "SUPPLIES", "Cluster", "Cluster", ends(table("cluster_flows"), "seller", "buyer")
    staff = table("industry_occupations"), table("cluster_occupations")
    yield "STAFFED_BY", "Industry", "Occupation", ends(staff[0], "industry", "occupation")
    yield "STAFFED_BY", "Cluster", "Occupation", ends(staff[1], "cluster", "occupation")
    yield "RELATED_TO", "Industry", "Industry", ends(table("relatedness"), "a", "b")
    yield "MEMBER_OF", "Industry", "Cluster", ends(table("memberships"), "industry", "cluster")
    inside = ends(table("memberships"), "industry", "subcluster")
    yield "GROUPED_IN", "Industry", "Subcluster", inside
    yield "AKIN_TO", "Industry", "Cluster", ends(table("affinities"), "industry", "cluster")
    yield "AGREES_WITH", "Definition", "Definition", ends(table("agreements"), "a", "b")
    yield "OVERLAPS", "Cluster", "Cluster", ends(table("overlaps"), "a", "b")
    yield "DEFINED_BY", "Cluster", "Definition", ends(clusters, "key", "definition")
    yield "LINKED_TO", "Cluster", "Cluster", ends(table("cluster_links"), "a", "b")
    yield "ADJACENT_TO", "Region", "Region", ends(table("region_neighbors"), "a", "b")
    profiles = ends(table("region_profiles"), "region", "definition")
    yield "PROFILED_BY", "Region", "Definition", profiles
    yield "FROM_FILE", "Definition", "Source", ends(_from_files(edition), "key", "file")
    yield "INSTANCE_OF", "RegionalCluster", "Cluster", ends(regional, "key", "cluster")
    yield "LOCATED_IN", "RegionalCluster", "Region", ends(regional, "key", "region")
    yield "MEASURED", "RegionalCluster", "Source", _measured(edition)
    yield "PRESENT_IN", "Industry", "Region", ends(_present(edition), "industry", "region")
    organizations = table("organizations")
    yield "LOCATED_IN", "Organization", "Region", ends(organizations, "key", "place")
    yield "SAME_AS", "Record", "Organization", ends(table("records"), "key", "organization")
    classified = ends(table("organization_industries"), "organization", "industry")
    yield "CLASSIFIED_AS", "Organization", "Industry", classified
    links = ends(table("organization_links"), "start", "end")
    for type_ in ("UNIT_OF", "OWNED_BY", "FUNDED_BY", "PARTNER_OF", "SUCCEEDED_BY"):
        yield type_, "Organization", "Organization", links[links["type"] == type_]
    yield "PLAYS_ROLE", "Industry", "Cluster", ends(table("cluster_roles"), "industry", "cluster")
    parts = table("participations")
    parts = parts.assign(**{"from": parts["organization"], "to": _regional_keys(parts)})
    yield "TAKES_PART_IN", "Organization", "RegionalCluster", parts
