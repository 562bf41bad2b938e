"""Whether a region has the occupations of a cluster."""

from __future__ import annotations

import pytest

from clusteratlas.queries.atlas.library import Atlas

ASKED: dict[str, dict[str, str | int | float]] = {
    "talent": {"cluster": "drugs", "region": "boston"}
}


def test_biologists_in_boston(atlas: Atlas) -> None:
    answer = atlas.ask("talent", cluster="drugs", region="boston")
    (row,) = answer.rows
    assert (row.name, row.need, row.jobs, row.median_wage) == (
        "Biological Scientists",
        0.4,
        700,
        99_000,
    )
    # 700 of 50,000 jobs against 1,000 of 100,000.
    assert row.share_region == pytest.approx(0.014)
    assert row.lq == pytest.approx(1.4)
    assert (row.national_wage, row.wage_ratio) == (90_000, pytest.approx(1.1))
    assert row.plenty == "common"
    assert answer.remarks[0].startswith("40% of the cluster's jobs are in occupations")
    assert "98.0% of the residents" in answer.remarks[-1]


def test_an_occupation_whose_jobs_are_withheld_is_not_absent(atlas: Atlas) -> None:
    answer = atlas.ask("talent", cluster="boats", region="boston")
    (row,) = answer.rows
    assert (row.jobs, row.lq, row.plenty) == (None, None, "not published")
    assert row.wage_ratio == pytest.approx(50 / 45)
    assert "1 of 1 are not published there, which is not zero" in answer.remarks
    there = atlas.ask("talent", cluster="boats", region="rhode island").rows[0]
    assert (there.jobs, there.lq) == (200, pytest.approx(4.0))


def test_a_region_that_the_survey_does_not_have(atlas: Atlas) -> None:
    answer = atlas.ask("talent", cluster="drugs", region="providence")
    assert answer.rows[0].jobs is None
    assert "no figures of Providence" in answer.remarks[0]
