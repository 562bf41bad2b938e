"""Hot spots of a cluster."""

from __future__ import annotations

from math import sqrt

import pytest
from scipy.stats import norm

from clusteratlas.queries.atlas.library import Atlas

ASKED: dict[str, dict[str, str | int | float]] = {"hotspots": {"cluster": "drugs"}}


def test_two_adjacent_counties_and_one_that_stands_alone(atlas: Atlas) -> None:
    answer = atlas.ask("hotspots", cluster="drugs")
    found = {r.key: r for r in answer.rows}
    lq = {"county:25017": 4 / 3, "county:25025": 350 / 400 / 0.75, "county:44007": 0.2 / 0.75}
    mean = sum(lq.values()) / 3
    spread = sqrt(sum((x - mean) ** 2 for x in lq.values()) / 3)
    # With two and with one of three regions the room is (3 * 2 - 4) / 2 = (3 * 1 - 1) / 2 = 1.
    z = (lq["county:25017"] + lq["county:25025"] - 2 * mean) / spread
    for key, sign in (("county:25017", 1), ("county:25025", 1), ("county:44007", -1)):
        assert found[key].z == pytest.approx(sign * z, abs=2e-3)
        assert found[key].p == pytest.approx(2 * norm.sf(z), abs=2e-3)
        assert found[key].p_adjusted == pytest.approx(2 * norm.sf(z), abs=2e-3)  # all alike
    assert {r.spot for r in answer.rows} == {"neither"}
    middlesex, suffolk, alone = (found[key] for key in lq)
    assert (suffolk.pattern, suffolk.neighbors) == ("high beside high", 1)
    assert (alone.pattern, alone.neighbors) == ("low, no neighbors", 0)
    assert suffolk.z_low < suffolk.z < suffolk.z_high
    # Suffolk has 100 to 400 jobs: its quotient, and both scores by it, can fall a long way.
    fall = (suffolk.lq - suffolk.lq_low) + (middlesex.lq - middlesex.lq_low)
    assert suffolk.z - suffolk.z_low == pytest.approx(fall / spread, abs=5e-3)
    assert answer.notes[:3] == (
        "3 of 3 regions of that type",
        "figures of 2019; 3 of 3 are estimates between bounds",
        "0 hot and 0 cold spots by location quotients among 3 regions, the region and those that "
        "share a border with it together",
    )
    assert "1 regions share no border, and stand for themselves" in answer.notes


def test_a_region_without_the_cluster_counts_as_zero(atlas: Atlas) -> None:
    answer = atlas.ask("hotspots", cluster="boats", by="jobs")
    (middlesex,) = (r for r in answer.rows if r.key == "county:25017")
    assert (middlesex.jobs, middlesex.jobs_high, middlesex.strong) == (0, 0, False)
    assert "no job is published or likely in 1 regions, which count as 0" in answer.notes
    assert any("by jobs among 3 regions" in note for note in answer.notes)


def test_regions_that_are_all_adjacent_have_no_score(embedded: Atlas) -> None:
    answer = embedded.ask("hotspots", cluster="drugs", type="state")
    assert [(r.z, r.p, r.spot) for r in answer.rows] == [(None, None, "neither")] * 2
