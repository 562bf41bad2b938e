"""Complexity of regions and clusters: the printed example, and where there is none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.draw.pictures import caption
from clusteratlas.queries.language.answer import Answer
from tests.queries.test_pictures import marks

ASKED: dict[str, dict[str, str | int | float]] = {"complexity": {}}


def of(answer: Answer, section: str) -> list[Any]:
    return [r for r in answer.rows if r.section == section]


def test_the_printed_example(wide: Atlas) -> None:
    answer = wide.ask("complexity", type="ea")
    regions, clusters = of(answer, "region"), of(answer, "cluster")
    assert [r.name for r in regions] == ["Area 3", "Area 1", "Area 4", "Area 2"]
    assert [r.complexity for r in regions] == pytest.approx(
        [1.518994, -0.114000, -0.114000, -1.290994], abs=6e-7
    )
    assert [r.position for r in regions] == [1, 2, 2, 4]
    assert [r.diversity for r in regions] == [3, 2, 2, 2]
    # The first area may not be specialized in cloth, and may be in edges.
    assert [(r.diversity_low, r.diversity_high) for r in regions] == [
        (3, 3),
        (1, 3),
        (2, 2),
        (2, 2),
    ]
    assert [r.name for r in clusters] == ["Dyes", "Bells", "Cloth", "Amber", "Edges"]
    assert [r.complexity for r in clusters] == pytest.approx(
        [2.430990, 1.062995, 1.062995, -1.290994, -1.290994], abs=6e-7
    )
    assert [r.position for r in clusters] == [1, 2, 2, 4, 4]
    ubiquity = [(r.ubiquity, r.ubiquity_low, r.ubiquity_high) for r in clusters]
    assert ubiquity == [(1, 1, 1), (2, 2, 2), (2, 1, 2), (2, 2, 2), (2, 2, 3)]
    assert [r.wage for r in clusters] == [80_000, 60_000, 70_000, 50_000, 90_000]
    assert {r.here for r in answer.rows} == {None}
    assert (answer.shown, answer.count) == (4, 4)


def test_what_withheld_cells_do(wide: Atlas) -> None:
    answer = wide.ask("complexity", type="ea")
    for r in answer.rows:
        assert r.complexity_least <= r.complexity <= r.complexity_most
    first = next(r for r in answer.rows if r.name == "Area 1")
    # With amber alone, which pays the least complex way, it is below what it has with cloth.
    assert first.complexity_least < first.complexity
    assert first.position_worst >= first.position >= first.position_best
    assert answer.notes[1] == (
        "figures of 2019; of 9 specializations (LQ >= 1) of 4 regions 8 hold whatever withheld "
        "cells hold, and 1 more are possible"
    )
    assert "bound nothing" in answer.notes[2]
    assert "its sign that of diversity (correlation 0.88)" in answer.notes[3]
    # The same as by hand in the tests of opportunities.
    assert answer.notes[4].endswith("national wage is 0.13")


def test_around_a_region_and_of_an_earlier_year(wide: Atlas) -> None:
    answer = wide.ask("complexity", region="ea:2", limit=2)
    assert [(r.name, r.here) for r in of(answer, "region")] == [("Area 4", False), ("Area 2", True)]
    every = wide.ask("complexity", region="ea:2")
    has = {r.name for r in of(every, "cluster") if r.here}
    assert has == {"Amber", "Edges"}
    assert "Area 2 is 4 of 4 regions" in every.notes
    assert caption(every) == "Economic complexity of regions"
    assert len(marks(every, "rect", "length")) == 4
    assert len(marks(every, "line", "halo")) == 4
    # A region without a range has a bar and no whisker.
    bare = [replace(r, complexity_least=None, complexity_most=None) for r in every.rows[:1]]
    less = replace(every, rows=[*bare, *every.rows[1:]])
    assert len(marks(less, "rect", "length")) == 4
    assert len(marks(less, "line", "halo")) == 3
    # The areas stood in the reverse order, and nothing was withheld.
    before = wide.ask("complexity", type="ea", year=2017)
    regions = of(before, "region")
    assert [r.name for r in regions] == ["Area 2", "Area 1", "Area 4", "Area 3"]
    assert all(r.complexity_least == r.complexity == r.complexity_most for r in regions)


def test_two_regions_have_none(embedded: Atlas) -> None:
    answer = embedded.ask("complexity")
    regions = of(answer, "region")
    assert [(r.complexity, r.position, r.diversity) for r in regions] == [(None, None, 1)] * 2
    assert any(note.startswith("no complexity: that takes three") for note in answer.notes)
    counties = embedded.ask("complexity", type="county", region="county:25025")
    (suffolk,) = (r for r in of(counties, "region") if r.here)
    # 350 of 400 jobs in drugs, or 100 of 150; boats 50, or 200 of 550: LQ 1.17, 0.89; 0.5, 1.45.
    assert (suffolk.diversity, suffolk.diversity_low, suffolk.diversity_high) == (1, 0, 2)
    assert [(r.name, r.here) for r in of(counties, "cluster")] == [
        ("Boats", False),
        ("Drugs", True),
    ]
