"""Computations beside the way they are usually written."""

from __future__ import annotations

import numpy as np
import pandas as pd

from benchmarks.measure import Measured, timed
from clusteratlas.analysis.linkages.colocation import location_correlation, pairwise_coagglomeration
from clusteratlas.analysis.regions.measures import regional_measures
from clusteratlas.editions.store.edition import Edition


def matrices() -> list[Measured]:
    """Co-location of 1,000 industries over 3,100 counties; numbers drawn, seed 1."""
    levels = np.random.default_rng(1).poisson(3.0, (1000, 3100)).astype(np.float64)
    frame = pd.DataFrame(levels.T)

    def both() -> None:
        location_correlation(levels)
        pairwise_coagglomeration(levels, levels.sum(axis=0))

    return [
        Measured(
            "LC and COI matrices, 1,000 industries x 3,100 counties",
            timed(both, 5),
            5,
            other="LC alone by `DataFrame.corr()`",
            other_seconds=timed(lambda: frame.corr(), 1),
        )
    ]


def quotients(edition: Edition) -> list[Measured]:
    """Regional measures of all CBSAs, beside a loop over groups that gives the LQ alone."""
    table = edition.table("measures")
    table = table[table["region"].str.startswith("cbsa:")]
    kind = edition.table("clusters").set_index("key")["kind"]
    cells = pd.DataFrame(
        {
            "region": table["region"].astype(str),
            "region_type": "cbsa",
            "cluster": table["cluster"].astype(str),
            "kind": table["cluster"].map(kind).astype(str),
            **{c: table[c].astype(float) for c in ("jobs", "jobs_low", "jobs_high")},
            "establishments": table["establishments"].astype(float),
            "payroll": table["payroll"],
        }
    )
    nation = cells.groupby(["cluster", "kind"], as_index=False)[["jobs", "establishments"]].sum()
    totals = nation.groupby("kind")["jobs"].sum().to_dict()
    national = nation.set_index("cluster")["jobs"].to_dict()

    def loop() -> list[float]:
        found = []
        for _, group in cells.groupby(["region", "kind"]):
            total = float(group["jobs"].sum())
            for jobs, name, sort in zip(
                group["jobs"], group["cluster"], group["kind"], strict=True
            ):
                share = float(jobs) / total if total else 0.0
                found.append(share / (float(national[name]) / float(totals[sort])))
        return found

    return [
        Measured(
            f"LQ, shares, ranks, floors and strong clusters of {len(cells):,} cells",
            timed(lambda: regional_measures(cells, nation, year=2019), 3),
            3,
            other="the LQ alone in a loop over regions",
            other_seconds=timed(loop, 1),
        )
    ]
