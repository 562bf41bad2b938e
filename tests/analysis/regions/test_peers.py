"""Peer regions by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.analysis.regions.structure.peers import (
    hellinger_bounds,
    hellinger_distances,
    nearest_peers,
)
from clusteratlas.errors import AnalysisError

# All of the first cluster, all of the second, half of each, and a region without jobs.
JOBS = [[10, 0], [0, 70], [5, 5], [0, 0]]


def test_distances_by_hand() -> None:
    half = np.sqrt(((1 - np.sqrt(0.5)) ** 2 + 0.5) / 2)
    np.testing.assert_allclose(hellinger_distances(JOBS, 0), [0, 1, half, np.nan])
    np.testing.assert_allclose(hellinger_distances(JOBS, 1), [1, 0, half, np.nan])
    np.testing.assert_allclose(hellinger_distances(JOBS, 2), [half, half, 0, np.nan])


def test_the_nearest_come_first_and_of_equal_ones_the_first_row() -> None:
    orders = [nearest_peers(hellinger_distances(JOBS, at), at).tolist() for at in range(3)]
    assert orders == [[2, 1], [2, 0], [0, 1]]
    with pytest.raises(AnalysisError, match="without jobs"):
        nearest_peers(hellinger_distances(JOBS, 3), 3)


def test_size_does_not_matter_and_twins_are_at_zero() -> None:
    twin = [*JOBS, [5000, 5000]]
    apart = hellinger_distances(twin, 2)
    assert apart[4] == 0
    assert nearest_peers(apart, 2).tolist() == [4, 0, 1]


def test_bounds_of_a_distance_by_hand() -> None:
    jobs, low, high = [[10, 0], [5, 5]], [[10, 0], [4, 5]], [[10, 0], [10, 6]]
    least, most = hellinger_bounds(jobs, low, high, at=0)
    np.testing.assert_allclose(least, [0, np.sqrt(0.5 / 2)])  # 10 of p: no difference in it
    np.testing.assert_allclose(most, [0, np.sqrt(((1 - np.sqrt(0.4)) ** 2 + 0.6) / 2)])
    none = hellinger_bounds([[1, 1], [0, 0]], [[1, 1], [0, 0]], [[1, 1], [0, 9]], at=0)
    assert np.isnan(none[0][1])


@given(st.integers(0, 2**32 - 1))
def test_a_distance_lies_within_its_bounds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    jobs = rng.integers(0, 50, (6, 4)) + 1
    low = jobs - rng.integers(0, 2, jobs.shape) * rng.integers(0, jobs + 1)
    high = jobs + rng.integers(0, 30, jobs.shape)
    least, most = hellinger_bounds(jobs, low, high, at=0)
    exact = hellinger_distances(jobs, 0)
    assert (least - 1e-12 <= exact).all()
    assert (exact <= most + 1e-12).all()
