"""The page of an anatomy: diagram, list and map of the same, and every state in its address."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.draw.anatomy.shared.roles import ROLES, by_role
from clusteratlas.web.app import create_app
from clusteratlas.web.pages.anatomy import LINKS, SHOWS
from tests.cli.conftest import Run, edition, loaded, run
from tests.web.conftest import HERE
from tests.web.test_explorer import Page, seen

__all__ = ["edition", "loaded", "run"]

HOME = "/anatomy?cluster=drugs&region=boston"
ORGANIZATION = "sbir:long-needle"
HEAVIEST = 100_000
"""Bytes of a page at most."""


@pytest.fixture(scope="module")
def real(shipped_store: Path) -> Iterator[TestClient]:
    from clusteratlas.queries.atlas.library import open_atlas

    with (
        open_atlas(shipped_store) as atlas,
        TestClient(create_app(atlas), base_url=HERE) as client,
    ):
        yield client


def marks(page: Page) -> dict[str, str]:
    """Classes of the marks of the diagram, by key."""
    return {
        a["data-key"] or "": a.get("class") or ""
        for tag, a in page.tags
        if tag == "a" and "data-key" in a
    }


def test_the_diagram_has_every_member_or_says_of_how_many(either: TestClient) -> None:
    page = seen(either, HOME)
    assert "Drugs in Boston-Cambridge-Newton, MA-NH" in page.text
    found = marks(page)
    assert {"naics2017:325411", "naics2017:325412"} <= set(found)
    assert any(tag == "svg" and a.get("role") == "group" for tag, a in page.tags)
    assert "Of its" in page.text
    assert "Coverage is partial" in page.text


@pytest.mark.parametrize("show", SHOWS)
@pytest.mark.parametrize("links", LINKS)
def test_every_way_to_show_it_has_an_address(show: str, links: str, client: TestClient) -> None:
    page = seen(client, f"{HOME}&show={show}&links={links}")
    current = [a["id"] for tag, a in page.tags if tag == "a" and a.get("aria-current") == "true"]
    assert {f"show-{show}", f"links-{links}"} <= set(current)


def test_every_state_leads_on_to_states_that_hold_it(either: TestClient) -> None:
    """Whatever is linked to keeps the subject and what else was chosen, and can be opened."""
    state = f"{HOME}&show=list&q=drug&pin=naics2017%3A325412&year=2019"
    page = seen(either, state)
    within = {link for link in page.links() if link.startswith("/anatomy?")}
    assert len(within) > 10
    for link in within:
        query = parse_qs(urlsplit(link).query)
        assert (query["cluster"], query["region"]) == (["drugs"], ["boston"])
        kept = [query.get("q"), query.get("pin"), query.get("year"), query.get("show")]
        assert sum(value is None for value in kept) <= 1, link
    for link in sorted(within)[:12]:
        assert either.get(link).status_code == 200, link


@pytest.mark.parametrize("role", [role.id for role in ROLES])
def test_a_role_opens_and_closes(role: str, client: TestClient, embedded: Atlas) -> None:
    page = seen(client, f"{HOME}&open={role}")
    answer = embedded.ask("anatomy", cluster="drugs", region="boston", limit=400)
    filled = by_role(answer.rows).get(role)
    listed = [a for tag, a in page.tags if a.get("id") == f"list-{role}"]
    assert len(listed) == (filled is not None)
    if filled is not None:
        for row in filled.every:
            assert row.name in page.text
        assert any("open=" not in link for link in page.links() if link.startswith("/anatomy?"))


def test_the_list_says_the_same_as_the_questions_rows(either: TestClient, atlas: Atlas) -> None:
    page = seen(either, f"{HOME}&show=list")
    answer = atlas.ask("anatomy", cluster="drugs", region="boston", limit=400)
    for row in answer.rows[1:]:
        assert row.name in page.text
    assert "50 (0-80)" in seen(either, "/anatomy?cluster=boats&region=boston&show=list").text


def test_the_map_says_that_it_knows_counties_alone(either: TestClient) -> None:
    page = seen(either, f"{HOME}&show=map")
    assert "Middlesex County, MA" in page.text
    assert "no file has their points" in page.text


def test_details_of_what_is_selected(client: TestClient) -> None:
    page = seen(client, f"{HOME}&at=naics2017%3A325412")
    assert " at" in marks(page)["naics2017:325412"]
    for words in ("It is an industry of the cluster.", "Jobs here", "Pin", "Hide", "Open page"):
        assert words in page.text
    assert "/ask/provenance?of=naics2017%3A325412" in page.links()
    assert "has nothing by the key" in seen(client, f"{HOME}&at=naics2017%3A999999").text


def test_pin_and_hide_are_addresses(client: TestClient) -> None:
    page = seen(client, f"{HOME}&at=naics2017%3A325412&pin=naics2017%3A325412")
    assert " pinned" in marks(page)["naics2017:325412"]
    assert "Unpin" in page.text
    hidden = seen(client, f"{HOME}&hide=naics2017%3A325412")
    assert "naics2017:325412" not in marks(hidden)
    assert "show again" in hidden.text
    assert HOME in hidden.links()


def test_what_is_sought_is_counted_and_the_rest_is_dim(client: TestClient) -> None:
    page = seen(client, f"{HOME}&q=pharma")
    dim = [key for key, classes in marks(page).items() if " dim" in classes]
    assert 0 < len(dim) < len(marks(page))
    assert "match “pharma”" in page.text
    assert f"{len(marks(page)) - len(dim)} match" in page.text


def test_an_organization_opens_to_its_own_links(either: TestClient) -> None:
    page = seen(either, f"{HOME}&at={ORGANIZATION}&expand={ORGANIZATION}")
    assert "Links of" in page.text
    assert "funder" in page.text
    assert " tied" in marks(page)["agency:nih"]
    assert "Close its links" in page.text


def test_what_cannot_be_is_refused_by_name(client: TestClient) -> None:
    for query, words in (
        ("show=globe", "show cannot be 'globe'"),
        ("links=love", "links cannot be 'love'"),
        ("open=nobody", "there is no role 'nobody' to open"),
        ("year=1066", "1066"),
        ("year=soon", "year must be a number, not 'soon'"),
    ):
        assert words in seen(client, f"{HOME}&{query}", 400).text
    assert "xyzzy" in seen(client, "/anatomy?cluster=drugs&region=xyzzy", 404).text


def test_without_a_subject_it_is_asked_for(client: TestClient) -> None:
    page = seen(client, "/anatomy?cluster=drugs")
    assert {a["name"] for tag, a in page.tags if tag == "input"} == {"cluster", "region", "q"}


def test_nothing_that_is_typed_becomes_a_tag(client: TestClient) -> None:
    typed = "<script>alert(1)</script>"
    for name in ("q", "at", "pin", "hide"):
        answer = client.get(HOME, params={name: typed, "cluster": "drugs", "region": "boston"})
        assert answer.status_code == 200
        assert typed not in answer.text


def test_the_network_is_that_of_the_command_line(loaded: Path, run: Run, tmp_path: Path) -> None:
    from clusteratlas.queries.atlas.library import open_atlas

    file = tmp_path / "anatomy.graphml"
    done = run("network", "--cluster", "drugs", "--region", "boston", "--out", str(file))
    assert done.code == 0
    with open_atlas(loaded) as atlas, TestClient(create_app(atlas), base_url=HERE) as client:
        page = seen(client, HOME)
        (link,) = [link for link in page.links() if link.startswith("/anatomy/network.graphml")]
        assert client.get(link).content == file.read_bytes()
        for form in ("png", "svg", "csv"):
            (link,) = [one for one in page.links() if one.startswith(f"/answer/anatomy.{form}")]
            assert client.get(link).status_code == 200


def test_the_same_in_a_terminal_is_one_click_away(client: TestClient) -> None:
    page = seen(client, HOME)
    (link,) = [link for link in page.links() if link.startswith("/anatomy/same")]
    same = seen(client, link)
    assert "clusteratlas ask anatomy --cluster drugs --region boston" in same.text
    assert "clusteratlas network --cluster drugs --region boston --out" in same.text
    assert "MATCH" in same.text


def test_ids_are_there_once(client: TestClient) -> None:
    for state in ("", "&open=suppliers", "&show=list&q=drug", "&show=map"):
        ids = [a["id"] for _, a in seen(client, HOME + state).tags if a.get("id")]
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("subject", "strong"),
    [
        ("cluster=biopharma&region=boston", "Moderna"),
        ("cluster=automotive&region=detroit", "Motor Vehicle Metal Stamping"),
    ],
)
def test_the_shipped_edition(subject: str, strong: str, real: TestClient) -> None:
    for state in ("", "&open=customers", "&at=naics2017%3A336370", "&links=occupations", "&q=a"):
        answer = real.get(f"/anatomy?{subject}{state}")
        assert answer.status_code == 200
        assert len(answer.content) < HEAVIEST, state
    page = seen(real, f"/anatomy?{subject}&show=list&open=companies")
    assert strong in page.text
    assert len(marks(seen(real, f"/anatomy?{subject}"))) >= 60
