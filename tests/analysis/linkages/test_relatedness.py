"""Relatedness of industries to clusters, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from clusteratlas.analysis.linkages.relatedness import cluster_relatedness
from tests.analysis.worked import LABELS, WORKED


def test_relatedness_by_hand() -> None:
    r = cluster_relatedness(WORKED, LABELS)
    assert r.clusters == ("a", "b", "c")
    assert np.allclose(r.cluster, [[0.9, 0.2, 0.3], [0.2, 0.5, 0.4], [0.3, 0.4, 0.1]])
    assert np.allclose(r.wcr, [0.9, 0.9, 0.5, 0.5, 0.1, 0.1])
    assert np.allclose(r.industry[0], [0.9, 0.2, 0.3])
    assert np.isnan(r.others[0, 0])


def test_unknown_pairs_are_left_out_of_the_means() -> None:
    matrix = WORKED.copy()
    matrix[0, 2] = matrix[2, 0] = np.nan
    matrix[0, 3] = matrix[3, 0] = 0.8
    r = cluster_relatedness(matrix, LABELS)
    assert r.industry[0, 1] == pytest.approx(0.8)
    assert r.cluster[0, 1] == pytest.approx((0.8 + 0.2 + 0.2) / 3)
