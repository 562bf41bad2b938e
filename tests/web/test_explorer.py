"""Pages of the explorer: what they show is what the questions answer, and nothing gets in."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from clusteratlas.editions.store.edition import write_edition
from clusteratlas.errors import StoreUnavailable
from clusteratlas.graph import open_store
from clusteratlas.graph.load import load_edition
from clusteratlas.queries.atlas.library import Atlas, open_atlas
from clusteratlas.queries.atlas.names import ambiguous
from clusteratlas.queries.atlas.registry import QUESTIONS
from clusteratlas.queries.draw.palette import style_sheet
from clusteratlas.web.addresses import address, page_of
from clusteratlas.web.app import create_app
from clusteratlas.web.rendered import FILES
from clusteratlas.web.views import ROLES, VIEWS
from tests.cli.conftest import Run, edition, loaded, run
from tests.queries.asked import ASKED
from tests.tiny import tiny_tables
from tests.web.conftest import HERE

__all__ = ["edition", "loaded", "run"]

BROUGHT = "only-in-this-test"
VOID = {"meta", "link", "input", "br", "img", "rect", "line", "circle", "path", "ellipse", "use"}


class Page(HTMLParser):
    """Tags of a page with their attributes, and its text; a tag left open is a failure."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def links(self) -> list[str]:
        return [a["href"] or "" for tag, a in self.tags if tag == "a" and "href" in a]


def seen(client: TestClient, path: str, status: int = 200) -> Page:
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'self'")
    page = Page(answer.text)
    for tag, attributes in page.tags:
        # The policy forbids them: a page that needs them would be shown without.
        assert "style" not in attributes, tag
        assert tag != "style"
        assert tag != "script" or (attributes.get("src") or "").startswith("/static/")
        assert not [name for name in attributes if name.startswith("on")], tag
        for name in ("href", "src", "action"):
            assert (attributes.get(name) or "/").startswith(("/", "#")), attributes
    return page


@pytest.mark.parametrize("id_", QUESTIONS)
def test_every_question_is_a_page(id_: str, client: TestClient, embedded: Atlas) -> None:
    page = seen(client, address(f"ask/{id_}", ASKED[id_]))
    answer = embedded.ask(id_, **ASKED[id_])
    assert answer.title in page.text
    assert "clusteratlas ask" in page.text
    for note in answer.notes:
        assert " ".join(note.split()) in page.text
    names = {row.name for row in answer.rows if getattr(row, "name", None)}
    assert [name for name in names if " ".join(name.split()) not in page.text] == []


@pytest.mark.parametrize("id_", QUESTIONS)
def test_every_question_is_a_form(id_: str, client: TestClient) -> None:
    page = seen(client, f"/ask/{id_}")
    fields = {a["name"] for tag, a in page.tags if tag in {"input", "select"} and "name" in a}
    assert fields == {*QUESTIONS[id_].params, "q"}
    labelled = {a["for"] for tag, a in page.tags if tag == "label"}
    assert {f"f-{name}" for name in QUESTIONS[id_].params} <= labelled


@pytest.mark.parametrize("form", ["csv", "json", "markdown"])
def test_an_answer_is_taken_along_as_the_command_line_writes_it(
    form: str, loaded: Path, run: Run, tmp_path: Path
) -> None:
    arguments: dict[str, Any] = {"cluster": "drugs", "region": "boston"}
    file = tmp_path / f"answer.{'md' if form == 'markdown' else form}"
    assert run("ask", "anatomy", "drugs", "boston", "--out", str(file)).code == 0
    with open_atlas(loaded) as atlas, TestClient(create_app(atlas), base_url=HERE) as client:
        answer = client.get(address(f"answer/anatomy.{form}", arguments))
    assert answer.status_code == 200
    assert answer.content == file.read_bytes()
    assert "attachment" in answer.headers["content-disposition"]


@pytest.mark.parametrize("form", FILES)
def test_every_form_is_what_it_says(form: str, client: TestClient) -> None:
    answer = client.get(f"/answer/top-regions.{form}?cluster=drugs")
    assert answer.status_code == 200
    begins = {"png": b"\x89PNG", "xlsx": b"PK", "svg": b"<svg", "json": b"["}
    assert answer.content.startswith(begins.get(form, b""))
    assert len(answer.content) > 100


def test_an_unknown_form_says_which_there_are(client: TestClient) -> None:
    page = seen(client, "/answer/top-regions.pdf?cluster=drugs", 400)
    assert "there are csv, xlsx, json, markdown, svg, png" in page.text


@pytest.mark.parametrize("view", VIEWS.values(), ids=lambda v: v.id)
def test_a_view_shows_its_first_question_and_where_the_others_are(
    view: Any, either: TestClient
) -> None:
    given = dict(ASKED[view.parts[0].question])
    if not view.either:
        given = {"cluster": "drugs", "region": "boston", **given}
    page = seen(either, address(view.id, {n: given[n] for n in view.params if n in given}))
    parts = [a["data-part"] for tag, a in page.tags if "data-part" in a]
    assert len(parts) == sum(not part.now for part in view.parts)
    ids = [a["id"] for tag, a in page.tags if tag == "section" and "id" in a]
    assert view.sheet or ids == [part.question for part in view.parts]
    for part in parts:
        assert part is not None
        inner = seen(either, part)
        assert inner.text
        assert "<html" not in either.get(part).text


@pytest.mark.parametrize("view", VIEWS.values(), ids=lambda v: v.id)
def test_a_view_without_its_subject_asks_for_it(view: Any, client: TestClient) -> None:
    page = seen(client, f"/{view.id}")
    asks = set(QUESTIONS[view.parts[0].question].params) if view.form else set(view.params)
    named = {a["name"] for tag, a in page.tags if tag in {"input", "select"}}
    assert named == {"q", *(asks if view.params else ())}
    for example in view.examples:
        assert address(view.id, example) in page.links()


def test_rows_lead_to_the_cluster_in_the_place(client: TestClient) -> None:
    """A region in an answer about a cluster is the cluster there, and the reverse."""
    there = "/anatomy?cluster=tiny%2Falgorithm%3Adrugs&region=cbsa%3A14460"
    assert there in seen(client, "/ask/top-regions?cluster=drugs").links()
    page = seen(client, "/region?region=boston")
    assert there in page.links()
    rows = [link for link in page.links() if link.startswith(("/anatomy?", "/ask/provenance?"))]
    assert rows
    for link in rows:
        assert client.get(link).status_code == 200, link


def test_pages_of_keys() -> None:
    assert page_of("state:25") == "/region?region=state%3A25"
    assert page_of("naics2017:325414") == "/ask/industry?industry=naics2017%3A325414"
    assert page_of("ror:042nb2s44") == "/ask/organization?organization=ror%3A042nb2s44"
    assert page_of("soc2018:19-1020") is None
    assert page_of("tiny/algorithm") is None
    assert page_of("wage") is None


def test_marks_of_an_anatomy_lead_to_pages(client: TestClient) -> None:
    page = seen(client, "/anatomy?cluster=drugs&region=boston")
    keys = {a["data-key"] or "" for _, a in page.tags if "data-key" in a}
    assert {"naics2017:325411", "naics2017:325412"} & keys
    for key in keys:
        if (target := page_of(key)) is not None:
            answer = client.get("/go", params={"key": key}, follow_redirects=False)
            assert (answer.status_code, answer.headers["location"]) == (303, target)
            assert client.get(target).status_code == 200
    assert seen(client, "/go?key=soc2018:19-1020", 404)


def test_the_search_finds_by_part_of_a_name(client: TestClient) -> None:
    rows = client.get("/find.json?q=bost").json()
    assert {"name": "Boston-Cambridge-Newton, MA-NH", "kind": "region"}.items() <= rows[0].items()
    assert client.get("/find.json?q=").json() == []
    page = seen(client, "/find?q=bost")
    assert "/region?region=cbsa%3A14460" in page.links()
    assert "Nothing goes by" in seen(client, "/find?q=qqqqqqqq").text


def test_what_is_typed_stays_text(client: TestClient) -> None:
    typed = "<script>alert(1)</script>"
    for path in ("/find?q=", "/region?region=", "/cypher?text=", "/ask/region?region="):
        answer = client.get(path + typed)
        assert typed not in answer.text
        assert "&lt;script&gt;" in answer.text


def test_an_unknown_name_is_not_found_and_says_so(client: TestClient) -> None:
    assert "xyzzy" in seen(client, "/region?region=xyzzy", 404).text
    assert "no-such" in seen(client, "/ask/no-such", 404).text


def test_an_ambiguous_name_offers_the_candidates(client: TestClient) -> None:
    page = seen(client, "/ask/top-regions?cluster=cargo&limit=3", 400)
    offered = [link for link in page.links() if link.startswith("/ask/top-regions?")]
    assert len(offered) == 2
    for link in offered:
        assert "limit=3" in link
        assert client.get(link).status_code == 200


def test_of_many_candidates_the_number_of_the_others_is_no_link(
    client: TestClient, embedded: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It led to the region "and"."""
    regions = embedded.names.by_label["Region"]
    with monkeypatch.context() as patch:
        patch.setattr("clusteratlas.queries.atlas.names._CANDIDATES", 1)
        many = ambiguous("region", "middle", regions)
    assert many.candidates == (regions[0].says, f"and {len(regions) - 1} more")

    def unclear(*_: Any, **__: Any) -> None:
        raise many

    with monkeypatch.context() as patch:
        patch.setattr(embedded, "ask", unclear)
        page = seen(client, "/region?region=middle", 400)
    assert f"and {len(regions) - 1} more" in page.text
    (offered,) = [link for link in page.links() if link.startswith("/region?")]
    assert offered == address("region", {"region": regions[0].key})


def test_a_number_that_is_none_is_refused(client: TestClient) -> None:
    page = seen(client, "/ask/top-regions?cluster=drugs&limit=many", 400)
    assert "limit must be a number, not 'many'" in page.text


def test_statements_of_ones_own_are_read_alone(either: TestClient) -> None:
    text = "MATCH (r:Region {key: 'cbsa:14460'}) RETURN r.name AS name"
    assert "Boston-Cambridge-Newton" in seen(either, address("cypher", {"text": text})).text
    for wrong in ("CREATE (n:Region {key: 'x'})", "MATCH (n) DETACH DELETE n", "RETURN"):
        seen(either, address("cypher", {"text": wrong}), 400)


def test_a_server_for_others_asks_for_its_token(embedded: Atlas) -> None:
    with TestClient(create_app(embedded, token=BROUGHT), base_url="http://host.example") as client:
        assert seen(client, "/", 403)
        assert client.get("/find.json?q=a", headers={"cookie": "clusteratlas_token=x"}).is_error
        assert seen(client, f"/?token={BROUGHT}")
        assert seen(client, "/ask")  # the cookie is held


def test_a_name_of_another_host_is_refused(embedded: Atlas) -> None:
    with TestClient(create_app(embedded), base_url="http://evil.example") as client:
        assert client.get("/").status_code == 400


def test_a_store_that_is_gone_is_told(embedded: Atlas, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: Any, **__: Any) -> None:
        raise StoreUnavailable("the server does not answer", hint="start it")

    with TestClient(create_app(embedded), base_url=HERE) as client:
        with monkeypatch.context() as patch:
            patch.setattr(embedded, "ask", gone)
            page = seen(client, "/region?region=boston", 503)
        assert "start it" in page.text


def test_colors_of_pages_are_those_of_pictures(client: TestClient) -> None:
    assert client.get("/static/pictures.css").text == style_sheet()
    used = set(re.findall(r"var\(--([\w-]+)\)", client.get("/static/explorer.css").text))
    own = client.get("/static/explorer.css").text
    declared = set(re.findall(r"--([\w-]+):", style_sheet() + own))
    assert used <= declared


def test_first_questions_by_role_are_answered(shipped_store: Path) -> None:
    with (
        open_atlas(shipped_store) as atlas,
        TestClient(create_app(atlas), base_url=HERE) as client,
    ):
        home = seen(client, "/")
        for role in ROLES:
            assert role.name in home.text
            for _, path, given in role.asks:
                assert address(path, given) in home.links()
                assert "No row answers this" not in seen(client, address(path, given)).text


def test_what_an_edition_calls_things_stays_text(tmp_path: Path) -> None:
    """Names of organizations are whatever a register holds."""
    name = "<img src=x onerror=alert(1)>"
    tables = tiny_tables()
    regions = tables["regions"]
    tables["regions"] = regions.assign(name=regions["name"].where(regions["key"] != "ea:19", name))
    edition = write_edition(tmp_path / "tiny", "tiny", tables, {"parameters": {}, "seeds": {}})
    with open_store(":memory:") as store:
        load_edition(edition, store)
        with TestClient(create_app(open_atlas(store)), base_url=HERE) as client:
            for path in ("/region?region=ea:19", "/ask/top-regions?cluster=drugs&type=ea"):
                page = seen(client, path)
                assert name in page.text
                assert not [a for tag, a in page.tags if tag == "img"]
