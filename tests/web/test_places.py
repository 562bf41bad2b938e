"""Pages of clusters and regions: titles that say what was found, parts that make sense there."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.atlas.registry import QUESTIONS
from clusteratlas.queries.draw.pictures import picture
from clusteratlas.queries.forms.findings import finding
from clusteratlas.web.views import VIEWS
from tests.queries.asked import ASKED
from tests.web.test_explorer import Page, seen


def heading(page: Page) -> int:
    return sum(tag == "h1" for tag, _ in page.tags)


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/cluster?cluster=drugs", "Drugs: 3 industries with 1,500 jobs, closest to Boats"),
        (
            "/region?region=boston",
            "Boston-Cambridge-Newton, MA-NH is strong in 1 traded cluster; it holds 96.4% of its "
            "traded jobs",
        ),
        ("/related?cluster=boats", "1 cluster is strongly linked; the nearest is Drugs, by trade"),
    ],
)
def test_the_title_says_what_was_found(path: str, says: str, either: TestClient) -> None:
    page = seen(either, path)
    assert says in page.text
    assert heading(page) == 1


@pytest.mark.parametrize("id_", QUESTIONS)
def test_a_finding_is_one_sentence(id_: str, atlas: Atlas) -> None:
    answer = atlas.ask(id_, **ASKED[id_])
    said = finding(answer)
    assert said == " ".join(said.split())
    assert not said.endswith((".", ":", ";"))
    # "None of the ..." is a sentence; a value that is not there is not.
    assert not re.search(r"\bNone\b(?! of (?:the|its) )|\bnan\b|[{]|not known", said)


def test_an_answer_without_rows_is_called_by_its_question(embedded: Atlas) -> None:
    answer = embedded.ask("next-door", region="ea:19")
    assert not answer.rows
    assert finding(answer) == answer.title


def test_the_nation_is_a_region_with_what_can_be_asked_of_it(either: TestClient) -> None:
    page = seen(either, "/region?region=us")
    parts = [a["data-part"] or "" for _, a in page.tags if "data-part" in a]
    assert parts
    for part in parts:
        assert either.get(part).status_code == 200, part
    assert len(parts) < len(VIEWS["region"].parts)


def test_a_part_that_a_page_does_not_have_is_not_found(client: TestClient) -> None:
    assert "no part of the page" in seen(client, "/region/part/definitions?region=boston", 404).text


@pytest.mark.parametrize("view", ["cluster", "region", "sources"])
def test_a_part_has_no_more_rows_than_its_page_says(view: str, client: TestClient) -> None:
    given = ASKED[VIEWS[view].parts[0].question]
    path = f"/{view}?" + "&".join(f"{name}={value}" for name, value in given.items())
    text = client.get(path).text
    for part in VIEWS[view].parts:
        if part.now:
            section = text.split(f'<section id="{part.question}"')[1].split("</section>")[0]
            for table in section.split("<tbody>")[1:]:
                assert table.split("</tbody>")[0].count("<tr>") <= part.rows


def test_a_scorecard_is_a_sheet_with_its_sources(either: TestClient) -> None:
    page = seen(either, "/scorecard?region=boston")
    assert "data-print" in {name for _, a in page.tags for name in a}
    assert "data-part" not in {name for _, a in page.tags for name in a}
    for word in ("How to read it", "sources: ", "clusteratlas ask region"):
        assert word in page.text


def test_losses_and_licences_are_on_the_page_of_sources(client: TestClient) -> None:
    page = seen(client, "/sources")
    assert "10 files of 8 publishers" in page.text
    assert "US public domain" in page.text


def test_the_search_groups_and_says_type_and_place(client: TestClient) -> None:
    rows: list[dict[str, Any]] = client.get("/find.json?q=bos").json()
    metro = next(row for row in rows if row["key"] == "cbsa:14460")
    assert metro["says"].startswith("metro area")
    assert "MA" in metro["says"]
    only = client.get("/find.json?q=bos&kind=region").json()
    assert {row["kind"] for row in only} == {"region"}
    assert [row for row in rows if row["kind"] == "region"] == only[: len(only)]


def test_the_search_is_a_combobox(client: TestClient) -> None:
    page = seen(client, "/ask")
    (field,) = [a for tag, a in page.tags if tag == "input" and a.get("role") == "combobox"]
    boxes = {a["id"] for _, a in page.tags if a.get("role") == "listbox"}
    assert field["aria-controls"] in boxes
    assert field["aria-expanded"] == "false"


@pytest.mark.parametrize("region", ["boston", "providence", "massachusetts"])
def test_a_portfolio_shows_the_range_of_every_figure(region: str, embedded: Atlas) -> None:
    answer = embedded.ask("region", region=region)
    clusters = [r for r in answer.rows if r.section == "cluster"]
    drawn = str(picture(answer).markup())
    assert drawn.count('class="bound"') == sum(r.lq_low != r.lq_high for r in clusters)
    for row in clusters:
        assert f'data-key="{row.key}"' in drawn
    assert 'class="title"' not in str(picture(answer, headed=False).markup())


@pytest.mark.parametrize(
    "path",
    [
        "/cluster?cluster=drugs",
        "/region?region=boston",
        "/ask/organization?organization=cik:0000000102",
    ],
)
def test_a_page_of_a_thing_leads_on_to_a_walk(path: str, client: TestClient) -> None:
    walks = [link for link in seen(client, path).links() if link.startswith("/trace?at=")]
    assert len(walks) == 1
    assert client.get(walks[0]).status_code == 200
