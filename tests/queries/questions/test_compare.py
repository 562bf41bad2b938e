"""Several regions or clusters side by side, by hand on the tiny atlas."""

from __future__ import annotations

from typing import Any

import pytest

from clusteratlas.errors import InputError, UnknownName
from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.draw.pictures import picture
from clusteratlas.queries.language.answer import Answer
from clusteratlas.queries.language.question import Value

ASKED: dict[str, dict[str, Value]] = {"compare": {"region": ["boston", "providence"]}}

BOSTON, PROVIDENCE = "cbsa:14460", "cbsa:39300"


def of(answer: Answer, section: str) -> list[Any]:
    return [r for r in answer.rows if r.section == section]


def test_two_regions(atlas: Atlas) -> None:
    answer = atlas.ask("compare", region=["boston", "providence"])
    assert [(r.key, r.traded_jobs) for r in of(answer, "region")] == [
        (BOSTON, 1400),
        (PROVIDENCE, 500),
    ]
    found = {(r.name, r.compared_key): r for r in of(answer, "cluster")}
    drugs, boats = found["Drugs", BOSTON], found["Boats", PROVIDENCE]
    assert (drugs.jobs, drugs.strong, found["Drugs", PROVIDENCE].strong) == (1350, True, False)
    assert boats.lq == pytest.approx(3.2)
    # Drugs are 1,350 of 1,400 traded jobs in Boston and 100 of 500 in Providence.
    assert drugs.differs == pytest.approx(1350 / 1400 - 100 / 500)
    assert drugs.differs_low <= drugs.differs <= drugs.differs_high
    thin = found["Boats", BOSTON]
    assert (thin.jobs_low, thin.jobs_high, thin.lq_low) == (0, 200, 0)
    assert (thin.payroll, thin.payroll_high) == (3300, 13200)
    # 3.3 million USD for 50 jobs; with no job at the least, nothing bounds it above.
    assert (thin.wage, thin.wage_high) == (66_000, None)
    assert answer.count == 2
    assert any("Boston-Cambridge-Newton, MA-NH and Providence" in n for n in answer.notes)
    assert any("76%" in n for n in answer.notes)  # |0.964 - 0.2| of two clusters, halved


def test_the_old_names_stay(atlas: Atlas) -> None:
    now = atlas.ask("compare", region=["boston", "providence"])
    then = atlas.ask("compare-regions", a="boston", b="providence")
    assert (then.question.id, then.rows, then.title) == ("compare", now.rows, now.title)
    assert atlas.ask("compare-regions", a="boston", region="providence").rows == now.rows
    clusters = atlas.ask("compare-clusters", a="drugs", b="boats")
    assert clusters.rows == atlas.ask("compare", cluster=["drugs", "boats"]).rows


def test_regions_of_several_types_and_some_clusters_only(atlas: Atlas) -> None:
    answer = atlas.ask(
        "compare", region=["massachusetts", "county:25017", "ea:19"], cluster=["drugs", "boats"]
    )
    found = {(r.name, r.compared_key): r.jobs for r in of(answer, "cluster")}
    # Middlesex has no row for boats, since it has no establishment there.
    assert found == {
        ("Drugs", "state:25"): 1400,
        ("Boats", "state:25"): 100,
        ("Drugs", "county:25017"): 1000,
        ("Drugs", "ea:19"): 1500,
        ("Boats", "ea:19"): 500,
    }


def test_two_clusters(atlas: Atlas) -> None:
    answer = atlas.ask("compare", cluster=["drugs", "boats"])
    sizes = {r.name: (r.jobs, r.wage, r.wcr) for r in of(answer, "cluster")}
    assert sizes == {"Drugs": (1500, 120_000, 1.5), "Boats": (500, 66_000, 1.5)}
    (link,) = of(answer, "link")
    assert (link.name, link.bcr, link.ties) == ("Drugs - Boats", -0.4, 1)
    assert [(r.name, r.million_usd) for r in of(answer, "sales")] == [("Drugs to Boats", 5.0)]
    assert [r.name for r in of(answer, "tie")] == ["Biotechnology Research - Boat Building"]
    places = {(r.key, r.compared): r.jobs for r in of(answer, "place")}
    assert places[BOSTON, "Boats"] == 50
    assert places[PROVIDENCE, "Boats"] == 400
    assert atlas.ask("compare", cluster=["boats", "drugs"]).rows[0].name == "Boats"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"region": ["boston"]}, "compare takes 2 to 10 of --region, not 1"),
        ({"region": "boston"}, "compare takes 2 to 10 of --region, not 1"),
        ({"region": [str(k) for k in range(11)]}, "2 to 10 of --region, not 11"),
        ({"region": ["boston", "cbsa:14460"]}, "is given twice: 'boston' and 'cbsa:14460'"),
        ({}, "compare needs region or cluster"),
        ({"region": ["boston", "providence"], "level": ["family"]}, "takes one level"),
        ({"region": ["boston", "providence"], "definition": ["a", "b"]}, "takes one definition"),
    ],
)
def test_what_cannot_be_compared(given: dict[str, Any], said: str, embedded: Atlas) -> None:
    with pytest.raises(InputError, match=said):
        embedded.ask("compare", **given)


def test_each_name_is_looked_up(embedded: Atlas) -> None:
    with pytest.raises(UnknownName, match="atlantis"):
        embedded.ask("compare", region=["boston", "atlantis"])


def test_a_picture_has_a_dot_for_each_cluster_and_region(embedded: Atlas) -> None:
    answer = embedded.ask("compare", region=["boston", "providence"])
    text = str(picture(answer).markup())
    assert text.count('class="bubble') == len(of(answer, "cluster")) == 4
    assert picture(embedded.ask("compare", cluster=["drugs", "boats"])).boxes


def test_a_network_has_the_figures_of_each_on_its_own_link(embedded: Atlas) -> None:
    graph = embedded.ask("compare", region=["boston", "providence"]).to_networkx()
    boats = "tiny/algorithm:boats"
    assert (graph.edges[BOSTON, boats]["jobs"], graph.edges[PROVIDENCE, boats]["jobs"]) == (50, 400)
