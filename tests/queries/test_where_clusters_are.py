"""The places that people name with a cluster: what the shipped edition says of them."""

from __future__ import annotations

import pytest

from clusteratlas.queries.atlas.library import Atlas

FIRST = 5
"""A place that people name first is strong, or among so many by jobs or by location quotient."""

KNOWN = (
    ("oil and gas extraction", "Houston"),
    ("hospitality and tourism", "Las Vegas-Henderson"),
    ("hospitality and tourism", "Orlando"),
    ("financial services", "New York"),
    ("information technology", "San Jose"),
    ("aerospace", "Wichita, KS"),
    ("aerospace", "Seattle"),
    ("automotive", "Detroit"),
    ("movies", "Los Angeles"),
    ("insurance", "Hartford"),
    ("biopharmaceuticals", "Boston"),
    ("furniture", "Hickory"),
    ("carpets", "Dalton"),
    ("gambling", "Reno"),
    ("medical devices", "Minneapolis"),
    ("coal mining", "Gillette"),
)


@pytest.mark.parametrize(("cluster", "place"), KNOWN)
def test_a_cluster_is_strong_where_people_look_for_it(
    cluster: str, place: str, shipped: Atlas
) -> None:
    answer = shipped.ask("top-regions", cluster=cluster, type="cbsa", limit=1000)
    assert ":local-" not in answer.arguments["cluster"]
    (row,) = [r for r in answer.rows if r.name.startswith(place)]
    assert row.strong or min(row.rank, row.rank_lq) <= FIRST, (row.jobs, row.lq, row.rank)
