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
from clusteratlas.editions.definitions.membership import Membership
from clusteratlas.editions.flow.files import DataFile
from clusteratlas.editions.flow.recipe import NAICS, Limits
from clusteratlas.editions.flow.step import step, table
from clusteratlas.editions.organizations.roles import role_table
from clusteratlas.vocabulary.arrays import IntArray
from clusteratlas.vocabulary.keys import industry_key

NEAREST = 6
"""Other clusters that an industry's relatedness is kept for."""


@step(over="sets")
def cluster_of(memberships: pd.DataFrame, national_industries: pd.DataFrame) -> pd.Series:
    """Key of the cluster of each six-digit industry, by code; "" where it is in none."""
    known = pd.Series(memberships["cluster"].to_numpy(), index=memberships["naics"].to_numpy())
    return known.reindex(national_industries.index).fillna("")


@step(over="sets")
def cluster_weights(
    cluster_of: pd.Series, sector_of: pd.Series, national_industries: pd.DataFrame
) -> pd.DataFrame:
    """Share of each input-output sector that each cluster has, by jobs."""
    weights = sector_weights(
        list(national_industries.index),
        sector_of,
        list(cluster_of),
        [float(n) for n in national_industries["jobs"].fillna(0)],
    )
    return weights[weights["cluster"] != ""]


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
    county_employment: DataFile,
) -> pd.DataFrame | None:
    """Links between the traded clusters of each set but the NAICS baselines."""
    if set_settings["method"] == NAICS:
        return None
    found = related_clusters(set_linkages, list(final_set.labels))
    a, b = found["a"].map(cluster_keys), found["b"].map(cluster_keys)
    # Keys sort otherwise than the working labels did: a pair is there once, in order of its keys.
    swap = a > b
    return found.assign(
        a=a.where(~swap, b),
        b=b.where(~swap, a),
        ri_ab=found["ri_ab"].where(~swap, found["ri_ba"]),
        ri_ba=found["ri_ba"].where(~swap, found["ri_ab"]),
        source=county_employment.key,
    )


@table(over="sets")
def cluster_flows(
    set_settings: Mapping[str, Any],
    cluster_weights: pd.DataFrame,
    io_flows: SectorFlows,
    io_use: DataFile,
) -> pd.DataFrame | None:
    """Sales between the clusters of each set but the NAICS baselines."""
    if set_settings["method"] == NAICS:
        return None
    return flows_between_clusters(io_flows, cluster_weights).assign(source=io_use.key)


@table(over="sets", keep=True)
def cluster_occupations(
    set_settings: Mapping[str, Any],
    cluster_of: pd.Series,
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
    found = occupations_of_clusters(
        profiles,
        list(cluster_of.reindex(codes).fillna("")),
        list(national_industries["jobs"].reindex(codes).fillna(0).astype(float)),
        smallest_share=limits.occupation_share,
    )
    found = found[found["cluster"] != ""]
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
