"""The graph: its model as data, and the only door to Neo4j and Ladybug."""

from clusteratlas.graph.open import default_path, lint_store, open_store
from clusteratlas.graph.store import Capabilities, GraphStore, LoadedEdition, Rows, StoreInfo

__all__ = [
    "Capabilities",
    "GraphStore",
    "LoadedEdition",
    "Rows",
    "StoreInfo",
    "default_path",
    "lint_store",
    "open_store",
]
