"""Which clusters are related to which, how strongly, and by which linkage above all.

Reference: Delgado, Porter & Stern 2016, section 5.3 (between-cluster relatedness, strong and next
closest links).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from clusteratlas.analysis.linkages.combined import SINGLE, Linkages
from clusteratlas.analysis.linkages.relatedness import cluster_relatedness
from clusteratlas.vocabulary.arrays import FloatArray

STRONG, WEAK = 95.0, 90.0
"""Percentiles of BCR from which a link is strong, or weak."""
SMALLEST_RI = 0.20
"""Share of industries that have to be related for a link to count."""
TOP_SHARE = 0.10
"""An industry is related to a cluster within this top share of all such relatedness."""
NEXT = 2
"""Next closest clusters shown for a cluster without a link."""


def percentiles(values: FloatArray) -> FloatArray:
    """Percentile of each value among all: ``100 (mean rank - 0.5) / n``; NaN stays NaN.

    Parameters
    ----------
    values
        Shape (n,), NaN where unknown.

    Returns
    -------
    Shape (n,), percent.
    """
    from scipy.stats import rankdata

    known = ~np.isnan(values)
    out = np.full(len(values), np.nan)
    if known.any():
        out[known] = 100.0 * (rankdata(values[known]) - 0.5) / known.sum()
    return out


def related_clusters(linkages: Linkages, labels: Sequence[str]) -> pd.DataFrame:
    """Link related clusters.

    ``BCR_ab`` is the mean combined relatedness of their industries, with its percentile over all
    pairs of clusters. ``RI(a -> b)`` is the share of a's industries whose relatedness to b is in
    the top tenth of the relatedness of all industries to all other clusters. A link is *strong*
    from the 95th percentile of BCR and *weak* from the 90th, both with a mean RI of the two
    directions of at least 20 %. A cluster without either has its two clusters of highest BCR, as
    *next*.

    Parameters
    ----------
    linkages
        Of the industries that the labels name, in their order.
    labels
        Cluster of each industry.

    Returns
    -------
    Columns ``a, b`` (a < b, each unordered pair once), ``bcr`` (standard deviations),
    ``percentile`` (percent), ``ri_ab, ri_ba, ri_avg, ri_min`` (shares), ``strength`` (strong, weak
    or next), ``driver`` (the single matrix in which the pair's BCR has the highest percentile; the
    first of lc_emp, lc_est, coi, io, occ among equals). Sorted. Empty for fewer than two clusters.
    """
    r = cluster_relatedness(linkages.matrices["combined"], labels)
    a, b = np.triu_indices(len(r.clusters), 1)
    outside = r.others
    known = outside[~np.isnan(outside)]
    cut = np.quantile(known, 1.0 - TOP_SHARE) if len(known) else np.inf
    member = np.eye(len(r.clusters))[r.own]
    close = (np.nan_to_num(outside, nan=-np.inf) >= cut).astype(np.float64)
    share = member.T @ close / member.sum(axis=0)[:, None]
    names = np.array(r.clusters, dtype=object)
    table = pd.DataFrame({"a": names[a], "b": names[b], "bcr": r.cluster[a, b]})
    table["percentile"] = percentiles(r.cluster[a, b])
    table["ri_ab"], table["ri_ba"] = share[a, b], share[b, a]
    table["ri_avg"] = (table["ri_ab"] + table["ri_ba"]) / 2
    table["ri_min"] = table[["ri_ab", "ri_ba"]].min(axis=1)
    table["strength"] = _strengths(table)
    table["driver"] = _drivers(linkages, labels, a, b)
    return table[table["strength"] != ""].sort_values(["a", "b"], ignore_index=True)


def _strengths(table: pd.DataFrame) -> list[str]:
    enough = table["ri_avg"] >= SMALLEST_RI
    strength = np.select(
        [enough & (table["percentile"] >= STRONG), enough & (table["percentile"] >= WEAK)],
        ["strong", "weak"],
        "",
    ).astype(object)
    linked = set(table.loc[strength != "", ["a", "b"]].to_numpy().ravel())
    by_strength = table.sort_values(["bcr", "a", "b"], ascending=[False, True, True])
    for cluster in sorted(set(table["a"]) | set(table["b"])):
        if cluster in linked:
            continue
        own = by_strength.index[by_strength["a"].eq(cluster) | by_strength["b"].eq(cluster)]
        for row in own[:NEXT]:
            strength[row] = "next"
    return [str(s) for s in strength]


def _drivers(
    linkages: Linkages,
    labels: Sequence[str],
    a: npt.NDArray[np.intp],
    b: npt.NDArray[np.intp],
) -> npt.NDArray[np.object_]:
    ranks = [
        percentiles(cluster_relatedness(linkages.matrices[name], labels).cluster[a, b])
        for name in SINGLE
    ]
    best = np.argmax(np.nan_to_num(np.stack(ranks), nan=-1.0), axis=0)
    names: npt.NDArray[np.object_] = np.array(SINGLE, dtype=object)[best]
    return names
