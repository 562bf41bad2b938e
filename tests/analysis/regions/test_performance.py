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
    ],
)
def test_by_hand(
    indicator: Callable[..., Any], first: float, second: float, expected: float
) -> None:
    assert indicator(first, second) == pytest.approx(expected)
    both = indicator(np.array([first, 0.0]), np.array([second, 0.0]))
    assert both[0] == pytest.approx(expected)
    assert np.isnan(both[1])
