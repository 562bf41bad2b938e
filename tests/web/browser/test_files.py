"""Files taken along in a browser, and names that would do something if they could."""

from __future__ import annotations

import html
import shlex
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from clusteratlas.cli.main import main
from tests.web.browser.conftest import INJECTED, TOGETHER, tab
from tests.web.browser.driving import settle

ASKED = (
    "/ask/top-regions?cluster=wine&limit=25",
    "/ask/compare?region=cleveland&region=pittsburgh&region=columbus%2C+oh",
    "/ask/companies?cluster=biopharmaceuticals&region=boston",
)
EMBEDDED = pytest.mark.parametrize(
    "tiny_url", [pytest.param("embedded", marks=TOGETHER)], indirect=True
)


@pytest.mark.parametrize("path", ASKED)
def test_a_csv_of_the_browser_is_that_of_the_command_line(
    path: str,
    browser: Browser,
    shipped_url: str,
    shipped_store: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    with tab(browser, shipped_url) as one:
        one.go(path)
        with one.page.expect_download() as waiting:
            one.page.get_by_role("link", name="csv", exact=True).first.click()
        waiting.value.save_as(tmp_path / "browser.csv")
        one.page.get_by_text("The same in a terminal").first.click()
        command = one.page.locator("details[open] code").first.inner_text()
    monkeypatch.setenv("CLUSTERATLAS_STORE", str(shipped_store))
    program, *words = shlex.split(command)
    assert program == "clusteratlas"
    assert main([*words, "--format", "csv"]) == 0
    told = capfdbinary.readouterr().out
    assert (tmp_path / "browser.csv").read_bytes() == told
    assert told.count(b"\n") > 2


@EMBEDDED
@pytest.mark.parametrize(
    "path",
    [
        "/ask/organization?organization=cik:0000000102",
        "/ask/companies?cluster=drugs&region=boston",
        "/anatomy?cluster=drugs&region=boston",
        "/anatomy?cluster=drugs&region=boston&show=list",
        "/trace?at=cik:0000000102",
        "/find?q=harbor",
    ],
)
def test_a_name_of_an_organization_stays_text(path: str, browser: Browser, tiny_url: str) -> None:
    with tab(browser, tiny_url) as one:
        one.go(path)
        assert settle(one.page)
        assert INJECTED in html.unescape(one.page.content())
        assert one.page.title() != "owned"
        assert one.page.locator("img, main script").count() == 0
        # Nothing was tried either: the policy would have said so.
        assert one.said == []


@EMBEDDED
def test_suggestions_are_text(browser: Browser, tiny_url: str) -> None:
    with tab(browser, tiny_url) as one:
        one.go("/")
        one.page.locator("#q").press_sequentially("harbor")
        hit = one.page.locator("#hits [role=option]", has_text="<script>").first
        hit.wait_for()
        assert INJECTED in hit.inner_text()
        assert one.page.locator("img, main script").count() == 0
        assert one.page.title() != "owned"
        assert one.said == []
