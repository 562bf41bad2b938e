"""Relatedness within and between clusters: a linkage matrix averaged over the members.

Reference: Delgado, Porter & Stern 2016, section 4 (WCR and BCR).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from clusteratlas.analysis.products import product
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class ClusterRelatedness:
    """Mean relatedness of industries to clusters, and of clusters to each other.

    Attributes
    ----------
    clusters
        Labels of the clusters, sorted.
    own
        Position of each industry's cluster in ``clusters``.
    industry
        Shape (industries, clusters): ``BCR_id``, mean over the members of d other than i; in the
        column of its own cluster that is ``WCR_i``. NaN where there is no known pair.
    cluster
        Shape (clusters, clusters): ``BCR_cd``, mean over pairs; on the diagonal ``WCR_c``.
    """

    clusters: tuple[str, ...]
    own: IntArray
    industry: FloatArray
    cluster: FloatArray

    @property
    def wcr(self) -> FloatArray:
        """``WCR_i`` of each industry; NaN for one alone in its cluster."""
        values: FloatArray = self.industry[np.arange(len(self.own)), self.own]
        return values

    @property
    def others(self) -> FloatArray:
        """``BCR_id`` with the own cluster's column set to NaN."""
        rest = self.industry.copy()
        rest[np.arange(len(self.own)), self.own] = np.nan
        return rest


def cluster_relatedness(matrix: FloatArray, labels: Sequence[str]) -> ClusterRelatedness:
    """Average a matrix over clusters.

    ``WCR_c`` = mean of m_ij over i != j in c, ``BCR_cd`` = mean over i in c and j in d; the same
    over j alone for an industry. Pairs that are NaN are left out of the means.

    Parameters
    ----------
    matrix
        Symmetric, shape (industries, industries); NaN where unknown, diagonal not read.
    labels
        Cluster of each industry.

    Returns
    -------
    Means in the unit of the matrix; NaN where there is no known pair.

    Raises
    ------
    AnalysisError
        There are not as many labels as industries.
    """
    if len(labels) != len(matrix):
        raise AnalysisError(
            f"{len(labels)} labels for {len(matrix)} industries",
            hint="give one label per row of the matrix, in its order",
        )
    names, own = np.unique(np.asarray(labels, dtype=str), return_inverse=True)
    member = np.zeros((len(matrix), len(names)))
    member[np.arange(len(matrix)), own] = 1.0
    known = ~np.isnan(matrix)
    np.fill_diagonal(known, False)
    values = product(np.where(known, matrix, 0.0), member)
    counts = known.astype(np.float64) @ member  # whole numbers, exact in any order
    return ClusterRelatedness(
        tuple(names.tolist()),
        own.astype(np.int64),
        _ratio(values, counts),
        _ratio(product(member.T, values), member.T @ counts),
    )


def _ratio(part: FloatArray, count: FloatArray) -> FloatArray:
    return np.divide(part, count, out=np.full_like(part, np.nan), where=count > 0)
