"""Agreement of two sets of definitions, by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.analysis.scores.agreement import compare_sets
from clusteratlas.errors import AnalysisError

A = {"1": "x", "2": "x", "3": "x", "4": "y", "5": "y", "6": "y", "8": "y"}
B = {"1": "p", "2": "p", "3": "q", "4": "q", "5": "q", "6": "q", "7": "q"}


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
