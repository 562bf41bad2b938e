"""Rules that say when a cluster of a region is strong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


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
RULES: Mapping[str, StrongRule] = MappingProxyType(
    {
        rule.name: rule
        for rule in (
            SITE,
            StrongRule("site-10", 90, lq_minimum=1),
            StrongRule("significant", 50, lq_above=True),
            StrongRule("qualifying", 25, lq_above=True),
            StrongRule("top-25", 75),
            StrongRule("top-20", 80),
        )
    }
)
"""Rules by name.

``site``, ``site-10``, ``significant`` and ``qualifying`` are strong_b, strong10_b, significant_b
and qualifying_b of the U.S. Cluster Mapping site. ``top-25`` and ``top-20`` are the papers' rules
(Delgado, Porter & Stern 2010, 2014): the top share of areas by LQ, with size floors but without
LQ >= 1; their floors are set to the site's 25th percentiles here, since the papers' vary.
"""
