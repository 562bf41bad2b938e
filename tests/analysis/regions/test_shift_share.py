"""Shift-share and wage gaps: worked numbers, and parts that add up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from clusteratlas.analysis.regions.change.shift_share import (
    dynamic_shift_share,
    esteban_marquillas,
    shift_share,
    wage_gap,
)
from clusteratlas.errors import AnalysisError

E0, E1 = [100, 50], [120, 45]
N0, N1 = [1000, 1000], [1300, 900]  # all: +10 %; industries: +30 %, -10 %


def test_classical_by_hand() -> None:
    parts = shift_share(E0, E1, N0, N1)
    np.testing.assert_allclose(parts.national, [10, 5])
    np.testing.assert_allclose(parts.mix, [20, -10])
    np.testing.assert_allclose(parts.competitive, [-10, 0], atol=1e-12)
    np.testing.assert_allclose(parts.expected, [30, -5])
    np.testing.assert_allclose(parts.change, [20, -5])


def test_esteban_marquillas_by_hand() -> None:
    parts = esteban_marquillas(E0, E1, N0, N1)  # homothetic: 75 and 75; g - G_i: -0.1 and 0
    np.testing.assert_allclose(parts.competitive, [-7.5, 0], atol=1e-12)
    np.testing.assert_allclose(parts.allocation, [-2.5, 0], atol=1e-12)
    np.testing.assert_allclose(parts.change, [20, -5])


def test_dynamic_renews_the_base_each_year() -> None:
    parts = dynamic_shift_share([[100], [110], [132]], [[1000], [1000], [2000]])
    assert parts.national.tolist() == [110]  # 0, then 110 * 100 %
    assert parts.competitive.tolist() == [-78]  # 10, then 132 - 220
    static = shift_share([100], [132], [1000], [2000])
    assert static.national.tolist() == [100]
    assert static.competitive.tolist() == [-68]


def test_a_new_industry_is_competitive_shift() -> None:
    parts = esteban_marquillas([0, 10], [7, 10], [100, 100], [200, 100])
    assert parts.competitive[0] == 7
    assert parts.national[0] == parts.mix[0] == parts.allocation[0] == 0
    new_everywhere = shift_share([0, 10], [5, 10], [0, 100], [50, 100])
    assert new_everywhere.competitive[0] == 5


JOBS = st.integers(0, 1000).map(float)


@settings(max_examples=40, deadline=None)
@given(arrays(float, (4, 3, 5), elements=JOBS))
def test_parts_add_up_to_the_change(jobs: np.ndarray) -> None:
    # The nation is the sum of the regions, and one more with jobs everywhere.
    nation = jobs.sum(axis=1) + 10
    e0, e1 = jobs[0], jobs[-1]
    np.testing.assert_allclose(
        shift_share(e0, e1, nation[0], nation[-1]).change, e1 - e0, atol=1e-9
    )
    np.testing.assert_allclose(
        esteban_marquillas(e0, e1, nation[0], nation[-1]).change, e1 - e0, atol=1e-9
    )
    np.testing.assert_allclose(dynamic_shift_share(jobs, nation).change, e1 - e0, atol=1e-9)


@settings(max_examples=40, deadline=None)
@given(arrays(float, (2, 3, 5), elements=st.integers(1, 1000).map(float)))
def test_competitive_shifts_of_all_regions_cancel(jobs: np.ndarray) -> None:
    parts = shift_share(jobs[0], jobs[1], jobs[0].sum(axis=0), jobs[1].sum(axis=0))
    np.testing.assert_allclose(parts.competitive.sum(axis=0), 0, atol=1e-8)
    np.testing.assert_allclose(parts.mix.sum(), 0, atol=1e-8)


def test_shift_share_refuses() -> None:
    with pytest.raises(AnalysisError, match="none in the nation"):
        shift_share([1, 1], [1, 1], [0, 5], [5, 5])
    with pytest.raises(AnalysisError, match="no jobs at the start"):
        shift_share([0], [1], [0], [5])
    with pytest.raises(AnalysisError, match="1 years"):
        dynamic_shift_share([[1]], [[1]])


def test_wage_gap_by_hand() -> None:
    gap = wage_gap([60, 40], [50, 30], [500, 500], [40, 20])
    np.testing.assert_allclose(gap.mix, [4, -2])
    np.testing.assert_allclose(gap.level, [6, 4])
    assert gap.gap == pytest.approx(42 - 30)


def test_wage_gap_with_a_cluster_that_the_region_lacks() -> None:
    gap = wage_gap([60, 0], [50, np.nan], [500, 500], [40, 20])
    assert gap.gap == pytest.approx(50 - 30)
    assert gap.level.tolist() == [10, 0]


def test_wage_gap_refuses() -> None:
    with pytest.raises(AnalysisError, match="without a wage"):
        wage_gap([60, 40], [50, np.nan], [500, 500], [40, 20])
    with pytest.raises(AnalysisError, match="without jobs"):
        wage_gap([0, 0], [50, 30], [500, 500], [40, 20])
