"""Areas of one division to those of another that cuts across it, on numbers by hand."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.analysis.cells.overlaps import carry_over, fit_margins, overlap_shares
from clusteratlas.errors import AnalysisError

# R lies in A (30 jobs) and B (10), S in B alone, T in A and C and has none.
PAIRS = pd.DataFrame(
    {
        "region": ["R", "R", "S", "T", "T"],
        "county": ["A", "B", "B", "A", "C"],
        "jobs": [30, 10, 70, 0, 0],
        "people": [1, 2, 5, 1, 1],
    }
)
SHARES = overlap_shares(PAIRS, "region", "county", ["jobs", "people"])


def test_shares_by_hand() -> None:
    assert SHARES["jobs"].tolist() == [0.75, 0.25, 1.0, 0.5, 0.5]
    assert SHARES["people"].tolist() == pytest.approx([1 / 3, 2 / 3, 1.0, 0.5, 0.5])
    back = overlap_shares(PAIRS, "county", "region", ["jobs"])
    # B is 10 of R and 70 of S; C lies in T alone.
    assert back.to_numpy().tolist() == [
        *(["A", "R", 1.0], ["A", "T", 0.0]),
        *(["B", "R", 0.125], ["B", "S", 0.875], ["C", "T", 1.0]),
    ]


def test_pairs_that_cannot_be_right_are_refused() -> None:
    with pytest.raises(AnalysisError, match="pair R, A is there twice"):
        overlap_shares(PAIRS.iloc[[0, 0]], "region", "county", ["jobs"])
    for weight in (-1.0, float("nan")):
        odd = PAIRS.assign(jobs=[30.0, 10.0, weight, 0.0, 0.0])
        with pytest.raises(AnalysisError, match="negative or missing weight jobs of 'S'"):
            overlap_shares(odd, "region", "county", ["jobs"])


def test_carried_over_by_hand() -> None:
    cells = pd.DataFrame(
        {
            "area": ["R", "S", "R", "Z"],
            "naics": ["1", "1", "2", "1"],
            "jobs": pd.array([8, 5, None, 3], dtype="Int64"),
        }
    )
    out = carry_over(cells, SHARES, "area", {"jobs": "jobs"})
    # B has a quarter of 8 and all of 5; a withheld figure stays withheld in both.
    assert out.fillna(-1).to_numpy().tolist() == [
        *(["Z", "1", 3.0], ["A", "1", 6.0], ["A", "2", -1.0]),
        *(["B", "1", 7.0], ["B", "2", -1.0]),
    ]
    assert str(out["jobs"].dtype) == "Float64"


def test_whole_numbers_by_largest_remainders() -> None:
    people = pd.DataFrame({"area": ["R", "T"], "jobs": [11, 7]})
    out = carry_over(people, SHARES, "area", {"jobs": "jobs"}, whole=True)
    # 8.25 and 2.75 of R; 3.5 and 3.5 of T, of which the first gets the odd one.
    assert out.to_numpy().tolist() == [["A", 8 + 4], ["B", 3], ["C", 3]]
    assert str(out["jobs"].dtype) == "int64"


def test_a_table_of_neither_division_stays() -> None:
    cells = pd.DataFrame({"area": ["Z", "A"], "jobs": [1, 2]})
    assert carry_over(cells, SHARES, "area", {"jobs": "jobs"})["jobs"].tolist() == [1, 2]


def test_figures_that_would_be_lost_or_doubled_are_refused() -> None:
    cells = pd.DataFrame({"area": ["R", "A"], "jobs": [1, 2]})
    with pytest.raises(AnalysisError, match="has area A and areas that overlap it"):
        carry_over(cells, SHARES, "area", {"jobs": "jobs"})
    with pytest.raises(AnalysisError, match="shares of area R do not add to 1"):
        carry_over(cells[:1], SHARES.drop(index=1), "area", {"jobs": "jobs"})


WEIGHTS = st.lists(st.integers(0, 10**6), min_size=5, max_size=5)
CELLS = st.lists(
    st.tuples(st.sampled_from("RSTZ"), st.sampled_from("12"), st.integers(0, 2**21)),
    min_size=1,
    max_size=20,
    unique_by=lambda cell: cell[:2],
)


@given(WEIGHTS, CELLS, st.booleans())
def test_no_job_is_lost_or_found(
    weights: list[int], rows: list[tuple[str, str, int]], whole: bool
) -> None:
    """Exactly: sums are compared as fractions, by industry, whatever the weights."""
    pairs = PAIRS.assign(jobs=weights)
    cells = pd.DataFrame(rows, columns=["area", "naics", "jobs"])
    for start, end in (("region", "county"), ("county", "region")):
        shares = overlap_shares(pairs, start, end, ["jobs"])
        for _, own in shares.groupby("start"):
            assert sum(map(Fraction, own["jobs"])) == 1
        out = carry_over(cells, shares, "area", {"jobs": "jobs"}, whole=whole)
        for naics, own in cells.groupby("naics"):
            new = out.loc[out["naics"] == naics, "jobs"]
            assert sum(map(Fraction, map(float, new))) == int(own["jobs"].sum())
        assert out["jobs"].ge(0).all()


def test_margins_by_hand() -> None:
    # With a zero in it the table has no freedom left: the prior decides nothing.
    prior = np.array([[5.0, 1.0], [0.0, 2.0]])
    fitted = fit_margins(prior, np.array([6.0, 4.0]), np.array([3.0, 7.0]))
    assert fitted == pytest.approx(np.array([[3.0, 3.0], [0.0, 4.0]]), rel=1e-4)
    # Columns in another unit; independent where the prior is even.
    even = fit_margins(np.ones((2, 2)), np.array([6.0, 4.0]), np.array([10.0, 10.0]))
    assert even == pytest.approx(np.array([[3.0, 3.0], [2.0, 2.0]]))


def test_margins_that_the_zeros_forbid_are_refused() -> None:
    with pytest.raises(AnalysisError, match="no table with the zeros of the prior"):
        fit_margins(np.eye(2), np.array([6.0, 4.0]), np.array([3.0, 7.0]), rounds=50)
