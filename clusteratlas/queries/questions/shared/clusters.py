"""Read rows about a cluster that several questions share."""

from __future__ import annotations

from dataclasses import dataclass

from clusteratlas.queries.language.rows import column, optional


@dataclass(frozen=True, slots=True)
class Member:
    """Read row of ``members``."""

    key: str
    name: str
    kind: str | None
    jobs: int | None
    establishments: int | None
    relatedness: float | None
    next_relatedness: float | None
    next_name: str | None
    mark: str
    source: str


@dataclass(frozen=True, slots=True)
class SecondIndustry:
    """Read row of ``members.second``."""

    key: str
    name: str
    kind: str | None
    jobs: int | None
    establishments: int | None
    relatedness: float
    own_relatedness: float
    cluster_name: str
    source: str


@dataclass(frozen=True, slots=True)
class Link:
    """Read row of ``links``."""

    key: str
    name: str
    strength: str
    bcr: float
    percentile: float
    ri_avg: float
    ri_min: float
    driver: str
    jobs: int | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OccupationRow:
    """One occupation."""

    key: str = column("key of the occupation")
    name: str = column("its title")
    jobs: float | None = column("jobs of the occupation, nation", of="cluster_occupations.jobs")
    share: float = column("share of the employment", of="cluster_occupations.share")
    lq: float | None = optional(of="cluster_occupations.lq")
    source: str = column("file behind the figures")
