"""Sums over groups of industries, such as clusters: what bounds of all levels prove of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from clusteratlas.analysis.cells.completion import IndustryTree
from clusteratlas.vocabulary.arrays import FloatArray, IntArray


def group_bounds(
    tree: IndustryTree, low: FloatArray, high: FloatArray, group_of_leaf: IntArray, groups: int
) -> tuple[FloatArray, FloatArray]:
    """Bound the sum of each group's leaves, from bounds at every level of the tree.

    From the leaves up, with M_v what the members below industry v sum to and N_v what the others
    do::

        high(M_v) = min(sum of the children's high(M), high_v - sum of the children's low(N))
        low(M_v)  = max(sum of the children's low(M),  low_v  - sum of the children's high(N))

    and N_v likewise. A withheld industry whose parent is published so counts once, with all that
    its siblings leave.

    Parameters
    ----------
    tree
        The industries, in the order of the columns of the bounds.
    low, high
        Bounds that fit together, shape (areas, industries).
    group_of_leaf
        Number of the group of each leaf, in the order of ``tree.leaves``; -1 for none.
    groups
        How many there are.

    Returns
    -------
    Lowest and highest sums, shape (areas, groups); 0 for a group without leaves.
    """
    found = np.zeros((2, len(low), groups))
    for group in range(groups):
        found[:, :, group] = _one(tree, low, high, tree.leaves[group_of_leaf == group])
    return found[0], found[1]


def _one(
    tree: IndustryTree, low: FloatArray, high: FloatArray, members: Sequence[int] | IntArray
) -> tuple[FloatArray, FloatArray]:
    # Bounds of members (m) and of others (n) below each industry that has members below it.
    m_low = {int(leaf): low[:, leaf] for leaf in members}
    m_high = {int(leaf): high[:, leaf] for leaf in members}
    nothing = np.zeros(len(low))
    n_low = dict.fromkeys(m_low, nothing)
    n_high = dict.fromkeys(m_low, nothing)
    top: list[int] = [leaf for leaf in m_low if tree.parent[leaf] < 0]
    for children, first, parents in tree.families:
        for family, parent in zip(np.split(children, first[1:]), parents.tolist(), strict=True):
            inside = [child for child in family.tolist() if child in m_low]
            if not inside:
                continue
            others = [child for child in family.tolist() if child not in m_low]
            rest_low = low[:, others].sum(axis=1) + sum(n_low[c] for c in inside)
            rest_high = high[:, others].sum(axis=1) + sum(n_high[c] for c in inside)
            own_low = np.sum([m_low[c] for c in inside], axis=0)
            own_high = np.sum([m_high[c] for c in inside], axis=0)
            m_low[parent] = np.maximum(own_low, low[:, parent] - rest_high)
            m_high[parent] = np.minimum(own_high, high[:, parent] - rest_low)
            n_low[parent] = np.maximum(rest_low, low[:, parent] - own_high)
            n_high[parent] = np.minimum(rest_high, high[:, parent] - own_low)
            if tree.parent[parent] < 0:
                top.append(parent)
    none = np.zeros(len(low))
    return (
        none + sum(m_low[node] for node in top),
        none + sum(m_high[node] for node in top),
    )
