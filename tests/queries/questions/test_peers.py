"""Peers of a region, and what they are strong in."""

from __future__ import annotations

from math import sqrt

import pytest

from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.draw.pictures import caption
from tests.queries.test_pictures import marks

ASKED: dict[str, dict[str, str | int | float]] = {"peers": {"region": "boston"}}


def test_the_peer_of_boston_and_what_it_is_strong_in(atlas: Atlas) -> None:
    answer = atlas.ask("peers", region="boston")
    providence, boats = answer.rows
    # Of 1,400 traded jobs 1,350 are in drugs; of 500 in Providence 100 are.
    terms = (sqrt(1350 / 1400) - sqrt(0.2)) ** 2 + (sqrt(50 / 1400) - sqrt(0.8)) ** 2
    assert (providence.section, providence.key) == ("peer", "cbsa:39300")
    assert providence.distance == pytest.approx(sqrt(terms / 2))
    # Nearest: fewest drugs (1,345) and most boats (200) here, most drugs (107) and fewest boats
    # (395) there. Farthest: 1,357 and none here, 95 and 407 there.
    least = (sqrt(1345 / 1400) - sqrt(107 / 500)) ** 2 + (sqrt(200 / 1400) - sqrt(395 / 500)) ** 2
    most = (sqrt(1357 / 1400) - sqrt(95 / 500)) ** 2 + 407 / 500
    assert providence.distance_low == pytest.approx(sqrt(least / 2))
    assert providence.distance_high == pytest.approx(sqrt(most / 2))
    assert (providence.position, providence.position_low, providence.position_high) == (1, 1, 1)
    assert (providence.population, providence.strong_clusters) == (1600000, 1)
    assert (boats.section, boats.name, boats.strong_peers, boats.certain) == (
        "cluster",
        "Boats",
        1,
        True,
    )
    assert boats.lq_here == pytest.approx(50 / 1400 / 0.25, abs=5e-4)  # three digits
    assert (boats.lq_peers, boats.examples) == (3.2, "Providence-Warwick, RI-MA")
    assert answer.notes[:3] == (
        "1 of 1 other regions of its kind",
        "figures of 2019; compared with all metropolitan areas by the shares of clusters in "
        "traded jobs, whatever their size",
        "1 of the 1 are among the nearest 1 whatever withheld cells hold; all cells would have to "
        "be at an end of their bounds at once for the ends of the distances",
    )
    assert caption(answer) == "Regions with an economy like that of Boston-Cambridge-Newton, MA-NH"
    assert len(marks(answer, "rect", "length")) == 1


def test_bounds_decide_which_peers_are_certain(embedded: Atlas) -> None:
    # Middlesex makes drugs alone; Suffolk 0 to 200 boats, so it is nearer than Providence is.
    answer = embedded.ask("peers", region="county:25017", limit=1)
    assert [r.name for r in answer.rows if r.section == "peer"] == ["Suffolk County, MA"]
    suffolk = answer.rows[0]
    assert (suffolk.position_low, suffolk.position_high) == (1, 1)
    assert answer.count == 2
    assert "all regions of its type by the shares" in answer.notes[1]


def test_the_level_of_the_clusters(embedded: Atlas) -> None:
    family = embedded.ask("peers", region="boston", level="family")
    assert [r.distance for r in family.rows] == [0.0]  # all traded jobs are in one family
