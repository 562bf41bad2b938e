"""Relatedness within a cluster after a move, by hand and against the pairs themselves."""

from __future__ import annotations

from itertools import combinations
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.analysis.scores.what_if import within_after_joining, within_after_leaving


def test_cohesion_after_a_move_by_hand() -> None:
    # Three pairs 1, 2, 3 among a, b, c: mean 2. Without c (pairs 2 and 3, mean 2.5) it is 1.
    assert within_after_leaving(2.0, 2.5, 3) == pytest.approx(1.0)
    # And back: a pair of 1 joined by one with 2 and 3.
    assert within_after_joining(1.0, 2.5, 2) == pytest.approx(2.0)
    assert within_after_joining(None, 0.7, 1) == pytest.approx(0.7)
    assert within_after_leaving(1.0, 1.0, 2) is None
    assert within_after_joining(None, 0.7, 3) is None


@given(st.lists(st.floats(-3, 3), min_size=6, max_size=6))
def test_both_are_means_over_the_pairs(drawn: list[float]) -> None:
    pairs = dict(zip(combinations("abcd", 2), drawn, strict=True))
    three = mean(v for p, v in pairs.items() if "d" not in p)
    to_d = mean(v for p, v in pairs.items() if "d" in p)
    every = mean(drawn)
    assert within_after_joining(three, to_d, 3) == pytest.approx(every, abs=1e-9)
    assert within_after_leaving(every, to_d, 4) == pytest.approx(three, abs=1e-9)
