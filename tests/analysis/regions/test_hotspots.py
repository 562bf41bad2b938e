"""Getis-Ord G* by hand."""

from __future__ import annotations

import numpy as np
import pytest

from clusteratlas.analysis.regions.structure.hotspots import (
    local_g_bounds,
    local_g_star,
    neighbor_weights,
    significance,
    spots,
)
from clusteratlas.errors import AnalysisError

LINE = neighbor_weights(["a", "b", "c", "d"], [("a", "b"), ("b", "c"), ("d", "c"), ("d", "z")])


def test_weights_are_symmetric_with_each_region_its_own_neighbor() -> None:
    assert LINE.toarray().tolist() == [[1, 1, 0, 0], [1, 1, 1, 0], [0, 1, 1, 1], [0, 0, 1, 1]]
    assert neighbor_weights(["a"], []).toarray().tolist() == [[1]]


def test_by_hand() -> None:
    # Mean 5, sd sqrt(16.5). a: (18 - 10) / (sd sqrt((8 - 4)/3)); b: (19 - 15) / (sd sqrt(3/3))
    g = local_g_star([10, 8, 1, 1], LINE)
    sd = np.sqrt(16.5)
    np.testing.assert_allclose(
        g, [8 / sd / np.sqrt(4 / 3), 4 / sd, -5 / sd, -8 / sd / np.sqrt(4 / 3)]
    )


def test_several_clusters_at_once() -> None:
    one, two = [10.0, 8.0, 1.0, 1.0], [0.0, 1.0, 5.0, 2.0]
    both = local_g_star(np.column_stack([one, two]), LINE)
    np.testing.assert_allclose(both[:, 0], local_g_star(one, LINE))
    np.testing.assert_allclose(both[:, 1], local_g_star(two, LINE))


def test_nothing_to_compare_with() -> None:
    assert np.isnan(local_g_star([3, 3, 3, 3], LINE)).all()
    star = neighbor_weights(["a", "b", "c"], [("a", "b"), ("a", "c")])
    g = local_g_star([1, 2, 4], star)
    assert np.isnan(g[0])  # a is next to all
    assert np.isfinite(g[1:]).all()


def test_noise_has_few_hot_spots() -> None:
    names = [str(i) for i in range(400)]
    weights = neighbor_weights(names, [(str(i), str(i + 1)) for i in range(399)])
    g = local_g_star(np.random.default_rng(1).normal(size=(400, 40)), weights)
    assert 0.03 < (np.abs(g) > 1.96).mean() < 0.07
    assert abs(g.std() - 1) < 0.05


def test_refusals() -> None:
    with pytest.raises(AnalysisError, match="3 values"):
        local_g_star([1, 2, 3], LINE)
    with pytest.raises(AnalysisError, match="a missing value"):
        local_g_star([1, 2, np.nan, 3], LINE)
    with pytest.raises(AnalysisError, match="diagonal"):
        local_g_star([1, 2, 3, 4], LINE * 0)
    with pytest.raises(AnalysisError, match="twice"):
        neighbor_weights(["a", "a"], [])


def test_bounds_move_the_score_by_what_is_withheld_around() -> None:
    # b: mean 5, sd sqrt(16.5), divisor sd. With a at 6 or 13 and c at 0 it moves by -4 - 1, +3.
    low, high = local_g_bounds([10, 8, 1, 1], [6, 8, 0, 1], [13, 8, 1, 1], LINE)
    sd = np.sqrt(16.5)
    assert (low[1], high[1]) == (pytest.approx((4 - 5) / sd), pytest.approx((4 + 3) / sd))
    assert low[3] == pytest.approx((-8 - 1) / sd / np.sqrt(4 / 3))
    same = local_g_bounds([3, 3, 3, 3], [3, 3, 3, 3], [3, 3, 3, 3], LINE)
    assert np.isnan(same[0]).all()


def test_allowance_for_many_looks_by_hand() -> None:
    # p of 2.5758, 1.96, 1.6449 and 0: 0.01, 0.05, 0.1 and 1; times 4/1, 4/2, 4/3 and 4/4.
    found = significance([-2.575829, 1.959964, 1.644854, 0.0, np.nan])
    np.testing.assert_allclose(found.p[:4], [0.01, 0.05, 0.1, 1], rtol=1e-5)
    np.testing.assert_allclose(found.adjusted[:4], [0.04, 0.1, 0.4 / 3, 1], rtol=1e-5)
    assert np.isnan(found.p[4])
    assert np.isnan(found.adjusted[4])
    assert np.isnan(significance([np.nan]).adjusted).all()


def test_spots_and_whether_bounds_could_change_them() -> None:
    z = [4.0, -4.0, 4.0, 0.5, 0.5, np.nan]
    low, high = [3.9, -5.0, 1.0, 0.1, 0.1, np.nan], [5.0, -3.9, 6.0, 0.9, 4.2, np.nan]
    kinds, certain = spots(z, low, high)
    assert kinds.tolist() == [1, -1, 1, 0, 0, 0]
    # The largest p of a spot is that of 4: 3.9 falls short of it.
    assert certain.tolist() == [False, False, False, True, False, True]
    exact, sure = spots([4.0, 3.0, 0.0], [4.0, 3.0, 0.0], [4.0, 3.0, 0.0])
    assert (exact.tolist(), sure.tolist()) == ([1, 1, 0], [True] * 3)
    # Without any spot the bounds are held against the first step, 0.05 / n.
    _, open_ = spots([0.0, 0.0], [0.0, 0.0], [2.2, 2.3])
    assert open_.tolist() == [True, False]
