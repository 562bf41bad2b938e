"""Complexity and hot spots beside the packages that analysts use for them, with equal results.

The packages (`ecomplexity`, `esda`, `libpysal`) are in the dependency group `bench`.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.measure import Measured, machine, timed
from clusteratlas.analysis.regions.structure.complexity import economic_complexity
from clusteratlas.analysis.regions.structure.hotspots import local_g_star, neighbor_weights
from clusteratlas.editions.store.edition import Edition, open_edition

ROOT = Path(__file__).resolve().parent.parent
RUNS = 3
TOLERANCE = 1e-8


def jobs_of(edition: Edition, type_: str, kind: str) -> pd.DataFrame:
    """Jobs in traded clusters (rows: regions) of the newest year, of one level."""
    clusters, sets = edition.table("clusters"), edition.table("definitions")
    (default,) = sets.loc[sets["is_default"], "key"]
    wanted = clusters[clusters["kind"].eq("traded") & clusters["level"].eq(kind)]
    keys = wanted.loc[wanted["definition"].eq(default), "key"]
    cells = edition.table("measures")
    cells = cells[cells["cluster"].isin(keys) & cells["year"].eq(cells["year"].max())]
    cells = cells[cells["region"].str.startswith(type_)]
    found = cells.pivot_table(index="region", columns="cluster", values="jobs", fill_value=0)
    return found.loc[found.sum(axis=1) > 0, found.sum(axis=0) > 0]


def complexity(jobs: pd.DataFrame, job: str) -> Measured:
    """Complexity of regions and clusters, ours and that of `ecomplexity`.

    Raises
    ------
    AssertionError
        If they differ.
    """
    from ecomplexity import ecomplexity  # pyright: ignore[reportMissingImports]

    long = jobs.reset_index().melt("region", var_name="cluster", value_name="jobs")
    long = long.assign(year=2021)
    columns = {"time": "year", "loc": "region", "prod": "cluster", "val": "jobs"}

    def theirs() -> Any:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            return ecomplexity(long, columns)

    ours, other = economic_complexity(jobs.to_numpy(float)), theirs()
    eci = other.drop_duplicates("region").set_index("region")["eci"].reindex(jobs.index)
    np.testing.assert_allclose(ours.eci, eci.to_numpy(float), atol=TOLERANCE)
    return Measured(
        job,
        timed(lambda: economic_complexity(jobs.to_numpy(float)), RUNS),
        RUNS,
        f"{len(jobs):,} regions, {jobs.shape[1]:,} clusters",
        "ecomplexity",
        timed(theirs, RUNS),
    )


def hot_spots(edition: Edition, jobs: pd.DataFrame) -> Measured:
    """G* of all clusters in all counties, ours and that of `esda`.

    Raises
    ------
    AssertionError
        If they differ.
    """
    from esda import G_Local  # pyright: ignore[reportMissingImports]
    from libpysal.weights import W, fill_diagonal  # pyright: ignore[reportMissingImports]

    warnings.filterwarnings("ignore", message="The weights matrix is not fully connected")
    pairs = edition.table("region_neighbors")
    pairs = pairs[pairs["a"].isin(jobs.index) & pairs["b"].isin(jobs.index)]
    links = list(zip(pairs["a"], pairs["b"], strict=True))
    values = jobs.to_numpy(float)
    around: dict[str, list[str]] = {key: [] for key in jobs.index}
    for a, b in links:
        around[a].append(b)
        around[b].append(a)
    around = {key: sorted(set(others)) for key, others in around.items()}

    def ours() -> Any:
        return local_g_star(values, neighbor_weights(list(jobs.index), links))

    def theirs() -> Any:
        weights = fill_diagonal(W(around, silence_warnings=True, id_order=list(jobs.index)), 1.0)
        return np.column_stack(
            [
                G_Local(column, weights, transform="B", star=None, permutations=0).Zs
                for column in values.T
            ]
        )

    np.testing.assert_allclose(ours(), theirs(), atol=TOLERANCE)
    note = f"{len(jobs):,} counties, {jobs.shape[1]:,} clusters"
    return Measured("hot spots", timed(ours, RUNS), RUNS, note, "esda", timed(theirs, RUNS))


def indices_page(measured: Sequence[Measured]) -> str:
    """Write the table."""
    lines = [
        "# Performance: indices",
        "",
        "Measured by `python -m benchmarks.indices` in one run, medians. Results of both sides are",
        f"compared first, and differ by less than {TOLERANCE:g}.",
        "",
        f"Machine: {machine()}.",
        "",
        "| | clusteratlas, ms | otherwise | ms | |",
        "|---|---:|---|---:|---:|",
    ]
    lines += [
        f"| {m.job} ({m.note}) | {1000 * m.seconds:,.1f} | {m.other} | "
        f"{1000 * (m.other_seconds or 0):,.0f} | {m.ratio} |"
        for m in measured
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "performance-indices.md")
    edition = open_edition()
    found = [
        complexity(jobs_of(edition, "cbsa:", "cluster"), "complexity by clusters"),
        complexity(jobs_of(edition, "cbsa:", "subcluster"), "complexity by subclusters"),
        hot_spots(edition, jobs_of(edition, "county:", "cluster")),
    ]
    page = indices_page(found)
    parser.parse_args().out.write_text(page, "utf-8")
    print(page)


if __name__ == "__main__":
    main()
