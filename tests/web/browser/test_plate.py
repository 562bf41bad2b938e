"""Marks of an anatomy's diagram, as they are on the screen: full, half, ringed or hollow."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

FULL, HALF, RINGED, HOLLOW = "full", "half", "ringed", "hollow"
SCALE = 3
# Of a mark: its words, and where its middle, its left and its right half are on the screen. A disc
# of the plate is larger the more jobs it has.
_READ = """() => [...document.querySelectorAll("svg .mark[data-key^=naics]")].map((mark) => {
  const shape = mark.querySelector("circle");
  const { left, top, width, height } = shape.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  const aside = 0.62 * shape.r.baseVal.value * shape.getScreenCTM().a;
  return { words: mark.getAttribute("aria-label"), at: [[x, y], [x - aside, y], [x + aside, y]] };
})"""
_FILL = """(words) => {
  const mark = [...document.querySelectorAll("svg .mark")]
    .find((one) => one.getAttribute("aria-label") === words);
  mark.querySelector("circle").setAttribute("class", "f1");
}"""


def meant(words: str) -> str:
    """What the words of a mark say about how it is filled."""
    said = f"{words},"
    if ", missing" in said:
        return HOLLOW
    if ", present" in said:
        return HALF
    if ", in every region" in said or "withheld" in said:
        return RINGED
    return FULL if ", strong" in said else HOLLOW


def painted(page: Page) -> list[tuple[str, str]]:
    """Words of each mark on the screen, and how it is filled: dark or light at three places."""
    marks = page.evaluate(_READ)
    shot = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("L")
    pixels: Any = np.asarray(shot).astype(int)
    looks = {
        (True, True, True): FULL,
        (False, True, False): HALF,
        (True, True, False): HALF,
        (True, False, False): RINGED,
        (False, False, False): HOLLOW,
    }
    found = []
    for mark in marks:
        places = [(round(y * SCALE), round(x * SCALE)) for x, y in mark["at"]]
        if all(0 <= y < pixels.shape[0] and 0 <= x < pixels.shape[1] for y, x in places):
            middle, left, right = (bool(pixels[place] < 170) for place in places)
            found.append(
                (mark["words"], looks.get((middle, left, right), "as nothing that the key has"))
            )
    return found


@pytest.mark.parametrize(
    "path",
    [
        "/anatomy?cluster=biopharmaceuticals&region=boston",
        "/anatomy?cluster=automotive&region=detroit",
    ],
)
def test_marks_are_filled_as_their_words_say(path: str, browser: Browser, shipped_url: str) -> None:
    context = browser.new_context(
        viewport={"width": 1280, "height": 1900}, device_scale_factor=SCALE, color_scheme="light"
    )
    try:
        page = context.new_page()
        page.goto(shipped_url + path)
        page.locator("svg .mark").first.wait_for()
        seen = painted(page)
        assert [(words, look) for words, look in seen if look != meant(words)] == []
        assert len(seen) >= 20
        assert {look for _, look in seen} == {FULL, HALF, RINGED, HOLLOW}
        victim = next(words for words, look in seen if look == HOLLOW)
        page.evaluate(_FILL, victim)
        wrong = [(words, look) for words, look in painted(page) if look != meant(words)]
        assert wrong == [(victim, FULL)]
    finally:
        context.close()
