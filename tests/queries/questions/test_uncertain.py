"""Which figures and strong clusters hang on cells that are not published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from clusteratlas.errors import InputError
from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.draw.pictures import caption
from tests.queries.test_pictures import marks

ASKED: dict[str, dict[str, str | int | float]] = {"uncertain": {"region": "county:25025"}}


def told(rows: Sequence[Any]) -> list[tuple[Any, ...]]:
    return [(r.name, r.jobs, r.jobs_low, r.jobs_high, r.certainty, r.change) for r in rows]


def test_what_of_a_region_hangs_on_withheld_cells(atlas: Atlas) -> None:
    answer = atlas.ask("uncertain", region="county:25025")
    assert told(answer.rows) == [  # those whose flag depends first, then the widest
        ("Boats", 50, 0, 200, "depends", "could be strong"),
        ("Drugs", 350, 100, 400, "likely", "may not be strong"),
        ("Local Retail Trade", 1000, 995, 1007, "certain", None),
    ]
    boats = answer.rows[0]
    assert (boats.uncertainty, boats.lq, boats.lq_low) == (1.0, 0.5, 0.0)
    assert boats.lq_high == pytest.approx(200 / 550 / 0.25)
    assert (boats.cluster, boats.region) == ("tiny/algorithm:boats", "county:25025")
    assert answer.notes[:3] == (
        "3 of 3 figures of a cluster in a region",
        "figures of 2019; 3 of 3 are estimates between bounds: 1,400 jobs together, with bounds "
        "that add up to 1,095 and 1,607",
        "of 1 strong ones 1 may not be strong; 1 more could be",
    )
    first = atlas.ask("uncertain", region="county:25025", limit=1)
    assert (first.rows, first.count) == (answer.rows[:1], 3)
    assert caption(answer) == "What hangs on withheld cells: Suffolk County, MA"


def test_where_a_cluster_hangs_on_withheld_cells(atlas: Atlas) -> None:
    answer = atlas.ask("uncertain", cluster="drugs", type="county")
    # Suffolk has 100 to 400 jobs, Providence 95 to 107: either can be second.
    assert told(answer.rows) == [
        (
            "Suffolk County, MA",
            350,
            100,
            400,
            "likely",
            "may not be strong, rank between 2 and 3",
        ),
        ("Middlesex County, MA", 1000, 995, 1007, "certain", None),
        ("Providence County, RI", 100, 95, 107, "certain", "rank between 2 and 3"),
    ]
    assert answer.notes[2] == "of 2 strong ones 1 may not be strong; 0 more could be"
    areas = atlas.ask("uncertain", cluster="boats")
    assert [r.region for r in areas.rows] == ["cbsa:14460", "cbsa:39300"]
    assert areas.notes[2] == "which of them are strong is certain: 1 of 2"


def test_industries_behind_a_cluster_in_a_region(atlas: Atlas) -> None:
    answer = atlas.ask("uncertain", region="boston", cluster="boats")
    figure, boats = answer.rows
    assert (figure.section, figure.key) == ("figure", "tiny/algorithm:boats@cbsa:14460")
    assert told([figure])[0][1:] == (50, 0, 200, "certain", None)
    assert (boats.section, boats.name, boats.known) == ("industry", "Boat Building", "withheld")
    assert (boats.jobs, boats.jobs_low, boats.jobs_high) == (50, 0, 80)  # ships are absent there
    assert answer.count == 1
    assert answer.notes[2] == (
        "industries that are published or known to be absent: 1 of 2; those of which nothing is "
        "known there: 0"
    )
    ships = atlas.ask("uncertain", region="county:25025", cluster="boats")
    assert ships.notes[2].endswith("those of which nothing is known there: 1")
    local = atlas.ask("uncertain", region="boston", cluster="local retail")
    assert local.notes[2] == "industries of local clusters are not listed by region"


def test_a_region_without_the_cluster(atlas: Atlas) -> None:
    answer = atlas.ask("uncertain", region="county:25017", cluster="boats")
    assert (answer.rows, answer.count) == ([], 0)
    assert answer.notes[1] == "there are no such figures: no establishment or job is likely there"


def test_a_region_or_a_cluster_has_to_be_named(embedded: Atlas) -> None:
    with pytest.raises(InputError, match="question uncertain needs region or cluster"):
        embedded.ask("uncertain")
    with pytest.raises(InputError, match="needs region or cluster"):
        embedded.ask("uncertain", region="")


def test_a_bar_has_a_whisker_from_bound_to_bound(embedded: Atlas) -> None:
    answer = embedded.ask("uncertain", region="county:25025")
    bars, lines = marks(answer, "rect", "length"), marks(answer, "line", "whisker")
    assert len(lines) == 3 * len(bars) == 3 * len(answer.rows)
    long = [float(e.attrib["width"]) / r.jobs for e, r in zip(bars, answer.rows, strict=True)]
    assert long == pytest.approx([long[0]] * 3, rel=0.01)  # in the order of the answer
    for line, row in zip(lines[::3], answer.rows, strict=True):
        wide = float(line.attrib["x2"]) - float(line.attrib["x1"])
        assert wide == pytest.approx(long[0] * (row.jobs_high - row.jobs_low), abs=0.1)
