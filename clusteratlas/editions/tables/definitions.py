"""Sets of definitions and their clusters: who belongs where, and how clearly."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from clusteratlas.analysis.clustering.derivation import DerivedDefinitions
from clusteratlas.analysis.clustering.families import second_memberships
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
from clusteratlas.editions.definitions.families import Families
from clusteratlas.editions.definitions.membership import Membership
from clusteratlas.editions.definitions.names import Subclusters
from clusteratlas.editions.flow.files import DataFile
from clusteratlas.editions.flow.judgments import Hierarchy
from clusteratlas.editions.flow.recipe import NAICS
from clusteratlas.editions.flow.step import table
from clusteratlas.vocabulary.arrays import FloatArray, IntArray
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
    families: Families,
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
            "family": label.map(families.key_of),
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
    set_membership: Membership,
    final_set: DerivedDefinitions,
    set_linkages: Linkages,
    cluster_names: Mapping[str, ClusterName],
    cluster_keys: Mapping[str, str],
    families: Families,
    named_subclusters: Subclusters,
    local_names: Mapping[str, ClusterName],
    cluster_weights: pd.DataFrame,
    io_flows: SectorFlows,
    judged_runs: IntArray | None,
    judged_vintages: Mapping[str, IntArray],
    name_checks: pd.DataFrame,
    national_industries: pd.DataFrame,
    set_key: str,
    county_employment: DataFile,
) -> pd.DataFrame:
    """Families, clusters and subclusters of each set: sums, relatedness, buyers, stability."""
    names = {
        **{cluster_keys[label]: name for label, name in cluster_names.items()},
        **families.names,
        **named_subclusters.names,
        **local_names,
    }
    inner = memberships.dropna(subset=["subcluster"])
    parents = {
        **{cluster_keys[label]: key for label, key in families.key_of.items()},
        **dict(zip(inner["subcluster"], inner["cluster"], strict=True)),
    }
    table = pd.concat(
        [
            _figures(memberships, level, national_industries).join(
                _near(set_linkages, set_membership, level, parents), on="key"
            )
            for level in set_membership.by_level
        ],
        ignore_index=True,
    )
    key = table["key"]
    jaccard = {} if judged_runs is None else cluster_jaccard(final_set.labels, judged_runs)
    likeness = vintage_likeness(final_set.labels, judged_vintages)
    likeness = likeness.rename(index=cluster_keys).reindex(key)
    found = {cluster_keys[label]: value for label, value in jaccard.items()}
    reasons = {cluster_keys[label]: reason for label, reason in families.reasons.items()}
    table = table.assign(
        definition=set_key,
        id=codes_of(key),
        name=[names[k].name for k in key],
        name_origin=[names[k].origin for k in key],
        kind=key.map(set_membership.kind),
        parent=key.map(parents),
        parent_reason=key.map(reasons),
        consumer_share=key.map(_consumer_shares(io_flows, cluster_weights)),
        jaccard=key.map(found),
        stability=key.map({k: stability_word(j) for k, j in found.items()}),
        vintages=likeness.mean(axis=1).to_numpy(),
        vintages_least=likeness.min(axis=1).to_numpy(),
        by_vintage=pd.Series([_each(row) for _, row in likeness.iterrows()], dtype=object),
        source=county_employment.key,
    )
    return table.join(name_checks, on="key")


def _each(likeness: pd.Series) -> str | None:
    """Say the likeness of a cluster on each vintage; None where no set was derived."""
    return ", ".join(f"{name} {value:.2f}" for name, value in likeness.dropna().items()) or None


def _figures(
    memberships: pd.DataFrame, level: str, national_industries: pd.DataFrame
) -> pd.DataFrame:
    """Sum the industries of each cluster of a level: key, level, industries, and figures."""
    values = ["jobs", "establishments", "payroll"]
    own = memberships.dropna(subset=[level])
    groups = own.join(national_industries[values], on="naics").groupby(level)
    sums = groups[values].sum(min_count=1).assign(industries=groups.size(), level=level)
    return sums.rename_axis("key").reset_index()


def _near(
    linkages: Linkages, membership: Membership, level: str, parents: Mapping[str, str]
) -> pd.DataFrame:
    """Relatedness of each cluster of a level: within, to the others of it, to those beside it."""
    cluster_of = membership.by_level[level]
    near = cluster_relatedness(
        linkages.matrices["combined"], [str(cluster_of[code]) for code in linkages.codes]
    )
    at = [i for i, key in enumerate(near.clusters) if membership.level[key] == level]
    keys = [near.clusters[i] for i in at]
    matrix = near.cluster[np.ix_(at, at)].copy()
    within = np.diag(matrix).copy()
    np.fill_diagonal(matrix, np.nan)
    above = np.array([parents.get(key, key) for key in keys], dtype=object)
    beside = np.where(above[:, None] == above[None, :], matrix, np.nan)
    return pd.DataFrame(
        {"wcr": within, "bcr_mean": _row_means(matrix), "bcr_siblings": _row_means(beside)},
        index=pd.Index(keys, dtype=object),
    )


def _row_means(matrix: FloatArray) -> FloatArray:
    """Mean of the known values of each row; NaN where none is known."""
    known = ~np.isnan(matrix)
    count = known.sum(axis=1)
    sums = np.where(known, matrix, 0.0).sum(axis=1)
    nothing = np.full(len(matrix), np.nan)
    means: FloatArray = np.divide(sums, count, out=nothing, where=count > 0)
    return means


@table(over="sets")
def second_members(
    final_set: DerivedDefinitions,
    set_linkages: Linkages,
    set_settings: Mapping[str, Any],
    cluster_keys: Mapping[str, str],
    hierarchy: Hierarchy,
    set_key: str,
    naics: DataFile,
    county_employment: DataFile,
) -> pd.DataFrame | None:
    """Which industries are nearly as related to another cluster; not of the NAICS baselines."""
    if set_settings["method"] == NAICS:
        return None
    found = second_memberships(
        set_linkages.matrices["combined"],
        list(final_set.labels),
        margin=hierarchy.second_margin,
    )
    table = pd.DataFrame(found, columns=["at", "cluster", "relatedness", "gap"])
    codes = pd.Series([final_set.codes[i] for i in table.pop("at")], dtype="string")
    return table.assign(
        definition=set_key,
        industry=industry_key(naics.vintage, codes),
        cluster=table["cluster"].map(cluster_keys),
        source=county_employment.key,
    )


@table(over="sets")
def cluster_merges(
    families: Families, cluster_keys: Mapping[str, str], set_key: str
) -> pd.DataFrame:
    """List the merges of the clusters of the default set, from the nearest two to the whole."""
    merges = families.merges
    ends = {end: [cluster_keys.get(str(x), str(x)) for x in merges[end]] for end in ("a", "b")}
    return merges.assign(definition=set_key, **ends)


def _consumer_shares(flows: SectorFlows, weights: pd.DataFrame) -> pd.Series:
    """Share of each cluster's sales that goes to households, by its weights in the sectors."""
    at = pd.Index(flows.codes).get_indexer(pd.Index(weights["sector"]))
    known = weights[at >= 0]
    at = at[at >= 0]
    households = (known["weight"] * flows.consumer_sales[at]).groupby(known["cluster"]).sum()
    everyone = (known["weight"] * flows.total_sales[at]).groupby(known["cluster"]).sum()
    return (households / everyone).where(everyone > 0)
