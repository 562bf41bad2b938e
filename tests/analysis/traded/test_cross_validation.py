"""Held-out checks of the traded rule: planted thresholds, baselines by hand, leaks."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from clusteratlas.analysis.traded.cross_validation import (
    apply_judgments,
    compare_with_labels,
    halves_of_areas,
    halves_of_industries,
    kappa_interval,
    predict_by_group_majority,
    predict_held_out,
    predict_held_out_logistic,
    predict_traded,
    summary_statistics,
)
from clusteratlas.analysis.traded.rule import Thresholds
from clusteratlas.errors import AnalysisError

TRUE = Thresholds(0.6, 4.0, 0.5)


def planted(groups: int = 12, size: int = 25, *, seed: int = 3) -> tuple[pd.DataFrame, pd.Series]:
    """Measures at random, and labels that the rule with known thresholds gives."""
    rng = np.random.default_rng(seed)
    n = groups * size
    codes = [f"{100 + i // size}{i % size:03d}" for i in range(n)]
    tests = pd.DataFrame(
        {"c50": rng.uniform(0.2, 1, n), "s5": rng.uniform(1, 9, n), "gini": rng.uniform(0, 1, n)},
        index=pd.Index(codes),
    )
    return tests, predict_traded(tests, TRUE)


def test_held_out_groups_are_classed_by_planted_thresholds() -> None:
    tests, labels = planted()
    found, folds = predict_held_out(tests, labels)
    assert compare_with_labels(found, labels).kappa > 0.85
    assert folds["group"].tolist() == [str(100 + i) for i in range(12)]
    assert folds["industries"].tolist() == [25] * 12
    assert folds["c50"].between(0.5, 0.7).all()
    right = (folds["right"] * folds["industries"]).sum() / len(labels)
    assert right == pytest.approx(compare_with_labels(found, labels).accuracy)


def test_a_group_does_not_fit_its_own_thresholds() -> None:
    tests, labels = planted()
    own = labels.index.str.startswith("105")
    turned = labels.where(~own, ~labels)
    first, second = predict_held_out(tests, labels)[1], predict_held_out(tests, turned)[1]
    columns = ["c50", "s5", "gini"]
    at = first["group"].eq("105")
    assert first.loc[at, columns].equals(second.loc[at, columns])
    assert not first.loc[~at, columns].equals(second.loc[~at, columns])


def test_labels_without_structure_give_no_kappa_held_out() -> None:
    tests, _ = planted()
    rng = np.random.default_rng(8)
    noise = pd.Series(rng.random(len(tests)) < 0.6, index=tests.index)
    assert abs(compare_with_labels(predict_held_out(tests, noise)[0], noise).kappa) < 0.15
    assert abs(compare_with_labels(predict_held_out_logistic(tests, noise), noise).kappa) < 0.15


def test_the_baseline_by_hand() -> None:
    labels = pd.Series(
        {
            "111001": True,
            "111002": True,
            "111003": False,
            "222001": False,
            "222002": True,
            "333001": False,
            "444001": False,
        }
    )
    # 111: one of each beside the first two, so all others decide: 2 of 6, then 3 of 6 are traded.
    # 222: the other one. 333 and 444 are alone: 3 of 6 others, a tie.
    assert predict_by_group_majority(labels).to_dict() == {
        "111001": False,
        "111002": False,
        "111003": True,
        "222001": True,
        "222002": False,
        "333001": True,
        "444001": True,
    }


def test_judgement_replaces_only_what_it_names() -> None:
    guess = pd.Series({"1": True, "2": False})
    after = apply_judgments(guess, {"2": "traded", "9": "local"})
    assert after.to_dict() == {"1": True, "2": True}


def test_logistic_regression_finds_a_linear_border_and_refuses_gaps() -> None:
    tests, _ = planted()
    labels = (tests["c50"] + tests["gini"]) > 1.1
    assert compare_with_labels(predict_held_out_logistic(tests, labels), labels).kappa > 0.9
    with pytest.raises(AnalysisError, match="missing or infinite"):
        predict_held_out_logistic(tests.assign(s5=np.inf), labels)


def test_one_group_cannot_be_held_out() -> None:
    tests, labels = planted(groups=1)
    with pytest.raises(AnalysisError, match="one group"):
        predict_held_out(tests, labels)


def test_halves_of_industries_are_drawn_by_the_seed() -> None:
    tests, labels = planted()
    found = halves_of_industries(tests, labels, {"100000": "traded"}, seed=1, repeats=3)
    again = halves_of_industries(tests, labels, {"100000": "traded"}, seed=1, repeats=3)
    other = halves_of_industries(tests, labels, {"100000": "traded"}, seed=2, repeats=3)
    pd.testing.assert_frame_equal(found, again)
    assert not found.equals(other)
    assert found.groupby("repeat")["industries"].sum().tolist() == [300, 300, 300]
    assert (found["kappa"] > 0.7).all()


def test_halves_of_areas_agree_where_all_areas_are_alike() -> None:
    rng = np.random.default_rng(4)
    # Local: nearly in proportion everywhere. Traded: in a fifth of the areas.
    size = rng.uniform(50, 500, 80)
    local = np.outer(rng.uniform(10, 20, 30), size) * rng.uniform(0.5, 1.5, (30, 80))
    chosen = rng.random((30, 80)) < 0.2
    levels = np.concatenate([local, chosen * size])
    codes = [f"{100 + i % 10}{i:03d}" for i in range(60)]
    labels = pd.Series([False] * 30 + [True] * 30, index=codes)
    found = halves_of_areas(levels, levels.sum(axis=0), codes, labels, {}, seed=1, repeats=4)
    assert len(found) == 8
    assert found["accuracy"].mean() > 0.95
    assert found["same"].mean() > 0.95
    assert (found["judged_kappa"] == found["kappa"]).all()


def test_the_interval_holds_the_figure_and_shrinks_with_groups() -> None:
    labels = planted(groups=40, size=10)[1]
    rng = np.random.default_rng(2)
    guess = labels.where(rng.random(len(labels)) > 0.15, ~labels)
    low, high = kappa_interval(guess, labels, seed=1)
    assert low < compare_with_labels(guess, labels).kappa < high
    few = guess.index < "108"
    wide = kappa_interval(guess[few], labels[few], seed=1)
    assert wide[1] - wide[0] > high - low
    assert kappa_interval(labels, labels, seed=1) == (1, 1)


def test_spread_by_hand() -> None:
    table = summary_statistics(pd.DataFrame({"a": [1.0, 2, 3, 4, 5]})).set_index("statistic")["a"]
    assert table.to_dict() == pytest.approx(
        {
            "lowest": 1,
            "quarter": 2,
            "median": 3,
            "three_quarters": 4,
            "highest": 5,
            "mean": 3,
            "sd": 2.5**0.5,
        }
    )
