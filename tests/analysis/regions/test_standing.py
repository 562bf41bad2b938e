"""Ranks with the best and the worst that bounds allow, by hand."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.analysis.regions.compared.standing import standing


def test_by_hand() -> None:
    # The first group: 10, 8 (5 to 11) and 3; the second one by itself.
    found = standing([0, 0, 0, 1], [10, 8, 3, 7], [10, 5, 3, 7], [10, 11, 3, 7])
    assert found.rank.tolist() == [1, 2, 3, 1]
    assert found.best.tolist() == [1, 1, 3, 1]
    assert found.worst.tolist() == [2, 2, 3, 1]
    assert found.size.tolist() == [3, 3, 3, 1]


def test_what_nothing_bounds_may_be_anywhere() -> None:
    found = standing([0, 0], [5, 1], [5, np.nan], [5, np.nan])
    assert (found.best.tolist(), found.worst.tolist()) == ([1, 1], [2, 2])


@given(st.lists(st.tuples(*[st.floats(0, 100)] * 3), min_size=1, max_size=20))
def test_the_rank_is_one_of_the_possible_ones(cells: list[tuple[float, float, float]]) -> None:
    low, value, high = np.sort(np.array(cells), axis=1).T
    found = standing(np.zeros(len(cells), dtype=int), value, low, high)
    assert (found.best <= found.rank).all()
    assert (found.rank <= found.worst).all()
    assert (found.worst <= len(cells)).all()
