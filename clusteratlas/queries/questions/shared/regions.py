"""Read rows about a region that several questions share."""

from __future__ import annotations

from dataclasses import dataclass

from clusteratlas.queries.language.question import Part


@dataclass(frozen=True, slots=True)
class RegionPoint:
    """One region on the ground of a map."""

    key: str
    longitude: float
    latitude: float


REGION_POINTS = Part("regions.picture", RegionPoint)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionalClusterFigures:
    """Read row of ``hub``: one cluster in one region."""

    key: str
    name: str
    jobs: int
    jobs_low: int
    jobs_high: int
    establishments: int
    lq: float
    share_region: float
    share_nation: float
    rank: int
    rank_lq: int
    percentile: float | None
    strong: bool
    lq_p75: float | None
    source: str
