"""How the embedded engine is called, and what it does in its own way."""

from __future__ import annotations

from clusteratlas.graph.store import Capabilities

NAME = "ladybug"
CAPABILITIES = Capabilities(
    label="label",
    type="label",
    shortest_path="(a)-[* SHORTEST 1..{hops}]-(b)",
    atomic_load=True,
    typed=True,
)
