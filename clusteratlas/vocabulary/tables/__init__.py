"""Every table of an edition, declared: the build writes them, the graph is loaded from them.

Every table is one Parquet file. Its rows are sorted by its key, so that the same inputs give the
same bytes. ``graph/`` loads these tables and nothing else; checks, reference pages, graph and
answers follow from what is declared here.
"""

from clusteratlas.vocabulary.table import Table
from clusteratlas.vocabulary.tables import (
    clusters,
    definitions,
    industries,
    measures,
    organizations,
    performance,
    regions,
    sources,
)

TABLES: dict[str, Table] = {
    table.name: table
    for subject in (
        sources,
        industries,
        regions,
        definitions,
        clusters,
        measures,
        performance,
        organizations,
    )
    for table in subject.TABLES
}
"""Every table, by name."""

ORGANIZATION_TABLES = frozenset(name for name, table in TABLES.items() if table.optional)
"""Tables that are empty in an edition built without organizations."""

__all__ = ["ORGANIZATION_TABLES", "TABLES", "Table"]
