"""Regions that meet several criteria, by hand on the tiny atlas."""

from __future__ import annotations

from typing import Any

import pytest

from clusteratlas.errors import InputError
from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.language.answer import Answer
from clusteratlas.queries.language.question import Value

ASKED: dict[str, dict[str, Value]] = {"sites": {"cluster": "drugs", "least_lq": 1.0}}

BOSTON, PROVIDENCE = "cbsa:14460", "cbsa:39300"


def by_key(answer: Answer) -> dict[str, Any]:
    return {r.key: r for r in answer.rows}


def test_jobs_quotient_and_universities(atlas: Atlas) -> None:
    answer = atlas.ask(
        "sites", cluster="drugs", least_jobs=1000, least_lq=1.2, least_universities=2
    )
    boston, providence = answer.rows
    assert (boston.key, boston.met, boston.met_high) == (BOSTON, 3, 3)
    assert (boston.jobs_met, boston.lq_met, boston.universities_met) == ("met",) * 3
    assert (providence.met, providence.universities, providence.universities_met) == (
        0,
        1,
        "not met",
    )
    assert answer.count == 2
    assert (
        "criteria: at least 1,000 jobs; LQ of at least 1.2; at least 2 universities and colleges"
    ) in answer.notes
    assert any(n.startswith("1 region meets them all, 0 more could") for n in answer.notes)


def test_withheld_cells_leave_a_criterion_open(atlas: Atlas) -> None:
    # Boston has 50 jobs in boats, 0 to 200; Providence 400, 395 to 407.
    found = by_key(atlas.ask("sites", cluster="boats", least_jobs=100))
    assert (found[BOSTON].jobs_met, found[PROVIDENCE].jobs_met) == ("not known", "met")
    assert by_key(atlas.ask("sites", cluster="boats", least_jobs=201))[BOSTON].jobs_met == "not met"
    # A job in boats pays 66,000 USD; without a job at the least, nothing bounds it above.
    paid = by_key(atlas.ask("sites", cluster="boats", most_wage=70_000))
    assert paid[BOSTON].wage_met == "not known"


def test_suppliers_of_a_cluster_and_those_that_are_named(atlas: Atlas) -> None:
    # Ship building sells to drugs: it is absent from Boston and published in Providence.
    found = by_key(atlas.ask("sites", cluster="drugs", least_suppliers=1))
    assert (found[BOSTON].suppliers, found[BOSTON].suppliers_high) == (0, 0)
    assert found[BOSTON].suppliers_met == "not met"
    assert found[PROVIDENCE].suppliers_met == "met"
    assert found[BOSTON].falls_short == "not met: suppliers"
    assert found[PROVIDENCE].falls_short is None
    named = by_key(atlas.ask("sites", cluster="drugs", supplier=["336611", "336612"]))
    assert named[BOSTON].named_suppliers_met == "Ship Building: not met; Boat Building: met"
    assert (named[PROVIDENCE].met, named[BOSTON].met) == (3, 2)


def test_a_local_supplier_is_everywhere(atlas: Atlas) -> None:
    answer = atlas.ask("sites", cluster="drugs", supplier="445110")
    assert {r.named_suppliers_met for r in answer.rows} == {"Supermarkets: met"}
    assert any("is local: it is everywhere" in n for n in answer.notes)


def test_an_industry(atlas: Atlas) -> None:
    found = by_key(atlas.ask("sites", industry="336612", least_jobs=60))
    # Boston has 50 jobs in it, 0 to 80 of 1,400 traded ones; Providence 40.
    assert (found[BOSTON].jobs, found[BOSTON].jobs_met) == (50, "not known")
    assert found[BOSTON].lq_high == pytest.approx(found[BOSTON].lq * (80 / 1430) / (50 / 1400))
    assert (found[PROVIDENCE].jobs, found[PROVIDENCE].jobs_met) == (40, "not met")


def test_without_a_register_of_universities_fewer_are_not_known(atlas: Atlas) -> None:
    counties = by_key(atlas.ask("sites", cluster="drugs", least_universities=1, type="county"))
    assert {r.universities_met for r in counties.values()} == {"met"}
    assert by_key(atlas.ask("sites", cluster="drugs", state="RI")).keys() == {PROVIDENCE}


def test_a_cluster_or_an_industry_is_needed(embedded: Atlas) -> None:
    with pytest.raises(InputError, match="sites needs cluster or industry"):
        embedded.ask("sites", least_jobs=5)


def test_occupations_that_are_common_not_or_not_published(atlas: Atlas) -> None:
    # Biologists are 1.4 times as common in Boston as in the nation; Providence has no row of them.
    answer = atlas.ask("sites", cluster="drugs", occupation="biological scientists")
    found = by_key(answer)
    assert found[BOSTON].occupations_met == "Biological Scientists: met"
    assert found[PROVIDENCE].occupations_met == "Biological Scientists: not known"
    assert found[PROVIDENCE].falls_short == "not known: Biological Scientists"
    assert (found[BOSTON].met, found[PROVIDENCE].met, found[PROVIDENCE].met_high) == (2, 1, 2)
    assert "Biological Scientists as common as in the nation" in answer.notes[1]
    counties = atlas.ask("sites", cluster="drugs", occupation="19-1020", type="county")
    assert {r.occupations_met for r in counties.rows} == {"Biological Scientists: not known"}
    assert "occupations are surveyed in states and metropolitan areas alone" in counties.notes
