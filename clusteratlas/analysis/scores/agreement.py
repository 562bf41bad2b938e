"""How far two sets of definitions agree, cluster by cluster.

References: Hubert & Arabie 1985; Vinh, Epps & Bailey 2010; Meila 2007; Hennig 2007.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from clusteratlas.analysis.scores.partitions import compare_partitions
from clusteratlas.errors import AnalysisError


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
        As in :class:`clusteratlas.analysis.scores.partitions.Likeness`.
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
