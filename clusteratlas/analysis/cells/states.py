"""One state with all its counties: establishments, jobs and payroll of every industry.

Business patterns leave out the row of a cell with fewer than three establishments, and of some
states whole levels or sectors. What is left out is completed in three turns, each with what the one
before has found: establishments, of which a row that is left out has at most two; jobs, of which a
cell without establishments has none; payroll.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from clusteratlas.analysis.cells.area_groups import AreaGroups
from clusteratlas.analysis.cells.completion import (
    SLACK,
    Completed,
    IndustryTree,
    complete,
    narrow_groups,
)
from clusteratlas.analysis.cells.whole_numbers import whole_numbers
from clusteratlas.errors import AnalysisError, Contradiction
from clusteratlas.vocabulary.arrays import BoolArray, FloatArray, IntArray
from clusteratlas.vocabulary.naics import naics_level

REST = "999"
"""Last digits of the area in which a publisher counts what lies in no county of a state."""
LEFT_OUT = 2.0
"""Most establishments of a cell whose row the publisher leaves out."""

HARDLY = 0.02
"""Establishments that are expected of an industry that nothing has shown in a county."""
_HARDLY_ANY = 1e-6
"""Weight of jobs where no establishment is estimated, and of payroll where no job is: they get some
only where published sums leave no other place."""

SMALL = 0.02
"""Part of a figure by which others may contradict it and still be of the same files."""
FEW = 200
"""Contradictions in a state that are put right."""
STUBBORN = 8
"""Times that figures are widened around one contradiction before the cause is looked for beyond."""

_LEAST_SIZE = 0.1
"""Jobs per establishment where another year had none in March."""

FIGURES = ("establishments", "jobs", "payroll")


@dataclass(frozen=True)
class PublishedState:
    """What is published of a state and its counties; rows are areas, the state is the last one."""

    names: tuple[str, ...]
    """Counties, what lies in none of them, the state."""
    codes: tuple[str, ...]
    """All industries that there are, at every level."""
    establishments: FloatArray
    """Shape (areas + 1, industries), as the next two; missing where no row is published."""
    jobs: FloatArray
    """Missing also where it is withheld."""
    payroll: FloatArray
    """Thousand USD."""
    rest_listed: bool
    """The publisher has rows for what lies in no county."""
    expected: FloatArray
    """Establishments of another file or year, shape (areas, six-digit industries)."""
    size: FloatArray
    """Jobs per establishment of each six-digit industry; of each area, too, if known."""
    wage: FloatArray
    """Payroll per job of each six-digit industry, thousand USD."""
    groups: Mapping[str, AreaGroups] = field(default_factory=dict)
    """Bounds of counties that are published together as well, by figure."""
    left_out: float = LEFT_OUT
    """Most establishments of a cell whose row is left out."""


def complete_state(state: PublishedState) -> pd.DataFrame:
    """Complete all cells of a state.

    Returns
    -------
    DataFrame
        area, naics, and of establishments, jobs and payroll (thousand USD) each the point under its
        name, ``_low`` and ``_high``: whole numbers. Points add up over industries and areas, and
        are what is published wherever something is. Cells that can have no establishment have no
        row.

    Raises
    ------
    AnalysisError
        The published figures contradict each other.
    """
    tree = IndustryTree(state.codes)
    low, high = bounds_of(tree, state, "establishments")
    prior = state.expected + HARDLY
    groups = state.groups.get("establishments")
    low, high = reconciled(tree, low, high, state.names, groups)
    plants = complete(tree, low, high, prior, state.names, groups)
    count = whole_numbers(tree, plants)
    none = plants.high <= SLACK

    low, high = bounds_of(tree, state, "jobs", none)
    prior = np.maximum(count[:-1][:, tree.leaves], _HARDLY_ANY) * state.size
    groups = state.groups.get("jobs")
    low, high = reconciled(tree, low, high, state.names, groups)
    jobs = complete(tree, low, high, prior, state.names, groups)
    employed = whole_numbers(tree, jobs)

    low, high = bounds_of(tree, state, "payroll", none)
    prior = np.maximum(employed[:-1][:, tree.leaves], _HARDLY_ANY) * state.wage
    groups = state.groups.get("payroll")
    low, high = reconciled(tree, low, high, state.names, groups)
    payroll = complete(tree, low, high, prior, state.names, groups)
    paid = whole_numbers(tree, payroll)
    found = {
        "establishments": (plants, count),
        "jobs": (jobs, employed),
        "payroll": (payroll, paid),
    }
    return _frame(state, tree, found, ~none)


def reconciled(
    tree: IndustryTree,
    low: FloatArray,
    high: FloatArray,
    names: Sequence[str],
    groups: AreaGroups | None,
) -> tuple[FloatArray, FloatArray]:
    """Widen published figures that contradict each other, by as much as they do.

    Files are rounded, revised and laid out anew: now and then a sum misses its parts by one or a
    few. Then the published figures of the industry, of all that it lies in, of its siblings and of
    what lies in it are taken to be off by no more than the contradiction: those of the area, then
    of the state as well, then of all counties; again, until none is left. Where that has not helped
    after :data:`STUBBORN` times, the cause lies below a sibling: then those are among them, too.

    Parameters
    ----------
    tree, low, high, names, groups
        As :func:`complete` takes them.

    Returns
    -------
    Bounds that fit together, as :func:`narrow_groups` leaves them.

    Raises
    ------
    AnalysisError
        A contradiction is larger than :data:`SMALL` of the state's figure, or there are more than
        :data:`FEW`.
    """
    low, high = low.copy(), high.copy()
    published = np.isfinite(high) & (low == high) & (high > 0)
    row_of = {name: row for row, name in enumerate(names)}
    met: Counter[tuple[str, str]] = Counter()
    last, kept, again = ("", ""), (low, high), 0
    for _ in range(FEW):
        try:
            narrow = narrow_groups(tree, low, high, names, groups)
        except Contradiction as found:
            by = float(np.ceil(found.least - found.most))
            where = (found.area, found.naics)
            again = again + 1 if where == last else 1
            if again == 1:
                last, kept = where, (low.copy(), high.copy())
            elif again == STUBBORN:
                low, high = kept  # what did not help is taken back
            near = _relatives(tree, tree.at[found.naics], below_siblings=again >= STUBBORN)
            if by > max(1.0, SMALL * high[-1, near].max()):
                raise
            # The cause may be in the area, else in the state, else in the other counties.
            times = met[where]
            met[where] += 1
            rows = [row_of.get(found.area, -1), -1][: times + 1]
            for row in range(len(names)) if times > 1 else rows:
                widened = near[published[row, near]]
                low[row, widened] = np.maximum(low[row, widened] - by, 0.0)
                high[row, widened] += by
        else:
            return narrow[:2]
    raise AnalysisError(
        f"figures of {names[-1]} contradict each other in more than {FEW} places",
        hint="compare its file with that of its counties: are they of one year?",
    )


def _relatives(tree: IndustryTree, column: int, *, below_siblings: bool = False) -> IntArray:
    """Give an industry, all that it lies in, its siblings, and all that lies in it (or in them)."""
    above, at = [column], column
    while tree.parent[at] >= 0:
        at = int(tree.parent[at])
        above.append(at)
    siblings = np.flatnonzero(tree.parent == tree.parent[column]).tolist()
    below, found = {column, *(siblings if below_siblings else ())}, True
    while found:
        more = set(np.flatnonzero(np.isin(tree.parent, list(below))).tolist()) - below
        below, found = below | more, bool(more)
    return np.array(sorted({*above, *below, *siblings}), dtype=np.int64)


def bounds_of(
    tree: IndustryTree, state: PublishedState, figure: str, none: BoolArray | None = None
) -> tuple[FloatArray, FloatArray]:
    """Bound the cells of a state by themselves: both ends are the figure where it is published.

    Parameters
    ----------
    tree
        The industries of the state.
    state
        What is published.
    figure
        One of :data:`FIGURES`.
    none
        Cells that can have no establishment, of jobs and payroll.

    Returns
    -------
    Both ends, shape (areas + 1, industries). What is not published is from 0 on; establishments of
    a row that is left out are at most ``state.left_out``.
    """
    published: FloatArray = getattr(state, figure)
    open_ = np.isnan(published)
    low, high = np.where(open_, 0.0, published), np.where(open_, np.inf, published)
    if figure == "establishments":
        high = np.where(_left_out(tree, state), np.minimum(high, state.left_out), high)
    return low, high if none is None else np.where(none, 0.0, high)


def _left_out(tree: IndustryTree, state: PublishedState) -> BoolArray:
    """Cells without a row that would have one, had they more than ``state.left_out``.

    A level that no county has is not published for the state, and so is an industry of which no
    county has a row although the state has too many establishments for that.
    """
    there = ~np.isnan(state.establishments)
    areas = len(state.names) - 1
    levels = np.array([naics_level(code) for code in tree.codes])
    level_there = np.isin(levels, levels[there[:-1].any(axis=0)])
    too_many = np.nan_to_num(state.establishments[-1]) > state.left_out * areas
    listed = np.broadcast_to(level_there & (there[:-1].any(axis=0) | ~too_many), there.shape).copy()
    listed[-1] = True
    if not state.rest_listed:
        listed[-2] = False
    return np.asarray(listed & ~there, dtype=np.bool_)


def _frame(
    state: PublishedState,
    tree: IndustryTree,
    found: dict[str, tuple[Completed, FloatArray]],
    shown: BoolArray,
) -> pd.DataFrame:
    area, industry = np.nonzero(shown)
    out: dict[str, Any] = {
        "area": pd.Categorical.from_codes(area, categories=pd.Index(state.names)),
        "naics": pd.Categorical.from_codes(industry, categories=pd.Index(tree.codes)),
    }
    for name, (bounds, point) in found.items():
        out[name] = point[shown].astype(np.int64)
        out[f"{name}_low"] = np.ceil(bounds.low[shown] - SLACK).astype(np.int64)
        out[f"{name}_high"] = np.floor(bounds.high[shown] + SLACK).astype(np.int64)
    return pd.DataFrame(out)


def published_states(
    counties: pd.DataFrame,
    states: pd.DataFrame,
    expected: pd.DataFrame,
    known: Collection[str] = (),
) -> dict[str, PublishedState]:
    """Lay out what is published of each state and its counties.

    Parameters
    ----------
    counties, states
        area, naics at every level, establishments, jobs, payroll of business patterns; five and two
        digits of FIPS code. SS999 is what lies in no county of a state.
    expected
        area (counties), naics (six digits), establishments: what another file or year has. Counties
        that only this one has get a row as well.
    known
        Industries that there are though no row may have them: where an industry has fewer than
        three establishments in each state, only its parents show it.

    Returns
    -------
    By the two digits of the state.
    """
    tree = IndustryTree(sorted({*counties["naics"], *states["naics"], *known}))
    leaves = [tree.codes[k] for k in tree.leaves]
    size, wage = _ratios(states, leaves)
    of_state = _by_state(states)
    own = _by_state(counties)
    prior = _by_state(expected[expected["naics"].isin(leaves)])
    out = {}
    for name in sorted(of_state):
        parts = own.get(name, counties[:0])
        before = prior.get(name, expected[:0])
        rest = f"{name}{REST}"
        areas = sorted(({*parts["area"], *before["area"]}) - {rest})
        names = (*areas, rest, name)
        row = {area: k for k, area in enumerate(names)}
        figures = pd.concat([parts, of_state[name]], ignore_index=True)
        at = (figures["area"].map(row).to_numpy(), figures["naics"].map(tree.at).to_numpy())
        grids = {}
        for figure in FIGURES:
            grid = np.full((len(names), len(tree.codes)), np.nan)
            grid[at] = figures[figure].to_numpy(dtype=np.float64, na_value=np.nan)
            grids[figure] = grid
        # No jobs in three establishments or more are jobs that are withheld, or none in the one
        # week of March that counts.
        unknown = grids["jobs"] == 0
        grids["jobs"][unknown] = np.nan
        grids["payroll"][unknown & (grids["payroll"] == 0)] = np.nan
        beforehand = np.zeros((len(names) - 1, len(leaves)))
        place = {code: k for k, code in enumerate(leaves)}
        inside = before["area"].isin(areas)
        before = before[inside]
        beforehand[before["area"].map(row), before["naics"].map(place)] = before["establishments"]
        out[name] = PublishedState(
            names=names,
            codes=tuple(tree.codes),
            rest_listed=bool((parts["area"] == rest).any()),
            expected=beforehand,
            size=size,
            wage=wage,
            establishments=grids["establishments"],
            jobs=grids["jobs"],
            payroll=grids["payroll"],
        )
    return out


def with_earlier(state: PublishedState, completed: pd.DataFrame) -> PublishedState:
    """Expect of each county what another year's completed cells have.

    Parameters
    ----------
    state
        What is published.
    completed
        Cells of the state in that year, as :func:`complete_state` gives them. Industries without
        an establishment there keep the size that they have in the nation.
    """
    if completed.empty:
        return state
    tree = IndustryTree(state.codes)
    leaf_of = {tree.codes[leaf]: k for k, leaf in enumerate(tree.leaves)}
    row_of = {name: k for k, name in enumerate(state.names[:-1])}
    at = completed["area"].map(row_of).astype("Float64"), completed["naics"].map(leaf_of)
    known = at[0].notna() & at[1].notna() & (completed["establishments"] > 0)
    row, leaf = at[0][known].astype(int), at[1][known].astype(int)
    expected = np.zeros_like(state.expected)
    expected[row, leaf] = completed.loc[known, "establishments"]
    size = np.broadcast_to(state.size, expected.shape).copy()
    ratio = completed.loc[known, "jobs"] / completed.loc[known, "establishments"]
    size[row, leaf] = np.maximum(ratio, _LEAST_SIZE)
    return replace(state, expected=expected, size=size)


def _by_state(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Split rows by the first two digits of their area."""
    groups = frame.groupby(frame["area"].astype(str).str[:2], sort=True)
    return {str(name): rows for name, rows in groups}


def _ratios(states: pd.DataFrame, leaves: list[str]) -> tuple[FloatArray, FloatArray]:
    """Jobs per establishment and payroll per job of the states together.

    An industry that no state publishes gets those of all industries.
    """
    sums = states.groupby("naics", observed=True)[list(FIGURES)].sum().astype("float64")
    whole = sums.loc["total"]
    ours = sums.reindex(leaves)
    size = ours["jobs"] / ours["establishments"]
    wage = ours["payroll"] / ours["jobs"]
    size = size.where(size > 0).fillna(whole["jobs"] / whole["establishments"])
    wage = wage.where((wage > 0) & np.isfinite(wage)).fillna(whole["payroll"] / whole["jobs"])
    return size.to_numpy(), wage.to_numpy()
