"""Checks find what is wrong: pages with one fault each."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import ROOT
from tests.web.browser.checks import inaccessible, low_contrast, misplaced_labels, too_wide
from tests.web.browser.conftest import TOGETHER, tab
from tests.web.browser.driving import BROWSERS

PAGE = '<!doctype html><html lang="en"><head><title>t</title></head><body><main>{}</main></body>'
SVG = '<svg width="200" height="60" viewBox="0 0 200 60">{}</svg>'
FAULTS: dict[str, tuple[Callable[[Page], list[str]], str, str]] = {
    "a field without a name": (inaccessible, "<h1>t</h1><input>", "label"),
    "pale words": (low_contrast, '<h1 style="color: #bbb">pale</h1>', "color-contrast"),
    "a table too wide": (too_wide, '<table style="width: 2000px"><tr><td>t</table>', "2"),
    "labels on one another": (
        misplaced_labels,
        SVG.format('<text x="9" y="30">one label</text><text x="30" y="34">other</text>'),
        "on one another: one label, other",
    ),
    "a label cut off": (
        misplaced_labels,
        SVG.format('<text x="180" y="30">one label</text>'),
        "beyond the edge: one label",
    ),
}


@TOGETHER
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(fault: str, browser: Browser) -> None:
    check, body, words = FAULTS[fault]
    with tab(browser, "") as one:
        one.page.set_content(PAGE.format(body))
        found = check(one.page)
        assert any(words in said for said in found), found


@TOGETHER
def test_turned_labels_side_by_side_are_no_fault(browser: Browser) -> None:
    turned = "".join(
        f'<text transform="translate({x} 55) rotate(-45)">label</text>' for x in (20, 60, 100)
    )
    with tab(browser, "") as one:
        one.page.set_content(PAGE.format(SVG.format(turned)))
        assert misplaced_labels(one.page) == []
        one.page.set_content(PAGE.format(SVG.format(turned.replace("60 55", "30 55"))))
        assert len(misplaced_labels(one.page)) == 1


def test_a_machine_with_a_browser_is_left_alone(tmp_path: Path) -> None:
    script = ["/bin/sh", str(ROOT / ".ci" / "install_browser")]
    (tmp_path / "id").write_text("#!/bin/sh\necho 1000\n")
    (tmp_path / "id").chmod(0o755)

    def ran() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            script, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=True
        )

    (line,) = ran().stderr.splitlines()
    assert "install one" in line
    for name in BROWSERS:
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
        assert ran().stderr == ""
        (tmp_path / name).unlink()
