"""Every query against the empty, typed store: labels, properties, columns and types."""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from clusteratlas.errors import QueryRefused
from clusteratlas.graph.engines.ladybug.store import LadybugStore
from clusteratlas.queries.atlas.names import PARTS as NAMES_PARTS
from clusteratlas.queries.atlas.names import AliasRow, DefinitionName, Entry
from clusteratlas.queries.atlas.registry import QUESTIONS, collected
from clusteratlas.queries.language.question import DERIVED, Part, Picture, Question
from clusteratlas.queries.language.rows import column
from clusteratlas.queries.language.texts import aliases, cypher, packaged_texts, parameters
from tests.queries.asked import ASKED, FIRST

TYPES = {"STRING": str, "INT64": int, "DOUBLE": float, "BOOL": bool}
NUMBERS = {"year", "year_a", "year_b", "place_year", "limit"}
LISTS = {"places", "hubs", "regions", "clusters"}
SHARED_FOLDERS = {"shared", "listing"}
"""Folders with texts of several questions."""


def sample(text: str) -> dict[str, Any]:
    return {n: 5 if n in NUMBERS else ["x"] if n in LISTS else "x" for n in parameters(text)}


def mismatches(got: Mapping[str, str], row: type[Any]) -> list[str]:
    """Columns whose engine type is not the one that the row declares (None aside)."""
    hints = typing.get_type_hints(row)
    fits = {
        name: TYPES[type_] in (hints[name], *typing.get_args(hints[name]))
        for name, type_ in got.items()
    }
    return [name for name, fit in fits.items() if not fit]


def parts() -> dict[str, Part]:
    found = {p.stem: p for q in QUESTIONS.values() for p in (*q.parts, *q.backdrop)}
    found |= {f"names.{p}": Part(f"names.{p}", Entry) for p in NAMES_PARTS}
    found["names.definitions"] = Part("names.definitions", DefinitionName)
    found["names.called"] = Part("names.called", AliasRow)
    return found


PART = parts()


@pytest.mark.parametrize("stem", PART)
def test_columns_are_those_of_the_row(stem: str, lint: LadybugStore) -> None:
    text = cypher(stem, "ladybug")
    got = lint.columns(text, sample(text), name=stem)
    assert mismatches(got, PART[stem].row) == []
    assert list(got) == aliases(text)


@pytest.mark.parametrize("id_", QUESTIONS)
def test_every_question_can_be_counted(id_: str, lint: LadybugStore) -> None:
    text = cypher(QUESTIONS[id_].count_stem, "ladybug")
    assert lint.columns(text, sample(text), name=id_) == {"count": "INT64"}
    assert lint.read(text, sample(text), name=id_).rows == [{"count": 0}]


def test_every_packaged_query_belongs_to_something() -> None:
    packaged = {name.removesuffix(".ladybug") for name in packaged_texts()}
    known = {*PART, *(q.count_stem for q in QUESTIONS.values()), "names.years"}
    known |= {"graph.classified", "graph.links", "graph.related"}
    known |= {"names.homes", "names.own", "names.places", "names.pool"}
    known |= {"names.organization", "names.organizations", "names.aliases"}
    assert packaged == known


@pytest.mark.parametrize("id_", QUESTIONS)
def test_every_question_says_what_it_is(id_: str) -> None:
    q = QUESTIONS[id_]
    assert q.words.endswith("?")
    assert q.examples
    assert q.counted
    assert all(p.help for p in q.params.values())
    assert q.columns[-1] in {"source", "homepage"}, "every row names the file behind it"


def test_the_registry_has_the_questions_that_are_asked_here() -> None:
    assert set(QUESTIONS) == set(ASKED), "a question is asked on the tiny atlas by its test"


def test_the_first_questions_are_listed_in_this_order() -> None:
    first = (
        "cluster",
        "industry",
        "region",
        "anatomy",
        "top-regions",
        "related",
        "suppliers",
        "customers",
        "services",
        "occupations",
        "trace",
        "gaps",
        "neighbors",
        "organization",
        "companies",
        "who-supplies",
        "who-serves",
        "institutions",
        "who-funds",
        "coverage",
        "shared-institutions",
        "missing-roles",
        "why",
        "what-if-moved",
        "stability",
        "compare-definitions",
        "subclusters",
        "cluster-links",
        "definitions",
        "provenance",
    )
    assert tuple(id_ for id_ in QUESTIONS if id_ in first) == first
    assert set(first) == set(FIRST)


def test_the_listing_follows_the_declared_order() -> None:
    late, early = QUESTIONS["gaps"], QUESTIONS["cluster"]
    alike = declared(order=late.order)
    found = collected(iter((alike, late, early, late)))
    assert list(found) == ["cluster", "gaps", "related"]


def test_two_questions_of_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="question related is declared twice"):
        collected(iter((declared(order=1), declared(order=2))))


def test_queries_lie_beside_the_code_that_reads_them() -> None:
    """A text is in the folder of a question that reads it, or in what rooms share."""
    places = {name: str(file) for name, file in packaged_texts().items()}
    for id_, q in QUESTIONS.items():
        home = Path(places[q.count_stem]).parent
        inside = {p.stem: Path(places[p.stem]).parent for p in q.parts}
        away = {s for s, at in inside.items() if at != home and at.name not in SHARED_FOLDERS}
        assert not away, id_


SEVERAL_UNITS = {
    "strength": {None, "share", "0..1"},  # of a link, of a region's clusters, of a step of a path
    "within": {"share", "standard deviations"},  # jobs of a sector, or relatedness, in a cluster
    "of": {"regions", "records"},  # how many there are of what a row counts
}
"""Columns that count or measure different things in different answers."""


def test_a_column_has_one_unit_in_all_answers() -> None:
    units: dict[str, set[str | None]] = {}
    for q in QUESTIONS.values():
        for f in dataclasses.fields(q.row):
            units.setdefault(f.name, set()).add(f.metadata["unit"])
    assert {name: found for name, found in units.items() if len(found) > 1} == SEVERAL_UNITS
    assert units["usd"] == {"USD"}
    assert units["million_usd"] == {"million USD"}


# Planted mistakes: each one must be caught, at declaration or by the typed store.


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("l.strength", "l.strenght", "strenght"),
        ("LINKED_TO", "LINKED_WITH", "LINKED_WITH"),
        ("o:Cluster", "o:Klaster", "Klaster"),
        ("$cluster", "$klaster", "klaster"),
    ],
)
def test_a_misspelt_query_is_refused(old: str, new: str, said: str, lint: LadybugStore) -> None:
    text = cypher("links")
    assert old in text
    with pytest.raises(QueryRefused, match=said):
        lint.columns(text.replace(old, new), {"cluster": "x"}, name="links")


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    key: str = column("key")
    name: str = column("name")
    longitude: float = column("degrees")


@dataclass(frozen=True, slots=True, kw_only=True)
class Swapped:
    key: str = column("key")
    latitude: float = column("degrees")
    longitude: float = column("degrees")


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    key: str = column("key")
    longitude: int = column("degrees")
    latitude: float = column("degrees")


def declared(**changes: Any) -> Question:
    q = QUESTIONS["related"]
    given: dict[str, Any] = {
        "id": q.id,
        "words": q.words,
        "order": q.order,
        "row": q.row,
        "params": q.params,
        "counted": q.counted,
        "parts": q.parts,
        "picture": q.picture,
        "examples": q.examples,
    }
    return Question(**(given | changes))


def test_the_unchanged_declaration_is_accepted() -> None:
    assert declared().columns == QUESTIONS["related"].columns


def test_a_row_of_another_type_is_caught(lint: LadybugStore) -> None:
    text = cypher("regions.picture")
    got = lint.columns(text, {"region_type": "cbsa"}, name="ground")
    assert mismatches(got, Whole) == ["longitude"]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"params": {}}, r"undeclared parameters \['cluster'\]"),
        ({"params": QUESTIONS["gaps"].params}, r"unused parameters|example without"),
        ({"parts": (Part("regions.picture", Swapped),)}, r"regions.picture returns"),
        ({"row": Right}, "nothing shapes them"),
        ({"picture": Picture("bars", "t", x="nope")}, r"unknown columns \['nope'\]"),
        ({"examples": ({"claster": "x"},)}, "unknown arguments"),
        ({"examples": ({},)}, r"example without \['cluster'\]"),
        ({"id": "no-such"}, "no query file no-such.count.cypher"),
    ],
)
def test_a_wrong_declaration_is_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        declared(**changes)


def test_parameters_and_aliases_leave_comments_and_casts_alone() -> None:
    text = """// $not AS comment
    MATCH (a {key: $key}) WITH a, count(*) AS n
    RETURN a.key AS key, CAST(n AS DOUBLE) AS number // AS x
    ORDER BY key LIMIT $limit"""
    assert parameters(text) == {"key", "limit"}
    assert aliases(text) == ["key", "number"]
    assert aliases("MATCH (a)") == []


def test_derived_parameters_are_explained() -> None:
    used = {n for p in PART.values() for n in parameters(cypher(p.stem))}
    bound = {name for q in QUESTIONS.values() for p in q.parts for _, name in p.bind}
    assert set(DERIVED) <= used | bound | {"year"}
