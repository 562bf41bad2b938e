"""The questions on the tiny atlas, by hand, on both engines."""

from __future__ import annotations

import dataclasses
import typing
from typing import Any

import pytest

from clusteratlas.errors import AmbiguousName, InputError, UnknownName
from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.atlas.registry import QUESTIONS
from clusteratlas.queries.language.answer import Answer
from tests.conftest import ON_NEO4J
from tests.queries.asked import ASKED

DEF = "tiny/algorithm"


def rows(answer: Answer, section: str) -> list[Any]:
    return [r for r in answer.rows if r.section == section]


@pytest.mark.parametrize("id_", QUESTIONS)
def test_rows_are_of_the_declared_types(id_: str, atlas: Atlas) -> None:
    answer = atlas.ask(id_, **ASKED[id_])
    assert answer.rows
    hints = typing.get_type_hints(QUESTIONS[id_].row)
    for row in answer.rows:
        for field in dataclasses.fields(row):
            value = getattr(row, field.name)
            allowed = (hints[field.name], *typing.get_args(hints[field.name]))
            assert type(value) in allowed or (type(value) is int and float in allowed), (
                f"{field.name} is {value!r}"
            )
    assert answer.shown <= max(answer.count, len(answer.rows))
    assert answer.sources
    assert answer.notes[-1].startswith("sources: ")


@pytest.mark.parametrize("id_", [pytest.param(i, marks=ON_NEO4J) for i in QUESTIONS])
def test_both_engines_answer_the_same(id_: str, embedded: Atlas, remote: Atlas) -> None:
    one, other = (a.ask(id_, **ASKED[id_]).to_dict() for a in (embedded, remote))
    assert _rounded(one) == _rounded(other)


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 9)
    if isinstance(value, dict):
        return {k: _rounded(v) for k, v in value.items()}
    return [_rounded(v) for v in value] if isinstance(value, list) else value


def test_cluster(atlas: Atlas) -> None:
    answer = atlas.ask("cluster", cluster="drugs")
    (own,) = rows(answer, "cluster")
    assert (own.name, own.jobs, own.relatedness, own.next_relatedness) == ("Drugs", 1500, 1.5, -0.4)
    members = rows(answer, "industry")
    assert [m.jobs for m in members] == [700, 500, 300]
    assert members[1].share == pytest.approx(500 / 1500)
    assert members[1].next_name == "Boats"
    assert [x.name for x in rows(answer, "link")] == ["Boats"]
    assert (answer.shown, answer.count) == (3, 7)
    assert "close calls (marginal members): Biotechnology Research" in answer.notes


def test_a_cluster_may_be_named_by_its_industries(atlas: Atlas) -> None:
    answer = atlas.ask("cluster", cluster="biotechnology")
    assert answer.names["cluster"] == "Drugs"
    assert answer.remarks[0] == (
        "no cluster is called 'biotechnology'; Drugs holds Biotechnology Research"
    )
    both = atlas.ask("cluster", cluster="325411")
    assert both.names["cluster"] == "Drugs"
    with pytest.raises(UnknownName, match="no cluster is called 'transportation'"):
        atlas.ask("cluster", cluster="transportation")  # three digits, in no cluster


@pytest.mark.parametrize("name", ["retail", "retial", "supermarkets", "445110"])
def test_a_local_cluster_is_never_the_silent_answer(name: str, atlas: Atlas) -> None:
    with pytest.raises(UnknownName, match=f"no traded cluster is called '{name}'") as caught:
        atlas.ask("top-regions", cluster=name)
    assert caught.value.nearest == ("Local Retail Trade (tiny/algorithm:local-retail)",)
    with pytest.raises(UnknownName):
        atlas.ask("provenance", of=f"{name}@boston")


@pytest.mark.parametrize("name", ["local retail", "tiny/algorithm:local-retail", "local-retail"])
def test_a_local_cluster_is_meant_where_the_words_say_so(name: str, atlas: Atlas) -> None:
    answer = atlas.ask("top-regions", cluster=name)
    assert answer.names["cluster"] == "Local Retail Trade"


@pytest.mark.parametrize(
    ("name", "cluster"),
    [
        ("pills", "Drugs"),
        ("the pill", None),  # an alias is meant whole
        ("pill cluster", "Drugs"),
        ("YACHT", "Boats"),
        ("seaside", "Coastal Industries"),
        ("lab", "Science"),
        ("local groceries", "Local Retail Trade"),
        ("local supplies", "Local Retail Trade"),
    ],
)
def test_a_cluster_goes_by_what_people_call_it(
    name: str, cluster: str | None, atlas: Atlas
) -> None:
    if cluster is None:
        with pytest.raises(UnknownName):
            atlas.ask("cluster", cluster=name)
        return
    answer = atlas.ask("cluster", cluster=name)
    assert answer.names["cluster"] == cluster
    assert answer.remarks[0] == f"{name!r} is taken to mean {cluster}"
    hit = atlas.find(name)[0]
    assert (hit.kind, hit.name) == ("cluster", cluster)
    placed = atlas.ask("provenance", of=f"{name}@boston")
    assert placed.names["of"].startswith(cluster)


def test_an_alias_that_the_name_says_itself_needs_no_remark(atlas: Atlas) -> None:
    answer = atlas.ask("top-regions", cluster="boa")
    assert answer.names["cluster"] == "Boats"
    assert not any("taken to mean" in remark for remark in answer.remarks)


def test_an_alias_is_of_its_definitions(atlas: Atlas) -> None:
    answer = atlas.ask("cluster", cluster="pills", definition="other")
    assert answer.names["cluster"] == "Goods"


@pytest.mark.parametrize(
    ("name", "candidates"),
    [
        ("cargo", ("Boats (tiny/algorithm:boats)", "Drugs (tiny/algorithm:drugs)")),
        (
            "supplies",
            ("Boats (tiny/algorithm:boats)", "Local Retail Trade (tiny/algorithm:local-retail)"),
        ),
        (
            "molecule",  # by rank, whatever the level
            ("Science (tiny/algorithm:drugs/science)", "Boats (tiny/algorithm:boats)"),
        ),
        (
            "dr",  # an alias of a local cluster, and a part of another name
            ("Local Retail Trade (tiny/algorithm:local-retail)", "Drugs (tiny/algorithm:drugs)"),
        ),
    ],
)
def test_an_alias_of_two_clusters_asks(
    name: str, candidates: tuple[str, ...], atlas: Atlas
) -> None:
    with pytest.raises(AmbiguousName) as caught:
        atlas.ask("cluster", cluster=name)
    assert caught.value.candidates == candidates  # by rank, not by size
    assert [hit.name for hit in atlas.find(name)[:2]] == [c.split(" (")[0] for c in candidates]


def test_an_alias_of_a_local_cluster_is_a_candidate(atlas: Atlas) -> None:
    with pytest.raises(UnknownName, match="no traded cluster is called 'groceries'") as caught:
        atlas.ask("cluster", cluster="groceries")
    assert caught.value.nearest == ("Local Retail Trade (tiny/algorithm:local-retail)",)


def test_industry_says_where_it_belongs_and_why(atlas: Atlas) -> None:
    answer = atlas.ask("industry", industry="541714")
    own, following = rows(answer, "cluster")
    assert (own.role, own.relatedness, own.ties) == ("own", 1.5, 2)
    assert own.lc_emp == pytest.approx((0.7 + 0.6) / 2)
    assert own.combined == pytest.approx((1.2 + 1.0) / 2)
    assert (following.role, following.name, following.lc_est) == ("next best", "Boats", 0.2)
    best = rows(answer, "tie")[0]
    assert best.name == "Pharmaceutical Manufacturing"
    assert best.why == "trade: 10% of an input or output; occupations: 0.60; co-location: 0.90"
    assert any("a close call" in n for n in answer.notes)


def test_shared_profiles_are_named_as_such(atlas: Atlas) -> None:
    tie = rows(atlas.ask("industry", industry="325411"), "tie")[0]
    assert tie.why.startswith("both in one input-output sector; one occupation profile for both")


def test_industry_above_six_digits_lists_what_lies_below(atlas: Atlas) -> None:
    answer = atlas.ask("industry", industry="325")
    assert [(r.name, r.role) for r in rows(answer, "member")] == [
        ("Medicinal Manufacturing", "Drugs"),
        ("Pharmaceutical Manufacturing", "Drugs"),
    ]
    assert any("six-digit" in n for n in answer.notes)


def test_local_industry_has_no_relatedness(atlas: Atlas) -> None:
    answer = atlas.ask("industry", industry="supermarkets")
    assert [r.role for r in answer.rows] == ["own"]
    assert any("is local" in n for n in answer.notes)


def test_unclassified_industry_is_said_to_be_so(atlas: Atlas) -> None:
    answer = atlas.ask("industry", industry="naics2012:541711")
    assert answer.rows == []
    assert any("in no cluster" in n for n in answer.notes)


def test_region(atlas: Atlas) -> None:
    answer = atlas.ask("region", region="boston")
    (profile,) = rows(answer, "region")
    assert (profile.jobs, profile.traded_jobs, profile.strong_clusters) == (3900, 1400, 1)
    assert profile.strength == pytest.approx(1350 / 1400)
    drugs, boats = rows(answer, "cluster")
    assert (drugs.jobs, drugs.strong, drugs.rank) == (1350, True, 1)
    assert drugs.lq == pytest.approx((1350 / 1400) / (1500 / 2000), rel=5e-3)
    assert (boats.jobs, boats.strong) == (50, False)
    assert (drugs.certainty, boats.certainty) == ("certain", "certain")
    assert (boats.jobs_low, boats.jobs_high) == (0, 200)
    assert (boats.establishments_low, boats.establishments_high) == (4, 8)
    assert (boats.payroll, boats.payroll_low, boats.payroll_high) == (3300, 0, 13200)
    assert boats.lq_low == 0 < boats.lq < boats.lq_high
    assert answer.notes[1] == "figures of 2019; 2 of 2 are estimates between bounds"
    local = atlas.ask("region", region="boston", kind="local")
    assert [r.name for r in rows(local, "cluster")] == ["Local Retail Trade"]


def test_strong_flags_that_are_not_certain_are_told(atlas: Atlas) -> None:
    answer = atlas.ask("region", region="county:25025")
    assert {(r.name, r.strong, r.certainty) for r in rows(answer, "cluster")} == {
        ("Drugs", True, "likely"),
        ("Boats", False, "depends"),
    }
    assert answer.notes[1:3] == (
        "figures of 2019; 2 of 2 are estimates between bounds",
        "1 strong flag is likely, not certain",
    )
    anatomy = atlas.ask("anatomy", cluster="drugs", region="county:25025")
    assert rows(anatomy, "place")[0].certainty == "likely"
    assert "1 strong flag is likely, not certain" in anatomy.notes
    assert any(
        "industries of 2019; 2 of 4 are estimates between bounds" in n for n in anatomy.notes
    )


def test_anatomy(atlas: Atlas) -> None:
    answer = atlas.ask("anatomy", cluster="drugs", region="boston")
    (place,) = rows(answer, "place")
    assert (place.presence, place.jobs, place.rank, place.of) == ("strong", 1350, 1, 2)
    core = rows(answer, "core")
    assert [(c.name, c.presence) for c in core] == [
        ("Pharmaceutical Manufacturing", "strong"),
        ("Biotechnology Research", "strong"),
        ("Medicinal Manufacturing", "strong"),
    ]
    assert core[0].jobs == 630  # 0.9 of 700
    (scientists,) = rows(answer, "occupation")
    assert (scientists.share, scientists.jobs) == (0.4, 540)  # 0.4 of 1350
    assert (scientists.jobs_low, scientists.jobs_high) == (538, 543)  # of 1345 and 1357
    assert (
        "of 3 industries 3 are strong there, 0 present, 0 withheld, 0 missing, 0 not known"
        in answer.notes
    )


def test_anatomy_has_suppliers_that_are_everywhere_and_missing_core(atlas: Atlas) -> None:
    answer = atlas.ask("anatomy", cluster="boats", region="boston")
    core = {c.name: c.presence for c in rows(answer, "core")}
    # Boat builders exist and no job of theirs is published; nothing leaves room for ships.
    assert core == {"Boat Building": "withheld", "Ship Building": "missing"}
    builders, ships = rows(answer, "core")
    assert (builders.jobs, builders.jobs_low, builders.jobs_high, builders.known) == (
        50,
        0,
        80,
        "withheld",
    )
    assert (ships.jobs, ships.jobs_high, ships.known) == (0, 0, "absent")
    stores = rows(answer, "supplier")
    assert {s.presence for s in stores} == {"everywhere"}
    # The sector's 2 million USD go by jobs: 3000 and 1000 of 4000, of 8 million in all.
    assert [(s.name, s.million_usd) for s in stores] == [
        ("Supermarkets", 1.5),
        ("Clothing Stores", 0.5),
    ]
    assert stores[0].share == pytest.approx(1.5 / 8)


def test_anatomy_of_a_county_is_of_the_county(atlas: Atlas) -> None:
    answer = atlas.ask("anatomy", cluster="drugs", region="middlesex county")
    assert rows(answer, "place")[0].jobs == 1000
    assert rows(answer, "core")[0].jobs == 420  # 0.6 of 700; Boston has 630
    assert not any("presence is that of" in n for n in answer.notes)


def test_anatomy_where_nothing_is_known_of_the_industries(atlas: Atlas) -> None:
    answer = atlas.ask("anatomy", cluster="drugs", region="ea:19")
    assert rows(answer, "place")[0].jobs == 1500
    assert [(c.presence, c.jobs) for c in rows(answer, "core")] == [("not known", None)] * 3
    assert any(n.endswith("0 withheld, 0 missing, 3 not known") for n in answer.notes)


def test_anatomy_says_which_industries_are_only_likely_to_be_there(atlas: Atlas) -> None:
    answer = atlas.ask("anatomy", cluster="boats", region="county:25025")
    core = {c.name: (c.presence, c.known) for c in rows(answer, "core")}
    # 336612: 50 of 400 traded jobs against 100 of 2000.
    assert core == {"Boat Building": ("strong", "estimated"), "Ship Building": ("not known", None)}
    assert any(n.startswith("nothing is published of 1 of the strong") for n in answer.notes)


def test_anatomy_where_the_cluster_is_not(atlas: Atlas) -> None:
    answer = atlas.ask("anatomy", cluster="boats", region="county:25017")
    (place,) = rows(answer, "place")
    assert (place.presence, place.jobs, place.of) == ("not known", None, 2)
    assert any("no figure of Boats in Middlesex County, MA is published" in n for n in answer.notes)


def test_top_regions(atlas: Atlas) -> None:
    answer = atlas.ask("top-regions", cluster="boats")
    assert [(r.name.split("-")[0], r.jobs) for r in answer.rows] == [
        ("Providence", 400),
        ("Boston", 50),
    ]
    assert answer.rows[0].lq == pytest.approx((400 / 500) / (500 / 2000), rel=1e-3)
    one = atlas.ask("top-regions", cluster="boats", type="county", limit=1)
    assert (one.shown, one.count, one.rows[0].key) == (1, 2, "county:44007")
    by_lq = atlas.ask("top-regions", cluster="drugs", type="state", by="lq")
    assert [r.key for r in by_lq.rows] == ["state:25", "state:44"]
    within = atlas.ask("top-regions", cluster="drugs", state="Rhode Island")
    assert [r.key for r in within.rows] == ["cbsa:39300"]
    strong = atlas.ask("top-regions", cluster="drugs", type="county", by="strong")
    assert [r.strong for r in strong.rows] == [True, True, False]


def test_related_reads_the_link_both_ways(atlas: Atlas) -> None:
    for cluster, other in (("boats", "Drugs"), ("drugs", "Boats")):
        (row,) = atlas.ask("related", cluster=cluster).rows
        assert (row.name, row.strength, row.percentile, row.driver) == (other, "strong", 95.0, "io")


def test_suppliers_and_customers(atlas: Atlas) -> None:
    bought = atlas.ask("suppliers", cluster="drugs")
    assert [(r.name, r.million_usd) for r in rows(bought, "cluster")] == [
        ("Local Retail Trade", 20.0)
    ]
    # Drugs hold every job of sectors 325400 and 541700, so their flows count in full.
    assert [(r.name, r.million_usd, r.within) for r in rows(bought, "sector")] == [
        ("Research", 30.0, 1.0),
        ("Ships and boats", 4.0, 0.0),
        ("Pharmaceuticals", 3.0, 1.0),
    ]
    assert rows(bought, "sector")[1].examples == "Ship Building; Boat Building"
    sold = atlas.ask("customers", cluster="drugs")
    assert [(r.name, r.share) for r in rows(sold, "cluster")] == [("Boats", 0.05)]


def test_services_are_service_industries_and_local_clusters(atlas: Atlas) -> None:
    answer = atlas.ask("services", cluster="drugs")
    assert [r.section for r in answer.rows] == ["cluster"]
    assert answer.rows[0].kind == "local"


def test_occupations_of_a_cluster_and_of_an_industry(atlas: Atlas) -> None:
    (of_cluster,) = atlas.ask("occupations", cluster="drugs").rows
    assert (of_cluster.jobs, of_cluster.lq) == (600.0, 12.0)
    (of_industry,) = atlas.ask("occupations", cluster="541714").rows
    assert (of_industry.jobs, of_industry.lq) == (250.0, None)


def test_gaps(atlas: Atlas) -> None:
    answer = atlas.ask("gaps", cluster="drugs", region="boston", below=0.8)
    # 4 million USD by jobs, 400 and 100 of 500; Boston has no ships, and boats at LQ 0.71.
    assert [(r.name, r.presence, r.jobs, r.jobs_high) for r in answer.rows] == [
        ("Ship Building", "missing", 0, 0),
        ("Boat Building", "withheld", 50, 80),
    ]
    assert [r.million_usd for r in answer.rows] == pytest.approx([3.2, 0.8])
    assert answer.rows[0].share == pytest.approx(3.2 / 37)
    assert answer.count == 5
    only = atlas.ask("gaps", cluster="drugs", region="boston")
    assert [r.name for r in only.rows] == ["Ship Building"]


def test_gaps_keep_what_nobody_knows_apart(atlas: Atlas) -> None:
    answer = atlas.ask("gaps", cluster="drugs", region="massachusetts", below=0.9)
    # Boats are at LQ 0.8; of ships, four times as many sales, nothing is known.
    assert [(r.name, r.presence, r.known, r.jobs) for r in answer.rows] == [
        ("Boat Building", "thin", "published", 60),
        ("Ship Building", "not known", None, None),
    ]
    assert answer.notes[-2].endswith("listed purchases: 2.2% thin, 8.6% not known")


def test_neighbors(atlas: Atlas) -> None:
    here, there = atlas.ask("neighbors", cluster="drugs", region="boston").rows
    assert (here.section, here.jobs) == ("region", 1350)
    assert (there.section, there.key, there.jobs) == ("neighbor", "cbsa:39300", 100)
    absent = atlas.ask("neighbors", cluster="boats", region="county:25025").rows[1]
    assert (absent.key, absent.jobs, absent.lq) == ("county:25017", None, None)
    assert absent.strong is None
    alone = atlas.ask("neighbors", cluster="drugs", region="county:44007")
    assert any("no region of its type shares a border" in n for n in alone.notes)


def test_definitions(atlas: Atlas) -> None:
    row, other = atlas.ask("definitions").rows
    assert other.name == "Supplied"
    assert (row.key, row.traded_clusters, row.vs_occ, row.vs_occ_distinct) == (DEF, 2, 95.0, 75.0)


def test_provenance_of_a_figure_a_node_and_a_file(atlas: Atlas) -> None:
    hub = atlas.ask("provenance", of="drugs@boston")
    figures = {r.figure for r in hub.rows}
    assert {"regional figures", "cluster definitions"} <= figures
    assert all(len(r.sha256) == 64 and r.licence for r in hub.rows)
    assert hub.notes[1] == "published in 2019, or exact by published sums: establishments 65"
    assert hub.notes[2] == (
        "estimates for 2019, completed within the published sums of counties and states and, where "
        "there are any, of metropolitan areas (docs/figures.md): jobs 1,350 between 1,345 and "
        "1,357, payroll 162,000 thousand USD between 161,400 and 162,840"
    )
    industry = {(r.figure, r.key) for r in atlas.ask("provenance", of="325412").rows}
    assert ("occupations", "oews-industry-2018") in industry
    assert ("relatedness", "cbp-msa-2019") in industry
    region = {r.key for r in atlas.ask("provenance", of="boston").rows}
    assert region == {"cbsa-delineation-2020", "cbp-msa-2019"}
    (file,) = atlas.ask("provenance", of="bea-use-2017").rows
    assert file.figure == "the file itself"


# What is asked wrongly


@pytest.mark.parametrize(
    ("id_", "arguments", "error", "said"),
    [
        ("anatomie", {}, UnknownName, "no question is called 'anatomie'"),
        ("anatomy", {"cluster": "drugs"}, InputError, "needs region"),
        ("cluster", {"cluster": "drugs", "clustre": "x"}, InputError, "does not take clustre"),
        ("cluster", {"cluster": "zzzz"}, UnknownName, "no cluster is called 'zzzz'"),
        ("region", {"region": "atlantis"}, UnknownName, "no region is called"),
        ("region", {"region": "boston", "year": 1999}, InputError, "no cbsa figures of 1999"),
        ("region", {"region": "boston", "kind": "odd"}, InputError, "kind cannot be 'odd'"),
        ("top-regions", {"cluster": "drugs", "limit": 0}, InputError, "limit cannot be 0"),
        ("top-regions", {"cluster": "drugs", "limit": "x"}, InputError, "must be a number"),
        ("cluster", {"cluster": "drugs", "definition": "ward"}, UnknownName, "no definition"),
        ("industry", {"industry": "manufacturing"}, AmbiguousName, "could be any of these"),
    ],
)
def test_wrong_arguments(
    id_: str, arguments: dict[str, Any], error: type[Exception], said: str, embedded: Atlas
) -> None:
    if error is AmbiguousName:
        arguments = {"industry": "building"}  # Ship Building, Boat Building
    with pytest.raises(error, match=said):
        embedded.ask(id_, **arguments)
