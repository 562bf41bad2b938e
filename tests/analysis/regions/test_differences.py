"""How far regions differ, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.analysis.regions.compared.differences import (
    bounded_share,
    share_spread,
    structural_difference,
    wage_bounds,
)


def test_a_share_moves_with_its_jobs_alone() -> None:
    # 20 of 100 jobs; with 40 they are 40 of 120, with none 0 of 80.
    assert bounded_share([20, 20, 0], [40, 0, 0], [100, 100, 0]) == pytest.approx([1 / 3, 0, 0])


def test_spread_by_hand() -> None:
    spread, smallest, largest = share_spread(
        [[0.5, 0.2, 0.3], [0.1, 0.1, 0.1]],
        [[0.4, 0.1, 0.3], [0.1, 0.1, 0.1]],
        [[0.6, 0.3, 0.3], [0.1, 0.1, 0.1]],
    )
    assert spread == pytest.approx([0.3, 0.0])
    assert smallest == pytest.approx([0.1, 0.0])  # 0.4 - 0.3
    assert largest == pytest.approx([0.5, 0.0])  # 0.6 - 0.1


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)), min_size=2))
def test_the_spread_lies_between_its_bounds(cells: list[tuple[float, float, float]]) -> None:
    low, value, high = np.sort(np.array(cells), axis=1).T
    spread, smallest, largest = share_spread(value, low, high)
    assert smallest <= spread + 1e-12
    assert spread <= largest + 1e-12


def test_structural_difference_by_hand() -> None:
    shares = np.array([[0.5, 0.2, 0.0], [0.5, 0.3, 0.0], [0.0, 0.5, 1.0]])
    apart = structural_difference(shares)
    assert apart[0] == pytest.approx([0.0, 0.5, 1.0])
    assert (apart == apart.T).all()


def test_wage_bounds_by_hand() -> None:
    low, high = wage_bounds([900, 1], [1100, 2], [10, 0], [20, 5])
    assert low == pytest.approx([45_000, 200])
    assert high[0] == pytest.approx(110_000)
    assert np.isnan(high[1])
