"""Several texts in one statement: the same rows as one by one, in few ways to the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from clusteratlas.graph.store import Rows
from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.atlas.reading import Wanted, read_together
from clusteratlas.queries.atlas.registry import QUESTIONS
from clusteratlas.queries.language.question import Count, Part
from clusteratlas.queries.language.texts import cut, cypher, parameters
from tests.queries.asked import ASKED

MOST_READS = {"anatomy": 6, "trace": 5}


@pytest.fixture
def reads(atlas: Atlas, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Names of the statements that the store was asked, in order."""
    asked: list[str] = []
    original = atlas.store.read

    def read(text: str, *args: Any, **options: Any) -> Rows:
        asked.append(options["name"])
        return original(text, *args, **options)

    assert atlas.names  # read once for all questions
    with monkeypatch.context() as patch:
        patch.setattr(type(atlas.store), "read", lambda _store, *a, **o: read(*a, **o))
        yield asked


@pytest.mark.parametrize("id_", QUESTIONS)
def test_a_question_is_answered_in_few_reads(id_: str, atlas: Atlas, reads: list[str]) -> None:
    atlas.ask(id_, **ASKED[id_])
    if not atlas.store.capabilities.ordered_unions:
        # Each text by itself: ways to a database in this process cost nothing.
        texts = len(QUESTIONS[id_].parts) + 1 + len(QUESTIONS[id_].backdrop)
        assert 1 <= reads.count(id_) <= texts
        return
    assert reads.count(id_) == 1
    assert len(reads) <= MOST_READS.get(id_, 4), reads


def alone(part: Part, values: dict[str, Any], atlas: Atlas) -> list[Any]:
    text = cypher(part.stem, atlas.store.engine)
    rows = atlas.store.read(text, {n: values[n] for n in parameters(text)}, name=part.stem).rows
    return [part.row(**row) for row in rows]


@pytest.mark.parametrize("id_", ["anatomy", "top-regions", "why", "provenance", "region"])
def test_together_is_as_alone(id_: str, atlas: Atlas) -> None:
    question, answer = QUESTIONS[id_], atlas.ask(id_, **ASKED[id_])
    values = dict(answer.arguments)
    for part in question.parts:
        wanted = [
            Wanted("count", question.count.stem, Count, values_of(question.count, values)),
            Wanted("part", part.stem, part.row, values_of(part, values)),
            Wanted("again", part.stem, part.row, values_of(part, values)),
        ]
        found = read_together(atlas.store, wanted, name="together")
        assert found["part"] == found["again"] == alone(part, values, atlas), part.stem
        assert [c.count for c in found["count"]] == [answer.count]


def values_of(part: Part, values: dict[str, Any]) -> dict[str, Any]:
    bound = dict(part.bind)
    return {n: values.get(bound.get(n, n), "") for n in parameters(cypher(part.stem))}


def test_readings_of_one_part_are_all_kept_in_the_order_asked(atlas: Atlas) -> None:
    """A question about several regions reads a part once for each of them."""
    part = QUESTIONS["region"].parts[0]
    values = {
        region: values_of(part, dict(atlas.ask("region", region=region).arguments))
        for region in ("boston", "providence")
    }
    single = {
        region: read_together(atlas.store, [Wanted("it", part.stem, part.row, v)], name="one")
        for region, v in values.items()
    }
    assert all(found["it"] for found in single.values())
    for order in (list(values), list(values)[::-1]):
        wanted = [Wanted("it", part.stem, part.row, values[region]) for region in order]
        found = read_together(atlas.store, wanted, name="several")
        assert found == {"it": [row for region in order for row in single[region]["it"]]}


@dataclass(frozen=True, slots=True)
class Nothing:
    regions: int


def test_a_count_of_nothing_is_a_row_of_zero(atlas: Atlas) -> None:
    nowhere = {"region": "cbsa:0", "cluster": "no/such:cluster"}
    (row,) = read_together(atlas.store, [Wanted("peers", "peers", Nothing, nowhere)], name="peers")[
        "peers"
    ]
    assert row.regions == 0


def test_the_last_return_is_cut_from_what_is_before_and_behind() -> None:
    text = "MATCH (a) RETURN a.x AS x, coalesce(a.y, 0) AS y ORDER BY y DESC, x LIMIT 5"
    assert cut(text) == (
        "MATCH (a) ",
        " a.x AS x, coalesce(a.y, 0) AS y ",
        "ORDER BY y DESC, x LIMIT 5",
    )
    with pytest.raises(ValueError, match="returns nothing: MATCH"):
        cut("MATCH (a) SET a.x = 1")
