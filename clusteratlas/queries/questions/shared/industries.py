"""Read rows about an industry that several questions share."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tie:
    """Read row of ``industry.ties``."""

    key: str
    name: str
    cluster: str
    cluster_name: str
    combined: float
    lc_emp: float | None
    lc_est: float | None
    coi: float | None
    io: float | None
    occ: float | None
    same_sector: bool
    same_profile: bool
    source: str
