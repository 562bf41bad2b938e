"""How far two partitions, or two sets of definitions, agree, cluster by cluster.

References: Hubert & Arabie 1985 (ARI); Vinh, Epps & Bailey 2010 (AMI); Meila 2007 (variation of
information); Hennig 2007 (cluster-wise Jaccard).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray


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
) -> tuple[npt.NDArray[np.str_], npt.NDArray[np.str_], FloatArray]:
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

    Parameters
    ----------
    first, second
        Cluster of each industry.

    Returns
    -------
    Both adjusted indices and the variation of information.

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


@dataclass(frozen=True, slots=True, eq=False)
class SetAgreement:
    """Agreement of two sets of definitions on the industries that both class.

    Attributes
    ----------
    industries
        How many both class.
    only_a, only_b
        Industries that only the one or the other classes; they enter no figure.
    ari, ami, vi
        As in :class:`PartitionAgreement`.
    overlaps
        Columns ``a, b, industries, jaccard``: each pair of clusters that share industries, how
        many, and their Jaccard. Sorted.
    """

    industries: int
    only_a: int
    only_b: int
    ari: float
    ami: float
    vi: float
    overlaps: pd.DataFrame


def compare_sets(a: Mapping[str, str], b: Mapping[str, str]) -> SetAgreement:
    """Compare two sets of definitions, each given as the cluster of each industry.

    Jaccard is over the industries that both class.

    Parameters
    ----------
    a, b
        Cluster by NAICS code.

    Returns
    -------
    Figures over the industries that both class.

    Raises
    ------
    AnalysisError
        They have no industry in common.
    """
    both = sorted(set(a) & set(b))
    if not both:
        raise AnalysisError(
            "two sets of definitions have no industry in common",
            hint="both need six-digit codes of one NAICS vintage",
        )
    table = pd.DataFrame({"a": [a[c] for c in both], "b": [b[c] for c in both]})
    like = compare_partitions(list(table["a"]), list(table["b"]))
    pairs = table.groupby(["a", "b"], as_index=False).size().rename(columns={"size": "industries"})
    of_a, of_b = table["a"].value_counts(), table["b"].value_counts()
    union = pairs["a"].map(of_a) + pairs["b"].map(of_b) - pairs["industries"]
    pairs["jaccard"] = pairs["industries"] / union
    return SetAgreement(
        industries=len(both),
        only_a=len(a) - len(both),
        only_b=len(b) - len(both),
        ari=like.ari,
        ami=like.ami,
        vi=like.vi,
        overlaps=pairs,
    )


def best_matches(overlaps: pd.DataFrame) -> pd.DataFrame:
    """Find the cluster of the other set that is most like each cluster of the first, by Jaccard.

    Parameters
    ----------
    overlaps
        As in :class:`SetAgreement`: columns ``a, b, industries, jaccard``.

    Returns
    -------
    One row per cluster ``a``, sorted: ``a``, ``match`` (of two that are as like the first by key),
    ``jaccard``, ``industries`` (of ``a`` in all overlaps), ``shared`` (with the match), and
    ``elsewhere = industries - shared``.
    """
    ordered = overlaps.sort_values(["a", "jaccard", "b"], ascending=[True, False, True])
    best = ordered.drop_duplicates("a").rename(columns={"b": "match", "industries": "shared"})
    industries = overlaps.groupby("a")["industries"].sum()
    best = best.assign(industries=best["a"].map(industries).astype("int64"))
    best["elsewhere"] = best["industries"] - best["shared"]
    columns = ["a", "match", "jaccard", "industries", "shared", "elsewhere"]
    return best[columns].reset_index(drop=True)


def match_totals(matches: pd.DataFrame) -> tuple[int, int]:
    """Add up what :func:`best_matches` gives.

    Returns
    -------
    Clusters whose match has the same members, and industries outside the match of their cluster.
    """
    return int(matches["jaccard"].eq(1.0).sum()), int(matches["elsewhere"].sum())
