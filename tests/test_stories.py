"""Stories run: each command has rows, and what a page quotes is what its commands print."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from clusteratlas.cli.main import main
from tests.test_docs import FENCE, ROOT, name

STORIES = sorted((ROOT / "docs" / "stories").glob("*.md"))


def steps(page: Path) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Commands that a page shows together, and the lines that it quotes of what they print."""
    shown: list[list[str]] = []
    for kind, text in FENCE.findall(page.read_text("utf-8")):
        if kind == "console":
            if shown:
                yield shown, []
            shown = [shlex.split(line)[1:] for line in text.splitlines()]
        elif kind == "text":
            yield shown, text.splitlines()
            shown = []
    if shown:
        yield shown, []


def squeezed(text: str) -> str:
    return re.sub(r" +", " ", text)


def plays(page: Path, capsys: pytest.CaptureFixture[str]) -> int:
    quoted = 0
    for shown, lines in steps(page):
        said = ""
        for words in shown:
            assert main(words) == 0, words
            captured = capsys.readouterr()
            assert "(no rows)" not in captured.out, words
            said += captured.out + captured.err
        missing = [line for line in lines if squeezed(line.strip()) not in squeezed(said)]
        assert missing == [], said
        quoted += len(lines)
    return quoted


@pytest.fixture
def at_80(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, and a terminal as wide as the pages have it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


@pytest.mark.parametrize("page", STORIES, ids=name)
def test_a_story_is_true(
    page: Path,
    shipped_store: Path,
    at_80: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("CLUSTERATLAS_STORE", str(shipped_store))
    assert plays(page, capsys) >= 3
    for kind, text in FENCE.findall(page.read_text("utf-8")):
        if kind == "python":
            subprocess.run([sys.executable, "-c", text], env=dict(os.environ), check=True)


def test_there_are_stories() -> None:
    assert len(STORIES) >= 4
