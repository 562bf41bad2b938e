"""Which clusters are strong by which rule, by hand on the tiny atlas."""

from __future__ import annotations

import dataclasses

from clusteratlas.analysis.regions.compared.rules import RULES
from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.language.question import Value
from clusteratlas.queries.questions.comparison.strengths import StrengthRow

ASKED: dict[str, dict[str, Value]] = {"strengths": {"region": "boston"}}


def test_a_column_for_each_rule() -> None:
    columns = [f.name for f in dataclasses.fields(StrengthRow)]
    assert [n for n in columns if n in {r.name for r in RULES}] == [r.name for r in RULES]


def test_rules_in_boston(atlas: Atlas) -> None:
    answer = atlas.ask("strengths", region="boston")
    drugs, *_ = (r for r in answer.rows if r.section == "cluster")
    # LQ 1.29 (Boston) and 0.27 (Providence), jobs 1,350 and 100: Boston is above each percentile.
    assert (drugs.name, drugs.site, drugs.site_10, drugs.papers_20) == ("Drugs", *["yes"] * 3)
    assert (drugs.statsamerica, drugs.star_specialization) == ("yes", "no")
    assert drugs.star_size == "yes"
    # Its share of all jobs, 0.346, is the largest of the four in the two areas.
    assert drugs.star_focus == "yes"
    assert (drugs.rules, drugs.rules_low, drugs.rules_high) == (9, 9, 9)
    rules = {r.key: r for r in answer.rows if r.section == "rule"}
    assert list(rules) == [r.name for r in RULES]
    assert (rules["site"].clusters, rules["star_specialization"].clusters) == (1, 0)
    assert rules["statsamerica"].formula == "lq >= 1.2"


def test_withheld_cells_leave_a_verdict_open(atlas: Atlas) -> None:
    answer = atlas.ask("strengths", region="county:25025")
    found = {r.name: r for r in answer.rows if r.section == "cluster"}
    # Suffolk has 50 jobs in boats, 0 to 200: 200 of 550 are an LQ of 1.45, 125 of 475 of 1.05.
    boats = found["Boats"]
    assert boats.statsamerica == "no, likely"
    assert boats.rules_low <= boats.rules <= boats.rules_high
    assert found["Drugs"].site == "yes, likely"
