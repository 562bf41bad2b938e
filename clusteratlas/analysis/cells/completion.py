"""Every cell of areas that make up a whole: bounds that the published figures prove, and a point.

A publisher leaves out cells of few establishments, and whole levels. What is left out is bound by
what is published: an industry is the sum of its children, a state that of its counties, and nothing
is below zero. Bounds are drawn tight from those sums until none moves (Isserman & Westervelt 2006);
the point between them is the one nearest to a prior that keeps every published sum (iterative
proportional fitting, which is the distribution of maximum entropy relative to the prior).
`whole_numbers` makes whole numbers of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from clusteratlas.analysis.cells.area_groups import AreaGroups, sums_of_rows
from clusteratlas.errors import AnalysisError, Contradiction
from clusteratlas.vocabulary.arrays import BoolArray, FloatArray, IntArray
from clusteratlas.vocabulary.naics import naics_level, naics_parent

_ROUNDS = 200
"""Rounds of tightening; it ends much sooner where figures fit together."""
_FITS = 80
"""Rounds of fitting. More of them bring sums nearer to what is published (1.5 thousand jobs of two
million in Alabama, then a few), which `whole_numbers` settles anyhow."""
SLACK = 1e-6
"""Units by which sums may differ: rounding errors of doubles, far below one job."""
_STILL = 1e-4
"""A round that moves no cell by more ends the fitting."""
_NOTHING = 1e-9
"""Free leaves that sum to less are not scaled up again."""


class IndustryTree:
    """Industries as a forest, with the sums over children as one operation a level.

    Parameters
    ----------
    codes
        NAICS codes (``total``, sectors as ``31-33``, three to six digits), all that there are: an
        industry without the code is taken not to exist. Their ancestors are added.

    Attributes
    ----------
    codes
        All codes, those of one level together and children of one parent side by side.
    """

    def __init__(self, codes: Sequence[str]) -> None:
        known = set(codes)
        for code in codes:
            above = naics_parent(code)
            while above is not None:
                known.add(above)
                above = naics_parent(above)
        self.codes = sorted(known, key=lambda c: (naics_level(c), naics_parent(c) or "", c))
        at = {code: k for k, code in enumerate(self.codes)}
        self.at = at
        above_of = [naics_parent(code) for code in self.codes]
        self.parent: IntArray = np.array(
            [-1 if up is None else at[up] for up in above_of], dtype=np.int64
        )
        levels = np.array([naics_level(code) for code in self.codes])
        has_children = np.zeros(len(self.codes), dtype=bool)
        has_children[self.parent[self.parent >= 0]] = True
        self.leaves: IntArray = np.flatnonzero(~has_children)
        # Of one level: the children, where each family begins among them, and the parents.
        self.families: list[tuple[IntArray, IntArray, IntArray]] = []
        for level in sorted(set(levels.tolist()), reverse=True):
            children = np.flatnonzero((levels == level) & (self.parent >= 0))
            if len(children):
                parents, first = np.unique(self.parent[children], return_index=True)
                order = np.argsort(first)
                self.families.append((children, first[order], parents[order]))

    def add_up(self, values: FloatArray) -> FloatArray:
        """Sum leaves, shape (areas, leaves), to every industry, shape (areas, industries)."""
        out = np.zeros((len(values), len(self.codes)))
        out[:, self.leaves] = values
        for children, first, parents in self.families:
            out[:, parents] += np.add.reduceat(out[:, children], first, axis=1)
        return out


@dataclass(frozen=True)
class Completed:
    """Cells of areas, and of the whole in the last row; shape (areas + 1, industries)."""

    low: FloatArray
    high: FloatArray
    point: FloatArray
    rounds: int
    """Rounds of fitting."""
    gap: float
    """Largest difference between a published sum and that of the points, in units of the cells."""
    groups: AreaGroups | None = None
    """Groups that were given, with their bounds as narrow as those of the cells."""

    @property
    def certain(self) -> BoolArray:
        """Cells of which only one value is possible: published, or proved."""
        return self.high - self.low <= SLACK


def tighten(
    tree: IndustryTree,
    low: FloatArray,
    high: FloatArray,
    names: Sequence[str],
    groups: IntArray | None = None,
) -> tuple[FloatArray, FloatArray]:
    """Draw bounds tight by the sums of the tree in each row, and of all rows but the last.

    For a sum ``s = x_1 + ... + x_n``::

        low_i  >= low_s  - sum of the others' high        high_i <= high_s - sum of the others' low
        low_s  >= sum of all low                          high_s <= sum of all high

    With groups these are the sums of each group's areas, and the whole is that of the groups and of
    the areas in none: what all areas sum to follows, and more.

    Parameters
    ----------
    tree
        The industries, in the order of the columns.
    low, high
        Shape (areas + groups + 1, industries), the whole in the last row; finite.
    names
        Of the rows, for messages.
    groups
        Group of each area, -1 for none; without, the rows are areas and the whole.

    Returns
    -------
    The same bounds, narrower, at their fixed point.

    Raises
    ------
    AnalysisError
        The published figures contradict each other, with the area and the industry.
    """
    low, high = low.copy(), high.copy()
    families = [(_as_slice(own), first, up) for own, first, up in tree.families]
    sums = [(_as_slice(own), first, up) for own, first, up in sums_of_rows(len(low), groups)]
    for _ in range(_ROUNDS):
        before_low, before_high = low.copy(), high.copy()
        for children, first, parents in families:
            _narrow(low, high, children, first, parents)
        for children, first, parents in sums:
            _narrow(low.T, high.T, children, first, parents)
        crossed = low > high + SLACK
        if crossed.any():
            row, column = (int(k) for k in np.argwhere(crossed)[0])
            raise Contradiction(
                names[row],
                tree.codes[column],
                float(low[row, column]),
                float(high[row, column]),
            )
        if max(np.abs(low - before_low).max(), np.abs(high - before_high).max()) <= SLACK / 10:
            break
    return low, np.maximum(high, low)


def _as_slice(places: IntArray) -> IntArray | slice:
    """Give places as a slice where they follow each other: what is taken by it is not copied."""
    start, end = int(places[0]), int(places[-1]) + 1
    return slice(start, end) if np.array_equal(places, np.arange(start, end)) else places


def _narrow(
    low: FloatArray,
    high: FloatArray,
    children: IntArray | slice,
    first: IntArray,
    parents: IntArray,
) -> None:
    """Draw the columns of some sums tight, in place: of children side by side, and parents."""
    own_low, own_high = low[:, children], high[:, children]
    sizes = np.diff(np.append(first, own_low.shape[1]))
    low_sum = np.add.reduceat(own_low, first, axis=1)
    high_sum = np.add.reduceat(own_high, first, axis=1)
    low[:, parents] = np.maximum(low[:, parents], low_sum)
    high[:, parents] = np.minimum(high[:, parents], high_sum)
    others_low = np.repeat(low_sum, sizes, axis=1) - own_low
    others_high = np.repeat(high_sum, sizes, axis=1) - own_high
    up = np.repeat(parents, sizes)
    low[:, children] = np.maximum(own_low, low[:, up] - others_high)
    high[:, children] = np.minimum(own_high, high[:, up] - others_low)


def narrow_groups(
    tree: IndustryTree,
    low: FloatArray,
    high: FloatArray,
    names: Sequence[str],
    groups: AreaGroups | None,
) -> tuple[FloatArray, FloatArray, AreaGroups | None]:
    """Draw the bounds of areas, of a whole and of groups of areas tight, from what is published.

    Parameters
    ----------
    tree, low, high, names, groups
        As :func:`complete` takes them.

    Returns
    -------
    The same bounds as :func:`tighten` leaves them, and the groups with theirs.

    Raises
    ------
    AnalysisError
        Groups do not fit, nothing bounds the whole, or published figures contradict each other.
    """
    roots = tree.parent < 0
    if not np.isfinite(high[-1, roots]).all():
        raise AnalysisError(
            "nothing says how large the whole is", hint="publish a total, or bound it"
        )
    # Within a tree nothing is larger than its root: a finite stand-in for "no bound".
    most = high[-1, roots].sum()
    if groups is None:
        return *tighten(tree, low, np.minimum(high, most), names), None
    areas, shape = len(names) - 1, (len(groups.names), len(tree.codes))
    if groups.of.shape != (areas,) or groups.low.shape != shape or groups.high.shape != shape:
        raise AnalysisError(
            f"bounds of shape {groups.low.shape} and {groups.high.shape} for {shape[0]} groups of "
            f"{areas} areas in {shape[1]} industries",
            hint="give the group of each area, and the bounds of each group in every industry",
        )
    low, high = tighten(
        tree,
        np.vstack([low[:-1], groups.low, low[-1:]]),
        np.minimum(np.vstack([high[:-1], groups.high, high[-1:]]), most),
        [*names[:-1], *groups.names, names[-1]],
        groups.of,
    )
    own, others = slice(areas, -1), [*range(areas), -1]
    return low[others], high[others], replace(groups, low=low[own], high=high[own])


def complete(
    tree: IndustryTree,
    low: FloatArray,
    high: FloatArray,
    prior: FloatArray,
    names: Sequence[str],
    groups: AreaGroups | None = None,
) -> Completed:
    """Complete the cells of areas that make up a whole.

    Parameters
    ----------
    tree
        The industries, in the order of the columns.
    low, high
        Bounds before any sum is looked at, shape (areas + 1, industries), the whole in the last
        row: both the figure where one is published, else 0 and a bound of its own (infinite where
        there is none; the whole's total has to be finite).
    prior
        Shape (areas, leaves): what is likely, in any unit, above 0; where a cell can only be 0 it
        does not matter.
    names
        Of the rows, for messages.
    groups
        Areas that are published together as well, with bounds like those of the cells.

    Returns
    -------
    Completed
        Bounds and points. Points of leaves lie within their bounds, those of other industries and
        of the whole are their sums; ``gap`` says how far these are from what is published.

    Raises
    ------
    AnalysisError
        Shapes do not fit, nothing bounds the whole, or published figures contradict each other.
    """
    shape = (len(names), len(tree.codes))
    leaves = (len(names) - 1, len(tree.leaves))
    if low.shape != shape or high.shape != shape or prior.shape != leaves:
        raise AnalysisError(
            f"bounds of shape {low.shape} and {high.shape} and a prior of {prior.shape} for "
            f"{len(names) - 1} areas and {len(tree.codes)} industries",
            hint="give the whole in the last row of the bounds, and a prior for leaves alone",
        )
    low, high, groups = narrow_groups(tree, low, high, names, groups)
    point, rounds = _fitted(tree, low, high, prior, groups)
    cells = tree.add_up(np.vstack([point, point.sum(axis=0)]))
    fixed = high - low <= SLACK
    gap = float(np.abs(cells - low)[fixed].max(initial=0.0))
    if groups is not None:
        apart = np.abs(groups.add_up(cells[:-1]) - groups.low)[groups.certain]
        gap = max(gap, float(apart.max(initial=0.0)))
    return Completed(low, high, cells, rounds, gap, groups)


def _fitted(
    tree: IndustryTree,
    low: FloatArray,
    high: FloatArray,
    prior: FloatArray,
    groups: AreaGroups | None,
) -> tuple[FloatArray, int]:
    """Fit leaves to every certain sum: of families in each area, of areas, and of groups."""
    known = high - low <= SLACK
    own_low, own_high = low[:-1, tree.leaves], high[:-1, tree.leaves]
    free = ~known[:-1, tree.leaves]
    given = np.where(free, 0.0, own_low)
    # Only what is free is carried along; what is given is 0 in it, and stays so.
    own_low, own_high = np.where(free, own_low, 0.0), np.where(free, own_high, 0.0)
    values = np.clip(prior, own_low, own_high)
    values = np.where(free & (values <= 0), SLACK, values)
    levels = _ancestors(tree)
    of_all, of_area, of_group = [], [], []
    for codes, order, first in levels:
        held = _family_sums(given, order, first)
        of_all.append((known[-1:, codes], low[-1:, codes] - held.sum(axis=0)))
        of_area.append(_movable(free, known[:-1, codes], low[:-1, codes] - held, order, first))
        if groups is not None:
            held = groups.add_up(held)
            least, most = groups.wanted()
            of_group.append((least[:, codes] - held, most[:, codes] - held))
    for turn in range(1, _FITS + 1):
        start = values
        for (wanted, aim), (_, order, first) in zip(of_all, levels, strict=True):
            moved = _family_sums(values.sum(0, keepdims=True), order, first)
            values = values * _spread(_factor(wanted, aim, moved), order, first)
        if groups is not None:
            for (least, most), (_, order, first) in zip(of_group, levels, strict=True):
                moved = _family_sums(groups.add_up(values), order, first)
                aim = np.clip(moved, least, most)
                factor = _spread(_factor(aim != moved, aim, moved), order, first)
                values = groups.scale(values, factor)
        # The areas' own sums come last: a leaf that the whole stretched is back within its bounds
        # before those are looked at, and keeps its proportion to its siblings.
        values = np.ascontiguousarray(values)  # sums over areas are added in the order of rows
        for wanted, aim, leaves, first, sizes in of_area:
            if len(leaves):
                own = values[:, leaves]
                factor = _factor(wanted, aim, np.add.reduceat(own, first, axis=1))
                values[:, leaves] = own * np.repeat(factor, sizes, axis=1)
        values = np.clip(values, own_low, own_high)
        if np.abs(values - start).max(initial=0.0) <= _STILL:
            return given + values, turn
    return given + values, _FITS


def _movable(
    free: BoolArray, wanted: BoolArray, aim: FloatArray, order: IntArray, first: IntArray
) -> tuple[BoolArray, FloatArray, IntArray, IntArray, IntArray]:
    """Keep the families of a level of which an area knows the sum, and has free leaves.

    Gives what is wanted of them, their leaves side by side, where each begins, and their sizes.
    """
    sizes = np.diff(np.append(first, len(order)))
    wanted = wanted & (aim >= 0) & np.logical_or.reduceat(free[:, order], first, axis=1)
    some = wanted.any(axis=0)
    begins = np.append(0, np.cumsum(sizes[some]))[:-1]
    return wanted[:, some], aim[:, some], order[np.repeat(some, sizes)], begins, sizes[some]


def _factor(wanted: BoolArray, aim: FloatArray, moved: FloatArray) -> FloatArray:
    """Give what free leaves are multiplied by; 1 where no sum is known, or nothing is free."""
    change = wanted & (moved > _NOTHING) & (aim >= 0)
    return np.where(change, aim / np.where(change, moved, 1.0), 1.0)


def _ancestors(tree: IndustryTree) -> list[tuple[IntArray, IntArray, IntArray]]:
    """Give of each level, the lowest first: its industries, the leaves by them, where each begins.

    A leaf above the level is an industry of its own: a sum must not be taken for its parent's
    before all of that parent's leaves are in it.
    """
    levels = np.array([naics_level(code) for code in tree.codes])
    found = []
    for level in sorted(set(levels.tolist()), reverse=True):
        above = tree.leaves.copy()
        while (climbing := (levels[above] > level) & (tree.parent[above] >= 0)).any():
            above[climbing] = tree.parent[above[climbing]]
        codes, inverse = np.unique(above, return_inverse=True)
        order = np.argsort(inverse, kind="stable")
        first = np.searchsorted(inverse[order], np.arange(len(codes)))
        found.append((codes, order, first))
    return found


def _family_sums(values: FloatArray, order: IntArray, first: IntArray) -> FloatArray:
    return np.asarray(np.add.reduceat(values[:, order], first, axis=1), dtype=np.float64)


def _spread(factor: FloatArray, order: IntArray, first: IntArray) -> FloatArray:
    """Give each leaf the factor of its family."""
    sizes = np.diff(np.append(first, len(order)))
    out = np.empty((len(factor), len(order)))
    out[:, order] = np.repeat(factor, sizes, axis=1)
    return out
