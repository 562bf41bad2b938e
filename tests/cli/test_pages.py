"""Tables for people: words above the columns, a legend, what matters first."""

from __future__ import annotations

from typing import Any

import pytest

from clusteratlas.cli.output.rows import Format, Setting, render
from tests.cli.conftest import Run


def test_a_table_for_people_speaks_in_words(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    ran = run("ask", "region", "boston")
    assert "metro area" in ran.out
    assert "cbsa\n" not in ran.out
    assert "\nLQ: share of the jobs here" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80


def test_wide_shows_every_column(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    narrow = run("ask", "top-regions", "drugs")
    wide = run("ask", "top-regions", "drugs", "--wide")
    assert "no room for" in narrow.err
    assert "--wide" in narrow.err
    assert "no room for" not in wide.err
    assert "cbsa:14460" in wide.out
    assert "cbsa:14460" not in narrow.out


def test_find_shows_names_before_keys(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    ran = run("find", "boston")
    assert ran.out.splitlines()[0].split()[:2] == ["name", "kind"]
    assert "Boston" in ran.out


ESTIMATES: list[dict[str, Any]] = [
    {"name": "Drugs and Medicines", "jobs": 22359, "jobs_low": 21900, "jobs_high": 22400},
    {"name": "Boats", "jobs": 0, "jobs_low": 0, "jobs_high": 12},
    {"name": "Glass", "jobs": 950, "jobs_low": 950, "jobs_high": 950},
]


def test_an_estimate_says_so_where_its_bounds_have_no_room(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "36")
    render(ESTIMATES, Format.table, layout=Setting.page)
    lines = capsys.readouterr().out.splitlines()
    assert [line[-7:].strip() for line in lines[2:5]] == ["~22,359", "0-12", "950"]
    assert "~: estimate" in lines[-2]
    monkeypatch.setenv("COLUMNS", "60")
    render(ESTIMATES, Format.table, layout=Setting.page)
    roomy = capsys.readouterr().out
    assert "22,359 (21,900-22,400)" in roomy
    assert "(low-high)" in roomy
    assert "~" not in roomy


def test_a_long_text_is_shortened_in_the_middle(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    rows = [{"name": "Boats", "why": "begins " + "on and on " * 40 + "ends", "jobs": 5}]
    render(rows, Format.table, layout=Setting.page)
    out = capsys.readouterr().out
    assert "begins" in out
    assert "..." in out
    assert "ends" in out
    assert len(out.splitlines()) < 9
