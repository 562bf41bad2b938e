"""How a region performs."""

from __future__ import annotations

import pytest

from clusteratlas.queries.atlas.library import Atlas

ASKED: dict[str, dict[str, str | int | float]] = {"region-scorecard": {"region": "massachusetts"}}


def test_massachusetts(atlas: Atlas) -> None:
    answer = atlas.ask("region-scorecard", region="massachusetts")
    rows = {r.key: r for r in answer.rows}
    income = rows["income_per_head"]
    # The later of two years; Rhode Island has 55,000.
    assert (income.year, income.value, income.rank, income.regions) == (2018, 72_000, 1, 2)
    assert (income.median, income.national, income.ratio) == (63_500, 60_000, pytest.approx(1.2))
    assert income.says == (
        "Income a head in Massachusetts, 2018: 72,000 USD, the highest of 2 states; "
        "the nation has 60,000 USD"
    )
    people = rows["population"]
    assert (people.value, people.national, people.ratio) == (6_900_000, None, None)
    assert answer.count == 4


def test_figures_of_its_clusters(atlas: Atlas) -> None:
    rows = {r.key: r for r in atlas.ask("region-scorecard", region="rhode island").rows}
    jobs = rows["jobs"]
    assert (jobs.section, jobs.value, jobs.rank, jobs.regions) == ("clusters", 1500, 2, 2)
    # 400 of 500 traded jobs are in boats, the one strong cluster.
    assert (rows["strength"].value, rows["strength"].national) == (pytest.approx(0.8), None)
    # 100 x 120, 400 x 66 and 1,000 x 26.25 thousand USD over 1,500 jobs.
    assert rows["wage"].value == pytest.approx(64_650 / 1.5)
    # From 100, 600 and 750 jobs of 2017 in two years.
    assert rows["job_growth"].value == pytest.approx((1500 / 1450) ** 0.5 - 1, rel=1e-3)
    assert rows["entry_rate"].national is None


def test_a_region_of_which_little_is_known(atlas: Atlas) -> None:
    answer = atlas.ask("region-scorecard", region="county:25017")
    assert {r.section for r in answer.rows} == {"clusters"}
    assert answer.count == 0
