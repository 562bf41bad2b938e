"""Questions on organizations, by hand on the tiny atlas, on both engines."""

from __future__ import annotations

from typing import Any

import pytest

from clusteratlas.errors import UnknownName
from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.language.answer import Answer
from tests.tiny import tiny_tables

DRUGS = "tiny/algorithm:drugs"


def rows(answer: Answer, section: str) -> list[Any]:
    return [r for r in answer.rows if r.section == section]


def asked(atlas: Atlas, question: str, **more: Any) -> Answer:
    return atlas.ask(question, **({"cluster": "drugs", "region": "boston"} | more))


def test_companies_are_the_active_ones_largest_first(atlas: Atlas) -> None:
    answer = asked(atlas, "companies")
    core = rows(answer, "core company")
    assert core[0].name == "Long Needle Therapeutics Inc"
    assert {r.key for r in core} == {"sbir:long-needle", "cik:0000000101", "cik:0000000102"}
    every = rows(asked(atlas, "companies", include="all"), "core company")
    assert len(every) > len(core)
    assert {r.key for r in core} < {r.key for r in every}
    by_key = {r.key: r for r in core}
    assert by_key["cik:0000000101"].registers == "anatomies sec tri"
    assert by_key["sbir:long-needle"].evidence == "NAICS 541714 (agency and name)"
    assert any(n.startswith("coverage is partial") for n in answer.notes)


def test_a_list_is_cut_and_says_so(atlas: Atlas) -> None:
    answer = asked(atlas, "companies", limit=1)
    assert len(rows(answer, "core company")) == 1
    assert "1 of 3 shown, the largest first" in answer.notes


def test_a_county_and_its_state_hold_what_is_in_them(atlas: Atlas) -> None:
    county = asked(atlas, "companies", region="county:25017")
    assert {r.key for r in rows(county, "core company")} >= {"cik:0000000101", "sbir:long-needle"}
    assert "cik:0000000102" not in {r.key for r in rows(county, "core company")}
    state = asked(atlas, "companies", region="massachusetts")
    assert {r.key for r in rows(state, "core company")} >= {"cik:0000000101", "cik:0000000102"}


def test_suppliers_services_and_institutions(atlas: Atlas) -> None:
    assert [r.name for r in asked(atlas, "who-supplies").rows] == ["Glass Vials Company"]
    assert [r.name for r in asked(atlas, "who-serves").rows] == ["Quill & Patent LLP"]
    found = asked(atlas, "institutions").rows
    assert [(r.name, r.detail) for r in found] == [
        ("Charles University", "education"),
        ("Charles Hospital", "health"),
        ("Kendall Institute", "research"),
    ]
    assert [r.basis for r in found] == ["register", "general knowledge", "general knowledge"]


def test_funders_add_up(atlas: Atlas) -> None:
    answer = asked(atlas, "who-funds")
    awards = {(r.key, r.program): r for r in rows(answer, "award")}
    sbir = awards["agency:nih", "SBIR"]
    assert (sbir.usd, sbir.awards, sbir.funded) == (2_900_000, 7, 3)
    assert (sbir.first_seen, sbir.last_seen) == (1999, 2017)
    assert sbir.examples.startswith("Long Needle Therapeutics Inc; Little Gene LLC")
    assert [r.name for r in rows(answer, "investor")] == ["River Ventures"]
    assert answer.shown == answer.count == 2


def test_coverage_names_every_register_and_what_it_lacks(atlas: Atlas) -> None:
    found = {r.key: r for r in asked(atlas, "coverage").rows}
    assert set(found) == {"sec", "anatomies", "sbir", "ipeds", "tri"}
    # Three companies by their industry, and the two agencies that fund them.
    assert (found["sbir"].organizations, found["sbir"].of) == (5, 5)
    # Most of an anatomy has no industry: it counts by what is said of it.
    tables = tiny_tables()
    said = tables["participations"].query("cluster == @DRUGS and region == 'cbsa:14460'")
    records = tables["records"].query("register == 'anatomies'")
    taking_part = records[records["organization"].isin(said["organization"])]
    assert found["anatomies"].organizations == taking_part["organization"].nunique() > 10
    assert found["anatomies"].records == len(taking_part)
    assert found["sec"].lacks == "private companies, and sites away from headquarters"


def test_an_organization_with_its_records_links_and_roles(atlas: Atlas) -> None:
    answer = atlas.ask("organization", organization="harbor biologics inc")
    (itself,) = rows(answer, "organization")
    assert itself.key == "cik:0000000102"
    assert {r.key for r in rows(answer, "record")} == {
        "anatomies:boston-drugs/harbor",
        "sbir:harbor-bio",
        "sec:0000000102",
    }
    (plant,) = rows(answer, "owns")
    assert (plant.key, plant.share) == ("tri:02906HRBRB", 1.0)
    assert [r.name for r in rows(answer, "predecessor")] == ["Old Needle Corp"]
    assert {r.key for r in rows(answer, "place")} == {"cbsa:14460", "ea:19", "state:25"}
    assert answer.count == 3


def test_an_organization_goes_by_key_part_of_name_or_name_of_a_record(atlas: Atlas) -> None:
    for text in ("cik:0000000101", "beacon pharm", "BEACON PHARMS"):
        assert atlas.ask("organization", organization=text).rows[0].key == "cik:0000000101"
    with pytest.raises(UnknownName):
        atlas.ask("organization", organization="no such body")


def test_find_knows_organizations(atlas: Atlas) -> None:
    hits = atlas.find("charles university")
    assert (hits[0].kind, hits[0].key) == ("organization", "unitid:100001")


def test_institutions_of_two_clusters(atlas: Atlas) -> None:
    answer = atlas.ask("shared-institutions", a="drugs", b="boats", region="boston")
    (both,) = rows(answer, "both")
    assert (both.key, both.in_a, both.in_b) == ("unitid:100001", "education", "research")
    assert {r.section for r in answer.rows} == {"both", "Drugs"}


def test_missing_roles_are_those_of_the_strong_peers(atlas: Atlas) -> None:
    answer = atlas.ask("missing-roles", cluster="drugs", region="providence")
    roles = {r.name for r in rows(answer, "role")}
    assert "incubator" in roles
    assert "Boston-Cambridge-Newton, MA-NH" in rows(answer, "role")[0].examples
    industries = rows(answer, "industry")
    assert [r.here is None for r in industries] == sorted(r.here is None for r in industries)
    # Nobody is known in Providence: that says nothing about its roles.
    assert {r.here for r in rows(answer, "role")} == {None}
    for row in industries:
        assert (row.here is None) == (row.known is None)
        assert (row.here or 0) < 1.0 < row.peers
    # 325411 has no row in Providence, 541714 one in which no job is published.
    assert {r.key.split(":")[1]: r.known for r in industries if r.role == "core company"} == {
        "325411": None,
        "325412": "published",
        "541714": "withheld",
    }
    assert "of 1 of the shown industries nothing is known here: they may be there" in answer.notes
    assert answer.notes[-2].startswith("no organization of Drugs is known in Providence-Warwick")


def test_a_role_that_nobody_known_fills_is_empty_where_others_are_known(atlas: Atlas) -> None:
    answer = atlas.ask("missing-roles", cluster="drugs", region="boston")
    assert {r.here for r in rows(answer, "role")} <= {0.0}
    assert not [n for n in answer.notes if n.startswith("no organization of")]


def test_lists_say_in_which_order_they_are(atlas: Atlas) -> None:
    assert "3 of 3 shown, the largest first" in asked(atlas, "companies", role="core").notes
    assert "1 of 1 shown, the best known first, judged by hand" in asked(atlas, "who-serves").notes


def test_the_anatomy_has_organizations_by_role(atlas: Atlas) -> None:
    answer = asked(atlas, "anatomy")
    assert [r.name for r in rows(answer, "adjoining")] == ["Boat Building"]
    assert len(rows(answer, "core company")) == 3
    assert {r.name for r in rows(answer, "support organization")} == {
        "Bay State Biotech Council",
        "Kendall Benches",
        "River Ventures",
    }
    assert any(n.startswith("organizations known: core company 3") for n in answer.notes)


def test_trace_between_organizations(atlas: Atlas) -> None:
    answer = atlas.ask("trace", a="tri:02906HRBRB", b="Charles University")
    first = [r for r in answer.rows if r.path == 1]
    assert first[0].start == "tri:02906HRBRB"
    assert first[-1].end == "unitid:100001"
    assert any("is owned by" in r.sentence for r in answer.rows)
    direct = atlas.ask("trace", a="Charles Hospital", b="Charles University")
    assert direct.rows[0].sentence == (
        "Charles Hospital is owned by Charles University: teaching hospital of the university"
    )


def test_trace_from_an_organization_to_a_region_and_a_cluster(atlas: Atlas) -> None:
    to_region = atlas.ask("trace", a="cik:0000000101", b="boston")
    assert to_region.rows[0].sentence == (
        "Beacon Pharmaceuticals Inc is in Boston-Cambridge-Newton, MA-NH (Middlesex County, MA)"
    )
    to_cluster = atlas.ask("trace", a="cik:0000000101", b="drugs")
    assert to_cluster.rows[0].link == "TAKES_PART_IN"


def test_an_organization_answers_for_its_facts(atlas: Atlas) -> None:
    answer = atlas.ask("provenance", of="cik:0000000102")
    found = {(r.figure, r.key) for r in answer.rows}
    assert ("names and figures", "sec-filers-2024") in found
    assert ("records", "sbir-awards-2017") in found
    assert ("industries, roles and links", "anatomies-2026") in found
