"""The map in the explorer: the figures of its question, each region led on from, one's own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from clusteratlas.editions.store.edition import Edition
from clusteratlas.queries.atlas.library import Atlas, open_atlas
from clusteratlas.queries.draw.national.measured import region_figure
from clusteratlas.queries.draw.palette import style_sheet
from clusteratlas.queries.own import regions as own_regions
from clusteratlas.queries.own.regions import OwnRegions, portfolio_of
from clusteratlas.queries.questions.maps.shared.figures import MEASURES
from clusteratlas.web.addresses import address
from clusteratlas.web.app import create_app
from clusteratlas.web.pages.map import SHOWN, TYPES
from tests.web.conftest import HERE
from tests.web.test_explorer import seen

DRUGS = "tiny/algorithm:drugs"


def test_the_map_shows_what_its_question_answers(either: TestClient, atlas: Atlas) -> None:
    for type_ in TYPES:
        page = seen(either, address("map", {"cluster": "drugs", "type": type_}))
        answer = atlas.ask("map", cluster="drugs", type=type_, limit=1000)
        for row in answer.rows:
            assert row.name in page.text
            assert region_figure(row) in page.text
        drawn = {a["id"] for tag, a in page.tags if tag == "path" and "id" in a}
        listed = {a["data-for"] for tag, a in page.tags if "data-for" in a}
        assert drawn
        assert drawn <= listed
        for note in answer.notes:
            assert " ".join(note.split()) in page.text


def test_a_region_of_a_cluster_leads_to_the_anatomy_there(client: TestClient) -> None:
    links = seen(client, "/map?cluster=drugs").links()
    there = address("anatomy", {"cluster": DRUGS, "region": "cbsa:14460"})
    assert there in links
    assert client.get(there).status_code == 200
    # Without one to the region, and so where the cluster is not.
    assert "/region?region=cbsa%3A14460" in seen(client, "/map").links()
    assert "/region?region=county%3A25017" in seen(client, "/map?cluster=boats&type=county").links()


def test_a_title_says_where_the_figure_is_highest(client: TestClient) -> None:
    page = seen(client, "/map?cluster=drugs&type=state&measure=share_nation")
    assert "Drugs: Massachusetts has 93% to 93.8% of the nation's jobs" in page.text


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_is_a_map_of_something(measure: str, client: TestClient) -> None:
    one = MEASURES[measure]
    if one.of_all is not None:
        assert one.words in seen(client, f"/map?measure={measure}").text.lower()
    page = seen(client, f"/map?cluster=drugs&measure={measure}")
    # One that is of a whole region gives way to the first one of a cluster.
    words = one.words if one.of_cluster else MEASURES["lq"].words
    keys = [str(a.get("aria-label")) for tag, a in page.tags if a.get("class") == "key"]
    assert [key.removesuffix(" (USD)") for key in keys] == [f"Key: {words}"]


def test_the_choice_is_in_the_form_and_in_the_links(client: TestClient) -> None:
    page = seen(client, "/map?cluster=drugs&measure=jobs&type=state&year=2019")
    chosen = [a.get("value") for tag, a in page.tags if tag == "option" and "selected" in a]
    assert chosen[:2] == [DRUGS, "jobs"]
    assert "/map?cluster=drugs&measure=jobs&type=county" in page.links()
    current = [a["href"] for tag, a in page.tags if a.get("aria-current") == "true"]
    assert current == ["/map?cluster=drugs&measure=jobs&type=state"]


def test_a_cluster_of_another_set_is_among_the_choices_too(client: TestClient) -> None:
    page = seen(client, "/map?cluster=makers&type=state")
    chosen = [a.get("value") for tag, a in page.tags if tag == "option" and "selected" in a]
    assert f"{DRUGS}/makers" in chosen


def test_hot_spots_are_outlined_where_they_are_asked_for(client: TestClient) -> None:
    page = seen(client, "/map?cluster=drugs&type=county&mark=hot")
    assert "Strong regions and hot spots" in page.text
    assert "mark=hot" in " ".join(page.links())


def test_wrong_choices_are_refused_in_words(client: TestClient) -> None:
    assert "measure cannot be 'size'" in seen(client, "/map?measure=size", 400).text
    assert "xyzzy" in seen(client, "/map?cluster=xyzzy", 404).text
    assert "there are no cbsa figures of 1999" in seen(client, "/map?year=1999", 400).text
    assert "no county" in seen(client, "/map?type=county&counties=99999", 404).text


def test_what_is_typed_as_a_name_stays_text(client: TestClient) -> None:
    typed = "<script>alert(1)</script>"
    answer = client.get("/map", params={"type": "county", "counties": "25025", "name": typed})
    assert typed not in answer.text
    assert "&lt;script&gt;" in answer.text
    kept = client.get("/map/region.csv", params={"counties": "25025", "name": typed})
    assert kept.headers["content-disposition"].endswith('filename="script-alert-1---script.csv"')


def test_colors_of_the_map_are_declared(client: TestClient) -> None:
    import re

    declared = set(re.findall(r"--([\w-]+):", style_sheet()))
    for sheet in ("map", "home"):
        text = client.get(f"/static/{sheet}.css").text
        assert set(re.findall(r"var\(--([\w-]+)\)", text)) <= declared


@pytest.fixture
def own(embedded: Atlas, asked: Edition, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """An explorer that adds up counties of the tiny atlas, in this process."""
    path = str(asked.path)

    def computed(_: OwnRegions, name: str, keys: tuple[str, ...]) -> object:
        return portfolio_of([asked.digest], name, keys, path)

    monkeypatch.setattr(OwnRegions, "_computed", computed)
    with TestClient(create_app(embedded), base_url=HERE) as client:
        yield client


PICKED = "counties=25025&counties=44007&name=Both+Ends"


def test_picked_counties_stay_picked_and_have_a_portfolio(own: TestClient) -> None:
    page = seen(own, f"/map?type=county&{PICKED}")
    checked = [a["value"] for tag, a in page.tags if tag == "input" and "checked" in a]
    assert checked == ["25025", "44007"]
    (inner,) = [a["data-from"] for _, a in page.tags if "data-from" in a]
    assert inner is not None
    part = seen(own, inner)
    assert "Both Ends: " in part.text
    assert "<html" not in own.get(inner).text
    assert {"Drugs", "Boats"} <= set(part.text.split())
    for link in part.links():
        assert own.get(link).status_code == 200, link
    # They stay picked while the map shows something else.
    other = [link for link in page.links() if "type=state" in link]
    assert other
    assert all("counties=25025&counties=44007" in link for link in other)


def test_a_picked_region_is_the_file_that_the_command_line_takes(own: TestClient) -> None:
    page = seen(own, f"/map?type=county&{PICKED}")
    assert "clusteratlas ask region --region 'Both Ends' --region-file both-ends.csv" in page.text
    taken = own.get(f"/map/region.csv?{PICKED}")
    assert 'filename="both-ends.csv"' in taken.headers["content-disposition"]
    assert list(csv.reader(io.StringIO(taken.text))) == [
        ["name", "county"],
        ["Both Ends", "25025"],
        ["Both Ends", "44007"],
    ]


def test_a_county_is_added_by_its_name(own: TestClient) -> None:
    page = seen(own, f"/map?type=county&{PICKED}&counties=Middlesex+County,+MA&counties=")
    checked = [a["value"] for tag, a in page.tags if tag == "input" and "checked" in a]
    assert checked == ["25025", "44007", "25017"]


def test_without_counties_there_is_nothing_yet_but_the_process_begins(
    embedded: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[tuple[str, tuple[str, ...]]] = []
    monkeypatch.setattr(
        own_regions.OwnRegions, "_submitted", lambda _, name, keys: begun.append((name, keys))
    )
    with TestClient(create_app(embedded), base_url=HERE) as client:
        assert "Pick a county first" in seen(client, "/map/region").text
    assert [len(keys) for _, keys in begun] == [1]


def test_a_first_page_without_a_leader_has_no_picture(client: TestClient, embedded: Atlas) -> None:
    assert embedded.ask("leaders").rows == []
    page = seen(client, "/")
    assert not [a for _, a in page.tags if "data-key" in a]
    assert "/map" in page.links()


def test_maps_of_the_shipped_edition(shipped_store: Path) -> None:
    with (
        open_atlas(shipped_store) as atlas,
        TestClient(create_app(atlas), base_url=HERE) as client,
    ):
        page = seen(client, "/map?cluster=biopharma&type=county")
        assert len([a for tag, a in page.tags if "data-for" in a]) == SHOWN
        (every,) = [link for link in page.links() if "rows=all" in link]
        whole = seen(client, every)
        assert len([a for tag, a in whole.tags if "data-for" in a]) > 3100
        text = client.get("/map?cluster=biopharma&type=county").content
        assert len(compressed(text)) < 300_000
        home = seen(client, "/")
        leaders = atlas.ask("leaders", limit=1000).rows
        keys = {a["data-key"] for _, a in home.tags if "data-key" in a}
        assert keys == {f"{r.cluster_key}@{r.key}" for r in leaders}
        assert "/ask/leaders" in home.links()
        assert "What each region is strongest in: San Jose in Software" in home.text
        assert len(compressed(client.get("/").content)) < 100_000


def compressed(content: bytes) -> bytes:
    import gzip

    return gzip.compress(content)
