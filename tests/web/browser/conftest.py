"""One browser for all tests of this folder, and explorers that run as processes of their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from clusteratlas.editions.store.edition import Edition, write_edition
from clusteratlas.graph import open_store
from clusteratlas.graph.load import load_edition
from tests.conftest import ON_NEO4J, Neo4jServer, missing
from tests.tiny import tiny_tables
from tests.web.browser.driving import WIDE, find_browser, launched, serving

TOGETHER = pytest.mark.xdist_group("shipped_store")
"""Tests that use the browser and no server of a database run on the worker that has it."""
HITS = "#hits [role=option]"
"""What the search suggests."""
INJECTED = "<script>document.title = 'owned'</script><img src=x onerror=\"document.title='owned'\">"
"""What an organization is called in the tiny atlas that these tests serve."""


@dataclass(slots=True)
class Tab:
    """A page, and what happened in it."""

    page: Page
    url: str
    """Of the server."""
    said: list[str] = field(default_factory=list, repr=False)
    """Errors and warnings in the console."""
    requested: list[str] = field(default_factory=list, repr=False)
    """Addresses that were asked for."""

    def go(self, path: str) -> int:
        """Open a page of the explorer; give its status."""
        answer = self.page.goto(self.url + path)
        assert answer is not None
        return answer.status


@contextmanager
def tab(browser: Browser, url: str) -> Iterator[Tab]:
    """Open a window of its own, with no memory of others."""
    context = browser.new_context(
        viewport={"width": WIDE[0], "height": WIDE[1]}, color_scheme="light"
    )
    context.set_default_timeout(60_000)
    try:
        yield listened(context, url)
    finally:
        context.close()


def listened(context: BrowserContext, url: str) -> Tab:
    """Open a page, and write down what happens in it."""
    one = Tab(context.new_page(), url)

    def said(message: ConsoleMessage) -> None:
        # A page that says what is wrong comes with a status that says so too.
        if message.location.get("url") == one.page.url and "status of 4" in message.text:
            return
        if message.type in {"error", "warning"}:
            one.said.append(f"{message.type}: {message.text}")

    one.page.on("console", said)
    one.page.on("pageerror", lambda error: one.said.append(str(error)))
    context.on("request", lambda request: one.requested.append(request.url))
    return one


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    # Not longer than this folder: while it is open, a thread has an event loop that runs.
    program = find_browser()
    if program is None:
        missing("no Chromium is on PATH; `sh .ci/install_browser` says how to get one")
        raise AssertionError
    with launched(program) as browser:
        yield browser


@pytest.fixture(scope="package")
def shipped_url(shipped_store: Path) -> Iterator[str]:
    """The explorer of the shipped edition."""
    with serving(shipped_store) as served:
        yield served.url


@pytest.fixture(scope="package")
def injected(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The tiny atlas with an organization whose name would do something if it could."""
    tables = tiny_tables()
    names = tables["organizations"]["name"]
    named = names.where(names != "Harbor Biologics Inc", f"Harbor {INJECTED}")
    assert (names != named).any()
    tables["organizations"] = tables["organizations"].assign(name=named)
    folder = tmp_path_factory.mktemp("injected") / "tiny"
    return write_edition(folder, "tiny", tables, {"parameters": {}, "seeds": {}})


@pytest.fixture(
    scope="package",
    params=[
        pytest.param("embedded", marks=TOGETHER),
        pytest.param("neo4j", marks=ON_NEO4J),
    ],
)
def tiny_url(
    request: pytest.FixtureRequest, injected: Edition, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The explorer of that atlas, once on each engine."""
    if request.param == "embedded":
        path = tmp_path_factory.mktemp("injected") / "atlas.lbug"
        with open_store(path) as store:
            load_edition(injected, store)
        with serving(path) as served:
            yield served.url
        return
    server: Neo4jServer = request.getfixturevalue("neo4j_server")
    with open_store(server.url, user=server.user, password=server.password) as store:
        store.wipe()
        load_edition(injected, store)
        known = {"NEO4J_USER": server.user, "NEO4J_PASSWORD": server.password}
        with serving(server.url, known) as served:
            yield served.url
        store.wipe()
