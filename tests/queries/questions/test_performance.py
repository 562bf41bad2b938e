"""How clusters of a region did, where they are on their way, and what they pay, by hand."""

from __future__ import annotations

import pytest

from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.draw.canvas import overlapping
from clusteratlas.queries.draw.pictures import picture
from clusteratlas.queries.language.question import Value
from tests.queries.test_pictures import marks

ASKED: dict[str, dict[str, Value]] = {
    "performance": {"region": "rhode island"},
    "quadrants": {"region": "rhode island"},
    "wage-gap": {"region": "boston"},
}


def test_clusters_against_the_growth_of_the_nation(atlas: Atlas) -> None:
    # Boats fell from 600 to 400 there and from 800 to 500 in the nation, drugs stayed at 100
    # while the nation's grew from 1000 to 1500.
    whole, boats, drugs = atlas.ask("performance", region="rhode island").rows
    assert [(r.jobs_then, r.jobs, r.jobs_change) for r in (whole, boats, drugs)] == [
        (700, 500, -200),
        (600, 400, -200),
        (100, 100, 0),
    ]
    assert [r.expected_change for r in (whole, boats, drugs)] == [-175, -225, 50]
    assert [r.beyond_expected for r in (whole, boats, drugs)] == [-25, 25, -50]
    assert (boats.beyond_expected_low, boats.beyond_expected_high) == (
        395 - 607 * 0.625,
        407 - 595 * 0.625,
    )
    assert [r.outcome for r in (whole, boats, drugs)] == ["behind", "ahead", "behind"]
    assert boats.yearly_growth == pytest.approx((4 / 6) ** 0.5 - 1)
    assert boats.yearly_growth_nation == pytest.approx((5 / 8) ** 0.5 - 1)
    assert boats.lq_change == pytest.approx(3.2 - 600 / 700 / (800 / 1800), abs=0.01)
    assert boats.wage_growth == pytest.approx(1.25**0.5 - 1)
    assert boats.establishments_change == 0


def test_of_a_county_growth_alone_is_known(atlas: Atlas) -> None:
    answer = atlas.ask("performance", region="county:25017")
    whole, drugs = answer.rows
    assert (whole.jobs, whole.jobs_then, whole.outcome) == (1000, None, None)
    assert (drugs.yearly_growth, drugs.jobs_change, drugs.beyond_expected) == (0.1, None, None)
    assert drugs.yearly_growth_nation == pytest.approx(0.225, abs=0.001)
    assert any("figures of 2019 alone" in note for note in answer.notes)
    later = atlas.ask("quadrants", region="county:25017")
    assert [(r.quadrant, r.yearly_growth) for r in later.rows] == [(None, 0.1)]


def test_quadrants_by_hand(atlas: Atlas) -> None:
    # LQ of boats from 1.93 to 3.2, of drugs from 0.257 to 0.267; in Massachusetts 0.41 to 0.27
    # and 1.47 to 1.24.
    rows = atlas.ask("quadrants", region="rhode island").rows
    assert [(r.name, r.quadrant) for r in rows] == [("Boats", "star"), ("Drugs", "emerging")]
    assert rows[0].lq_change == pytest.approx(3.2 - 600 / 700 / (800 / 1800), abs=0.01)
    # 95 to 107 of some 500 jobs: the quotient of drugs may have fallen.
    assert [r.could_be for r in rows] == [None, "transforming"]
    states = atlas.ask("quadrants", cluster="drugs", type="state").rows
    assert [(r.name, r.quadrant) for r in states] == [
        ("Massachusetts", "mature"),
        ("Rhode Island", "emerging"),
    ]
    boats = atlas.ask("quadrants", region="boston", cluster="boats")
    (row,) = boats.rows
    assert (row.name[:6], row.quadrant, row.could_be) == ("Boston", "transforming", "emerging")
    assert (boats.count, boats.shown) == (1, 1)


def test_bubbles_lie_in_their_quadrants(embedded: Atlas) -> None:
    for asked in ({"region": "rhode island"}, {"cluster": "drugs", "type": "state"}):
        answer = embedded.ask("quadrants", **asked)
        assert len(marks(answer, "circle", "bubble")) == len(answer.rows)
        assert overlapping(picture(answer).boxes) == 0
    upright, level = (e.attrib for e in marks(answer, "line", "one"))
    mature, emerging = (e.attrib for e in marks(answer, "circle", "bubble"))
    assert float(mature["cx"]) < float(upright["x1"]) < float(emerging["cx"])
    assert float(mature["cy"]) < float(level["y1"]) < float(emerging["cy"])


def test_a_wage_gap_by_hand(atlas: Atlas) -> None:
    # Boats of Boston are withheld: 0 to 200 jobs. Drugs pay 120,000 USD everywhere.
    answer = atlas.ask("wage-gap", region="boston")
    assert [(r.name[:6], r.wage, r.wage_gap) for r in answer.rows] == [
        ("Boston", 120_000, 0),
        ("Drugs", 120_000, 0),
    ]
    assert answer.notes[-2] == (
        "clusters with withheld wages are left out in region and nation alike: Boats"
    )
    # Rhode Island: 100 jobs in drugs, 400 in boats (66,000 USD); the nation 1500 and 500.
    whole, boats, drugs = atlas.ask("wage-gap", region="rhode island").rows
    assert whole.wage == pytest.approx((100 * 120_000 + 400 * 66_000) / 500)
    assert whole.wage_nation == pytest.approx((1500 * 120_000 + 500 * 66_000) / 2000)
    assert whole.wage_gap == pytest.approx(whole.wage - whole.wage_nation)
    assert boats.wage_mix == pytest.approx((0.8 - 0.25) * 66_000)
    assert drugs.wage_mix == pytest.approx((0.2 - 0.75) * 120_000)
    assert whole.wage_mix + whole.wage_level == pytest.approx(whole.wage_gap)
    assert boats.outcome == "even, not certain"


def test_stacks_of_changes_and_wages_have_room(embedded: Atlas) -> None:
    for question in ("performance", "wage-gap"):
        answer = embedded.ask(question, region="rhode island")
        assert len(marks(answer, "rect", "piece")) == 4
        assert overlapping(picture(answer).boxes) == 0
