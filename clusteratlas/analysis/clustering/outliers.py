"""Industries that are more related to another cluster than to their own.

Reference: Delgado, Porter & Stern 2016, section 4.3 (systemic and marginal outliers). The paper
does not publish its rule; the one below is ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from clusteratlas.analysis.products import product
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray

LOG_COLUMNS = ("step", "naics", "from_cluster", "to_cluster", "relatedness", "other_relatedness")


@dataclass(frozen=True, slots=True, eq=False)
class OutlierPass:
    """What the outlier pass did.

    Attributes
    ----------
    labels
        Clusters after the pass.
    log
        Columns ``step, naics, from_cluster, to_cluster, relatedness, other_relatedness, moved``:
        the moves in order (step 0, 1, ...), then the close calls of the final state (step -1,
        ``moved`` False), in the order of the codes.
    converged
        False if the pass was stopped by its limit of moves.
    """

    labels: tuple[str, ...]
    log: pd.DataFrame
    converged: bool


def reassign_outliers(
    matrix: FloatArray,
    labels: Sequence[str],
    codes: Sequence[str],
    *,
    delta: float,
    largest: int | None = None,
    moves_each: int = 3,
) -> OutlierPass:
    """Move systemic outliers, and list close calls.

    Repeat until nothing moves: take the industry with the largest ``max_d BCR_id - WCR_i`` (ties by
    position); if that is above ``delta``, move it to the argmax. An industry alone in its cluster
    has ``WCR_i = 0``, the mean pair of a standardized matrix. A cluster that loses its last member
    is gone. What is left with ``0 < max_d BCR_id - WCR_i <= delta`` is a close call.

    Parameters
    ----------
    matrix
        Combined matrix without NaN, in standard deviations.
    labels, codes
        Cluster and NAICS code of each row.
    delta
        Smallest difference that moves an industry, in standard deviations.
    largest
        Clusters with as many members take in no more; None: no limit.
    moves_each
        An industry moves at most so often, which ends cycles.

    Returns
    -------
    Clusters after the pass, what moved, and whether it ended by itself.

    Raises
    ------
    AnalysisError
        ``delta`` is negative, or the matrix has NaN.
    """
    if delta < 0 or np.isnan(matrix).any():
        raise AnalysisError(
            "the outlier pass needs delta >= 0 and a matrix without gaps",
            hint="use the combined matrix",
        )
    unique, own = np.unique(np.asarray(labels, dtype=str), return_inverse=True)
    names: list[str] = unique.tolist()
    n = len(matrix)
    rows = np.arange(n)
    values = matrix.copy()
    np.fill_diagonal(values, 0.0)
    member = np.zeros((n, len(names)))
    member[rows, own] = 1.0
    sums = product(values, member)
    sizes = member.sum(axis=0)
    moved = np.zeros(n, dtype=np.int64)
    log: list[tuple[int, str, str, str, float, float, bool]] = []
    while True:
        inside, outside, best = _compare(sums, sizes, own, largest)
        gap = np.where(moved < moves_each, outside - inside, -np.inf)
        i = int(np.argmax(gap))
        if gap[i] <= delta:
            break
        old, new = int(own[i]), int(best[i])
        numbers = float(inside[i]), float(outside[i])
        log.append((len(log), codes[i], names[old], names[new], *numbers, True))
        sums[:, old] -= values[:, i]
        sums[:, new] += values[:, i]
        sizes[old] -= 1
        sizes[new] += 1
        own[i] = new
        moved[i] += 1
    inside, outside, best = _compare(sums, sizes, own, None)
    for i in np.flatnonzero((outside - inside > 0) & (outside - inside <= delta)).tolist():
        numbers = float(inside[i]), float(outside[i])
        log.append((-1, codes[i], names[int(own[i])], names[int(best[i])], *numbers, False))
    stuck = (moved >= moves_each) & (outside - inside > delta)
    frame = pd.DataFrame(log, columns=[*LOG_COLUMNS, "moved"])
    return OutlierPass(tuple(names[int(g)] for g in own), frame, not bool(stuck.any()))


def _compare(
    sums: FloatArray, sizes: FloatArray, own: npt.NDArray[np.intp], largest: int | None
) -> tuple[FloatArray, FloatArray, npt.NDArray[np.intp]]:
    rows = np.arange(len(sums))
    others = np.divide(sums, sizes, out=np.full_like(sums, -np.inf), where=sizes > 0)
    if largest is not None:
        others[:, sizes >= largest] = -np.inf
    others[rows, own] = -np.inf
    best = np.argmax(others, axis=1)
    mates = sizes[own] - 1
    inside = np.divide(sums[rows, own], mates, out=np.zeros(len(sums)), where=mates > 0)
    return inside, others[rows, best], best
