"""Quadrants by hand, and those that bounds allow."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.analysis.regions.change.quadrants import possible_quadrants, quadrant


def test_quadrants_and_their_edges() -> None:
    assert quadrant(1.2, 0.1) == "star"
    assert quadrant(1.0, 0.0) == "mature"
    assert quadrant(0.9, 0.1) == "emerging"
    assert quadrant(0.9, -0.1) == "transforming"
    assert possible_quadrants((0.8, 0.8), (0.9, 1.1)) == ("star", "emerging")
    assert possible_quadrants((1.2, 1.2), (1.0, 1.0)) == ("mature",)


ENDS = st.lists(st.integers(0, 8), min_size=2, max_size=2).map(sorted)


@given(ENDS, ENDS, st.data())
def test_whatever_lies_within_the_bounds_is_possible(
    start: list[int], end: list[int], data: st.DataObject
) -> None:
    (low0, high0), (low1, high1) = ((a / 4, b / 4) for a, b in (start, end))
    possible = possible_quadrants((low0, high0), (low1, high1))
    before = data.draw(st.floats(low0, high0))
    after = data.draw(st.floats(low1, high1))
    assert quadrant(after, after - before) in possible or after == before
