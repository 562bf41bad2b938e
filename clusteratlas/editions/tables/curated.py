"""The curated organizations of an edition that is built without registers."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from clusteratlas.editions.definitions.membership import Membership
from clusteratlas.editions.flow.step import step, table
from clusteratlas.editions.organizations.curated import with_curated


@step(keep=True)
def curated_tables(
    regions: pd.DataFrame, measures: pd.DataFrame, default_membership: Membership
) -> dict[str, pd.DataFrame]:
    """Organizations of the curated anatomies, in every table of organizations that has rows."""
    base = {"regions": regions, "measures": measures, "sources": pd.DataFrame()}
    found = with_curated(base, default_membership.cluster)
    return {name: frame for name, frame in found.items() if name not in {"regions", "measures"}}


@table(name="registers")
def anatomy_registers(curated_tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """List the anatomies as a register."""
    return curated_tables["registers"]


@table(name="organizations")
def anatomy_organizations(curated_tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Organizations that the anatomies name."""
    return curated_tables["organizations"]


@table(name="records")
def anatomy_records(curated_tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One record for each row of an anatomy."""
    return curated_tables["records"]


@table(name="participations")
def anatomy_participations(curated_tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Roles of the organizations in the regional clusters of their anatomies."""
    return curated_tables["participations"]
