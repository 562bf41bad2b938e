"""The graph model: labels and relationship types, derived from the tables that they show.

From it come the DDL of both engines, the loading statements, the stamps, the sweep, the check of
every question, and the reference page.
"""

from clusteratlas.vocabulary.model.nodes import NODES
from clusteratlas.vocabulary.model.relationships import RELATIONSHIPS
from clusteratlas.vocabulary.model.schema import (
    BOOL,
    INT,
    KEY,
    REAL,
    STAMPS,
    STRING,
    Edge,
    Node,
    Property,
    Relationship,
)

__all__ = [
    "BOOL",
    "INT",
    "KEY",
    "NODES",
    "REAL",
    "RELATIONSHIPS",
    "STAMPS",
    "STRING",
    "Edge",
    "Node",
    "Property",
    "Relationship",
]
