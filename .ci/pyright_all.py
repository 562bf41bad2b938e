"""Run pyright and make sure that it saw every file: a check that looks at nothing is green too."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("clusteratlas", "tests", "benchmarks")


def main() -> int:
    """Print what pyright finds and give the exit code."""
    run = subprocess.run(
        [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if not run.stdout.startswith("{"):
        sys.stderr.write(run.stdout + run.stderr)
        return 1
    report = json.loads(run.stdout)
    found = [d for d in report["generalDiagnostics"] if d["severity"] != "information"]
    for item in found:
        place = Path(item["file"]).relative_to(ROOT)
        line = item.get("range", {}).get("start", {}).get("line", 0) + 1
        rule = item.get("rule", "")
        sys.stdout.write(f"{place}:{line}: {item['severity']}: {item['message']} ({rule})\n")
    seen = report["summary"]["filesAnalyzed"]
    there = sum(1 for folder in FOLDERS for _ in (ROOT / folder).rglob("*.py"))
    sys.stdout.write(f"pyright: {len(found)} findings in {seen} of {there} files\n")
    return 1 if found or seen != there or not there else 0


if __name__ == "__main__":
    sys.exit(main())
