"""When a cluster of a region counts as strong: the rules, by name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StrongRule:
    """When a traded cluster of a region counts as strong.

    Percentiles are taken over the regions of one type with jobs in the cluster; jobs and
    establishments must lie above theirs. Local clusters are never strong.
    """

    name: str
    lq_percentile: float
    """Percentile of the location quotient to reach."""
    lq_above: bool = False
    """The LQ must lie above its percentile; to reach it is not enough."""
    lq_minimum: float = 0.0
    """Location quotient that is needed in any case."""
    jobs_percentile: float = 25.0
    establishments_percentile: float = 25.0
    jobs_minimum: float = 0.0
    """Absolute floor: jobs that are needed in any case."""
    establishments_minimum: float = 0.0
    """Absolute floor: establishments that are needed in any case."""


SITE = StrongRule("site", 75, lq_minimum=1)
"""strong_b of the U.S. Cluster Mapping site: in the top quarter by LQ, with LQ >= 1."""
