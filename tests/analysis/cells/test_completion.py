"""Completion of cells: worked numbers, bounds that hold for any truth, a real state."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusteratlas.analysis.cells.completion import (
    Completed,
    IndustryTree,
    complete,
    tighten,
)
from clusteratlas.analysis.cells.whole_numbers import whole_numbers
from clusteratlas.errors import AnalysisError
from clusteratlas.loaders.economy.cbp import CBP_COUNTY, CBP_STATE
from clusteratlas.vocabulary.arrays import BoolArray, FloatArray

TREE = IndustryTree(["311111", "311119", "312111", "511110"])
"""total -> 31-33 -> 311 -> 3111 -> 31111 -> 311111, 311119; 312 ... 312111; 51 ... 511110."""


def bounds(known: dict[tuple[int, str], float], areas: int) -> tuple[FloatArray, FloatArray]:
    low = np.zeros((areas + 1, len(TREE.codes)))
    high = np.full_like(low, np.inf)
    for (row, code), value in known.items():
        low[row, TREE.at[code]] = high[row, TREE.at[code]] = value
    return low, high


def completed(known: dict[tuple[int, str], float], prior: list[list[float]]) -> Completed:
    names = [*(f"area {k}" for k in range(len(prior))), "whole"]
    order = [["311111", "311119", "312111", "511110"].index(TREE.codes[k]) for k in TREE.leaves]
    low, high = bounds(known, len(prior))
    return complete(TREE, low, high, np.array(prior)[:, order], names)


def cell(found: FloatArray, row: int, code: str) -> float:
    return float(found[row, TREE.at[code]])


def test_the_tree_has_all_ancestors() -> None:
    assert TREE.codes[:3] == ["total", "31-33", "51"]
    assert [TREE.codes[k] for k in TREE.leaves] == ["311111", "311119", "312111", "511110"]
    added = TREE.add_up(np.array([[1.0, 2.0, 4.0, 8.0]]))
    assert [cell(added, 0, c) for c in ("31111", "311", "31-33", "51", "total")] == [3, 3, 7, 8, 15]


def test_what_the_sums_prove_is_certain() -> None:
    # 311 of area 0 is 30, of which 311119 is 10: 311111 is 20. The whole has 50 in 311111: area 1
    # has 30. 31-33 of the whole is all of its 311, so nobody has any 312111.
    known = {
        (0, "311"): 30.0,
        (0, "311119"): 10.0,
        (2, "311111"): 50.0,
        (2, "311"): 70.0,
        (2, "31-33"): 70.0,
        (2, "total"): 100.0,
    }
    found = completed(known, [[1, 1, 1, 1], [1, 1, 1, 1]])
    assert cell(found.low, 0, "311111") == cell(found.high, 0, "311111") == 20
    assert cell(found.low, 1, "311111") == cell(found.high, 1, "311111") == 30
    assert cell(found.high, 0, "312111") == cell(found.high, 1, "312111") == 0
    assert cell(found.point, 1, "311119") == pytest.approx(10)
    assert found.certain[:, TREE.at["31-33"]].all()
    assert not found.certain[0, TREE.at["511110"]]


def test_the_point_follows_the_prior_and_keeps_the_sums() -> None:
    # 60 jobs in 311 of area 0, three to one; 511110 of the whole is 40, one to three.
    known = {(0, "311"): 60.0, (2, "511110"): 40.0, (2, "total"): 200.0}
    found = completed(known, [[3, 1, 0.5, 1], [1, 1, 1, 3]])
    assert cell(found.point, 0, "311111") == pytest.approx(45)
    assert cell(found.point, 0, "511110") == pytest.approx(10)
    assert cell(found.point, 1, "511110") == pytest.approx(30)
    assert cell(found.point, 2, "total") == pytest.approx(200)
    assert found.gap < 1e-3
    assert (cell(found.low, 0, "311111"), cell(found.high, 0, "311111")) == (0, 60)


def test_contradictions_name_area_and_industry() -> None:
    low, high = bounds({(0, "311"): 30.0, (0, "311111"): 31.0, (1, "total"): 90.0}, 1)
    with pytest.raises(AnalysisError, match=r"figures of Kent contradict each other in NAICS 311"):
        tighten(TREE, low, np.minimum(high, 90.0), ["Kent", "Delaware"])


def test_nothing_without_a_whole_and_shapes_that_fit() -> None:
    low, high = bounds({(0, "311"): 30.0}, 1)
    with pytest.raises(AnalysisError, match="nothing says how large the whole is"):
        complete(TREE, low, high, np.ones((1, 4)), ["a", "whole"])
    with pytest.raises(AnalysisError, match="for 2 areas and"):
        complete(TREE, low, high, np.ones((1, 4)), ["a", "b", "whole"])


@st.composite
def hidden(draw: st.DrawFn) -> tuple[FloatArray, BoolArray]:
    """True cells of some areas and their whole, and which of them are published."""
    areas = draw(st.integers(1, 4))
    jobs = st.integers(0, 50).map(float)
    leaves = [[draw(jobs) for _ in TREE.leaves] for _ in range(areas)]
    cells = TREE.add_up(np.array([*leaves, np.sum(leaves, axis=0).tolist()]))
    flags = st.lists(st.booleans(), min_size=cells.size, max_size=cells.size)
    shown = np.array(draw(flags)).reshape(cells.shape)
    shown[-1, TREE.at["total"]] = True
    return cells, shown


@settings(max_examples=150, deadline=None)
@given(hidden())
def test_bounds_hold_the_truth_and_points_keep_what_is_published(
    drawn: tuple[FloatArray, BoolArray],
) -> None:
    truth, shown = drawn
    low, high = np.where(shown, truth, 0.0), np.where(shown, truth, np.inf)
    prior = np.ones((len(truth) - 1, len(TREE.leaves)))
    found = complete(TREE, low, high, prior, [str(k) for k in range(len(truth))])
    assert (found.low <= truth + 1e-6).all()
    assert (truth <= found.high + 1e-6).all()
    assert np.allclose(found.low[shown], truth[shown], atol=1e-6)
    leaves = found.point[:-1][:, TREE.leaves]
    assert (found.low[:-1][:, TREE.leaves] - 1e-6 <= leaves).all()
    assert (leaves <= found.high[:-1][:, TREE.leaves] + 1e-6).all()
    assert np.allclose(found.point[-1], found.point[:-1].sum(axis=0))
    assert np.allclose(TREE.add_up(found.point[:, TREE.leaves]), found.point)
    assert found.gap <= 1.0
    whole = whole_numbers(TREE, found)
    assert (whole == np.rint(whole)).all()
    assert (whole[shown] == truth[shown]).all()
    assert (found.low - 1e-6 <= whole).all()
    assert (whole <= found.high + 1e-6).all()
    assert (whole[-1] == whole[:-1].sum(axis=0)).all()


@pytest.mark.data
def test_a_real_state(data_dir: Path) -> None:
    """Rhode Island in 2021: the counties and the rest of the state are the state."""
    state, year = "44", 2021
    counties = CBP_COUNTY.load(CBP_COUNTY.find(data_dir, year))
    whole = CBP_STATE.load(CBP_STATE.find(data_dir, year))
    tree = IndustryTree(sorted({*counties["naics"], *whole["naics"]}))
    counties = counties[counties["area"].str.startswith(state)]
    whole = whole[whole["area"] == state]
    names = [*sorted(counties["area"].unique()), f"{state}999", state]
    figures = pd.concat([counties, whole])
    jobs = np.full((len(names), len(tree.codes)), np.nan)
    rows = figures["area"].map({name: k for k, name in enumerate(names)})
    jobs[rows, figures["naics"].map(tree.at)] = figures["jobs"].astype(float)
    # No jobs in three establishments or more are jobs that are withheld.
    jobs[jobs == 0] = np.nan
    low, high = np.nan_to_num(jobs, nan=0.0), np.where(np.isnan(jobs), np.inf, jobs)
    found = complete(tree, low, high, np.ones((len(names) - 1, len(tree.leaves))), names)
    total = tree.at["total"]
    assert found.point[-1, total] == pytest.approx(412761, abs=5)
    assert found.gap < 30
    rounded = whole_numbers(tree, found)
    published = ~np.isnan(jobs)
    assert (rounded[published] == jobs[published]).all()
    assert (rounded[-1] == rounded[:-1].sum(axis=0)).all()
    assert np.abs(rounded - found.point).max() < 50
    assert np.allclose(found.low[published], jobs[published])
    # Most cells are left out, and of many of these the sums prove that nobody works there.
    assert found.certain[:-1].mean() > 0.5


def test_whole_numbers_need_whole_sums() -> None:
    found = completed({(1, "total"): 10.0, (1, "311"): 4.5}, [[1, 1, 1, 1]])
    with pytest.raises(AnalysisError, match="no whole numbers keep the sums"):
        whole_numbers(TREE, found)


def test_whole_numbers_are_the_nearest_ones() -> None:
    # Three equal thirds of 100 become 33, 33 and 34; no cell moves by more than one.
    tree = IndustryTree(["111110", "111120", "111130"])
    low, high = np.zeros((2, len(tree.codes))), np.full((2, len(tree.codes)), np.inf)
    low[:, tree.at["total"]] = high[:, tree.at["total"]] = 100.0
    found = complete(tree, low, high, np.ones((1, 3)), ["a", "whole"])
    whole = whole_numbers(tree, found)
    assert sorted(whole[0, tree.leaves].tolist()) == [33.0, 33.0, 34.0]


@settings(max_examples=100, deadline=None)
@given(hidden())
def test_narrow_bounds_complete_to_the_same_cells(drawn: tuple[FloatArray, BoolArray]) -> None:
    """A state's bounds are drawn tight where they are reconciled, and once more here."""
    truth, shown = drawn
    low, high = np.where(shown, truth, 0.0), np.where(shown, truth, np.inf)
    prior = np.arange(1.0, 1.0 + low[:-1, TREE.leaves].size).reshape(len(low) - 1, -1)
    names = [str(k) for k in range(len(truth))]
    found = complete(TREE, low, high, prior, names)
    again = complete(TREE, found.low, found.high, prior, names)
    assert np.array_equal(found.low, again.low)
    assert np.array_equal(found.high, again.high)
    assert np.array_equal(found.point, again.point)


def test_an_area_is_scaled_only_in_the_families_whose_sums_it_knows() -> None:
    # Area 0 knows that 311 is 60: three to one. What it knows of 312111 is not scaled, and area 1
    # knows nothing: 100 of the whole's 500 are known, and five cells alike have the rest.
    known = {(0, "311"): 60.0, (0, "312111"): 40.0, (2, "total"): 500.0}
    found = completed(known, [[3, 1, 9, 1], [1, 1, 1, 1]])
    assert [cell(found.point, 0, c) for c in ("311111", "311119", "312111")] == pytest.approx(
        [45, 15, 40]
    )
    rest = [cell(found.point, 0, "511110")] + [
        cell(found.point, 1, c) for c in ("311111", "311119", "312111", "511110")
    ]
    assert rest == pytest.approx([80] * 5)
