"""Performance indicators by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from clusteratlas.analysis.regions import performance as p
from clusteratlas.analysis.regions import pools


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


def figures(**values: float) -> pd.DataFrame:
    rows = [("x", part, 2015, value, "f") for part, value in values.items()]
    return pd.DataFrame(rows, columns=["indicator", "part", "year", "value", "source"])


MEMBERS = pd.DataFrame([("a", "W"), ("b", "W"), ("c", "V"), ("d", "V")], columns=["part", "whole"])
PEOPLE = pd.Series({"a": 500, "b": 500, "c": 2000, "d": 1})


def test_an_area_is_summed_where_no_part_of_size_lacks() -> None:
    found = pools.area_sums(figures(a=2, b=3, c=7), MEMBERS, [], PEOPLE)
    # d has one of 2,001 residents.
    assert found.set_index("region")["value"].to_dict() == {"V": 7, "W": 5}
    assert pools.area_sums(figures(a=2), MEMBERS, [], PEOPLE).empty
    listed = pools.area_sums(figures(a=2), MEMBERS, ["x"], PEOPLE)
    assert listed[["region", "value"]].values.tolist() == [["W", 2]]


def test_a_piece_that_may_be_elsewhere_leaves_an_area_unknown() -> None:
    pieces = pd.DataFrame(
        [
            ("u", 2017, 5.0, "a"),
            ("u", 2017, 5.0, "b"),
            ("v", 2017, 1.0, "a"),
            ("w", 2017, 9.0, "c"),
        ],
        columns=["piece", "year", "value", "part"],
    )
    found = pools.certain_sums(pieces, MEMBERS)
    # u is in a or in b: in W in any case.
    assert found.values.tolist() == [["V", 2017, 9.0], ["W", 2017, 6.0]]
    own = pd.concat([MEMBERS, pd.DataFrame({"part": list("abc"), "whole": list("abc")})])
    assert set(pools.certain_sums(pieces, own)["region"]) == {"V", "W", "c"}


def test_where_a_figure_stands() -> None:
    assert p.place_in_pool(7, [7, 9, 7, 1]) == (2, 4, 7)
    frame = pd.DataFrame({"pool": list("aaaab"), "value": [7.0, 9, 7, 1, 3]})
    found = pools.places_in_pools(frame, ["pool"])
    assert found["rank"].tolist() == [2, 1, 2, 4, 1]
    assert found["regions"].tolist() == [4, 4, 4, 4, 1]
    assert found["median"].tolist() == [7, 7, 7, 7, 3]


def test_growth_a_year() -> None:
    assert p.yearly_growth(100, 121, 2) == pytest.approx(0.1)
    assert np.isnan(p.yearly_growth(0, 121, 2))
    assert np.isnan(p.yearly_growth(100, 121, 0))
    # In the first year nothing has grown yet, which is not to have grown by nothing.
    np.testing.assert_array_equal(p.yearly_growth([100, 100], [100, 100], [0, 1]), [np.nan, 0.0])
