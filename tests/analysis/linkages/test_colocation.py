"""Co-location: correlations and coagglomeration by hand."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from clusteratlas.analysis.linkages.colocation import (
    location_correlation,
    pairwise_coagglomeration,
    pivot_levels,
)
from clusteratlas.errors import AnalysisError

LEVELS = np.array(
    [
        [2.0, 0, 0, 2],
        [0, 2, 2, 0],
        [4, 0, 0, 4],
        [1, 2, 3, 4],
        [3, 1, 0, 0],
        [1, 1, 1, 1],
    ]
)
SMALL = arrays(np.float64, (4, 5), elements=st.integers(0, 50).map(float))


def cells() -> pd.DataFrame:
    rows = [("b", "111", 5, 1), ("a", "111", 7, 2), ("a", "222", None, 3), ("z", "111", 9, 9)]
    return pd.DataFrame(rows, columns=["area", "naics", "jobs", "establishments"])


def test_pivot_puts_cells_in_the_asked_order_and_zero_elsewhere() -> None:
    levels = pivot_levels(cells(), ["222", "111"], ["a", "b"])
    assert levels.tolist() == [[0, 0], [7, 5]]
    assert pivot_levels(cells(), ["222"], ["a"], "establishments").tolist() == [[3]]


def test_pivot_refuses_a_cell_that_stands_twice() -> None:
    twice = pd.concat([cells(), cells().head(1)])
    with pytest.raises(AnalysisError, match="twice"):
        pivot_levels(twice, ["111"], ["a", "b"])
    with pytest.raises(AnalysisError, match="repeat"):
        pivot_levels(cells(), ["111", "111"], ["a"])


def test_correlation_by_hand() -> None:
    lc = location_correlation(LEVELS)
    # Centered: (1,-1,-1,1), its opposite, its double, (-1.5,-.5,.5,1.5), (2,0,-1,-1).
    assert lc[0, 1] == pytest.approx(-1)
    assert lc[0, 2] == pytest.approx(1)
    assert lc[0, 3] == pytest.approx(0, abs=1e-12)
    assert lc[0, 4] == pytest.approx(1 / np.sqrt(6))
    assert lc[3, 4] == pytest.approx((-3 - 0.5 - 1.5) / np.sqrt(5 * 6))


def test_an_industry_that_is_the_same_everywhere_has_no_correlation() -> None:
    lc = location_correlation(np.vstack([LEVELS, np.zeros(4), np.full(4, 0.1)]))
    assert np.isnan(lc[5:]).all()
    assert np.isnan(lc[:, 5:]).all()
    assert not np.isnan(lc[:5, :5]).any()


def test_correlation_needs_two_areas() -> None:
    with pytest.raises(AnalysisError, match="two areas"):
        location_correlation(np.ones((3, 1)))


def test_coagglomeration_by_hand() -> None:
    # x = (.4,.3,.2,.1), 1 - sum x^2 = .7; s - x = (.1,-.3,-.2,.4) and (-.4,.2,.3,-.1).
    coi = pairwise_coagglomeration(LEVELS, np.array([40.0, 30, 20, 10]))
    assert coi[0, 1] == pytest.approx(-0.2 / 0.7)
    assert coi[0, 0] == pytest.approx(0.3 / 0.7)
    assert coi[0, 2] == pytest.approx(coi[0, 0])


def test_coagglomeration_without_jobs() -> None:
    coi = pairwise_coagglomeration(np.array([[1.0, 2], [0, 0]]), np.array([3.0, 4]))
    assert np.isnan(coi[1]).all()
    with pytest.raises(AnalysisError, match="aggregate employment"):
        pairwise_coagglomeration(np.ones((2, 2)), np.array([5.0, 0]))


@given(SMALL, st.permutations(range(5)))
def test_correlation_is_symmetric_bounded_and_blind_to_the_order_of_areas(
    levels: np.ndarray, order: list[int]
) -> None:
    lc = location_correlation(levels)
    known = lc[~np.isnan(lc)]
    assert np.array_equal(lc, lc.T, equal_nan=True)
    assert ((known >= -1) & (known <= 1)).all()
    assert np.allclose(lc, location_correlation(levels[:, order]), equal_nan=True, atol=1e-9)


@given(SMALL)
@settings(max_examples=50)
def test_doubling_an_industry_changes_no_linkage(levels: np.ndarray) -> None:
    doubled = levels * np.array([[2.0], [1], [1], [1]])
    aggregate = np.array([5.0, 4, 3, 2, 1])
    one, two = (
        pairwise_coagglomeration(levels, aggregate),
        pairwise_coagglomeration(doubled, aggregate),
    )
    assert np.allclose(one, two, equal_nan=True)
    first, second = location_correlation(levels), location_correlation(doubled)
    assert np.allclose(first, second, equal_nan=True, atol=1e-9)


def test_a_thousand_industries_in_all_counties_take_under_two_seconds() -> None:
    levels = np.random.default_rng(1).poisson(1.0, (1000, 3100)).astype(float)
    start = time.process_time()
    location_correlation(levels)
    pairwise_coagglomeration(levels, levels.sum(axis=0))
    assert time.process_time() - start < 4.0  # two cores' worth of two seconds
