"""Rows of answers: what is declared of their columns, and how they are filled."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import pytest

from clusteratlas.queries.atlas.registry import QUESTIONS
from clusteratlas.queries.language.rows import column, columns_of, optional, row_from
from clusteratlas.vocabulary.tables import TABLES


@dataclass(frozen=True, slots=True)
class Found:
    key: str
    jobs: int
    unused: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    section: str = column("cluster or industry")
    key: str = column("key")
    jobs: int | None = optional("employment", "jobs")
    lq: float | None = optional("location quotient", "ratio")


def test_what_both_have_is_kept_and_the_rest_is_given() -> None:
    made = row_from(Shown, Found("k", 7, 0.5), section="cluster")
    assert made == Shown(section="cluster", key="k", jobs=7, lq=None)
    assert row_from(Shown, Found("k", 7, 0.5), section="cluster", jobs=None).jobs is None


def test_what_a_row_lacks_or_nobody_fills_is_refused() -> None:
    with pytest.raises(TypeError, match="section"):
        row_from(Shown, Found("k", 7, 0.5))
    with pytest.raises(TypeError, match="wages"):
        row_from(Shown, Found("k", 7, 0.5), section="cluster", wages=1)


def test_columns_say_what_they_are() -> None:
    assert columns_of(Shown) == ("section", "key", "jobs", "lq")
    assert dict(fields(Shown)[2].metadata) == {"note": "employment", "unit": "jobs"}


def test_a_column_of_a_table_brings_its_meaning_and_unit() -> None:
    (lq,) = (f for f in TABLES["measures"].columns if f.name == "lq")
    assert dict(column(of="measures.lq").metadata) == {
        "note": lq.note,
        "unit": lq.unit,
        "of": "measures.lq",
    }
    narrower = optional("of the industry in the region", of="measures.lq")
    assert (narrower.metadata["note"], narrower.metadata["unit"], narrower.default) == (
        "of the industry in the region",
        "ratio",
        None,
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"of": "measures.lg"}, "no table has a column measures.lg"),
        ({"of": "mesures.lq"}, "no table has a column mesures.lq"),
        ({"of": "measures.lq", "unit": "share"}, "the unit of measures.lq is ratio"),
        ({"unit": "share"}, "needs a note"),
    ],
)
def test_a_column_without_a_meaning_of_its_own_or_with_two_is_refused(
    given: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        column(**given)


@pytest.mark.parametrize("id_", QUESTIONS)
def test_a_meaning_that_a_table_has_is_not_written_again(id_: str) -> None:
    meanings = {(f.name, f.unit, f.note) for t in TABLES.values() for f in t.columns if f.unit}
    written = {
        (f.name, f.metadata["unit"], f.metadata["note"])
        for f in fields(QUESTIONS[id_].row)
        if "of" not in f.metadata
    }
    assert not written & meanings
