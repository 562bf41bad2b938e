"""Names and keys of the clusters and subclusters of one set, which every table refers to."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

from clusteratlas.analysis.clustering.name_parts import (
    NameTruth,
    name_truth,
    parse_parts,
    unsaid_words,
)
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
from clusteratlas.errors import AnalysisError, InputError
from clusteratlas.vocabulary.keys import cluster_key, subcluster_key

NAME_FIGURES = (
    "named_share",
    "smallest_named",
    "smallest_named_share",
    "largest_unnamed",
    "largest_unnamed_share",
)
"""Columns that say how far a name is true."""


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
    anchors = curated_names("cluster_names.csv")
    return name_clusters(clusters, anchors, titles, job_weights(national_industries))


def curated_names(file: str) -> list[CuratedName]:
    """Read curated names from a file beside this.

    Its columns are ``id``, ``name``, ``members`` (the codes that the name was given for),
    ``parts`` (:func:`parse_parts`), ``sentence`` (what defines it) and ``kept_because`` (why it is
    a cluster although the data alone do not form it); the last three may be empty or missing.

    Raises
    ------
    InputError
        If the parts of a name cannot be read, or the name does not say one of them.
    """
    path = files("clusteratlas.editions.definitions") / file
    with path.open(encoding="utf-8") as handle:
        return [_curated(file, row) for row in csv.DictReader(handle)]


def _curated(file: str, row: Mapping[str, str]) -> CuratedName:
    try:
        parts = parse_parts(row.get("parts") or "")
        unsaid_words(row["name"], parts)
    except AnalysisError as exc:
        raise InputError(f"{file}: {row['id']}: {exc.message}", hint=exc.hint) from exc
    members = frozenset(row["members"].split())
    words = ((row.get(name) or "").strip() for name in ("sentence", "kept_because"))
    return CuratedName(row["id"], row["name"], members, parts, *words)


def job_weights(national_industries: pd.DataFrame) -> dict[str, float]:
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
    names: Mapping[str, ClusterName]
    """Name of each, by key."""
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
    anchors = curated_names("subcluster_names.csv")
    names = name_clusters(groups, anchors, titles, job_weights(national_industries))
    names |= {k: ClusterName(cluster_id(name), name, "supplied") for k, name in given.items()}
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
                "id": names[label].id,
                "name": names[label].name,
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
    key_of = {str(k): str(v) for k, v in zip(table["label"], table["key"], strict=True)}
    return Subclusters(
        table.drop(columns="label"),
        {key_of[label]: name for label, name in names.items()},
        pd.Series(kept["subcluster"].map(key_of).to_numpy(), index=kept["naics"]),
    )


@step(over="sets")
def name_checks(
    memberships: pd.DataFrame,
    cluster_names: Mapping[str, ClusterName],
    cluster_keys: Mapping[str, str],
    named_subclusters: Subclusters,
    titles: Mapping[str, str],
    national_industries: pd.DataFrame,
) -> pd.DataFrame:
    """Hold the names of clusters and subclusters against their jobs; see :func:`name_truth`.

    Returns
    -------
    Index key of the cluster or subcluster: description, kept_because, named_share, smallest_named,
    smallest_named_share, largest_unnamed, largest_unnamed_share. The last five are missing where
    nobody has explained the words of a name.
    """
    known = {cluster_keys[label]: name for label, name in cluster_names.items()}
    known |= named_subclusters.names
    jobs = memberships["naics"].map(national_industries["jobs"]).astype(float)
    rows: dict[str, dict[str, Any]] = {}
    for column in ("cluster", "subcluster"):
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
