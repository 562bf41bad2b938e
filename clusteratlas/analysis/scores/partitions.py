"""How alike two partitions of the same industries are.

References: Hubert & Arabie 1985 (ARI); Vinh, Epps & Bailey 2010 (AMI); Meila 2007 (variation of
information); Hennig 2007 (cluster-wise Jaccard).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from clusteratlas.errors import AnalysisError


@dataclass(frozen=True, slots=True)
class PartitionAgreement:
    """Agreement of two partitions.

    Attributes
    ----------
    ari
        Adjusted Rand index: 1 the same, 0 as expected by chance.
    ami
        Adjusted mutual information (arithmetic mean): 1 the same, 0 as expected by chance.
    vi
        Variation of information ``H(X|Y) + H(Y|X)``, nats: 0 the same, at most ``ln n``.
    """

    ari: float
    ami: float
    vi: float


def _overlaps(
    first: Sequence[str], second: Sequence[str]
) -> tuple[npt.NDArray[np.str_], npt.NDArray[np.str_], npt.NDArray[np.float64]]:
    if len(first) != len(second) or not len(first):
        raise AnalysisError(
            f"partitions of {len(first)} and {len(second)} industries cannot be compared",
            hint="give the labels of the same industries, in the same order",
        )
    a, i = np.unique(np.asarray(first, dtype=str), return_inverse=True)
    b, j = np.unique(np.asarray(second, dtype=str), return_inverse=True)
    table = np.zeros((len(a), len(b)))
    np.add.at(table, (i, j), 1.0)
    return a, b, table


def compare_partitions(first: Sequence[str], second: Sequence[str]) -> PartitionAgreement:
    """Compare two labelings of the same industries, given in the same order.

    Raises
    ------
    AnalysisError
        They are empty or of different length.
    """
    from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

    table = _overlaps(first, second)[2] / len(first)
    rows, columns = table.sum(axis=1, keepdims=True), table.sum(axis=0, keepdims=True)
    p = table[table > 0]
    given_row = np.log((table / rows)[table > 0])
    given_column = np.log((table / columns)[table > 0])
    return PartitionAgreement(
        ari=float(adjusted_rand_score(list(first), list(second))),
        ami=float(adjusted_mutual_info_score(list(first), list(second))),
        vi=float(max(0.0, -(p * (given_row + given_column)).sum())),
    )


def best_matches(first: Sequence[str], second: Sequence[str]) -> pd.DataFrame:
    """For each cluster of the first partition, the most alike one of the second.

    Returns
    -------
    Columns ``cluster, match, jaccard`` (``|A & B| / |A | B|``), one row per cluster of the first,
    sorted; ties go to the first match by name.
    """
    a, b, table = _overlaps(first, second)
    union = table.sum(axis=1, keepdims=True) + table.sum(axis=0, keepdims=True) - table
    jaccard = table / union
    best = np.argmax(jaccard, axis=1)
    return pd.DataFrame(
        {"cluster": a, "match": b[best], "jaccard": jaccard[np.arange(len(a)), best]}
    )
