"""Run all measurements and write ``docs/performance.md``, or those of organizations alone."""

from __future__ import annotations

import argparse
import os
import tempfile
from functools import partial
from pathlib import Path

from benchmarks import analysis, engines, measures, organizations
from benchmarks.measure import Measured, command, machine, timed
from clusteratlas.editions.store.edition import open_edition

ROOT = Path(__file__).resolve().parent.parent

TARGETS = {
    "build": "90 s, 4 GB",
    "an empty embedded store": "15 s",
    "an empty Neo4j through Bolt": "90 s",
    "import them offline": "30 s",
    "1,000 industries": "2 s",
    "--help": "0.3 s",
    "clusteratlas measure": "2 s",
    "gather, place, match": "5 min with the load, 4 GB",
    "cluster (Neo4j)": "0.5 s",
    "Boston (Neo4j)": "0.5 s",
    "anatomy of": "0.3 s",
    "trace between": "0.5 s",
    "derive one set": "10 s",
    "sweep": "15 min, 6 GB",
    "clusteratlas ask": "1.5 s",
    "clusteratlas find": "1.5 s",
}


def commands(data: Path) -> list[Measured]:
    """Commands as whole processes."""
    with tempfile.TemporaryDirectory() as folder:
        out, store = str(Path(folder) / "out"), str(Path(folder) / "atlas.lbug")
        built = command(["build", "--data", str(data), "--out", out, "--no-cache"])
        command(["load", "--store", store])
        where = {"CLUSTERATLAS_STORE": store}
        lines = {
            "clusteratlas --help": ["--help"],
            "clusteratlas ask --help": ["ask", "--help"],
            "clusteratlas ask anatomy": ["ask", "anatomy", "biopharma", "boston"],
            "clusteratlas ask region": ["ask", "region", "boston"],
            "clusteratlas ask trace": ["ask", "trace", "biopharma", "boston"],
            "clusteratlas find": ["find", "boston"],
        }
        measured = [
            Measured(name, timed(partial(command, arguments, environment=where), 5), 5)
            for name, arguments in lines.items()
        ]
    note = f"peak memory {built.peak_megabytes / 1000:.2f} GB"
    return [Measured("clusteratlas build, cold", built.seconds, 1, note), *measured]


def page(
    measured: list[Measured],
    title: str,
    beside: str = "each job beside what a user would otherwise do",
) -> str:
    """Write the measurements as a page."""
    lines = [
        f"# {title}",
        "",
        f"Measured by `make bench` in one run, {beside}.",
        "",
        f"Machine: {machine()}.",
        "",
        "| job | median, s | runs | target | otherwise | takes, s | ratio |",
        "|---|---:|---:|---|---|---:|---:|",
    ]
    for one in measured:
        target = next((t for part, t in TARGETS.items() if part in one.job), "")
        other = "" if one.other_seconds is None else f"{one.other_seconds:,.2f}"
        job = f"{one.job} ({one.note})" if one.note else one.job
        lines.append(
            f"| {job} | {one.seconds:.3f} | {one.runs} | {target} | {one.other} | {other} "
            f"| {one.ratio} |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    default = os.environ.get("CLUSTERATLAS_DATA") or ROOT.parent / "shared" / "data"
    parser.add_argument("--data", type=Path, default=Path(default), help="the public files")
    parser.add_argument("--no-server", action="store_true", help="leave Neo4j out")
    parser.add_argument("--sweep", action="store_true", help="also try all candidates (long)")
    parser.add_argument(
        "--organizations", action="store_true", help="those alone, on a page of theirs"
    )
    given = parser.parse_args()
    if given.organizations:
        name, title = "performance-organizations.md", "Performance: organizations and definitions"
        measured = [
            *organizations.derived(given.data, given.sweep),
            *organizations.built(given.data, not given.no_server),
        ]
    else:
        edition = open_edition()
        name, title = "performance.md", "Performance"
        measured = [
            *commands(given.data),
            *analysis.matrices(),
            *analysis.quotients(edition),
            *measures.own_tables(),
            *engines.embedded(edition),
            *([] if given.no_server else engines.server(edition)),
        ]
    text = page(measured, title)
    (ROOT / "docs" / name).write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
