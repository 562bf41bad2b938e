"""Relatedness measures by hand."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from clusteratlas.analysis.linkages.cooccurrence import (
    Measure,
    co_occurrence,
    normalize_co_occurrence,
    relatedness_density,
    skill_relatedness,
)
from clusteratlas.errors import AnalysisError

C = [[9, 2, 1], [2, 9, 1], [1, 1, 9]]  # S = 3, 3, 2; T = 8; the diagonal is not used


@pytest.mark.parametrize(
    ("measure", "near", "far"),
    [
        ("probability", 2 / 1.8, 1 / 1.1),  # 4 * (0.225 + 0.225); 4 * (0.15 + 0.125)
        ("association", (2 / 8) / (9 / 64), (1 / 8) / (6 / 64)),
        ("cosine", 2 / 3, 1 / 6**0.5),
        ("jaccard", 2 / 4, 1 / 4),
    ],
)
def test_normalizations_by_hand(measure: Measure, near: float, far: float) -> None:
    np.testing.assert_allclose(
        normalize_co_occurrence(C, measure), [[0, near, far], [near, 0, far], [far, far, 0]]
    )


@settings(max_examples=40, deadline=None)
@given(arrays(float, (6, 4), elements=st.sampled_from([0.0, 1.0])))
def test_normalized_is_symmetric_and_zero_for_loners(presence: np.ndarray) -> None:
    together = co_occurrence(presence)
    for measure in ("probability", "association", "cosine", "jaccard"):
        phi = normalize_co_occurrence(together, measure)
        np.testing.assert_array_equal(phi, phi.T)
        assert ((phi > 0) == (together > 0)).all()


def test_co_occurrence_counts_places() -> None:
    assert co_occurrence([[1, 1, 0], [1, 1, 1]]).tolist() == [[0, 2, 1], [2, 0, 1], [1, 1, 0]]


def test_density_by_hand() -> None:
    density = relatedness_density([[1, 0, 0], [1, 1, 0]], C)
    np.testing.assert_allclose(density, [[0, 200 / 3, 50], [200 / 3, 200 / 3, 100]])
    assert relatedness_density([[1, 1]], [[1, 0], [0, 1]]).tolist() == [[0, 0]]


def test_skill_relatedness_by_hand() -> None:
    # SR = 4*6/(4*4) = 1.5 and 2*6/(2*2) = 3: mean 2.25, mapped to 1.25/3.25
    out = skill_relatedness([[50, 4], [2, 70]])
    np.testing.assert_allclose(out, [[0, 1.25 / 3.25], [1.25 / 3.25, 0]])


def test_an_industry_that_nobody_leaves_or_enters_has_no_skill_relatedness() -> None:
    out = skill_relatedness([[0, 4, 0], [2, 0, 0], [0, 0, 0]])
    assert np.isnan(out[0, 2])
    assert out[0, 1] > 0
    one_way = skill_relatedness([[0, 4, 0], [2, 0, 1], [0, 0, 0]])
    assert one_way[0, 2] == -1  # nobody goes from 0 to 2, and nobody leaves 2 at all


def test_refusals() -> None:
    with pytest.raises(AnalysisError, match="symmetric"):
        normalize_co_occurrence([[0, 1], [2, 0]])
    with pytest.raises(AnalysisError, match="'dice'"):
        normalize_co_occurrence(C, cast(Any, "dice"))
    with pytest.raises(AnalysisError, match="square"):
        skill_relatedness([[0, 1]])
