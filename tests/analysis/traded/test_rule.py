"""The tests of tradedness, their scores and thresholds, by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.analysis.traded.rule import (
    PORTER_2003,
    ClassAgreement,
    Thresholds,
    compare_classes,
    fit_thresholds,
    geography_tests,
    judged_kinds,
    traded_kinds,
    traded_scores,
)
from clusteratlas.errors import AnalysisError

TOTAL = np.array([50.0, 30, 20])


def test_measures_by_hand() -> None:
    levels = np.array([[10.0, 0, 0], [5, 3, 2], [0, 0, 0], [2, 2, 6]])
    tests = geography_tests(levels, TOTAL, ["1", "2", "3", "4"])
    # All in the first area: LQs 2, 0, 0; the Lorenz curve is flat over half the jobs.
    assert list(tests.loc["1"]) == pytest.approx([1, 2 / 3, 0.5])
    # Spread like all jobs.
    assert list(tests.loc["2"]) == pytest.approx([1, 1, 0], abs=1e-12)
    assert tests.isna().all(axis=1).tolist() == [False, False, True, False]
    # Shares .2, .2, .6; LQs .4, 2/3, 3.
    lorenz = 0.5 * 0.2 + 0.3 * (0.2 + 0.4) + 0.2 * (0.4 + 1.0)
    assert list(tests.loc["4"]) == pytest.approx([0.6, (0.4 + 2 / 3 + 3) / 3, 1 - lorenz])


def test_small_areas_and_areas_without_jobs_do_not_make_the_top() -> None:
    total = np.array([999.5, 0.5, 0.0])
    tests = geography_tests(np.array([[1.0, 1.0, 0.0]]), total, ["1"])
    assert tests.loc["1", "s5"] == pytest.approx(0.5 / 0.9995)
    with pytest.raises(AnalysisError, match="no area"):
        geography_tests(np.ones((1, 3)), TOTAL, ["1"], smallest_area=0.9)


@given(st.floats(0.01, 0.99), st.floats(0.01, 30), st.floats(0.01, 0.99), st.floats(0.1, 0.9))
def test_a_score_of_half_means_two_of_three_tests(
    c50: float, s5: float, gini: float, limit: float
) -> None:
    tests = pd.DataFrame({"c50": [c50], "s5": [s5], "gini": [gini]})
    score = traded_scores(tests, Thresholds(limit, 3.0, limit)).iloc[0]
    passed = (c50 >= limit) + (s5 >= 3) + (gini >= limit)
    assert 0 <= score <= 1
    assert score == pytest.approx(0.5) or (score > 0.5) == (passed >= 2)


def test_scores_by_hand() -> None:
    tests = pd.DataFrame({"c50": [0.5], "s5": [4.0], "gini": [0.9]}, index=["1"])
    # Halves and ratios: .5, 4/6, odds 9 against 3/7.
    assert traded_scores(tests, PORTER_2003)["1"] == pytest.approx(4 / 6)


def test_kinds_and_judgement() -> None:
    kinds = traded_kinds(pd.Series({"1": 0.5, "2": 0.49, "3": np.nan}))
    assert kinds["1"] == "traded"
    assert kinds["2"] == "local"
    assert pd.isna(kinds["3"])
    judged = judged_kinds(kinds, {"1": "unplaced", "2": "traded"})
    assert judged["1"] == "unplaced"
    assert judged["2"] == "traded"
    assert kinds["2"] == "local"
    with pytest.raises(AnalysisError, match="'9'"):
        judged_kinds(kinds, {"9": "local"})
    with pytest.raises(AnalysisError, match="resource"):
        judged_kinds(kinds, {"1": "resource"})


def test_kappa_by_hand() -> None:
    # Cohen's kappa of 20, 5, 10, 15: p_o = .7, p_e = (25*30 + 25*20)/2500 = .5.
    found = ClassAgreement(both=20, only_first=5, only_second=10, neither=15)
    assert found.accuracy == pytest.approx(0.7)
    assert found.kappa == pytest.approx(0.4)
    assert ClassAgreement(5, 0, 0, 0).kappa == 0


def test_agreement_counts() -> None:
    found = compare_classes(
        np.array([True, True, False, False]), np.array([True, False, True, False])
    )
    assert (found.both, found.only_first, found.only_second, found.neither) == (1, 1, 1, 1)
    with pytest.raises(AnalysisError, match="cannot be compared"):
        compare_classes(np.array([True]), np.array([True, False]))


def test_fitting_finds_planted_thresholds() -> None:
    rng = np.random.default_rng(3)
    tests = pd.DataFrame(
        {
            "c50": rng.uniform(0.2, 1, 400),
            "s5": rng.uniform(1, 9, 400),
            "gini": rng.uniform(0, 1, 400),
        },
        index=[str(i) for i in range(400)],
    )
    truth = traded_kinds(traded_scores(tests, Thresholds(0.6, 4.0, 0.5))).eq("traded")
    limits, found = fit_thresholds(tests, truth)
    assert found.kappa > 0.9
    assert limits.c50 == pytest.approx(0.6, abs=0.06)
    assert limits.s5 == pytest.approx(4, abs=0.6)
    assert limits.gini == pytest.approx(0.5, abs=0.06)
    predicted = traded_kinds(traded_scores(tests, limits)).eq("traded")
    assert compare_classes(predicted.to_numpy(), truth.to_numpy()) == found


def test_fitting_needs_labels_of_both_kinds() -> None:
    tests = pd.DataFrame(np.full((20, 3), 0.5), columns=["c50", "s5", "gini"])
    with pytest.raises(AnalysisError, match="cannot fit"):
        fit_thresholds(tests, pd.Series([True] * 20))
