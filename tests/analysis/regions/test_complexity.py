"""Economic complexity: a printed test vector, and the traps of other implementations."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from clusteratlas.analysis.regions.structure.complexity import (
    economic_complexity,
    proximity,
    proximity_density,
    rca,
    relative_presence,
)
from clusteratlas.errors import AnalysisError

X = np.array([[10, 0, 5, 1, 0], [8, 2, 0, 1, 3], [0, 6, 4, 9, 1], [2, 3, 1, 0, 7]], dtype=float)


def test_printed_vector() -> None:
    out = economic_complexity(X)
    np.testing.assert_allclose(rca(X)[0], [1.96875, 0, 1.96875, 0.357955, 0], atol=6e-7)
    assert out.presence.astype(int).tolist() == [
        [1, 0, 1, 0, 0],
        [1, 0, 0, 0, 1],
        [0, 1, 1, 1, 0],
        [0, 1, 0, 0, 1],
    ]
    assert out.diversity.tolist() == [2, 2, 3, 2]
    assert out.ubiquity.tolist() == [2, 2, 2, 1, 2]
    np.testing.assert_allclose(out.density[0], [0.75, 0.20, 0.60, 0.25, 0.25], atol=6e-7)
    assert out.eigenvalues[0] == pytest.approx(0.596856, abs=6e-7)
    np.testing.assert_allclose(out.eci, [-0.114000, -1.290994, 1.518994, -0.114000], atol=6e-7)
    np.testing.assert_allclose(
        out.pci, [-1.290994, 1.062995, 1.062995, 2.430990, -1.290994], atol=6e-7
    )
    np.testing.assert_allclose(out.coi, [0.592452, 0.546848, -1.731751, 0.592452], atol=6e-7)
    np.testing.assert_allclose(out.cog[0], [0, 0.558298, 0, 1.309950, -0.551042], atol=6e-7)


def test_an_empty_place_and_an_empty_activity_poison_nothing() -> None:
    wider = np.zeros((5, 6))
    wider[:4, :5] = X
    plain, out = economic_complexity(X), economic_complexity(wider)
    np.testing.assert_allclose(out.eci[:4], plain.eci)
    np.testing.assert_allclose(out.pci[:5], plain.pci)
    np.testing.assert_allclose(out.coi[:4], plain.coi)
    np.testing.assert_allclose(out.cog[:4, :5], plain.cog)
    assert np.isnan(out.eci[4])
    assert np.isnan(out.pci[5])
    assert np.isnan(out.coi[4])
    assert (out.density[:, 5] == 0).all()


@settings(max_examples=60, deadline=None)
@given(arrays(float, (6, 8), elements=st.integers(0, 20).map(float)), st.randoms())
def test_order_does_not_matter_and_eci_is_the_mean_pci(x: np.ndarray, random: object) -> None:
    assume(x.sum() > 0)
    try:
        out = economic_complexity(x)
    except AnalysisError:
        assume(False)
        raise
    assume(out.eigenvalues[0] - out.eigenvalues[1] > 1e-3)
    kept = out.diversity > 0
    pci = np.nan_to_num(out.pci)
    np.testing.assert_allclose(
        (out.presence @ pci)[kept] / out.diversity[kept], out.eci[kept], atol=1e-9
    )
    assert np.nanmean(out.eci) == pytest.approx(0, abs=1e-9)
    assert np.nanstd(out.eci) == pytest.approx(1)
    lean = np.cov(out.eci[kept], out.diversity[kept])[0, 1]
    assert lean > -1e-6
    assume(abs(lean) > 1e-6)
    turned = economic_complexity(x[::-1, ::-1])
    np.testing.assert_allclose(turned.eci[::-1], out.eci, atol=1e-6)
    np.testing.assert_allclose(turned.pci[::-1], out.pci, atol=1e-6)


def test_the_sign_with_equal_diversities_favors_what_is_rare() -> None:
    # Every place has two activities; those of the last two places are rarer.
    m = np.array(
        [[1, 1, 0, 0, 0], [1, 1, 0, 0, 0], [1, 0, 1, 0, 0], [0, 0, 1, 1, 0], [0, 0, 0, 1, 1]]
    )
    out = economic_complexity(m * 1.0, threshold=0.5)
    assert out.diversity.tolist() == [2] * 5
    assert out.eci[4] == out.eci.max()
    assert out.eci[0] == pytest.approx(out.eci.min())


def test_unconnected_parts_and_no_structure_are_refused() -> None:
    blocks = np.kron(np.eye(2), np.ones((2, 2)))
    with pytest.raises(AnalysisError, match="parts that share nothing"):
        economic_complexity(blocks)
    with pytest.raises(AnalysisError, match="the same activities"):
        economic_complexity(np.ones((3, 3)))
    with pytest.raises(AnalysisError, match="only 2 places"):
        economic_complexity(X[:2])


def test_proximity_and_density_by_hand() -> None:
    m = np.array([[1, 1, 0], [1, 0, 0], [1, 1, 0]])
    phi = proximity(m)
    # Activities 0 and 1 meet in two of the three places that have 0.
    assert phi.tolist() == [[1, 2 / 3, 0], [2 / 3, 1, 0], [0, 0, 0]]
    w = proximity_density(m, phi)
    np.testing.assert_allclose(w, [[1.0, 1.0, 0.0], [0.6, 0.4, 0.0], [1.0, 1.0, 0.0]])


def test_rca_of_empty_rows_is_zero_and_of_nothing_an_error() -> None:
    assert rca([[0, 0], [1, 3]]).tolist() == [[0, 0], [1, 1]]
    for bad in ([[0.0, 0.0]], [[-1.0, 2.0]], [[np.nan, 1.0]]):
        with pytest.raises(AnalysisError, match="RCA"):
            rca(bad)


def test_relative_presence_by_hand() -> None:
    out = relative_presence([[10, 0], [10, 0]], [100, 300])
    np.testing.assert_allclose(out, [[2.0, 0.0], [2 / 3, 0.0]])  # 0.1 and 0.0333 over 0.05
    with pytest.raises(AnalysisError, match="population"):
        relative_presence([[1.0]], [0])
