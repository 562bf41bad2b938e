"""Custom clusters in questions, on both engines; by hand on the tiny atlas, and as shipped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clusteratlas.editions.store.edition import Edition, open_edition
from clusteratlas.editions.targets.extended import extend_edition
from clusteratlas.editions.wishes import Wishes
from clusteratlas.errors import EditionError, InputError
from clusteratlas.graph import open_store
from clusteratlas.graph.load import load_edition
from clusteratlas.queries.atlas.library import Atlas, open_atlas
from tests.conftest import ON_NEO4J, missing
from tests.queries.conftest import on_engine

CLUSTERS = """name,naics
Medicines,325411 325412 541714
Pills,3254
Yards,336611
AI,336612
"""
REGIONS = "name,county\nBay,25017\nBay,25025\nBoth Ends,25025\nBoth Ends,44007\n"


@pytest.fixture(scope="module")
def extended(tiny: Edition, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The tiny atlas with four clusters and two regions."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "clusters.csv").write_text(CLUSTERS, "utf-8")
    (folder / "regions.csv").write_text(REGIONS, "utf-8")
    wishes = Wishes((folder / "regions.csv",), "metropolitan", (folder / "clusters.csv",))
    return extend_edition(tiny, wishes)


@pytest.fixture(scope="module", params=["embedded", pytest.param("neo4j", marks=ON_NEO4J)])
def own(request: pytest.FixtureRequest, extended: Edition) -> Iterator[Atlas]:
    """That atlas, once on each engine."""
    with on_engine(request.param, extended, request) as atlas:
        yield atlas


SAME = {
    "top-regions": {},
    "trend": {"region": "boston"},
    "rank": {"type": "state"},
    "hotspots": {"type": "state"},
    "neighbors": {"region": "boston"},
    "occupations": {},
    "talent": {"region": "boston"},
    "uncertain": {},
    "sites": {"type": "state"},
    "gaps": {"region": "boston"},
}
TOLD = {"key", "cluster", "cluster_key", "cluster_name", "hub", "name"}
LACKING = {"suppliers", "suppliers_low", "suppliers_high"}
"""Columns of what is not computed of custom clusters."""


@pytest.mark.parametrize("question", SAME)
def test_the_same_industries_give_the_same_answer(own: Atlas, question: str) -> None:
    mine, theirs = (
        own.ask(question, **{**SAME[question], "cluster": [one] if question == "rank" else one})
        for one in ("medicines", "drugs")
    )
    assert mine.count == theirs.count
    rows = [[_figures(r) for r in answer.to_dict()["rows"]] for answer in (mine, theirs)]
    assert rows[0] == rows[1]


def _figures(row: dict[str, object]) -> dict[str, object]:
    return {
        name: round(value, 9) if isinstance(value, float) else value
        for name, value in row.items()
        if name not in TOLD | LACKING
    }


def test_shares_and_bounds_of_quotients_are_those_of_the_same_cluster(own: Atlas) -> None:
    text = """
    MATCH (c:Cluster {key: $cluster})<-[:INSTANCE_OF]-(h:RegionalCluster)-[:LOCATED_IN]->(r:Region)
    MATCH (h)-[m:MEASURED]->(:Source)
    RETURN r.key AS region, m.lq_low AS lq_low, m.lq_high AS lq_high, m.share_region AS here,
           m.share_nation AS there, m.rank AS rank, m.percentile AS percentile, m.lq_p75 AS floor
    ORDER BY region"""
    clusters = ("tiny/custom:medicines", "tiny/algorithm:drugs")
    rows = [own.cypher(text, {"cluster": key}).rows for key in clusters]
    assert len(rows[0]) == 11
    for mine, theirs in zip(*rows, strict=True):
        assert mine == pytest.approx(theirs), mine["region"]


def test_suppliers_of_a_custom_cluster_are_not_known(own: Atlas) -> None:
    answer = own.ask("sites", cluster="yards", type="state", least_suppliers=1)
    assert {(r.suppliers, r.suppliers_met) for r in answer.rows} == {(None, "not known")}


def test_concentration_is_of_full_sets_of_clusters(own: Atlas) -> None:
    answer = own.ask("concentration", cluster="yards", type="state")
    assert not [r for r in answer.rows if r.section == "cluster"]
    assert "Yards is a cluster of your own: these indices are of the others alone" in answer.notes


def test_an_answer_says_what_the_cluster_is(own: Atlas) -> None:
    answer = own.ask("top-regions", cluster="yards")
    assert answer.remarks[0].startswith("Yards: a cluster of your own of 1 industry; 1 of them is")
    assert "regional figures are of 2019 alone" in answer.remarks[0]
    (providence,) = answer.rows
    # 320 of 500 traded jobs; 400 of 2,000 in the nation.
    assert (providence.jobs, providence.lq) == (320, 3.2)
    assert providence.payroll is None
    found = own.ask("cluster", cluster="pills")
    assert [r.name for r in found.rows if r.section == "industry"] == [
        "Pharmaceutical Manufacturing",
        "Medicinal Manufacturing",
    ]


def test_a_custom_cluster_in_a_custom_region(own: Atlas) -> None:
    answer = own.ask("anatomy", cluster="medicines", region="both ends")
    place = next(r for r in answer.rows if r.section == "place")
    # 350 of Suffolk's and 100 of Providence's; as the drugs there.
    assert place.jobs == 450
    core = {r.key[-6:]: r.jobs for r in answer.rows if r.section == "core"}
    assert core == {"325411": 90, "325412": 245, "541714": 85}


def test_regions_are_described_by_the_default_clusters_alone(own: Atlas, tiny: Edition) -> None:
    with open_store(":memory:") as store:
        load_edition(tiny, store)
        plain = open_atlas(store)
        for question in ("region", "strengths", "rank", "quadrants", "peers", "performance"):
            asked = [a.ask(question, region="boston").rows for a in (own, plain)]
            assert asked[0] == asked[1], question
        for question in ("region", "strengths"):
            listed = own.ask(question, region="boston", definition="tiny/custom").rows
            assert "Medicines" in {r.name for r in listed}
            assert "Drugs" not in {r.name for r in listed}


def test_names_of_ones_own_are_found(own: Atlas) -> None:
    assert own.find("yards")[0].key == "tiny/custom:yards"
    # A word that elsewhere means several clusters.
    assert own.ask("cluster", cluster="AI").names["cluster"] == "AI"
    by_key = own.ask("cluster", cluster="tiny/custom-2:pills")
    assert by_key.names["cluster"] == "Pills"
    assert own.ask("cluster", cluster="drugs").names["cluster"] == "Drugs"
    sets = own.ask("definitions").rows
    assert [r.name for r in sets if r.key.startswith("tiny/custom")] == ["Clusters of your own"] * 2
    assert all(r.vs4 is None for r in sets if r.key.startswith("tiny/custom"))


def test_files_are_for_an_embedded_store(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text(CLUSTERS, "utf-8")
    with pytest.raises(InputError, match="files of clusters are for an embedded store") as caught:
        open_atlas("neo4j://localhost", cluster_files=[tmp_path / "own.csv"])
    assert "edition extend" in str(caught.value.hint)


@pytest.fixture(scope="module")
def shipped_edition() -> Edition:
    """The edition that comes with the package."""
    try:
        return open_edition()
    except EditionError as exc:
        missing(f"no shipped edition: {exc}")
        raise


def test_the_codes_of_a_published_cluster_give_its_figures(
    shipped_edition: Edition, tmp_path: Path
) -> None:
    (tmp_path / "own.yaml").write_text("My Medicines: [3254]\nMore: [3254, 541714]\n", "utf-8")
    made = extend_edition(shipped_edition, Wishes(cluster_files=(tmp_path / "own.yaml",)))
    measures = made.table("measures")
    keys = {
        "mine": "us-2021/custom:my-medicines",
        "published": "us-2021/reviewed:biopharmaceuticals",
        "more": "us-2021/custom-2:more",
    }
    by_cluster = measures.set_index(["region", "year"])
    rows = {
        name: by_cluster[by_cluster["cluster"] == key].drop(columns="cluster")
        for name, key in keys.items()
    }
    assert rows["mine"].equals(rows["published"])
    boston = rows["mine"].loc[[("cbsa:14460", 2021)]].iloc[0].to_dict()
    assert [boston[n] for n in ("jobs", "jobs_low", "jobs_high", "lq")] == [
        12_673,
        12_600,
        12_800,
        1.84,
    ]
    # With one industry more there are its jobs more, and bounds that hold both.
    more = rows["more"].loc[[("cbsa:14460", 2021)]].iloc[0].to_dict()
    presence = made.table("presence").set_index(["region", "industry"])
    extra = presence.loc[[("cbsa:14460", "naics2017:541714")]].iloc[0].to_dict()
    assert more["jobs"] == 12_673 + extra["jobs"]
    assert more["jobs_low"] >= 12_600 + extra["jobs_low"] - 100  # three digits, rounded down
    assert more["jobs_low"] <= more["jobs"] <= more["jobs_high"]
    assert set(rows["more"].index.get_level_values("year")) == {2021}
