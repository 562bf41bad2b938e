"""The tables of an edition, as data: the hinge between computing and the graph.

Every table is one Parquet file. Its rows are sorted by its key, so that the same inputs give the
same bytes. ``graph/`` loads these tables and nothing else; the reference page is generated from
this registry.
"""

from clusteratlas.vocabulary import (
    tables_core,  # noqa: F401
    tables_organizations,  # noqa: F401
)
from clusteratlas.vocabulary.schema import BOOL, INT, REAL, STR, TABLES, Field, Table

ORGANIZATION_TABLES = frozenset(
    {
        "registers",
        "organizations",
        "records",
        "organization_industries",
        "organization_links",
        "cluster_roles",
        "participations",
    }
)
"""Tables that are empty in an edition built without organizations."""

__all__ = ["BOOL", "INT", "ORGANIZATION_TABLES", "REAL", "STR", "TABLES", "Field", "Table"]
