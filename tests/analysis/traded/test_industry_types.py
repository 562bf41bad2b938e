"""Buyers, reach and the regional score: worked numbers and limiting cases."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.analysis.traded.industry_types import (
    DISPERSED,
    SUPPLY_CHAIN_CUT,
    beyond_scores,
    buyer_kinds,
    concentration_inside_markets,
    count_buyers,
    count_kinds,
    count_types,
    industry_types,
    market_coverage,
    regional_scores,
)
from clusteratlas.errors import AnalysisError

# Two market areas of two counties each, and one of a single county.
REGION = np.array([0, 0, 1, 1, 2])
BASE = np.array([50.0, 50.0, 80.0, 20.0, 10.0])


def test_buyers() -> None:
    share = pd.Series([0.0, 0.349, SUPPLY_CHAIN_CUT, 0.9, np.nan])
    found = buyer_kinds(share)
    assert found.tolist()[:4] == ["supply-chain", "supply-chain", "consumer", "consumer"]
    assert found[4] is None


def test_inside_concentration_by_hand() -> None:
    plants = np.array([[4.0, 0, 0, 0, 9], [0, 0, 8, 2, 0], [4, 0, 8, 2, 0]])
    found = concentration_inside_markets(plants, BASE, REGION)
    # All four in one of two equal counties: (.5/.5 - 1/4) / (3/4). A lone county says nothing.
    assert found[0] == pytest.approx(1)
    # Ten plants exactly as the residents: (0 - 1/10) / (9/10).
    assert found[1] == pytest.approx(-1 / 9)
    # Both, with weights 3 and 9.
    assert found[2] == pytest.approx((3 * 1 - 9 / 9) / 12)


def test_plants_that_choose_at_random_are_not_concentrated() -> None:
    rng = np.random.default_rng(5)
    draws = 4000
    plants = np.concatenate(
        [rng.multinomial(3, [0.5, 0.5], draws), rng.multinomial(5, [0.8, 0.2], draws)], axis=1
    ).astype(float)
    found = concentration_inside_markets(plants, BASE[:4], REGION[:4])
    assert abs(found.mean()) < 0.01


def test_too_few_plants_say_nothing() -> None:
    plants = np.array([[1.0, 0, 0, 1, 7], [0, 0, 0, 0, 0]])
    assert np.isnan(concentration_inside_markets(plants, BASE, REGION)).all()
    assert market_coverage(plants, REGION).tolist() == [1, 0]
    assert market_coverage(np.array([[0.5, 0, 0, 0, 0]]), REGION).tolist() == [pytest.approx(1 / 3)]


def test_refusals() -> None:
    with pytest.raises(AnalysisError, match="do not fit"):
        concentration_inside_markets(np.ones((1, 4)), BASE, REGION)
    with pytest.raises(AnalysisError, match="no base"):
        concentration_inside_markets(np.ones((1, 5)), BASE * (REGION != 2), REGION)


def test_beyond_asks_for_all_three_tests_of_porter() -> None:
    tests = pd.DataFrame(
        {"c50": [0.5, 0.9, np.nan], "s5": [2.0, 9.0, 3.0], "gini": [0.3, 0.29, 0.5]},
        index=["1", "2", "3"],
    )
    found = beyond_scores(tests)
    assert found["1"] == pytest.approx(0.5)
    assert found["2"] < 0.5
    assert np.isnan(found["3"])


@given(st.floats(-0.5, 1), st.floats(0, 1), st.floats(0, 1))
def test_a_score_of_half_means_all_three(inside: float, covered: float, beyond: float) -> None:
    score = regional_scores(pd.Series([inside]), pd.Series([covered]), pd.Series([beyond])).iloc[0]
    assert 0 <= score <= 1
    if abs(score - 0.5) > 1e-9:
        assert (score > 0.5) == (inside > DISPERSED and covered > 0.5 and beyond < 0.5)


def test_types() -> None:
    regional = pd.Series([0.5, 0.6, 0.4, 0.4, np.nan, 0.1])
    traded = pd.Series([0.9, 0.1, 0.5, 0.49, 0.7, np.nan])
    found = industry_types(regional, traded).tolist()
    assert found == ["regional", "regional", "traded", "local", "traded", None]


CLASSED = pd.DataFrame(
    [
        ("111", "local", "local", "consumer", 300, 6_000.0),
        ("112", "traded", "traded", "supply-chain", 100, 5_000.0),
        ("113", "traded", "traded", "supply-chain", 100, None),
        ("114", "traded", "traded", None, None, None),
        ("115", "traded", "regional", "consumer", 0, 0.0),
        ("116", "traded", None, None, 40, 1.0),
    ],
    columns=["naics", "kind", "type", "buyer", "jobs", "payroll"],
).astype({"jobs": "Int64"})


def test_types_are_counted_by_kind_and_buyer() -> None:
    found = count_types(CLASSED)
    assert found["industries"].tolist() == [1, 1, 2, 1]
    assert found["type"].tolist() == ["local", "regional", "traded", "traded"]
    assert found["jobs"].tolist() == [300, 0, 200, 0]
    assert found["share"].tolist() == pytest.approx([300 / 500, 0, 200 / 500, 0])
    assert found["wage"].isna().tolist() == [False, True, False, True]
    assert found["wage"].dropna().tolist() == pytest.approx([6_000 / 300, 5_000 / 200])


def test_buyers_are_added_up_in_the_order_of_reach() -> None:
    found = count_buyers(count_types(CLASSED))
    assert found.to_numpy().tolist() == [
        ["traded", "traded", 3, 200, 2, 0],
        ["traded", "regional", 1, 0, 0, 1],
        ["local", "local", 1, 300, 0, 1],
    ]
    assert count_buyers(count_types(CLASSED.assign(type=None))).empty


def test_both_kinds_are_counted_also_where_there_is_none() -> None:
    assert count_kinds(CLASSED).to_dict("index") == {
        "traded": {"industries": 5, "jobs": 240},
        "local": {"industries": 1, "jobs": 300},
    }
    some = count_kinds(CLASSED.replace({"kind": {"local": "unplaced"}}))
    assert list(some.index) == ["traded", "local", "unplaced"]
    assert some["jobs"].tolist() == [240, 0, 300]
    none = count_kinds(CLASSED.head(1)).to_dict("index")["traded"]
    assert none == {"industries": 0, "jobs": 0}
