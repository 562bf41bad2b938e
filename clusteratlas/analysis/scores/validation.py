"""Scores of a set of cluster definitions on a linkage matrix.

Reference: Delgado, Porter & Stern 2016, section 4 (VS-Cluster, VS-Industry).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from clusteratlas.analysis.linkages.combined import COMBINED, Linkages
from clusteratlas.analysis.linkages.relatedness import cluster_relatedness
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import BoolArray, FloatArray

SCORED = ("lc_emp", "lc_est", "coi", "io", "occ", "combined")


@dataclass(frozen=True, slots=True)
class ValidationScore:
    """Validation score of one set of definitions on one matrix, each in percent."""

    vs_cluster_mean: float
    vs_cluster_p95: float
    vs_industry_mean: float
    vs_industry_p95: float

    @property
    def vs(self) -> float:
        """Mean of VS-Cluster and VS-Industry, hence of the four."""
        return (
            self.vs_cluster_mean
            + self.vs_cluster_p95
            + self.vs_industry_mean
            + self.vs_industry_p95
        ) / 4


def validation_score(
    matrix: FloatArray, labels: Sequence[str], *, without: BoolArray | None = None
) -> ValidationScore:
    """Score definitions by how often clusters are closer inside than outside.

    The four shares, of clusters and of industries, for which the relatedness within (WCR) is above
    the mean, and above the 95th percentile (linear), of the relatedness to the other clusters
    (BCR).

    A cluster of one industry has no relatedness within: it and its member count as failures, so
    that singletons do not pay. A cluster or industry whose pairs inside are all unknown (NaN, or
    left out by ``without``) is not counted. One single cluster, or nothing to count, scores NaN.

    Parameters
    ----------
    matrix
        Symmetric, shape (industries, industries); NaN where unknown.
    labels
        Cluster of each industry.
    without
        Pairs to leave out, for example those that share an occupation profile.

    Returns
    -------
    The four shares, percent.
    """
    values = matrix if without is None else np.where(without, np.nan, matrix)
    r = cluster_relatedness(values, labels)
    alone = np.bincount(r.own) == 1
    between = r.cluster.copy()
    np.fill_diagonal(between, np.nan)
    by_cluster = _shares(np.diagonal(r.cluster), between, alone)
    by_industry = _shares(r.wcr, r.others, alone[r.own])
    return ValidationScore(*by_cluster, *by_industry)


def _shares(inside: FloatArray, outside: FloatArray, alone: BoolArray) -> tuple[float, float]:
    counted = alone | ~np.isnan(inside)
    counted &= ~np.isnan(outside).all(axis=1)
    if not counted.any():
        return float("nan"), float("nan")
    inside, outside = inside[counted], outside[counted]
    # NaN > x is False: singletons fail.
    above_mean = inside > np.nanmean(outside, axis=1)
    above_p95 = inside > _percentile_by_row(outside, 0.95)
    return 100.0 * float(above_mean.mean()), 100.0 * float(above_p95.mean())


def _percentile_by_row(values: FloatArray, share: float) -> FloatArray:
    """Linear percentile of each row's known values: numpy's nanpercentile, rows at once.

    numpy goes row by row, which took two thirds of the time of a sweep.
    """
    ordered = np.sort(values, axis=1)
    at = share * (np.count_nonzero(~np.isnan(values), axis=1) - 1)
    low = np.floor(at).astype(np.int64)
    rows = np.arange(len(values))
    below = ordered[rows, low]
    step = ordered[rows, np.ceil(at).astype(np.int64)] - below
    found: FloatArray = below + step * (at - low)
    return found


def score_table(
    linkages: Linkages, labels: Sequence[str], matrices: Sequence[str] = SCORED
) -> pd.DataFrame:
    """Score definitions on each matrix, with all pairs and with distinct pairs only.

    Two industries of one input-output sector share its IO links, two with one occupation profile
    have Occ = 1; ``distinct`` leaves such pairs out (for the combined matrix, both kinds). For the
    co-location matrices the two scores are the same.

    Parameters
    ----------
    linkages
        Of the industries that the labels name, in their order.
    labels
        Cluster of each industry.
    matrices
        Names of the matrices to score on.

    Returns
    -------
    Columns ``matrix, pairs, vs_cluster_mean, vs_cluster_p95, vs_industry_mean, vs_industry_p95,
    vs`` (percent), sorted by matrix and pairs.
    """
    same: Mapping[str, BoolArray] = {
        "io": linkages.same_sector,
        "occ": linkages.same_profile,
        "combined": linkages.same_sector | linkages.same_profile,
    }
    rows = []
    for name in sorted(matrices):
        for pairs in ("all", "distinct"):
            without = same.get(name) if pairs == "distinct" else None
            score = validation_score(linkages.matrices[name], labels, without=without)
            rows.append(
                {
                    "matrix": name,
                    "pairs": pairs,
                    "vs_cluster_mean": score.vs_cluster_mean,
                    "vs_cluster_p95": score.vs_cluster_p95,
                    "vs_industry_mean": score.vs_industry_mean,
                    "vs_industry_p95": score.vs_industry_p95,
                    "vs": score.vs,
                }
            )
    return pd.DataFrame(rows)


def mean_validation_score(scores: pd.DataFrame, pairs: str = "all") -> float:
    """Mean score over LC-Emp, LC-Est, IO and Occ, percent.

    Parameters
    ----------
    scores
        As given by :func:`score_table`.
    pairs
        ``all`` or ``distinct``.

    Returns
    -------
    Percent; NaN where a matrix has no score.
    """
    kept = scores[scores["matrix"].isin(COMBINED) & scores["pairs"].eq(pairs)]
    return float(kept["vs"].mean())


@dataclass(frozen=True, slots=True)
class SizeBalance:
    """Sizes of the clusters of a partition.

    A validation score can be raised by one giant cluster and many tiny ones: read it beside these.

    Attributes
    ----------
    clusters
        Number of clusters.
    largest
        Industries in the largest.
    singletons
        Clusters of one industry.
    effective_number
        ``exp(-sum_c p_c ln p_c)``, p_c the cluster's share of the industries: the number of equal
        clusters with the same entropy.
    """

    clusters: int
    largest: int
    singletons: int
    effective_number: float


def size_balance(labels: Sequence[str]) -> SizeBalance:
    """Measure how evenly industries are spread over clusters.

    Parameters
    ----------
    labels
        Cluster of each industry.

    Returns
    -------
    Counts, and the effective number of clusters.

    Raises
    ------
    AnalysisError
        There are no labels.
    """
    if not len(labels):
        raise AnalysisError("a partition of nothing has no sizes", hint="give labels")
    sizes = np.unique(np.asarray(labels, dtype=str), return_counts=True)[1]
    p = sizes / sizes.sum()
    return SizeBalance(
        clusters=len(sizes),
        largest=int(sizes.max()),
        singletons=int((sizes == 1).sum()),
        effective_number=float(np.exp(-(p * np.log(p)).sum())),
    )
