"""`measure` beside plain pandas: the same figures, written the way an analyst would."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.measure import Measured, command, timed

PLAIN = """
import sys
import pandas as pd
from benchmarks.measures import in_pandas
in_pandas(pd.read_csv(sys.argv[1]), None).to_csv(sys.argv[2], index=False)
"""


def made_up(
    regions: int,
    clusters: int,
    *,
    years: Sequence[int] = (2021,),
    seed: int = 1,
    every: bool = False,
) -> pd.DataFrame:
    """Jobs and establishments of regions that do not exist; three of four clusters are traded.

    With ``every`` no cell is left out.
    """
    rng = np.random.default_rng(seed)
    names = [f"cluster {n}" for n in range(clusters)]
    cells = pd.MultiIndex.from_product(
        [[f"region {n}" for n in range(regions)], names, years],
        names=["region", "cluster", "year"],
    ).to_frame(index=False)
    jobs = rng.lognormal(4, 2, len(cells)).round() * (rng.random(len(cells)) > 0.1)
    cells["employment"] = jobs.astype(int)
    cells["establishments"] = np.ceil(jobs / rng.uniform(3, 60, len(cells))).astype(int)
    cells["traded"] = cells["cluster"].map({name: n % 4 > 0 for n, name in enumerate(names)})
    return cells if every else cells[rng.random(len(cells)) > 0.05]


def in_pandas(cells: pd.DataFrame, nation: pd.DataFrame | None) -> pd.DataFrame:
    """Compute what `measure` computes, with nothing of it."""
    t = cells.copy()
    if nation is None:
        nation = t.groupby(["cluster", "year", "traded"])["employment"].sum().reset_index()
    keys = ["cluster", "year"]
    t["us"] = t.merge(nation, on=keys, how="left")["employment_y"].to_numpy()
    base = nation.groupby(["traded", "year"], as_index=False)["employment"].sum()
    t["us_base"] = t.merge(base, on=["traded", "year"], how="left")["employment_y"].to_numpy()
    t["base"] = t.groupby(["region", "year", "traded"])["employment"].transform("sum")
    t["region_share"] = t["employment"] / t["base"]
    t["national_share"] = t["employment"] / t["us"]
    t["lq"] = t["region_share"] / (t["us"] / t["us_base"])
    peers = [*keys, "region_type"] if "region_type" in t else keys
    with_jobs = t[t["employment"] > 0].groupby(peers)

    def floor(column: str, q: float) -> np.ndarray:
        floors = with_jobs[column].quantile(q).rename("floor").reset_index()
        return t.merge(floors, on=peers, how="left")["floor"].to_numpy()

    enough = (
        t["traded"]
        & (t["lq"] >= 1)
        & (t["employment"] > floor("employment", 0.25))
        & (t["establishments"] > floor("establishments", 0.25))
    )
    t["strong"] = enough & (t["lq"] >= floor("lq", 0.75))
    t["strong10"] = enough & (t["lq"] >= floor("lq", 0.9))
    t["rank"] = t.groupby(peers)["employment"].rank(method="min", ascending=False).astype(int)
    columns = ["lq", "national_share", "region_share", "strong", "strong10", "rank"]
    return t[["region", "cluster", "year", *columns]]


def own_tables() -> list[Measured]:
    """Commands as whole processes, on 917 regions with 34 clusters."""
    with tempfile.TemporaryDirectory() as folder:
        cells, out = str(Path(folder) / "cells.csv"), str(Path(folder) / "out.csv")
        made_up(917, 34, every=True).to_csv(cells, index=False)
        ours = timed(partial(command, ["measure", "--input", cells, "--out", out]), 5)
        words = [sys.executable, "-c", PLAIN, cells, str(Path(folder) / "plain.csv")]
        plain = timed(partial(subprocess.run, words, check=True), 5)
        first, second = pd.read_csv(out), pd.read_csv(words[-1])
        pd.testing.assert_frame_equal(first, second, rtol=1e-12)
    return [
        Measured(
            "clusteratlas measure, 31,178 rows of 917 regions",
            ours,
            5,
            other="plain pandas, with equal figures",
            other_seconds=plain,
        )
    ]
