"""Custom regions beside the regions that they are ranked among, on both engines, by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from clusteratlas.editions.store.edition import Edition
from clusteratlas.editions.targets.extended import extend_edition
from clusteratlas.editions.wishes import Wishes
from clusteratlas.graph import open_store
from clusteratlas.graph.load import load_edition
from clusteratlas.queries.atlas.library import Atlas, open_atlas
from tests.conftest import ON_NEO4J
from tests.queries.conftest import on_engine

CSV = """name,county
Bay,25017
Bay,25025
Both Ends,25025
Both Ends,44007
"""


@pytest.fixture(scope="module")
def extended(tiny: Edition, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The tiny atlas with two regions, ranked among metropolitan areas."""
    file = tmp_path_factory.mktemp("own") / "own.csv"
    file.write_text(CSV, "utf-8")
    return extend_edition(tiny, Wishes((file,), "metropolitan"))


@pytest.fixture(scope="module", params=["embedded", pytest.param("neo4j", marks=ON_NEO4J)])
def own(request: pytest.FixtureRequest, extended: Edition) -> Iterator[Atlas]:
    """That atlas, once on each engine."""
    with on_engine(request.param, extended, request) as atlas:
        yield atlas


def test_ranks_are_among_the_regions_of_the_pool(own: Atlas) -> None:
    # Drugs: Boston 1,350, Providence 100; Bay is Boston, and both ends have 450.
    by_cluster = own.ask("rank", cluster="drugs", type="custom")
    found = {r.name: (r.rank, r.ranked, r.pool) for r in by_cluster.rows}
    assert found == {"Bay": (1, 3, "metropolitan"), "Both Ends": (2, 3, "metropolitan")}
    by_region = own.ask("rank", region="both ends")
    # Boats: Providence 400, Boston 50; both ends have 450.
    assert {r.name: (r.rank, r.ranked) for r in by_region.rows} == {
        "Drugs": (2, 3),
        "Boats": (1, 3),
    }
    both = own.ask("rank", cluster="drugs", region=["both ends", "cbsa:39300"])
    assert {r.name[:6]: (r.rank, r.ranked) for r in both.rows} == {
        "Both E": (2, 3),
        "Provid": (2, 2),
    }


def test_regions_are_ranked_as_if_there_were_no_custom_ones(own: Atlas, tiny: Edition) -> None:
    with open_store(":memory:") as store:
        load_edition(tiny, store)
        plain = open_atlas(store)
        for question in ("rank", "strengths", "peers", "region-scorecard"):
            asked = [a.ask(question, region="boston").rows for a in (own, plain)]
            assert asked[0] == asked[1], question


def test_rules_compare_with_the_pool(own: Atlas) -> None:
    answer = own.ask("strengths", region="bay")
    drugs = next(r for r in answer.rows if r.name == "Drugs")
    # Bay is Boston, and beside Boston and Providence its figures pass what Boston's do.
    assert (drugs.site, drugs.papers_20, drugs.star_size) == ("yes", "yes", "yes")
    assert "compared with the regions that it is ranked among: metropolitan" in answer.notes


def test_peers_are_regions_of_the_pool(own: Atlas) -> None:
    answer = own.ask("peers", region="bay")
    peers = [(r.key, round(r.distance, 6)) for r in answer.rows if r.section == "peer"]
    assert peers[0] == ("cbsa:14460", 0.0)
    assert [key for key, _ in peers] == ["cbsa:14460", "cbsa:39300"]
    assert answer.count == 2
    assert "all regions that it is ranked among (metropolitan) by the shares" in answer.notes[1]


def test_a_scorecard_ranks_in_the_pool(own: Atlas) -> None:
    answer = own.ask("region-scorecard", region="both ends")
    jobs = next(r for r in answer.rows if r.key == "jobs")
    # 2,900 jobs; Boston has 3,900 and Providence 1,500.
    assert (jobs.value, jobs.rank, jobs.regions) == (2900, 2, 3)


def test_roles_are_missing_beside_regions_of_the_pool(own: Atlas) -> None:
    answer = own.ask("missing-roles", region="both ends", cluster="drugs")
    assert all("Bay" not in row.examples for row in answer.rows)
    assert any("regions that it is ranked among (metropolitan)" in note for note in answer.notes)
