"""Specialization in single industries, and outside the industry itself."""

from __future__ import annotations

import pandas as pd
import pytest

from clusteratlas.analysis.regions.presence import industry_presence, strongholds
from clusteratlas.errors import AnalysisError

NATION = pd.DataFrame(
    {
        "industry": ["p", "q", "s", "x"],
        "kind": ["traded", "traded", "local", None],
        "jobs": [100, 300, 900, 50],
    }
)
CELLS = pd.DataFrame(
    [
        ("a", "p", 60, False),
        ("a", "q", 60, True),
        ("a", "s", 500, False),
        ("a", "x", 10, False),
        ("b", "p", 40, False),
        ("b", "q", 240, False),
        ("c", "p", 0, False),
    ],
    columns=["region", "industry", "jobs", "estimated"],
)


def test_lq_stands_on_the_traded_base() -> None:
    out = industry_presence(CELLS, NATION, year=2019)
    # a: 60 of 120 traded jobs against 100 of 400 nationally; local and unclassified left out.
    assert out.to_dict("list") == {
        "industry": ["p", "p", "q", "q"],
        "region": ["a", "b", "a", "b"],
        "year": [2019] * 4,
        "lq": pytest.approx([2.0, (40 / 280) / 0.25, 0.5 / 0.75, (240 / 280) / 0.75]),
        "share_nation": pytest.approx([0.6, 0.4, 0.2, 0.8]),
        "estimated": [False, False, True, False],
    }


def test_presence_refuses_jobs_that_the_nation_lacks_and_repeated_cells() -> None:
    with pytest.raises(AnalysisError, match="'p' has jobs"):
        industry_presence(CELLS, NATION.assign(jobs=[0, 300, 900, 50]), year=1)
    with pytest.raises(AnalysisError, match="twice"):
        industry_presence(pd.concat([CELLS, CELLS]), NATION, year=1)
    with pytest.raises(AnalysisError, match="estimated"):
        industry_presence(CELLS.drop(columns="estimated"), NATION, year=1)


def test_strongholds_hold_what_their_shares_add_up_to() -> None:
    measures = pd.DataFrame(
        {"strong": [True, False, True], "share_nation": [0.5, 0.25, 0.125]}, index=[7, 8, 9]
    )
    assert strongholds(measures) == (2, 3, 0.625)
    assert strongholds(measures.head(0)) == (0, 0, 0.0)
