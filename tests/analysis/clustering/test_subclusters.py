"""Subclusters: planted groups are found, noise is left whole."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from clusteratlas.analysis.clustering.algorithms.points import hierarchical
from clusteratlas.analysis.clustering.subclusters import split_cluster, split_clusters
from clusteratlas.analysis.partitions import ordered_labels
from clusteratlas.analysis.scores.agreement import compare_partitions
from clusteratlas.errors import AnalysisError

HOW: dict[str, Any] = {"neighbors": 8, "mutual": False, "seed": 1}


def planted(sizes: list[int], strength: float, seed: int = 5) -> npt.NDArray[np.float64]:
    rng = np.random.default_rng(seed)
    group = np.repeat(np.arange(len(sizes)), sizes)
    noise = rng.normal(1.0, 0.5, (len(group),) * 2)
    out: npt.NDArray[np.float64] = (noise + noise.T) / 2
    out += strength * (group[:, None] == group[None, :])
    np.fill_diagonal(out, 0.0)
    return out


@pytest.mark.parametrize("method", ["leiden", "ward"])
def test_planted_groups_are_found(method: str) -> None:
    found = split_cluster(planted([8, 6, 4], 2.0), method=method, **HOW)
    want = np.repeat(np.arange(3), [8, 6, 4])
    likeness = compare_partitions([str(g) for g in found.labels], [str(g) for g in want])
    assert likeness.ari == 1
    assert found.strength > found.null
    assert found.margin == pytest.approx(2.0, abs=0.3)


@pytest.mark.parametrize("method", ["leiden", "ward"])
def test_noise_is_left_whole(method: str) -> None:
    whole = [
        not split_cluster(planted([15], 0.0, seed), method=method, **HOW).labels.any()
        for seed in range(4)
    ]
    assert sum(whole) >= 3  # one in twenty passes by chance


@pytest.mark.parametrize("method", ["leiden", "ward"])
def test_a_cluster_too_large_to_read_is_split_in_any_case(method: str) -> None:
    splits = [split_cluster(planted([16], 0.0, seed), method=method, **HOW) for seed in range(4)]
    assert all(s.labels.any() for s in splits)
    # And it is said that chance would split it as well.
    assert sum(s.strength <= s.null for s in splits) >= 3


def test_members_that_average_linkage_takes_away_one_by_one_are_still_split() -> None:
    similar = planted([9, 9], 0.7, 3)
    # Hubs join each other first, and then the rest one after the other.
    hubs = np.linspace(2.0, -2.0, 9)[[*range(9), *range(9)]]
    similar += hubs[:, None] + hubs[None, :]
    np.fill_diagonal(similar, 0.0)
    for k in range(2, 7):
        assert np.bincount(hierarchical(similar, k, linkage="average"))[1:].max() < 3
    assert split_cluster(similar, method="ward", **HOW).labels.any()


def test_small_groups_join_the_nearest() -> None:
    similar = planted([7, 6, 1], 2.0)
    similar[13, :7] += 1.0
    similar[:7, 13] += 1.0
    found = split_cluster(similar, method="leiden", **HOW)
    assert sorted(np.bincount(found.labels).tolist()) == [6, 8]
    assert found.labels[13] == found.labels[0]


def test_only_large_clusters_are_split() -> None:
    similar = np.full((24, 24), -1.0)
    similar[:16, :16] = planted([8, 8], 2.0)
    similar[16:, 16:] = planted([4, 4], 2.0)
    labels = ["big"] * 16 + ["small"] * 8
    names, splits = split_clusters(similar, labels, larger_than=8, method="leiden", **HOW)
    assert set(splits) == {"big"}
    assert set(names[:16]) == {"big/0", "big/1"}
    assert set(names[16:]) == {""}
    again, _ = split_clusters(similar, labels, larger_than=8, method="leiden", **HOW)
    assert again == names
    assert (ordered_labels(names[:16]) == np.repeat([0, 1], 8)).all()


def test_gaps_are_refused() -> None:
    with pytest.raises(AnalysisError, match="gaps"):
        split_cluster(np.full((4, 4), np.nan), method="leiden", **HOW)
