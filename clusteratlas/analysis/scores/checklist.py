"""The checklist of a reviewed set: what a reader would object to, and whether it is answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from clusteratlas.analysis.clustering.name_parts import NAMED, UNSAID
from clusteratlas.analysis.clustering.subclusters import WHOLE

ITEMS = {
    "nearer": "members whose nearest cluster, by the combined matrix, is another one",
    "dissolved": "the cluster is dissolved in the bootstrap",
    "undefined": "no sentence says what the cluster is",
    "unexplained": "nobody has declared what the words of the name stand for",
    "unnamed": "a part above a fifth of the jobs, or above the smallest named one, is not named",
    "vague": "the words of the name cover less than 60 % of the jobs",
    "whole": "more than 15 industries and no subclusters",
}
"""What the checklist asks of every cluster, by item."""

COLUMNS = ("cluster", "item", "what", "figure", "answer")


def checklist(
    clusters: pd.DataFrame,
    members: pd.DataFrame,
    *,
    delta: float,
    answers: Mapping[str, str],
) -> pd.DataFrame:
    """Run the checklist over the traded clusters of a reviewed set.

    Parameters
    ----------
    clusters
        Traded clusters and their subclusters: key, parent (of a subcluster the key of its cluster,
        else missing), industries, stability, jaccard, description, kept_because, named_share,
        smallest_named_share, largest_unnamed, largest_unnamed_share.
    members
        Traded industries: naics, cluster, relatedness, next_relatedness.
    delta
        Standard deviations of combined relatedness by which another cluster must be nearer.
    answers
        Reason why an industry is where it is, by code: of a judged move, or to an objection.

    Returns
    -------
    cluster, item (one of :data:`ITEMS`), what (the code of an industry or the title of a group,
    missing where it is the cluster itself), figure (by how much another one is nearer; Jaccard;
    share of jobs; industries), answer (missing where there is none: then something is to be done).
    """
    split = set(clusters["parent"].dropna())
    rows: list[tuple[Any, ...]] = [
        finding
        for row in clusters.to_dict("records")
        for finding in _of_cluster({str(k): v for k, v in row.items()}, split)
    ]
    gain = members["next_relatedness"] - members["relatedness"].fillna(0.0)
    for at in members.index[gain > delta]:
        code = str(members.at[at, "naics"])
        rows.append((members.at[at, "cluster"], "nearer", code, gain[at], answers.get(code)))
    return pd.DataFrame(rows, columns=list(COLUMNS)).sort_values(
        ["cluster", "item", "what"], ignore_index=True
    )


def _of_cluster(row: Mapping[str, Any], split: set[Any]) -> Iterator[tuple[Any, ...]]:
    key, below = row["key"], pd.notna(row["parent"])
    if not below:
        if row["stability"] == "dissolved":
            why = row["kept_because"]
            yield key, "dissolved", None, row["jaccard"], why if pd.notna(why) else None
        if pd.isna(row["description"]):
            yield key, "undefined", None, None, None
        if row["industries"] > WHOLE and key not in split:
            yield key, "whole", None, row["industries"], None
    if pd.isna(row["named_share"]):
        yield key, "unexplained", None, None, None
        return
    if row["named_share"] < NAMED:
        yield key, "vague", None, row["named_share"], None
    least = row["smallest_named_share"]
    allowed = min(UNSAID, least) if pd.notna(least) else 0.0
    if row["largest_unnamed_share"] > allowed:
        yield key, "unnamed", row["largest_unnamed"], row["largest_unnamed_share"], None
