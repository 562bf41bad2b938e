"""How the Neo4j server is called, and what it does in its own way."""

from __future__ import annotations

from clusteratlas.graph.store import Capabilities

NAME = "neo4j"
CAPABILITIES = Capabilities(atomic_load=False, typed=False, ordered_unions=True)
LEASE = "ClusteratlasLoad"
"""Label of the one node that says who loads."""
