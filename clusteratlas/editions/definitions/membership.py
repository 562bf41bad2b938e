"""The default set in the form in which regions are measured: cluster and kind of each industry."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from clusteratlas.editions.flow.step import step


@dataclass(frozen=True)
class Membership:
    """Cluster and kind of every classified six-digit industry under one set of definitions."""

    definition: str
    cluster: pd.Series
    """Index NAICS code, value key of the cluster."""
    kind: pd.Series
    """Index key of the cluster, value traded or local."""


@step()
def default_membership(memberships: pd.DataFrame, default_key: str) -> Membership:
    """Memberships of the default set."""
    own = memberships[memberships["definition"] == default_key]
    cluster = pd.Series(own["cluster"].to_numpy(), index=own["naics"].to_numpy())
    traded = own.drop_duplicates("cluster").set_index("cluster")["traded"]
    return Membership(default_key, cluster, traded.map({True: "traded", False: "local"}))
