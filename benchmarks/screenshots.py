"""Every view of the explorer, light and dark, wide and on a phone, on one sheet.

``python -m benchmarks.screenshots`` opens each view of the shipped edition in a browser and writes
``build/screenshots/index.html`` with the pictures beside it.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, FloatRect

from clusteratlas.editions.store.edition import open_edition
from clusteratlas.graph import open_store
from clusteratlas.graph.load import load_edition
from tests.web.browser.driving import PHONE, WIDE, launched, needed_browser, serving, settle
from tests.web.browser.views import VIEWS, Address

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
SIZES = {"wide": WIDE, "phone": PHONE}
_TALLEST = 2400
"""Pixels of a page that are shown at most."""


@contextmanager
def store_of_edition(given: str | None) -> Iterator[str]:
    """Give a store that holds the shipped edition: the one that is named, or one of its own."""
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "atlas.lbug"
        with open_store(path) as store:
            load_edition(open_edition(), store)
        yield str(path)


def taken(browser: Browser, url: str, views: Sequence[Address], out: Path) -> Iterator[str]:
    """Take the pictures of views; give their files."""
    for view in views:
        for scheme in SCHEMES:
            for size, (width, height) in SIZES.items():
                page = browser.new_page(
                    viewport={"width": width, "height": height},
                    color_scheme=scheme,
                    reduced_motion="reduce",
                )
                page.goto(url + view.shipped)
                settle(page)
                name = f"{view.name}-{scheme}-{size}.png"
                tall = int(page.evaluate("() => document.documentElement.scrollHeight"))
                seen: FloatRect = {"x": 0, "y": 0, "width": width, "height": min(tall, _TALLEST)}
                page.screenshot(path=out / name, full_page=True, clip=seen)
                page.close()
                yield name


def sheet(views: Sequence[Address]) -> str:
    """Write the page that shows the pictures."""
    parts = []
    for view in views:
        images = "".join(
            f'<img class="{size}" loading="lazy" alt="{view.name}, {scheme}, {size}" '
            f'src="{view.name}-{scheme}-{size}.png">'
            for size in SIZES
            for scheme in SCHEMES
        )
        parts.append(
            f"<section><h2>{view.name}</h2><p>{escape(view.shipped)}</p>{images}</section>"
        )
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Views</title>\n'
        "<style>body { font-family: sans-serif; } img { vertical-align: top; margin: .3rem; "
        "border: 1px solid #999; } .wide { width: 32%; } .phone { width: 13%; }</style></head>\n"
        f"<body><h1>{len(views)} views</h1>\n" + "\n".join(parts) + "\n</body></html>\n"
    )


def main() -> None:
    """Take all pictures, and write the sheet."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("views", nargs="*", help="names; default: all")
    parser.add_argument("--out", type=Path, default=Path("build/screenshots"))
    parser.add_argument("--store", help="store that holds the shipped edition; default: a new one")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    views = [v for v in VIEWS if not given.views or v.name in given.views]
    program = needed_browser()
    with (
        store_of_edition(given.store) as store,
        serving(store) as served,
        launched(program) as browser,
    ):
        for name in taken(browser, served.url, views, given.out):
            print(name)
    (given.out / "index.html").write_text(sheet(views), encoding="utf-8")
    print(given.out / "index.html")


if __name__ == "__main__":
    main()
