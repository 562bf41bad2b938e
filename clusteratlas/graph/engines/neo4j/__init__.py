"""A Neo4j server, reached through Bolt."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from clusteratlas.graph.engines.neo4j.dialect import CAPABILITIES, NAME
from clusteratlas.graph.registry import Access, Engine

if TYPE_CHECKING:
    from clusteratlas.graph.engines.neo4j.store import Neo4jStore
    from clusteratlas.graph.mapping import GraphTables
    from clusteratlas.graph.store import Outcome
    from clusteratlas.progress import Progress


def _open(access: Access) -> Neo4jStore:
    from clusteratlas.graph.engines.neo4j.store import Neo4jStore

    return Neo4jStore(
        access.address,
        user=access.user or os.environ.get("NEO4J_USER") or "neo4j",
        password=access.password or os.environ.get("NEO4J_PASSWORD"),
        database=access.database or os.environ.get("NEO4J_DATABASE"),
    )


def _load(store: Neo4jStore, tables: GraphTables, progress: Progress) -> Outcome:
    from clusteratlas.graph.engines.neo4j.load import load_in_batches

    return load_in_batches(store, tables, progress)


def _drop(store: Neo4jStore, edition: str, progress: Progress) -> None:
    from clusteratlas.graph.engines.neo4j.load import drop_in_parts

    drop_in_parts(store, edition, progress)


ENGINE = Engine(
    name=NAME,
    address=re.compile(r"(neo4j|bolt)(\+s|\+ssc)?://[^/\s]+"),
    examples=("neo4j://HOST:7687", "bolt://HOST:7687"),
    capabilities=CAPABILITIES,
    open=_open,
    load=_load,
    drop=_drop,
)
