"""The graph model: labels and relationship types, derived from the tables that they show.

From it come the DDL of both engines, the loading statements, the stamps, the sweep, the check of
every question, and the reference page.
"""

from clusteratlas.vocabulary.model.nodes import NODES
from clusteratlas.vocabulary.model.relationships import RELATIONSHIPS
from clusteratlas.vocabulary.model.schema import (
    KEY,
    STAMPS,
    EdgeTable,
    Node,
    Property,
    Relationship,
)

__all__ = [
    "KEY",
    "NODES",
    "RELATIONSHIPS",
    "STAMPS",
    "EdgeTable",
    "Node",
    "Property",
    "Relationship",
]
