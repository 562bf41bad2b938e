"""Regions, and clusters, side by side: a wide table, and links that take one away."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.forms.beside import side_by_side
from tests.web.test_explorer import seen

BOTH = {"region": ["boston", "providence"]}


def test_each_region_has_columns_of_its_own(atlas: Atlas) -> None:
    answer = atlas.ask("compare", **BOTH)
    totals, clusters = side_by_side(answer)
    assert list(totals.things) == list(clusters.things) == ["cbsa:14460", "cbsa:39300"]
    jobs = {r.key: r.jobs for r in answer.rows if r.section == "region"}
    (line,) = [row for row in totals.rows if row.name == "jobs"]
    assert line.cells == {key: [f"{n:,}"] for key, n in jobs.items()}
    for row in clusters.rows:
        there = {r.compared_key: r for r in answer.rows if r.key == row.key}
        assert {key for key, cells in row.cells.items() if any(cells)} == set(there)
        assert row.strong == {key for key, r in there.items() if r.strong}


def test_of_more_things_each_has_fewer_columns(atlas: Atlas) -> None:
    of_two = list(side_by_side(atlas.ask("compare", **BOTH)))[-1]
    three = {"region": ["boston", "providence", "massachusetts"]}
    of_three = list(side_by_side(atlas.ask("compare", **three)))[-1]
    assert len(of_three.titles) < len(of_two.titles)


def test_links_between_clusters_stay_a_list(atlas: Atlas) -> None:
    sections = [b.name for b in side_by_side(atlas.ask("compare", cluster=["drugs", "boats"]))]
    assert "cluster" in sections
    assert not {"link", "sales", "tie"} & set(sections)


def test_one_is_added_and_one_is_left_out_by_links(either: TestClient) -> None:
    three = "/compare?region=boston&region=providence&region=massachusetts"
    page = seen(either, three)
    assert "/compare?region=providence&region=massachusetts" in page.links()
    hidden = [a["value"] for _, a in page.tags if a.get("type") == "hidden"]
    assert hidden == ["boston", "providence", "massachusetts"]
    of_two = seen(either, "/compare?region=boston&region=providence")
    assert not [link for link in of_two.links() if link == "/compare?region=boston"]


@pytest.mark.parametrize("path", ["/compare", "/compare?region=boston"])
def test_with_fewer_than_two_it_asks_for_more(path: str, client: TestClient) -> None:
    page = seen(client, path)
    values = [a.get("value") for tag, a in page.tags if a.get("name") == "region"]
    assert [v for v in values if v] == (["boston"] if "boston" in path else [])
    assert len(values) >= 3


def test_other_words_of_a_comparison_are_kept(client: TestClient) -> None:
    page = seen(client, "/compare?region=boston&region=providence&region=ma&level=cluster")
    assert [link for link in page.links() if link.startswith("/compare?") and "level=" in link]
