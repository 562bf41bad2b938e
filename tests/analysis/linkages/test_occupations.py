"""Occupation profiles: who lends whose, and the occupations of clusters."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from clusteratlas.analysis.linkages.occupations import (
    occupation_links,
    occupation_profiles,
    occupations_of_clusters,
)
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.naics import naics_ancestors

STAFFING = pd.DataFrame(
    [
        ("325", "o1", 60.0),
        ("325", "o2", 40.0),
        ("3254", "o1", 10.0),
        ("3254", "o2", 30.0),
        ("31-33", "o1", 90.0),
        ("31-33", "o3", 10.0),
        ("54171", "o3", 5.0),
    ],
    columns=["naics", "soc", "jobs"],
)
CODES = ["325110", "325411", "325412", "332111", "541714", "999999"]


def test_ancestors_end_at_the_published_sector() -> None:
    assert naics_ancestors("325411") == ("325411", "32541", "3254", "325", "31-33")
    assert naics_ancestors("541714")[-1] == "54"


def test_each_industry_takes_its_nearest_surveyed_group() -> None:
    profiles = occupation_profiles(STAFFING, CODES)
    assert profiles.profile_of == ("325-3254", "3254", "3254", "31-33-325", "54171", "")
    assert profiles.shares[0].tolist() == pytest.approx([50 / 60, 10 / 60, 0])
    assert profiles.shares[1].tolist() == pytest.approx([0.25, 0.75, 0])
    # Manufacturing less chemicals: 30 of o1, none of o2 (rounding left -40), 10 of o3.
    assert profiles.shares[3].tolist() == pytest.approx([0.75, 0, 0.25])
    assert np.isnan(profiles.shares[5]).all()


def test_a_wider_group_may_keep_its_surveyed_parts() -> None:
    profiles = occupation_profiles(STAFFING, CODES, without_surveyed_parts=False)
    assert profiles.profile_of[0] == "325"
    assert profiles.shares[0].tolist() == pytest.approx([0.6, 0.4, 0])


def test_a_rest_of_next_to_nothing_keeps_the_whole_profile() -> None:
    table = pd.DataFrame(
        [("325", "o1", 100.0), ("3254", "o1", 98.0), ("3254", "o2", 1.0)],
        columns=["naics", "soc", "jobs"],
    )
    assert occupation_profiles(table, ["325110"]).profile_of == ("325",)


def test_groups_that_are_surveyed_together_share_a_profile_and_count_once() -> None:
    table = pd.DataFrame(
        [
            ("325", "o1", 100.0),
            ("3250A1", "o1", 60.0),
            ("3250A1", "o2", 20.0),
            ("32521", "o2", 5.0),
            ("3254", "o1", 10.0),
        ],
        columns=["naics", "soc", "jobs"],
    )
    codes = ["325110", "325199", "325211", "325220", "325411", "325510"]
    profiles = occupation_profiles(table, codes, together={"3250A1": ["3251", "3252"]})
    rest = "3250A1-32521"
    assert profiles.profile_of == (rest, rest, "32521", rest, "3254", "325-3250A1-3254")
    assert profiles.shares[0].tolist() == pytest.approx([60 / 75, 15 / 75])
    # Chemicals without both groups: 100 - 60 - 10 of o1, and none of o2.
    assert profiles.shares[5].tolist() == pytest.approx([1, 0])


def test_what_a_survey_leaves_out_has_no_profile() -> None:
    table = pd.DataFrame([("11", "o1", 5.0), ("113", "o2", 4.0)], columns=["naics", "soc", "jobs"])
    profiles = occupation_profiles(table, ["113110", "114111", "115310"], not_surveyed=["114"])
    assert profiles.profile_of == ("113", "", "11-113")
    assert np.isnan(profiles.shares[1]).all()


def test_an_industry_of_a_later_classification() -> None:
    table = pd.DataFrame(
        [("44-45", "o1", 9.0), ("4551", "o2", 4.0), ("4561", "o3", 2.0), ("513", "o3", 1.0)],
        columns=["naics", "soc", "jobs"],
    )
    became = {
        "446110": ["456110"],
        "454110": ["455110", "456110"],
        "452210": ["455110"],
        "519130": ["456110", "513120"],
    }
    profiles = occupation_profiles(
        table, ["446110", "454110", "452210", "519130", "513120"], became=became
    )
    # Of a divided industry nothing is known but the group around its parts, or not even that.
    assert profiles.profile_of == ("4561", "44-45-4551-4561", "4551", "", "513")


def test_an_occupation_that_stands_twice_is_refused() -> None:
    with pytest.raises(AnalysisError, match="o1 twice in 325"):
        occupation_profiles(pd.concat([STAFFING, STAFFING.head(1)]), CODES)


def test_links_by_hand() -> None:
    links = occupation_links(occupation_profiles(STAFFING, CODES))
    # Shares (1/4, 3/4, 0) and (0, 0, 1), centered on 1/3.
    a, b = np.array([0.25, 0.75, 0]) - 1 / 3, np.array([0, 0, 1]) - 1 / 3
    assert links[1, 4] == pytest.approx(a @ b / np.sqrt((a @ a) * (b @ b)))
    assert links[1, 2] == pytest.approx(1)
    assert np.isnan(links[5]).all()


def test_links_are_of_broad_occupations() -> None:
    rows = [
        ("3254", "19-1021", 3.0),
        ("3254", "51-9011", 1.0),
        ("5417", "19-1022", 6.0),
        ("5417", "29-1211", 2.0),
        ("6211", "29-1229", 5.0),
        ("6211", "29-1215", 3.0),
    ]
    table = pd.DataFrame(rows, columns=["naics", "soc", "jobs"])
    links = occupation_links(occupation_profiles(table, ["325411", "541714", "621111"]))
    # Of 19-1020, 29-1210 and 51-9010: (3/4, 0, 1/4), (3/4, 1/4, 0) and (0, 1, 0).
    by_hand = np.corrcoef([[0.75, 0, 0.25], [0.75, 0.25, 0], [0, 1, 0]])
    assert links == pytest.approx(by_hand)


def test_cluster_occupations_by_hand() -> None:
    profiles = occupation_profiles(STAFFING, CODES)
    table = occupations_of_clusters(
        profiles, ["p", "p", "p", "q", "q", "q"], [60, 40, 0, 0, 10, 99]
    )
    row = table[(table["cluster"] == "p") & (table["occupation"] == "o1")].iloc[0].to_dict()
    assert row["jobs"] == pytest.approx(50 + 10)
    assert row["share"] == pytest.approx(0.6)
    assert row["lq"] == pytest.approx(0.6 / (60 / 110))
    assert occupations_of_clusters(profiles, ["p"] * 6, [1] * 6, smallest_share=0.99).empty
