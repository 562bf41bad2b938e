"""A real browser and a real server for tests, screenshots and measurements."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
"""What a Chromium is called on PATH; ``.ci/install_browser`` looks for the same."""
WIDE, PHONE = (1280, 900), (390, 844)
"""Width and height of a window, pixels."""
_PATIENCE = 90.0
"""Seconds that a server may take to start, on a machine that does something else too."""
_FLAGS = (
    # Names of other hosts are not even looked up.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--force-color-profile=srgb",
    "--disable-gpu",
)
_SETTLE = """async () => {
  const busy = () => document.querySelector("[aria-busy=true]");
  const end = Date.now() + 60000;
  while (busy() && Date.now() < end) {
    busy().scrollIntoView({ behavior: "instant", block: "center" });
    await new Promise((done) => setTimeout(done, 20));
  }
  scrollTo({ top: 0, behavior: "instant" });
  return busy() === null;
}"""


def find_browser() -> str | None:
    """Give the program of a Chromium on PATH; None where there is none."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def needed_browser() -> str:
    """Give the program of a Chromium, for a script that can do nothing without.

    Raises
    ------
    SystemExit
        If there is none on PATH.
    """
    program = find_browser()
    if program is None:
        raise SystemExit("no Chromium is on PATH: `sh .ci/install_browser` says how to get one")
    return program


@contextmanager
def launched(program: str) -> Iterator[Browser]:
    """Start a browser without a window."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=list(_FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@dataclass(frozen=True, slots=True)
class Served:
    """An explorer that runs as a process of its own."""

    url: str
    process: int
    started: float
    """Seconds from the command to the first answer."""


@contextmanager
def serving(store: str | Path, environment: Mapping[str, str] | None = None) -> Iterator[Served]:
    """Run ``clusteratlas explore`` on a store.

    Raises
    ------
    RuntimeError
        If it ends, or does not answer.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [sys.executable, "-m", "clusteratlas", "explore", "--port", str(port)]
    began = time.monotonic()
    process = subprocess.Popen(
        [*words, "--store", str(store)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **(environment or {})},
    )
    url = f"http://127.0.0.1:{port}"
    try:
        while not _answers(url):
            late = time.monotonic() - began > _PATIENCE
            if late or process.poll() is not None:
                process.kill()
                said = process.communicate()[1]
                raise RuntimeError(f"clusteratlas explore does not answer: {said}")
            time.sleep(0.05)
        yield Served(url, process.pid, time.monotonic() - began)
    finally:
        process.terminate()
        process.communicate()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/static/icon.svg", timeout=5):  # noqa: S310 (our own)
            return True
    except (urllib.error.URLError, OSError):
        return False


def resize(page: Page, size: tuple[int, int]) -> None:
    """Give a window another size, and wait until the page has taken note of it."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    frame = "(done) => requestAnimationFrame(() => requestAnimationFrame(done))"
    page.evaluate(f"() => new Promise({frame})")


def settle(page: Page) -> bool:
    """Scroll until every part of a page has come; say whether all did."""
    return bool(page.evaluate(_SETTLE))
