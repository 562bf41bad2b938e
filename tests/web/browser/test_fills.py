"""Colors of the portfolio, the map and a comparison, as they are on the screen."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Browser

from tests.web.browser.conftest import tab
from tests.web.browser.fills import Reading, facts, painted, places

STEPS = (
    ("below 0.5", 0.0, 0.5),
    ("0.5 to 1", 0.5, 1.0),
    ("1 to 1.5", 1.0, 1.5),
    ("1.5 to 3", 1.5, 3.0),
    ("3 to 6", 3.0, 6.0),
    ("6 and more", 6.0, 1e9),
)


def strong(words: str) -> str | None:
    return facts(words).get("strong")


def step(words: str) -> str | None:
    """The shade of an area, where its quotient has no range and lies well within a step."""
    try:
        value = float(facts(words)["location quotient"])
    except (KeyError, ValueError):
        return None
    within = (name for name, low, high in STEPS if low + 0.1 < value < high - 0.1)
    return next(within, None)


def compared(words: str) -> str | None:
    return facts(words).get("compared")


READINGS = {
    "portfolio": Reading(
        "/ask/region?region=cleveland",
        "circle.bubble",
        "circle:not(.bubble):not(.size)",
        strong,
        20,
    ),
    "map": Reading(
        "/ask/top-regions?cluster=biopharmaceuticals", "path.area", "rect.swatch", step, 20
    ),
    "chart": Reading(
        "/ask/compare?region=cleveland&region=pittsburgh",
        "circle.bubble",
        "circle:not(.bubble)",
        compared,
        20,
    ),
}

_FILL_WRONGLY = """([marks, told]) => {
  const words = (mark) => mark.querySelector("title").textContent;
  const look = (mark) => mark.getAttribute("class");
  const sure = [...document.querySelectorAll(`figure svg ${marks}`)]
    .filter((mark) => told.includes(mark.querySelector("title")?.textContent));
  const [one] = sure;
  const other = sure.find((mark) => look(mark).split(" ").at(-1) !== look(one).split(" ").at(-1));
  one.setAttribute("class", look(other));
  return words(one).split("\\n")[0].split(": ")[0];
}"""


@pytest.mark.parametrize(
    ("name", "scheme"),
    [("portfolio", "light"), ("portfolio", "dark"), ("map", "light"), ("chart", "light")],
)
def test_marks_are_painted_as_the_key_says(
    name: str, scheme: Literal["light", "dark"], browser: Browser, shipped_url: str
) -> None:
    reading = READINGS[name]
    with tab(browser, shipped_url) as one:
        one.page.emulate_media(color_scheme=scheme)
        one.page.set_viewport_size({"width": 1280, "height": 1200})
        one.go(reading.path)
        seen = places(one.page, reading)
        fills = painted(one.page, seen)
        assert fills.wrong == []
        assert len(fills.told) >= reading.least
        victim = one.page.evaluate(_FILL_WRONGLY, [reading.marks, fills.told])
        assert [said.partition(": ")[0] for said in painted(one.page, seen).wrong] == [victim]
