"""Trace and walk: paths as lanes, and links of any node, on each engine."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from clusteratlas.analysis.linkages.paths import MOST_LINKS
from clusteratlas.errors import InputError, UnknownName
from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.draw.graphs.layers import Arrow, Vertex, layered
from clusteratlas.queries.links import Walker, kind_of, kinds_from
from clusteratlas.queries.questions.regions.trace.question import LONGEST, TRACE_PARTS
from clusteratlas.queries.walking.walk import FIRST, MOST_OF_A_KIND, MOST_OPEN, ShownKind, Steps
from clusteratlas.vocabulary.model import NODES, RELATIONSHIPS
from clusteratlas.vocabulary.relations import (
    EVERY_KIND,
    KINDS_OF_LINKS,
    LINK_CHOICES,
    RELATIONS,
    may_take,
)
from clusteratlas.web.addresses import address
from tests.web.test_explorer import Page, seen

DRUGS = "tiny/algorithm:drugs"
BOSTON = "cbsa:14460"


def tracing(**more: Any) -> str:
    return address("trace", {"from": "325411", "to": "boats", **more})


def walking(**more: Any) -> str:
    return address("trace", {"at": DRUGS, **more})


def marks(page: Page) -> dict[str, dict[str, str | None]]:
    """Marks of a walk by what they are."""
    return {a["data-w"] or "": a for tag, a in page.tags if tag == "a" and "data-w" in a}


def test_the_title_is_the_finding_and_each_step_is_told(
    either: TestClient, embedded: Atlas
) -> None:
    page = seen(either, tracing())
    answer = embedded.ask("trace", a="325411", b="boats")
    assert "Medicinal Manufacturing and Boats are 2 links apart, by way of Drugs" in page.text
    for row in answer.rows:
        assert f"{row.sentence[:1].upper()}{row.sentence[1:]}." in page.text
        assert row.relation in page.text
    lanes = [a["aria-label"] for tag, a in page.tags if a.get("class") == "lane"]
    assert len(lanes) == answer.rows[-1].path
    assert f"strength {answer.rows[0].path_strength:.2f}" in (lanes[0] or "")
    assert "clusteratlas ask trace" in page.text


def test_a_path_is_as_strong_as_the_product_of_its_steps(atlas: Atlas) -> None:
    rows = [r for r in atlas.ask("trace", a="325411", b="boats").rows if r.path == 1]
    assert [r.relation for r in rows] == ["is a member of", "related to"]
    assert rows[0].path_strength == pytest.approx(rows[0].strength * rows[1].strength, abs=1e-5)


def test_money_is_in_usd(atlas: Atlas) -> None:
    (row, *_) = atlas.ask("trace", a="local retail", b="drugs").rows
    assert row.link == "SUPPLIES"
    said = re.search(r"sells ([\d,]+) million USD", row.sentence)
    assert said is not None
    assert row.usd == pytest.approx(float(said[1].replace(",", "")) * 1e6, rel=0.5)
    assert atlas.ask("trace", a="drugs", b="boston").rows[0].usd is None


@pytest.mark.parametrize("choice", LINK_CHOICES)
def test_paths_take_the_links_that_were_chosen(choice: str, atlas: Atlas) -> None:
    rows = atlas.ask("trace", a="325411", b="boats", links=choice).rows
    assert all(may_take(row.link, choice) for row in rows)
    if choice in {EVERY_KIND, "only-relatedness"}:
        assert {row.link for row in rows} & KINDS_OF_LINKS["relatedness"]


def test_every_type_of_link_can_be_chosen_or_always_belongs() -> None:
    """A new type of link has to be put into a kind, or be meant to be in every path."""
    always = {"MEMBER_OF", "CLASSIFIED_AS"}
    sorted_ = set().union(*KINDS_OF_LINKS.values())
    read = {
        link
        for part in TRACE_PARTS
        for link in re.findall(r"'([A-Z_]+)' AS link", _text(part.stem))
    }
    assert read <= sorted_ | always
    assert sorted_ & always == set()


def _text(stem: str) -> str:
    from clusteratlas.queries.language.texts import cypher

    return cypher(stem)


def test_a_path_has_no_more_links_than_asked_for(either: TestClient, atlas: Atlas) -> None:
    assert LONGEST == MOST_LINKS
    assert atlas.ask("trace", a="325411", b="boats", length=1).rows == []
    page = seen(either, tracing(length=1))
    assert "No path of at most 1 link connects" in page.text
    assert address("trace", {"from": "325411", "to": "boats"}) in page.links()
    for wrong in (0, LONGEST + 1):
        with pytest.raises(InputError, match="cannot be looked for"):
            atlas.ask("trace", a="325411", b="boats", length=wrong)


def test_ends_are_swapped_with_all_else_kept(client: TestClient) -> None:
    page = seen(client, tracing(links="no-trade", paths=2))
    swapped: dict[str, Any] = {"from": "boats", "to": "325411", "links": "no-trade", "paths": 2}
    assert address("trace", swapped) in page.links()


def test_without_ends_the_page_shows_where_to_begin(client: TestClient) -> None:
    page = seen(client, "/trace")
    assert {a["name"] for tag, a in page.tags if tag == "input"} == {"q", "from", "to", "at"}
    assert seen(client, "/trace?from=drugs")
    assert "xyzzy" in seen(client, "/trace?at=xyzzy", 404).text
    assert "xyzzy" in seen(client, "/trace?from=xyzzy&to=drugs", 404).text


def test_every_relationship_has_words() -> None:
    assert set(RELATIONS) == set(RELATIONSHIPS)
    for label in NODES:
        for kind in kinds_from(label):
            assert kind.words
            assert kind_of(kind.id, label) == kind


def test_kinds_are_counted_before_anybody_is_shown(either: TestClient) -> None:
    page = seen(either, walking())
    assert "A walk from Drugs" in page.text
    kinds = {w: a for w, a in marks(page).items() if w.startswith(f"/{DRUGS}/")}
    assert f"/{DRUGS}/MEMBER_OF<Industry" in kinds
    assert len(kinds) == len(marks(page)) - 1
    assert "hidden" in (kinds[f"/{DRUGS}/MEMBER_OF<Industry"]["aria-label"] or "")


def test_every_mark_leads_to_a_page_with_all_of_the_state(either: TestClient) -> None:
    """From the first node two steps far: every address on the way is answered."""
    ways = marks(seen(either, walking()))
    for way in ways.values():
        page = seen(either, way["href"] or "")
        others = [a for w, a in marks(page).items() if w.count("/") > 4 or "cbsa:" in w][:2]
        for other in others:
            assert "A walk from Drugs" in seen(either, other["href"] or "").text


def test_what_is_chosen_again_is_closed(client: TestClient) -> None:
    way = f"/{DRUGS}/MEMBER_OF<Industry"
    first = seen(client, walking())
    shown = seen(client, marks(first)[way]["href"] or "")
    assert len(marks(shown)) > len(marks(first))
    hidden = seen(client, marks(shown)[way]["href"] or "")
    assert marks(hidden).keys() == marks(first).keys()
    member = next(w for w in marks(shown) if w.startswith(f"{way}/naics"))
    opened = seen(client, marks(shown)[member]["href"] or "")
    assert len(marks(opened)) > len(marks(shown))
    assert "open" in (marks(opened)[member]["aria-label"] or "").split(", ")
    closed = seen(client, marks(opened)[member]["href"] or "")
    assert marks(closed).keys() == marks(shown).keys()


def test_a_node_tells_its_facts_and_those_of_its_link(either: TestClient) -> None:
    show = f"MEMBER_OF<Industry {FIRST} {DRUGS}"
    page = seen(either, walking(show=show, see="naics2017:325411"))
    assert "Drugs has the member Medicinal Manufacturing" in page.text
    assert "core" in page.text
    assert "325411" in page.text
    assert "/ask/industry?industry=naics2017%3A325411" in page.links()


def test_a_node_that_stands_above_is_not_opened_twice(either: TestClient) -> None:
    member = "naics2017:325411"
    show = [f"MEMBER_OF<Industry 6 {DRUGS}", f"MEMBER_OF>Cluster 6 {member}"]
    page = seen(either, walking(open=member, show=show))
    again = [w for w, a in marks(page).items() if "stands above already" in str(a["aria-label"])]
    assert again == [f"/{DRUGS}/MEMBER_OF<Industry/{member}/MEMBER_OF>Cluster/{DRUGS}"]


def test_links_of_a_kind_begin_with_the_weightiest(atlas: Atlas) -> None:
    walker = Walker(atlas)
    for counted in walker.kinds(DRUGS):
        linked = walker.linked(DRUGS, counted.kind, MOST_OF_A_KIND)
        assert len(linked) == min(counted.count, MOST_OF_A_KIND), counted
        figures = [x.figure for x in linked if x.figure is not None]
        assert figures == sorted(figures, reverse=True)
        assert len({x.key for x in linked}) == len(linked)
        for one in linked[:2]:
            assert walker.link_facts(DRUGS, counted.kind, one.key)


def test_a_walk_keeps_to_one_set_of_definitions(atlas: Atlas) -> None:
    """The tiny atlas has two; an industry is in the clusters of both."""
    walker = Walker(atlas)
    kind = kind_of("MEMBER_OF>Cluster", "Industry")
    assert kind is not None
    keys = [x.key for x in walker.linked("naics2017:325411", kind, 20)]
    assert keys
    assert all(key.startswith("tiny/algorithm:") for key in keys)


def test_both_engines_walk_alike(embedded: Atlas, atlas: Atlas) -> None:
    for key in (DRUGS, BOSTON, "naics2017:325411", f"{DRUGS}@{BOSTON}"):
        here, there = Walker(embedded), Walker(atlas)
        assert here.kinds(key) == there.kinds(key)
        for counted in here.kinds(key):
            assert here.linked(key, counted.kind, 9) == there.linked(key, counted.kind, 9)


def test_a_name_is_understood(embedded: Atlas) -> None:
    walker = Walker(embedded)
    assert walker.meant("boston") == BOSTON
    assert walker.meant(DRUGS) == DRUGS
    with pytest.raises(UnknownName):
        walker.meant("xyzzy")


@pytest.mark.parametrize(
    "more",
    [
        {"show": "SUPPLIES>Cluster"},
        {"show": f"SUPPLIES>Cluster many {DRUGS}"},
        {"show": f"SUPPLIES>Cluster {MOST_OF_A_KIND + 1} {DRUGS}"},
        {"show": f"SUPPLIES>Region 6 {DRUGS}"},
        {"show": f"x}}) DETACH DELETE (n 6 {DRUGS}"},
        {"open": [f"state:{n}" for n in range(10, 10 + MOST_OPEN)]},
    ],
)
def test_steps_that_make_no_sense_are_refused(more: dict[str, Any], client: TestClient) -> None:
    seen(client, walking(**more), 400)


def test_steps_hold_their_limits() -> None:
    with pytest.raises(InputError):
        Steps("us", show=(ShownKind("us", "PART_OF<Region", 0),))


def test_a_graph_in_columns_is_the_same_each_time_and_nothing_lies_on_another() -> None:
    nodes = [Vertex(str(n), "Cluster", f"A rather long name, number {n}") for n in range(40)]
    arrows = [Arrow(str(n // 3), str(n), "SUPPLIES", "") for n in range(1, 39)]
    arrows += [Arrow("5", "6", "LINKED_TO", ""), Arrow("4", "4", "LINKED_TO", "")]
    drawn = layered("g", "a graph", nodes, arrows)
    assert drawn == layered("g", "a graph", nodes, arrows)
    boxes = re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', drawn)
    assert len(boxes) == len(nodes)
    placed = [tuple(map(float, box)) for box in boxes]
    for n, (x, y, wide, tall) in enumerate(placed):
        for x2, y2, *_ in placed[n + 1 :]:
            assert abs(x - x2) >= wide or abs(y - y2) >= tall
    assert drawn.count("walk-tip") == len(arrows)
