"""A set in the form in which regions are measured: cluster and kind of each industry, by level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from clusteratlas.editions.flow.step import step
from clusteratlas.vocabulary.tables.clusters import CLUSTER_LEVEL, LEVELS


@dataclass(frozen=True)
class Membership:
    """Cluster and kind of every classified six-digit industry under one set of definitions."""

    definition: str
    by_level: Mapping[str, pd.Series]
    """Of each level that the set has: index NAICS code, value key of the family, cluster or
    subcluster; of an industry that has none at the level that of its cluster, so that every
    industry counts once in the base of a share."""
    kind: pd.Series
    """Index key of the cluster, of any level; value traded or local."""
    level: pd.Series
    """Index key of the cluster, value its level."""

    @property
    def cluster(self) -> pd.Series:
        """Index NAICS code, value key of the cluster."""
        return self.by_level[CLUSTER_LEVEL]

    def of_level(self, level: str) -> pd.Index:
        """Keys of the clusters of one level."""
        return self.level.index[self.level == level]


def membership_of(memberships: pd.DataFrame, definition: str) -> Membership:
    """Lay out the memberships of one set by level."""
    own = memberships[memberships["definition"] == definition].set_index("naics")
    by_level, kinds, levels = {}, {}, {}
    for level in LEVELS:
        known = own[level].dropna()
        if known.empty:
            continue
        by_level[level] = own[level].fillna(own["cluster"]).astype(object)
        for code, key in known.items():
            levels[str(key)] = level
            kinds[str(key)] = "traded" if own.at[code, "traded"] else "local"
    return Membership(
        definition,
        by_level,
        pd.Series(kinds, dtype=object),
        pd.Series(levels, dtype=object),
    )


@step(over="sets")
def set_membership(memberships: pd.DataFrame, set_key: str) -> Membership:
    """Memberships of each set."""
    return membership_of(memberships, set_key)


@step()
def default_membership(memberships: pd.DataFrame, default_key: str) -> Membership:
    """Memberships of the default set."""
    return membership_of(memberships, default_key)
