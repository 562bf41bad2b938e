"""Names that are true by jobs: counted by hand, and by rule for any cluster."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.analysis.clustering.name_parts import (
    joined_names,
    largest_groups,
    name_truth,
    parse_parts,
    short_title,
    unsaid_words,
)
from clusteratlas.errors import AnalysisError

JOBS = {"312120": 50.0, "312130": 30.0, "312111": 15.0, "312230": 5.0}
TITLES = {
    "3121": "Beverage Manufacturing",
    "31212": "Breweries",
    "312120": "Breweries",
    "312130": "Wineries",
    "312111": "Soft Drink Manufacturing",
    "3122": "Tobacco Manufacturing",
    "312230": "Tobacco Manufacturing",
}


def test_a_true_name_by_hand() -> None:
    truth = name_truth(JOBS, parse_parts("Wine=312130; Beer=31212"))
    assert truth is not None
    assert truth.named == pytest.approx(0.8)
    assert truth.smallest == "Wine"
    assert truth.smallest_share == pytest.approx(0.3)
    # Soft drinks and tobacco are groups of their own.
    assert truth.unnamed == "3121"
    assert truth.unnamed_share == pytest.approx(0.15)
    assert truth.holds


@pytest.mark.parametrize(
    "parts",
    [
        {"Wine": ["312130"], "Soft Drinks": ["312111"]},  # 45 % of the jobs
        {"Beer": ["312120"], "Wine": ["312130"], "Tobacco": ["3122"]},  # soft drinks are larger
        {"Beer": ["312120"], "Soft Drinks": ["312111"]},  # wine is larger, and above a fifth
        {},
    ],
)
def test_an_untrue_name(parts: dict[str, list[str]]) -> None:
    truth = name_truth(JOBS, parts)
    assert truth is not None
    assert not truth.holds


def test_jobs_that_are_not_known_are_neither_said_nor_unsaid() -> None:
    truth = name_truth({"312120": 1.0, "312230": math.nan}, {"Beer": ["312120"]})
    assert truth is not None
    assert (truth.named, truth.unnamed, truth.unnamed_share) == (1.0, None, 0.0)
    assert name_truth({"312120": math.nan}, {"Beer": ["312120"]}) is None
    assert name_truth({"312120": 0.0}, {}) is None


def test_parts_in_writing() -> None:
    assert parse_parts("Wine = 312130 ;Other Drinks=3121 312111;") == {
        "Wine": ("312130",),
        "Other Drinks": ("3121", "312111"),
    }
    assert parse_parts("") == {}
    for wrong in ("Wine", "=312130", "Wine=", "Wine=wine", "Wine=1; Wine=312120", "Wine=3121300"):
        with pytest.raises(AnalysisError, match="no part of a name"):
            parse_parts(wrong)


def test_every_word_of_a_name_stands_for_something() -> None:
    assert unsaid_words("Wine, Beer and Other Drinks", ["Wine", "Beer", "Drinks"]) == ""
    assert unsaid_words("Wine, Beer and Cigars", ["Wine", "Beer"]) == "Cigars"
    with pytest.raises(AnalysisError, match="does not say 'Tobacco'"):
        unsaid_words("Wine and Beer", ["Tobacco"])


def test_groups_of_the_code_list_by_hand() -> None:
    assert largest_groups(JOBS, TITLES) == {"3121": "Beverage"}
    # One member of a group: its own title. Two with a group in common: the group's.
    assert largest_groups({"312120": 2.0, "312230": 1.0}, TITLES) == {
        "312120": "Breweries",
        "312230": "Tobacco",
    }
    assert list(largest_groups(dict.fromkeys(JOBS, 0.0), TITLES)) == ["3121", "312230"]
    with pytest.raises(AnalysisError, match="without members"):
        largest_groups({}, TITLES)


def test_short_titles() -> None:
    assert short_title("All Other Plastics Product Manufacturing (except Foam)") == (
        "Other Plastics Products"
    )
    assert short_title("Grocery and Related Product Merchant Wholesalers") == (
        "Grocery and Related Product Wholesalers"
    )
    assert joined_names(["Wine", "Beer"]) == "Wine and Beer"
    assert joined_names(["Wine and Beer", "Tobacco"]) == "Wine and Beer; Tobacco"


@given(
    st.dictionaries(
        st.from_regex(r"[1-9][0-9]{5}", fullmatch=True),
        st.floats(0, 1e6, allow_subnormal=False),
        min_size=1,
        max_size=20,
    )
)
def test_shares_are_shares_and_a_name_that_says_all_holds(jobs: dict[str, float]) -> None:
    titles = dict.fromkeys(jobs, "Title")
    groups = largest_groups(jobs, titles)
    assert 1 <= len(groups) <= 3
    truth = name_truth(jobs, {code: [code] for code in groups})
    if truth is not None:
        assert 0 <= truth.unnamed_share <= 1 + 1e-9
        assert 0 <= truth.named <= 1 + 1e-9
    every = name_truth(jobs, {"All": list(jobs)})
    assert every is None or (every.holds and every.named == pytest.approx(1))
