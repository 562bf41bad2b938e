"""What clusters pay, by hand."""

from __future__ import annotations

import pytest

from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.draw.canvas import overlapping
from clusteratlas.queries.draw.pictures import picture
from clusteratlas.queries.language.question import Value
from clusteratlas.queries.questions.shared.wages import is_paid, wage_array, wage_figures
from tests.queries.test_pictures import marks

ASKED: dict[str, dict[str, Value]] = {"wages": {"region": "rhode island"}}


def test_a_region_and_its_clusters(atlas: Atlas) -> None:
    answer = atlas.ask("wages", region="boston")
    whole, traded, local, drugs, boats = answer.rows
    # 1,350 jobs at 120,000 USD, 50 at 66,000 and 2,500 at 26,250; Providence has 43,100.
    assert whole.wage == pytest.approx(230_925_000 / 3900)
    assert (whole.wage_nation, whole.rank, whole.ranked) == (53_000, 1, 2)
    assert whole.over_nation == pytest.approx(whole.ratio)
    assert whole.over_region == 1
    assert traded.wage == pytest.approx(165_300_000 / 1400)
    assert (traded.jobs, traded.jobs_low, traded.jobs_high) == (1400, 1345, 1557)
    assert (traded.wage_low, traded.wage_high) == (
        pytest.approx(161_400_000 / 1557),
        pytest.approx((162_840 + 13_200) * 1000 / 1345),
    )
    # In 2017: 850 jobs at 96,000 USD and 100 at 52,800.
    assert traded.yearly_growth == pytest.approx((traded.wage / (86_880_000 / 950)) ** 0.5 - 1)
    assert traded.wage_nation == pytest.approx(106_500)
    assert (local.wage, local.ratio) == (26_250, 1)
    assert (drugs.wage, drugs.ratio, drugs.outcome) == (120_000, 1, "even, not certain")
    assert drugs.wage_low == pytest.approx(120_000 * 1345 / 1357)
    assert drugs.ratio_high == pytest.approx((1357 / 1345) / (1495 / 1507))
    assert drugs.over_region == pytest.approx(120_000 / whole.wage)
    assert drugs.yearly_growth == pytest.approx(1.25**0.5 - 1)
    assert drugs.yearly_growth_nation == pytest.approx(1.25**0.5 - 1)
    # Both metropolitan areas pay the same.
    assert (drugs.rank, drugs.rank_low, drugs.rank_high, drugs.ranked) == (1, 1, 2, 2)
    # 0 to 200 jobs: no wage is published.
    assert (boats.wage, boats.wage_low, boats.outcome, boats.rank) == (None, None, None, None)
    assert "traded clusters pay 118,071 USD there, local ones 26,250: 4.50 times as much" in (
        answer.notes
    )
    assert any(note.startswith("of 1 of 2 nothing of the payroll") for note in answer.notes)
    assert answer.of_how_many == "2 of 2 figures of a cluster in a region"


def test_years_kinds_and_orders(atlas: Atlas) -> None:
    earlier = {r.key: r for r in atlas.ask("wages", region="rhode island", year=2018).rows}
    assert earlier["tiny/algorithm:boats"].wage == pytest.approx(52_800)
    assert earlier["tiny/algorithm:boats"].yearly_growth == pytest.approx(0)
    every = atlas.ask("wages", region="rhode island", kind="all", by="jobs")
    assert [r.name for r in every.rows if r.section == "cluster"] == [
        "Local Retail Trade",
        "Boats",
        "Drugs",
    ]
    boats = every.rows[-2]
    # 395 to 407 jobs, like those of the nation with 495 to 507.
    assert (boats.rank, boats.ranked) == (1, 2)
    assert boats.over_region == pytest.approx(66_000 / 43_100)
    most = atlas.ask("wages", region="rhode island", limit=1)
    assert [r.name for r in most.rows if r.section == "cluster"] == ["Drugs"]
    assert (most.shown, most.count) == (1, 2)


def test_a_cluster_by_region(atlas: Atlas) -> None:
    answer = atlas.ask("wages", cluster="boats", type="state")
    nation, massachusetts, rhode_island = sorted(answer.rows, key=lambda r: r.name)
    assert (nation.section, nation.name, nation.wage) == ("whole", "Boats in the nation", 66_000)
    assert (massachusetts.name, rhode_island.name) == ("Massachusetts", "Rhode Island")
    # 50 to 200 jobs and 3.3 to 13.2 million USD.
    assert (massachusetts.wage_low, massachusetts.wage_high) == (16_500, 264_000)
    assert massachusetts.outcome == "even, not certain"
    assert [(r.rank_low, r.rank_high) for r in (massachusetts, rhode_island)] == [(1, 2), (1, 2)]
    assert rhode_island.over_region == pytest.approx(66_000 / 43_100)
    large = atlas.ask("wages", cluster="boats", type="state", least_jobs=300)
    assert [r.name for r in large.rows] == ["Boats in the nation", "Rhode Island"]
    one = atlas.ask("wages", cluster="boats", region="rhode island")
    assert [r.section for r in one.rows] == ["whole", "cluster"]
    assert (one.rows[1].ranked, one.shown, one.count) == (2, 1, 1)
    none = atlas.ask("wages", cluster="boats", type="state", least_jobs=9000)
    assert not none.rows
    assert "there are no such figures" in none.notes


def test_the_nation_against_its_average(atlas: Atlas) -> None:
    answer = atlas.ask("wages", region="united states", kind="all")
    rows = {r.name: r for r in answer.rows}
    drugs, retail = rows["Drugs"], rows["Local Retail Trade"]
    assert (drugs.ratio, drugs.rank, drugs.wage_nation) == (None, None, None)
    assert drugs.over_nation == pytest.approx(120_000 / 53_000)
    assert (drugs.outcome, retail.outcome) == ("more", "less")
    (one,) = atlas.ask("wages", cluster="drugs", region="us").rows
    assert (one.wage, one.section) == (120_000, "cluster")


def test_of_a_county_no_growth_is_known(atlas: Atlas) -> None:
    answer = atlas.ask("wages", region="county:44007")
    assert {r.yearly_growth for r in answer.rows} == {None}
    assert any("figures of 2019 alone: no growth is known" in note for note in answer.notes)


def test_dots_stand_beside_strokes_of_the_nation(embedded: Atlas) -> None:
    answer = embedded.ask("wages", region="rhode island")
    dots, strokes = marks(answer, "circle", "bubble"), marks(answer, "line", "total")
    assert len(dots) == len(strokes) == 2
    # Both pay just what the nation does.
    assert [d.attrib["cx"] for d in dots] == [s.attrib["x1"] for s in strokes]
    assert overlapping(picture(answer).boxes) == 0


def test_an_arrow_points_to_a_bound_that_is_far_away(embedded: Atlas) -> None:
    # Boats of Massachusetts may pay 264,000 USD a job; all pay 66,000 as far as is known.
    answer = embedded.ask("wages", cluster="boats", type="state")
    lines = marks(answer, "line", "whisker")
    assert len(lines) == 4  # two ranges, and the two halves of an arrowhead
    right = max(float(line.attrib["x2"]) for line in lines)
    assert sum(float(line.attrib["x1"]) == right for line in lines) == 2
    assert overlapping(picture(answer).boxes) == 0


class _Cell:
    """Jobs and payroll that are known but for one."""

    jobs: int | None = 10
    jobs_low: int | None = 8
    jobs_high: int | None = 16
    payroll: int | None = 500
    payroll_low: int | None = 400
    payroll_high: int | None = 640

    def __init__(self, **other: int | None) -> None:
        for name, value in other.items():
            setattr(self, name, value)


def test_a_wage_of_one_and_of_many() -> None:
    cells = [_Cell(), _Cell(payroll=None, payroll_low=None, payroll_high=None)]
    assert wage_figures(cells[0]) == {"wage": 50_000, "wage_low": 25_000, "wage_high": 80_000}
    assert set(wage_figures(cells[1]).values()) == {None}
    assert wage_array(cells)[0].tolist() == [50_000, 25_000, 80_000]
    assert wage_array([]).shape == (0, 3)


@pytest.mark.parametrize("name", ["jobs", "jobs_low", "payroll", "payroll_low"])
def test_nothing_is_paid_where_nothing_is_published(name: str) -> None:
    assert is_paid(_Cell())
    assert not is_paid(_Cell(**{name: 0}))
