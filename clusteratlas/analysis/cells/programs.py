"""Linear programmes, solved by HiGHS: fast where there is one optimum, and always the same one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from highspy import Highs, HighsModelStatus
from scipy.sparse import csc_array

from clusteratlas.vocabulary.arrays import BoolArray, FloatArray

_NO_COST = 2e-7
"""What a unit costs is taken for nothing up to here: twice what the simplex method does."""
_MOVED = 1e-6
"""Units by which something has moved; all bounds are whole numbers."""
_COLUMNS, _MINIMIZE = 1, 1
"""As HiGHS numbers the orders of a matrix and the senses of a programme."""


@dataclass(frozen=True)
class LinearProgram:
    """``min cost @ x`` for ``least <= matrix @ x <= most`` and ``0 <= x <= upper``."""

    cost: FloatArray
    """Shape (columns,)."""
    matrix: csc_array
    """Shape (rows, columns)."""
    least: FloatArray
    """Shape (rows,), as the next one; whole numbers."""
    most: FloatArray
    upper: FloatArray
    """Shape (columns,); whole numbers."""


def optimum(program: LinearProgram, *, whole: bool = False) -> FloatArray | None:
    """Find what solves a programme.

    Presolving makes programmes small, but here it takes most of the time: it looks for equations
    that follow from others, and in transports there always are some. Without it the simplex method
    ends in the same optimum if there is one alone; if there are several, it may end in another one.
    So a programme is solved without it, and again with it where a second optimum is not ruled out.

    Parameters
    ----------
    program
        What is solved.
    whole
        Only whole numbers are wanted, also where what solves the programme has none.

    Returns
    -------
    One optimum, always the same of several; None where nothing is within all bounds.

    References
    ----------
    Huangfu, Q. & Hall, J. A. J. (2018). Parallelizing the dual revised simplex method. Mathematical
    Programming Computation 10.
    """
    if not whole:
        direct = _given(program, presolve=False, whole=False)
        found = _run(direct)
        if found is None or _is_alone(direct, program, found):
            return found
    return _run(_given(program, presolve=True, whole=whole))


def _given(program: LinearProgram, *, presolve: bool, whole: bool) -> Highs:
    """Give a programme to a solver of its own: what one has solved before may lead it elsewhere."""
    solver = Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("presolve", "on" if presolve else "off")
    matrix = program.matrix
    rows, columns = matrix.shape
    solver.passModel(
        columns,
        rows,
        matrix.nnz,
        _COLUMNS,
        _MINIMIZE,
        0.0,
        program.cost,
        np.zeros(columns),
        program.upper,
        program.least,
        program.most,
        matrix.indptr.astype(np.int32),
        matrix.indices.astype(np.int32),
        matrix.data,
        np.full(columns, int(whole), dtype=np.int32),
    )
    return solver


def _run(solver: Highs) -> FloatArray | None:
    solver.run()
    if solver.getModelStatus() != HighsModelStatus.kOptimal:
        return None
    return np.array(solver.getSolution().col_value)


def _is_alone(solver: Highs, program: LinearProgram, found: FloatArray) -> bool:
    """Whether an optimum is the only one.

    In the basis of an optimum, what is not in it is at a bound, and to move it costs nothing or
    more. In every other optimum that which costs more stays where it is. So the optimum is alone if
    the rest cannot be moved either: as far away as it can be moved together is one more programme.
    It starts at the optimum, whose solver is used up by it.
    """
    solution = solver.getSolution()
    rows, columns = program.matrix.shape
    outside, tight = _outside(solver, rows, columns)
    outside, tight = outside & (program.upper > 0), tight & (program.most > program.least)
    free = outside & (np.abs(np.array(solution.col_dual)) <= _NO_COST)
    if (tight & (np.abs(np.array(solution.row_dual)) <= _NO_COST)).any():
        return False
    if not free.any():
        return True
    held = np.flatnonzero(outside & ~free)
    solver.changeColsBounds(len(held), held.astype(np.int32), found[held], found[held])
    sums = np.rint(solution.row_value)
    for row in np.flatnonzero(tight).tolist():
        solver.changeRowBounds(row, sums[row], sums[row])
    away = np.where(found < program.upper / 2.0, -1.0, 1.0)
    cost = np.where(free, away, 0.0)
    solver.changeColsCost(columns, np.arange(columns, dtype=np.int32), cost)
    farthest = _run(solver)
    return farthest is not None and float(np.abs(farthest - found)[free].max()) <= _MOVED


def _outside(solver: Highs, rows: int, columns: int) -> tuple[BoolArray, BoolArray]:
    """Flag the columns and the rows that are not in the basis."""
    _, basic = solver.getBasicVariables()  # pyright: ignore[reportAttributeAccessIssue]
    outside, tight = np.ones(columns, dtype=np.bool_), np.ones(rows, dtype=np.bool_)
    outside[basic[basic >= 0]] = False
    tight[-1 - basic[basic < 0]] = False
    return outside, tight
