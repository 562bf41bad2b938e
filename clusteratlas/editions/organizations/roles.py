"""Roles of industries around the clusters of the default definitions."""

from __future__ import annotations

import pandas as pd

from clusteratlas.analysis.linkages.combined import Linkages
from clusteratlas.analysis.linkages.input_output import SectorFlows
from clusteratlas.analysis.scores.cluster_roles import RoleInputs, roles_of_industries
from clusteratlas.editions.definitions.membership import Membership
from clusteratlas.vocabulary.keys import industry_key


def role_table(
    linkages: Linkages,
    flows: SectorFlows,
    sector_of: pd.Series,
    jobs: pd.Series,
    membership: Membership,
    vintage: int,
    sources: tuple[str, str],
) -> pd.DataFrame:
    """Assemble the table ``cluster_roles``, for clusters of every level.

    Parameters
    ----------
    linkages
        Of all industries.
    flows, sector_of, jobs
        Sector flows, sector of each industry, national employment of each.
    membership
        Of the default definitions.
    vintage
        NAICS vintage.
    sources
        Keys of the sources of co-location and of the flows: adjoining industries come from the
        first, the others from the second.
    """
    parts = []
    for level, cluster_of in membership.by_level.items():
        traded = cluster_of[cluster_of.map(membership.kind) == "traded"]
        traded = traded[traded.index.isin(linkages.codes)].astype(object)
        of_all = roles_of_industries(
            RoleInputs(
                traded, linkages.subset(list(traded.index)), linkages, flows, sector_of, jobs
            )
        )
        parts.append(of_all[of_all["cluster"].isin(membership.of_level(level))])
    table = pd.concat(parts, ignore_index=True)
    located, traded_with = sources
    return table.assign(
        industry=industry_key(vintage, table["naics"].astype("string")),
        source=table["flow"].isna().map({True: located, False: traded_with}),
    ).drop(columns="naics")
