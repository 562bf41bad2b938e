"""Performance indicators by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from clusteratlas.analysis.regions import performance as p


@pytest.mark.parametrize(
    ("indicator", "first", "second", "expected"),
    [
        (p.private_wage, 450_000, 10_000, 45_000),  # 450 million USD over 10,000 jobs
        (p.gdp_per_capita, 6e9, 100_000, 60_000),
        (p.labor_mobilization, 45_000, 60_000, 0.75),
        (p.unemployment_rate, 2_000, 38_000, 0.05),
        (p.productivity, 4e9, 40_000, 100_000),
        (p.innovation, 30, 60_000, 5),
        (p.venture_capital, 3e6, 6e9, 5),
        (p.mean_establishment_size, 500, 25, 20),
        (p.manufacturing_intensity, 12, 48, 0.25),
        (p.per_head, 500, 1000, 0.5),
        (p.wage_ratio, 66_000, 60_000, 1.1),
    ],
)
def test_by_hand(
    indicator: Callable[..., Any], first: float, second: float, expected: float
) -> None:
    assert indicator(first, second) == pytest.approx(expected)
    both = indicator(np.array([first, 0.0]), np.array([second, 0.0]))
    assert both[0] == pytest.approx(expected)
    assert np.isnan(both[1])


def test_quotients_of_occupations() -> None:
    # 40 of 1,000 jobs against 2,000 of 100,000; the second is withheld, the third unknown at home.
    lq, share = p.occupation_quotients(
        [40, np.nan, 5], [1000, 1000, 0], [2000, 10, 10], [100_000, 100_000, 100_000]
    )
    assert (lq[0], share[0]) == (pytest.approx(2.0), pytest.approx(0.04))
    assert np.isnan(lq[1:]).all()
    assert np.isnan(share[1:]).all()
