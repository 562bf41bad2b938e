"""Six industries small enough to work out by hand, and planted clusters."""

from __future__ import annotations

import numpy as np
import pandas as pd

from clusteratlas.analysis.linkages.combined import Linkages, combine_linkages
from clusteratlas.vocabulary.arrays import FloatArray

CODES = ("111111", "111112", "222221", "222222", "333331", "333332")
LABELS = ("a", "a", "b", "b", "c", "c")


def blocks(inside: tuple[float, float, float], between: tuple[float, float, float]) -> FloatArray:
    """Relatedness of six industries in three pairs: a, b, c inside; a-b, a-c, b-c between."""
    matrix = np.eye(6)
    pairs = {(0, 0): inside[0], (1, 1): inside[1], (2, 2): inside[2]}
    pairs |= {(0, 1): between[0], (0, 2): between[1], (1, 2): between[2]}
    for (p, q), value in pairs.items():
        for i in (2 * p, 2 * p + 1):
            for j in (2 * q, 2 * q + 1):
                if i != j:
                    matrix[i, j] = matrix[j, i] = value
    return matrix


WORKED = blocks((0.9, 0.5, 0.1), (0.2, 0.3, 0.4))


def planted(
    groups: int, size: int, *, inside: float, noise: float, seed: int
) -> tuple[FloatArray, list[str]]:
    """Symmetric noise around 0 with ``groups`` blocks around ``inside``."""
    rng = np.random.default_rng(seed)
    n = groups * size
    labels = [f"{i // size:02d}" for i in range(n)]
    upper = np.triu(rng.normal(0.0, noise, (n, n)), 1)
    same = np.equal.outer(labels, labels)
    return upper + upper.T + np.where(same, inside, 0.0), labels


def planted_linkages(
    groups: int = 6, size: int = 8, *, seed: int = 0
) -> tuple[Linkages, list[str]]:
    """Linkages in which four matrices see the same planted clusters, each with its own noise."""
    matrices: dict[str, FloatArray] = {}
    labels: list[str] = []
    for k, name in enumerate(("lc_emp", "lc_est", "coi", "io", "occ")):
        matrix, labels = planted(groups, size, inside=0.6, noise=0.3, seed=seed + k)
        matrices[name] = matrix
    codes = [f"{111111 + 1000 * (i // size) + i}" for i in range(groups * size)]
    return combine_linkages(codes, matrices, codes, codes), labels


def io_tables() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make and use tables of two industries and two commodities, with an import nobody makes.

    X makes 80 of commodity 1 and 20 of 2, Y makes 100 of 2; so q = (80, 120) and
    D = ((1, 1/6), (0, 5/6)). Z = D U = ((14, 32), (20, 10)).
    """
    make = [("X", "1", 80.0), ("X", "2", 20.0), ("Y", "2", 100.0)]
    use = [
        ("1", "X", 10.0),
        ("1", "Y", 30.0),
        ("2", "X", 24.0),
        ("2", "Y", 12.0),
        ("S00300", "X", 1.0),
        ("S00300", "Y", 2.0),
        ("V001", "X", 65.0),
        ("V001", "Y", 56.0),
        ("1", "F01000", 30.0),
        ("2", "F01000", 60.0),
        ("1", "F04000", 10.0),
        ("2", "F04000", 34.0),
        ("2", "F05000", -10.0),
        ("1", "T001", 40.0),
        ("T005", "X", 35.0),
    ]
    kinds = {"1": "commodity", "2": "commodity", "X": "industry", "Y": "industry"}
    kinds |= {"S00300": "scrap_noncomparable", "V001": "value_added", "T001": "total"}
    kinds |= {"T005": "total", "F01000": "final_use", "F04000": "final_use", "F05000": "final_use"}

    def long(rows: list[tuple[str, str, float]]) -> pd.DataFrame:
        table = pd.DataFrame(rows, columns=["row", "column", "value"])
        row_kind, column_kind = table["row"].map(kinds), table["column"].map(kinds)
        return table.assign(row_kind=row_kind, column_kind=column_kind)

    return long(use), long(make)
