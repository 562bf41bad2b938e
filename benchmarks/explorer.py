"""The explorer as a reader has it: first paint, ready, kilobytes; its memory; many readers at once.

Each view of the shipped edition is opened in a browser without a cache. Then clients ask the
server alone for all views and the parts in them.
"""

from __future__ import annotations

import argparse
import http.client
import random
import re
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser

from benchmarks.measure import machine
from benchmarks.screenshots import store_of_edition
from clusteratlas.web.front import KEPT
from tests.web.browser.driving import WIDE, Served, launched, needed_browser, serving
from tests.web.browser.views import VIEWS, Address

ROOT = Path(__file__).resolve().parent.parent
RUNS = 5
CLIENTS, SECONDS, SEED = 50, 60.0, 13
PAUSES = (5.0, 0.0)
"""Seconds that a client looks at a page before it opens the next one."""
_PART = re.compile(r'data-part="([^"]+)"')
# Ready: loaded, and no part that is to be seen is still to come.
_WATCH = """() => {
  const seen = (part) => {
    const { top, bottom } = part.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  };
  const look = () => {
    const busy = [...document.querySelectorAll("[aria-busy=true]")].some(seen);
    if (document.readyState === "complete" && !busy) window.readyAt = performance.now();
    else requestAnimationFrame(look);
  };
  addEventListener("DOMContentLoaded", look);
}"""
_READY = """() =>
  window.readyAt && performance.getEntriesByName("first-contentful-paint").length"""
_READ = """() => {
  const every = [...performance.getEntriesByType("navigation"),
    ...performance.getEntriesByType("resource")];
  return {
    paint: performance.getEntriesByName("first-contentful-paint")[0].startTime,
    ready: window.readyAt,
    bytes: every.reduce((sum, one) => sum + one.transferSize, 0),
  };
}"""


@dataclass(frozen=True, slots=True)
class Opened:
    """Medians of opening a view."""

    view: Address
    paint: float
    """Milliseconds to the first contentful paint."""
    ready: float
    """Milliseconds until all that is to be seen is there."""
    kilobytes: float
    made: float
    """Milliseconds to the first paint where the server has to make the answer first."""


@dataclass(slots=True)
class Load:
    """What many clients at once were answered."""

    server: str
    pause: float
    taken: list[float] = field(default_factory=list)
    """Seconds of each answer."""
    failed: list[str] = field(default_factory=list)
    """Addresses that were answered by a fault of the server, or not at all."""

    def percentile(self, percent: int) -> float:
        """Milliseconds within which so many percent of the answers came."""
        return 1000 * statistics.quantiles(self.taken, n=100)[percent - 1]


def opened(browser: Browser, url: str, view: Address, runs: int) -> Opened:
    """Open a view some times, each time as somebody who was never there; the first apart."""
    found: list[dict[str, Any]] = []
    for _ in range(runs + 1):
        context = browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]})
        page = context.new_page()
        page.add_init_script(f"({_WATCH})()")
        page.goto(url + view.shipped)
        page.wait_for_function(_READY)
        found.append(page.evaluate(_READ))
        context.close()
    paint, ready, size = (
        statistics.median(f[n] for f in found[1:]) for n in ("paint", "ready", "bytes")
    )
    return Opened(view, paint, ready, size / 1000, found[0]["paint"])


def loaded(url: str, server: str, pause: float) -> Load:
    """Let clients open views and their parts, each in an order of its own."""
    load, until = Load(server, pause), time.monotonic() + SECONDS

    def client(number: int) -> None:
        chance = random.Random(SEED + number)  # noqa: S311 (an order, no secret)
        time.sleep(chance.random() * pause)
        while time.monotonic() < until:
            view = chance.choice(VIEWS)
            text = _asked(url, view.shipped, load)
            for part in _PART.findall(text):
                if time.monotonic() < until:
                    _asked(url, unescape(part), load)
            time.sleep(max(0.0, min(pause, until - time.monotonic())))

    threads = [threading.Thread(target=client, args=(n,)) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return load


def _asked(url: str, path: str, load: Load) -> str:
    began = time.perf_counter()
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=SECONDS)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        text = answer.read().decode()
        status = answer.status
    except OSError as exc:
        status, text = 599, ""
        load.failed.append(f"{path}: {exc}")
    finally:
        connection.close()
    load.taken.append(time.perf_counter() - began)
    if 500 <= status < 599:
        load.failed.append(f"{path}: {status}")
    return text


def megabytes(process: int) -> float:
    """Give the memory that a process holds now."""
    import psutil

    return float(psutil.Process(process).memory_info().rss) / 1e6


def explorer_page(
    served: Served, views: Sequence[Opened], memory: Sequence[float], loads: Sequence[Load]
) -> str:
    """Write the page."""
    lines = [
        "# Performance: the explorer",
        "",
        "Measured by `make bench` in one run, with the shipped edition in an embedded store.",
        "",
        f"Machine: {machine()}.",
        "",
        f"`clusteratlas explore` answers {served.started:.1f} s after it was called. It holds",
        f"{memory[0]:,.0f} MB then, {memory[1]:,.0f} MB when all views have been opened, and",
        f"{memory[-1]:,.0f} MB after the load.",
        "",
        "## Views in a browser",
        "",
        f"Window of {WIDE[0]} by {WIDE[1]}, nothing cached in the browser, medians of {RUNS}",
        "from a server that has kept its answer; *made*: first paint of one opening before, for",
        "which it had to make it. *Ready*: loaded, and no part that is to be seen is to come.",
        "*Transferred*: the page, all that it brings with it and parts that have come until then.",
        "",
        "| view | made, ms | first paint, ms | ready, ms | transferred, kB |",
        "|---|---:|---:|---:|---:|",
        *(
            f"| {o.view.name} | {o.made:,.0f} | {o.paint:,.0f} | {o.ready:,.0f} "
            f"| {o.kilobytes:,.0f} |"
            for o in views
        ),
        "",
        "## Many readers at once",
        "",
        f"{CLIENTS} clients for {SECONDS:.0f} s, on the same machine. Each opens views and their",
        "parts in an order of its own and looks at each for some seconds. A server keeps",
        f"{KEPT >> 20} MB of answers; one that has just started has to make each once.",
        "",
        "| server | looks, s | answers | a second | faults | p50, ms | p95, ms |",
        "|---|---:|---:|---:|---:|---:|---:|",
        *(
            f"| {one.server} | {one.pause:g} | {len(one.taken):,} "
            f"| {len(one.taken) / SECONDS:,.1f} | {len(one.failed)} "
            f"| {one.percentile(50):,.0f} | {one.percentile(95):,.0f} |"
            for one in loads
        ),
    ]
    faults = sorted({fault for one in loads for fault in one.failed})
    return "\n".join([*lines, *(["", "Faults:", ""] if faults else []), *faults[:20]]) + "\n"


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "performance-explorer.md")
    parser.add_argument("--store", help="store that holds the shipped edition; default: a new one")
    given = parser.parse_args()
    program = needed_browser()
    with store_of_edition(given.store) as store, serving(store) as served:
        memory = [megabytes(served.process)]
        with launched(program) as browser:
            views = [opened(browser, served.url, v, RUNS) for v in VIEWS if v.status == 200]
        memory.append(megabytes(served.process))
        loads = [loaded(served.url, "has shown all views", pause) for pause in PAUSES]
        memory.append(megabytes(served.process))
        with serving(store) as fresh:
            loads.insert(0, loaded(fresh.url, "just started", PAUSES[0]))
    page = explorer_page(served, views, memory, loads)
    given.out.write_text(page, "utf-8")
    print(page)


if __name__ == "__main__":
    main()
