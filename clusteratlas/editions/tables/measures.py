"""Regional figures of an edition: cells of employment files in, clusters by region out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from clusteratlas.analysis.cells.bridge import bridge_cells
from clusteratlas.analysis.cells.suppression import cluster_bounds, fill_top_down
from clusteratlas.analysis.regions.measures import NATION, regional_measures
from clusteratlas.analysis.regions.presence import industry_presence
from clusteratlas.errors import AnalysisError
from clusteratlas.loaders.economy.qcew import official_naics

_ROUNDING = 0.5
"""QCEW employment is an average over the year, rounded: published parts may miss their sum."""


@dataclass(frozen=True)
class Membership:
    """Cluster and kind of every classified six-digit industry under one set of definitions."""

    definition: str
    cluster: pd.Series
    """Index NAICS code, value key of the cluster."""
    kind: pd.Series
    """Index key of the cluster, value traded or local."""


@dataclass(frozen=True)
class Regional:
    """Industry cells of regions of one or more types from one file, and their nation."""

    cells: pd.DataFrame
    """region, region_type, naics, jobs, jobs_low, jobs_high, establishments, payroll."""
    nation: pd.DataFrame
    """naics, jobs, establishments."""
    year: int
    source: str


def published_cells(frame: pd.DataFrame, prefix: str) -> pd.DataFrame:
    """Six-digit cells of a business-patterns file; bounds by cluster come from `cluster_cells`."""
    six = frame[frame["level"] == 6]
    jobs = six["jobs"].astype("float64")
    return pd.DataFrame(
        {
            "region": prefix + ":" + six["area"],
            "region_type": prefix,
            "naics": six["naics"],
            "jobs": jobs,
            "jobs_low": jobs,
            "jobs_high": jobs,
            "establishments": six["establishments"].astype("float64"),
            "payroll": six["payroll"].astype("Float64"),
        }
    ).reset_index(drop=True)


def filled_counties(qcew: pd.DataFrame, shares: pd.DataFrame) -> pd.DataFrame:
    """County cells of private employment with withheld ones estimated, in the newer NAICS.

    Parameters
    ----------
    qcew
        Tidy table of source ``qcew``: private ownership of counties and states, and the counties'
        totals of all ownerships.
    shares
        Bridge of NAICS 2012 to 2017, as `bridge_shares` gives it.

    Returns
    -------
    DataFrame
        area, naics, jobs, jobs_low, jobs_high, establishments; six-digit industries.
    """
    states = qcew[(qcew["area_type"] == "state") & qcew["jobs"].notna()]
    sums = states.groupby("naics")[["jobs", "establishments"]].sum().astype("float64")
    size = (sums["jobs"] / sums["establishments"])[sums["establishments"] > 0]
    counties = qcew[(qcew["area_type"] == "county") & (qcew["ownership"] == 5)]
    filled = fill_top_down(
        counties[["area", "naics", "establishments", "jobs"]], size, rounding=_ROUNDING
    )
    six = filled[counties["level"].to_numpy() == 6].copy()
    # Where even the private total is withheld, that of all ownerships closes the open bound.
    whole = qcew[(qcew["area_type"] == "county") & (qcew["ownership"] == 0)].set_index("area")
    cap = six["area"].map(whole["jobs"]).astype("float64").clip(lower=six["jobs"])
    six["jobs_high"] = six["jobs_high"].clip(upper=cap.fillna(np.inf))
    lost = six.loc[np.isinf(six["jobs_high"]), "area"].unique()
    if len(lost):
        raise AnalysisError(
            f"county {lost[0]} has neither a private nor a whole total to bound its cells",
            hint="keep the rows of ownership 0 and level 0",
        )
    values = ["jobs", "jobs_low", "jobs_high", "establishments"]
    six["naics"] = official_naics(six["naics"])
    six = six.groupby(["area", "naics"], as_index=False, observed=True)[values].sum()
    return bridge_cells(six, shares, ["area"], values).drop(columns="bridged")


def county_regions(counties: pd.DataFrame, parts: pd.DataFrame) -> pd.DataFrame:
    """Cells of counties, and of economic areas as the sums of their counties."""
    own = counties.assign(region="county:" + counties["area"], region_type="county")
    own = own[own["region"].isin(parts["part"])]
    of = parts[parts["whole"].str.startswith("ea:")].set_index("part")["whole"]
    wide = own.assign(region=own["region"].map(of), region_type="ea").dropna(subset="region")
    values = ["jobs", "jobs_low", "jobs_high", "establishments"]
    keys = ["region", "region_type", "naics"]
    areas = wide.groupby(keys, as_index=False)[values].sum()
    both = pd.concat([own[[*keys, *values]], areas], ignore_index=True)
    return both.assign(payroll=pd.Series(pd.NA, index=both.index, dtype="Float64"))


def cluster_cells(
    regional: Regional, membership: Membership, bounds: pd.DataFrame | None
) -> pd.DataFrame:
    """Sum industry cells by cluster and region; ``bounds`` replace the sums of ``jobs_high``."""
    cells = regional.cells
    cells = cells.assign(cluster=cells["naics"].map(membership.cluster)).dropna(subset="cluster")
    values = ["jobs", "jobs_low", "jobs_high", "establishments"]
    keys = ["region", "region_type", "cluster"]
    sums = cells.groupby(keys, as_index=False)[[*values, "payroll"]].sum(min_count=1)
    if bounds is not None:
        high = bounds.set_index(["region", "cluster"])["jobs_high"]
        at = pd.MultiIndex.from_frame(sums[["region", "cluster"]])
        sums["jobs_high"] = high.reindex(at).to_numpy(dtype=float, na_value=float("nan"))
        sums["jobs_high"] = sums[["jobs_high", "jobs"]].max(axis=1)
    return sums.assign(kind=sums["cluster"].map(membership.kind))


def national_clusters(nation: pd.DataFrame, membership: Membership) -> pd.DataFrame:
    """Sum national industries by cluster: cluster, kind, jobs, establishments."""
    frame = nation.assign(cluster=nation["naics"].map(membership.cluster)).dropna(subset="cluster")
    sums = frame.groupby("cluster", as_index=False)[["jobs", "establishments"]].sum()
    return sums.assign(kind=sums["cluster"].map(membership.kind))


def bounds_of(frame: pd.DataFrame, prefix: str, membership: Membership) -> pd.DataFrame:
    """Largest employment of each cluster in each area that published totals allow."""
    cells = frame[["area", "naics", "jobs", "establishments"]]
    cluster = {str(code): str(key) for code, key in membership.cluster.items()}
    out = cluster_bounds(cells, cluster)
    return out.assign(region=prefix + ":" + out["area"])


def measure(
    regional: Regional, membership: Membership, bounds: pd.DataFrame | None
) -> dict[str, pd.DataFrame]:
    """Compute ``measures``, ``floors`` and ``region_profiles`` for one file's regions.

    A region without any establishment or job in a cluster has no row.
    """
    nation = national_clusters(regional.nation, membership)
    cells = cluster_cells(regional, membership, bounds)
    result = regional_measures(cells, nation, year=regional.year)
    # An annual average of establishments can round to none where there are jobs.
    there = (result.measures[["establishments", "jobs"]] > 0).any(axis=1)
    measures = result.measures[there]
    return {
        "measures": measures.assign(source=regional.source),
        "floors": result.floors,
        "region_profiles": result.region_profiles.assign(
            definition=membership.definition, source=regional.source
        ),
    }


def presence(regional: Regional, kinds: pd.Series) -> pd.DataFrame:
    """Compute ``presence`` of traded industries for one file's regions.

    Parameters
    ----------
    regional
        The cells; counties are left out.
    kinds
        Index NAICS code, value traded or local.
    """
    cells = regional.cells[~regional.cells["region_type"].isin(["county", NATION])]
    # Less than half a job is an estimate's way of saying none.
    cells = cells[cells["jobs"] >= 0.5]
    frame = industry_presence(
        pd.DataFrame(
            {
                "region": cells["region"],
                "industry": cells["naics"],
                "jobs": cells["jobs"],
                "estimated": cells["jobs"] > cells["jobs_low"] + 0.5,
            }
        ),
        pd.DataFrame(
            {
                "industry": regional.nation["naics"],
                "kind": regional.nation["naics"].map(kinds),
                "jobs": regional.nation["jobs"],
            }
        ),
        year=regional.year,
    )
    return frame.assign(source=regional.source)
