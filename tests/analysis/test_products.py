"""Products of matrices: exact where that can be, near elsewhere, and never a matter of order."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from clusteratlas.analysis.products import product
from clusteratlas.vocabulary.arrays import FloatArray


def test_by_hand() -> None:
    a = np.array([[1.0, 2.0], [0.5, -4.0], [0.0, 0.0]])
    b = np.array([[3.0, 0.25, 0.0], [1.0, -1.0, 7.0]])
    assert product(a, b).tolist() == [[5.0, -1.75, 14.0], [-2.5, 4.125, -28.0], [0.0, 0.0, 0.0]]
    assert product(a, b[:, 0]).tolist() == [5.0, -2.5, 0.0]


def test_whole_numbers_are_exact() -> None:
    rng = np.random.default_rng(1)
    a, b = rng.integers(-9999, 9999, (30, 500)), rng.integers(-9999, 9999, (500, 20))
    assert (product(a.astype(float), b.astype(float)) == a @ b).all()


def test_a_sum_of_nothing_is_zero() -> None:
    assert product(np.zeros((2, 0)), np.zeros((0, 3))).tolist() == [[0.0] * 3] * 2


def test_what_is_not_finite_gives_nothing_elsewhere() -> None:
    a = np.array([[1.0, 2.0], [np.nan, 1.0], [np.inf, 0.0]])
    found = product(a, np.array([[1.0, np.nan], [1.0, 2.0]]))
    assert found[0, 0] == 3.0
    assert np.isnan(found[1:]).all()
    assert np.isnan(found[:, 1]).all()


values = st.floats(-1e6, 1e6).map(lambda x: x if abs(x) > 1e-200 else 0.0)
matrices = st.tuples(st.integers(1, 6), st.integers(1, 40), st.integers(1, 5)).flatmap(
    lambda shape: st.tuples(
        arrays(float, shape[:2], elements=values),
        arrays(float, shape[1:], elements=values),
        st.permutations(range(shape[1])),
    )
)


@settings(max_examples=100, deadline=None)
@given(matrices)
def test_near_the_exact_value_and_the_same_in_any_order(
    drawn: tuple[FloatArray, FloatArray, list[int]],
) -> None:
    a, b, order = drawn
    found = product(a, b)
    assert (product(a[:, order], b[order]) == found).all()
    for i in range(len(a)):
        for j in range(b.shape[1]):
            pairs = list(zip(a[i], b[:, j], strict=True))
            exact = sum(Fraction(float(x)) * Fraction(float(y)) for x, y in pairs)
            largest = float(np.abs(a[i]).max() * np.abs(b[:, j]).max()) * len(pairs)
            assert abs(Fraction(float(found[i, j])) - exact) <= Fraction(
                2.0**-52 * abs(float(exact)) + 2.0**-53 * largest + math.ulp(0.0)
            )


PRINT = """
import hashlib
import numpy as np
from clusteratlas.analysis.linkages.colocation import location_correlation
levels = np.random.default_rng(7).gamma(0.3, 1000.0, (300, 900))
print(hashlib.sha256(location_correlation(levels).tobytes()).hexdigest())
"""


@pytest.mark.skipif(sys.platform == "darwin", reason="numpy there has Apple's linear algebra")
def test_the_same_bits_with_the_kernels_of_any_processor_and_any_threads() -> None:
    """OpenBLAS picks its kernels by the processor; these are three that every x86-64 can run."""
    found = set()
    for kernels, threads in (("Prescott", "1"), ("Nehalem", "2"), ("", "2")):
        chosen = {"OPENBLAS_CORETYPE": kernels} if kernels else {}
        environment = {**os.environ, **chosen, "OPENBLAS_NUM_THREADS": threads}
        said = subprocess.run(
            [sys.executable, "-c", PRINT], env=environment, capture_output=True, check=True
        )
        found.add(said.stdout)
    assert len(found) == 1
