"""Stability in a few figures."""

from __future__ import annotations

from clusteratlas.analysis.stability.summary import counted, median_of_known


def test_the_median_is_of_what_is_known() -> None:
    assert median_of_known([0.9, None, 0.5, 0.6]) == 0.6
    assert median_of_known([0.5, 0.75]) == 0.625
    assert median_of_known([None]) is None
    assert median_of_known([]) is None


def test_words_are_counted_in_the_order_of_their_list() -> None:
    assert counted(["b", "a", "b", None, "z"], "abc") == [("a", 1), ("b", 2), ("c", 0)]
