"""Six industries, each linkage and each score worked out by hand from raw figures to VS4.

Pairs a, b and c are in areas 1 and 4, 2 and 3, 1 and 3; a sells as sector X, b as sector Y, c in
none; a employs occupations 1 and 2, b 3 and 4, c 1 and 3.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest

from clusteratlas.analysis.linkages.colocation import location_correlation, pairwise_coagglomeration
from clusteratlas.analysis.linkages.combined import Linkages, combine_linkages
from clusteratlas.analysis.linkages.input_output import industry_flows, io_links
from clusteratlas.analysis.linkages.occupations import occupation_links, occupation_profiles
from clusteratlas.analysis.scores.validation import (
    mean_validation_score,
    score_table,
    validation_score,
)
from clusteratlas.vocabulary.arrays import FloatArray
from tests.analysis.worked import LABELS, blocks, io_tables

CODES = ("311111", "311112", "321111", "321112", "331111", "331112")
SMALL = np.array([[2.0, 0, 0, 2], [0, 2, 2, 0], [2, 0, 2, 0]])
JOBS = np.stack([SMALL[0], 2 * SMALL[0], SMALL[1], 2 * SMALL[1], SMALL[2], 2 * SMALL[2]])
NAN = float("nan")


@pytest.fixture(scope="module")
def by_hand() -> Mapping[str, FloatArray]:
    # Centered, a is (1, -1, -1, 1), b its opposite, c (1, -1, 1, -1) at right angles to both.
    located = blocks((1, 1, 1), (-1, 0, 0))
    # With a quarter of all jobs in each area, s - x is a quarter of that; 4/16 over 1 - 4/16.
    together = located / 3
    # Z = ((14, 32), (20, 10)): inside X 14 of its 34 inputs, inside Y 10 of 30 sales, between
    # 32 of Y's 42 inputs.
    traded = blocks((14 / 34, 10 / 30, NAN), (32 / 42, NAN, NAN))
    return {
        "lc_emp": located,
        "lc_est": located,
        "coi": together,
        "io": traded,
        "occ": located,
    }


@pytest.fixture(scope="module")
def links() -> Linkages:
    staff = {"3111": "12", "3211": "34", "3311": "13"}
    rows = [(naics, f"o{o}", 50.0) for naics, known in staff.items() for o in known]
    profiles = occupation_profiles(pd.DataFrame(rows, columns=["naics", "soc", "jobs"]), CODES)
    sector = pd.Series(dict(zip(CODES[:4], "XXYY", strict=True)))
    matrices = {
        "lc_emp": location_correlation(JOBS),
        "lc_est": location_correlation(np.sqrt(JOBS)),
        "coi": pairwise_coagglomeration(JOBS, np.full(4, 25.0)),
        "io": io_links(industry_flows(*io_tables()), CODES, sector),
        "occ": occupation_links(profiles),
    }
    sectors = list(sector.reindex(list(CODES)).fillna(""))
    return combine_linkages(CODES, matrices, sectors, list(profiles.profile_of))


@pytest.mark.parametrize("name", ["lc_emp", "lc_est", "coi", "io", "occ"])
def test_each_linkage(links: Linkages, by_hand: Mapping[str, FloatArray], name: str) -> None:
    off = ~np.eye(6, dtype=bool)
    assert links.matrices[name][off] == pytest.approx(by_hand[name][off], nan_ok=True)


def test_the_combined_linkage(links: Linkages) -> None:
    # Of 15 pairs 3 are 1, 4 are -1: mean -1/15, variance 7/15 - 1/225 = 104/225.
    alike, apart, none = 16 / 104**0.5, -14 / 104**0.5, 1 / 104**0.5
    io = np.array([7 / 17, 1 / 3, *[16 / 21] * 4])
    inside_a, inside_b, between = (io[[0, 1, 2]] - io.mean()) / io.std()
    # What IO does not know counts as its mean, 0.
    combined = blocks(
        ((3 * alike + inside_a) / 4, (3 * alike + inside_b) / 4, 3 * alike / 4),
        ((3 * apart + between) / 4, 3 * none / 4, 3 * none / 4),
    )
    off = ~np.eye(6, dtype=bool)
    assert links.matrices["combined"][off] == pytest.approx(combined[off])


def test_each_score(links: Linkages) -> None:
    scores = score_table(links, LABELS).set_index(["matrix", "pairs"])["vs"]
    for name in ("lc_emp", "lc_est", "coi", "occ"):
        # a and b: 1 (or a third) inside, above -1 and 0; c: above 0 and 0.
        assert scores[name, "all"] == 100
    # Each of X and Y buys more from the other than from itself; c is not counted.
    assert scores["io", "all"] == 0
    assert mean_validation_score(score_table(links, LABELS)) == pytest.approx(75)
    # Without pairs of one sector nothing is left inside of a and b, without those of one
    # occupation profile nothing inside of any.
    assert np.isnan(scores["io", "distinct"])
    assert np.isnan(scores["occ", "distinct"])


def test_the_four_parts_of_a_score(links: Linkages) -> None:
    # One of b goes to a: a is (1, -1, -1) inside, -1/3; to c it is 0, to what is left of b
    # (-1, -1, 1), -1/3. c stays as it was.
    score = validation_score(links.matrices["lc_emp"], ("a", "a", "a", "b", "c", "c"))
    # a: -1/3 is not above (-1/3 + 0) / 2. b is alone and fails. c passes.
    assert score.vs_cluster_mean == pytest.approx(100 / 3)
    assert score.vs_cluster_p95 == pytest.approx(100 / 3)
    # The two true members of a: (1 - 1) / 2 = 0 inside, -1 and 0 elsewhere: above their mean of
    # -1/2 and their percentile of -.05. The guest: -1 inside, fails; b fails; c passes.
    assert score.vs_industry_mean == pytest.approx(400 / 6)
    assert score.vs_industry_p95 == pytest.approx(400 / 6)
    assert score.vs == pytest.approx((100 / 3 + 400 / 6) / 2)
