"""Read rows about a region that several questions share."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionalClusterFigures:
    """Read row of ``hub``: one cluster in one region."""

    key: str
    name: str
    jobs: int
    jobs_low: int
    jobs_high: int
    establishments: int
    establishments_low: int
    establishments_high: int
    payroll: int | None
    payroll_low: int | None
    payroll_high: int | None
    lq: float
    lq_low: float
    lq_high: float
    share_region: float
    share_nation: float
    rank: int
    rank_lq: int
    percentile: float | None
    strong: bool
    certainty: str
    lq_p75: float | None
    source: str
