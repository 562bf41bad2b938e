"""Families of industries as whole numbers, from the top of the tree down."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence

import numpy as np
from scipy.sparse import csr_array, vstack

from clusteratlas.analysis.cells.completion import SLACK, Completed, IndustryTree
from clusteratlas.analysis.cells.whole_numbers.transport import Totals, indicator, nearest
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import BoolArray, FloatArray, IntArray

_BATCH = 1_000
"""Free cells of families that are solved for in one call: a call costs a millisecond or two, and
the simplex method more than linear time."""

_NUDGE = 1e-3
"""By how much points are moved at most so that no two are alike: far more than what the simplex
method takes for nothing (1e-7), far less than a job."""

_SEED = 1


def whole_numbers(tree: IndustryTree, found: Completed) -> FloatArray:
    """Points as whole numbers that keep every certain sum exactly, as near to the points as can be.

    From the top of the tree down, one family after the other: the children of an industry in all
    areas, of which the sums over the children are settled by then, and the sums over the areas
    where they are certain. ``min sum |x - p| / (1 + p)`` within the bounds is a transport, which
    the simplex method ends in whole numbers. Should a family have none, since what was settled
    above leaves no room, all leaves are found at once: families of an area lie within each other or
    apart, and so do those of the whole; such a system is totally unimodular too (Edmonds 1970).

    Groups of areas add their sums: a child in a group lies within the child in the whole, so it
    stays a transport. Of several levels at once that does not hold, and what the simplex method
    ends in may have to be branched on.

    Parameters
    ----------
    tree
        The industries, in the order of the columns.
    found
        Completed cells whose certain values are whole numbers.

    Returns
    -------
    Array like ``found.point``.

    Raises
    ------
    AnalysisError
        No whole numbers keep all sums: a certain value is not whole.

    References
    ----------
    Edmonds, J. (1970). Submodular functions, matroids, and certain polyhedra. Combinatorial
    Structures and Their Applications.
    """
    leaves = _family_by_family(tree, found)
    if leaves is None and found.groups is None:
        leaves = _all_at_once(tree, found)
    if leaves is None:
        raise AnalysisError(
            "no whole numbers keep the sums of the cells and of their groups",
            hint="published figures have to be whole numbers",
        )
    return tree.add_up(np.vstack([leaves, leaves.sum(axis=0)]))


def _family_by_family(tree: IndustryTree, found: Completed) -> FloatArray | None:
    """Find whole leaves from the top down, or None where a family has none."""
    settled = np.zeros_like(found.low[:-1])
    totals = Totals.of(found)
    roots = np.flatnonzero(tree.parent < 0)
    if not _settle(found, totals, settled, np.split(roots, len(roots)), None):
        return None
    children_of: dict[int, IntArray] = {}
    for children, first, parents in reversed(tree.families):
        families = list(zip(np.split(children, first[1:]), parents.tolist(), strict=True))
        children_of.update((parent, family) for family, parent in families)
        for family, parent in families:
            # An only child is its parent: tightened, they have the same bounds.
            settled[:, family[0]] = settled[:, parent]
        several = [one for one in families if len(one[0]) > 1]
        without = [
            parent
            for batch in _batches(several, found)
            if not _settle(found, totals, settled, [f for f, _ in batch], [p for _, p in batch])
            for family, parent in batch
            if not _settle(found, totals, settled, [family], [parent])
        ]
        done: set[int] = set()
        for parent in without:
            if parent not in done:
                again = _settle_again(tree, found, totals, settled, parent, children_of)
                if again is None:
                    return None
                done |= again
    return settled[:, tree.leaves]


def _settle_again(
    tree: IndustryTree,
    found: Completed,
    totals: Totals,
    settled: FloatArray,
    parent: int,
    children_of: Mapping[int, IntArray],
) -> set[int] | None:
    """Settle a family that has no whole numbers together with what was settled above it.

    With groups as few relatives as do; else as few levels up: each time the relatives under the
    next ancestor are settled anew, and with them the industries between. Gives the parents whose
    families are settled now.
    """
    # All relatives at once take the simplex method a minute in Texas, and a second without groups.
    if found.groups is not None:
        return _settle_near(tree, found, totals, settled, parent, children_of)
    top, steps = parent, 1
    while tree.parent[top] >= 0:
        top, steps = int(tree.parent[top]), steps + 1
        between: list[int] = []
        frontier = [top]
        for step in range(steps):
            between += frontier if step else []
            down = [children_of.get(node) for node in frontier]
            frontier = [
                int(child)
                for node, below in zip(frontier, down, strict=True)
                for child in ([node] if below is None else below)
            ]
            between = [node for node in between if node in children_of]
        if _settle_below(tree, found, totals, settled, top, between, frontier):
            return {int(tree.parent[node]) for node in frontier}
    return None


def _settle_near(
    tree: IndustryTree,
    found: Completed,
    totals: Totals,
    settled: FloatArray,
    parent: int,
    children_of: Mapping[int, IntArray],
) -> set[int] | None:
    """Settle a family together with the siblings of its parent, and with more where it has to be.

    Families of those siblings are settled by themselves afterwards; one that has no whole numbers
    any more is taken in. Where all that is taken in has none, it begins anew with the siblings of
    the next ancestor. Gives the parents whose families are settled now.
    """
    top, line = parent, set[int]()
    while top >= 0:
        line.add(top)
        inside = set(line)
        top = int(tree.parent[top])
        while True:
            between: list[int] = []
            frontier: list[int] = []
            for node in _downwards(np.flatnonzero(tree.parent == top), children_of, inside):
                (between if node in inside else frontier).append(node)
            if not _settle_below(tree, found, totals, settled, top, between, frontier):
                break
            done = set(between)
            without: set[int] = set()
            for node in _downwards(np.array(frontier), children_of, done):
                if node in children_of:
                    whole = _settle(found, totals, settled, [children_of[node]], [node])
                    (done if whole else without).add(node)
            if not without:
                return done
            for node in without:
                at = node
                while at != top:
                    inside.add(at)
                    at = int(tree.parent[at])
    return None


def _downwards(
    start: IntArray, children_of: Mapping[int, IntArray], opened: Container[int]
) -> Iterator[int]:
    """Give nodes, and after each that is opened by then its children."""
    left = start.tolist()
    while left:
        node = left.pop()
        yield node
        if node in opened:
            left += children_of[node].tolist()


def _settle_below(
    tree: IndustryTree,
    found: Completed,
    totals: Totals,
    settled: FloatArray,
    top: int,
    between: Sequence[int],
    frontier: Sequence[int],
) -> bool:
    """Find whole numbers of descendants of a settled industry, and of those between.

    ``top`` is -1 for those of no industry: then the roots are between or found as well.
    """
    low, high = found.low[:-1][:, frontier], found.high[:-1][:, frontier]
    free = high - low > SLACK
    cells = np.where(free, 0.0, np.rint(low))
    above = np.zeros((len(tree.codes), len(frontier)), dtype=bool)
    for place, node in enumerate(frontier):
        at = node
        while at != top:
            above[at, place] = True
            at = int(tree.parent[at])
    area, child = np.nonzero(free)
    areas = len(cells)
    sums, least, most = [], [], []
    if top >= 0:
        left = settled[:, top] - cells.sum(axis=1)
        sums, least, most = [indicator(area, areas)], [left], [left]
    for node in between:
        inside = above[node]
        held = cells[:, inside].sum(axis=1)
        # One row more than there are areas gathers what is of another industry; nothing binds it.
        matrix = indicator(np.where(inside[child], area, areas), areas + 1)[:areas]
        over = totals.over @ held
        sums += [matrix, totals.over @ matrix]
        least += [found.low[:-1, node] - held, totals.low[:, node] - over]
        most += [found.high[:-1, node] - held, totals.high[:, node] - over]
    sums.append(totals.of_columns(area, child, len(frontier)))
    over = totals.over @ cells
    least.append((totals.low[:, frontier] - over).ravel())
    most.append((totals.high[:, frontier] - over).ravel())
    whole = nearest(
        found.point[:-1][:, frontier][free],
        low[free],
        high[free],
        vstack(sums, format="csr"),
        np.concatenate(least),
        np.concatenate(most),
    )
    if whole is None:
        return False
    cells[free] = whole
    if top >= 0 and (cells.sum(axis=1) != settled[:, top]).any():
        return False
    settled[:, frontier] = cells
    for node in between:
        settled[:, node] = cells[:, above[node]].sum(axis=1)
    return True


def _batches(
    families: Sequence[tuple[IntArray, int]], found: Completed
) -> Iterator[list[tuple[IntArray, int]]]:
    """Put families together until they have enough free cells."""
    batch: list[tuple[IntArray, int]] = []
    size = 0
    for family, parent in families:
        batch.append((family, parent))
        size += int((found.high[:-1][:, family] - found.low[:-1][:, family] > SLACK).sum())
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _settle(
    found: Completed,
    totals: Totals,
    settled: FloatArray,
    families: Sequence[IntArray],
    parents: Sequence[int] | None,
) -> bool:
    """Find whole numbers of some families of one level, whose parents are settled."""
    children = np.concatenate(families)
    family_of = np.repeat(np.arange(len(families)), [len(family) for family in families])
    low, high = found.low[:-1][:, children], found.high[:-1][:, children]
    free = high - low > SLACK
    cells = np.where(free, 0.0, np.rint(low))
    if free.any():
        area, child = np.nonzero(free)
        sums = totals.of_columns(area, child, len(children))
        held = totals.over @ cells
        least = (totals.low[:, children] - held).ravel()
        most = (totals.high[:, children] - held).ravel()
        if parents is not None:
            left = settled[:, parents] - _summed(cells, family_of, len(families))
            families_of_areas = area * len(families) + family_of[child]
            sums = vstack([indicator(families_of_areas, left.size), sums], format="csr")
            least, most = np.append(left, least), np.append(left, most)
        whole = nearest(
            found.point[:-1][:, children][free], low[free], high[free], sums, least, most
        )
        if whole is None:
            return False
        cells[free] = whole
    settled[:, children] = cells
    if parents is None:
        return True
    return bool((_summed(cells, family_of, len(families)) == settled[:, parents]).all())


def _summed(cells: FloatArray, family_of: IntArray, size: int) -> FloatArray:
    """Sum the children of each family, shape (areas, families)."""
    first = np.searchsorted(family_of, np.arange(size))
    return np.asarray(np.add.reduceat(cells, first, axis=1), dtype=np.float64)


def _all_at_once(tree: IndustryTree, found: Completed) -> FloatArray:
    """Find whole leaves that keep all certain sums, in one programme."""
    low, high = found.low[:-1][:, tree.leaves], found.high[:-1][:, tree.leaves]
    free = high - low > SLACK
    leaves = np.where(free, 0.0, np.rint(low))
    sums, aims = _certain_sums(tree, found, free)
    point = found.point[:-1][:, tree.leaves][free]
    # Of many optima this large programme ends in one or another, by what the memory held before. No
    # two points are alike any more, and so there is one optimum.
    point = point + _NUDGE * np.random.default_rng(_SEED).random(len(point))
    whole = nearest(point, low[free], high[free], sums, aims, aims)
    if whole is not None:
        leaves[free] = whole
    added = tree.add_up(np.vstack([leaves, leaves.sum(axis=0)]))
    if whole is None or (np.abs(added - found.low)[found.certain] > SLACK).any():
        raise AnalysisError(
            "no whole numbers keep the sums of the cells",
            hint="published figures have to be whole numbers",
        )
    return leaves


def _certain_sums(
    tree: IndustryTree, found: Completed, free: BoolArray
) -> tuple[csr_array, FloatArray]:
    """Give the sums of uncertain leaves that are known: one row each, and what it has to be."""
    number = np.full(free.shape, -1, dtype=np.int64)
    number[free] = np.arange(int(free.sum()))
    certain = found.certain
    held = np.where(free, 0.0, found.low[:-1][:, tree.leaves])
    members: list[IntArray] = []
    aims: list[float] = []
    for code, below in enumerate(_leaves_below(tree)):
        for area in np.flatnonzero(certain[:-1, code]):
            members.append(number[area, below])
            aims.append(float(found.low[area, code] - held[area, below].sum()))
        if certain[-1, code]:
            members.append(number[:, below].ravel())
            aims.append(float(found.low[-1, code] - held[:, below].sum()))
    kept = [(m[m >= 0], aim) for m, aim in zip(members, aims, strict=True) if (m >= 0).any()]
    rows = np.repeat(np.arange(len(kept)), [len(m) for m, _ in kept])
    columns = np.concatenate([m for m, _ in kept]) if kept else np.zeros(0, dtype=np.int64)
    shape = (len(kept), int(free.sum()))
    return csr_array((np.ones(len(columns)), (rows, columns)), shape=shape), np.array(
        [aim for _, aim in kept]
    )


def _leaves_below(tree: IndustryTree) -> list[IntArray]:
    """Positions among the leaves of those below each industry, itself for a leaf."""
    below: list[list[int]] = [[] for _ in tree.codes]
    for position, leaf in enumerate(tree.leaves.tolist()):
        at = leaf
        while at >= 0:
            below[at].append(position)
            at = int(tree.parent[at])
    return [np.array(found, dtype=np.int64) for found in below]
