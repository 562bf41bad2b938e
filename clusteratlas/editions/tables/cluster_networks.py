"""Between clusters, and between sets: links, sales, affinities, occupations, roles, agreement."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import pandas as pd

from clusteratlas.analysis.clustering.derivation import DerivedDefinitions
from clusteratlas.analysis.linkages.combined import Linkages
from clusteratlas.analysis.linkages.input_output import (
    SectorFlows,
    flows_between_clusters,
    sector_weights,
)
from clusteratlas.analysis.linkages.occupations import OccupationProfiles, occupations_of_clusters
from clusteratlas.analysis.scores.affinities import cluster_affinities
from clusteratlas.analysis.scores.agreement import SetAgreement, compare_sets
from clusteratlas.analysis.scores.related_clusters import related_clusters
from clusteratlas.analysis.stability.resampling import cluster_co_membership
from clusteratlas.editions.definitions.families import Families
from clusteratlas.editions.definitions.membership import Membership
from clusteratlas.editions.flow.files import DataFile
from clusteratlas.editions.flow.recipe import NAICS, Limits
from clusteratlas.editions.flow.step import step, table
from clusteratlas.editions.organizations.roles import role_table
from clusteratlas.vocabulary.arrays import IntArray
from clusteratlas.vocabulary.keys import industry_key
from clusteratlas.vocabulary.tables.clusters import CLUSTER_LEVEL

NEAREST = 6
"""Other clusters that an industry's relatedness is kept for."""


@step(over="sets")
def cluster_weights(
    set_membership: Membership, sector_of: pd.Series, national_industries: pd.DataFrame
) -> pd.DataFrame:
    """Share of each input-output sector that each cluster has, by jobs; clusters of all levels."""
    codes = list(national_industries.index)
    jobs = [float(n) for n in national_industries["jobs"].fillna(0)]
    parts = []
    for level, cluster_of in set_membership.by_level.items():
        labels = list(cluster_of.reindex(codes).fillna(""))
        weights = sector_weights(codes, sector_of, labels, jobs)
        parts.append(weights[weights["cluster"].isin(set_membership.of_level(level))])
    return pd.concat(parts, ignore_index=True)


@table(over="sets", keep=True)
def affinities(
    set_settings: Mapping[str, Any],
    set_key: str,
    set_linkages: Linkages,
    final_set: DerivedDefinitions,
    judged_runs: IntArray | None,
    cluster_keys: Mapping[str, str],
    naics: DataFile,
    county_employment: DataFile,
) -> pd.DataFrame | None:
    """How related each traded industry is to its own and the nearest clusters."""
    if set_settings["method"] == NAICS:
        return None
    labels = list(final_set.labels)
    shares = None if judged_runs is None else cluster_co_membership(labels, judged_runs)
    found = cluster_affinities(set_linkages, labels, nearest=NEAREST, co_membership=shares)
    return found.assign(
        definition=set_key,
        industry=industry_key(naics.vintage, found["naics"].astype("string")),
        cluster=found["cluster"].map(cluster_keys),
        source=county_employment.key,
    ).drop(columns="naics")


@table(over="sets", keep=True)
def cluster_links(
    set_settings: Mapping[str, Any],
    set_linkages: Linkages,
    final_set: DerivedDefinitions,
    cluster_keys: Mapping[str, str],
    families: Families,
    county_employment: DataFile,
) -> pd.DataFrame | None:
    """Links between the traded clusters of each set but the NAICS baselines, and its families."""
    if set_settings["method"] == NAICS:
        return None
    labels = list(final_set.labels)
    parts = [
        related_clusters(set_linkages, [key_of[label] for label in labels])
        for key_of in (cluster_keys, families.key_of)
        if key_of
    ]
    return pd.concat(parts, ignore_index=True).assign(source=county_employment.key)


@table(over="sets")
def cluster_flows(
    set_settings: Mapping[str, Any],
    set_membership: Membership,
    cluster_weights: pd.DataFrame,
    io_flows: SectorFlows,
    io_use: DataFile,
) -> pd.DataFrame | None:
    """Sales between the clusters of each set but the NAICS baselines.

    Families and subclusters have theirs to and from clusters, and among each other: who adds up
    what is sold to those of one level counts no sale twice.
    """
    if set_settings["method"] == NAICS:
        return None
    found = flows_between_clusters(io_flows, cluster_weights)
    seller, buyer = (found[end].map(set_membership.level) for end in ("seller", "buyer"))
    shown = (seller == CLUSTER_LEVEL) | (buyer == CLUSTER_LEVEL) | (seller == buyer)
    return found[shown].assign(source=io_use.key)


@table(over="sets", keep=True)
def cluster_occupations(
    set_settings: Mapping[str, Any],
    set_membership: Membership,
    profiles: OccupationProfiles,
    national_industries: pd.DataFrame,
    limits: Limits,
    occupation_keys: pd.Series,
    occupations_matrix: DataFile,
) -> pd.DataFrame | None:
    """List the larger occupations of each cluster."""
    if set_settings["method"] == NAICS:
        return None
    codes = list(profiles.codes)
    jobs = list(national_industries["jobs"].reindex(codes).fillna(0).astype(float))
    parts = []
    for level, cluster_of in set_membership.by_level.items():
        labels = list(cluster_of.reindex(codes).fillna(""))
        of_all = occupations_of_clusters(
            profiles, labels, jobs, smallest_share=limits.occupation_share
        )
        parts.append(of_all[of_all["cluster"].isin(set_membership.of_level(level))])
    found = pd.concat(parts, ignore_index=True)
    return found.assign(
        occupation=found["occupation"].map(occupation_keys),
        source=occupations_matrix.key,
    )


@table(keep=True)
def cluster_roles(
    linkages: Linkages,
    io_flows: SectorFlows,
    sector_of: pd.Series,
    national_industries: pd.DataFrame,
    default_membership: Membership,
    naics: DataFile,
    county_employment: DataFile,
    io_use: DataFile,
) -> pd.DataFrame:
    """Industries outside a cluster of the default set that adjoin, supply, serve or buy from it."""
    return role_table(
        linkages,
        io_flows,
        sector_of,
        national_industries["jobs"],
        default_membership,
        naics.vintage,
        (county_employment.key, io_use.key),
    )


@step()
def compared_sets(
    memberships: pd.DataFrame, set_keys: list[str]
) -> dict[tuple[str, str], SetAgreement]:
    """Compare every two sets, the earlier one first, on the traded industries that both class."""
    traded = memberships[memberships["traded"]]
    sets = {
        str(k): dict(zip(g["naics"], g["cluster"], strict=True))
        for k, g in traded.groupby("definition")
    }
    return {(a, b): compare_sets(sets[a], sets[b]) for a, b in combinations(set_keys, 2)}


@table()
def agreements(
    compared_sets: Mapping[tuple[str, str], SetAgreement], county_employment: DataFile
) -> pd.DataFrame:
    """How far every two sets agree."""
    columns = ["a", "b", "industries", "only_a", "only_b", "ari", "ami", "vi"]
    rows = [
        (a, b, f.industries, f.only_a, f.only_b, f.ari, f.ami, f.vi)
        for (a, b), f in compared_sets.items()
    ]
    return pd.DataFrame(rows, columns=columns).assign(source=county_employment.key)


@table()
def overlaps(
    compared_sets: Mapping[tuple[str, str], SetAgreement], county_employment: DataFile
) -> pd.DataFrame:
    """Clusters of two sets that share industries."""
    none = pd.DataFrame(columns=["a", "b", "industries", "jaccard"])
    found = [f.overlaps for f in compared_sets.values()]
    return pd.concat(found or [none], ignore_index=True).assign(source=county_employment.key)
