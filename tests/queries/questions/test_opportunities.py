"""What a region is near to, by hand."""

from __future__ import annotations

from math import sqrt

import pytest

from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.draw.pictures import caption
from tests.queries.test_pictures import marks

ASKED: dict[str, dict[str, str | int | float]] = {"opportunities": {"region": "boston"}}


def test_what_the_first_area_is_near_to(wide: Atlas) -> None:
    answer = wide.ask("opportunities", region="ea:1")
    dyes, edges, bells = answer.rows
    # It is specialized in amber and cloth. Dyes are where bells and cloth are (proximity 1/2 each,
    # for those are in two areas): 1/2 of 2 is here. Edges share an area with amber, one with bells;
    # bells one each with cloth, dyes and edges.
    assert [r.name for r in answer.rows] == ["Dyes", "Edges", "Bells"]
    assert [r.position for r in answer.rows] == [1, 2, 3]
    assert [r.density for r in answer.rows] == pytest.approx([0.5 / 2, 0.5 / 2, 0.5 / 2.5])
    # It may not be specialized in cloth (2,000 jobs: LQ 0.97), and may be in edges (4,000: 1.15).
    assert [r.density_low for r in answer.rows] == pytest.approx([0, 0.5 / 2, 0])
    assert [r.density_high for r in answer.rows] == pytest.approx([0.5 / 2, 0.5 / 2, 1 / 2.5])
    assert [(r.position_low, r.position_high) for r in answer.rows] == [(1, 3), (1, 2), (1, 3)]
    assert [r.certain for r in answer.rows] == [True, False, True]
    assert [(r.nearest, r.proximity) for r in answer.rows] == [
        ("Cloth", 0.5),
        ("Amber", 0.5),
        ("Cloth", 0.5),
    ]
    assert [r.complexity for r in answer.rows] == pytest.approx(
        [2.430990, -1.290994, 1.062995], abs=6e-7
    )
    # 60, 80 and 90 thousand USD of 50 to 90: 100 / 5 * (index - 1/2).
    assert [r.wage for r in answer.rows] == [80_000, 90_000, 60_000]
    assert [r.attraction for r in answer.rows] == [70, 90, 30]
    assert [r.outlook for r in answer.rows] == [
        "near, attractive",
        "near, attractive",
        "far, less so",
    ]
    assert [r.could_be for r in answer.rows] == ["far", None, "near"]
    # Two years before there were half as many jobs.
    assert [r.yearly_growth for r in answer.rows] == pytest.approx([sqrt(2) - 1] * 3)
    assert dyes.yearly_growth_low == dyes.yearly_growth == dyes.yearly_growth_high
    assert dyes.source_then == "cbp-msa-2019"
    assert (dyes.jobs, dyes.lq, dyes.national_jobs) == (
        1000,
        pytest.approx(0.357955, abs=6e-7),
        11000,
    )
    assert (edges.jobs, edges.jobs_high, edges.lq, edges.lq_low) == (0, 4000, 0, 0)
    assert edges.lq_high == pytest.approx(4 / 20 / (11 / 63))
    assert (bells.jobs, bells.jobs_high, bells.lq_high) == (None, None, None)
    assert (answer.shown, answer.count) == (3, 5)


def test_what_is_said_of_it(wide: Atlas) -> None:
    answer = wide.ask("opportunities", region="ea:1")
    assert answer.notes[:6] == (
        "3 of 5 traded clusters",
        "figures of 2019; 1 of 2 is an estimate between bounds; growth is the nation's from 2017 "
        "to 2019, and wages are the nation's",
        "Area 1 is specialized (LQ >= 1) in 2 of 5 traded clusters, in 1 of them whatever withheld "
        "cells hold; it could be so in 1 of the 3 that it is not",
        "bounds of the density are those by the region's own withheld cells, all at one end at "
        "once; what is near to what, and complexity, are taken from the figures of 4 regions as "
        "they are; 2 could be far where they are near, or the reverse",
        "no establishment or job is published or likely in 1 of them here",
        # Deviations of PCI (-1.69, 0.67, 0.67, 2.04, -1.69) and wage (-20 to 20): 13.7 / 103.6.
        "complexity (question complexity) is not pay: its correlation with the national wage of "
        "the clusters is 0.13",
    )
    assert caption(answer) == "What Area 1 is near to and not specialized in"
    assert len(marks(answer, "circle", "bubble")) == 3
    # The axis begins near the least density, 0.2, and runs straight to 0.25.
    far, near = sorted({float(c.attrib["cx"]) for c in marks(answer, "circle", "bubble")})
    assert (far, near) == pytest.approx((76, 746), abs=40)


def test_of_an_earlier_year_and_by_other_attractions(wide: Atlas) -> None:
    # In 2017 the first area stood where the fourth does now: specialized in bells and edges.
    answer = wide.ask("opportunities", region="ea:1", year=2017)
    assert {r.name for r in answer.rows} == {"Amber", "Cloth", "Dyes"}
    assert all(r.certain and r.yearly_growth is None for r in answer.rows)
    assert answer.notes[1] == "figures of 2017"
    none = wide.ask("opportunities", region="ea:1", year=2017, by="growth")
    assert {(r.attraction, r.outlook) for r in none.rows} == {(None, None)}
    assert "nothing is known of growth, so none is called attractive" in none.notes
    even = wide.ask("opportunities", region="ea:1", by="growth")
    assert {r.attraction for r in even.rows} == {50}  # all grew alike
    complex_ = wide.ask("opportunities", region="ea:1", by="complexity", limit=2)
    assert [(r.name, r.attraction) for r in complex_.rows] == [("Dyes", 90), ("Edges", 20)]


def test_two_clusters_have_no_complexity(embedded: Atlas) -> None:
    answer = embedded.ask("opportunities", region="boston")
    (boats,) = answer.rows
    assert (boats.name, boats.density, boats.nearest, boats.complexity) == ("Boats", 0, None, None)
    # Boats pay 66 of 66 and 120 thousand; 200 of 1,550 jobs have an LQ of 0.52 at most.
    assert (boats.wage, boats.attraction, boats.certain) == (66_000, 25, True)
    assert (boats.jobs, boats.jobs_low, boats.jobs_high) == (50, 0, 200)
    assert any(note.startswith("no complexity: that takes three") for note in answer.notes)


def test_a_region_that_may_be_specialized_in_what_it_is_not(embedded: Atlas) -> None:
    answer = embedded.ask("opportunities", region="county:25025")
    assert [(r.name, r.certain) for r in answer.rows] == [("Boats", False)]
    other = embedded.ask("opportunities", region="ea:19")
    assert not other.rows
    assert "no region to hold against" in other.notes[1]
