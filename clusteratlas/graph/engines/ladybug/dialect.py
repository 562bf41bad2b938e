"""How the embedded engine is called, and what it does in its own way."""

from __future__ import annotations

from clusteratlas.graph.store import Capabilities

NAME = "ladybug"
CAPABILITIES = Capabilities(atomic_load=True, typed=True, ordered_unions=False)
