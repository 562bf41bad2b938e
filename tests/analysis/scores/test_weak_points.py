"""What limits a set of definitions, counted by hand."""

from __future__ import annotations

import pandas as pd

from clusteratlas.analysis.scores.weak_points import weak_points

TRADED = pd.DataFrame(
    {
        "mark": ["core", "marginal", "usual", "marginal"],
        "occupation_profile": ["3111", "3111", None, "3112"],
        "sector": ["311", None, "311", "311"],
    }
)
TIES = pd.DataFrame({"same_profile": [True, False], "same_sector": [True, True]})
CELLS = pd.DataFrame({"known": ["withheld", "published", "absent", "published"]})
PASSED = pd.DataFrame({"moved": [True, False, False]})
JUDGED = pd.DataFrame({"relatedness": [1.0, 0.5], "other_relatedness": [0.5, 1.0]})


def test_by_hand() -> None:
    found = weak_points(TRADED, TIES, CELLS, PASSED, JUDGED)
    assert (found.industries, found.profiles, found.sectors) == (4, 2, 1)
    assert found.marginal_share == 0.5
    assert (found.ties, found.same_profile, found.same_sector) == (2, 0.5, 1.0)
    assert found.estimated == 0.25
    assert found.close == 2
    assert (found.judged, found.judged_share, found.lost) == (2, 0.5, 1)


def test_of_nothing_no_share_is_known() -> None:
    found = weak_points(TRADED.head(0), TIES.head(0), CELLS.head(0), PASSED.head(0), JUDGED.head(0))
    assert found.marginal_share is found.same_profile is found.estimated is None
    assert found.judged_share == 0
