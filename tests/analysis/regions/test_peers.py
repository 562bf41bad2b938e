"""Peer regions by hand."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.analysis.regions.structure.peers import hellinger_bounds, peer_regions
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


def test_peers_of_some_regions_are_those_of_all() -> None:
    whole = peer_regions(CELLS)
    some = peer_regions(CELLS, of=["c"])
    pd.testing.assert_frame_equal(some, whole[whole["region"] == "c"].reset_index(drop=True))
    with pytest.raises(AnalysisError, match="without jobs"):
        peer_regions(CELLS, of=["d"])


def test_bounds_of_a_distance_by_hand() -> None:
    jobs, low, high = [[10, 0], [5, 5]], [[10, 0], [4, 5]], [[10, 0], [10, 6]]
    least, most = hellinger_bounds(jobs, low, high, at=0)
    np.testing.assert_allclose(least, [0, np.sqrt(0.5 / 2)])  # 10 of p: no difference in it
    np.testing.assert_allclose(most, [0, np.sqrt(((1 - np.sqrt(0.4)) ** 2 + 0.6) / 2)])
    none = hellinger_bounds([[1, 1], [0, 0]], [[1, 1], [0, 0]], [[1, 1], [0, 9]], at=0)
    assert np.isnan(none[0][1])


@given(st.integers(0, 2**32 - 1))
def test_a_distance_lies_within_its_bounds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    jobs = rng.integers(0, 50, (6, 4)) + 1
    low = jobs - rng.integers(0, 2, jobs.shape) * rng.integers(0, jobs + 1)
    high = jobs + rng.integers(0, 30, jobs.shape)
    least, most = hellinger_bounds(jobs, low, high, at=0)
    cells = pd.DataFrame(
        [(str(r), str(c), jobs[r, c]) for r in range(6) for c in range(4)],
        columns=["region", "cluster", "jobs"],
    )
    exact = peer_regions(cells, of=["0"]).set_index("peer")["distance"]
    for peer, distance in exact.items():
        at = int(str(peer))
        assert least[at] - 1e-12 <= distance <= most[at] + 1e-12
