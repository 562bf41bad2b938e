"""Getis-Ord G* by hand."""

from __future__ import annotations

import numpy as np
import pytest

from clusteratlas.analysis.regions.hotspots import local_g_star, neighbor_weights
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
