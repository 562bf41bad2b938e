"""Withheld and absent cells: worked numbers, and bounds that hold for any true figures."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusteratlas.analysis.cells.naics_tree import CellTree
from clusteratlas.analysis.cells.suppression import (
    METHODS,
    cluster_bounds,
    fill_top_down,
)
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.naics import naics_parent

NA = float("nan")


def cells_of(rows: list[tuple[str, str, int, float]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["area", "naics", "establishments", "jobs"])


WORKED = cells_of(
    [
        ("a", "total", 30, 1000.0),
        ("a", "11", 10, 400.0),
        ("a", "21", 12, NA),  # 1000 - 400 = 600 for 21 and 22: weights 12*10 and 8*60
        ("a", "22", 8, NA),
        ("a", "211", 5, NA),  # 21 has 120: 212 is published with 50, 211 takes the other 70
        ("a", "212", 7, 50.0),
    ]
)
RATIOS = {"21": 10.0, "22": 60.0, "211": 20.0, "212": 5.0, "total": 30.0}


def test_worked_example() -> None:
    out = fill_top_down(WORKED, RATIOS).set_index("naics")
    # 212's 50 lie below 21 for sure: left 1000 - 400 - 50 = 550, weights 120 - 50 and 480.
    assert out["jobs"].to_dict() == pytest.approx(
        {"total": 1000, "11": 400, "21": 120, "22": 480, "211": 70, "212": 50}
    )
    assert out["jobs_low"].to_dict() == {
        "total": 1000,
        "11": 400,
        "21": 50,
        "22": 0,
        "211": 0,
        "212": 50,
    }
    # 22 can have no more than what 11 and the published part of 21 leave.
    assert out["jobs_high"].to_dict() == {
        "total": 1000,
        "11": 400,
        "21": 600,
        "22": 550,
        "211": 550,
        "212": 50,
    }
    assert dict(zip(out.index, out["method"], strict=True)) == {
        "total": "published",
        "11": "published",
        "212": "published",
        "21": "share of published parent",
        "22": "share of published parent",
        "211": "share of estimated parent",
    }
    assert out["estimated"].sum() == 3


def test_rounding_widens_the_bounds_of_withheld_cells_only() -> None:
    out = fill_top_down(WORKED, RATIOS, rounding=0.5).set_index("naics")
    assert out.loc[["11"], ["jobs_low", "jobs_high"]].to_numpy().tolist() == [[400, 400]]
    # 1000.5 - 399.5 - 49.5 and 1000.5 - 399.5
    assert out["jobs_high"][["21", "22", "211"]].tolist() == [601, 551.5, 551.5]
    assert out["jobs_low"][["21", "22"]].tolist() == [49.5, 0]
    plain = fill_top_down(WORKED, RATIOS).set_index("naics")
    assert out["jobs"].tolist() == plain["jobs"].tolist()


def test_a_withheld_total_is_estimated_from_establishments_under_its_ceiling() -> None:
    cells = cells_of([("a", "total", 4, NA), ("a", "11", 4, NA), ("b", "total", 2, 9.0)])
    out = fill_top_down(cells, {"total": 5.0})
    assert out["jobs"].tolist() == [20, 20, 9]
    assert out["jobs_high"].tolist() == [np.inf, np.inf, 9]
    assert out["method"].tolist() == ["establishments", "share of estimated parent", "published"]
    under = fill_top_down(cells, {"total": 5.0}, ceilings={"a": 33.0})
    assert under["jobs_high"].tolist() == [33, 33, 9]


def test_a_withheld_sum_of_published_children_is_known() -> None:
    cells = cells_of(
        [
            ("a", "total", 9, NA),
            ("a", "11", 5, NA),
            ("a", "111", 4, 30.0),
            ("a", "112", 1, 3.0),
            ("a", "21", 4, 7.0),
        ]
    )
    out = fill_top_down(cells, {"total": 50.0}, rounding=0.5)
    assert out["jobs"].tolist() == [40, 33, 30, 3, 7]
    assert out["jobs_low"].tolist() == [38.5, 32, 30, 3, 7]
    assert out["jobs_high"].tolist() == [41.5, 34, 30, 3, 7]
    assert out["method"].tolist()[:3] == ["sum of published children"] * 2 + ["published"]


def test_absent_levels_are_skipped() -> None:
    cells = cells_of([("a", "total", 3, 90.0), ("a", "3254", 1, NA), ("a", "21", 1, 30.0)])
    assert fill_top_down(cells, {"total": 1.0})["jobs"].tolist() == [90, 60, 30]
    other = cells_of([("a", "31-33", 3, 90.0), ("a", "325411", 1, NA), ("a", "326", 2, 30.0)])
    assert fill_top_down(other, {"total": 1.0})["jobs"].tolist() == [90, 60, 30]


def test_zero_weights_share_by_establishments_then_equally() -> None:
    cells = cells_of([("a", "total", 4, 40.0), ("a", "11", 3, NA), ("a", "21", 1, NA)])
    assert fill_top_down(cells, {"total": 0.0})["jobs"].tolist() == [40, 30, 10]
    empty = cells.assign(establishments=[4, 0, 0])
    assert fill_top_down(empty, {"total": 1.0})["jobs"].tolist() == [40, 20, 20]


def test_children_that_exceed_their_parent_leave_nothing() -> None:
    cells = cells_of([("a", "total", 3, 40.0), ("a", "11", 1, 45.0), ("a", "21", 2, NA)])
    out = fill_top_down(cells, {"total": 10.0})
    assert out[["jobs", "jobs_low", "jobs_high"]].iloc[2].tolist() == [0, 0, 0]


def test_nullable_jobs_and_any_index_are_kept() -> None:
    cells = WORKED.astype({"jobs": "Int64"}).set_index(pd.Index(range(10, 16))).iloc[::-1]
    out = fill_top_down(cells, pd.Series(RATIOS))
    assert out.index.tolist() == list(range(15, 9, -1))
    assert out["jobs"].tolist() == pytest.approx([50, 70, 480, 120, 400, 1000])


@pytest.mark.parametrize(
    ("cells", "ratios", "text"),
    [
        (pd.concat([WORKED, WORKED]), RATIOS, "twice"),
        (WORKED.drop(columns="jobs"), RATIOS, "jobs"),
        (WORKED.assign(jobs=-1.0), RATIOS, "negative"),
        (WORKED.assign(establishments=NA), RATIOS, "missing establishments"),
        (WORKED, {"21": 3.0}, "jobs per establishment for 11, 22, total"),
    ],
)
def test_fill_refuses(cells: pd.DataFrame, ratios: dict[str, float], text: str) -> None:
    with pytest.raises(AnalysisError, match=text):
        fill_top_down(cells, ratios)


SIX = ["111110", "111120", "111211", "112111", "211120", "212111", "212112"]


@st.composite
def atlases(draw: st.DrawFn) -> tuple[pd.DataFrame, pd.Series]:
    """True cells at all levels of two areas, additive, and which of them are withheld."""
    rows: list[tuple[str, str, int, float]] = []
    for area in ("a", "b"):
        codes = draw(st.lists(st.sampled_from(SIX), min_size=1, unique=True))
        sums: dict[str, list[int]] = {}
        for code in codes:
            plants = draw(st.integers(1, 6))
            jobs = draw(st.integers(0, 40))
            at: str | None = code
            while at is not None:
                entry = sums.setdefault(at, [0, 0])
                entry[0] += plants
                entry[1] += jobs
                at = naics_parent(at)
        rows += [(area, code, n, float(jobs)) for code, (n, jobs) in sorted(sums.items())]
    cells = cells_of(rows)
    hidden = draw(st.lists(st.booleans(), min_size=len(cells), max_size=len(cells)))
    return cells, pd.Series(hidden)


@settings(max_examples=60, deadline=None)
@given(atlases())
def test_bounds_hold_estimates_lie_within_and_add_up(case: tuple[pd.DataFrame, pd.Series]) -> None:
    true, hidden = case
    cells = true.assign(jobs=true["jobs"].where(~hidden))
    out = fill_top_down(cells, {"total": 7.0, "21": 20.0, "111120": 2.0})
    tolerance = 1e-9 * (1 + true["jobs"])
    assert (out["jobs_low"] <= true["jobs"] + tolerance).all()
    assert (out["jobs_high"] >= true["jobs"] - tolerance).all()
    assert (out["jobs_low"] <= out["jobs"] + tolerance).all()
    assert (out["jobs_high"] >= out["jobs"] - tolerance).all()
    tree = CellTree(cells)
    total = np.zeros(len(cells))
    parents = np.zeros(len(cells), dtype=bool)
    for rows in tree.steps:
        total += tree.sum_to_parents(rows, out["jobs"].to_numpy())
        parents[tree.parent[rows]] = True
    assert np.allclose(total[parents], out["jobs"].to_numpy()[parents])


@settings(max_examples=60, deadline=None)
@given(atlases())
def test_cluster_bounds_hold_where_small_cells_are_absent(
    case: tuple[pd.DataFrame, pd.Series],
) -> None:
    true, _ = case
    membership = {code: "odd" if i % 2 else "even" for i, code in enumerate(SIX)}
    present = true[true["establishments"] >= 3]
    if present.empty:
        return
    bounds = cluster_bounds(present, membership)
    six = true[(true["naics"].str.len() == 6) & true["area"].isin(present["area"])]
    cluster = six["naics"].map(membership).rename("cluster")
    truth = six.groupby([six["area"], cluster])[["jobs", "establishments"]].sum().reset_index()
    both = truth.merge(bounds, on=["area", "cluster"], how="left", suffixes=("_true", ""))
    assert (both["jobs_high"] >= both["jobs_true"]).all()
    assert (both["establishments_high"] >= both["establishments_true"]).all()
    assert (bounds["jobs"] <= bounds["jobs_high"]).all()


PRESENT = cells_of(
    [
        ("a", "total", 40, 900.0),
        ("a", "31-33", 20, 500.0),
        ("a", "325", 10, 300.0),
        ("a", "3254", 8, 260.0),
        ("a", "32541", 8, 260.0),
        ("a", "325412", 6, 250.0),  # leaves 10 jobs in two establishments below 32541
        ("a", "326", 9, 150.0),  # 31-33 leaves 50 jobs in one establishment
        ("a", "54", 20, 395.0),  # the total leaves no establishment: its 5 jobs are noise
    ]
)


def test_each_remainder_counts_once_in_a_cluster() -> None:
    membership = {
        "325411": "drugs",
        "325412": "drugs",
        "325414": "drugs",  # two absent below 32541
        "325998": "drugs",  # absent below 325
        "334510": "devices",  # its sector 31-33 is there, 334 is not
        "541714": "research",
        "111110": "farms",  # 11 is absent, and nothing is left for it
    }
    out = cluster_bounds(PRESENT, membership).set_index("cluster")
    assert out["jobs"].to_dict() == {"devices": 0, "drugs": 250, "research": 0}
    assert out["jobs_high"].to_dict() == {"devices": 50, "drugs": 250 + 10 + 40, "research": 395}
    assert out["establishments_high"].to_dict() == {"devices": 1, "drugs": 10, "research": 20}


def test_bounds_refuse_withheld_cells() -> None:
    with pytest.raises(AnalysisError, match="missing jobs"):
        cluster_bounds(WORKED, {"111110": "farms"})


@pytest.fixture(scope="module")
def qcew(data_dir: Path) -> tuple[pd.DataFrame, pd.Series]:
    """Private county cells of 2016, and national jobs per establishment from the states."""
    from clusteratlas.loaders.economy.qcew import SOURCE

    frame = SOURCE.load(data_dir / "qcew" / "2016.annual.singlefile.csv.gz", 2016)
    private = frame[frame["ownership"] == 5]
    states = private[(private["area_type"] == "state") & private["jobs"].notna()]
    sums = states.groupby("naics")[["jobs", "establishments"]].sum().astype("float64")
    ratio = sums["jobs"] / sums["establishments"].where(sums["establishments"] > 0)
    cells = private.loc[
        private["area_type"] == "county", ["area", "naics", "establishments", "jobs"]
    ]
    cells = cells.reset_index(drop=True)
    return cells.assign(jobs=cells["jobs"].astype("float64")), ratio.dropna()


def hide(cells: pd.DataFrame, seed: int) -> tuple[pd.DataFrame, pd.Index]:
    """Withhold some disclosed six-digit cells the way the publisher does.

    Cells are drawn by the published share of withheld ones of their size, and as many industries
    above them are hidden as above the really withheld ones of that size.
    """
    rng = np.random.default_rng(seed)
    tree = CellTree(cells)
    withheld = cells["jobs"].isna().to_numpy()
    plants = cells["establishments"].to_numpy(dtype=np.float64)
    size = np.digitize(plants, [1.5, 2.5, 3.5, 5.5, 10.5, 20.5, 50.5])
    climbs, at = np.zeros(len(cells), dtype=int), np.where(withheld, tree.parent, -1)
    while (go := (at >= 0) & withheld[at]).any():
        climbs[go] += 1
        at = np.where(go, tree.parent[at], -1)
    six = tree.levels == 6
    open_ = np.flatnonzero(six & ~withheld & (cells["jobs"].to_numpy() > 0))
    chance = np.array([withheld[six & (size == k)].mean() for k in range(8)])[size[open_]]
    picked = open_[rng.random(len(open_)) < 0.03 * chance / chance.mean()]
    hidden = np.zeros(len(cells), dtype=bool)
    for k in range(8):
        at = picked[size[picked] == k]
        steps = rng.choice(climbs[six & withheld & (size == k)], len(at))
        hidden[at] = True
        while len(at):
            # A parent with the same establishments is the same cell, so it goes too.
            above = tree.parent[at]
            go = (above >= 0) & ((steps > 0) | (plants[above] == plants[at]))
            at, steps = above[go], np.maximum(steps[go] - 1, 0)
            hidden[at] = True
    return cells.assign(jobs=cells["jobs"].mask(hidden)), cells.index[picked]


@pytest.mark.data
def test_hidden_county_cells_are_found_again(qcew: tuple[pd.DataFrame, pd.Series]) -> None:
    cells, ratio = qcew
    masked, picked = hide(cells, seed=1)
    start = time.process_time()
    out = fill_top_down(masked, ratio, rounding=0.5)
    assert time.process_time() - start < 12
    assert len(out) > 1_900_000
    true, found = cells.loc[picked, "jobs"], out.loc[picked]
    assert len(picked) > 5000
    inside = (found["jobs_low"] <= true) & (true <= found["jobs_high"])
    assert inside.mean() == 1
    error = (found["jobs"] - true).abs() / true
    naive = cells.loc[picked, "establishments"] * cells.loc[picked, "naics"].map(ratio)
    naive_error = ((naive.fillna(0.0) - true).abs() / true).median()
    assert error.median() < 0.15 < 0.4 < naive_error
    assert (found["jobs"] - true).abs().sum() < 0.25 * true.sum()
    assert found["jobs"].sum() == pytest.approx(true.sum(), rel=0.1)
    # Counties never publish all children of a withheld industry: one could add them up.
    assert set(METHODS) - set(out["method"].unique()) == {"sum of published children"}


@pytest.mark.data
def test_bounds_of_the_areas_of_2019(data_dir: Path) -> None:
    from clusteratlas.loaders.source.declaration import all_sources

    frame = all_sources()["cbp-msa"].load(data_dir / "cbp" / "cbp19msa.txt.gz", 2019)
    members = {code: code[:2] for code in frame.loc[frame["level"] == 6, "naics"].unique()}
    start = time.process_time()
    out = cluster_bounds(frame, members)
    assert time.process_time() - start < 6
    assert out["area"].nunique() == 933
    published = frame.loc[frame["level"] == 6, "jobs"].sum()
    assert out["jobs"].sum() == published
    # Two-digit clusters share no remainder below a sector that is there: the bound stays close to
    # what the sectors publish.
    sectors = frame.loc[frame["level"] == 2, "jobs"].sum()
    assert published < sectors < out["jobs_high"].sum()
