"""Where in a region a cluster is, county by county."""

from __future__ import annotations

from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.draw.pictures import caption
from tests.queries.test_pictures import marks

ASKED: dict[str, dict[str, str | int | float]] = {
    "within": {"cluster": "drugs", "region": "boston"}
}


def test_counties_with_jobs_and_organizations(atlas: Atlas) -> None:
    answer = atlas.ask("within", cluster="drugs", region="boston")
    assert {row.key for row in answer.rows} == {"county:25017", "county:25025"}
    assert len(answer.rows) == answer.count
    organizations = [row.organizations for row in answer.rows]
    assert organizations == sorted(organizations, reverse=True)
    assert sum(organizations) > 0
    for row in answer.rows:
        figures = [
            r
            for r in atlas.ask("top-regions", cluster="drugs", type="county", limit=99).rows
            if r.key == row.key
        ]
        assert [f.jobs for f in figures] == ([] if row.jobs is None else [row.jobs])
    assert "organizations are known by their county: no file has their points" in answer.notes
    assert caption(answer) == "Drugs by county of Boston-Cambridge-Newton, MA-NH"


def test_a_county_is_within_itself(embedded: Atlas) -> None:
    answer = embedded.ask("within", cluster="drugs", region="county:25017")
    assert [row.key for row in answer.rows] == ["county:25017"]


def test_the_map_has_a_circle_for_each_county_with_organizations(embedded: Atlas) -> None:
    answer = embedded.ask("within", cluster="drugs", region="boston")
    there = [row for row in answer.rows if row.organizations]
    assert len(marks(answer, "circle", "round")) == len(there)
