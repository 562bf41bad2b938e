"""Sets of definitions and their clusters: who belongs where, and how clearly."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from clusteratlas.analysis.clustering.derivation import DerivedDefinitions
from clusteratlas.analysis.clustering.naming import ClusterName
from clusteratlas.analysis.linkages.combined import Linkages
from clusteratlas.analysis.linkages.input_output import SectorFlows
from clusteratlas.analysis.linkages.relatedness import cluster_relatedness
from clusteratlas.analysis.scores.validation import mean_validation_score, size_balance
from clusteratlas.analysis.stability.null_model import StructureTest
from clusteratlas.analysis.stability.resampling import (
    cluster_jaccard,
    stability_word,
    vintage_likeness,
)
from clusteratlas.editions.definitions.names import Subclusters
from clusteratlas.editions.flow.files import DataFile
from clusteratlas.editions.flow.step import table
from clusteratlas.vocabulary.arrays import IntArray
from clusteratlas.vocabulary.keys import cluster_key, codes_of, industry_key


@table(over="sets")
def definitions(
    set_key: str,
    set_name: str,
    set_settings: Mapping[str, Any],
    is_default: bool,
    final_set: DerivedDefinitions,
    clusters: pd.DataFrame,
    structure: StructureTest | None,
    county_employment: DataFile,
) -> pd.DataFrame:
    """One row a set: method, parameters, balance, score, and how far it holds."""
    sizes = size_balance(list(final_set.labels))
    null = () if structure is None else structure.null
    # Objections have a table of their own.
    parameters = {k: v for k, v in set_settings.items() if k != "objections"}
    return pd.DataFrame(
        {
            "key": [set_key],
            "name": [set_name],
            "title": [set_settings["title"]],
            "method": [set_settings["method"]],
            "parameters": [json.dumps(parameters, sort_keys=True)],
            "seed": [set_settings.get("seed")],
            "is_default": [is_default],
            "traded_clusters": [sizes.clusters],
            "local_clusters": [int((clusters["kind"] == "local").sum())],
            "largest": [sizes.largest],
            "singletons": [sizes.singletons],
            "effective_number": [sizes.effective_number],
            "vs4": [mean_validation_score(final_set.scores)],
            "jaccard": [clusters["jaccard"].median()],
            "vintages": [clusters["vintages"].median()],
            "margin": [None if structure is None else structure.margin],
            "null_low": [min(null, default=None)],
            "null_high": [max(null, default=None)],
            "null_copies": [len(null) or None],
            "source": [county_employment.key],
        }
    )


@table(over="sets")
def scores(final_set: DerivedDefinitions, set_key: str) -> pd.DataFrame:
    """Score each set on each matrix."""
    return final_set.scores.assign(definition=set_key)


@table(over="sets", keep=True)
def memberships(
    members: pd.DataFrame,
    outliers: pd.DataFrame,
    cluster_names: Mapping[str, ClusterName],
    cluster_keys: Mapping[str, str],
    named_subclusters: Subclusters,
    local_industries: pd.DataFrame,
    set_key: str,
    naics: DataFile,
    county_employment: DataFile,
) -> pd.DataFrame:
    """Which industry belongs to which cluster under each set; local industries under each alike."""
    label = members["cluster"]
    traded = pd.DataFrame(
        {
            "naics": members["naics"],
            "cluster": label.map(cluster_keys),
            "cluster_name": label.map({k: n.name for k, n in cluster_names.items()}),
            "traded": True,
            "relatedness": members["relatedness"],
            "next_cluster": members["next_cluster"].map(cluster_keys),
            "next_relatedness": members["next_relatedness"],
            "moved": members["moved"],
            "stability": members["stability"],
            "mark": members["mark"],
        }
    )
    local = pd.DataFrame(
        {
            "naics": local_industries["naics"],
            "cluster": [cluster_key(set_key, str(c)) for c in local_industries["cluster"]],
            "cluster_name": local_industries["name"],
            "traded": False,
            "moved": False,
            "stability": np.nan,
            "mark": "usual",
        }
    )
    both = pd.concat([traded, local], ignore_index=True)
    judged = outliers[outliers["reason"].notna()].set_index("naics")
    return both.assign(
        moved_because=both["naics"].map(judged["reason"]),
        moved_from=both["naics"].map(judged["from_cluster"]),
        moved_relatedness=both["naics"].map(judged["relatedness"]),
        definition=set_key,
        industry=industry_key(naics.vintage, both["naics"].astype("string")),
        subcluster=both["naics"].map(named_subclusters.key_of),
        source=county_employment.key,
    )


@table(over="sets")
def outliers(
    final_set: DerivedDefinitions, cluster_names: Mapping[str, ClusterName], set_key: str
) -> pd.DataFrame:
    """Log of the outlier pass and, after it, of the judged moves."""
    ids = {label: name.id for label, name in cluster_names.items()}
    log = final_set.outliers
    return log.assign(
        definition=set_key,
        reason=log.get("reason"),
        from_cluster=log["from_cluster"].map(ids).fillna(log["from_cluster"]),
        to_cluster=log["to_cluster"].map(ids).fillna(log["to_cluster"]),
    )


@table(over="sets")
def clusters(
    memberships: pd.DataFrame,
    final_set: DerivedDefinitions,
    set_linkages: Linkages,
    cluster_names: Mapping[str, ClusterName],
    cluster_keys: Mapping[str, str],
    cluster_weights: pd.DataFrame,
    io_flows: SectorFlows,
    judged_runs: IntArray | None,
    judged_vintages: Mapping[str, IntArray],
    name_checks: pd.DataFrame,
    national_industries: pd.DataFrame,
    set_key: str,
    county_employment: DataFile,
) -> pd.DataFrame:
    """Clusters of each set, traded and local: sums, relatedness, buyers, stability."""
    values = ["jobs", "establishments", "payroll"]
    figures = memberships.join(national_industries, on="naics")
    sums = figures.groupby("cluster")[values].sum(min_count=1)
    counted = memberships.groupby("cluster", as_index=False).agg(
        name=("cluster_name", "first"), traded=("traded", "first"), industries=("naics", "size")
    )
    counted = counted.join(sums, on="cluster")
    near = cluster_relatedness(set_linkages.matrices["combined"], list(final_set.labels))
    matrix = near.cluster.copy()
    within = pd.Series(np.diag(matrix), index=[cluster_keys[c] for c in near.clusters])
    np.fill_diagonal(matrix, np.nan)
    outside = pd.Series(np.nanmean(matrix, axis=1), index=within.index)
    origin = {cluster_keys[label]: name.origin for label, name in cluster_names.items()}
    key = counted["cluster"]
    jaccard = {} if judged_runs is None else cluster_jaccard(final_set.labels, judged_runs)
    likeness = vintage_likeness(final_set.labels, judged_vintages)
    likeness = likeness.rename(index=cluster_keys).reindex(key)
    found = {cluster_keys[label]: value for label, value in jaccard.items()}
    table = pd.DataFrame(
        {
            "key": key,
            "definition": set_key,
            "id": codes_of(key),
            "name": counted["name"],
            "name_origin": key.map(origin).fillna("rule"),
            "kind": counted["traded"].map({True: "traded", False: "local"}),
            "industries": counted["industries"],
            "jobs": counted["jobs"],
            "establishments": counted["establishments"],
            "payroll": counted["payroll"],
            "wcr": key.map(within),
            "bcr_mean": key.map(outside),
            "consumer_share": key.map(_consumer_shares(io_flows, cluster_weights)),
            "jaccard": key.map(found),
            "stability": key.map({k: stability_word(j) for k, j in found.items()}),
            "vintages": likeness.mean(axis=1).to_numpy(),
            "vintages_least": likeness.min(axis=1).to_numpy(),
            "by_vintage": [_each(row) for _, row in likeness.iterrows()],
            "source": county_employment.key,
        }
    )
    return table.join(name_checks, on="key")


def _each(likeness: pd.Series) -> str | None:
    """Say the likeness of a cluster on each vintage; None where no set was derived."""
    return ", ".join(f"{name} {value:.2f}" for name, value in likeness.dropna().items()) or None


def _consumer_shares(flows: SectorFlows, weights: pd.DataFrame) -> pd.Series:
    """Share of each cluster's sales that goes to households, by its weights in the sectors."""
    at = pd.Index(flows.codes).get_indexer(pd.Index(weights["sector"]))
    known = weights[at >= 0]
    at = at[at >= 0]
    households = (known["weight"] * flows.consumer_sales[at]).groupby(known["cluster"]).sum()
    everyone = (known["weight"] * flows.total_sales[at]).groupby(known["cluster"]).sum()
    return (households / everyone).where(everyone > 0)


@table(over="sets")
def subclusters(
    named_subclusters: Subclusters, name_checks: pd.DataFrame, county_employment: DataFile
) -> pd.DataFrame:
    """List the groups inside the larger traded clusters of the default set, and of users' sets."""
    table = named_subclusters.table.assign(source=county_employment.key)
    return table.join(name_checks, on="key")
