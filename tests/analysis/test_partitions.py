from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.analysis.scores.partitions import best_matches, compare_partitions
from clusteratlas.errors import AnalysisError

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


def test_best_matches_by_hand() -> None:
    table = best_matches([*"xxxyyy"], [*"ppqqqq"])
    assert table["match"].tolist() == ["p", "q"]
    assert table["jaccard"].tolist() == pytest.approx([2 / 3, 3 / 4])


def test_lengths_have_to_agree() -> None:
    with pytest.raises(AnalysisError, match="3 and 2"):
        compare_partitions([*"abc"], [*"ab"])
    with pytest.raises(AnalysisError, match="cannot be compared"):
        best_matches([], [])


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
    assert (best_matches(a, a)["jaccard"] == 1).all()
