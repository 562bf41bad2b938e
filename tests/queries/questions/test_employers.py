"""Which clusters employ an occupation."""

from __future__ import annotations

from clusteratlas.queries.atlas.library import Atlas

ASKED: dict[str, dict[str, str | int | float]] = {"employers": {"occupation": "welders"}}


def test_clusters_that_employ_welders(atlas: Atlas) -> None:
    answer = atlas.ask("employers", occupation="welders")
    (boats,) = answer.rows
    assert (boats.name, boats.kind, boats.jobs, boats.share) == ("Boats", "traded", 200, 0.4)
    assert (boats.share_of_occupation, boats.lq) == (0.4, 20.0)  # 200 of 500 welders
    assert answer.count == 1
    assert answer.notes[1] == "the shown clusters hold 40.0% of all jobs of Welders"
    assert answer.rows == atlas.ask("employers", occupation="51-4120").rows


def test_an_occupation_that_is_large_in_no_cluster(atlas: Atlas) -> None:
    answer = atlas.ask("employers", occupation="retail salespersons")
    assert (answer.rows, answer.count) == ([], 0)
    assert answer.notes[1] == (
        "no cluster has Retail Salespersons among its larger occupations, which are broad groups"
    )
