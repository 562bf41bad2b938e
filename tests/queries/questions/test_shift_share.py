"""How much of a region's change is the nation's, its mix of clusters, and its own doing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from clusteratlas.errors import InputError
from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.draw.canvas import overlapping
from clusteratlas.queries.draw.pictures import picture
from tests.queries.test_pictures import marks

ASKED: dict[str, dict[str, str | int | float]] = {"shift-share": {"region": "rhode island"}}


def parts(rows: Sequence[Any]) -> dict[str, list[Any]]:
    return {
        r.name: [
            r.jobs_change,
            *(v and round(v, 2) for v in (r.national_part, r.mix, r.competitive)),
        ]
        for r in rows
    }


def test_classical_parts_by_hand(atlas: Atlas) -> None:
    # From 2017 to 2019 the nation grew from 4800 to 6000 jobs: +25 %; drugs from 1000 to 1500:
    # +50 %, boats from 800 to 500: -37.5 %, retail from 3000 to 4000: +33.3 %.
    answer = atlas.ask("shift-share", region="rhode island")
    assert parts(answer.rows) == {
        "Rhode Island": [50, 362.5, -287.5, -25.0],
        "Boats": [-200, 150.0, -375.0, 25.0],
        "Local Retail Trade": [250, 187.5, 62.5, 0.0],
        "Drugs": [0, 25.0, 25.0, -50.0],
    }
    whole, boats, retail, drugs = answer.rows
    # 400 jobs lie between 395 and 407, 600 between 595 and 607: less 0.625 times those.
    assert boats.competitive_low == pytest.approx(395 - 0.625 * 607)
    assert boats.competitive_high == pytest.approx(407 - 0.625 * 595)
    assert [r.outcome for r in (boats, retail, drugs)] == ["ahead", "even, not certain", "behind"]
    assert whole.outcome == "behind, not certain"
    assert whole.competitive_low == pytest.approx(
        sum(r.competitive_low for r in answer.rows if r.section == "cluster")
    )
    assert (answer.shown, answer.count) == (3, 3)
    assert answer.notes[1:4] == (
        "change from 2017 to 2019; 3 of 3 are estimates between bounds",
        "of +50 jobs +362 are at the growth of the nation's traded and local clusters (+11.8% a "
        "year), -288 by the mix of clusters, -25 are the region's own",
        "whether the region is ahead is not certain in 1 of 3 clusters: withheld cells allow both",
    )


def test_the_dynamic_base_is_renewed_each_year(atlas: Atlas) -> None:
    # Nation: 4800, 5000 (+4.17 %), 6000 (+20 %); drugs: +20 %, +25 %.
    answer = atlas.ask("shift-share", region="rhode island", method="dynamic")
    drugs = answer.rows[-1]
    assert drugs.national_part == pytest.approx(100 * 200 / 4800 + 100 * 0.2)
    assert drugs.mix == pytest.approx(100 * (0.2 - 200 / 4800) + 100 * (0.25 - 0.2))
    assert drugs.competitive == pytest.approx(100 * -0.2 + 100 * -0.25)
    # 2018: 120 jobs of 2017's ... each of the three years lies between jobs - 5 and jobs + 7.
    assert drugs.competitive_low == pytest.approx(95 - 0.25 * 107 - 1.2 * 107)
    assert answer.notes[-2] == "the base is renewed in 2018"
    since = atlas.ask("shift-share", region="rhode island", method="dynamic", since=2018)
    assert since.notes[-2].startswith("there are no figures of a year between")
    assert since.rows[-1].competitive == pytest.approx(-25)


def test_esteban_marquillas_by_hand(atlas: Atlas) -> None:
    # With the nation's mix Rhode Island's 1450 jobs would be 1000/4800 in drugs, 800/4800 in boats.
    answer = atlas.ask("shift-share", region="rhode island", method="esteban-marquillas")
    found = {r.name: r for r in answer.rows}
    drugs, boats = found["Drugs"], found["Boats"]
    assert drugs.competitive == pytest.approx(1450 * 1000 / 4800 * -0.5)
    assert drugs.allocation == pytest.approx((100 - 1450 * 1000 / 4800) * -0.5)
    rate = 400 / 600 - 500 / 800
    assert boats.competitive == pytest.approx(1450 * 800 / 4800 * rate)
    assert boats.allocation == pytest.approx((600 - 1450 * 800 / 4800) * rate)
    assert [r.outcome for r in (drugs, boats)] == ["behind", "ahead"]


@pytest.mark.parametrize("method", ["classical", "dynamic", "esteban-marquillas"])
@pytest.mark.parametrize("region", ["rhode island", "massachusetts", "boston"])
def test_parts_add_up_to_the_change(method: str, region: str, embedded: Atlas) -> None:
    answer = embedded.ask("shift-share", region=region, method=method)
    assert len(answer.rows) == 4
    for r in answer.rows:
        own = r.competitive + (r.allocation or 0.0)
        assert r.national_part + r.mix + own == pytest.approx(r.jobs_change, abs=1e-9)
        assert r.jobs_change == r.jobs - r.jobs_then
    whole, *clusters = answer.rows
    for name in ("jobs_change", "national_part", "mix", "competitive"):
        assert getattr(whole, name) == pytest.approx(sum(getattr(r, name) for r in clusters))


def test_a_sign_that_withheld_cells_could_flip_says_so(atlas: Atlas) -> None:
    answer = atlas.ask("shift-share", region="boston", kind="traded")
    boats = next(r for r in answer.rows if r.name == "Boats")
    assert (boats.jobs_then, boats.jobs, boats.outcome) == (100, 50, "behind, not certain")
    assert boats.competitive == pytest.approx(50 - 100 * 500 / 800)
    assert (boats.competitive_low, boats.competitive_high) == (-93.75, 200)
    assert answer.count == 2


def test_of_a_county_only_growth_is_known(atlas: Atlas) -> None:
    answer = atlas.ask("shift-share", region="county:25017")
    assert [(r.name, r.jobs, r.jobs_change, r.yearly_growth) for r in answer.rows] == [
        ("Local Retail Trade", 1500, None, 0.1),
        ("Drugs", 1000, None, 0.1),
    ]
    assert answer.rows[1].yearly_growth_nation == pytest.approx(1.5**0.5 - 1, rel=1e-2)
    assert answer.notes[1].startswith("of Middlesex County, MA there are figures of 2019 alone")


@pytest.mark.parametrize(
    ("arguments", "said", "hint"),
    [
        ({"region": "boston", "since": 2019}, "no cbsa figures of 2019 to hold 2019", "2017, 2018"),
        ({"region": "boston", "since": 2001}, "no cbsa figures of 2001", "2017, 2018"),
        (
            {"region": "county:25017", "since": 2017},
            "no county figures of 2017",
            "2019 is the first",
        ),
    ],
)
def test_years_without_figures(
    arguments: dict[str, Any], said: str, hint: str, embedded: Atlas
) -> None:
    with pytest.raises(InputError, match=said) as caught:
        embedded.ask("shift-share", **arguments)
    assert hint in str(caught.value.hint)


def test_stacked_parts_are_as_long_as_they_are(embedded: Atlas) -> None:
    answer = embedded.ask("shift-share", region="rhode island")
    pieces = marks(answer, "rect", "piece")
    wide = [float(e.attrib["width"]) for e in pieces]
    assert len(wide) == 9  # three parts of three clusters
    one = wide[0] / 150  # pixels a job: boats come first
    assert wide[:3] == pytest.approx([150 * one, 375 * one, 25 * one], abs=0.05)
    totals = marks(answer, "line", "total")[1:]  # the first is in the key
    (zero,) = marks(answer, "line", "zero")
    right = [float(e.attrib["x1"]) - float(zero.attrib["x1"]) for e in totals]
    assert right == pytest.approx([-200 * one, 250 * one, 0], abs=0.05)
    assert overlapping(picture(answer).boxes) == 0
