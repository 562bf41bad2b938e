"""Industries that a cluster is tied to, by each linkage."""

from __future__ import annotations

import pytest

from clusteratlas.queries.atlas.library import Atlas

ASKED: dict[str, dict[str, str | int | float]] = {"linkages": {"cluster": "drugs"}}


@pytest.mark.parametrize(
    ("by", "column"),
    [("supply", "io"), ("co-location", "lc_emp"), ("occupations", "occ"), ("all", "combined")],
)
def test_the_strongest_of_the_chosen_linkage_come_first(atlas: Atlas, by: str, column: str) -> None:
    answer = atlas.ask("linkages", cluster="drugs", by=by, limit=1000)
    assert len(answer.rows) == answer.count > 0
    values = [getattr(row, column) for row in answer.rows]
    known = [value for value in values if value is not None]
    assert values == [*sorted(known, reverse=True), *([None] * (len(values) - len(known)))]


def test_members_of_the_cluster_are_left_out(atlas: Atlas) -> None:
    members = {
        r.key
        for r in atlas.ask("anatomy", cluster="drugs", region="boston").rows
        if r.section == "core"
    }
    assert members.isdisjoint(r.key for r in atlas.ask("linkages", cluster="drugs").rows)


def test_no_more_than_are_wanted(embedded: Atlas) -> None:
    answer = embedded.ask("linkages", cluster="drugs", limit=1)
    assert len(answer.rows) == 1
