"""Bounds of clusters: what parents prove of sums, by hand and on any truth."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from clusteratlas.analysis.cells.completion import IndustryTree, tighten
from clusteratlas.analysis.cells.groups import group_bounds

TREE = IndustryTree(["311111", "311119", "312111", "511110"])
LEAVES = [TREE.codes[leaf] for leaf in TREE.leaves]


def groups(*first: str) -> np.ndarray:
    """Group 0 has these leaves, group 1 all others."""
    return np.array([0 if code in first else 1 for code in LEAVES])


def test_withheld_siblings_share_what_their_parent_leaves() -> None:
    # 311 has 50 jobs; both of its industries are withheld, and 312 has 7.
    low, high = np.zeros((1, len(TREE.codes))), np.full((1, len(TREE.codes)), 100.0)
    for code, jobs in (("311", 50.0), ("312", 7.0), ("511", 0.0)):
        low[0, TREE.at[code]] = high[0, TREE.at[code]] = jobs
    low, high = tighten(TREE, np.vstack([low, low]), np.vstack([high, high]), ["a", "whole"])
    least, most = group_bounds(TREE, low[:1], high[:1], groups("311111", "311119"), 2)
    # Each of the two may have all 50, both together have 50: not 0 to 100.
    assert (least[0, 0], most[0, 0]) == (50.0, 50.0)
    assert (least[0, 1], most[0, 1]) == (7.0, 7.0)
    least, most = group_bounds(TREE, low[:1], high[:1], groups("311111", "312111"), 2)
    assert (least[0, 0], most[0, 0]) == (7.0, 57.0)
    assert (least[0, 1], most[0, 1]) == (0.0, 50.0)


def test_a_leaf_in_no_group_counts_for_none() -> None:
    low = high = TREE.add_up(np.array([[1.0, 2.0, 4.0, 8.0]]))
    number = np.array([-1, 0, 0, -1])
    least, most = group_bounds(TREE, low, high, number, 2)
    assert least.tolist() == most.tolist() == [[6.0, 0.0]]


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_the_truth_is_within_bounds_no_wider_than_sums(data: st.DataObject) -> None:
    jobs = data.draw(st.lists(st.integers(0, 40), min_size=4, max_size=4))
    truth = TREE.add_up(np.array([jobs], dtype=float))
    shown = np.array(data.draw(st.lists(st.booleans(), min_size=truth.size, max_size=truth.size)))
    low, high = np.where(shown, truth, 0.0), np.where(shown, truth, 200.0)
    both = tighten(TREE, np.vstack([low, low]), np.vstack([high, high]), ["a", "whole"])
    low, high = both[0][:1], both[1][:1]
    number = np.array(data.draw(st.lists(st.integers(-1, 1), min_size=4, max_size=4)))
    least, most = group_bounds(TREE, low, high, number, 2)
    for group in range(2):
        inside = TREE.leaves[number == group]
        own = truth[0, inside].sum()
        assert least[0, group] - 1e-6 <= own <= most[0, group] + 1e-6
        assert low[0, inside].sum() - 1e-6 <= least[0, group]
        assert most[0, group] <= high[0, inside].sum() + 1e-6
