"""Ten tasks, each in at most six actions: a click, something typed or chosen, a key."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Download, Locator, Page, expect

from tests.web.browser.conftest import HITS, tab

MOST = 6
"""Actions that a task may take, from the first page on."""


@dataclass
class Reader:
    """Who does a task, and in how many actions."""

    page: Page
    actions: int = 0

    def click(self, what: Locator) -> None:
        self.actions += 1
        what.click()

    def link(self, words: str, within: str = "body") -> None:
        self.click(self.page.locator(within).get_by_role("link", name=words).first)

    def fill(self, label: str, text: str) -> None:
        self.actions += 1
        self.page.locator("main").get_by_label(label, exact=True).fill(text)

    def type(self, text: str) -> None:
        self.actions += 1
        self.page.keyboard.type(text)

    def press(self, key: str) -> None:
        self.actions += 1
        self.page.keyboard.press(key)

    def search(self, text: str, hit: str) -> None:
        """Type into the search of the page's head, and take what it suggests."""
        self.press("/")
        self.type(text)
        self.click(self.page.locator(HITS, has_text=hit).first)

    def take(self, what: Locator) -> Download:
        with self.page.expect_download() as waiting:
            self.click(what)
        return waiting.value

    def reads(self, words: str) -> None:
        """See that the title of the page says something."""
        expect(self.page.locator("h1")).to_contain_text(words)


@pytest.fixture
def reader(browser: Browser, shipped_url: str) -> Iterator[Reader]:
    with tab(browser, shipped_url) as one:
        one.go("/")
        reader = Reader(one.page)
        yield reader
        assert 0 < reader.actions <= MOST
        assert one.said == []


def test_find_wine_in_napa(reader: Reader) -> None:
    reader.search("wine", "Wine")
    reader.link("Where it is", "main")
    reader.link("Napa, CA", "#top-regions")
    reader.reads("Napa, CA")


def test_who_supplies_the_automotive_industry_of_detroit_and_is_missing(reader: Reader) -> None:
    reader.search("automotive", "Automotive")
    reader.link("Where it is", "main")
    reader.link("Detroit-Warren-Dearborn, MI", "#top-regions")
    reader.link("Which supplying industries", "main")
    reader.reads("Detroit-Warren-Dearborn, MI")
    expect(reader.page.locator("tbody").first).to_contain_text(re.compile("missing|thin"))


def test_compare_three_cities(reader: Reader) -> None:
    reader.link("How do Cleveland, Pittsburgh and Columbus differ?")
    for city in ("Cleveland", "Pittsburgh", "Columbus"):
        reader.reads(city)
    expect(reader.page.locator("figure svg")).to_be_visible()


def test_draw_a_region_of_five_counties(reader: Reader, tmp_path: Path) -> None:
    reader.link("Map", "header")
    reader.link("Counties", "main")
    reader.fill("Name", "North Bay")
    reader.fill("Add counties", "06055; 06097; 06041; Solano County, CA; Lake County, CA")
    reader.press("Enter")
    # The first sum over counties has the edition read.
    expect(reader.page.locator("#portfolio h3")).to_contain_text("North Bay", timeout=60_000)
    found = reader.take(reader.page.locator("#file"))
    found.save_as(tmp_path / "own.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "own.csv").read_text())))
    assert {row["county"] for row in rows} == {"06055", "06097", "06041", "06095", "06033"}


def test_trace_mit_to_moderna(reader: Reader) -> None:
    reader.link("Trace", "header")
    reader.fill("From", "massachusetts institute of technology")
    reader.fill("To", "moderna")
    reader.press("Enter")
    reader.reads("Massachusetts Institute of Technology and Moderna are 2 links apart")


def test_export_an_anatomy(reader: Reader, tmp_path: Path) -> None:
    reader.link("Anatomy", "header")
    reader.fill("Cluster", "biopharma")
    reader.fill("Region", "boston")
    reader.press("Enter")
    reader.click(reader.page.get_by_text("Export", exact=True))
    found = reader.take(reader.page.get_by_role("link", name="Picture, SVG"))
    found.save_as(tmp_path / "anatomy.svg")
    assert "Pharmaceutical Preparation" in (tmp_path / "anatomy.svg").read_text()


def test_print_a_scorecard(reader: Reader, tmp_path: Path) -> None:
    reader.search("cleveland", "Cleveland-Elyria")
    reader.link("Scorecard to print", "main")
    reader.reads("Cleveland-Elyria, OH")
    reader.actions += 1
    printed = reader.page.pdf(path=tmp_path / "scorecard.pdf", format="Letter")
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


def test_why_an_industry_is_there(reader: Reader) -> None:
    reader.search("biological product", "Biological Product")
    reader.reads("Where does this industry belong, and why")
    expect(reader.page.locator("main")).to_contain_text("Biopharmaceuticals")
    expect(reader.page.locator("main")).to_contain_text("Pharmaceutical Preparation")


def test_which_figures_are_uncertain(reader: Reader) -> None:
    reader.search("cleveland", "Cleveland-Elyria")
    reader.link("What is uncertain", "main")
    rows = reader.page.locator("#uncertain tbody tr")
    expect(rows.first).to_be_visible()
    expect(reader.page.locator("#uncertain")).to_contain_text("estimate")


def test_write_a_statement_with_completion(reader: Reader) -> None:
    reader.link("Cypher", "header")
    reader.click(reader.page.get_by_label("Statement", exact=True))
    reader.type("MATCH (c:Clus")
    expect(reader.page.locator("#offers [role=option]").first).to_contain_text("Cluster")
    reader.press("Tab")
    reader.type(" {level: 'cluster'}) RETURN c.name AS name ORDER BY name LIMIT 3")
    reader.press("Control+Enter")
    # The first statement has the console's own store opened.
    expect(reader.page.locator("tbody tr")).to_have_count(3, timeout=30_000)
