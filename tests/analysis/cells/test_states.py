"""A state with its counties: worked numbers, bounds that hold for any truth, two real states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusteratlas.analysis.cells.states import (
    FIGURES,
    PublishedState,
    complete_state,
    published_states,
)
from clusteratlas.loaders.economy.cbp import CBP_COUNTY, CBP_STATE
from clusteratlas.vocabulary.naics import naics_ancestors, naics_level, naics_parent

Row = tuple[str, str, int, int, int]
"""Area, industry, establishments, jobs, payroll."""

KENT, SUSSEX, REST, STATE = "10001", "10005", "10999", "10"
LEAVES = ("311111", "311119", "312111", "511110")


def table(rows: Sequence[Row]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["area", "naics", *FIGURES])
    return frame.astype({"area": "string", "naics": "string", **dict.fromkeys(FIGURES, "Int64")})


def expected(**of: float) -> pd.DataFrame:
    """What another file has in 311111, by the name of the county."""
    rows = [({"kent": KENT, "sussex": SUSSEX}[name], "311111", n) for name, n in of.items()]
    return pd.DataFrame(rows, columns=["area", "naics", "establishments"])


def above(code: str) -> tuple[str, ...]:
    return (*naics_ancestors(code), "total")


def summed(leaves: pd.DataFrame) -> pd.DataFrame:
    """Sum six-digit cells to every level, as the file of states has them all."""
    levels = [leaves.assign(naics=[above(c)[k] for c in leaves["naics"]]) for k in range(6)]
    return pd.concat(levels).groupby(["area", "naics"], as_index=False)[list(FIGURES)].sum()


def laid_out(
    counties: Sequence[Row], state: Sequence[Row], beside: pd.DataFrame | None = None
) -> PublishedState:
    """Counties as they are given; the state from its six-digit industries."""
    beside = expected(kent=1, sussex=1) if beside is None else beside
    return published_states(table(counties), summed(table(state)), beside)[STATE]


def found(
    counties: Sequence[Row], state: Sequence[Row], beside: pd.DataFrame | None = None
) -> pd.DataFrame:
    return complete_state(laid_out(counties, state, beside)).set_index(["area", "naics"])


def within(cells: pd.DataFrame, area: str, naics: str, figure: str) -> tuple[int, int, int]:
    """Low, point and high; zeros where there is no row."""
    if (area, naics) not in cells.index:
        return (0, 0, 0)
    low, point, high = (
        int(cells[name].to_numpy()[cells.index.get_loc((area, naics))])
        for name in (f"{figure}_low", figure, f"{figure}_high")
    )
    return (low, point, high)


# Twelve plants with 100 jobs and 5,000 thousand USD, and three offices in all of Delaware.
WHOLE: list[Row] = [
    (STATE, "311111", 12, 100, 5000),
    (STATE, "511110", 3, 30, 1500),
]


def test_a_cell_without_a_row_has_at_most_two() -> None:
    # Kent has 7 of 12. Sussex would have a row if it had 3 of the 5 others; the rest of the state
    # has no rows at all, and so nothing but the state bounds it.
    cells = found([(KENT, "311111", 7, 60, 3000)], WHOLE)
    assert within(cells, KENT, "311111", "establishments") == (7, 7, 7)
    low, point, high = within(cells, SUSSEX, "311111", "establishments")
    assert (low, high) == (0, 2)
    assert low <= point <= high
    assert within(cells, REST, "311111", "establishments") == (3, 5 - point, 5)
    assert within(cells, SUSSEX, "311111", "jobs")[2] == 40
    assert within(cells, SUSSEX, "311111", "payroll")[2] == 2000


def test_the_rest_of_a_state_that_has_rows_is_bound_as_well() -> None:
    # 7 of 12 in Kent and at most 2 in the rest leave 3 for Sussex, which has the other row.
    rows: list[Row] = [
        (KENT, "311111", 7, 60, 3000),
        (SUSSEX, "311111", 3, 20, 1000),
        (REST, "511110", 3, 30, 1500),
    ]
    cells = found(rows, WHOLE)
    assert within(cells, REST, "311111", "establishments") == (2, 2, 2)
    assert within(cells, REST, "311111", "jobs") == (20, 20, 20)
    assert within(cells, REST, "511110", "payroll") == (1500, 1500, 1500)


def test_another_rule_of_the_publisher() -> None:
    state = laid_out([(KENT, "311111", 7, 60, 3000)], WHOLE)
    cells = complete_state(replace(state, left_out=4.0)).set_index(["area", "naics"])
    low, _, high = within(cells, SUSSEX, "311111", "establishments")
    assert (low, high) == (0, 4)
    low, _, high = within(cells, REST, "311111", "establishments")
    assert (low, high) == (1, 5)


def test_a_level_that_no_county_has_is_not_bound() -> None:
    # Counties have rows of four digits alone: 9 of 12 six-digit plants may be in Sussex, which has
    # 9 of 3111, and not only 2.
    rows: list[Row] = [(KENT, "3111", 3, 40, 2000), (SUSSEX, "3111", 9, 60, 3000)]
    cells = found(rows, WHOLE)
    assert within(cells, SUSSEX, "311111", "establishments") == (9, 9, 9)
    assert within(cells, SUSSEX, "311111", "jobs") == (60, 60, 60)
    # The rest of the state has none of them.
    assert (REST, "3111") not in cells.index


def test_an_industry_that_no_county_has_is_not_bound_if_the_state_has_too_many() -> None:
    # 12 plants are more than two in each of Kent, Sussex and the rest: their rows are missing for
    # another reason. The three offices may be spread, so at most two are in one county.
    rows: list[Row] = [(KENT, "312111", 3, 10, 500)]
    whole: list[Row] = [(STATE, "312111", 3, 10, 500), *WHOLE]
    cells = found(rows, whole, expected(kent=1, sussex=3))
    assert within(cells, SUSSEX, "311111", "establishments") == (0, 9, 12)
    assert within(cells, SUSSEX, "511110", "establishments")[2] == 2


def test_no_jobs_in_three_establishments_are_withheld() -> None:
    # Kent's 0 is not a figure; Sussex has 40 of 100 and the rest of the state can have none.
    rows: list[Row] = [
        (KENT, "311111", 7, 0, 0),
        (SUSSEX, "311111", 5, 40, 2000),
        (REST, "511110", 3, 30, 1500),
    ]
    cells = found(rows, WHOLE)
    assert within(cells, KENT, "311111", "jobs") == (60, 60, 60)
    assert within(cells, KENT, "311111", "payroll") == (3000, 3000, 3000)
    # With a payroll it may be that nobody worked there in March, but the payroll is a figure.
    rows[0] = (KENT, "311111", 7, 0, 3000)
    assert within(found(rows, WHOLE), KENT, "311111", "payroll") == (3000, 3000, 3000)


def test_without_establishments_no_jobs() -> None:
    # All twelve plants are in Kent: jobs that it withholds cannot be elsewhere.
    cells = found([(KENT, "311111", 12, 0, 0), (SUSSEX, "511110", 3, 30, 1500)], WHOLE)
    assert within(cells, KENT, "311111", "jobs") == (100, 100, 100)
    assert within(cells, KENT, "total", "payroll") == (5000, 5000, 5000)
    assert (SUSSEX, "311111") not in cells.index
    assert (REST, "total") not in cells.index


def test_an_industry_that_only_its_parents_show_is_there_if_another_year_has_it() -> None:
    # One bakery of 311119 in Delaware: too few for a row, but 31111 has 13 plants with 108 jobs.
    state = summed(table([*WHOLE, (STATE, "311119", 1, 8, 400)]))
    state = state[state["naics"] != "311119"]
    counties = table([(KENT, "311111", 12, 100, 5000), (SUSSEX, "511110", 3, 30, 1500)])
    beside = expected(kent=1, sussex=1)
    cells = complete_state(published_states(counties, state, beside, {"311119"})[STATE])
    plain = cells.set_index(["area", "naics"])
    assert within(plain, STATE, "311119", "establishments") == (1, 1, 1)
    assert within(plain, STATE, "311119", "jobs") == (8, 8, 8)
    assert within(plain, STATE, "total", "payroll") == (6900, 6900, 6900)
    assert_added_up(cells)


def test_points_add_up_and_follow_what_is_expected() -> None:
    # Five plants between Sussex and the rest, four of which another file has in Sussex: two of
    # them are, the most that a county without a row can have.
    cells = found([(KENT, "311111", 7, 60, 3000)], WHOLE, expected(kent=7, sussex=4))
    assert within(cells, SUSSEX, "311111", "establishments")[1] == 2
    assert_added_up(cells.reset_index())


def assert_added_up(cells: pd.DataFrame) -> None:
    """Points are within their bounds, and add up over industries and over areas."""
    plain = cells.astype({"area": str, "naics": str})
    state = min(plain["area"], key=len)
    for figure in FIGURES:
        assert (plain[f"{figure}_low"] <= plain[figure]).all()
        assert (plain[figure] <= plain[f"{figure}_high"]).all()
        grid = plain.pivot_table(index="area", columns="naics", values=figure, fill_value=0)
        assert (grid.drop(index=state).sum() == grid.loc[state]).all()
        children = grid.T.groupby(grid.columns.map(naics_parent)).sum().T
        assert (children == grid[children.columns]).all(axis=None), figure


# Any truth


@st.composite
def published(draw: st.DrawFn) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """True cells at every level; what is published of counties and state; what is expected."""
    areas = [KENT, "10003", SUSSEX][: draw(st.integers(1, 3))]
    rows, beside = [], []
    for area in [*areas, REST]:
        for leaf in LEAVES:
            plants = draw(st.integers(0, 7))
            jobs = draw(st.integers(0, 40)) if plants else 0
            payroll = draw(st.integers(0, 300)) if plants else 0
            rows.append((area, leaf, plants, jobs, payroll))
            beside.append((area, leaf, draw(st.integers(0, 7))))
    # A state of fewer than three establishments, or without jobs, would have no total.
    rows.append((areas[0], LEAVES[0], 3, 1, 1))
    leaves = table(rows)
    truth = pd.concat([summed(leaves), summed(leaves.assign(area=STATE))], ignore_index=True)
    shown = truth[truth["establishments"] >= 3]
    # The publisher withholds jobs and payroll of some cells, the state's total excepted.
    withheld = draw(st.lists(st.booleans(), min_size=len(shown), max_size=len(shown)))
    hidden = np.array(withheld) & ~(shown["area"].eq(STATE) & shown["naics"].eq("total"))
    shown = shown.assign(**{f: shown[f].mask(hidden, 0) for f in ("jobs", "payroll")})
    is_state = shown["area"] == STATE
    without = draw(st.sets(st.sampled_from([0, 2, 3, 4, 5, 6])))
    counties = shown[~is_state & ~shown["naics"].map(naics_level).isin(without)]
    if draw(st.booleans()):
        counties = counties[counties["area"] != REST]
    other = pd.DataFrame(beside, columns=["area", "naics", "establishments"])
    return truth, counties, shown[is_state], other[other["area"] != REST]


@settings(max_examples=100)
@given(published())
def test_bounds_hold_the_truth(
    drawn: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame],
) -> None:
    truth, counties, state, beside = drawn
    # Another state has all industries; what neither has would not exist.
    other = summed(table([("44", leaf, 5, 50, 2000) for leaf in LEAVES]))
    cells = complete_state(published_states(counties, pd.concat([state, other]), beside)[STATE])
    assert_added_up(cells)
    both = truth.merge(
        cells.astype({"area": str, "naics": str}),
        on=["area", "naics"],
        how="outer",
        suffixes=("_true", ""),
    ).fillna(0)
    for figure in FIGURES:
        assert (both[f"{figure}_low"] <= both[f"{figure}_true"]).all()
        assert (both[f"{figure}_true"] <= both[f"{figure}_high"]).all()
    keep_what_is_published(cells, pd.concat([counties, state]))


def keep_what_is_published(cells: pd.DataFrame, shown: pd.DataFrame) -> None:
    both = shown.merge(
        cells.astype({"area": str, "naics": str}),
        on=["area", "naics"],
        how="left",
        suffixes=("_given", ""),
    )
    for figure in FIGURES:
        given = both[f"{figure}_given"]
        known = pd.Series(True, index=both.index) if figure == "establishments" else given > 0
        for end in ("", "_low", "_high"):
            assert (both[f"{figure}{end}"] == given)[known].all(), figure


# Real states


@pytest.fixture(scope="module")
def files_of_2021(data_dir: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Counties of Rhode Island and Delaware, and all states, which name the industries."""
    counties = CBP_COUNTY.load(CBP_COUNTY.find(data_dir, 2021))
    states = CBP_STATE.load(CBP_STATE.find(data_dir, 2021))
    columns = ["area", "naics", *FIGURES]
    return (
        counties.loc[counties["area"].str[:2].isin(["10", "44"]), columns],
        states[columns],
    )


@pytest.mark.data
@pytest.mark.parametrize(("state", "jobs"), [("44", 412_761), ("10", 408_714)])
def test_a_real_state(
    files_of_2021: tuple[pd.DataFrame, pd.DataFrame], state: str, jobs: int
) -> None:
    counties, states = files_of_2021
    beside = pd.DataFrame(columns=["area", "naics", "establishments"])
    cells = complete_state(published_states(counties, states, beside)[state])
    assert_added_up(cells)
    shown = pd.concat([counties, states])
    shown = shown[shown["area"].str.startswith(state)]
    keep_what_is_published(cells, shown)
    plain = cells.astype({"area": str, "naics": str}).set_index(["area", "naics"])
    assert plain.loc[(state, "total"), "jobs"] == jobs
    left_out = plain.drop(index=pd.MultiIndex.from_frame(shown[["area", "naics"]]), errors="ignore")
    in_county = left_out[~left_out.index.get_level_values("area").str.endswith("999")]
    assert len(in_county) > 1000
    assert in_county["establishments_high"].max() <= 2


@pytest.mark.data
@pytest.mark.parametrize(("state", "figure"), [("45", 1_903_609), ("20", 1_203_434)])
def test_no_state_has_three_establishments_of_other_depository_credit(
    data_dir: Path, state: str, figure: int
) -> None:
    """522190 has no row in 2018, and is in the figures of all its parents."""
    columns = ["area", "naics", *FIGURES]
    counties, states = (
        source.load(source.find(data_dir, 2018)).loc[:, columns]
        for source in (CBP_COUNTY, CBP_STATE)
    )
    counties = counties[counties["area"].str[:2] == state]
    assert "522190" not in {*counties["naics"], *states["naics"]}
    beside = pd.DataFrame(columns=["area", "naics", "establishments"])
    cells = complete_state(published_states(counties, states, beside, {"522190"})[state])
    shown = pd.concat([counties, states[states["area"] == state]])
    keep_what_is_published(cells, shown)
    plain = cells.astype({"area": str, "naics": str}).set_index(["area", "naics"])
    assert plain.loc[(state, "total"), "jobs"] == figure
    assert plain.loc[(state, "522190"), "establishments"] == 1
