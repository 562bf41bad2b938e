"""Bounds of concentration and specialization."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from clusteratlas.analysis.regions.structure.concentration import (
    hachman_index,
    hoover_index,
    locational_gini,
)
from clusteratlas.analysis.regions.structure.ranges.concentration_bounds import (
    gini_bounds,
    hachman_bounds,
    hoover_bounds,
)
from clusteratlas.errors import AnalysisError


def test_bounds_by_hand() -> None:
    x = [0.5, 0.5]
    low, high = [0.6, 0.1], [0.9, 0.4]
    # At least 0.1 lies above its share (0.6 - 0.5), and 0.1 below (0.5 - 0.4); at most 0.4 each.
    assert hoover_bounds(low, high, x) == pytest.approx((0.1, 0.4))
    # The half of the jobs with the lower quotient has 0.4 at most (0.1 + 0.5 - 0.2), and 0.1 at
    # least: areas of (0.5 * 0.4 + 0.5 * 1.4) / 2 = 0.45 and 0.3 below the Lorenz curve.
    assert gini_bounds(low, high, x) == pytest.approx((0.1, 0.4))
    # 1 / (2 * (0.81 + 0.16)) and 1 / (2 * (0.36 + 0.01)), which no shares can reach: 1.
    assert hachman_bounds(low, high, x) == pytest.approx((1 / 1.94, 1.0))


def test_the_sum_of_the_shares_narrows_the_bounds() -> None:
    # The first may have 0.5 more or less, and the others have no room for that.
    least, most = hoover_bounds([0.0, 0.4, 0.3], [1.0, 0.5, 0.4], [0.4, 0.3, 0.3])
    assert (least, most) == pytest.approx((0.1, 0.4))
    # The Gini of any such shares is no more than 1 - (1 - Hoover)^2.
    _, widest = gini_bounds([0.0, 0.4, 0.3], [1.0, 0.5, 0.4], [0.4, 0.3, 0.3])
    assert 0.4 <= widest <= 1 - 0.6**2


def test_gini_bounds_are_reached() -> None:
    x = np.array([0.25, 0.25, 0.5])
    low, high = np.array([0.0, 0.2, 0.5]), np.array([0.3, 0.4, 0.6])
    first, second = np.meshgrid(np.linspace(0, 0.3, 61), np.linspace(0.2, 0.4, 41))
    s = np.stack([first, second, 1 - first - second], axis=-1).reshape(-1, 3)
    s = s[((low - 1e-9 <= s) & (s <= high + 1e-9)).all(axis=1)]
    found = locational_gini(s, x)
    least, most = gini_bounds(low, high, x)
    assert least <= found.min() + 1e-9
    assert found.max() <= most + 1e-9
    assert (least, most) == pytest.approx((found.min(), found.max()), abs=0.05)


@settings(max_examples=80, deadline=None)
@given(
    arrays(float, (3, 6), elements=st.integers(0, 50).map(float)),
    arrays(float, (3, 6), elements=st.floats(0, 20)),
    arrays(float, (3, 6), elements=st.floats(0, 20)),
    arrays(float, (6,), elements=st.floats(1, 50)),
)
def test_indices_lie_within_and_meet_bounds_that_meet(
    jobs: np.ndarray, less: np.ndarray, more: np.ndarray, all_: np.ndarray
) -> None:
    jobs = jobs + 1
    total = jobs.sum(axis=1, keepdims=True)
    s, x = jobs / total, all_ / all_.sum()
    low, high = np.maximum(jobs - less, 0) / total, np.minimum((jobs + more) / total, 1)
    for index, bounds in (
        (hoover_index, hoover_bounds),
        (locational_gini, gini_bounds),
        (hachman_index, hachman_bounds),
    ):
        value = index(s, x)
        least, most = bounds(low, high, x)
        assert (least <= value + 1e-9).all()
        assert (value <= most + 1e-9).all()
        for end in bounds(s, s, x):
            np.testing.assert_allclose(end, value, atol=1e-9)


def test_a_region_without_any_jobs_has_no_quotient() -> None:
    with pytest.raises(AnalysisError, match="no jobs at all"):
        gini_bounds([0.5, 0.5], [0.5, 0.5], [1.0, 0.0])


def test_an_industry_that_the_nation_lacks() -> None:
    assert hachman_bounds([0.0, 1.0], [0.1, 1.0], [0.0, 1.0]) == pytest.approx((0.0, 1.0))
