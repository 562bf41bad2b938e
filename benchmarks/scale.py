"""`measure` on microdata: DuckDB, Spark in local mode and plain pandas on the same file."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from benchmarks.measure import Ran, command, machine, process_of

ROOT = Path(__file__).resolve().parent.parent
SCALES = (0.3, 3.0, 10.0)
LIMIT = "1GB"
KEYS = ["region", "cluster", "year"]
PLAIN = """
import sys
import pandas as pd
from benchmarks.measures import in_pandas
plants = pd.read_parquet(sys.argv[1])
keys = ["region", "cluster", "traded", "year"]
cells = plants.groupby(keys, as_index=False)["employment"].agg(["sum", "size"])
cells = cells.rename(columns={"sum": "employment", "size": "establishments"})
in_pandas(cells, None).to_parquet(sys.argv[2], index=False)
"""
"""What an analyst would write: all of the table in memory."""


def compared(made: Path, folder: Path) -> Mapping[str, Ran]:
    """Measure a file in three ways, each a process with its start, and hold the figures together.

    Raises
    ------
    AssertionError
        If figures differ by more than 1e-9, or a flag or rank at all.
    """
    out = {name: folder / f"{name}.parquet" for name in ("duckdb", "spark", "pandas")}
    ran = {}
    for engine in ("duckdb", "spark"):
        words = ["measure", "--engine", engine, "--memory-limit", LIMIT, "--input", str(made)]
        ran[engine] = command([*words, "--out", str(out[engine])])
    ran["pandas"] = process_of([sys.executable, "-c", PLAIN, str(made), str(out["pandas"])])
    frames = {
        name: pd.read_parquet(path).sort_values(KEYS, ignore_index=True)
        for name, path in out.items()
    }
    for name in ("spark", "pandas"):
        pd.testing.assert_frame_equal(
            frames["duckdb"], frames[name], rtol=1e-9, atol=0, check_dtype=False
        )
    return ran


def scale_page(scales: tuple[float, ...]) -> str:
    """Measure each scale and write the table."""
    lines = [
        "# Performance: large tables",
        "",
        "Measured by `make bench` in one run: `measure` on microdata of `synth`, each way a",
        f"process of its own, with its start. DuckDB and Spark's driver may use {LIMIT}.",
        "Memory is the peak of the largest process. The figures of all three are equal to 1e-9,",
        "flags and ranks exactly.",
        "",
        f"Machine: {machine()}.",
        "",
        "| million rows | MB of Parquet | DuckDB, s | GB | Spark local, s | GB | pandas, s | GB |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for scale in scales:
        with tempfile.TemporaryDirectory() as name:
            made = Path(name) / "made.parquet"
            command(["synth", "--scale", str(scale), "--out", str(made), "--quiet"])
            ran = compared(made, Path(name))
            size = made.stat().st_size / 1e6
        cells = [
            f"{one.seconds:.1f} | {one.peak_megabytes / 1000:.2f}"
            for one in (ran["duckdb"], ran["spark"], ran["pandas"])
        ]
        lines.append(f"| {scale:g} | {size:.0f} | {' | '.join(cells)} |")
        print(lines[-1], flush=True)
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--scale", type=float, nargs="+", default=SCALES, help="million rows")
    parser.add_argument("--write", type=Path, default=ROOT / "docs" / "performance-scale.md")
    given = parser.parse_args()
    text = scale_page(tuple(given.scale))
    given.write.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
