"""Whether the names of a set are true: held against the jobs of what they name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from clusteratlas.analysis.clustering.name_parts import NameTruth, name_truth
from clusteratlas.analysis.clustering.naming import ClusterName
from clusteratlas.editions.definitions.families import Families
from clusteratlas.editions.definitions.names import Subclusters
from clusteratlas.editions.flow.step import step
from clusteratlas.vocabulary.tables.clusters import LEVELS

NAME_FIGURES = (
    "named_share",
    "smallest_named",
    "smallest_named_share",
    "largest_unnamed",
    "largest_unnamed_share",
)
"""Columns that say how far a name is true."""


@step(over="sets")
def name_checks(
    memberships: pd.DataFrame,
    cluster_names: Mapping[str, ClusterName],
    cluster_keys: Mapping[str, str],
    families: Families,
    named_subclusters: Subclusters,
    local_names: Mapping[str, ClusterName],
    titles: Mapping[str, str],
    national_industries: pd.DataFrame,
) -> pd.DataFrame:
    """Hold the names of clusters of all levels against their jobs; see :func:`name_truth`.

    Returns
    -------
    Index key of the cluster, of any level: description, kept_because, named_share,
    smallest_named, smallest_named_share, largest_unnamed, largest_unnamed_share. The last five are
    missing where nobody has explained the words of a name.
    """
    known = {cluster_keys[label]: name for label, name in cluster_names.items()}
    known |= {**families.names, **named_subclusters.names, **local_names}
    jobs = memberships["naics"].map(national_industries["jobs"]).astype(float)
    rows: dict[str, dict[str, Any]] = {}
    for column in LEVELS:
        for key, at in memberships.groupby(column).groups.items():
            if (name := known.get(str(key))) is None:
                continue
            members = memberships.loc[at, "naics"].astype(str)
            of = dict(zip(members, jobs.loc[at], strict=True))
            truth = name_truth(of, name.parts) if name.parts else None
            words = {
                "description": name.sentence or None,
                "kept_because": name.kept_because or None,
            }
            rows[str(key)] = {**words, **_told(truth, titles)}
    columns = ["description", "kept_because", *NAME_FIGURES]
    return pd.DataFrame.from_dict(rows, orient="index").reindex(columns=columns)


def _told(truth: NameTruth | None, titles: Mapping[str, str]) -> dict[str, Any]:
    if truth is None:
        return dict.fromkeys(NAME_FIGURES)
    unnamed = truth.unnamed and titles.get(truth.unnamed, truth.unnamed)
    found = (truth.named, truth.smallest, truth.smallest_share, unnamed, truth.unnamed_share)
    return dict(zip(NAME_FIGURES, found, strict=True))
