"""The console: reading statements of one's own, on each engine."""

from __future__ import annotations

import re
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from clusteratlas.errors import StoreError
from clusteratlas.graph.stopping import Stopper, stopped_by
from clusteratlas.queries.atlas.library import Atlas, open_atlas
from clusteratlas.queries.draw.palette import style_sheet
from clusteratlas.queries.walking.statements import STATEMENTS
from clusteratlas.vocabulary.model import KEY, NODES, RELATIONSHIPS
from clusteratlas.web.addresses import address
from clusteratlas.web.app import create_app
from clusteratlas.web.front import AT_A_TIME
from clusteratlas.web.pages.console import PATIENCE, ROWS, SEEN
from tests.cli.conftest import Run, edition, loaded, run
from tests.web.conftest import HERE
from tests.web.test_explorer import seen

__all__ = ["edition", "loaded", "run"]

ROOT = Path(__file__).resolve().parents[2]
TIED = (
    "MATCH (i:Industry)-[m:MEMBER_OF]->(c:Cluster {level: 'cluster'}) "
    "RETURN i, m, c ORDER BY i.key, c.key"
)
SLOW = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a * b % 7) AS s"


def asking(text: str, **more: str) -> str:
    return address("cypher", {"text": text, **more})


def test_the_page_says_what_it_allows(client: TestClient) -> None:
    text = seen(client, "/cypher").text
    assert f"At most {ROWS:,} rows and {PATIENCE:.0f} seconds" in text
    assert f"{AT_A_TIME} statements at a time" in text


def test_nodes_and_links_make_a_picture_and_a_table(either: TestClient) -> None:
    page = seen(either, asking(TIED))
    pills = [a for _, a in page.tags if "walk-node" in (a.get("class") or "")]
    ties = [a for _, a in page.tags if "walk-link" in (a.get("class") or "")]
    said = re.search(r"(\d+) nodes, (\d+) links", page.text)
    assert said is not None
    assert (len(pills), len(ties)) == (int(said[1]), int(said[2]))
    assert len(ties) > 3
    assert "Drugs (Cluster)" in page.text
    assert "/ask/industry?industry=naics2017%3A325411" in page.links()


def test_paths_are_in_the_picture_once_for_each_node(either: TestClient) -> None:
    paths = (
        "MATCH p = (a:Industry)-[:MEMBER_OF]->(c:Cluster {level: 'cluster'})"
        "<-[:MEMBER_OF]-(b:Industry) WHERE a.key < b.key RETURN p"
    )
    page = seen(either, asking(paths))
    names = [a["href"] for tag, a in page.tags if tag == "a" and "/cluster?" in (a["href"] or "")]
    assert len(names) == len(set(names)) > 1
    assert " → " in page.text


def test_links_without_their_ends_are_told(either: TestClient) -> None:
    page = seen(either, asking("MATCH (i:Industry)-[m:MEMBER_OF]->(c:Cluster) RETURN i, m"))
    assert "to nodes that the statement does not return" in page.text


@pytest.mark.parametrize("plan", ["explain", "profile"])
def test_the_plan_is_what_the_engine_gives(plan: str, either: TestClient) -> None:
    page = seen(either, asking("MATCH (c:Cluster) RETURN c.name AS name", plan=plan))
    assert "How the engine would answer this" in page.text
    assert re.search(r"SCAN_NODE_TABLE|NodeByLabelScan|NodeIndexScan", page.text)


@pytest.mark.parametrize("form", ["csv", "json"])
def test_files_are_those_of_the_command_line(
    form: str, loaded: Path, run: Run, tmp_path: Path
) -> None:
    text = "MATCH (c:Cluster) RETURN c, c.name AS name, c.jobs AS jobs ORDER BY c.key"
    file = tmp_path / f"rows.{form}"
    assert run("cypher", text, "--out", str(file)).code == 0
    with open_atlas(loaded) as atlas, TestClient(create_app(atlas), base_url=HERE) as client:
        answer = client.get(address(f"cypher.{form}", {"text": text}))
    assert answer.content == file.read_bytes()
    assert "attachment" in answer.headers["content-disposition"]


def test_another_form_says_which_there_are(client: TestClient) -> None:
    assert "there are csv, json" in seen(client, "/cypher.pdf?text=RETURN%201", 400).text


@pytest.mark.parametrize(
    "text",
    [
        "CREATE (n:Region {key: 'x'})",
        "MATCH (n) DETACH DELETE n",
        "RETURN 1; RETURN 2",
        "LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l",
        "MATCH (n:Nothing RETURN n",
    ],
)
def test_what_does_more_than_read_is_refused(text: str, either: TestClient) -> None:
    for link in (asking(text), asking(text, plan="profile"), address("cypher.csv", {"text": text})):
        seen(either, link, 400)


def test_rows_beyond_the_limit_are_told(either: TestClient) -> None:
    page = seen(either, asking(f"UNWIND range(1, {ROWS + 5}) AS n RETURN n"))
    assert f"{ROWS:,} rows, and more" in page.text
    assert f"{SEEN} are shown" in page.text
    assert len([tag for tag, _ in page.tags if tag == "td"]) == SEEN
    taken = either.get(
        address("cypher.csv", {"text": f"UNWIND range(1, {ROWS + 5}) AS n RETURN n"})
    )
    assert len(taken.text.splitlines()) == ROWS + 1


def test_no_rows_say_where_to_look(either: TestClient) -> None:
    page = seen(either, asking("MATCH (c:Cluster {key: 'none'}) RETURN c"))
    assert "Nothing in the graph matches" in page.text


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda s: s.words)
def test_every_statement_to_begin_with_runs(statement: Any, either: TestClient) -> None:
    page = seen(either, asking(statement.text))
    assert asking(statement.text) in page.links()
    if statement.page:
        assert statement.text in (ROOT / statement.page).read_text("utf-8")


def test_statements_to_begin_with_find_something(shipped_store: Path) -> None:
    with open_atlas(shipped_store) as atlas:
        assert [s.words for s in STATEMENTS if not atlas.cypher(s.text, limit=1).rows] == []


def test_completion_knows_the_model(client: TestClient) -> None:
    model = client.get("/cypher/model").json()
    assert set(model["labels"]) == set(NODES)
    assert set(model["types"]) == set(RELATIONSHIPS)
    names = [p["name"] for p in model["labels"]["Cluster"]["properties"]]
    assert names[0] == KEY.name
    assert {"jobs", "level", "edition"} <= set(names)
    assert model["types"]["SUPPLIES"]["properties"][0]["name"] == "usd"  # they have no key
    assert seen(client, "/cypher").text.count("Sales a year from the first to the second") == 1


def test_colors_are_those_of_pictures(client: TestClient) -> None:
    declared = set(re.findall(r"--([\w-]+):", style_sheet()))
    for sheet in ("cypher.css", "trace.css"):
        used = set(re.findall(r"var\(--([\w-]+)\)", client.get(f"/static/{sheet}").text))
        assert used <= declared, sheet


def test_whoever_runs_a_statement_can_be_stopped(atlas: Atlas) -> None:
    stopper = Stopper()
    ended: list[str] = []

    def slow() -> None:
        with stopped_by(stopper), pytest.raises(StoreError, match="stopped") as stopped:
            atlas.cypher(SLOW, timeout=60)
        ended.append(stopped.value.message)

    thread = threading.Thread(target=slow)
    thread.start()
    time.sleep(0.3)
    while thread.is_alive():
        stopper.stop()
        time.sleep(0.1)
    assert len(ended) == 1
    # Others are read as before, and who was stopped begins nothing more.
    assert atlas.cypher("RETURN 1 AS one").rows == [{"one": 1}]
    with stopped_by(stopper), pytest.raises(StoreError, match="nobody waits"):
        atlas.cypher("RETURN 1 AS one")


def test_a_statement_that_takes_too_long_is_ended(
    either: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clusteratlas.web.pages.console.PATIENCE", 0.5)
    assert "stopped after 0.5 s" in seen(either, asking(SLOW), 400).text
