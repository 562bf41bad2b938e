"""Criteria on figures between bounds."""

from __future__ import annotations

import pytest

from clusteratlas.analysis.regions.compared.criteria import at_least, at_most


@pytest.mark.parametrize(
    ("low", "high", "least", "most"),
    [
        (5, 9, "met", "not known"),
        (5, 5, "met", "met"),
        (1, 9, "not known", "not known"),
        (1, 4, "not met", "met"),
        (None, 4, "not met", "met"),
        (6, None, "met", "not met"),
        (None, None, "not known", "not known"),
    ],
)
def test_by_hand(low: float | None, high: float | None, least: str, most: str) -> None:
    assert (at_least(low, high, 5), at_most(low, high, 5)) == (least, most)
