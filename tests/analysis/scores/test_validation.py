"""Validation scores of a set, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusteratlas.analysis.linkages.combined import SINGLE, combine_linkages
from clusteratlas.analysis.scores.validation import (
    mean_validation_score,
    score_table,
    size_balance,
    validation_score,
)
from clusteratlas.errors import AnalysisError
from tests.analysis.worked import CODES, LABELS, WORKED, planted, planted_linkages


def test_score_by_hand() -> None:
    # a: .9 above .25 and .295; b: .5 above .3 and .39; c: .1 below .35.
    score = validation_score(WORKED, LABELS)
    assert score.vs_cluster_mean == score.vs_cluster_p95 == pytest.approx(200 / 3)
    assert score.vs == pytest.approx(200 / 3)


def test_the_95th_percentile_is_harder_than_the_mean() -> None:
    matrix = WORKED.copy()
    matrix[2:4, 4:6] = matrix[4:6, 2:4] = 0.7
    # b: .5 above the mean of .2 and .7, below their 95th percentile.
    score = validation_score(matrix, LABELS)
    assert score.vs_cluster_mean == pytest.approx(200 / 3)
    assert score.vs_cluster_p95 == pytest.approx(100 / 3)


def test_singletons_do_not_pay() -> None:
    score = validation_score(WORKED, ("a", "a", "b", "b", "c", "d"))
    assert score.vs_cluster_mean == 50
    assert score.vs_industry_mean == pytest.approx(400 / 6)


def test_a_cluster_about_which_nothing_is_known_is_not_counted() -> None:
    without = np.zeros((6, 6), dtype=bool)
    without[4, 5] = without[5, 4] = True
    assert validation_score(WORKED, LABELS, without=without).vs == 100


def test_one_cluster_has_no_score() -> None:
    assert np.isnan(validation_score(WORKED, ("a",) * 6).vs)
    with pytest.raises(AnalysisError, match="5 labels for 6"):
        validation_score(WORKED, ("a",) * 5)


def test_the_table_scores_io_and_occ_also_without_shared_sectors_and_profiles() -> None:
    matrices = dict.fromkeys(SINGLE, WORKED)
    links = combine_linkages(CODES, matrices, ["s", "t", "u", "v", "w", "w"], [*"aabbxy"])
    table = score_table(links, LABELS).set_index(["matrix", "pairs"])["vs"]
    assert table["io", "all"] == pytest.approx(200 / 3)
    assert table["io", "distinct"] == 100  # the failing pair shares a sector
    assert table["occ", "distinct"] == 0  # only the failing pair has distinct profiles
    assert table["lc_emp", "distinct"] == table["lc_emp", "all"]
    assert mean_validation_score(score_table(links, LABELS)) == pytest.approx(200 / 3)
    distinct = mean_validation_score(score_table(links, LABELS), "distinct")
    assert distinct == pytest.approx((200 / 3 + 200 / 3 + 100 + 0) / 4)


def test_the_true_groups_score_best() -> None:
    links, labels = planted_linkages()
    shuffled = list(np.random.default_rng(0).permutation(labels))
    assert mean_validation_score(score_table(links, labels)) > 95
    assert mean_validation_score(score_table(links, shuffled)) < 60


@given(st.integers(0, 10_000), st.permutations(range(12)))
@settings(max_examples=40)
def test_scores_do_not_depend_on_the_order_of_industries(seed: int, order: list[int]) -> None:
    matrix, labels = planted(4, 3, inside=0.4, noise=0.5, seed=seed)
    one = validation_score(matrix, labels)
    two = validation_score(matrix[np.ix_(order, order)], [labels[i] for i in order])
    assert one.vs == pytest.approx(two.vs)
    assert 0 <= one.vs <= 100


def test_balance_by_hand() -> None:
    sizes = size_balance(["a", "a", "b", "b", "c"])
    assert (sizes.clusters, sizes.largest, sizes.singletons) == (3, 2, 1)
    entropy = -(2 * 0.4 * np.log(0.4) + 0.2 * np.log(0.2))
    assert sizes.effective_number == pytest.approx(np.exp(entropy))
    assert size_balance(["a", "b"]).effective_number == pytest.approx(2)
    with pytest.raises(AnalysisError, match="nothing"):
        size_balance([])


def test_unknown_pairs_are_left_out_of_every_mean() -> None:
    # Clusters a, b, c of two. Wholesale is c: unknown with all, also inside, so it is not counted.
    matrix = np.full((6, 6), 0.1)
    matrix[0, 1] = matrix[1, 0] = 0.5
    matrix[2, 3] = matrix[3, 2] = 0.05
    matrix[4:] = matrix[:, 4:] = np.nan
    score = validation_score(matrix, list("aabbcc"))
    assert score.vs_cluster_mean == 50
    assert score.vs_industry_mean == 50
    # One of a's two pairs inside is unknown: the mean is over the other.
    matrix = np.full((5, 5), 0.1)
    matrix[0, 1] = matrix[1, 0] = 0.5
    matrix[0, 2] = matrix[2, 0] = matrix[1, 2] = matrix[2, 1] = np.nan
    # The third has no known pair inside and is not counted; d and e are as near inside as outside.
    score = validation_score(matrix, list("aaadd"))
    assert score.vs_cluster_mean == 50
    assert score.vs_industry_mean == 50
    assert np.isnan(validation_score(np.full((4, 4), np.nan), list("aabb")).vs)
