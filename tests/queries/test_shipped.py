"""Real figures: the questions on the edition that comes with the package."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clusteratlas.errors import StoreError
from clusteratlas.graph.engines.ladybug import store
from clusteratlas.graph.engines.ladybug.store import LadybugStore
from clusteratlas.queries.atlas.library import Atlas, open_atlas
from clusteratlas.queries.atlas.reading import Wanted, read_together
from clusteratlas.queries.atlas.registry import QUESTIONS
from clusteratlas.queries.draw.pictures import picture
from clusteratlas.queries.questions.structure.shared.cells import CELLS


def rows(answer: Any, section: str) -> list[Any]:
    return [r for r in answer.rows if r.section == section]


@pytest.mark.parametrize("id_", QUESTIONS)
def test_every_example_is_answered(id_: str, shipped: Atlas) -> None:
    for example in QUESTIONS[id_].examples:
        answer = shipped.ask(id_, **example)
        assert answer.rows, example
        assert answer.sources, example
        assert answer.shown <= max(answer.count, len(answer.rows)), example


@pytest.mark.xdist_group("shipped_store")
def test_what_has_no_room_in_the_pool_is_tried_again_and_the_store_goes_on(
    shipped: Atlas, shipped_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    first = LadybugStore._open

    def counted(self: LadybugStore) -> None:
        opened.append(self.url)
        first(self)

    monkeypatch.setattr(store, "_READING_POOL", 44 << 20)
    monkeypatch.setattr(LadybugStore, "_open", counted)
    with open_atlas(shipped_store) as small:
        with pytest.raises(StoreError, match="evidence failed in"):
            small.ask("evidence")
        assert len(opened) == 2
        for id_ in ("wages", "strengths"):
            assert small.ask(id_, region="boston").rows == shipped.ask(id_, region="boston").rows


@pytest.mark.xdist_group("shipped_store")
def test_many_rows_come_in_the_order_of_their_text(shipped: Atlas) -> None:
    values = {
        "definition": "us-2021/reviewed",
        "pool": "metropolitan",
        "level": "cluster",
        "year": 2021,
        "region": "",
    }
    wanted = [Wanted(name, CELLS.stem, CELLS.row, values) for name in ("a", "b")]
    for _ in range(3):
        for rows in read_together(shipped.store, wanted, name="cells").values():
            assert len(rows) > 9_000
            assert rows == sorted(rows, key=lambda r: (r.region, r.cluster))


def test_biopharmaceuticals_in_boston(shipped: Atlas) -> None:
    answer = shipped.ask("anatomy", cluster="biopharma", region="boston")
    (place,) = rows(answer, "place")
    assert place.name.endswith("Boston-Cambridge-Newton, MA-NH")
    assert place.lq > 1
    assert place.of is not None
    assert place.rank <= 15
    core = {r.key: r for r in rows(answer, "core")}
    # County Business Patterns 2019: Boston has more than its share of makers of medicines.
    assert core["naics2017:325412"].presence == "strong"
    for section in ("supplier", "service", "customer", "occupation"):
        assert rows(answer, section)
    assert all(r.cluster != answer.names["cluster"] for r in rows(answer, "supplier"))


def test_the_strongest_clusters_of_massachusetts(shipped: Atlas) -> None:
    answer = shipped.ask("region", region="massachusetts")
    (profile,) = rows(answer, "region")
    assert profile.population == 6_892_503  # Census, July 2019
    clusters = rows(answer, "cluster")
    strong = [c for c in clusters if c.strong]
    assert len(strong) == profile.strong_clusters
    assert all(c.lq >= 1 for c in strong)
    assert clusters[: len(strong)] == strong
    assert sum(c.jobs for c in strong) / profile.traded_jobs == pytest.approx(
        profile.strength, rel=1e-3
    )
    assert sum(c.share_region for c in clusters) == pytest.approx(1, abs=1e-3)


def test_cars_are_made_around_detroit(shipped: Atlas) -> None:
    answer = shipped.ask("top-regions", cluster="automotive", type="state")
    assert "state:26" in [r.key for r in answer.rows[:3]]
    detroit = shipped.ask("anatomy", cluster="automotive", region="detroit")
    assert rows(detroit, "place")[0].presence == "strong"


def test_an_industry_belongs_where_it_is_most_related(shipped: Atlas) -> None:
    answer = shipped.ask("industry", industry="325412")
    own = next(r for r in answer.rows if r.role == "own")
    following = next(r for r in answer.rows if r.role == "next best")
    assert own.relatedness > following.relatedness
    assert "naics2017:325411" in [r.key for r in rows(answer, "tie")[:3]]


def test_shares_of_a_cluster_over_all_states_add_up(shipped: Atlas) -> None:
    answer = shipped.ask("top-regions", cluster="biopharma", type="state", limit=60)
    assert answer.shown == answer.count
    assert sum(r.share_nation for r in answer.rows) == pytest.approx(1, abs=0.02)


def test_a_county_has_an_anatomy_of_its_own(shipped: Atlas) -> None:
    answer = shipped.ask("anatomy", cluster="biopharma", region="county:25017")
    area = shipped.ask("anatomy", cluster="biopharma", region="boston")
    inside = {r.key: r.jobs for r in rows(answer, "core") if r.jobs is not None}
    around = {r.key: r.jobs for r in rows(area, "core")}
    assert inside
    assert all(jobs <= around[key] for key, jobs in inside.items())
    assert not any("presence is that of" in n for n in answer.notes)


def test_gaps_are_no_strengths(shipped: Atlas) -> None:
    answer = shipped.ask("gaps", cluster="biopharma", region="boston")
    assert all(r.lq is None or r.lq < 0.5 for r in answer.rows)
    known = [r for r in answer.rows if r.presence != "not known"]
    assert answer.rows[: len(known)] == known
    assert known == sorted(known, key=lambda r: (-r.million_usd, r.key))


def test_a_path_is_told_step_by_step(shipped: Atlas) -> None:
    answer = shipped.ask("trace", a="boston", b="silicon valley")
    first = [r for r in answer.rows if r.path == 1]
    assert first[0].start == "cbsa:14460"
    assert first[-1].end == "cbsa:41940"
    assert all(r.sentence for r in answer.rows)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("boston", "cbsa:14460"),
        ("Boston MA", "cbsa:14460"),
        ("25", "state:25"),
        ("MA", "state:25"),
        ("massachusetts", "state:25"),
        ("14460", "cbsa:14460"),
        ("biopharma", "us-2021/"),
        ("325414", "naics2017:325414"),
        ("middlesex county, ma", "county:25017"),
        ("st louis", "cbsa:41180"),
        ("washington dc", "cbsa:47900"),
    ],
)
def test_names_as_people_write_them(text: str, key: str, shipped: Atlas) -> None:
    assert shipped.ask("provenance", of=text).arguments["of"].startswith(key)


def test_the_map_names_every_region_that_it_shows(shipped: Atlas) -> None:
    answer = shipped.ask("top-regions", cluster="biopharma")
    svg = picture(answer).markup()
    unnamed = [
        r.name for r in answer.rows if f">{r.name.split(',')[0].split('-')[0]}</text>" not in svg
    ]
    assert unnamed == []


def test_a_list_of_boston_begins_with_what_everybody_knows(shipped: Atlas) -> None:
    companies = shipped.ask("companies", cluster="biopharma", region="boston")
    first = "; ".join(r.name for r in companies.rows[:8])
    for name in ("Moderna", "Vertex", "Takeda", "Pfizer", "Novartis", "Biogen", "Sanofi"):
        assert name in first
    institutions = shipped.ask("institutions", cluster="biopharma", region="boston")
    leading = {r.name for r in institutions.rows[:4]}
    assert leading == {
        "Massachusetts Institute of Technology",
        "Massachusetts General Hospital",
        "Harvard University",
        "Broad Institute",
    }
    anatomy = shipped.ask("anatomy", cluster="biopharma", region="boston")
    plants = [r.name for r in rows(anatomy, "core company")]
    assert plants[: len(companies.rows[:8])] == [r.name for r in companies.rows[:8]]
