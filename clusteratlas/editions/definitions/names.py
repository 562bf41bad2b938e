"""Names and keys of the clusters and subclusters of one set, which every table refers to."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

from clusteratlas.analysis.clustering.naming import (
    ClusterName,
    CuratedName,
    cluster_id,
    name_clusters,
)
from clusteratlas.analysis.linkages.combined import Linkages
from clusteratlas.analysis.linkages.relatedness import cluster_relatedness
from clusteratlas.editions.definitions.sets import BELOW
from clusteratlas.editions.flow.files import DataFile
from clusteratlas.editions.flow.recipe import NAICS, SUPPLIED
from clusteratlas.editions.flow.step import step
from clusteratlas.vocabulary.keys import cluster_key, subcluster_key


@step()
def titles(naics: DataFile) -> dict[str, str]:
    """Title of each industry, at every level."""
    codes = naics.table
    return {str(c): str(t) for c, t in zip(codes["naics"], codes["title"], strict=True)}


@step(over="sets")
def cluster_names(
    members: pd.DataFrame,
    set_settings: Mapping[str, Any],
    titles: Mapping[str, str],
    national_industries: pd.DataFrame,
) -> dict[str, ClusterName]:
    """Id and name of each traded cluster by working label."""
    groups = members.groupby("cluster")["naics"].agg(list).to_dict()
    clusters = {str(label): list(codes) for label, codes in groups.items()}
    if set_settings["method"] == NAICS:
        return {k: ClusterName(f"naics-{k}", titles[k], "rule") for k in clusters}
    if set_settings["method"] == SUPPLIED:
        return {k: ClusterName(cluster_id(k), k, "supplied") for k in clusters}
    return name_clusters(clusters, _anchors(), titles, _weights(national_industries))


def _anchors() -> list[CuratedName]:
    path = files("clusteratlas.editions.definitions") / "cluster_names.csv"
    with path.open(encoding="utf-8") as handle:
        return [
            CuratedName(row["id"], row["name"], frozenset(row["members"].split()))
            for row in csv.DictReader(handle)
        ]


def _weights(national_industries: pd.DataFrame) -> dict[str, float]:
    """Jobs of each industry; 0 where they are not known."""
    return {str(c): float(n) for c, n in national_industries["jobs"].fillna(0).items()}


@step(over="sets")
def cluster_keys(cluster_names: Mapping[str, ClusterName], set_key: str) -> dict[str, str]:
    """Key of each traded cluster by working label."""
    return {label: cluster_key(set_key, name.id) for label, name in cluster_names.items()}


@dataclass(frozen=True)
class Subclusters:
    """Subclusters of one set."""

    table: pd.DataFrame
    """Without ``source``."""
    key_of: pd.Series
    """Index six-digit code, value key of its subcluster."""


@step(over="sets")
def named_subclusters(
    members: pd.DataFrame,
    set_linkages: Linkages,
    set_settings: Mapping[str, Any],
    cluster_keys: Mapping[str, str],
    titles: Mapping[str, str],
    national_industries: pd.DataFrame,
) -> Subclusters:
    """Name and sum subclusters; those of a user's set have the names that it gives."""
    kept = members[members["subcluster"] != ""]
    groups = {str(k): list(v) for k, v in kept.groupby("subcluster")["naics"].agg(list).items()}
    given: dict[str, str] = {}
    if set_settings["method"] == SUPPLIED:
        given = {label: label.split(BELOW)[-1] for label in groups}
    names = name_clusters(groups, [], titles, _weights(national_industries)) if groups else {}
    # Those without a subcluster are beside them as a group that is left out afterwards.
    sets = [s or f" {c}" for s, c in zip(members["subcluster"], members["cluster"], strict=True)]
    near = cluster_relatedness(set_linkages.matrices["combined"], sets)
    at = {name: i for i, name in enumerate(near.clusters)}
    cluster_of = kept.drop_duplicates("subcluster").set_index("subcluster")["cluster"].to_dict()
    values = ["jobs", "establishments", "payroll"]
    rows = []
    for label, codes in groups.items():
        figures = national_industries.reindex(codes)[values].sum(min_count=1)
        siblings = [s for s in groups if cluster_of[s] == cluster_of[label] and s != label]
        others = [near.cluster[at[label], at[s]] for s in siblings]
        rows.append(
            {
                "cluster": cluster_keys[cluster_of[label]],
                "id": cluster_id(given[label]) if label in given else names[label].id,
                "name": given.get(label, names[label].name),
                "industries": len(codes),
                **figures.to_dict(),
                "wcr": near.cluster[at[label], at[label]],
                "bcr_siblings": float(np.mean(others)) if others else np.nan,
                "label": label,
            }
        )
    columns = ["cluster", "id", "name", "industries", *values, "wcr", "bcr_siblings", "label"]
    table = pd.DataFrame(rows, columns=columns)
    table["key"] = subcluster_key(table["cluster"], table["id"])
    keys = kept["subcluster"].map(dict(zip(table["label"], table["key"], strict=True)))
    return Subclusters(table.drop(columns="label"), pd.Series(keys.to_numpy(), index=kept["naics"]))
