"""The demo, on the edition in the package."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path


def demo(cache: Path) -> tuple[subprocess.CompletedProcess[str], float]:
    since = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "clusteratlas.cli.main", "demo"],
        env={**os.environ, "XDG_CACHE_HOME": str(cache), "NO_COLOR": "1"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done, time.perf_counter() - since


def test_the_demo_shows_a_cluster_a_state_and_where_to_go_next(tmp_path: Path) -> None:
    first, _ = demo(tmp_path)
    assert first.returncode == 0, first.stderr
    out = first.stdout
    anatomy, state, further = (
        out.index(text)
        for text in ("ask anatomy --cluster biopharma", "ask region --region massachusetts", "next")
    )
    assert anatomy < state < further
    for section in ("core", "supplier", "service", "occupation"):
        assert f"\n{section}\n" in out[anatomy:state]
    assert "Boston" in out[anatomy:state]
    assert "County Business Patterns" in first.stderr

    again, seconds = demo(tmp_path)
    assert again.stdout == out
    assert seconds < 10
