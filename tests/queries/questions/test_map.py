"""One figure in every region, and what leads in each, on both engines, by hand."""

from __future__ import annotations

import pytest

from clusteratlas.errors import InputError
from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.questions.maps.region_map import map_finding
from clusteratlas.queries.questions.maps.shared.figures import MEASURES

ASKED: dict[str, dict[str, str | int | float]] = {
    "map": {"cluster": "drugs"},
    "leaders": {"type": "cbsa"},
}


_ROUNDED = 5e-3
"""Location quotients of an edition have three digits."""


def test_location_quotients_of_all_counties(atlas: Atlas) -> None:
    answer = atlas.ask("map", cluster="drugs", type="county")
    found = {r.key: r for r in answer.rows}
    assert set(found) == {"county:25017", "county:25025", "county:44007"}
    middlesex = found["county:25017"]
    # All 1,000 traded jobs of Middlesex are in drugs, 1,500 of 2,000 in the nation.
    assert middlesex.value == pytest.approx(4 / 3, abs=5e-3)
    assert middlesex.value_low == middlesex.value_high == pytest.approx(4 / 3)
    assert (middlesex.known, middlesex.rank, middlesex.unit) == ("published", 1, "ratio")
    # Suffolk may have 100 to 400 of its jobs in drugs: second in either case.
    suffolk = found["county:25025"]
    assert (suffolk.rank, suffolk.rank_low, suffolk.rank_high) == (2, 2, 2)
    assert suffolk.known == "estimated"
    assert answer.count == 3
    assert "location quotient, 2019; known of 3 of 3 regions" in answer.notes


def test_what_is_withheld_and_what_is_absent_come_last_and_are_told_apart(atlas: Atlas) -> None:
    answer = atlas.ask("map", cluster="boats", type="county")
    known = {r.key: r.known for r in answer.rows}
    # Suffolk has 0 to 200 jobs in boats: they are there, and nothing of them is published.
    assert known == {
        "county:44007": "estimated",
        "county:25025": "withheld",
        "county:25017": "absent",
    }
    assert [r.key for r in answer.rows] == list(known)
    assert answer.rows[1].value is not None
    assert [r.rank for r in answer.rows] == [1, None, None]
    assert (answer.rows[2].value, answer.rows[2].value_high, answer.rows[2].jobs) == (None,) * 3
    assert "in 1 regions it is there, and nothing of the figure is published" in answer.notes
    assert "in 1 regions nothing is published or likely" in answer.notes


def test_shares_are_of_the_region_and_of_the_nation(atlas: Atlas) -> None:
    here = {r.key: r for r in atlas.ask("map", cluster="drugs", measure="share_region").rows}
    assert here["cbsa:39300"].value == pytest.approx(100 / 500)
    assert here["cbsa:39300"].value_low == pytest.approx(95 / 500, abs=0.01)
    nation = {r.key: r for r in atlas.ask("map", cluster="drugs", measure="share_nation").rows}
    assert nation["cbsa:14460"].value == pytest.approx(1350 / 1500)
    local = atlas.ask("map", cluster="local retail trade", measure="share_region", type="state")
    assert {r.value for r in local.rows} == {1.0}


def test_wages_and_growth_agree_with_the_questions_about_them(atlas: Atlas) -> None:
    wages = {r.key: r.wage for r in atlas.ask("wages", cluster="drugs").rows}
    for row in atlas.ask("map", cluster="drugs", measure="wage").rows:
        assert row.value == pytest.approx(wages[row.key])
        assert row.value_low <= row.value <= row.value_high
    for row in atlas.ask("map", cluster="drugs", measure="growth", type="state").rows:
        told = atlas.ask("performance", region=row.key).rows
        (own,) = (r.yearly_growth for r in told if r.key.endswith(":drugs"))
        assert row.value == pytest.approx(own)
    (first, _) = atlas.ask("map", cluster="drugs", measure="growth").notes[1:3]
    assert first.startswith("yearly growth of jobs, 2")


@pytest.mark.parametrize("measure", [n for n, m in MEASURES.items() if m.of_cluster])
def test_every_measure_of_a_cluster_is_within_its_bounds(measure: str, embedded: Atlas) -> None:
    for type_ in ("cbsa", "state", "ea", "county"):
        for row in embedded.ask("map", cluster="drugs", measure=measure, type=type_).rows:
            if row.value is None:
                assert row.known in {"withheld", "absent"}
                continue
            assert row.value_low is None or row.value_low <= row.value + _ROUNDED
            assert row.value_high is None or row.value_high >= row.value - _ROUNDED


@pytest.mark.parametrize("measure", [n for n, m in MEASURES.items() if m.of_all])
def test_all_traded_clusters_together_have_figures(measure: str, embedded: Atlas) -> None:
    answer = embedded.ask("map", measure=measure, type="state")
    assert len(answer.rows) == 2
    assert all(r.known == "published" or measure == "growth" for r in answer.rows)


def test_traded_jobs_over_all_jobs(atlas: Atlas) -> None:
    share = {r.key: r for r in atlas.ask("map", measure="share_region", type="state").rows}
    profile = atlas.ask("region", region="state:25").rows[0]
    assert share["state:25"].value == pytest.approx(profile.traded_jobs / profile.jobs)
    part = {r.key: r.value for r in atlas.ask("map", measure="share_nation", type="state").rows}
    assert sum(part.values()) == pytest.approx(1.0)
    strength = atlas.ask("map", measure="strength", type="state").rows[0]
    assert strength.value == pytest.approx(
        atlas.ask("region", region=strength.key).rows[0].strength
    )


def test_a_measure_of_regions_is_refused_for_a_cluster(embedded: Atlas) -> None:
    with pytest.raises(InputError, match="strength is of a whole region, not of a cluster"):
        embedded.ask("map", cluster="drugs", measure="strength")


def test_a_finding_names_the_place_and_its_figure() -> None:
    for name in MEASURES:
        assert {"Here", "12"} <= set(map_finding(name, "Here", "12").replace(",", "").split())


def test_the_leader_has_most_jobs_beyond_the_usual(atlas: Atlas) -> None:
    found = {r.key: r for r in atlas.ask("leaders", type="cbsa").rows}
    assert {key: r.cluster for key, r in found.items()} == {
        "cbsa:14460": "Drugs",
        "cbsa:39300": "Boats",
    }
    # Boston has 1,400 traded jobs, of which 1,050 would be in drugs at the nation's three quarters.
    boston = found["cbsa:14460"]
    assert boston.beyond == pytest.approx(300, abs=5)
    assert boston.beyond_low <= boston.beyond <= boston.beyond_high
    assert boston.family == "Coastal Industries"
    assert list(found) == ["cbsa:14460", "cbsa:39300"]
