"""Specialization in single industries, and outside the industry itself."""

from __future__ import annotations

import pandas as pd
import pytest

from clusteratlas.analysis.regions.presence import (
    industry_presence,
    industry_quotients,
    strongholds,
)
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.tables.measures import KNOWN

NATION = pd.DataFrame(
    {
        "industry": ["p", "q", "s", "x"],
        "kind": ["traded", "traded", "local", None],
        "jobs": [100, 300, 900, 50],
    }
)
CELLS = pd.DataFrame(
    [
        ("a", "p", 60, 60, 60, 3),
        ("a", "q", 60.4, 20, 90, 2),
        ("a", "s", 500, 500, 500, 9),
        ("a", "x", 10, 10, 10, 1),
        ("b", "p", 40, 0, 60, 2),
        ("b", "q", 240, 0, 300, 0),
        ("c", "p", 0, 0, 0, 0),
        ("c", "q", 0.4, 0, 19, 0),
    ],
    columns=["region", "industry", "jobs", "jobs_low", "jobs_high", "establishments_low"],
)


def test_traded_industries_that_are_there_or_known_not_to_be() -> None:
    out = industry_presence(CELLS, NATION, year=2019)
    # Local and unclassified industries are left out. In c, p is known to be absent; of q, which
    # has less than half a job there, nobody knows.
    assert out.to_dict("list") == {
        "industry": ["p", "p", "p", "q", "q"],
        "region": ["a", "b", "c", "a", "b"],
        "year": [2019] * 5,
        "jobs": [60, 40, 0, 60, 240],
        "jobs_low": [60, 0, 0, 20, 0],
        "jobs_high": [60, 60, 0, 90, 300],
        "known": ["published", "withheld", "absent", "bounded", "estimated"],
    }


@pytest.mark.parametrize(
    ("jobs", "low", "high", "plants", "known"),
    [
        (5, 5, 5, 1, "published"),
        (5, 4, 6, 1, "bounded"),
        (5, 4, 6, 0, "bounded"),
        (5, 0, 6, 1, "withheld"),
        (5, 0, 6, 0, "estimated"),
        (0, 0, 0, 0, "absent"),
        # A plant without anyone on the payroll in March.
        (0, 0, 0, 1, "published"),
    ],
)
def test_what_is_known(jobs: int, low: int, high: int, plants: int, known: str) -> None:
    cell = pd.DataFrame([("a", "p", jobs, low, high, plants)], columns=CELLS.columns)
    assert industry_presence(cell, NATION, year=1)["known"].tolist() == [known]
    assert known in KNOWN


def test_an_industry_without_national_jobs_is_absent_everywhere() -> None:
    nation = NATION.assign(jobs=[0, 300, 900, 50])
    out = industry_presence(CELLS[CELLS["region"] == "c"], nation, year=1)
    assert out[["industry", "jobs", "known"]].to_numpy().tolist() == [["p", 0, "absent"]]


def test_lq_stands_on_the_traded_base() -> None:
    # 60 of 120 traded jobs against 100 of 400 nationally; none, of an industry or of all.
    quotients, shares = industry_quotients(
        [60, 40, 0, 0], [120, 280, 120, 0], [100, 100, 0, 9], 400
    )
    assert quotients.tolist() == pytest.approx([2.0, (40 / 280) / 0.25, 0.0, 0.0])
    assert shares.tolist() == pytest.approx([0.6, 0.4, 0.0, 0.0])


def test_presence_refuses_jobs_that_the_nation_lacks_and_repeated_cells() -> None:
    with pytest.raises(AnalysisError, match="'p' has jobs"):
        industry_presence(CELLS, NATION.assign(jobs=[0, 300, 900, 50]), year=1)
    with pytest.raises(AnalysisError, match="twice"):
        industry_presence(pd.concat([CELLS, CELLS]), NATION, year=1)
    with pytest.raises(AnalysisError, match="establishments_low"):
        industry_presence(CELLS.drop(columns="establishments_low"), NATION, year=1)


def test_strongholds_hold_what_their_shares_add_up_to() -> None:
    measures = pd.DataFrame(
        {"strong": [True, False, True], "share_nation": [0.5, 0.25, 0.125]}, index=[7, 8, 9]
    )
    assert strongholds(measures) == (2, 3, 0.625)
    assert strongholds(measures.head(0)) == (0, 0, 0.0)
