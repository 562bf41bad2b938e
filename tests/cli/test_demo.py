"""The demo, on the edition in the package."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def demo(home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "clusteratlas", "demo"],
        env={**os.environ, "XDG_DATA_HOME": str(home), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_demo_shows_a_cluster_a_state_and_where_to_go_next(tmp_path: Path) -> None:
    first = demo(tmp_path)
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

    again = demo(tmp_path)
    assert again.stdout == out
    assert "load us-2021" in first.stderr
    assert "load us-2021" not in again.stderr
