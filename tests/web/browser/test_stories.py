"""Five readers, each from a search or a question to something taken along."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from tests.web.browser.conftest import HITS, Tab, tab


@pytest.fixture
def reader(browser: Browser, shipped_url: str) -> Iterator[Tab]:
    """A reader on the first page, in whose console nothing may be said."""
    with tab(browser, shipped_url) as one:
        one.go("/")
        yield one
        assert one.said == []


def taken(page: Page, form: str, folder: Path, within: str = "main") -> Path:
    """Take an answer along."""
    with page.expect_download() as waiting:
        page.locator(within).get_by_role("link", name=form, exact=True).first.click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_an_economic_developer_finds_what_a_cluster_of_the_region_lacks(
    reader: Tab, tmp_path: Path
) -> None:
    page = reader.page
    page.keyboard.press("/")
    page.keyboard.type("cleveland")
    page.locator(HITS, has_text="Cleveland-Elyria").first.click()
    expect(page.locator("h1")).to_contain_text("Cleveland-Elyria, OH")
    page.locator("main tbody a").first.click()
    expect(page).to_have_url(re.compile("/anatomy[?]"))
    page.locator("main a[href^='/ask/gaps']").click()
    text = taken(page, "csv", tmp_path).read_text()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows
    assert {"key", "name", "presence"} <= rows[0].keys()


def test_an_analyst_compares_three_regions(reader: Tab, tmp_path: Path) -> None:
    page = reader.page
    page.get_by_role("link", name="How do Cleveland, Pittsburgh and Columbus differ?").click()
    expect(page.locator("figure svg")).to_be_visible()
    page.get_by_role("link", name="Leave out Columbus, OH").click()
    expect(page.locator("h1")).not_to_contain_text("Columbus")
    page.get_by_label("One more region").fill("detroit")
    page.get_by_role("button", name="Add").click()
    expect(page.locator("h1")).to_contain_text("Detroit")
    assert query(page)["region"] == ["cleveland", "pittsburgh", "detroit"]
    book = load_workbook(taken(page, "xlsx", tmp_path))
    cells = [str(c.value) for sheet in book.worksheets for row in sheet.rows for c in row]
    assert any("Detroit" in text for text in cells)
    assert sum(sheet.max_row for sheet in book.worksheets) > 20
    page.go_back()
    page.go_back()
    expect(page.locator("h1")).to_contain_text("Columbus")


def test_a_researcher_asks_why_and_writes_a_statement(reader: Tab, tmp_path: Path) -> None:
    page = reader.page
    page.get_by_role("link", name="Why are vaccines with biopharmaceuticals?").click()
    expect(page.locator("h1")).to_contain_text("Biological Product")
    page.get_by_text("The Cypher behind this").click()
    assert "MATCH" in page.locator("details[open] code").first.inner_text()
    rows = json.loads(taken(page, "json", tmp_path).read_text())
    assert rows
    page.get_by_role("link", name="Cypher", exact=True).click()
    page.get_by_label("Statement", exact=True).fill(
        "MATCH (r:Region {type: 'state'}) RETURN r.name AS name ORDER BY name LIMIT 3"
    )
    page.get_by_label("Statement", exact=True).press("Control+Enter")
    expect(page.locator("tbody tr")).to_have_count(3)
    expect(page.locator("tbody")).to_contain_text("Alabama")
    assert "MATCH" in query(page)["text"][0]


def test_a_company_looks_for_a_site(reader: Tab, tmp_path: Path) -> None:
    page = reader.page
    page.get_by_role("link", name="Which places suit a maker of medical devices?").click()
    before = page.locator("h1").inner_text()
    page.get_by_text("Change what is asked").click()
    page.locator("input[name=least_jobs]").fill("5000")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("h1")).not_to_have_text(before)
    assert query(page)["least_jobs"] == ["5000"]
    drawing = taken(page, "png", tmp_path).read_bytes()
    assert drawing.startswith(b"\x89PNG")
    page.locator("tbody a").first.click()
    expect(page).to_have_url(re.compile("/anatomy[?]"))
    expect(page.locator("h1")).to_contain_text("Medical Devices")


def test_a_visitor_has_a_keyboard_alone(reader: Tab, tmp_path: Path) -> None:
    page = reader.page

    def focused(ask: str = "textContent.trim()") -> str:
        return str(page.evaluate(f"() => document.activeElement.{ask}"))

    def tab_to(words: str, ask: str = "textContent.trim()", most: int = 60) -> None:
        """Press Tab until something has the focus, which is seen."""
        for _ in range(most):
            page.keyboard.press("Tab")
            if focused(ask) == words:
                return
        raise AssertionError(f"{most} times Tab do not lead to {words}")

    page.keyboard.press("Tab")
    assert focused() == "Skip to the content"
    page.keyboard.press("/")
    page.keyboard.type("vertex pharm")
    page.locator(HITS, has_text=re.compile("vertex", re.IGNORECASE)).first.wait_for()
    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"{HITS}[aria-selected=true]")
    expect(chosen).to_contain_text(re.compile("vertex", re.IGNORECASE))
    assert focused("getAttribute('aria-activedescendant')") == chosen.get_attribute("id")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(re.compile("vertex", re.IGNORECASE))
    tab_to("csv")
    assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") != "none"
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    waiting.value.save_as(tmp_path / "organization.csv")
    assert "vertex" in (tmp_path / "organization.csv").read_text().lower()

    # Marks of the diagram are one stop: arrows lead from one to the next, Enter tells about it.
    reader.go("/anatomy?cluster=biopharmaceuticals&region=boston")
    tab_to("True", "matches('.mark')")
    first = focused("dataset.key")
    page.keyboard.press("ArrowDown")
    assert focused("dataset.key") != first
    name = focused("getAttribute('aria-label')")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("[?&]at="))
    expect(page.locator("#details h2")).to_contain_text(name.partition(",")[0])
    page.keyboard.press("Escape")
    expect(page).not_to_have_url(re.compile("[?&]at="))
