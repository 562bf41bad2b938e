"""Four economic areas and five traded clusters: the printed example of economic complexity.

Jobs are a thousand times those of the matrix in the tests of :func:`economic_complexity`. Two
years before there were half as many everywhere, and the areas stood in the reverse order.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from tests.tiny import CBP, DEF, table, tiny_tables

JOBS = ((10, 0, 5, 1, 0), (8, 2, 0, 1, 3), (0, 6, 4, 9, 1), (2, 3, 1, 0, 7))
"""Thousand jobs of the areas in the clusters in 2019."""
CLUSTERS = tuple(f"{DEF}:{name}" for name in ("amber", "bells", "cloth", "dyes", "edges"))
AREAS = tuple(f"ea:{i}" for i in (1, 2, 3, 4))
PAY = (50, 60, 70, 80, 90)
"""Thousand USD a job."""
WITHHELD: Mapping[tuple[int, int], tuple[int, int]] = {(0, 2): (2, 7), (0, 4): (0, 4)}
"""Bounds of jobs, thousand: the first area may not be specialized in cloth, and may be in edges."""
_KEPT = ("definitions", "sources")


def wide_tables() -> dict[str, pd.DataFrame]:
    """Tables of an edition that has these alone."""
    tiny = tiny_tables()
    tables = {n: frame if n in _KEPT else frame.iloc[:0] for n, frame in tiny.items()}
    regions, clusters = tiny["regions"], tiny["clusters"]
    area, boats = regions[regions["key"] == "ea:19"], clusters[clusters["id"] == "boats"]
    tables["regions"] = pd.concat(
        [
            regions[regions["key"] == "us"],
            *(area.assign(key=key, code=key[3:], name=f"Area {key[3:]}") for key in AREAS),
        ],
        ignore_index=True,
    )
    nation = [1000 * sum(jobs) for jobs in zip(*JOBS, strict=True)]
    tables["clusters"] = pd.concat(
        [
            boats.assign(
                key=key,
                id=key.rpartition(":")[2],
                name=key.rpartition(":")[2].title(),
                jobs=jobs,
                payroll=jobs * pay,
                parent=None,
                parent_reason=None,
            )
            for key, jobs, pay in zip(CLUSTERS, nation, PAY, strict=True)
        ],
        ignore_index=True,
    ).astype(clusters.dtypes)
    measures, profiles = [], []
    for year, jobs, unit in ((2019, JOBS, 1000), (2017, JOBS[::-1], 500)):
        total = tuple(sum(n) for n in zip(*jobs, strict=True))
        for i, key in enumerate(("us", *AREAS)):
            row = total if key == "us" else jobs[i - 1]
            profiles.append(_profile(key, year, sum(row) * unit))
            for j, n in enumerate(row):
                bounds = WITHHELD.get((i - 1, j)) if year == 2019 else None
                if n or bounds:
                    lq = (n / sum(row)) / (total[j] / sum(total))
                    measures.append(_measure(key, j, year, n * unit, lq, unit, bounds or (n, n)))
    tables["measures"] = table("measures", measures)
    tables["region_profiles"] = table("region_profiles", profiles)
    return tables


def _measure(
    region: str, j: int, year: int, jobs: int, lq: float, unit: int, bounds: tuple[int, int]
) -> dict[str, Any]:
    low, high = (n * unit for n in bounds)
    figures = {"jobs": jobs, "jobs_low": low, "jobs_high": high}
    pay = {name.replace("jobs", "payroll"): n * PAY[j] for name, n in figures.items()}
    return {
        "cluster": CLUSTERS[j],
        "region": region,
        "year": year,
        **figures,
        **pay,
        "establishments": 9,
        "establishments_low": 9,
        "establishments_high": 9,
        "lq": lq,
        "strong": lq > 1 and region != "us",
        "strong_overall": lq > 1 and region != "us",
        "certainty": "certain" if low == high else "depends",
        "source": CBP,
    }


def _profile(region: str, year: int, jobs: int) -> dict[str, Any]:
    return {
        "definition": DEF,
        "region": region,
        "year": year,
        "jobs": 2 * jobs,
        "establishments": 90,
        "payroll": 100 * jobs,
        "traded_jobs": jobs,
        "local_jobs": jobs,
        "strong_clusters": 2,
        "strong_jobs": jobs // 2,
        "strength": 0.5,
        "estimated_share": 0.0,
        "source": CBP,
    }
