"""Strong clusters on both sides of a border."""

from __future__ import annotations

import pytest

from clusteratlas.queries.atlas.library import Atlas

ASKED = {"next-door": {"region": "boston"}}


def strong(atlas: Atlas, region: str) -> set[str]:
    rows = atlas.ask("region", region=region).rows
    return {r.name for r in rows if r.section == "cluster" and r.strong}


@pytest.mark.parametrize("region", ["boston", "providence"])
def test_what_is_shared_is_strong_on_both_sides(atlas: Atlas, region: str) -> None:
    own = strong(atlas, region)
    rows = atlas.ask("next-door", region=region).rows
    assert rows
    for row in rows:
        there = strong(atlas, row.key)
        assert (row.shared, row.strong_clusters) == (len(own & there), len(there))
        for names, expected in ((row.both, own & there), (row.only_there, there - own)):
            named = {name.rsplit(" (", 1)[0] for name in (names or "").split("; ") if name}
            assert named == expected


def test_next_door_are_the_regions_that_share_a_border(atlas: Atlas) -> None:
    answer = atlas.ask("next-door", region="boston")
    near = atlas.ask("neighbors", cluster="drugs", region="boston").rows
    assert {r.key for r in answer.rows} == {r.key for r in near if r.section == "neighbor"}
    assert answer.shown == answer.count


def test_a_region_without_neighbors_says_so(atlas: Atlas) -> None:
    answer = atlas.ask("next-door", region="ea:19")
    assert not answer.rows
    assert "no region of its type shares a border" in answer.remarks[0]
