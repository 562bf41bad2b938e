"""Trace: links in words, and paths between ends of any kind."""

from __future__ import annotations

from typing import Any

import pytest

from clusteratlas.graph.store import Rows
from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.draw.pictures import picture_bytes
from clusteratlas.queries.questions.regions.trace.question import (
    FoundLink,
    sentence,
    strongest_links,
)


def edge(a: str, b: str, z: float = 1.0, link: str = "RELATED_TO", detail: str = "") -> FoundLink:
    return FoundLink(link, a, a.upper(), b, b.upper(), z, 1500.0, detail, "file")


def test_sentences_name_both_ends_and_the_figure() -> None:
    said = sentence(FoundLink("SUPPLIES", "a", "Steel", "b", "Cars", 0.12, 2500.0, "inputs", "f"))
    assert said == "Steel sells 2,500 million USD a year to Cars: 12% of what it buys"
    said = sentence(FoundLink("LOCATED_IN", "a", "Cars", "b", "Detroit", 6.0, 9e4, "strong", "f"))
    assert said == "Cars is a strong cluster in Detroit: location quotient 6.00, 90,000 jobs"
    said = sentence(FoundLink("ADJACENT_TO", "a", "Maine", "b", "Quebec", 0.0, 0.0, "", "f"))
    assert said == "Maine borders on Quebec"


def test_of_several_links_between_two_the_strongest_stays() -> None:
    both = [edge("a", "b", 0.5), edge("b", "a", 99.0, "LINKED_TO")]
    (link,) = strongest_links(both).values()
    assert (link.found.link, link.strength) == ("LINKED_TO", 0.99)
    assert strongest_links([edge("a", "b", -2.0), edge("c", "c", 5.0)]) == {}
    (first,) = strongest_links([edge("a", "b", 0.5), edge("b", "a", 0.5)]).values()
    assert first.found.a == "a"


def test_industry_to_cluster(atlas: Atlas) -> None:
    answer = atlas.ask("trace", a="325411", b="boats")
    first = [r for r in answer.rows if r.path == 1]
    assert [(r.link, r.end_name) for r in first] == [("MEMBER_OF", "Drugs"), ("LINKED_TO", "Boats")]
    assert first[0].sentence == "Medicinal Manufacturing is a core member of the cluster Drugs"
    assert "more related than 95 % of all pairs, most of all by trade" in first[1].sentence
    assert answer.remarks[0].startswith("Medicinal Manufacturing and Boats are 2 links apart")


@pytest.mark.parametrize(
    ("a", "b", "links"),
    [
        ("drugs", "boston", ["LOCATED_IN"]),
        ("boston", "providence", ["ADJACENT_TO"]),
        ("county:25017", "rhode island", ["PART_OF", "ADJACENT_TO"]),
        ("county:25017", "state:25", ["PART_OF"]),
        ("325", "drugs", ["PART_OF", "MEMBER_OF"]),
        ("336611", "providence", ["PRESENT_IN"]),
        ("local retail", "drugs", ["SUPPLIES"]),
        ("325411", "325412", ["RELATED_TO"]),
    ],
)
def test_ends_of_any_kind(a: str, b: str, links: list[str], atlas: Atlas) -> None:
    answer = atlas.ask("trace", a=a, b=b)
    assert [r.link for r in answer.rows if r.path == 1] == links
    assert all(0 < r.strength <= 1 and r.sentence for r in answer.rows)


@pytest.mark.parametrize(
    ("industry", "place", "jobs"),
    [("336611", "providence", "320 jobs"), ("336612", "county:25025", "50 jobs (an estimate)")],
)
def test_jobs_that_are_not_published_are_said_to_be_estimates(
    industry: str, place: str, jobs: str, embedded: Atlas
) -> None:
    answer = embedded.ask("trace", a=industry, b=place)
    assert answer.rows[0].sentence.endswith(f", {jobs}")


def test_unconnected_ends_say_so(atlas: Atlas) -> None:
    answer = atlas.ask("trace", a="naics2012:541711", b="drugs")
    assert answer.rows == []
    assert answer.remarks[0].startswith("no path of at most 6 links connects Biotech R&D")


@pytest.mark.parametrize(
    ("a", "b", "unread"),
    [
        ("drugs", "325411", ["LOCATED_IN", "Organization", "ADJACENT_TO"]),
        ("boston", "providence", ["MATCH (o:Organization", "MATCH (e:Industry"]),
        ("org:acme", "boston", ["MATCH (e:Industry"]),
    ],
)
def test_only_what_can_have_rows_is_read(
    a: str, b: str, unread: list[str], atlas: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    original = atlas.store.read

    def read(text: str, *args: Any, **options: Any) -> Rows:
        asked.extend([text] if options["name"] == "trace" else [])
        return original(text, *args, **options)

    if a.startswith("org:"):
        a = atlas.cypher("MATCH (o:Organization) RETURN o.key AS key ORDER BY key").rows[0]["key"]
    with monkeypatch.context() as patch:
        patch.setattr(type(atlas.store), "read", lambda _store, *a, **o: read(*a, **o))
        assert atlas.ask("trace", a=a, b=b).rows
    assert asked
    assert [words for words in unread if words in "\n".join(asked)] == []


@pytest.mark.parametrize(
    ("end", "lookups"),
    [
        ("325411", []),
        ("drugs", []),
        ("cik:0000000101", ["names.organization"]),
        ("beacon pharma", ["names.organizations"]),
    ],
)
def test_organizations_are_searched_only_where_one_can_be_meant(
    end: str, lookups: list[str], atlas: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of hundreds of thousands, and each search looks at the name of every one."""
    asked: list[str] = []
    original = atlas.store.read

    def read(text: str, *args: Any, **options: Any) -> Rows:
        asked.append(options["name"])
        return original(text, *args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(type(atlas.store), "read", lambda _store, *a, **o: read(*a, **o))
        atlas.ask("trace", a=end, b="cbsa:14460")
    assert [name for name in asked if name.startswith("names.organization")] == lookups


def test_a_picture_reads_every_link_the_way_the_path_goes(atlas: Atlas) -> None:
    there = picture_bytes(atlas.ask("trace", a="325411", b="drugs", paths=1), "svg").decode()
    back = picture_bytes(atlas.ask("trace", a="drugs", b="325411", paths=1), "svg").decode()
    assert ">is a member of<" in there
    assert ">has the member<" in back
    assert ">is a member of<" not in back
