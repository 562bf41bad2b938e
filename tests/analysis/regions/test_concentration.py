"""Concentration and specialization: worked numbers and limiting cases."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from clusteratlas.analysis.regions.structure.concentration import (
    ellison_glaeser,
    group_coagglomeration,
    hachman_index,
    herfindahl_index,
    hoover_index,
    krugman_index,
    litzenberger_sternberg,
    locational_gini,
    plant_herfindahl,
    share_of_highest,
)
from clusteratlas.errors import AnalysisError

S, X = [0.7, 0.3], [0.5, 0.5]


def test_by_hand() -> None:
    assert plant_herfindahl([4, 1], [10, 60]) == pytest.approx(0.4)  # (4*100 + 3600) / 100^2
    # G = 0.08, 1 - sum x^2 = 0.5: (0.16 - 0.1) / 0.9
    assert ellison_glaeser(S, X, 0.1) == pytest.approx(0.06 / 0.9)
    assert hoover_index(S, X) == pytest.approx(0.2)
    assert krugman_index(S, X) == pytest.approx(0.4)
    assert herfindahl_index(S) == pytest.approx(0.58)
    assert locational_gini(S, X) == pytest.approx(0.2)
    assert hachman_index(S, X) == pytest.approx(1 / (0.49 / 0.5 + 0.09 / 0.5))


def test_cluster_index_of_a_textbook() -> None:
    # Farhauer & Kroell 2014: region 1 of a nation, the rest put into region 2.
    index = litzenberger_sternberg(
        [1743, 5740 - 1743], [35, 53 - 35], [50, 576 - 50], [488, 4621 - 488]
    )
    assert index[0] == pytest.approx(21.87491, abs=5e-6)


def test_gamma_is_zero_on_average_for_plants_that_choose_at_random() -> None:
    rng = np.random.default_rng(7)
    aggregate = np.array([0.4, 0.3, 0.2, 0.1])
    plants = 20
    counts = rng.multinomial(plants, aggregate, size=4000)
    gamma = ellison_glaeser(counts / plants, aggregate, 1 / plants)
    raw = ((counts / plants - aggregate) ** 2).sum(axis=1)
    assert abs(gamma.mean()) < 0.003
    assert raw.mean() > 0.03


def test_one_plant_has_no_gamma() -> None:
    assert np.isnan(ellison_glaeser([1.0, 0.0], X, 1.0))
    assert np.isnan(plant_herfindahl([0, 0], [10, 60]))


SHARES = arrays(float, (3, 4), elements=st.integers(1, 50).map(float)).map(
    lambda a: a / a.sum(axis=1, keepdims=True)
)


@settings(max_examples=40, deadline=None)
@given(SHARES)
def test_the_group_formula_is_the_pair_formula_for_two(shares: np.ndarray) -> None:
    x, pair = shares[0], shares[1:]
    expected = ((pair[0] - x) * (pair[1] - x)).sum() / (1 - (x**2).sum())
    assert group_coagglomeration(pair, x, [30, 70]) == pytest.approx(expected)


def test_coagglomeration_with_plant_herfindahls_written_out() -> None:
    s = np.array([[0.7, 0.2, 0.1], [0.5, 0.4, 0.1], [0.1, 0.1, 0.8]])
    x, H, jobs = np.array([0.4, 0.3, 0.3]), np.array([0.05, 0.1, 0.2]), np.array([50, 30, 20])
    w, room = jobs / 100, 1 - (x**2).sum()
    gamma = ellison_glaeser(s, x, H)
    G = ((w @ s - x) ** 2).sum()
    full = (G / room - (w**2 * H).sum() - (gamma * w**2 * (1 - H)).sum()) / (1 - (w**2).sum())
    assert group_coagglomeration(s, x, jobs) == pytest.approx(full)


@settings(max_examples=40, deadline=None)
@given(SHARES)
def test_limits(shares: np.ndarray) -> None:
    x = shares[0]
    np.testing.assert_allclose(hoover_index(x, x), 0)
    np.testing.assert_allclose(krugman_index(x, x), 0)
    np.testing.assert_allclose(hachman_index(x, x), 1)
    np.testing.assert_allclose(locational_gini(x, x), 0, atol=1e-12)
    rest = shares[1:]
    assert ((hoover_index(rest, x) >= 0) & (hoover_index(rest, x) <= 1)).all()
    assert (locational_gini(rest, x) >= -1e-12).all()
    assert (locational_gini(rest, x) >= hoover_index(rest, x) - 1e-12).all()
    assert (hachman_index(rest, x) <= 1 + 1e-12).all()


def test_gini_by_hand_and_as_half_the_mean_difference_of_the_quotients() -> None:
    # LQs .4, 2/3, 3; the Lorenz curve through (.5, .2), (.8, .4), (1, 1) has .28 below it.
    s, x = np.array([0.2, 0.2, 0.6]), np.array([0.5, 0.3, 0.2])
    below = 0.5 * 0.2 / 2 + 0.3 * (0.2 + 0.4) / 2 + 0.2 * (0.4 + 1.0) / 2
    assert below == pytest.approx(0.28)
    assert locational_gini(s, x) == pytest.approx(1 - 2 * below)
    lq = s / x
    differences = np.abs(lq[:, None] - lq[None, :]) * np.outer(x, x)
    assert locational_gini(s, x) == pytest.approx(differences.sum() / 2)


def test_gini_near_one_in_the_smallest_region() -> None:
    assert locational_gini([0, 0, 1.0], [0.6, 0.39, 0.01]) == pytest.approx(0.99)
    assert locational_gini([0, 0, 1.0], [0.6, 0.4, 0.0]) == pytest.approx(1)


def test_hachman_is_zero_with_an_industry_that_the_nation_lacks() -> None:
    assert hachman_index([0.5, 0.5], [1.0, 0.0]) == 0
    assert hachman_index([1.0, 0.0], [1.0, 0.0]) == 1


def test_cells_without_jobs() -> None:
    index = litzenberger_sternberg([0, 10], [0, 2], [1, 1], [1, 1])
    assert index.tolist() == [0, 4]  # all of it on half of the area and of the people
    assert np.isnan(litzenberger_sternberg([0, 0], [0, 0], [1, 1], [1, 1])).all()


def test_refusals() -> None:
    with pytest.raises(AnalysisError, match="sum to 1"):
        ellison_glaeser([0.7, 0.7], X, 0.1)
    with pytest.raises(AnalysisError, match="sum to 1"):
        locational_gini([7, 3], X)
    with pytest.raises(AnalysisError, match="one region"):
        ellison_glaeser([1.0], [1.0], 0.1)
    with pytest.raises(AnalysisError, match="two industries"):
        group_coagglomeration([S], X, [5])


def test_share_of_the_highest_by_hand() -> None:
    # Of five regions the two that are highest by the other figure (40 % of them): 3 and 5 of 15.
    assert share_of_highest([1, 2, 3, 4, 5], [0, 1, 9, 2, 8], 0.4) == 8 / 15
    # A third of four known regions are two, rounded up; ties go to the earlier.
    assert share_of_highest([1, 2, np.nan, 4, 5], [7, 7, 9, 7, 6], 0.3) == 3 / 12
    assert np.isnan(share_of_highest([], [], 0.5))
    assert np.isnan(share_of_highest([0, 0], [1, 2], 0.5))
