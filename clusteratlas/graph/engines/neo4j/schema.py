"""Constraints and indexes of Neo4j."""

from __future__ import annotations

from clusteratlas.graph.ddl import LOOKUPS, identifier
from clusteratlas.graph.engines.neo4j.dialect import LEASE
from clusteratlas.vocabulary.model import KEY, NODES


def neo4j_constraints() -> dict[str, str]:
    """Uniqueness constraint of every label's key, by the constraint's name; of loads too."""
    return {
        f"{label.lower()}_key": (
            f"CREATE CONSTRAINT {identifier(label.lower())}_key IF NOT EXISTS "
            f"FOR (n:{label}) REQUIRE n.{KEY.name} IS UNIQUE"
        )
        for label in map(identifier, (*NODES, LEASE))
    }


def neo4j_indexes() -> dict[str, str]:
    """Lookup indexes, by name."""
    return {
        f"{label.lower()}_{name}": (
            f"CREATE INDEX {identifier(label.lower())}_{identifier(name)} IF NOT EXISTS "
            f"FOR (n:{label}) ON (n.{name})"
        )
        for label, name in LOOKUPS
    }
