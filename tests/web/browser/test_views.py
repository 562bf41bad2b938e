"""Each view from its address: whole, quiet, readable, wide and narrow, on paper, back and forth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from tests.web.browser.checks import inaccessible, low_contrast, misplaced_labels, too_wide
from tests.web.browser.conftest import Tab, tab
from tests.web.browser.driving import PHONE, WIDE, resize, settle
from tests.web.browser.views import VIEWS, Address


@dataclass(frozen=True, slots=True)
class Seen:
    """A view that is open, which all tests of it look at."""

    view: Address
    tab: Tab
    status: int
    whole: bool


def named(view: Address) -> str:
    return view.name


@pytest.fixture(scope="module", params=VIEWS, ids=named)
def seen(request: pytest.FixtureRequest, browser: Browser, shipped_url: str) -> Iterator[Seen]:
    view: Address = request.param
    with tab(browser, shipped_url) as one:
        yield Seen(view, one, one.go(view.shipped), settle(one.page))


@pytest.fixture
def wide(seen: Seen) -> Iterator[Seen]:
    """The view in a wide window in light, whatever a test does with it."""
    yield seen
    seen.tab.page.emulate_media(media="screen", color_scheme="light")
    resize(seen.tab.page, WIDE)


def test_it_is_there_whole(wide: Seen) -> None:
    page = wide.tab.page
    assert wide.status == wide.view.status
    assert wide.whole, "a part has not come"
    assert page.locator("[data-part] .error").all_inner_texts() == []
    assert page.locator("h1").count() == 1
    ids = page.evaluate("() => [...document.querySelectorAll('[id]')].map((e) => e.id)")
    assert sorted(ids) == sorted(set(ids))
    assert page.locator("figure svg").count() >= wide.view.pictures


def test_labels_lie_apart(wide: Seen) -> None:
    assert misplaced_labels(wide.tab.page) == []


def test_a_phone_shows_it(wide: Seen) -> None:
    page = wide.tab.page
    resize(page, PHONE)
    assert too_wide(page) == []
    assert misplaced_labels(page) == []


def test_it_can_be_printed(wide: Seen) -> None:
    page = wide.tab.page
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator("header").first.is_visible()
    assert page.locator("h1").is_visible()
    paper, ink = page.evaluate(
        "() => { const { backgroundColor, color } = getComputedStyle(document.body);"
        " return [backgroundColor, color]; }"
    )
    assert paper in {"rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"}
    assert ink == "rgb(0, 0, 0)"


def test_axe_finds_nothing(wide: Seen) -> None:
    page = wide.tab.page
    assert not (found := inaccessible(page)), "\n".join(found)
    assert not (found := low_contrast(page)), "\n".join(found)
    page.emulate_media(color_scheme="dark")
    assert not (found := low_contrast(page)), "\n".join(found)
    resize(page, PHONE)
    assert not (found := inaccessible(page)), "\n".join(found)


def test_going_on_and_back_restores_it(wide: Seen) -> None:
    page = wide.tab.page

    def state() -> tuple[str, str, str]:
        return page.url, page.title(), page.locator("h1").inner_text()

    before = state()
    wide.tab.go("/ask/definitions")
    other = state()
    page.go_back()
    assert state() == before
    page.go_forward()
    assert state() == other


def test_the_console_stays_empty(wide: Seen) -> None:
    assert wide.tab.said == []


def test_no_other_host_is_asked(wide: Seen) -> None:
    here = urlsplit(wide.tab.url).netloc
    assert wide.tab.requested
    assert [a for a in wide.tab.requested if urlsplit(a).netloc != here] == []


@pytest.mark.parametrize("view", [v for v in VIEWS if v.tiny], ids=named)
def test_each_engine_shows_it(view: Address, browser: Browser, tiny_url: str) -> None:
    with tab(browser, tiny_url) as one:
        assert one.go(view.tiny) == view.status
        assert settle(one.page)
        assert one.page.locator("[data-part] .error").all_inner_texts() == []
        assert one.said == []
