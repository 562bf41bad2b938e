"""The graph model, as data: every label, relationship type and property, with unit and meaning.

From it come the DDL of both engines, the loading statements, the stamps, the sweep, the check of
every question, and the reference page.
"""

from clusteratlas.graph import model_core, model_organizations  # noqa: F401
from clusteratlas.graph.model_schema import (
    BOOL,
    INT,
    KEY,
    NODES,
    REAL,
    RELATIONSHIPS,
    STAMPS,
    STRING,
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
    "Node",
    "Property",
    "Relationship",
]
