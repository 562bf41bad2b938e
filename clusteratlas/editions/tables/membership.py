"""What stands behind a set of definitions: stability, nearness, subclusters, agreement."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from clusteratlas.analysis.clustering.derivation import weighted_similarity
from clusteratlas.analysis.clustering.naming import cluster_id, name_clusters
from clusteratlas.analysis.clustering.recipes import Recipe
from clusteratlas.analysis.clustering.subclusters import subclusters
from clusteratlas.analysis.linkages.combined import Linkages
from clusteratlas.analysis.linkages.relatedness import cluster_relatedness
from clusteratlas.analysis.scores.affinities import affinities
from clusteratlas.analysis.scores.agreement import compare_sets
from clusteratlas.analysis.stability.resampling import (
    AreaLevels,
    bootstrap_runs,
    cluster_co_membership,
    cluster_jaccard,
    pair_co_membership,
    refined_marks,
    stability_word,
)
from clusteratlas.editions.flow.recipe import Stability
from clusteratlas.editions.tables.industries import Frames, naics_key

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

NEAREST = 6
"""Other clusters that an industry's relatedness is kept for."""

SPLIT_ABOVE = 8
"""Clusters of more members are looked into for subclusters."""


def runs_frame(
    linkages: Linkages,
    levels: Mapping[str, AreaLevels],
    recipe: Recipe,
    resolution: float,
    settings: Stability,
) -> pd.DataFrame:
    """Derive a set on resampled areas: one column a run, one row an industry.

    The resolution that the full data gave is kept; the settings say with how many trials.
    """
    if recipe.method == "leiden":
        recipe = replace(recipe, resolution=resolution, trials=settings.trials)
    runs = bootstrap_runs(
        linkages, levels, recipe, runs=settings.runs, seed=settings.seed,
        threads=os.cpu_count() or 1,
    )  # fmt: skip
    return pd.DataFrame(runs.T, columns=[f"run{b:03d}" for b in range(len(runs))])


def runs_of(frame: pd.DataFrame) -> IntArray | None:
    """Cluster numbers of the runs, shape (runs, industries); None where there was no run."""
    return frame.to_numpy(dtype=np.int64).T.copy() if len(frame.columns) else None


def stable_members(members: pd.DataFrame, runs: IntArray | None) -> pd.DataFrame:
    """Add the column ``stability`` to memberships, and let it refine their marks."""
    if runs is None:
        return members.assign(stability=np.nan)
    labels = [str(c) for c in members["cluster"]]
    own = np.unique(labels, return_inverse=True)[1]
    shares = cluster_co_membership(labels, runs)[np.arange(len(own)), own]
    return members.assign(
        stability=shares, mark=refined_marks([str(m) for m in members["mark"]], shares)
    )


def stable_clusters(labels: Sequence[str], runs: IntArray | None) -> pd.DataFrame:
    """Jaccard and Hennig's word of each cluster; empty where there was no run."""
    found = {} if runs is None else cluster_jaccard(labels, runs)
    return pd.DataFrame(
        {
            "cluster": list(found),
            "jaccard": list(found.values()),
            "stability": [stability_word(j) for j in found.values()],
        }
    )


def affinity_table(
    linkages: Linkages, labels: Sequence[str], runs: IntArray | None
) -> pd.DataFrame:
    """Relatedness of each industry to its own and the nearest clusters, with what would move it."""
    shares = None if runs is None else cluster_co_membership(labels, runs)
    return affinities(linkages, labels, nearest=NEAREST, co_membership=shares)


def tie_shares(ties: pd.DataFrame, codes: Sequence[str], runs: IntArray | None) -> FloatArray:
    """Share of runs in which both ends of each tie are in one cluster; NaN where no run was."""
    if runs is None:
        return np.full(len(ties), np.nan)
    at = pd.Index(codes)
    a, b = (at.get_indexer(pd.Index(ties[side])) for side in "ab")
    pairs: FloatArray = pair_co_membership(runs)[a, b]
    return pairs


def found_subclusters(linkages: Linkages, labels: Sequence[str], recipe: Recipe) -> list[str]:
    """Subcluster of each industry by the method of the set, "" where its cluster is whole."""
    found, _ = subclusters(
        np.round(weighted_similarity(linkages, recipe), 9), labels, larger_than=SPLIT_ABOVE,
        method=recipe.method, neighbors=recipe.neighbors, mutual=recipe.mutual, seed=recipe.seed,
    )  # fmt: skip
    return found


@dataclass(frozen=True)
class Inside:
    """Subclusters of one set."""

    table: pd.DataFrame
    """Without ``source``."""
    key_of: pd.Series
    """Index six-digit code, value key of its subcluster."""


def subcluster_table(
    linkages: Linkages,
    members: pd.DataFrame,
    key: Mapping[str, str],
    titles: Mapping[str, str],
    nation: pd.DataFrame,
) -> Inside:
    """Name and sum subclusters.

    Parameters
    ----------
    linkages
        Of the industries that ``members`` lists, in its order.
    members
        Columns naics, cluster, subcluster (a label, "" where there is none) and, where names are
        given, subcluster_name.
    key
        Key of each cluster.
    titles, nation
        Title of each industry, and its jobs, establishments and payroll.
    """
    kept = members[members["subcluster"] != ""]
    groups = {str(k): list(v) for k, v in kept.groupby("subcluster")["naics"].agg(list).items()}
    jobs = {str(c): float(n) for c, n in nation["jobs"].fillna(0).items()}
    names = name_clusters(groups, [], titles, jobs) if groups else {}
    given = (
        kept.drop_duplicates("subcluster").set_index("subcluster")["subcluster_name"].to_dict()
        if "subcluster_name" in kept
        else {}
    )
    # Those without a subcluster stand beside them as a group that is left out afterwards.
    sets = [s or f" {c}" for s, c in zip(members["subcluster"], members["cluster"], strict=True)]
    near = cluster_relatedness(linkages.matrices["combined"], sets)
    at = {name: i for i, name in enumerate(near.clusters)}
    cluster_of = kept.drop_duplicates("subcluster").set_index("subcluster")["cluster"].to_dict()
    rows = []
    for label, codes in groups.items():
        figures = nation.reindex(codes)[["jobs", "establishments", "payroll"]].sum(min_count=1)
        siblings = [s for s in groups if cluster_of[s] == cluster_of[label] and s != label]
        others = [near.cluster[at[label], at[s]] for s in siblings]
        rows.append(
            {
                "cluster": key[cluster_of[label]],
                "id": cluster_id(given[label]) if label in given else names[label].id,
                "name": given.get(label, names[label].name),
                "industries": len(codes),
                **figures.to_dict(),
                "wcr": near.cluster[at[label], at[label]],
                "bcr_siblings": float(np.mean(others)) if others else np.nan,
                "label": label,
            }
        )
    columns = [
        "cluster", "id", "name", "industries", "jobs", "establishments", "payroll", "wcr",
        "bcr_siblings", "label",
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns)
    table["key"] = table["cluster"] + "/" + table["id"]
    keys = kept["subcluster"].map(dict(zip(table["label"], table["key"], strict=True)))
    return Inside(table.drop(columns="label"), pd.Series(keys.to_numpy(), index=kept["naics"]))


def agreement_tables(memberships: pd.DataFrame, order: Sequence[str], source: str) -> Frames:
    """Compare every two sets on the traded industries that both class.

    Parameters
    ----------
    memberships
        Table ``memberships`` of all sets.
    order
        Keys of the sets: the earlier one of a pair is its ``a``.
    """
    traded = memberships[memberships["traded"]]
    sets = {
        str(k): dict(zip(g["naics"], g["cluster"], strict=True))
        for k, g in traded.groupby("definition")
    }
    rows, overlaps = [], []
    for a, b in combinations(order, 2):
        found = compare_sets(sets[a], sets[b])
        rows.append(
            (a, b, found.industries, found.only_a, found.only_b, found.ari, found.ami, found.vi)
        )
        overlaps.append(found.overlaps)
    columns = ["a", "b", "industries", "only_a", "only_b", "ari", "ami", "vi"]
    none = pd.DataFrame(columns=["a", "b", "industries", "jaccard"])
    return {
        "agreements": pd.DataFrame(rows, columns=columns).assign(source=source),
        "overlaps": pd.concat(overlaps or [none], ignore_index=True)
        .assign(source=source),
    }  # fmt: skip


def affinity_rows(
    table: pd.DataFrame, definition: str, key: Mapping[str, str], vintage: int, source: str
) -> pd.DataFrame:
    """Put keys in the place of codes and working labels."""
    return table.assign(
        definition=definition,
        industry=naics_key(vintage, table["naics"]),
        cluster=table["cluster"].map(key),
        source=source,
    ).drop(columns="naics")
