"""Linear programmes beside scipy's solver, and beside HiGHS with everything presolved."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array, csr_array, hstack

from clusteratlas.analysis.cells.programs import (
    LinearProgram,
    _given,
    _is_alone,
    _run,
    optimum,
)
from clusteratlas.analysis.cells.whole_numbers.transport import indicator, nearest
from clusteratlas.vocabulary.arrays import FloatArray


def program(
    cost: list[float], rows: list[list[float]], least: list[float], most: list[float], upper: float
) -> LinearProgram:
    return LinearProgram(
        cost=np.array(cost),
        matrix=csc_array(np.array(rows)),
        least=np.array(least),
        most=np.array(most),
        upper=np.full(len(cost), upper),
    )


def is_alone(one: LinearProgram) -> bool:
    solver = _given(one, presolve=False, whole=False)
    found = _run(solver)
    assert found is not None
    return _is_alone(solver, one, found)


def presolved(one: LinearProgram) -> FloatArray | None:
    return _run(_given(one, presolve=True, whole=False))


def test_the_cheapest_is_taken_first() -> None:
    # Three units, of which the one that costs 1 can give two.
    one = program([1, 2, 5], [[1, 1, 1]], [3], [3], 2.0)
    assert optimum(one) == pytest.approx([2, 1, 0])
    assert is_alone(one)


def test_two_that_cost_the_same_are_two_optima() -> None:
    one = program([1, 1, 5], [[1, 1, 1]], [1], [1], 1.0)
    assert not is_alone(one)
    found = optimum(one)
    assert found is not None
    assert found.tolist() in ([1, 0, 0], [0, 1, 0])
    expected = presolved(one)
    assert expected is not None
    assert np.array_equal(found, expected)


def test_what_costs_nothing_but_cannot_move_makes_no_second_optimum() -> None:
    # The second is part of a sum that is 0, and so the first has to give all.
    one = program([0, 0, 0], [[1, 1, 0], [0, 1, 1]], [1, 0], [1, 0], 1.0)
    assert optimum(one) == pytest.approx([1, 0, 0])
    assert is_alone(one)


def test_a_sum_that_may_vary_for_nothing_makes_a_second_optimum() -> None:
    assert not is_alone(program([0, 1], [[1, 1]], [0], [1], 1.0))


def test_nothing_within_the_bounds() -> None:
    one = program([1, 1], [[1, 1]], [3], [3], 1.0)
    assert optimum(one) is None
    assert optimum(one, whole=True) is None
    crossed = LinearProgram(one.cost, one.matrix, one.least * 0, one.most, np.array([1.0, -1.0]))
    assert optimum(crossed) is None


def test_whole_numbers_where_halves_are_cheaper() -> None:
    # Of three in a ring no two that are neighbors sum to more than one: three halves, or one.
    ring = program([-1, -1, -1], [[1, 1, 0], [0, 1, 1], [1, 0, 1]], [0] * 3, [1] * 3, 1.0)
    assert optimum(ring) == pytest.approx([0.5, 0.5, 0.5])
    whole = optimum(ring, whole=True)
    assert whole is not None
    assert sorted(whole.tolist()) == [0, 0, 1]


@st.composite
def transports(draw: st.DrawFn) -> LinearProgram:
    """Families of areas with their totals, many of which cost the same."""
    areas, children = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    size = areas * children
    area, child = np.divmod(np.arange(size), children)
    sums = csr_array(
        np.vstack([indicator(area, areas).toarray(), indicator(child, children).toarray()])
    )
    columns = sums.tocsc()
    inside = st.lists(st.integers(0, 2), min_size=size, max_size=size)
    upper = np.array(draw(inside) + draw(inside), dtype=np.float64)
    costs = st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]), min_size=size, max_size=size)
    cost = np.array(draw(costs) + draw(costs))
    cost[:size] *= draw(st.sampled_from([-1.0, 1.0]))
    matrix = hstack([columns, -columns], format="csc")
    some = draw(inside) + draw(inside)
    middle = matrix @ np.minimum(np.array(some, dtype=np.float64), upper)
    rows = st.lists(st.integers(0, 1), min_size=len(middle), max_size=len(middle))
    least, most = middle - np.array(draw(rows)), middle + np.array(draw(rows))
    return LinearProgram(cost, matrix, least, most, upper)


@given(transports())
@settings(deadline=None, max_examples=200)
def test_it_is_the_optimum_that_presolving_leads_to(one: LinearProgram) -> None:
    found, expected = optimum(one), presolved(one)
    assert found is not None
    assert expected is not None
    assert np.rint(found).tolist() == np.rint(expected).tolist()


@given(transports())
@settings(deadline=None, max_examples=200)
def test_it_is_an_optimum_as_scipy_finds_one(one: LinearProgram) -> None:
    found = optimum(one)
    solved = milp(
        one.cost,
        constraints=LinearConstraint(one.matrix, one.least, one.most),
        bounds=Bounds(0.0, one.upper),
    )
    assert found is not None
    assert solved.fun is not None
    assert (found >= -1e-9).all()
    assert (found <= one.upper + 1e-9).all()
    sums = one.matrix @ found
    assert (sums >= one.least - 1e-7).all()
    assert (sums <= one.most + 1e-7).all()
    assert float(one.cost @ found) == pytest.approx(float(solved.fun), abs=1e-7)


@given(transports())
@settings(deadline=None, max_examples=100)
def test_alone_means_that_no_other_costs_as_little(one: LinearProgram) -> None:
    """Every direction in turn, among all that costs as little."""
    if not is_alone(one):
        return
    found = optimum(one)
    assert found is not None
    least = float(one.cost @ found)
    kept = LinearConstraint(csr_array(one.cost[None, :]), -np.inf, least + 1e-9)
    sums = LinearConstraint(one.matrix, one.least, one.most)
    for column in range(len(found)):
        for sign in (-1.0, 1.0):
            toward = np.zeros(len(found))
            toward[column] = sign
            other = milp(toward, constraints=[sums, kept], bounds=Bounds(0.0, one.upper))
            assert other.x is not None
            assert other.x[column] == pytest.approx(found[column], abs=1e-5)


@given(
    st.lists(st.floats(0, 3, allow_subnormal=False), min_size=4, max_size=4),
    st.lists(st.integers(0, 2), min_size=4, max_size=4),
)
@settings(deadline=None, max_examples=100)
def test_nearest_beside_all_whole_numbers(points: list[float], inside: list[int]) -> None:
    """Two areas of two children, whose four sums are those of some whole numbers."""
    point, aim = np.array(points), np.array(inside)
    sums = csr_array(
        np.array([[1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0], [0, 1, 0, 1]], dtype=float)
    )
    wanted = sums @ aim
    found = nearest(point, np.zeros(4), np.full(4, 3.0), sums, wanted, wanted)
    assert found is not None
    assert np.array_equal(sums @ found, wanted)

    def apart(cells: FloatArray) -> float:
        return float((np.abs(cells - np.clip(point, 0, 3)) / (1 + point)).sum())

    every = (np.array(cells, dtype=np.float64) for cells in product(range(4), repeat=4))
    best = min(apart(cells) for cells in every if np.array_equal(sums @ cells, wanted))
    assert apart(found) == pytest.approx(best, abs=1e-6)
