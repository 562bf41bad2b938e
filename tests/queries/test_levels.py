"""Families, clusters and subclusters in answers: taken everywhere, and never added up."""

from __future__ import annotations

from typing import Any

import pytest

from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.atlas.registry import QUESTIONS
from tests.queries.asked import FIRST

COAST, MAKERS = "tiny/algorithm:family-coast", "tiny/algorithm:drugs/makers"


def of_section(answer: Any, section: str) -> list[Any]:
    return [r for r in answer.rows if r.section == section]


def test_clusters_of_a_region_add_up_to_its_traded_jobs(atlas: Atlas) -> None:
    """One level at a time: with the family beside its clusters each job would be there twice."""
    for level, names in (
        ("cluster", {"Drugs", "Boats"}),
        ("family", {"Coastal Industries"}),
    ):
        answer = atlas.ask("region", region="boston", level=level)
        clusters = of_section(answer, "cluster")
        assert {c.name for c in clusters} == names
        assert sum(c.jobs for c in clusters) == answer.rows[0].traded_jobs == 1400
        assert sum(c.share_region for c in clusters) == pytest.approx(1.0)
        assert answer.count == len(names)
    parts = of_section(atlas.ask("region", region="boston", level="subcluster"), "cluster")
    assert {p.name: p.jobs for p in parts} == {"Makers": 900, "Science": 450}
    # The base is all traded jobs, also those of clusters without subclusters.
    assert {p.name: p.share_region for p in parts} == pytest.approx(
        {"Makers": 900 / 1400, "Science": 450 / 1400}
    )


def test_lists_of_clusters_are_of_one_level(atlas: Atlas) -> None:
    pairs = atlas.ask("compare", region=["boston", "providence"])
    assert {r.name for r in of_section(pairs, "cluster")} == {"Drugs", "Boats"}
    assert pairs.count == 2
    families = atlas.ask("compare", region=["boston", "providence"], level="family")
    assert {r.name for r in of_section(families, "cluster")} == {"Coastal Industries"}
    uncertain = atlas.ask("uncertain", region="boston")
    assert uncertain.count == 3  # two traded clusters and a local one
    staff = atlas.ask("employers", occupation="19-1020")
    assert [r.name for r in staff.rows] == ["Drugs"]
    above = atlas.ask("employers", occupation="19-1020", level="family")
    assert [r.name for r in above.rows] == ["Coastal Industries"]
    assert {r.name for r in atlas.ask("suppliers", cluster="boats").rows if r.section == "cluster"}
    sellers = of_section(atlas.ask("suppliers", cluster="boats"), "cluster")
    assert [r.name for r in sellers] == ["Drugs"]


def test_an_industry_is_in_one_cluster(atlas: Atlas) -> None:
    answer = atlas.ask("industry", industry="325412")
    assert [r.name for r in answer.rows if r.role == "own"] == ["Drugs"]
    parts = atlas.ask("industry", industry="325")
    assert len(of_section(parts, "member")) == 2
    assert atlas.ask("cluster", cluster="drugs").count == 7
    assert atlas.ask("stability").count == 5


@pytest.mark.parametrize("cluster", [COAST, MAKERS])
@pytest.mark.parametrize(
    "question",
    sorted(name for name, asked in FIRST.items() if "cluster" in QUESTIONS[name].params),
)
def test_every_question_takes_a_family_and_a_subcluster(
    atlas: Atlas, question: str, cluster: str
) -> None:
    answer = atlas.ask(question, **{**FIRST[question], "cluster": cluster})
    assert answer.rows or answer.notes


def test_a_subcluster_has_no_links_and_the_answer_says_so(atlas: Atlas) -> None:
    answer = atlas.ask("related", cluster=MAKERS)
    assert not answer.rows
    assert any("Makers has no links" in note for note in answer.notes)
    assert atlas.ask("related", cluster="drugs").rows


def test_figures_of_a_family_in_regions(atlas: Atlas) -> None:
    top = atlas.ask("top-regions", cluster="coastal industries")
    assert [(r.key, r.jobs, r.rank) for r in top.rows] == [
        ("cbsa:14460", 1400, 1),
        ("cbsa:39300", 500, 2),
    ]
    itself = atlas.ask("cluster", cluster="coastal industries").rows[0]
    assert (itself.level, itself.jobs, itself.industries) == ("family", 2000, 5)
    parts = atlas.ask("subclusters", cluster="coastal industries")
    assert [(r.section, r.name) for r in parts.rows][:2] == [
        ("cluster", "Drugs"),
        ("cluster", "Boats"),
    ]


def test_what_it_sells_to_itself_is_inside_at_every_level(atlas: Atlas) -> None:
    """No industry of a family is a supplier of the family."""
    inside = {"325411", "325412", "541714", "336611", "336612"}
    rows = atlas.ask("gaps", cluster=COAST, region="providence", below=100.0).rows
    assert not {r.key.split(":")[1] for r in rows} & inside


def test_second_members_stand_beside_and_are_counted_apart(atlas: Atlas) -> None:
    boats = atlas.ask("cluster", cluster="boats")
    (second,) = of_section(boats, "second")
    assert (second.key, second.relatedness, second.next_name) == ("naics2017:541714", 0.9, "Drugs")
    assert second.next_relatedness == pytest.approx(1.1)
    assert len(of_section(boats, "industry")) == boats.rows[0].industries == 2
    assert any(
        "500 jobs are in second members (1), counted in their own clusters" in n
        for n in boats.notes
    )
    for question in ("industry", "why"):
        notes = atlas.ask(question, industry="541714").notes
        assert any("is a second member of Boats (short of its own by 0.20)" in n for n in notes)
    there = atlas.ask("anatomy", cluster="boats", region="boston")
    assert [(r.name, r.cluster) for r in of_section(there, "second")] == [(second.name, "Drugs")]
    assert any("are in second members (1)" in n for n in there.notes)
    rows = {r.name: r for r in of_section(atlas.ask("region", region="boston"), "cluster")}
    assert (rows["Boats"].second_industries, rows["Boats"].second_jobs) == (1, 450)
    assert rows["Drugs"].second_jobs is None


def test_find_shows_the_level(atlas: Atlas) -> None:
    found = {h.key: h.type for h in atlas.find("coastal industries")}
    assert found[COAST] == "family"
    assert {h.key: h.type for h in atlas.find("makers")}[MAKERS] == "subcluster"
