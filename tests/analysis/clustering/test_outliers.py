"""The outlier pass: what moves, what is a close call, and when it ends."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusteratlas.analysis.clustering.outliers import reassign_outliers
from clusteratlas.analysis.linkages.relatedness import cluster_relatedness
from clusteratlas.errors import AnalysisError
from tests.analysis.worked import CODES, LABELS, WORKED, blocks, planted


def test_a_misplaced_industry_goes_home_and_the_log_has_both_numbers() -> None:
    # Industry 1 (of pair a) is in b: WCR (.2 + .2) / 2 = .2, BCR to a .9.
    done = reassign_outliers(WORKED, ("a", "b", "b", "b", "c", "c"), CODES, delta=0.4)
    assert done.labels == LABELS
    first = done.log.iloc[0]
    assert (first["naics"], first["from_cluster"], first["to_cluster"]) == (CODES[1], "b", "a")
    assert first["relatedness"] == pytest.approx(0.2)
    assert first["other_relatedness"] == pytest.approx(0.9)
    assert done.converged


def test_close_calls_are_listed_and_stay() -> None:
    # c inside .1, to b .4, to a .3: the gap of .3 is below delta.
    done = reassign_outliers(WORKED, LABELS, CODES, delta=0.31)
    assert done.labels == LABELS
    assert done.log["naics"].tolist() == [CODES[4], CODES[5]]
    assert (done.log["step"] == -1).all()
    assert not done.log["moved"].any()
    assert done.log["to_cluster"].tolist() == ["b", "b"]


def test_the_largest_gap_moves_first_and_clusters_can_die() -> None:
    matrix = blocks((0.9, 0.5, 0.1), (0.2, 0.25, 0.4))
    done = reassign_outliers(matrix, LABELS, CODES, delta=0.1)
    assert done.labels == ("a", "a", "b", "b", "b", "b")
    assert done.log["step"].tolist() == [0, 1]
    # The second of c was then alone: WCR 0 by rule, BCR (.4 + .4 + .1) / 3.
    assert done.log["relatedness"].tolist() == pytest.approx([0.1, 0.0])
    assert done.log["other_relatedness"].tolist() == pytest.approx([0.4, 0.3])


def test_a_full_cluster_takes_no_more() -> None:
    done = reassign_outliers(WORKED, LABELS, CODES, delta=0.1, largest=2)
    assert done.labels == LABELS


def test_what_cannot_settle_is_told() -> None:
    # With one move allowed, an industry that would have to move twice is left over.
    done = reassign_outliers(WORKED, LABELS, CODES, delta=0.1, moves_each=0)
    assert done.labels == LABELS
    assert not done.converged


def test_wrong_arguments() -> None:
    with pytest.raises(AnalysisError, match="delta"):
        reassign_outliers(WORKED, LABELS, CODES, delta=-1)
    with pytest.raises(AnalysisError, match="without gaps"):
        reassign_outliers(np.full((6, 6), np.nan), LABELS, CODES, delta=0)


@given(st.integers(0, 10_000))
@settings(max_examples=40)
def test_after_a_converged_pass_nobody_is_clearly_better_off_elsewhere(seed: int) -> None:
    matrix, _ = planted(4, 5, inside=0.3, noise=0.5, seed=seed)
    start = [str(g) for g in np.random.default_rng(seed).integers(0, 4, 20)]
    codes = [f"{i:06d}" for i in range(20)]
    done = reassign_outliers(matrix, start, codes, delta=0.1)
    again = reassign_outliers(matrix, start, codes, delta=0.1)
    assert done.labels == again.labels
    assert set(done.labels) <= set(start)
    if done.converged and len(set(done.labels)) > 1:
        r = cluster_relatedness(matrix, done.labels)
        gap = np.nanmax(r.others, axis=1) - np.nan_to_num(r.wcr)
        assert gap.max() <= 0.1 + 1e-9
