"""Linkage matrices standardized and combined, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from clusteratlas.analysis.linkages.combined import (
    COMBINED,
    combine_linkages,
    naics_closeness,
    normal_scores,
    standardize,
    strongest_ties,
    without_hubs,
)
from clusteratlas.errors import AnalysisError
from tests.analysis.worked import CODES, WORKED, planted_linkages

FOUR = dict.fromkeys((*COMBINED, "coi"), WORKED)


def test_standardized_pairs_have_mean_zero_and_deviation_one() -> None:
    z = standardize(WORKED)
    off = z[~np.eye(6, dtype=bool)]
    assert off.mean() == pytest.approx(0)
    assert off.std() == pytest.approx(1)
    # Pairs: .9, .5, .1 once each, .2, .3, .4 four times each: mean 5.1/15 = .34.
    deviation = np.sqrt((0.81 + 0.25 + 0.01 + 4 * (0.04 + 0.09 + 0.16)) / 15 - 0.34**2)
    assert z[0, 1] == pytest.approx((0.9 - 0.34) / deviation)
    assert (np.diagonal(z) == 0).all()


def test_a_pair_without_data_counts_as_the_mean() -> None:
    matrix = WORKED.copy()
    matrix[0, :] = matrix[:, 0] = np.nan
    z = standardize(matrix)
    assert (z[0] == 0).all()
    assert z[1:, 1:][~np.eye(5, dtype=bool)].mean() == pytest.approx(0)


def test_a_matrix_that_says_nothing_becomes_zero() -> None:
    assert (standardize(np.ones((4, 4))) == 0).all()
    assert (standardize(np.full((4, 4), np.nan)) == 0).all()


def test_normal_scores_keep_the_order_and_share_ties() -> None:
    scores = normal_scores(WORKED)
    assert scores[0, 1] == scores.max()
    assert scores[4, 5] == scores.min()
    assert scores[0, 2] == scores[1, 3]
    assert scores[0, 1] == pytest.approx(-scores[4, 5])


def test_without_hubs_takes_a_constant_closeness_away() -> None:
    hub = WORKED.copy()
    hub[0, 1:] += 5
    hub[1:, 0] += 5
    plain, cleaned = without_hubs(WORKED), without_hubs(hub)
    # Before, industry 0 was closest to everyone; after, its own pair is its closest again.
    assert int(np.argmax(cleaned[0])) == 1
    assert np.abs(cleaned.sum(axis=1)).max() < np.abs(hub.sum(axis=1)).max() / 5
    assert int(np.argmax(plain[2])) == 3
    with pytest.raises(AnalysisError, match="gaps"):
        without_hubs(np.full((3, 3), np.nan))


def test_hierarchy_by_hand() -> None:
    links = naics_closeness(["325411", "325412", "325510", "327110", "541714"])
    assert links[0].tolist() == [1.0, 1.0, 0.5, 0.25, 0.0]
    assert links[0, 0] == 1


def test_combined_is_the_mean_of_four_standardized_matrices() -> None:
    matrices = {**FOUR, "io": -WORKED}
    links = combine_linkages(CODES, matrices, CODES, CODES)
    assert np.allclose(links.matrices["combined"], standardize(WORKED) / 2)


def test_sharing_a_sector_or_profile_is_known_only_for_known_ones() -> None:
    links = combine_linkages(CODES, FOUR, ["s", "s", "", "", "t", "u"], ["p"] * 6)
    assert links.same_sector.sum() == 2
    assert links.same_sector[0, 1]
    assert links.same_profile.sum() == 30


def test_subset_standardizes_anew() -> None:
    links = combine_linkages(CODES, FOUR, CODES, CODES).subset(list(CODES[:4]))
    off = links.matrices["combined"][~np.eye(4, dtype=bool)]
    assert links.codes == CODES[:4]
    assert off.mean() == pytest.approx(0)
    with pytest.raises(AnalysisError, match="999999"):
        links.subset(["999999", CODES[0], CODES[1]])


@pytest.mark.parametrize(
    ("codes", "change", "message"),
    [
        (tuple(reversed(CODES)), {}, "sorted"),
        (CODES, {"io": WORKED[:5, :5]}, "'io'"),
        (CODES, {"occ": np.triu(WORKED)}, "symmetric"),
    ],
)
def test_wrong_matrices_are_refused(
    codes: tuple[str, ...], change: dict[str, np.ndarray], message: str
) -> None:
    with pytest.raises(AnalysisError, match=message):
        combine_linkages(codes, {**FOUR, **change}, codes, codes)


def test_a_missing_matrix_is_named() -> None:
    with pytest.raises(AnalysisError, match="'occ'"):
        combine_linkages(CODES, dict.fromkeys(("lc_emp", "lc_est", "io"), WORKED), CODES, CODES)


def test_strongest_ties_stand_once() -> None:
    links = combine_linkages(CODES, FOUR, CODES, CODES)
    ties = strongest_ties(links, 1)
    pairs = set(zip(ties["a"], ties["b"], strict=True))
    # Strongest partners: a-a, b-b; both of c prefer the first of b (.4).
    assert pairs == {(CODES[0], CODES[1]), (CODES[2], CODES[3])} | {
        (CODES[2], c) for c in CODES[4:]
    }
    many = strongest_ties(planted_linkages()[0], 3)
    assert (many["a"] < many["b"]).all()
    assert not many.duplicated(["a", "b"]).any()
