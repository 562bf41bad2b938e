"""The curated anatomies alone: organizations of an edition that is built without registers."""

from __future__ import annotations

import pandas as pd

from clusteratlas.editions.organizations import assemble
from clusteratlas.editions.organizations.anatomies import read_anatomies
from clusteratlas.editions.organizations.anatomy_records import (
    curated_participations,
    curated_records,
    curated_register,
    curated_source,
    organization_of,
)
from clusteratlas.editions.organizations.participation import in_hubs
from clusteratlas.vocabulary.tables import TABLES

Frames = dict[str, pd.DataFrame]


def with_curated(tables: Frames, cluster: pd.Series) -> Frames:
    """Add the curated organizations to an edition that is built without registers.

    Parameters
    ----------
    tables
        Tables of the edition: ``sources``, ``regions`` and ``measures`` at least.
    cluster
        Index six-digit code, value key of its cluster in the default definitions.
    """
    anatomies = read_anatomies()
    records = curated_records(anatomies, tables["regions"])
    records = records.assign(
        # Without the registers the curated record stands for the one that it points at.
        organization=records["named_key"].fillna(records["own"]),
        method="itself",
        confidence=1.0,
    )
    naming = assemble.named(records)
    of = organization_of(naming)
    cluster_of = {str(code): str(key) for code, key in cluster.items()}
    units = pd.Series(dtype=object)
    none = pd.DataFrame(columns=list(TABLES["organization_industries"].names))
    facts = pd.DataFrame([curated_register()])
    parts = in_hubs(curated_participations(anatomies, of, cluster_of), tables["measures"])
    sources = [tables["sources"], pd.DataFrame([curated_source()])]
    return {
        **tables,
        "sources": pd.concat(sources, ignore_index=True),
        "registers": assemble.register_table(facts, naming, pd.DataFrame({"key": []})),
        "organizations": assemble.organization_table(naming, none, units),
        "records": assemble.record_table(naming, units),
        "participations": parts,
    }
