"""Bridging NAICS vintages, on numbers by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.analysis.cells.bridge import backwards, bridge_cells, bridge_shares
from clusteratlas.errors import AnalysisError

# A stays, B splits to B1 (30 jobs) and B2 (10), C and D merge into E, F splits without employment.
CONCORDANCE = pd.DataFrame(
    {
        "from_naics": ["A", "B", "B", "C", "D", "F", "F"],
        "to_naics": ["A", "B1", "B2", "E", "E", "G", "H"],
    }
)
WEIGHTS = pd.Series({"A": 5.0, "B1": 30.0, "B2": 10.0, "E": 7.0})


def test_shares_by_hand() -> None:
    shares = bridge_shares(CONCORDANCE, WEIGHTS)
    assert shares["share"].tolist() == [1.0, 0.75, 0.25, 1.0, 1.0, 0.5, 0.5]
    assert shares["split"].tolist() == [False, True, True, False, False, True, True]


def test_bridged_cells_by_hand() -> None:
    cells = pd.DataFrame(
        {"area": ["1"] * 5, "naics": ["A", "B", "C", "D", "Z"], "jobs": [8, 40, 1, 2, 6]}
    )
    out = bridge_cells(cells, bridge_shares(CONCORDANCE, WEIGHTS), ["area"], ["jobs"])
    assert dict(zip(out["naics"], out["jobs"], strict=True)) == {
        "A": 8.0,
        "B1": 30.0,
        "B2": 10.0,
        "E": 3.0,
        "Z": 6.0,
    }
    assert out.set_index("naics")["bridged"].to_dict() == {
        "A": 0.0,
        "B1": 1.0,
        "B2": 1.0,
        "E": 0.0,
        "Z": 0.0,
    }


def test_a_negative_weight_is_refused() -> None:
    with pytest.raises(AnalysisError, match="negative weight for 'A'"):
        bridge_shares(CONCORDANCE, pd.Series({"A": -1.0}))


@given(st.lists(st.tuples(st.sampled_from("ABCDFZ"), st.integers(0, 9)), min_size=1, max_size=20))
def test_totals_are_kept(rows: list[tuple[str, int]]) -> None:
    cells = pd.DataFrame(rows, columns=["naics", "jobs"]).assign(area="1")
    out = bridge_cells(cells, bridge_shares(CONCORDANCE, WEIGHTS), ["area"], ["jobs"])
    assert out["jobs"].sum() == pytest.approx(cells["jobs"].sum())


def test_backwards_by_hand() -> None:
    """E goes back to C and D by their employment, G and H to F whole."""
    older = pd.Series({"A": 5.0, "B": 40.0, "C": 9.0, "D": 1.0})
    shares = bridge_shares(backwards(CONCORDANCE), older).set_index(["from_naics", "to_naics"])
    assert shares.loc[("E", "C"), "share"] == pytest.approx(0.9)
    assert shares.loc[("E", "D"), "share"] == pytest.approx(0.1)
    assert shares.loc[("G", "F"), "share"] == 1.0
    cells = pd.DataFrame({"area": "1", "naics": ["E", "B1", "B2"], "jobs": [10, 3, 4]})
    out = bridge_cells(cells, shares.reset_index(), ["area"], ["jobs"])
    assert dict(zip(out["naics"], out["jobs"], strict=True)) == pytest.approx(
        {"B": 7.0, "C": 9.0, "D": 1.0}
    )


def test_shares_that_would_lose_jobs_are_refused() -> None:
    shares = bridge_shares(CONCORDANCE, WEIGHTS)
    cells = pd.DataFrame({"area": "1", "naics": ["B"], "jobs": [8]})
    with pytest.raises(AnalysisError, match="shares of industry B do not add to 1"):
        bridge_cells(cells, shares.drop(index=1), ["area"], ["jobs"])
