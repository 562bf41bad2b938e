"""Communities in ties: worked shares, planted groups, and what is refused."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from clusteratlas.analysis.clustering.recipes import Recipe
from clusteratlas.analysis.clustering.tie_communities import (
    COMMUNITY_METHODS,
    tie_communities,
    tie_matrix,
)
from clusteratlas.errors import AnalysisError

TRIANGLES = pd.DataFrame(
    [
        ("111111", "111112", 3.0),
        ("111111", "111113", 3.0),
        ("111112", "111113", 2.0),
        ("222221", "222222", 3.0),
        ("222221", "222223", 3.0),
        ("222222", "222223", 2.0),
        ("111113", "222223", 1.0),
        ("111111", "222221", -1.0),
    ],
    columns=["a", "b", "weight"],
)
"""Two triangles, one weak tie between them, and one that is negative."""
TWO = Recipe(method="leiden", clusters=2, neighbors=5, trials=2)


def planted(groups: int = 4, size: int = 12, seed: int = 7) -> tuple[pd.DataFrame, list[int]]:
    """Ties of groups: 1.5 inside on average, 0.2 between, a third of the pairs."""
    rng = np.random.default_rng(seed)
    truth = [i // size for i in range(groups * size)]
    rows = [
        (
            f"{310000 + i}",
            f"{310000 + j}",
            float(rng.normal(1.5 if truth[i] == truth[j] else 0.2, 0.2)),
        )
        for i, j in combinations(range(len(truth)), 2)
        if rng.random() < (0.9 if truth[i] == truth[j] else 0.15)
    ]
    return pd.DataFrame(rows, columns=["a", "b", "weight"]), truth


def test_the_matrix_is_symmetric_and_sorted() -> None:
    codes, matrix = tie_matrix(TRIANGLES)
    assert codes == ["111111", "111112", "111113", "222221", "222222", "222223"]
    assert np.array_equal(matrix, matrix.T)
    assert matrix[0, 1] == 3.0
    assert matrix[2, 5] == 1.0
    assert matrix[1, 4] == 0.0


def test_shares_of_two_triangles() -> None:
    members = tie_communities(TRIANGLES, TWO).members.set_index("naics")
    assert members["cluster"].groupby(members.index.str[:1]).nunique().tolist() == [1, 1]
    assert members["cluster"].nunique() == 2
    # 111113 has 3 + 2 inside and 1 outside; the negative tie of 111111 links nothing.
    assert members.at["111113", "inside"] == pytest.approx(5 / 6)
    assert members.at["111113", "next_share"] == pytest.approx(1 / 6)
    assert str(members.at["111113", "next_cluster"]) == str(members.at["222221", "cluster"])
    assert members.at["111111", "inside"] == 1.0
    assert members.at["111111", "ties"] == 2
    assert members.at["111111", "next_cluster"] is None
    assert members.at["111111", "next_share"] == 0.0


@pytest.mark.parametrize("method", [*COMMUNITY_METHODS, "spectral"])
def test_planted_groups_are_found(method: str) -> None:
    ties, truth = planted()
    found = tie_communities(ties, Recipe(method=method, clusters=4, neighbors=12, trials=2))
    pairs = set(zip(truth, found.members["cluster"], strict=True))
    assert len(pairs) == 4


def test_the_order_of_the_ties_does_not_matter() -> None:
    ties, _ = planted()
    turned = ties.rename(columns={"a": "b", "b": "a"}).sample(frac=1.0, random_state=3)
    pd.testing.assert_frame_equal(
        tie_communities(ties, TWO).members, tie_communities(turned, TWO).members
    )


def test_a_method_that_needs_every_pair_is_refused() -> None:
    with pytest.raises(AnalysisError, match="ward needs the relatedness of every pair"):
        tie_communities(TRIANGLES, Recipe(method="ward", clusters=2))


def test_no_ties_missing_weights_and_double_ties_are_refused() -> None:
    with pytest.raises(AnalysisError, match="no ties"):
        tie_matrix(TRIANGLES.head(0))
    with pytest.raises(AnalysisError, match="no weight"):
        tie_matrix(TRIANGLES.assign(weight=np.nan))
    double = pd.concat([TRIANGLES, TRIANGLES.head(1).rename(columns={"a": "b", "b": "a"})])
    with pytest.raises(AnalysisError, match="two ties"):
        tie_matrix(double)
