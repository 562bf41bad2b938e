"""Density and complexity where cells are withheld."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from clusteratlas.analysis.regions.structure.complexity import (
    complexity_of_presence,
    economic_complexity,
    proximity,
    proximity_density,
    rca,
)
from clusteratlas.analysis.regions.structure.ranges.complexity_ends import (
    complexity_range,
    density_bounds,
)
from tests.analysis.regions.test_complexity import X

M = np.array([[1, 0, 1, 0, 0], [1, 0, 0, 0, 1], [0, 1, 1, 1, 0], [0, 1, 0, 0, 1]], dtype=float)


def test_the_printed_presence_gives_the_printed_complexity() -> None:
    one, other = economic_complexity(X), complexity_of_presence(M)
    np.testing.assert_array_equal(one.presence, other.presence)
    np.testing.assert_array_equal(one.eci, other.eci)


def test_the_smaller_side_gives_what_the_larger_does() -> None:
    tall = np.vstack([M, [1, 1, 0, 0, 0], [0, 0, 1, 1, 0], [1, 0, 1, 0, 1]])
    found = complexity_of_presence(tall)
    k_c, k_p = tall.sum(axis=1), tall.sum(axis=0)
    product = (tall / k_c[:, None]) @ (tall / k_p).T
    values, vectors = np.linalg.eig(product)
    order = np.argsort(-np.real(values))
    second = np.real(vectors[:, order[1]])
    second = (second - second.mean()) / second.std()
    assert found.eigenvalues == pytest.approx(np.real(values)[order[1:3]])
    np.testing.assert_allclose(np.abs(found.eci), np.abs(second))
    # ECI is the mean PCI of what a place has.
    np.testing.assert_allclose(tall @ found.pci / k_c, found.eci)


def test_density_between_what_is_certain_and_what_is_possible() -> None:
    # Proximity to the second activity: 0 of the first, 1/2 of the third (together in the third
    # place), 1/2 of the fourth (there too; it is in one place, the second in two), 1/2 of the
    # fifth, 1 of itself: 5/2 in all.
    phi = proximity(M)
    assert phi[1].tolist() == [0, 1, 0.5, 0.5, 0.5]
    low, high = M.copy(), M.copy()
    low[0, 2] = 0  # the first place may lack the third
    high[0, 4] = high[0, 1] = 1  # and may have the fifth, or the second itself
    least, most = density_bounds(M, low, high, phi)
    assert proximity_density(M, phi)[0, 1] == pytest.approx(0.5 / 2.5)
    # Whether it has the second itself does not count in how near the second is.
    assert (least[0, 1], most[0, 1]) == pytest.approx((0, 1 / 2.5))
    np.testing.assert_allclose(least[1:], proximity_density(M, phi)[1:])
    np.testing.assert_allclose(most[1:], proximity_density(M, phi)[1:])


@settings(max_examples=40, deadline=None)
@given(
    arrays(bool, (5, 6)),
    arrays(bool, (5, 6)),
    arrays(bool, (5, 6)),
    st.randoms(use_true_random=False),
)
def test_densities_stay_within_their_bounds(
    m: np.ndarray, less: np.ndarray, more: np.ndarray, random: object
) -> None:
    phi = proximity(m)
    low, high = m & less, m | more
    least, most = density_bounds(m, low, high, phi)
    now = proximity_density(m, phi)
    assert (least <= now + 1e-12).all()
    assert (now <= most + 1e-12).all()
    for p in range(6):  # all others at an end at once, this one as it is
        for end, bound in ((low, least), (high, most)):
            moved = end.copy()
            moved[:, p] = m[:, p]
            np.testing.assert_allclose(proximity_density(moved, phi)[:, p], bound[:, p])


def test_the_range_holds_each_table_with_one_sign() -> None:
    found = complexity_of_presence(M)
    same = complexity_range(found, [M, M])
    np.testing.assert_array_equal(same.eci_low, found.eci)
    np.testing.assert_array_equal(same.pci_high, found.pci)
    assert same.agreement == pytest.approx((1, 1))
    assert same.best.tolist() == same.worst.tolist() == [2, 4, 1, 2]
    wider = M.copy()
    wider[0, 1] = 1
    other = complexity_of_presence(wider)
    moved = complexity_range(found, [wider])
    sign = np.sign(np.corrcoef(found.eci, other.eci)[0, 1])
    np.testing.assert_allclose(moved.eci_low, np.minimum(found.eci, sign * other.eci))
    np.testing.assert_allclose(moved.pci_high, np.maximum(found.pci, sign * other.pci))


def test_a_table_without_complexity_leaves_no_range() -> None:
    found = complexity_of_presence(M)
    parts = np.eye(4, 5)
    out = complexity_range(found, [parts])
    assert np.isnan(out.eci_low).all()
    assert out.best.tolist() == [0, 0, 0, 0]
    assert np.isnan(out.agreement[0])
    empty = M.copy()
    empty[3] = 0  # one place that may have nothing has no range; the others do
    some = complexity_range(found, [empty])
    assert np.isnan(some.eci_high).tolist() == [False, False, False, True]
    assert (some.best[:3] > 0).all()
    assert some.worst[3] == 0


def test_rca_of_the_vector_is_the_presence() -> None:
    np.testing.assert_array_equal(rca(X) >= 1, M.astype(bool))
