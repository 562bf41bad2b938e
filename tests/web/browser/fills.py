"""Whether marks of a picture are painted as its key says of what their words say.

Two screenshots are laid on one another: one in which each mark has a color of its own inside and
another at its edge, which says where it is to be seen; and the page as it is. A mark is told by
both colors, since some are hollow.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import Page

Look = tuple[float, ...]

_READ = """({ picture, marks, keys }) => {
  const svg = document.querySelector(picture);
  const top = svg.getBoundingClientRect().top + scrollY;
  const header = document.querySelector("header").getBoundingClientRect().height;
  scrollTo({ top: top - header, behavior: "instant" });
  const named = (mark) => {
    let next = mark.nextElementSibling ?? mark.parentElement.nextElementSibling;
    while (next && !next.matches("text")) next = next.nextElementSibling;
    return next?.textContent ?? "";
  };
  return {
    marks: [...svg.querySelectorAll(marks)].map((m) => m.querySelector("title")?.textContent ?? ""),
    keys: [...svg.querySelectorAll(keys)].map(named),
  };
}"""
# What is not asked about is black. No color is mixed with another: edges are crisp.
_NUMBER = """({ picture, marks, keys }) => {
  const svg = document.querySelector(picture);
  const hue = (number) => `#${(number * 256 + 128).toString(16).padStart(6, "0")}`;
  const numbered = [...svg.querySelectorAll(marks), ...svg.querySelectorAll(keys)];
  const numbers = new Map(numbered.map((mark, n) => [mark, 2 * n + 1]));
  for (const shape of svg.querySelectorAll("path, rect, circle, ellipse, line, text, polygon")) {
    const { fill, stroke } = getComputedStyle(shape);
    const n = numbers.get(shape);
    const style = shape.style;
    style.fill = fill === "none" ? "none" : n ? hue(n) : "#000";
    const edge = n && shape.tagName === "circle" ? hue(n + 1) : "#000";
    style.stroke = stroke === "none" ? "none" : edge;
    style.shapeRendering = "crispEdges";
    for (const one of ["opacity", "fillOpacity", "strokeOpacity"]) style[one] = 1;
  }
}"""
_RESTORE = """(picture) => {
  for (const shape of document.querySelectorAll(`${picture} *`)) shape.removeAttribute("style");
}"""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the marks of a picture are to be read.

    Parameters
    ----------
    path
        Address of the page, on the shipped edition.
    marks
        Selector of marks, whose ``title`` says what they are of.
    keys
        Selector of the samples in the key; the text behind each names it.
    said
        Which entry of the key the words of a mark stand for; None: not to be told.
    least
        How many marks there are to be told, at least.
    """

    path: str
    marks: str
    keys: str
    said: Callable[[str], str | None]
    least: int


@dataclass(frozen=True, slots=True)
class Fills:
    """What was seen in a picture."""

    told: Sequence[str]
    """Words of the marks that were looked at."""
    wrong: Sequence[str]
    """First lines of the words of those that are painted as something else."""


def facts(words: str) -> Mapping[str, str]:
    """Read the words of a mark: a line for each fact."""
    pairs = (line.partition(": ") for line in words.splitlines())
    return {name.strip(): value.strip() for name, _, value in pairs}


@dataclass(frozen=True, slots=True)
class Places:
    """Where the marks of a picture and the samples of its key are to be seen."""

    reading: Reading
    marks: Sequence[str]
    """Words of each."""
    keys: Sequence[str]
    numbers: Any
    """For each pixel of the screen the number of what is there."""


def places(page: Page, reading: Reading, picture: str = "figure svg") -> Places:
    """Find the marks of the first picture of a page, and scroll to it."""
    arguments = {"picture": picture, "marks": reading.marks, "keys": reading.keys}
    found = page.evaluate(_READ, arguments)
    page.evaluate(_NUMBER, arguments)
    most = 2 * (len(found["marks"]) + len(found["keys"]))
    numbers = _numbers(_screen(page), most)
    page.evaluate(_RESTORE, picture)
    return Places(reading, found["marks"], found["keys"], numbers)


def painted(page: Page, seen: Places) -> Fills:
    """Look at the marks of a picture, as they are now."""
    pixels, count = _screen(page), len(seen.marks)
    looks = [_look(pixels, seen.numbers, 2 * n + 1) for n in range(count + len(seen.keys))]
    keys = {
        words.partition(" (")[0]: look
        for words, look in zip(seen.keys, looks[count:], strict=True)
        if look is not None
    }
    assert len(keys) > 1, "a key tells things apart"
    told: list[str] = []
    wrong: list[str] = []
    for words, look in zip(seen.marks, looks[:count], strict=True):
        meant = seen.reading.said(words)
        if meant is None or look is None:
            continue
        told.append(words)
        far = {name: _distance(key, look) for name, key in keys.items()}
        nearest = min(far, key=far.__getitem__)
        if nearest != meant:
            wrong.append(f"{words.splitlines()[0]}: {meant}, painted as {nearest}")
    return Fills(told, wrong)


def _screen(page: Page) -> Any:
    shot = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    return np.asarray(shot).astype(np.int64)


def _numbers(pixels: Any, most: int) -> Any:
    """Give the number that the color of each pixel stands for; 0 where it stands for none."""
    number = pixels[..., 0] * 256 + pixels[..., 1]
    return np.where((pixels[..., 2] == 128) & (number <= most), number, 0)


def _look(pixels: Any, numbers: Any, number: int) -> Look | None:
    """Give the color inside and at the edge; None for what is not to be seen."""
    inside, edge = numbers == number, numbers == number + 1
    # Where the real edge is smooth, pixels beside it are mixed.
    deep = inside.copy()
    for axis, step in ((0, 1), (0, -1), (1, 1), (1, -1)):
        deep &= np.roll(inside, step, axis)
    if deep.sum() < 4:
        return None
    middle = np.median(pixels[deep], axis=0)
    around = np.median(pixels[edge], axis=0) if edge.sum() >= 4 else middle
    return (*map(float, middle), *map(float, around))


def _distance(one: Look, other: Look) -> float:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))
