"""What is known of jobs that are not released."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.analysis.linkages.staffing import detailed_staffing
from clusteratlas.errors import AnalysisError

LEVEL = {0: "total", 1: "major", 2: "minor", 3: "broad", 4: "detailed"}


def table(rows: list[tuple[str, int, float | None]], naics: str = "3254") -> pd.DataFrame:
    return pd.DataFrame(
        [(naics, soc, LEVEL[level], jobs) for soc, level, jobs in rows],
        columns=["naics", "soc", "group", "jobs"],
    )


def jobs(frame: pd.DataFrame) -> dict[str, float]:
    found = detailed_staffing(frame)
    return dict(zip(found["soc"].astype(str), found["jobs"].astype(float), strict=True))


def test_what_a_group_has_beyond_its_members_is_spread_over_the_unreleased() -> None:
    rows = [
        ("00-0000", 0, 100.0),
        ("19-0000", 1, 70.0),
        ("19-1000", 2, None),
        ("19-1020", 3, None),
        ("19-1021", 4, 20.0),
        ("19-1022", 4, None),
        ("19-2031", 4, None),
        ("51-0000", 1, 28.0),
        ("51-9011", 4, 25.0),
    ]
    found = detailed_staffing(table(rows))
    # 19-1000 holds at least 20. The other 50 of 19-0000 are for it and for 19-2031, 25 each; its
    # 25 go down to 19-1020 and on to 19-1022. The 3 of 51-0000 belong to an occupation not listed.
    assert found.set_index("soc")["jobs"].to_dict() == {
        "19-1021": 20,
        "19-1022": 25,
        "19-2031": 25,
        "51-9011": 25,
    }
    assert found["estimated"].tolist() == [False, True, True, False]


def test_of_a_group_of_which_nothing_is_known_nothing_is_made_up() -> None:
    assert jobs(table([("19-1021", 4, 20.0), ("19-1022", 4, None)])) == {"19-1021": 20}


def test_members_that_exceed_their_group_leave_no_rest() -> None:
    rows = [("19-1020", 3, 30.0), ("19-1021", 4, 40.0), ("19-1022", 4, None)]
    assert jobs(table(rows)) == {"19-1021": 40}


def test_physicians_are_in_one_broad_group() -> None:
    rows = [("29-1210", 3, 90.0), ("29-1211", 4, 30.0), ("29-1222", 4, 50.0), ("29-1229", 4, None)]
    assert jobs(table(rows)) == {"29-1211": 30, "29-1222": 50, "29-1229": 10}


def test_a_code_of_two_levels_is_the_finer_one() -> None:
    assert jobs(table([("13-1020", 3, 30.0), ("13-1020", 4, 30.0)])) == {"13-1020": 30}


def test_a_level_that_is_none() -> None:
    frame = table([("19-1020", 3, 30.0)]).assign(group="sub")
    with pytest.raises(AnalysisError, match="'sub' is no level of occupations"):
        detailed_staffing(frame)


@given(st.lists(st.integers(1, 50), min_size=2, max_size=6), st.data())
def test_hidden_figures_are_given_their_sum(true: list[int], data: st.DataObject) -> None:
    hidden = data.draw(st.sets(st.integers(0, len(true) - 1), min_size=1))
    rows: list[tuple[str, int, float | None]] = [("19-1020", 3, float(sum(true)))]
    rows += [(f"19-102{i + 1}", 4, None if i in hidden else float(n)) for i, n in enumerate(true)]
    found = jobs(table(rows))
    assert sum(found.values()) == pytest.approx(sum(true))
    for i, n in enumerate(true):
        even = np.mean([true[h] for h in hidden])
        assert found[f"19-102{i + 1}"] == pytest.approx(even if i in hidden else n)
