"""Presence, splitting of sales, remarks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.queries.questions.regions.neighbors import NeighborRow
from clusteratlas.queries.questions.shared.presence import IndustryPresence, presence_in_words
from clusteratlas.queries.questions.shared.remarks import estimate_note, strong_note
from clusteratlas.queries.questions.shared.trade import TradingIndustry, allotted, is_service


def present(lq: float, known: str = "published") -> IndustryPresence:
    return IndustryPresence(
        key="k", jobs=1, jobs_low=0, jobs_high=2, known=known, lq=lq, share_nation=0.1, source="s"
    )


@pytest.mark.parametrize(
    ("kind", "found", "expected"),
    [
        ("traded", present(1.25), "strong"),
        ("traded", present(1.24), "present"),
        ("traded", present(0.0), "present"),
        ("traded", present(1.25, "estimated"), "strong"),
        ("traded", present(0.5, "bounded"), "present"),
        ("traded", present(2.0, "withheld"), "withheld"),
        ("traded", present(0.0, "absent"), "missing"),
        ("traded", None, "not known"),
        ("local", None, "everywhere"),
        (None, None, None),
    ],
)
def test_presence(kind: str | None, found: IndustryPresence | None, expected: str | None) -> None:
    assert presence_in_words(kind, found) == expected


@pytest.mark.parametrize(
    ("naics", "service"),
    [("484110", True), ("813990", True), ("48-49", True), ("423450", False), ("921110", False)],
)
def test_services_are_sectors_48_to_81(naics: str, service: bool) -> None:
    assert is_service(naics) is service


def trade(
    sector: str, key: str, jobs: int, usd: float, member_of: str | None = None
) -> TradingIndustry:
    # Its own cluster says nothing of the one asked about, which may be of another level.
    return TradingIndustry(
        sector, sector, usd, key, key, key, "traded", jobs, "own", "own", member_of, "io"
    )


def test_sales_are_split_by_jobs_and_the_own_part_left_out() -> None:
    trades = [
        trade("s", "a", 30, 100.0),
        trade("s", "b", 70, 100.0, "mine"),
        trade("t", "c", 0, 50.0),
        trade("t", "d", 0, 50.0),
    ]
    assert [(a.trade.key, a.million_usd, a.share) for a in allotted(trades)] == [
        ("a", 30.0, 0.2),
        ("c", 25.0, pytest.approx(25 / 150)),
        ("d", 25.0, pytest.approx(25 / 150)),
    ]
    assert allotted([]) == []


@given(
    st.lists(st.tuples(st.sampled_from("stu"), st.integers(0, 1000), st.booleans()), max_size=20)
)
def test_nothing_is_gained_or_lost(drawn: list[tuple[str, int, bool]]) -> None:
    usd = {"s": 10.0, "t": 200.0, "u": 0.5}
    trades = [
        trade(s, f"k{i}", jobs, usd[s], "mine" if own else None)
        for i, (s, jobs, own) in enumerate(drawn)
    ]
    all_of_it = sum(a.million_usd for a in allotted([replace(t, member_of=None) for t in trades]))
    assert all_of_it == pytest.approx(sum(usd[s] for s in {t.sector for t in trades}))
    outside = allotted(trades)
    assert {a.trade.key for a in outside} == {t.key for t in trades if t.member_of is None}
    assert sum(a.share for a in outside) <= 1 + 1e-9


def row(low: int | None, high: int | None, certainty: str | None = None) -> NeighborRow:
    return NeighborRow(
        section="region",
        key="k",
        name="n",
        jobs=low,
        jobs_low=low,
        jobs_high=high,
        strong=certainty is not None,
        certainty=certainty,
        longitude=None,
        latitude=None,
        source="s",
    )


def test_years_and_estimates_are_told() -> None:
    told = estimate_note([row(80, 100), row(0, 12), row(100, 100), row(None, None)], 2021)
    assert told == ["figures of 2021; 2 of 3 are estimates between bounds"]
    one = estimate_note([row(80, 100), row(100, 100)], 2021)
    assert one == ["figures of 2021; 1 of 2 is an estimate between bounds"]
    assert estimate_note([row(100, 100)], 2019) == ["figures of 2019"]
    assert estimate_note([], 2019) == ["figures of 2019"]


def test_strong_flags_that_are_not_certain_are_counted() -> None:
    flags = ["certain", "depends", "likely", "depends"]
    assert estimate_note([row(1, 1, flag) for flag in flags], 2021)[1:] == [
        "2 strong flags depend on withheld cells",
        "1 strong flag is likely, not certain",
    ]
    assert strong_note(["depends", "likely", "likely"]) == [
        "1 strong flag depends on withheld cells",
        "2 strong flags are likely, not certain",
    ]
    assert strong_note(["certain", None]) == []
