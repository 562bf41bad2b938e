"""The checklist of a reviewed set, by hand."""

from __future__ import annotations

from typing import Any

import pandas as pd

from clusteratlas.analysis.scores.checklist import ITEMS, checklist

GOOD: dict[str, Any] = {
    "key": "s:wine",
    "parent": None,
    "industries": 3,
    "stability": "stable",
    "jaccard": 0.8,
    "description": "Makers of wine.",
    "kept_because": None,
    "named_share": 0.9,
    "smallest_named_share": 0.4,
    "largest_unnamed": "Tobacco",
    "largest_unnamed_share": 0.1,
}
MEMBERS = pd.DataFrame(
    {
        "naics": ["312130", "312120", "312111"],
        "cluster": "s:wine",
        "relatedness": [1.0, 0.5, None],
        "next_relatedness": [0.5, 0.6, 0.02],
    }
)


def found(
    row: dict[str, Any], *more: dict[str, Any], **answers: str
) -> list[tuple[str | None, ...]]:
    codes = {code.removeprefix("n"): why for code, why in answers.items()}
    table = checklist(pd.DataFrame([row, *more]), MEMBERS, delta=0.05, answers=codes)
    assert set(table["item"]) <= set(ITEMS)
    told = table[["cluster", "item", "what", "answer"]].astype(object)
    return [tuple(row) for row in told.where(told.notna(), None).to_numpy().tolist()]


def test_a_member_that_is_nearer_elsewhere_needs_an_answer() -> None:
    assert found(GOOD) == [("s:wine", "nearer", "312120", None)]
    assert found(GOOD, n312120="sold by the same drivers") == [
        ("s:wine", "nearer", "312120", "sold by the same drivers")
    ]


def test_what_is_wrong_with_a_cluster() -> None:
    wrong = GOOD | {
        "stability": "dissolved",
        "description": None,
        "industries": 16,
        "named_share": 0.5,
        "largest_unnamed_share": 0.3,
    }
    items = [item for _, item, _, _ in found(wrong)]
    assert items == ["dissolved", "nearer", "undefined", "unnamed", "vague", "whole"]
    kept = wrong | {"kept_because": "one set of buyers"}
    assert ("s:wine", "dissolved", None, "one set of buyers") in found(kept)
    part = GOOD | {"key": "s:wine/grapes", "parent": "s:wine", "description": None}
    assert [item for _, item, _, _ in found(wrong, part)].count("whole") == 0
    assert [item for _, item, _, _ in found(GOOD | {"named_share": None})] == [
        "nearer",
        "unexplained",
    ]


def test_an_unnamed_part_may_be_no_larger_than_the_smallest_named_one() -> None:
    small = GOOD | {"smallest_named_share": 0.05}
    assert ("s:wine", "unnamed", "Tobacco", None) in found(small)
    # Subclusters need no sentence, but a true name.
    part = small | {"key": "s:wine/grapes", "parent": "s:wine", "description": None}
    assert [c for c, item, _, _ in found(GOOD, part) if item == "unnamed"] == ["s:wine/grapes"]
    assert "undefined" not in [item for _, item, _, _ in found(GOOD, part)]
