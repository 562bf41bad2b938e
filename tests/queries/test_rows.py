"""Rows of answers: what is declared of their columns, and how they are filled."""

from __future__ import annotations

from dataclasses import dataclass, fields

import pytest

from clusteratlas.queries.language.rows import column, columns_of, optional, row_from


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
