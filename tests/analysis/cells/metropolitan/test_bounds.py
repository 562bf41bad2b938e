"""Counties bound by metropolitan areas: worked numbers, any truth, South Carolina."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.analysis.cells.area_groups import AreaGroups
from clusteratlas.analysis.cells.completion import IndustryTree, complete
from clusteratlas.analysis.cells.metropolitan.bounds import with_metros
from clusteratlas.analysis.cells.metropolitan.counties import metro_counties
from clusteratlas.analysis.cells.states import (
    FIGURES,
    PublishedState,
    complete_state,
    published_states,
)
from clusteratlas.analysis.cells.whole_numbers import whole_numbers
from clusteratlas.errors import AnalysisError
from clusteratlas.loaders.economy.cbp import CBP_COUNTY, CBP_MSA, CBP_STATE
from clusteratlas.loaders.places.geography import CBSA_DELINEATION
from clusteratlas.vocabulary.arrays import BoolArray, FloatArray, IntArray
from clusteratlas.vocabulary.naics import naics_ancestors

Row = tuple[str, str, int, int, int]
"""Area, industry, establishments, jobs, payroll."""

KENT, SUSSEX, WYE, CECIL = "10001", "10005", "10007", "24015"


def every_level(rows: list[Row]) -> pd.DataFrame:
    """Six-digit cells, and their sums at every level."""
    leaves = pd.DataFrame(rows, columns=["area", "naics", *FIGURES])
    chains = [(*naics_ancestors(code), "total") for code in leaves["naics"]]
    levels = [leaves.assign(naics=[chain[k] for chain in chains]) for k in range(6)]
    return pd.concat(levels).groupby(["area", "naics"], as_index=False)[list(FIGURES)].sum()


def laid_out(counties: list[Row], states: list[Row]) -> dict[str, PublishedState]:
    beside = pd.DataFrame(
        [(area, "336111", 1) for area in (KENT, SUSSEX, WYE, CECIL)],
        columns=["area", "naics", "establishments"],
    )
    return published_states(every_level(counties), every_level(states), beside)


# Thirteen plants with 5,000 jobs in Delaware; Kent has ten of them with 300.
COUNTIES: list[Row] = [(KENT, "336111", 10, 300, 9000), (CECIL, "336111", 4, 70, 2000)]
STATES: list[Row] = [("10", "336111", 13, 5000, 90000), ("24", "336111", 5, 400, 8000)]


def cell(cells: pd.DataFrame, area: str, figure: str) -> tuple[int, int, int]:
    own = cells[(cells["area"] == area) & (cells["naics"] == "336111")]
    if own.empty:
        return (0, 0, 0)
    low, point, high = (int(own[f].iloc[0]) for f in (f"{figure}_low", figure, f"{figure}_high"))
    return (low, point, high)


def test_an_area_pins_the_county_that_is_withheld() -> None:
    states = laid_out(COUNTIES, STATES)
    assert cell(complete_state(states["10"]), SUSSEX, "jobs")[::2] == (0, 4700)
    metros = every_level([("1", "336111", 11, 4300, 0)])
    bound, left_out = with_metros(states, metros, {"1": (KENT, SUSSEX)})
    assert left_out == {}
    cells = complete_state(bound["10"])
    # 4,300 jobs less Kent's 300; the remaining 700 of the state are in Wye or in no county.
    assert cell(cells, SUSSEX, "jobs") == (4000, 4000, 4000)
    assert cell(cells, SUSSEX, "establishments") == (1, 1, 1)
    assert cell(cells, WYE, "jobs")[2] == 700


def test_a_part_is_at_most_the_area_and_at_least_what_the_others_leave() -> None:
    states = laid_out(COUNTIES, STATES)
    # Sussex and Cecil have 1,070 jobs together. Cecil publishes its 70, in four plants.
    metros = every_level([("1", "336111", 6, 1070, 0)])
    bound, left_out = with_metros(states, metros, {"1": (SUSSEX, CECIL)})
    assert left_out == {}
    jobs = bound["10"].groups["jobs"]
    at = bound["10"].codes.index("336111")
    assert (jobs.low[0, at], jobs.high[0, at]) == (1000, 1070)
    cells = complete_state(bound["10"])
    assert cell(cells, SUSSEX, "establishments") == (2, 2, 2)
    assert cell(cells, SUSSEX, "jobs")[::2] == (1000, 1070)
    assert cell(complete_state(bound["24"]), CECIL, "jobs") == (70, 70, 70)


def test_an_area_without_a_row_has_two_plants_at_most() -> None:
    metros = every_level([("1", "336111", 11, 4300, 0), ("2", "311111", 3, 5, 0)])
    states = laid_out(COUNTIES, [*STATES, ("10", "311111", 9, 90, 90)])
    bound, _ = with_metros(states, metros, {"1": (KENT, SUSSEX)})
    groups = bound["10"].groups["establishments"]
    at = bound["10"].codes.index("311111")
    assert (groups.low[0, at], groups.high[0, at]) == (0, 2)


def test_no_jobs_of_an_area_are_withheld_ones() -> None:
    metros = every_level([("1", "336111", 11, 0, 0)])
    bound, left_out = with_metros(laid_out(COUNTIES, STATES), metros, {"1": (KENT, SUSSEX)})
    assert left_out == {}
    assert cell(complete_state(bound["10"]), SUSSEX, "jobs")[::2] == (0, 4700)


def test_areas_that_do_not_fit_are_left_out_by_name() -> None:
    states = laid_out(COUNTIES, STATES)
    metros = every_level([("1", "336111", 9, 4300, 0), ("2", "336111", 11, 4300, 0)])
    bound, left_out = with_metros(states, metros, {"1": (KENT,), "2": ("99001",)})
    assert left_out["2"] == "99001 has no row in its state"
    assert "contradict each other in NAICS" in left_out["1"]
    assert bound["10"].groups == {}


def test_areas_that_contradict_only_each_other_all_go() -> None:
    # 4,300 and 900 jobs are more than the 5,000 of the state; either by itself is not.
    states = laid_out(COUNTIES, STATES)
    metros = every_level([("1", "336111", 11, 4300, 0), ("2", "336111", 2, 900, 0)])
    bound, left_out = with_metros(states, metros, {"1": (KENT, SUSSEX), "2": (WYE,)})
    assert set(left_out) == {"1", "2"}
    assert bound["10"].groups == {}


def test_nothing_changes_without_areas() -> None:
    states = laid_out(COUNTIES, STATES)
    bound, _ = with_metros(states, every_level([("1", "336111", 3, 9, 0)]), {})
    assert complete_state(bound["10"]).equals(complete_state(states["10"]))


TREE = IndustryTree(["311111", "311119", "312111", "312112", "511110"])


@st.composite
def hidden(draw: st.DrawFn) -> tuple[FloatArray, BoolArray, IntArray, FloatArray, FloatArray]:
    """True cells of areas and their whole, what is published, groups and the bounds of these."""
    areas = draw(st.integers(2, 5))
    jobs = st.integers(0, 20).map(float)
    leaves = [[draw(jobs) for _ in TREE.leaves] for _ in range(areas)]
    cells = TREE.add_up(np.array([*leaves, np.sum(leaves, axis=0).tolist()]))
    flags = st.lists(st.booleans(), min_size=cells.size, max_size=cells.size)
    shown = np.array(draw(flags)).reshape(cells.shape)
    shown[-1, TREE.at["total"]] = True
    # At least one group, and two if area 1 is in another one than area 0.
    more = st.lists(st.integers(-1, 1), min_size=areas - 1, max_size=areas - 1)
    of = np.array([0, *draw(more)], dtype=np.int64)
    sums = np.array([cells[:-1][of == k].sum(axis=0) for k in range(of.max() + 1)])
    spare = st.lists(
        st.sampled_from([0.0, 0.0, 3.0, np.inf]), min_size=sums.size, max_size=sums.size
    )
    below, above = (np.array(draw(spare)).reshape(sums.shape) for _ in range(2))
    return cells, shown, of, np.maximum(sums - below, 0.0), sums + above


@given(hidden())
def test_bounds_hold_the_truth_and_whole_numbers_keep_what_is_published(
    drawn: tuple[FloatArray, BoolArray, IntArray, FloatArray, FloatArray],
) -> None:
    truth, shown, of, least, most = drawn
    names = [str(k) for k in range(len(truth))]
    groups = AreaGroups(tuple(f"g{k}" for k in range(len(least))), of, least, most)
    low, high = np.where(shown, truth, 0.0), np.where(shown, truth, np.inf)
    prior = np.ones((len(truth) - 1, len(TREE.leaves)))
    found = complete(TREE, low, high, prior, names, groups)
    alone = complete(TREE, low, high, prior, names)
    assert (found.low <= truth + 1e-6).all()
    assert (truth <= found.high + 1e-6).all()
    assert (found.low >= alone.low - 1e-6).all()
    assert (found.high <= alone.high + 1e-6).all()
    whole = whole_numbers(TREE, found)
    assert (whole == np.rint(whole)).all()
    assert (whole[shown] == truth[shown]).all()
    assert (found.low - 1e-6 <= whole).all()
    assert (whole <= found.high + 1e-6).all()
    assert (whole[-1] == whole[:-1].sum(axis=0)).all()
    assert np.allclose(TREE.add_up(whole[:, TREE.leaves]), whole)
    sums = groups.add_up(whole[:-1])
    assert (least <= sums).all()
    assert (sums <= most).all()


def test_the_fit_reaches_the_sum_of_a_group() -> None:
    # The whole has 100 jobs in one industry, the first two areas 80 of them, three to one.
    tree = IndustryTree(["111110", "111120"])
    low, high = np.zeros((4, len(tree.codes))), np.full((4, len(tree.codes)), np.inf)
    at = tree.at["111110"]
    low[-1, at] = high[-1, at] = 100.0
    high[-1, tree.at["total"]] = 200.0
    groups = AreaGroups(("g",), np.array([0, 0, -1]), low[:1].copy(), high[:1].copy())
    groups.low[0, at] = groups.high[0, at] = 80.0
    found = complete(tree, low, high, np.array([[3.0, 1], [1, 1], [9, 1]]), list("abcd"), groups)
    assert found.point[:, at] == pytest.approx([60, 20, 20, 100])
    assert found.gap < 1e-3


def test_groups_have_to_fit() -> None:
    low, high = np.zeros((3, len(TREE.codes))), np.full((3, len(TREE.codes)), 9.0)
    groups = AreaGroups(("g",), np.array([0]), low[:1], high[:1])
    prior = np.ones((2, len(TREE.leaves)))
    with pytest.raises(AnalysisError, match="for 1 groups of 2 areas"):
        complete(TREE, low, high, prior, ["a", "b", "whole"], groups)


@pytest.mark.data
@pytest.mark.slow
def test_south_carolina(data_dir: Path) -> None:
    """Spartanburg's cars are where they are withheld, and all that is published holds."""
    counties = CBP_COUNTY.load(CBP_COUNTY.find(data_dir, 2019))
    counties = counties[counties["area"].str.startswith("45")]
    whole = CBP_STATE.load(CBP_STATE.find(data_dir, 2019))
    metros = CBP_MSA.load(CBP_MSA.find(data_dir, 2019))
    delineation = CBSA_DELINEATION.load(CBSA_DELINEATION.find(data_dir, 2020))
    inside = delineation["county"].str.startswith("45").groupby(delineation["cbsa"]).all()
    metros = metros[metros["area"].isin(set(inside.index[inside.to_numpy(dtype=bool)]))]
    members = metro_counties(metros, counties, delineation)
    assert members.left_out == {}
    expected = counties[counties["level"] == 6][["area", "naics", "establishments"]]
    states = {"45": published_states(counties, whole, expected)["45"]}
    bound, left_out = with_metros(states, metros, members.counties)
    assert left_out == {}
    cells = complete_state(bound["45"]).astype({"area": str, "naics": str})
    for area, own in members.counties.items():
        sums = cells[cells["area"].isin(own)].groupby("naics")[["establishments", "jobs"]].sum()
        given = metros[metros["area"] == area].set_index("naics")
        assert (sums["establishments"].reindex(given.index) == given["establishments"]).all()
        known = given[given["jobs"] > 0]
        assert (sums["jobs"].reindex(known.index) == known["jobs"]).all()
    cars = cells["area"].isin(["45083", "45087"]) & (cells["naics"] == "336")
    assert cells.loc[cars, "jobs"].sum() == 17293
    published = pd.concat([counties, whole[whole["area"] == "45"]])
    both = published.merge(cells, on=["area", "naics"], suffixes=("", "_found"), how="left")
    for figure in FIGURES:
        known = both[both[figure] > 0]
        assert (known[figure] == known[f"{figure}_found"]).all()
