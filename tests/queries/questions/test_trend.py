"""How a cluster, or a region, goes through the years."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from clusteratlas.errors import InputError
from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.draw.canvas import overlapping
from clusteratlas.queries.draw.pictures import picture
from tests.queries.test_pictures import marks

ASKED: dict[str, dict[str, str | int | float]] = {"trend": {"cluster": "drugs", "region": "boston"}}


def test_a_cluster_of_a_region_by_year(atlas: Atlas) -> None:
    answer = atlas.ask("trend", cluster="drugs", region="boston")
    assert [(r.year, r.jobs, r.jobs_low, r.jobs_high) for r in answer.rows] == [
        (2017, 850, 845, 857),
        (2018, 1000, 995, 1007),
        (2019, 1350, 1345, 1357),
    ]
    growth = [r.yearly_growth for r in answer.rows]
    assert growth == [None, pytest.approx(1000 / 850 - 1), pytest.approx(0.35)]
    last = answer.rows[-1]
    assert last.yearly_growth_low == pytest.approx(1345 / 1007 - 1)
    assert last.yearly_growth_high == pytest.approx(1357 / 995 - 1)
    # The nation has 1000, 1200 and 1500 jobs in drugs.
    assert [r.at_national_rate for r in answer.rows] == pytest.approx([850, 1020, 1275])
    assert [r.share_nation for r in answer.rows] == pytest.approx([0.85, 1000 / 1200, 0.9])
    assert [r.wage for r in answer.rows] == pytest.approx([96_000, 96_000, 120_000])
    assert last.wage_low == pytest.approx(1000 * 161_400 / 1357)
    assert last.wage_high == pytest.approx(1000 * 162_840 / 1345)
    assert (last.rank, last.strong, answer.count) == (1, True, 3)
    assert answer.rows[0].key == "tiny/algorithm:drugs@cbsa:14460 2017"
    assert answer.notes[:2] == (
        "3 of 3 years",
        "figures of 2017 to 2019; 3 of 3 are estimates between bounds",
    )


def test_a_range_that_begins_at_nothing_has_no_end(atlas: Atlas) -> None:
    boats = atlas.ask("trend", cluster="boats", region="boston").rows
    assert [(r.jobs, r.jobs_low, r.jobs_high) for r in boats] == [
        (100, 0, 150),
        (100, 0, 150),
        (50, 0, 200),
    ]
    assert [(r.yearly_growth_low, r.yearly_growth_high) for r in boats[1:]] == [(-1.0, None)] * 2
    assert [r.wage_high for r in boats] == [None] * 3


def test_a_cluster_of_the_nation_by_year(atlas: Atlas) -> None:
    answer = atlas.ask("trend", cluster="boats")
    assert [(r.name, r.jobs) for r in answer.rows] == [
        ("Boats in the nation", 800),
        ("Boats in the nation", 800),
        ("Boats in the nation", 500),
    ]
    assert [r.at_national_rate for r in answer.rows] == [None] * 3  # it is the nation
    named = atlas.ask("trend", cluster="boats", region="united states")
    assert [r.jobs for r in named.rows] == [800, 800, 500]


def test_a_region_by_year(atlas: Atlas) -> None:
    answer = atlas.ask("trend", region="rhode island")
    assert [(r.name, r.year, r.jobs) for r in answer.rows] == [
        ("all jobs", 2017, 1450),
        ("all jobs", 2018, 1450),
        ("all jobs", 2019, 1500),
        ("traded", 2017, 700),
        ("traded", 2018, 700),
        ("traded", 2019, 500),
        ("local", 2017, 750),
        ("local", 2018, 750),
        ("local", 2019, 1000),
    ]
    last = answer.rows[2]
    assert last.at_national_rate == pytest.approx(1450 * 6000 / 4800)
    assert last.share_nation == pytest.approx(0.25)
    assert (answer.shown, answer.count) == (3, 3)
    assert answer.notes[2].startswith("all jobs are more than traded and local ones")


def test_of_a_county_one_year_is_known_and_its_growth(atlas: Atlas) -> None:
    answer = atlas.ask("trend", cluster="drugs", region="county:25017")
    (row,) = answer.rows
    assert (row.year, row.yearly_growth, row.at_national_rate) == (2019, 0.1, None)
    assert answer.notes[2] == (
        "of Middlesex County, MA there are figures of 2019 alone: what it had before is not "
        "known, but for the growth of its clusters since the first year of the edition"
    )


def test_a_cluster_that_is_not_there(atlas: Atlas) -> None:
    answer = atlas.ask("trend", cluster="boats", region="county:25017")
    assert (answer.rows, answer.count) == ([], 1)
    assert answer.notes[1] == "there are no figures of Boats in Middlesex County, MA"


def test_a_cluster_or_a_region_has_to_be_named(embedded: Atlas) -> None:
    with pytest.raises(InputError, match="question trend needs cluster or region"):
        embedded.ask("trend")


def test_lines_go_through_their_points(embedded: Atlas) -> None:
    answer = embedded.ask("trend", cluster="drugs", region="boston")
    dots = [e for e in marks(answer, "circle", "f0") if e.find("title") is not None]
    assert len(dots) == 3
    right = [float(e.attrib["cx"]) for e in dots]
    assert right[1] - right[0] == pytest.approx(right[2] - right[1])
    high = [float(e.attrib["cy"]) for e in dots]
    assert (high[0] - high[2]) / (high[0] - high[1]) == pytest.approx(500 / 150, rel=1e-3)
    pieces = marks(answer, "line", "trend")
    assert [float(e.attrib["y2"]) for e in pieces] == high[1:]
    assert len(marks(answer, "line", "reach")) == 3
    assert len(marks(answer, "line", "against")) == 3  # one in the key
    (band,) = marks(answer, "path", "spread")
    assert band.attrib["d"].count("L") == 5


def test_names_of_lines_lie_apart(embedded: Atlas) -> None:
    for region in ("boston", "rhode island", "county:25017"):
        drawn = picture(embedded.ask("trend", region=region))
        assert overlapping(drawn.boxes) == 0
        ElementTree.fromstring(drawn.markup())  # noqa: S314 (our own)
