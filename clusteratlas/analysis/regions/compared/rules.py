"""When a cluster of a region counts as strong: the published rules, each with its source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from clusteratlas.analysis.regions.rankings import (
    SITE,
    SITE_TOP_TENTH,
    RankingPools,
    StrongRule,
)
from clusteratlas.vocabulary.arrays import BoolArray, FloatArray
from clusteratlas.vocabulary.tables.measures import CERTAINTIES

Figure = Literal["lq", "jobs", "establishments", "focus"]
"""``focus`` is the cluster's share of all jobs of the region."""

Figures = Mapping[Figure, FloatArray]


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that a rule asks for.

    Percentiles are linear (R type 7), over the regions of one pool with jobs in the cluster; that
    of ``focus`` over all clusters of these regions together.
    """

    figure: Figure
    percentile: float | None = None
    """Percentile to reach; None: an absolute floor."""
    least: float = 0.0
    """Absolute floor to reach."""
    above: bool = False
    """The percentile has to be passed; to reach it is not enough."""

    @property
    def formula(self) -> str:
        """The condition as it is written."""
        if self.percentile is None:
            return f"{self.figure} >= {self.least:g}"
        return f"{self.figure} {'>' if self.above else '>='} P{self.percentile:g}({self.figure})"


@dataclass(frozen=True, slots=True)
class PublishedRule:
    """A rule by name: all its conditions have to hold."""

    name: str
    title: str
    conditions: tuple[Condition, ...]
    publication: str
    """Where it is published, and what is our reading of it."""

    @property
    def formula(self) -> str:
        """All conditions as they are written."""
        return " and ".join(c.formula for c in self.conditions)


def conditions_of(rule: StrongRule) -> tuple[Condition, ...]:
    """Give the conditions of a rule of strong clusters, those that every cluster meets left out."""
    asked = [
        Condition("lq", rule.lq_percentile, above=rule.lq_above),
        Condition("jobs", rule.jobs_percentile, above=True),
        Condition("establishments", rule.establishments_percentile, above=True),
    ]
    floors: Sequence[tuple[Figure, float]] = (
        ("lq", rule.lq_minimum),
        ("jobs", rule.jobs_minimum),
        ("establishments", rule.establishments_minimum),
    )
    return (*asked, *(Condition(figure, least=n) for figure, n in floors if n > 0))


_SITE = "U.S. Cluster Mapping Project"
_PAPER = (
    "Delgado, Porter & Stern 2014, Research Policy 43: in the top {} % of regions by LQ; the "
    "floors of jobs and establishments are those of the U.S. Cluster Mapping Project"
)
_STARS = "European Cluster Observatory, stars; the regions here are those of the pool"

RULES: tuple[PublishedRule, ...] = (
    PublishedRule("site", "strong (top quarter)", conditions_of(SITE), f"{_SITE}, strong_b"),
    PublishedRule(
        "site_10",
        "strong (top tenth)",
        conditions_of(SITE_TOP_TENTH),
        f"{_SITE}, strong10_b",
    ),
    PublishedRule(
        "significant",
        "significant",
        conditions_of(StrongRule("significant", 50, lq_above=True)),
        f"{_SITE}, significant_b",
    ),
    PublishedRule(
        "qualifying",
        "qualifying",
        conditions_of(StrongRule("qualifying", 25, lq_above=True)),
        f"{_SITE}, qualifying_b",
    ),
    PublishedRule(
        "papers_20", "top 20 %", conditions_of(StrongRule("papers-20", 80)), _PAPER.format(20)
    ),
    PublishedRule(
        "papers_25", "top 25 %", conditions_of(StrongRule("papers-25", 75)), _PAPER.format(25)
    ),
    PublishedRule(
        "star_size", "European star for size", (Condition("jobs", 90),), f"{_STARS}: top 10 %"
    ),
    PublishedRule(
        "star_specialization",
        "European star for specialization",
        (Condition("lq", least=2),),
        f"{_STARS}: quotient of 2, here on the base of traded jobs",
    ),
    PublishedRule(
        "star_focus",
        "European star for focus",
        (Condition("focus", 90),),
        f"{_STARS}: top 10 % by share of the region's jobs",
    ),
    PublishedRule(
        "statsamerica",
        "specialized",
        (Condition("lq", least=1.2),),
        "StatsAmerica, Innovation in American Regions: LQ of 1.2 or more, here on the base of "
        "traded jobs",
    ),
)
"""The published rules, in the order in which they are shown."""


@dataclass(frozen=True)
class RulePools:
    """Figures of the regions of a pool, by cluster, that percentiles are taken of."""

    by_cluster: Mapping[Figure, RankingPools]
    focus: FloatArray
    """Shares of jobs of all clusters in all regions of the pool with jobs in them."""

    def floor(self, condition: Condition) -> FloatArray | float:
        """Give the floor of each cluster; NaN where no region has it."""
        if condition.percentile is None:
            return condition.least
        if condition.figure == "focus":
            own = self.focus
            return float(np.percentile(own, condition.percentile)) if len(own) else np.nan
        return self.by_cluster[condition.figure].quantile(condition.percentile)


def meets(rule: PublishedRule, figures: Figures, pools: RulePools) -> BoolArray:
    """Tell which clusters meet all conditions of a rule.

    Parameters
    ----------
    rule
        The rule.
    figures
        Figures of a region, each of shape (clusters,); they need not be in the pools.
    pools
        What percentiles are taken of.

    Returns
    -------
    ndarray
        Shape (clusters,); false where no region has the cluster.
    """
    passed = np.ones(len(figures["jobs"]), dtype=np.bool_)
    for condition in rule.conditions:
        floor, own = pools.floor(condition), figures[condition.figure]
        passed &= own > floor if condition.above else own >= floor
    return passed


def verdicts(
    rule: PublishedRule,
    point: Figures,
    ends: tuple[Figures, Figures],
    halfway: tuple[Figures, Figures],
    pools: RulePools,
) -> tuple[BoolArray, NDArray[np.object_]]:
    """Tell which clusters a rule says yes to, and how sure that is.

    Parameters
    ----------
    rule
        The rule.
    point, ends, halfway
        Figures as they are estimated, at both bounds, and halfway from the estimate to each; the
        others of the pool keep theirs. More jobs and establishments never make a cluster weaker.
    pools
        What percentiles are taken of.

    Returns
    -------
    tuple of ndarray
        Yes or no; ``certain`` where both bounds say the same, ``likely`` where both halfway
        points do, else ``depends``. Shape (clusters,) each.
    """
    low, high = (meets(rule, figures, pools) for figures in ends)
    near_low, near_high = (meets(rule, figures, pools) for figures in halfway)
    certain, likely, depends = CERTAINTIES
    sure = np.where(low == high, certain, np.where(near_low == near_high, likely, depends))
    return meets(rule, point, pools), sure.astype(object)
