"""Where regions stand in a cluster, by hand on the tiny atlas."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clusteratlas.editions.store.edition import write_edition
from clusteratlas.errors import InputError
from clusteratlas.graph import open_store
from clusteratlas.graph.load import load_edition
from clusteratlas.queries.atlas.library import Atlas, open_atlas
from clusteratlas.queries.draw.canvas import overlapping
from clusteratlas.queries.draw.pictures import picture
from clusteratlas.queries.language.question import Value
from tests.tiny import BOATS, tiny_tables, with_earlier

ASKED: dict[str, dict[str, Value]] = {"rank": {"cluster": ["drugs"]}}


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Atlas]:
    """The tiny atlas with 2018, when Massachusetts built more boats than Rhode Island."""
    tables = with_earlier(tiny_tables())
    measures = tables["measures"]
    then = (measures["year"] == 2018) & (measures["cluster"] == BOATS)
    swapped = {"state:25": (320, 300, 340), "state:44": (80, 70, 90)}
    for region, jobs in swapped.items():
        at = then & (measures["region"] == region)
        measures.loc[at, ["jobs", "jobs_low", "jobs_high"]] = jobs
    folder = tmp_path_factory.mktemp("years") / "tiny"
    edition = write_edition(folder, "tiny", tables, {"parameters": {}, "seeds": {}})
    with open_store(":memory:") as store:
        load_edition(edition, store)
        yield open_atlas(store)


def test_metropolitan_areas_by_jobs(atlas: Atlas) -> None:
    answer = atlas.ask("rank", cluster="drugs")
    assert [(r.name[:6], r.rank, r.rank_low, r.rank_high, r.ranked) for r in answer.rows] == [
        ("Boston", 1, 1, 1, 2),
        ("Provid", 2, 2, 2, 2),
    ]
    assert answer.rows[0].share_nation == pytest.approx(1350 / 1500)
    assert answer.rows[0].share_nation_low == pytest.approx(1345 / 1500)
    assert answer.rows[0].rank_then == 1
    assert answer.count == 2


def test_withheld_cells_leave_ranks_open(atlas: Atlas) -> None:
    # Suffolk has 350 jobs (100 to 400), Providence 100 (95 to 107); Middlesex 1,000.
    answer = atlas.ask("rank", cluster="drugs", type="county")
    assert [(r.key, r.rank, r.rank_low, r.rank_high) for r in answer.rows] == [
        ("county:25017", 1, 1, 1),
        ("county:25025", 2, 2, 3),
        ("county:44007", 3, 2, 3),
    ]
    assert answer.rows[0].rank_then is None
    assert "no year before 2019 is known of such regions" in answer.notes
    assert "2 of 3 ranks could be others, since cells are withheld" in answer.notes
    # Wages are the same everywhere, and their bounds meet.
    wages = atlas.ask("rank", cluster="drugs", by="wage", type="state").rows
    assert {(r.rank, r.rank_low, r.rank_high) for r in wages} == {(1, 1, 2)}


def test_one_region_in_several_clusters(atlas: Atlas) -> None:
    answer = atlas.ask("rank", cluster=["drugs", "boats"], region=["boston"], by="lq")
    assert [(r.cluster, r.rank) for r in answer.rows] == [("Drugs", 1), ("Boats", 2)]
    assert answer.rows[0].name == "Drugs"
    both = atlas.ask("rank", cluster=["drugs", "boats"], region=["boston", "providence"], by="lq")
    assert both.rows[0].name == "Drugs, Boston-Cambridge-Newton, MA-NH"
    every = atlas.ask("rank", region="boston", by="lq")
    assert every.rows == answer.rows


def test_then_and_now(years: Atlas) -> None:
    boats = years.ask("rank", cluster="boats", type="state")
    assert [(r.key, r.rank, r.rank_then, r.course) for r in boats.rows] == [
        ("state:44", 1, 2, "up"),
        ("state:25", 2, 1, "down"),
    ]
    drugs = years.ask("rank", cluster="drugs", type="state", since=2018)
    assert {r.course for r in drugs.rows} == {"same"}
    svg = picture(boats)
    assert overlapping(svg.boxes) == 0
    assert str(svg.markup()).count('class="slope') == 2


def test_growth_between_the_years(years: Atlas) -> None:
    boats = years.ask("rank", cluster="boats", type="state", by="growth").rows
    # Rhode Island from 80 (70 to 90) to 400 (395 to 407), Massachusetts from 320 to 100.
    assert [(r.key, r.rank, r.rank_then) for r in boats] == [
        ("state:44", 1, None),
        ("state:25", 2, None),
    ]
    growth = boats[0].yearly_growth_low, boats[0].yearly_growth, boats[0].yearly_growth_high
    assert growth == pytest.approx((395 / 90 - 1, 4.0, 407 / 70 - 1))


def test_a_rank_needs_regions_of_one_type_and_a_year_before(years: Atlas) -> None:
    with pytest.raises(InputError, match="rank needs cluster or region"):
        years.ask("rank", by="lq")
    with pytest.raises(InputError, match="Massachusetts is not of the type cbsa"):
        years.ask("rank", cluster="drugs", region=["boston", "massachusetts"])
    with pytest.raises(InputError, match="no state figures of 2017"):
        years.ask("rank", cluster="drugs", type="state", since=2017)


def test_a_slope_chart_of_one_year_has_ranks_alone(embedded: Atlas, tmp_path: Path) -> None:
    svg = picture(embedded.ask("rank", cluster="drugs", type="county"))
    assert overlapping(svg.boxes) == 0
    assert 'class="slope' not in str(svg.markup())
