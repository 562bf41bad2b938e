"""The graph model, as data: every label, relationship type and property, with unit and meaning.

From it come the DDL of both engines, the loading statements, the stamps, the sweep, the check of
every question, and the reference page.
"""

from clusteratlas.vocabulary import (
    model_core,  # noqa: F401
    model_organizations,  # noqa: F401
)
from clusteratlas.vocabulary.model_schema import (
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
