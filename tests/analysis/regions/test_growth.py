"""Growth between two years by hand, and bounds that hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.analysis.regions.change.growth import (
    difference_bounds,
    expected_jobs,
    growth_bounds,
)
from clusteratlas.analysis.regions.change.shift_share import (
    competitive_bounds,
    dynamic_shift_share,
)


def test_growth_by_hand() -> None:
    low, high = growth_bounds([90, 0], [110, 5], [99, 1], [108, 9], 1)
    assert low == pytest.approx([99 / 110 - 1, 1 / 5 - 1])
    assert high == pytest.approx([0.2, np.nan], nan_ok=True)


def test_expectation_and_differences_by_hand() -> None:
    assert expected_jobs([200, 5], [1000, 0], [1500, 10]) == pytest.approx(
        [300, np.nan], nan_ok=True
    )
    low, high = difference_bounds(1.0, 1.5, 1.2, 2.0)
    assert [float(low), float(high)] == pytest.approx([-0.3, 1.0])


def test_bounds_of_a_competitive_shift_by_hand() -> None:
    # Two years: E1 - 1.5 E0. Three: E2 - (1.2 - 1) E1 - 1.5 E0, the nation at 10, 15, 18.
    low, high = competitive_bounds([[10], [20]], [[12], [25]], [[10], [15]])
    assert (low.tolist(), high.tolist()) == ([20 - 18], [25 - 15])
    low, high = competitive_bounds([[10], [20], [30]], [[12], [25], [31]], [[10], [15], [18]])
    assert low == pytest.approx([30 - 0.2 * 25 - 18])
    assert high == pytest.approx([31 - 0.2 * 20 - 15])


JOBS = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=2, max_size=4)


@given(JOBS, st.data())
def test_no_competitive_shift_is_beyond_its_bounds(
    bounds: list[tuple[int, int]], data: st.DataObject
) -> None:
    ends = np.sort(np.array(bounds, dtype=float), axis=1)
    low, high = ends[:, :1], ends[:, 1:]
    jobs = [[float(data.draw(st.integers(int(a), int(b))))] for (a, b) in ends]
    nation = [[float(data.draw(st.integers(60, 200)))] for _ in bounds]
    least, most = competitive_bounds(low, high, nation)
    found = dynamic_shift_share(jobs, nation).competitive
    assert least[0] - 1e-9 <= found[0] <= most[0] + 1e-9
