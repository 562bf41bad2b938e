"""Industries outside a cluster that adjoin it, supply it, serve it or buy from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from clusteratlas.analysis.linkages.combined import Linkages
from clusteratlas.analysis.linkages.input_output import SectorFlows
from clusteratlas.analysis.linkages.relatedness import cluster_relatedness
from clusteratlas.analysis.products import product
from clusteratlas.vocabulary.arrays import FloatArray

SERVICES = ("51", "52", "53", "54", "55", "56", "61", "62", "81")
"""NAICS sectors that serve firms: information, finance, professional services, ..."""
MARGINS = ("42", "44", "45", "48", "49")
"""Trade and transport, which the accounts show as margins on the goods of others."""
HEADQUARTERS = "551114"
"""Managing offices: a firm's sales to itself."""

ADJOINING, SUPPLIER, SERVICE, CUSTOMER = "adjoining", "supplier", "service provider", "customer"

NEAREST = 3
"""A cluster is adjoined by an industry that has it among so many nearest other clusters."""
LIMIT = 20
"""Industries kept in each role."""
APART = 5
"""Margins and headquarters kept beside them."""

COLUMNS = (
    "cluster",
    "naics",
    "role",
    "flow",
    "usd",
    "flow_share",
    "relatedness",
    "lc",
    "occ",
    "rank",
)


@dataclass(frozen=True, slots=True, eq=False)
class RoleInputs:
    """What the roles of industries are computed from."""

    cluster_of: pd.Series
    """Index six-digit code of a traded industry, value its cluster."""
    traded: Linkages
    """Of the traded industries: index and order of ``cluster_of`` may differ."""
    every: Linkages
    """Of all industries, local ones too."""
    flows: SectorFlows
    sector_of: pd.Series
    """Index six-digit code, value sector."""
    jobs: pd.Series
    """Index six-digit code, national employment."""


def flow_kind(naics: str) -> str:
    """Name what an industry sells: goods, services, margin or headquarters.

    >>> [flow_kind(c) for c in ("325412", "541714", "424210", "551114")]
    ['goods', 'services', 'margin', 'headquarters']

    Parameters
    ----------
    naics
        Six-digit code.

    Returns
    -------
    goods, services, margin or headquarters.
    """
    if naics == HEADQUARTERS:
        return "headquarters"
    if naics.startswith(MARGINS):
        return "margin"
    return "services" if naics[:2] >= "51" else "goods"


def roles_of_industries(inputs: RoleInputs) -> pd.DataFrame:
    """Rank the industries outside each cluster by what they are to it.

    *Adjoining* (ours): a traded industry whose mean links to the members are above those of an
    average pair in all three kinds, co-location (LC-Emp), purchases (IO) and occupations (Occ), and
    that has the cluster among its :data:`NEAREST` nearest other clusters by combined relatedness. A
    kind that is not known of its pairs (a masked sector's purchases) speaks not against it. Ranked
    by that relatedness.

    *Supplier, service provider, customer*: sales between sectors, shared out by jobs on both sides,
    ``usd_ic = j_i/J_s(i) sum_t Z_s(i)t J_tc/J_t`` (customers: Z transposed), J_tc being the
    cluster's jobs in sector t; industries of a sector without any jobs share it equally. Service
    providers are those of :data:`SERVICES`. Ranked by ``usd (1 + lc) / 2``, so that of two equal
    flows the industry that is found where the cluster is comes first (ours; an industry without
    a known co-location counts as 0). Margins and headquarters are ranked behind the others.

    Parameters
    ----------
    inputs
        Clusters, linkages, sales and jobs.

    Returns
    -------
    Columns :data:`COLUMNS`; ``usd`` in million USD a year, ``flow_share`` of the buyer's
    intermediate inputs, ``relatedness`` in standard deviations and NaN for local industries, ``lc``
    and ``occ`` means over the members, NaN where not known. Sorted by cluster, role and rank.
    """
    cluster_of = inputs.cluster_of.sort_index()
    codes = sorted(set(inputs.every.codes) | set(inputs.sector_of.dropna().index))
    codes = [c for c in codes if len(c) == 6]
    names = sorted(cluster_of.unique())
    near = _near(inputs, cluster_of, codes, names)
    bought, sold = _trade(inputs, cluster_of, codes, names)
    tables = [_adjoining(inputs, cluster_of, codes, names, near)]
    kinds = np.array([flow_kind(c) for c in codes], dtype=object)
    serves = np.array([c.startswith(SERVICES) for c in codes])
    for c, name in enumerate(names):
        outside = ~np.isin(codes, cluster_of.index[cluster_of == name])
        makes = _sells(cluster_of.index[cluster_of == name], inputs.jobs)
        for role, (usd, share), chosen, kind in (
            (SUPPLIER, bought, outside & ~serves, kinds),
            (SERVICE, bought, outside & serves, kinds),
            (CUSTOMER, sold, outside, np.where(kinds == "headquarters", kinds, makes)),
        ):
            frame = pd.DataFrame({"cluster": name, "naics": codes, "role": role, "flow": kind})
            frame = frame.assign(usd=usd[:, c], flow_share=share[:, c])
            frame = frame.assign(**{k: v[:, c] for k, v in near.items()})
            tables.append(_ranked(frame[chosen & (usd[:, c] > 0)], role))
    table = pd.concat(tables, ignore_index=True)[list(COLUMNS)]
    return table.sort_values(["cluster", "role", "rank"], ignore_index=True)


def _near(
    inputs: RoleInputs, cluster_of: pd.Series, codes: Sequence[str], names: Sequence[str]
) -> dict[str, FloatArray]:
    """Mean links of every industry to every cluster, shape (codes, clusters)."""
    out = {}
    for key, linkages, matrix in (
        ("relatedness", inputs.traded, "combined"),
        ("lc", inputs.every, "lc_emp"),
        ("occ", inputs.every, "occ"),
        ("io", inputs.every, "io"),
    ):
        labels = cluster_of.reindex(list(linkages.codes)).fillna("").astype(str)
        found = cluster_relatedness(linkages.matrices[matrix], list(labels))
        frame = pd.DataFrame(found.industry, list(linkages.codes), list(found.clusters))
        out[key] = frame.reindex(index=list(codes), columns=list(names)).to_numpy()
    return out


def _adjoining(
    inputs: RoleInputs,
    cluster_of: pd.Series,
    codes: Sequence[str],
    names: Sequence[str],
    near: Mapping[str, FloatArray],
) -> pd.DataFrame:
    own = cluster_of.reindex(list(codes))
    others = np.where(own.to_numpy()[:, None] == np.array(names), np.nan, near["relatedness"])
    order = pd.DataFrame(others).rank(axis=1, ascending=False, method="first").to_numpy()
    chosen = (order <= NEAREST) & (others > 0)
    for key, matrix in (("lc", "lc_emp"), ("io", "io"), ("occ", "occ")):
        values = inputs.traded.matrices[matrix]
        average = float(np.nanmean(values[~np.eye(len(values), dtype=bool)]))
        with np.errstate(invalid="ignore"):
            chosen &= ~(near[key] <= average)
    i, c = np.nonzero(chosen)
    frame = pd.DataFrame(
        {
            "cluster": np.array(names, dtype=object)[c],
            "naics": np.array(codes, dtype=object)[i],
            "role": ADJOINING,
            "flow": None,
            "usd": np.nan,
            "flow_share": np.nan,
            **{k: near[k][i, c] for k in ("relatedness", "lc", "occ")},
        }
    ).sort_values(["cluster", "relatedness", "naics"], ascending=[True, False, True])
    frame["rank"] = frame.groupby("cluster").cumcount() + 1
    return frame[frame["rank"] <= LIMIT]


def _trade(
    inputs: RoleInputs, cluster_of: pd.Series, codes: Sequence[str], names: Sequence[str]
) -> tuple[tuple[FloatArray, FloatArray], tuple[FloatArray, FloatArray]]:
    """Sales to and from each cluster and the buyer's share, each of shape (codes, clusters)."""
    flows = inputs.flows
    sector = inputs.sector_of.reindex(list(codes))
    jobs = inputs.jobs.reindex(list(codes)).fillna(0.0).astype(float)
    total = jobs.groupby(sector).transform("sum")
    count = sector.groupby(sector).transform("size")
    weight = (jobs / total).where(total > 0, 1.0 / count).fillna(0.0).to_numpy(dtype=float)
    at = pd.Index(flows.codes).get_indexer(pd.Index(sector.fillna("")))
    weight = np.where(at >= 0, weight, 0.0)
    Z = np.clip(flows.Z, 0.0, None)
    held = np.zeros((len(flows.codes), len(names)))
    cluster = pd.Index(names).get_indexer(pd.Index(cluster_of.reindex(list(codes)).fillna("")))
    inside = (at >= 0) & (cluster >= 0)
    np.add.at(held, (at[inside], cluster[inside]), weight[inside])
    inputs_of = Z.sum(axis=0)
    bought = product(Z, held)[at] * weight[:, None]
    sold = product(Z.T, held)[at] * weight[:, None]
    of_cluster = product(held.T, inputs_of)
    of_industry = inputs_of[at] * weight
    return (
        (bought, _share(bought, of_cluster[None, :])),
        (sold, _share(sold, of_industry[:, None])),
    )


def _share(part: FloatArray, whole: FloatArray) -> FloatArray:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _sells(members: pd.Index, jobs: pd.Series) -> str:
    """Name what most of the cluster's jobs sell."""
    kinds = pd.Series([flow_kind(str(c)) for c in members], index=members)
    return str(jobs.reindex(members).fillna(0.0).groupby(kinds).sum().idxmax())


def _ranked(frame: pd.DataFrame, role: str) -> pd.DataFrame:
    """Keep the closest: :data:`LIMIT` of their own, then :data:`APART` margins and headquarters."""
    score = frame["usd"] * (1 + frame["lc"].fillna(0.0)) / 2
    # Whatever a cluster of wholesalers sells is a margin, so its customers are all told apart.
    margins = frame["flow"].isin(["margin", "headquarters"]) & (role != CUSTOMER)
    apart = margins | (frame["flow"] == "headquarters")
    ordered = frame.assign(score=score, apart=apart).sort_values(
        ["apart", "score", "naics"], ascending=[True, False, True]
    )
    place = ordered.groupby("apart").cumcount()
    kept = ordered[place < np.where(ordered["apart"], APART, LIMIT)]
    return kept.assign(rank=np.arange(1, len(kept) + 1)).drop(columns=["score", "apart"])
