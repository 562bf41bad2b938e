"""Why an industry is in its cluster: its relatedness to each by linkage, and what would move it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from clusteratlas.analysis.linkages.combined import COMBINED, Linkages, standardize
from clusteratlas.analysis.linkages.relatedness import ClusterRelatedness, cluster_relatedness
from clusteratlas.vocabulary.arrays import BoolArray, FloatArray, IntArray


def cluster_affinities(
    linkages: Linkages,
    labels: Sequence[str],
    *,
    nearest: int,
    co_membership: FloatArray | None = None,
) -> pd.DataFrame:
    """Relate each industry to its own and to the nearest other clusters.

    For cluster d, ``combined`` is BCR_id (WCR_i for its own), and the single linkages are the same
    means in their own units. Combined relatedness is the mean of the four standardized linkages,
    so that one linkage m alone would have to rise by ``need_m = 4 s_m (WCR_i - BCR_id)`` in the
    mean to d for the industry to be as near to d as to its own cluster (s_m: standard deviation of
    m over all pairs; of a mean over a part of the pairs, the others unknown, that much over the
    part). ``without`` names the linkages of which each, left out, would make d the
    nearer already: what the membership hangs on.

    Parameters
    ----------
    linkages
        Of the industries that the labels name, in their order.
    labels
        Cluster of each industry.
    nearest
        Other clusters kept of each industry, nearest first by combined relatedness.
    co_membership
        Share of bootstrap runs in which the industry is with the majority of the cluster, shape
        (industries, clusters); None: not known.

    Returns
    -------
    Columns ``naics, cluster, rank`` (by combined relatedness among all clusters, 1 = nearest),
    ``own`` (bool), ``combined`` (standard deviations), ``lc_emp, lc_est, coi, io, occ``,
    ``need_lc_emp, need_lc_est, need_io, need_occ`` (0 where d is the nearer; NaN for the own
    cluster, and where the linkage does not vary or no pair with d is known), ``without`` (names
    joined by blanks, ""), and ``runs`` (share). Sorted by code, the own cluster first, then by
    rank. NaN for the relatedness of an industry alone in its cluster: it counts as 0, the mean
    pair, in ``need``.
    """
    whole = cluster_relatedness(linkages.matrices["combined"], labels)
    single = {
        name: cluster_relatedness(linkages.matrices[name], labels).industry
        for name in ("lc_emp", "lc_est", "coi", "io", "occ")
    }
    z = {
        name: cluster_relatedness(standardize(linkages.matrices[name]), labels).industry
        for name in COMBINED
    }
    i, d, rank = _chosen(whole, nearest)
    own = d == whole.own[i]
    gap = (np.nan_to_num(whole.wcr)[:, None] - whole.industry)[i, d]
    table = pd.DataFrame(
        {
            "naics": np.array(linkages.codes, dtype=object)[i],
            "cluster": np.array(whole.clusters, dtype=object)[d],
            "rank": rank,
            "own": own,
            "combined": whole.industry[i, d],
        }
    )
    for name, values in single.items():
        table[name] = values[i, d]
    for name in COMBINED:
        deviation = _deviation(linkages.matrices[name])
        known = _known_share(linkages.matrices[name], labels)[i, d]
        some = ~own & (deviation > 0) & (known > 0)
        rise = np.clip(len(COMBINED) * deviation * gap, 0.0, None)
        table[f"need_{name}"] = np.divide(rise, known, out=np.full_like(gap, np.nan), where=some)
    table["without"] = _hangs_on(z, whole, i, d, gap, own)
    table["runs"] = np.nan if co_membership is None else co_membership[i, d]
    return table


def relatedness_margin(own: float | None, nearest: float | None) -> float | None:
    """How much nearer a member is to its own cluster than to the next one: own - nearest.

    Parameters
    ----------
    own, nearest
        Mean relatedness to the members of either, in one unit; None where not known.

    Returns
    -------
    float or None
        In that unit, below 0 where the next cluster is the nearer; None where a figure is not
        known.
    """
    return None if own is None or nearest is None else own - nearest


def _chosen(
    whole: ClusterRelatedness, nearest: int
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], IntArray]:
    """Rows, clusters and ranks that are kept."""
    values = np.nan_to_num(whole.industry, nan=-np.inf)
    order = np.argsort(-values, axis=1, kind="stable")
    rank = np.argsort(order, axis=1, kind="stable") + 1
    rows, columns = [], []
    for i, own in enumerate(whole.own):
        others = [int(d) for d in order[i] if d != own][:nearest]
        rows += [i] * (len(others) + 1)
        columns += [int(own), *others]
    at = np.array(rows, dtype=np.intp), np.array(columns, dtype=np.intp)
    return *at, rank[at].astype(np.int64)


def _deviation(matrix: FloatArray) -> float:
    values = matrix[~np.eye(len(matrix), dtype=bool)]
    known = values[~np.isnan(values)]
    return float(known.std()) if len(known) else 0.0


def _known_share(matrix: FloatArray, labels: Sequence[str]) -> FloatArray:
    """Share of the pairs with the members of each cluster that a linkage is known of."""
    known = (~np.isnan(matrix)).astype(np.float64)
    return cluster_relatedness(known, labels).industry


def _hangs_on(
    z: dict[str, FloatArray],
    whole: ClusterRelatedness,
    i: npt.NDArray[np.intp],
    d: npt.NDArray[np.intp],
    gap: FloatArray,
    own: BoolArray,
) -> list[str]:
    """Linkages whose omission turns a positive gap into a negative one."""
    names: list[list[str]] = [[] for _ in i]
    for name, values in z.items():
        inside = np.nan_to_num(values[np.arange(len(whole.own)), whole.own])[i]
        part = inside - np.nan_to_num(values[i, d])
        turned = ~own & (gap > 0) & (gap * len(z) - part < 0)
        for row in np.flatnonzero(turned):
            names[row].append(name)
    return [" ".join(n) for n in names]
