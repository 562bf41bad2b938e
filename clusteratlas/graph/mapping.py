"""From the tables of an edition to nodes and relationships: pure, and the same for every engine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from clusteratlas.analysis.levels import clusters_at
from clusteratlas.analysis.regions.measures import regional_shares
from clusteratlas.analysis.regions.performance import occupation_quotients
from clusteratlas.analysis.regions.pools import places_in_pools
from clusteratlas.analysis.regions.presence import industry_quotients
from clusteratlas.analysis.regions.rest import beside_the_rest
from clusteratlas.errors import EditionError
from clusteratlas.graph import ddl
from clusteratlas.vocabulary import keys
from clusteratlas.vocabulary.columns import PANDAS, STRING, Type
from clusteratlas.vocabulary.indicators import SURVEY_JOBS
from clusteratlas.vocabulary.keys import CUSTOM
from clusteratlas.vocabulary.model import NODES, RELATIONSHIPS, EdgeTable, Node
from clusteratlas.vocabulary.table import Table
from clusteratlas.vocabulary.tables.clusters import LEVELS

if TYPE_CHECKING:
    import pyarrow as pa

    from clusteratlas.editions.store.edition import Edition

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
    losses: str
    """What joins of its build left out, by the manifest, as JSON."""
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


def no_tables(edition: str) -> GraphTables:
    """Give an edition that holds nothing: what is left of one that is removed."""
    return GraphTables(edition, "", "", "", (), ())


def load_stamp(edition: Edition) -> str:
    """Give the stamp that a load of this edition with this graph model leaves."""
    return hashlib.sha256(f"{edition.digest}{ddl.layout()}".encode()).hexdigest()[:12]


def graph_tables(edition: Edition) -> GraphTables:
    """Map an edition to nodes and relationships.

    A regional cluster is a cluster that has a row in ``measures`` for a region. The floors of its
    pool of regions go to MEASURED. Every definition comes from every source of the edition.

    Raises
    ------
    EditionError
        If a key repeats or a relationship has an end that is no node.
    """
    stamp = _Stamp(edition.key, load_stamp(edition), edition.vintages())
    frames = _Frames(edition)
    nodes = tuple(
        stamp.nodes(label, frame)
        for label, node in NODES.items()
        if (frame := frames.nodes(node)) is not None
    )
    known = {n.label: pd.Index(n.frame["key"].astype(object)) for n in nodes}
    relationships = tuple(
        stamp.relationships(type_, edge, frames.relationships(edge), known)
        for type_, declared in RELATIONSHIPS.items()
        for edge in declared.edges
    )
    losses = json.dumps(edition.manifest.get("losses", []))
    return GraphTables(edition.key, edition.digest, stamp.load, losses, nodes, relationships)


def arrow(frame: pd.DataFrame) -> pa.Table:
    """Give a frame of this module as an Arrow table with the types of the model."""
    import pyarrow

    types = {pandas: pyarrow.type_for_alias(type_) for type_, pandas in PANDAS.items()}
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
        private = bool(keys.is_of_edition(out["key"], self.edition).all()) and not out.empty
        return NodeSet(label, out, private)

    def relationships(
        self,
        type_: str,
        edge: EdgeTable,
        frame: pd.DataFrame,
        known: Mapping[str, pd.Index[Any]],
    ) -> RelationshipSet:
        start, end = edge.start_label, edge.end_label
        for column, label in zip(ENDS, (start, end), strict=True):
            lost = np.flatnonzero(
                known[label].get_indexer(pd.Index(frame[column].astype(object))) < 0
            )
            if lost.size:
                raise EditionError(
                    f"edition {self.edition}: {type_} leads to {label} "
                    f"{frame[column].iloc[lost[0]]!r}, which is no node",
                    hint="`clusteratlas edition verify` checks every table",
                )
        wanted: dict[str, Type] = {
            **dict.fromkeys(ENDS, STRING),
            **ddl.columns(RELATIONSHIPS[type_]),
        }
        return RelationshipSet(type_, start, end, self._shaped(frame, wanted))

    def _shaped(self, frame: pd.DataFrame, wanted: Mapping[str, Type]) -> pd.DataFrame:
        """Add the stamps and the properties that do not apply, and put all columns in order."""
        vintage = frame["source"].map(self.vintages)
        stamped = frame.assign(vintage=vintage, edition=self.edition, load=self.load)
        return stamped.reindex(columns=list(wanted)).astype(
            {name: PANDAS[type_] for name, type_ in wanted.items()}
        )


class _Frames:
    """Tables of an edition, and those that are computed from them for the graph, each once."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._made: dict[str, pd.DataFrame] = {}

    def of(self, table: Table) -> pd.DataFrame:
        """Give the rows of a declared table."""
        if not table.of:
            return self._edition.table(table.name)
        if table.name not in self._made:
            self._made[table.name] = VIEWS[table.name](self._edition)
        return self._made[table.name]

    def nodes(self, node: Node) -> pd.DataFrame | None:
        """Give a row for each node of a label; None for what a load writes itself."""
        if node.table is None:
            return None
        return self.of(node.table).rename(columns=dict(node.renamed))

    def relationships(self, edge: EdgeTable) -> pd.DataFrame:
        """Give a row for each relationship, with the keys of its ends."""
        rows = self.of(edge.table)
        if edge.only:
            rows = rows[rows["type"] == edge.only]
        kept = rows[rows[edge.start].notna() & rows[edge.end].notna()]
        return kept.assign(**dict(zip(ENDS, (kept[edge.start], kept[edge.end]), strict=True)))


def _scored_definitions(edition: Edition) -> pd.DataFrame:
    """Put the validation scores beside each set of definitions, one column a matrix."""
    wide = edition.table("scores")
    wide = wide.assign(column="vs_" + wide["matrix"])
    wide["column"] = wide["column"].where(
        wide["pairs"] == "all", wide["column"] + "_" + wide["pairs"]
    )
    columns = wide.pivot(index="definition", columns="column", values="vs")
    return edition.table("definitions").join(columns, on="key")


def _source_files(edition: Edition) -> pd.DataFrame:
    """Let every file be the source of its own node."""
    sources = edition.table("sources")
    return sources.assign(source=sources["key"])


def _members(edition: Edition) -> pd.DataFrame:
    """One row an industry and level at which it is in a cluster of some definitions."""
    memberships = edition.table("memberships")
    levels = [memberships.assign(cluster=memberships[at]) for at in LEVELS]
    rows = pd.concat(levels, ignore_index=True)
    return rows[rows["cluster"].notna()]


def _hubs(frame: pd.DataFrame) -> pd.Series[Any]:
    return keys.regional_cluster_key(frame["cluster"], frame["region"])


def _regional_clusters(edition: Edition) -> pd.DataFrame:
    """One row a cluster and region, stamped with the source of its latest figures."""
    measures = edition.table("measures")  # sorted by cluster, region and year
    latest = measures.drop_duplicates(["cluster", "region"], keep="last")
    clusters = edition.table("clusters").set_index("key")["name"]
    regions = edition.table("regions").set_index("key")["name"]
    return pd.DataFrame(
        {
            "key": _hubs(latest),
            "name": latest["cluster"].map(clusters) + " in " + latest["region"].map(regions),
            "cluster": latest["cluster"],
            "region": latest["region"],
            "source": latest["source"],
        }
    )


def _measured(edition: Edition) -> pd.DataFrame:
    measures = edition.table("measures")
    regions = edition.table("regions").set_index("key")
    pools = regions["kind"].fillna(regions["type"])
    floors = edition.table("floors").drop(columns="regions")
    joined = measures.assign(pool=measures["region"].map(pools)).merge(
        floors, how="left", on=["cluster", "pool", "year"], validate="many_to_one"
    )
    clusters = edition.table("clusters")
    kinds = clusters.set_index("key")["kind"]
    guests = joined["region"].map(regions["type"]) == CUSTOM
    cells = joined.assign(
        kind=joined["cluster"].map(kinds), region_type=joined["pool"].mask(guests, CUSTOM)
    )
    custom = clusters["definition"].map(keys.is_custom_definition).astype(bool)
    full = clusters[~custom]
    shares = [pd.DataFrame(), *_custom_shares(edition, cells, clusters[custom])]
    for level in LEVELS:
        # The base of shares and quotients holds each industry once.
        together = full.loc[clusters_at(full, level), "key"]
        own = full.loc[full["level"] == level, "key"]
        if own.empty:
            continue
        for _, of_year in cells[cells["cluster"].isin(together)].groupby("year"):
            found = regional_shares(of_year, of_year[of_year["region"] == keys.NATION])
            shares.append(found[of_year["cluster"].isin(own)])
    return joined.assign(hub=_hubs(joined)).join(pd.concat(shares))


def _custom_shares(
    edition: Edition, cells: pd.DataFrame, custom: pd.DataFrame
) -> Iterator[pd.DataFrame]:
    """Shares of clusters that somebody put together: each beside all else of its kind."""
    profiles = _full_profiles(edition).set_index(["year", "region"])
    kinds = custom.set_index("key")["kind"]
    rows = cells[cells["cluster"].isin(custom["key"])]
    for _, own in rows.groupby(["cluster", "year"]):
        cluster, year = own["cluster"].iloc[0], int(own["year"].iloc[0])
        both = beside_the_rest(own, profiles.loc[year][f"{kinds[cluster]}_jobs"])
        found = regional_shares(both, both[both["region"] == keys.NATION])
        yield found.iloc[: len(own)].set_index(own.index)


def _full_profiles(edition: Edition) -> pd.DataFrame:
    """Profiles of regions under the default definitions alone."""
    profiles = edition.table("region_profiles")
    return profiles[~profiles["definition"].map(keys.is_custom_definition).astype(bool)]


def _present(edition: Edition) -> pd.DataFrame:
    presence = edition.table("presence")
    profiles = _full_profiles(edition).set_index(["region", "year"])["traded_jobs"]
    industries = edition.table("industries").set_index("key")["jobs"]
    own = pd.MultiIndex.from_frame(presence[["region", "year"]])
    nation = pd.MultiIndex.from_frame(presence[["region", "year"]].assign(region=keys.NATION))
    base = (
        presence["jobs"],
        profiles.reindex(own),
        presence["industry"].map(industries),
        profiles.reindex(nation),
    )
    quotient, share = industry_quotients(
        *(values.to_numpy(dtype=float, na_value=float("nan")) for values in base)
    )
    return presence.assign(lq=quotient, share_nation=share)


def _observations(edition: Edition) -> pd.DataFrame:
    """Put the place of each figure in its pool of regions beside it."""
    figures = edition.table("indicators")
    regions = edition.table("regions").set_index("key")
    pools = figures["region"].map(regions["kind"].fillna(regions["type"]))
    at = figures[["indicator", "year", "value"]].assign(pool=pools)
    return figures.join(places_in_pools(at, ["indicator", "year", "pool"]))


def _workforce(edition: Edition) -> pd.DataFrame:
    """Put the quotients beside the occupations of regions; the nation's rows are their base."""
    rows = edition.table("region_occupations")
    figures = edition.table("indicators")
    totals = figures[figures["indicator"] == SURVEY_JOBS].set_index(["region", "year"])["value"]
    nation = rows[rows["region"] == keys.NATION].set_index(["occupation", "year"])["jobs"]
    places = rows[["region", "occupation", "year"]]
    base = (
        rows["jobs"],
        totals.reindex(pd.MultiIndex.from_frame(places[["region", "year"]])),
        nation.reindex(pd.MultiIndex.from_frame(places[["occupation", "year"]])),
        totals.reindex(
            pd.MultiIndex.from_frame(places[["region", "year"]].assign(region=keys.NATION))
        ),
    )
    jobs, region, occupation, whole = (
        values.to_numpy(dtype=float, na_value=float("nan")) for values in base
    )
    quotient, share = occupation_quotients(jobs, region, occupation, whole)
    return rows.assign(lq=quotient, share_region=share)


def _definition_files(edition: Edition) -> pd.DataFrame:
    definitions = edition.table("definitions")[["key", "source"]]
    sources = edition.table("sources")
    files = sources.loc[sources["defining"].astype(bool), "key"].rename("file").to_frame()
    custom = definitions["key"].map(keys.is_custom_definition).astype(bool)
    # A set that somebody put together is what a file of theirs says.
    own = definitions[custom].assign(file=definitions["source"])
    return pd.concat([definitions[~custom].merge(files, how="cross"), own], ignore_index=True)


def _parts_taken(edition: Edition) -> pd.DataFrame:
    parts = edition.table("participations")
    return parts.assign(hub=_hubs(parts))


VIEWS: Mapping[str, Callable[[Edition], pd.DataFrame]] = {
    "scored_definitions": _scored_definitions,
    "source_files": _source_files,
    "members": _members,
    "regional_clusters": _regional_clusters,
    "measured": _measured,
    "present": _present,
    "observations": _observations,
    "workforce": _workforce,
    "definition_files": _definition_files,
    "parts_taken": _parts_taken,
}
"""How each table of ``vocabulary.model.views`` is computed from those of an edition."""
