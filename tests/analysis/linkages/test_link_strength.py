"""Links of all kinds on one scale."""

from __future__ import annotations

import pytest

from clusteratlas.analysis.linkages.link_strength import AT_FULL_CONFIDENCE, link_strength


@pytest.mark.parametrize(
    ("link", "figure", "detail", "expected"),
    [
        ("MEMBER_OF", 1.0, "core", 0.95),
        ("MEMBER_OF", 1.0, "usual", 0.85),
        ("MEMBER_OF", 1.0, "marginal", 0.7),
        ("RELATED_TO", 3.0, "", 0.75),
        ("RELATED_TO", -1.0, "", 0.0),
        ("LINKED_TO", 97.0, "io", 0.97),
        ("SUPPLIES", 0.1, "inputs", 0.5),
        ("LOCATED_IN", 3.0, "strong", 0.75 * 0.75),  # 1500 jobs of 1500 + 500
        ("LOCATED_IN", 3.0, "", 0.75 * 0.75 * 0.9),
        ("PRESENT_IN", 1.0, "", 0.5 * 0.75),
        ("PART_OF", 0.0, "region", 0.6),
        ("ADJACENT_TO", 0.0, "", 0.6),
    ],
)
def test_strength(link: str, figure: float, detail: str, expected: float) -> None:
    assert link_strength(link, figure, 1500.0, detail) == pytest.approx(expected)


def test_half_a_location_quotient_of_few_jobs() -> None:
    assert link_strength("PRESENT_IN", 1.0, 500.0) == 0.25
    assert link_strength("PRESENT_IN", 1.0, 0.0) == 0.0


@pytest.mark.parametrize("link", AT_FULL_CONFIDENCE)
def test_links_of_organizations_weaken_with_their_confidence(link: str) -> None:
    assert link_strength(link, 0.5) == AT_FULL_CONFIDENCE[link] / 2
    assert 0.7 <= AT_FULL_CONFIDENCE[link] <= 0.95
