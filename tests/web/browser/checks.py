"""What may be wrong with a page, found by scripts in it: each gives what it found, in words."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

_OVERFLOW = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  const held = (e) => {
    for (let p = e.parentElement; p && p !== document.body; p = p.parentElement) {
      if (getComputedStyle(p).overflowX !== "visible") return true;
    }
    return false;
  };
  const over = [...document.querySelectorAll("body *")].filter((e) =>
    e.getBoundingClientRect().right > wide + 0.5 && !held(e));
  return [`the page is ${document.documentElement.scrollWidth} wide`, ...over.slice(0, 5).map((e) =>
    `${e.tagName} ${e.className} ${e.textContent.trim().slice(0, 40)}`)];
}"""

# Boxes follow the ink: capitals are 0.75 of the size of a font high, descenders 0.22 deep.
_LABELS = """() => {
  const wrong = [];
  for (const svg of document.querySelectorAll("svg")) {
    const room = svg.getBoundingClientRect();
    if (!room.width || !svg.checkVisibility()) continue;
    const found = [];
    for (const text of svg.querySelectorAll("text")) {
      if (!text.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const lines = text.querySelector("tspan") ? [...text.querySelectorAll("tspan")] : [text];
      const matrix = text.getScreenCTM();
      const size = parseFloat(getComputedStyle(text).fontSize);
      for (const line of lines) {
        const count = line.getNumberOfChars();
        if (!count || !line.textContent.trim()) continue;
        const first = line.getStartPositionOfChar(0);
        const last = line.getEndPositionOfChar(count - 1);
        const corners = [[first.x, first.y - 0.75 * size], [last.x, last.y - 0.75 * size],
          [last.x, last.y + 0.22 * size], [first.x, first.y + 0.22 * size]]
          .map(([x, y]) => new DOMPoint(x, y).matrixTransform(matrix));
        const [xs, ys] = [corners.map((p) => p.x), corners.map((p) => p.y)];
        found.push({ words: line.textContent, corners, left: Math.min(...xs),
          right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) });
      }
    }
    // By the axes of both: turned labels may have boxes that meet without lying on one another.
    const apart = (a, b) => [a, b].some(({ corners }) => [[0, 1], [1, 2]].some(([i, j]) => {
      const [x, y] = [corners[j].y - corners[i].y, corners[i].x - corners[j].x];
      const length = Math.hypot(x, y) || 1;
      const along = (one) => one.corners.map((p) => (p.x * x + p.y * y) / length);
      const [m, n] = [along(a), along(b)];
      return Math.max(...m) < Math.min(...n) + 0.3 || Math.max(...n) < Math.min(...m) + 0.3;
    }));
    found.sort((a, b) => a.left - b.left);
    found.forEach((one, i) => {
      for (let j = i + 1; j < found.length && found[j].left < one.right; j += 1) {
        if (!apart(one, found[j])) wrong.push(`on one another: ${one.words}, ${found[j].words}`);
      }
      if (one.left < room.left - 1 || one.right > room.right + 1
          || one.top < room.top - 1 || one.bottom > room.bottom + 1) {
        wrong.push(`beyond the edge: ${one.words}`);
      }
    });
  }
  return wrong;
}"""

# Rows of a table are alike: three are looked at. Words in pictures have the colors of the palette,
# whose contrast has a test of its own; to look at each would take longer than all the rest.
_AXE = """async (contrast) => {
  const rows = [...document.querySelectorAll("tbody")].flatMap((b) => [...b.rows].slice(3));
  const shown = rows.filter((row) => !row.hidden);
  for (const row of shown) row.hidden = true;
  const one = { "color-contrast": { enabled: contrast } };
  const { violations } = await axe.run(contrast ? { exclude: [["svg"]] } : document, {
    preload: false, resultTypes: ["violations"],
    ...(contrast ? { runOnly: ["color-contrast"] } : { rules: one }),
  });
  for (const row of shown) row.hidden = false;
  return violations.map((v) =>
    `${v.id} (${v.nodes.length}): ${v.help}: ${v.nodes[0].target} ${v.nodes[0].failureSummary}`);
}"""


@cache
def _axe_script() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


def inaccessible(page: Page) -> list[str]:
    """Give what axe finds wrong, without contrast."""
    return _axe(page, contrast=False)


def low_contrast(page: Page) -> list[str]:
    """Give what axe finds hard to read, in the colors that the page has now."""
    return _axe(page, contrast=True)


def _axe(page: Page, *, contrast: bool) -> list[str]:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe_script())
    return _words(page.evaluate(_AXE, contrast))


def too_wide(page: Page) -> list[str]:
    """Say what makes the page scroll sideways."""
    return _words(page.evaluate(_OVERFLOW))


def misplaced_labels(page: Page) -> list[str]:
    """Say which labels of pictures lie on one another, or beyond the edge of their picture."""
    return _words(page.evaluate(_LABELS))


def _words(found: Any) -> list[str]:
    return [str(one) for one in found]
