"""Peer regions by hand."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pandas as pd
import pytest

from clusteratlas.analysis.regions.peers import peer_regions
from clusteratlas.errors import AnalysisError

CELLS = pd.DataFrame(
    [("a", "p", 10), ("b", "q", 70), ("c", "p", 5), ("c", "q", 5), ("d", "p", 0)],
    columns=["region", "cluster", "jobs"],
)


def test_hellinger_by_hand() -> None:
    out = peer_regions(CELLS)
    # a is all p, b all q, c half of each; d has no jobs.
    assert out[["region", "peer", "position"]].to_numpy().tolist() == [
        ["a", "c", 1],
        ["a", "b", 2],
        ["b", "c", 1],
        ["b", "a", 2],
        ["c", "a", 1],
        ["c", "b", 2],
    ]
    half = np.sqrt(((1 - np.sqrt(0.5)) ** 2 + 0.5) / 2)
    np.testing.assert_allclose(out["distance"], [half, 1, half, 1, half, half])


def test_euclidean_by_hand() -> None:
    out = peer_regions(CELLS, distance="euclidean", k=1)
    np.testing.assert_allclose(out["distance"], [np.sqrt(0.5)] * 3)
    assert out["peer"].tolist() == ["c", "c", "a"]


def test_size_does_not_matter_and_twins_are_at_zero() -> None:
    twin = pd.concat([CELLS, CELLS[CELLS["region"] == "c"].assign(region="e", jobs=5000)])
    out = peer_regions(twin, k=1).set_index("region")
    assert out["peer"].to_dict() == {"a": "c", "b": "c", "c": "e", "e": "c"}
    assert out["distance"].to_dict()["c"] == 0


def test_refusals() -> None:
    with pytest.raises(AnalysisError, match="fewer than two"):
        peer_regions(CELLS[CELLS["region"] == "a"])
    with pytest.raises(AnalysisError, match="k 0"):
        peer_regions(CELLS, k=0)
    with pytest.raises(AnalysisError, match="'cosine'"):
        peer_regions(CELLS, distance=cast(Any, "cosine"))
    with pytest.raises(AnalysisError, match="twice"):
        peer_regions(pd.concat([CELLS, CELLS]))
