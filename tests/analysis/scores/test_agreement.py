"""Agreement of two partitions and of two sets of definitions, by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.analysis.scores.agreement import (
    best_matches,
    compare_partitions,
    compare_sets,
    match_totals,
)
from clusteratlas.errors import AnalysisError

A = {"1": "x", "2": "x", "3": "x", "4": "y", "5": "y", "6": "y", "8": "y"}
B = {"1": "p", "2": "p", "3": "q", "4": "q", "5": "q", "6": "q", "7": "q"}

LABELS = st.lists(st.sampled_from("abcd"), min_size=8, max_size=8)


def test_hand_worked_comparison() -> None:
    # n_ij = (2 1 / 0 3): sum C(n_ij,2) = 1+0+0+3 = 4; rows 3, 3: 6; columns 2, 4: 7; C(6,2) = 15.
    alike = compare_partitions([*"xxxyyy"], [*"ppqqqq"])
    expected = 6 * 7 / 15
    assert alike.ari == pytest.approx((4 - expected) / ((6 + 7) / 2 - expected))
    # H(X|Y) = 4/6 H(1/4), H(Y|X) = 3/6 H(1/3).
    given_y = 4 / 6 * -(0.25 * np.log(0.25) + 0.75 * np.log(0.75))
    given_x = 3 / 6 * -(1 / 3 * np.log(1 / 3) + 2 / 3 * np.log(2 / 3))
    assert alike.vi == pytest.approx(given_x + given_y)
    assert 0 < alike.ami < 1


def test_lengths_have_to_agree() -> None:
    with pytest.raises(AnalysisError, match="3 and 2"):
        compare_partitions([*"abc"], [*"ab"])
    with pytest.raises(AnalysisError, match="cannot be compared"):
        compare_partitions([], [])


@given(LABELS, LABELS)
def test_comparison_is_symmetric_and_bounded(a: list[str], b: list[str]) -> None:
    one, two = compare_partitions(a, b), compare_partitions(b, a)
    assert one.vi == pytest.approx(two.vi)
    assert one.ari == pytest.approx(two.ari)
    assert 0 <= one.vi <= np.log(8) + 1e-9


@given(LABELS)
def test_renaming_clusters_changes_nothing(a: list[str]) -> None:
    alike = compare_partitions(a, [x.upper() for x in a])
    assert alike.ari == pytest.approx(1)
    assert alike.vi == pytest.approx(0)


def test_worked_example() -> None:
    found = compare_sets(A, B)
    assert (found.industries, found.only_a, found.only_b) == (6, 1, 1)
    assert found.overlaps.to_numpy().tolist() == [
        ["x", "p", 2, pytest.approx(2 / 3)],
        ["x", "q", 1, pytest.approx(1 / 6)],
        ["y", "q", 3, pytest.approx(3 / 4)],
    ]
    # Pairs: x has 3, y 3, p 1, q 6; together in both 1 + 3 = 4; expected 6 * 7 / 15 = 2.8.
    assert found.ari == pytest.approx((4 - 2.8) / (6.5 - 2.8))
    # H(B|A) = (2/6) ln(3/2) + (1/6) ln 3; H(A|B) = (1/6) ln 4 + (3/6) ln(4/3).
    vi = math.log(1.5) / 3 + math.log(3) / 6 + math.log(4) / 6 + math.log(4 / 3) / 2
    assert found.vi == pytest.approx(vi)


def test_nothing_in_common_is_refused() -> None:
    with pytest.raises(AnalysisError, match="no industry in common"):
        compare_sets({"1": "x"}, {"2": "x"})


@given(
    st.dictionaries(st.text("123456", min_size=1, max_size=2), st.sampled_from("xyz"), min_size=2)
)
def test_a_set_agrees_with_itself_under_other_names(one: dict[str, str]) -> None:
    found = compare_sets(one, {k: f"other {v}" for k, v in one.items()})
    assert found.ari == found.ami == pytest.approx(1)
    assert found.vi == pytest.approx(0)
    assert (found.overlaps["jaccard"] == 1).all()
    assert found.overlaps["industries"].sum() == len(one)


def test_best_matches_by_hand() -> None:
    # x: {1, 2} in p, {3} in q; y: {4, 5, 6} in q, over the six industries that both class.
    found = best_matches(compare_sets(A, B).overlaps)
    assert found.to_dict("records") == [
        {
            "a": "x",
            "match": "p",
            "jaccard": pytest.approx(2 / 3),
            "industries": 3,
            "shared": 2,
            "elsewhere": 1,
        },
        {"a": "y", "match": "q", "jaccard": 0.75, "industries": 3, "shared": 3, "elsewhere": 0},
    ]
    assert match_totals(found) == (0, 1)
    assert match_totals(best_matches(compare_sets(A, A).overlaps)) == (2, 0)


def test_of_two_equal_matches_the_first_by_key_is_taken() -> None:
    overlaps = compare_sets(dict.fromkeys("12", "x"), {"1": "q", "2": "p"}).overlaps
    assert best_matches(overlaps)["match"].tolist() == ["p"]
    assert best_matches(overlaps.head(0)).empty
