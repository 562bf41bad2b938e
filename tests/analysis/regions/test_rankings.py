"""Ranks, percentiles and quantiles within groups."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusteratlas.analysis.regions.rankings import RankingPools, rank_bounds

VALUES = st.lists(st.integers(0, 6).map(float), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None)
@given(st.lists(VALUES, min_size=1, max_size=5), st.sampled_from([0, 10, 25, 50, 75, 90, 100]))
def test_quantiles_are_numpys(groups: list[list[float]], percent: int) -> None:
    labels = np.repeat(np.arange(len(groups)), [len(g) for g in groups])
    pool = RankingPools.of(labels, np.concatenate(groups), n_groups=len(groups))
    expected = [np.percentile(g, percent) for g in groups]
    np.testing.assert_allclose(pool.quantile(percent), expected, rtol=1e-12)


@settings(max_examples=40, deadline=None)
@given(st.lists(VALUES, min_size=1, max_size=4))
def test_ranks_count_the_larger_values_of_the_own_group(groups: list[list[float]]) -> None:
    labels = np.repeat(np.arange(len(groups)), [len(g) for g in groups])
    values = np.concatenate(groups)
    pool = RankingPools.of(labels, values, n_groups=len(groups))
    expected = [1 + sum(other > v for other in g) for g in groups for v in g]
    assert pool.rank(labels, values).tolist() == expected


def test_percentile_of_four() -> None:
    pool = RankingPools.of([0, 0, 0, 0], [30.0, 10.0, 20.0, 40.0], n_groups=1)
    # 100/4 * (index - 0.5) for index 3, 1, 2, 4; numpy rounds halves to even.
    assert pool.percentile([0, 0, 0, 0], [30.0, 10.0, 20.0, 40.0]).tolist() == [62, 12, 38, 88]


def test_equal_values_share_rank_and_mean_index() -> None:
    pool = RankingPools.of([0, 0, 0], [5.0, 5.0, 1.0], n_groups=1)
    assert pool.rank([0, 0, 0], [5.0, 5.0, 1.0]).tolist() == [1, 1, 3]
    # indices 2 and 3 -> 2.5: 100/3 * 2 = 66.7
    assert pool.percentile([0, 0], [5.0, 1.0]).tolist() == [67, 17]


def test_a_value_from_outside_stands_between_its_neighbors() -> None:
    pool = RankingPools.of([0, 0, 0, 0], [1.0, 2.0, 3.0, 4.0], n_groups=1)
    assert pool.rank([0, 0, 0], [2.5, 9.0, 0.0]).tolist() == [3, 1, 5]
    assert pool.percentile([0, 0, 0], [2.5, 9.0, 0.0]).tolist() == [50, 100, 0]


def test_an_empty_group_has_no_quantile_and_no_percentile() -> None:
    pool = RankingPools.of([1], [3.0], n_groups=2)
    quantile = pool.quantile(75)
    assert np.isnan(quantile[0])
    assert quantile[1] == 3
    assert np.isnan(pool.percentile([0], [1.0])).all()
    assert pool.rank([0], [1.0]).tolist() == [1]


def test_ninetieth_percentile_interpolates() -> None:
    pool = RankingPools.of(np.zeros(4, dtype=np.int64), [1.0, 2.0, 3.0, 5.0], n_groups=1)
    assert pool.quantile(90)[0] == pytest.approx(4.4)  # position 2.7 between 3 and 5


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 1), st.integers(0, 6), st.integers(0, 4)), min_size=1, max_size=10
    )
)
def test_possible_ranks_are_those_of_the_bounds(values: list[tuple[int, int, int]]) -> None:
    groups, low = [g for g, _, _ in values], [a for _, a, _ in values]
    high = [a + more for _, a, more in values]
    best, worst = rank_bounds(groups, low, high)
    for i, (group, least, most) in enumerate(zip(groups, low, high, strict=True)):
        others = [j for j, g in enumerate(groups) if g == group and j != i]
        assert best[i] == 1 + sum(low[j] > most for j in others)
        assert worst[i] == 1 + sum(high[j] > least for j in others)
    assert (best <= RankingPools.of(groups, low, n_groups=2).rank(groups, low)).all()


def test_nothing_has_no_ranks() -> None:
    assert [len(ranks) for ranks in rank_bounds([], [], [])] == [0, 0]
