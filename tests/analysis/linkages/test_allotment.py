"""Sales of sectors split among industries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.analysis.linkages.allotment import allot_sales


def test_by_jobs_and_evenly_without_any() -> None:
    # 100 split 30 : 70, and 50 in halves, of 150 in all.
    parts = allot_sales(["s", "s", "t", "t"], [100.0, 100.0, 50.0, 50.0], [30, 70, 0, 0])
    assert [sales for sales, _ in parts] == [30.0, 70.0, 25.0, 25.0]
    assert [share for _, share in parts] == pytest.approx([0.2, 70 / 150, 25 / 150, 25 / 150])


def test_nothing_sold_and_nobody() -> None:
    assert allot_sales([], [], []) == []
    assert allot_sales(["s"], [0.0], [7]) == [(0.0, 0.0)]


def test_lengths_must_agree() -> None:
    with pytest.raises(ValueError, match="shorter"):
        allot_sales(["s", "t"], [1.0], [7])


@given(st.lists(st.tuples(st.sampled_from("stu"), st.integers(0, 1000)), min_size=1))
def test_all_of_it_is_allotted(drawn: list[tuple[str, int]]) -> None:
    sold = {"s": 10.0, "t": 200.0, "u": 0.5}
    parts = allot_sales([s for s, _ in drawn], [sold[s] for s, _ in drawn], [n for _, n in drawn])
    assert sum(sales for sales, _ in parts) == pytest.approx(
        sum(sold[s] for s in {s for s, _ in drawn})
    )
    assert sum(share for _, share in parts) == pytest.approx(1.0)
