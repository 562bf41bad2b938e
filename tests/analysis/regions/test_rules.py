"""The published rules of strong clusters, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from clusteratlas.analysis.regions.compared.rules import (
    RULES,
    Figure,
    Figures,
    RulePools,
    meets,
    verdicts,
)
from clusteratlas.analysis.regions.rankings import (
    SITE,
    SITE_TOP_TENTH,
    RankingPools,
    passes_rule,
)

RULE = {rule.name: rule for rule in RULES}
FIGURES: tuple[Figure, ...] = ("lq", "jobs", "establishments", "focus")
N = 101
"""Regions of the pool: percentile p is then the value of place p."""


@pytest.fixture(scope="module")
def pools() -> RulePools:
    # LQ 0.00 to 2.00, jobs 0 to 1,000 and establishments 0 to 100, each evenly.
    place = np.arange(N)
    group = np.zeros(N, dtype=int)
    return RulePools(
        {
            "lq": RankingPools.of(group, place * 0.02, n_groups=1),
            "jobs": RankingPools.of(group, place * 10, n_groups=1),
            "establishments": RankingPools.of(group, place, n_groups=1),
        },
        place / 1000,
    )


def figures(lq: float, jobs: float = 500, plants: float = 50, focus: float = 0.01) -> Figures:
    one = (np.array([v], dtype=np.float64) for v in (lq, jobs, plants, focus))
    return dict(zip(FIGURES, one, strict=True))


@pytest.mark.parametrize(
    ("name", "least", "below"),
    [
        ("site", figures(1.50), figures(1.49)),
        ("site", figures(1.50, jobs=251), figures(1.50, jobs=250)),
        ("site", figures(1.50, plants=26), figures(1.50, plants=25)),
        ("site_10", figures(1.80), figures(1.79)),
        ("significant", figures(1.01), figures(1.00)),
        ("qualifying", figures(0.51), figures(0.50)),
        ("papers_20", figures(1.60), figures(1.59)),
        ("papers_25", figures(1.50), figures(1.49)),
        ("star_size", figures(0, jobs=900), figures(9, jobs=899)),
        ("star_specialization", figures(2.0), figures(1.99)),
        ("star_focus", figures(0, focus=0.09), figures(9, focus=0.089)),
        ("statsamerica", figures(1.2), figures(1.19)),
    ],
)
def test_floors(name: str, least: Figures, below: Figures, pools: RulePools) -> None:
    assert meets(RULE[name], least, pools).tolist() == [True]
    assert meets(RULE[name], below, pools).tolist() == [False]


def test_the_site_asks_for_a_quotient_of_one_as_well() -> None:
    low = RankingPools.of([0, 0], [0.1, 0.2], n_groups=1)
    thin = RulePools(dict.fromkeys(FIGURES, low), np.array([0.1]))
    assert not meets(RULE["site"], figures(0.9), thin)[0]
    assert meets(RULE["papers_25"], figures(0.9), thin)[0]


@pytest.mark.parametrize(
    ("ends", "halfway", "said"),
    [((1.5, 1.9), (1.55, 1.7), "certain"), ((1.4, 1.9), (1.5, 1.7), "likely")]
    + [((1.0, 1.9), (1.3, 1.7), "depends")],
)
def test_how_sure_a_verdict_is(
    ends: tuple[float, float], halfway: tuple[float, float], said: str, pools: RulePools
) -> None:
    passed, sure = verdicts(
        RULE["site"],
        figures(1.6),
        (figures(ends[0]), figures(ends[1])),
        (figures(halfway[0]), figures(halfway[1])),
        pools,
    )
    assert (passed.tolist(), sure.tolist()) == ([True], [said])


def test_the_rules_of_the_site_are_those_of_the_measures(pools: RulePools) -> None:
    one = np.zeros(1, dtype=int)
    for name, rule in (("site", SITE), ("site_10", SITE_TOP_TENTH)):
        for lq in (1.49, 1.5, 1.79, 1.8):
            own = figures(lq)
            there = passes_rule(
                rule,
                {str(n): p for n, p in pools.by_cluster.items()},
                one,
                own["lq"],
                own["jobs"],
                own["establishments"],
            )
            assert meets(RULE[name], own, pools).tolist() == there.tolist()


def test_each_rule_has_a_formula_and_a_publication() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert RULE["site"].formula == (
        "lq >= P75(lq) and jobs > P25(jobs) and establishments > P25(establishments) and lq >= 1"
    )
    assert all(rule.publication for rule in RULES)
