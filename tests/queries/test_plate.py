"""The anatomy as a plate: what is drawn where, how wide, how large, and of how many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from math import sqrt
from typing import Any
from xml.etree import ElementTree

import pytest

from benchmarks.pictures import faults
from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.draw.anatomy.compass import tiles_of
from clusteratlas.queries.draw.anatomy.listing import lines, told
from clusteratlas.queries.draw.anatomy.plate import DISC, WIDEST, WIDTH, answer_plate
from clusteratlas.queries.draw.anatomy.shared.marks import MOST_DOTS
from clusteratlas.queries.draw.anatomy.shared.roles import (
    LEFT,
    MOST_CORE,
    MOST_OPENED,
    RIGHT,
    ROLES,
    Look,
    by_role,
    ring_of,
    short_name,
)
from clusteratlas.queries.draw.anatomy.shared.shapes import leave, outline_x
from clusteratlas.queries.draw.pictures import drawn, picture
from clusteratlas.queries.language.answer import Answer
from clusteratlas.queries.numbers import dollar_words

PRESENCES = ("strong", "present", "withheld", "missing", "not known", "everywhere")


@pytest.fixture(scope="module")
def answer(embedded: Atlas) -> Answer:
    return embedded.ask("anatomy", cluster="drugs", region="boston")


def crowd(answer: Answer, number: int) -> Answer:
    """The answer with so many rows, in every section, of every presence and with long names."""
    samples: dict[str, Any] = {row.section: row for row in answer.rows if row.section != "place"}
    sections = list(samples)
    rows = [
        replace(
            samples[section],
            key=f"naics2017:{300000 + n}",
            name=f"All Other Miscellaneous Apparatus and Equipment Manufacturing, Number {n}",
            presence=PRESENCES[n // len(sections) % 6] if samples[section].presence else None,
            jobs=1000 * (n % 7) or None,
            million_usd=float(n * n) if samples[section].million_usd else None,
        )
        for n in range(number)
        for section in [sections[n % len(sections)]]
    ]
    return replace(answer, rows=[answer.rows[0], *rows])


def leads(**change: str) -> str:
    return f"/anatomy?{'&'.join(f'{name}={value}' for name, value in change.items())}"


def elements(svg: str, tag: str, class_: str) -> list[ElementTree.Element]:
    tree = ElementTree.fromstring(svg)  # noqa: S314 (ours)
    return [e for e in tree.iter(tag) if class_ in e.get("class", "").split()]


def of(answer: Answer, tag: str, class_: str) -> list[ElementTree.Element]:
    return elements(picture(answer).markup(), tag, class_)


def texts(answer: Answer, class_: str) -> list[str]:
    return [str(e.text) for e in of(answer, "text", class_)]


def shape_of(mark: ElementTree.Element) -> ElementTree.Element:
    return next(e for e in mark if e.tag in {"circle", "rect"})


def test_every_role_that_has_rows_has_a_place_and_says_of_how_many(answer: Answer) -> None:
    sections = {r.section for r in answer.rows}
    at_sides = [role for role in (*LEFT, *RIGHT) if sections & {s for s, _ in role.sections}]
    assert len(of(answer, "path", "role")) == len(at_sides) >= 4
    heads = set(texts(answer, "head"))
    for role in ROLES[1:]:
        assert (role.title in heads) == bool(sections & {s for s, _ in role.sections})
    assert len([v for v in texts(answer, "value") if v.startswith("all ")]) >= 3


def test_every_drawn_row_has_a_mark_with_its_words(answer: Answer) -> None:
    rows = [r for r in drawn(answer) if r.section != "place"]
    marks = {e.get("data-key"): str(e.findtext("title")) for e in of(answer, "g", "node")}
    assert {r.key for r in rows} == set(marks)
    for row in rows:
        assert f"key: {row.key}" in marks[row.key].splitlines()


def test_a_line_is_as_wide_as_the_root_of_its_sales(answer: Answer) -> None:
    largest = max(r.million_usd or 0 for r in answer.rows)
    wide = sorted(float(e.get("stroke-width", "0")) for e in of(answer, "path", "feed"))
    sales = [r.million_usd for r in drawn(answer) if r.million_usd]
    want = sorted(max(1.2, WIDEST * sqrt(s / largest)) for s in sales)
    assert wide[-len(want) :] == pytest.approx(want, abs=0.05)
    assert wide[-1] == pytest.approx(WIDEST)


def test_lines_leave_the_plate_in_their_order_and_not_on_one_another() -> None:
    rows, widths = [-300.0, -290.0, -20.0, -10.0, 250.0], [11.0, 11.0, 5.0, 5.0, 1.2]
    found = leave(rows, widths, 150, 300)
    for (y0, w0), (y1, w1) in pairwise(zip(found, widths, strict=True)):
        assert y1 - y0 >= (w0 + w1) / 2
    crowded = leave([float(y) for y in range(-200, 200, 4)], [11.0] * 100, 150, 300)
    assert crowded == sorted(crowded)
    assert max(map(abs, crowded)) < 150
    assert outline_x(150, 206, 150) == 0
    assert outline_x(0, 206, 150) == 206


def test_what_is_strong_lies_nearer_than_what_is_missing(answer: Answer) -> None:
    """On each side, at each height."""
    many = crowd(answer, 200)
    ring = {row.key: ring_of(row) for row in many.rows}
    core = {row.key for row in many.rows if row.section == "core"}
    away: dict[int, list[float]] = {0: [], 1: [], 2: []}
    for mark in of(many, "g", "node"):
        shape = shape_of(mark) if mark.find("circle") is not None else None
        key = mark.get("data-key", "")
        if shape is not None and key not in core:
            away[ring[key]].append(abs(float(shape.get("cx", "0"))))
    assert min(map(len, away.values())) > 1
    assert max(away[0]) <= 252
    assert min(away[2]) >= 324 * 0.88
    assert min(away[1]) >= 288 * 0.88


def test_the_plate_has_the_industries_with_discs_by_their_jobs(answer: Answer) -> None:
    core = [r for r in drawn(answer) if r.section == "core"]
    nodes = {e.get("data-key"): e for e in of(answer, "g", "node")}
    most = max(r.jobs or 0 for r in core)
    for row in core:
        if row.jobs:
            radius = float(shape_of(nodes[row.key]).get("r", "0"))
            assert radius == pytest.approx(max(4, DISC * sqrt(row.jobs / most)), abs=0.1)
    assert f"{next(r.jobs for r in answer.rows if r.section == 'place'):,} jobs" in " ".join(
        texts(answer, "value")
    )


def test_many_industries_are_cut_and_counted(answer: Answer) -> None:
    core = [r for r in answer.rows if r.section == "core"]
    many = [replace(core[0], key=f"naics2017:{325000 + n}", jobs=100 * n) for n in range(25)]
    rows = [*many, *(r for r in answer.rows if r.section != "core")]
    crowded = replace(answer, rows=rows)
    assert f"{MOST_CORE} of 25 industries" in " ".join(texts(crowded, "value"))
    assert faults(picture(crowded).markup()) == []


def test_a_cluster_alone_is_a_plate_alone(answer: Answer) -> None:
    alone = replace(answer, rows=[r for r in answer.rows if r.section in {"place", "core"}])
    assert of(alone, "path", "role") == []
    assert len(of(alone, "path", "plate")) == 1
    assert faults(picture(alone).markup()) == []


def looks(answer: Answer) -> Iterator[Look]:
    """Every state that a reader can bring the picture into."""
    key = answer.rows[-1].key
    yield Look(leads=leads)
    for role in ROLES:
        yield Look(opened=role.id, leads=leads)
        yield Look(opened=role.id, sought="number 1", selected=key, leads=leads)
    yield Look(sought="apparatus 7", pinned=(key,), leads=leads)
    yield Look(hidden=frozenset({key}), tied=frozenset({answer.rows[1].key}), leads=leads)
    ties = {row.key: (n % 10) / 10 for n, row in enumerate(answer.rows)}
    yield Look(strengths=ties, leads=leads)


@pytest.mark.parametrize("number", [60, 200, 500])
def test_no_name_lies_on_another_in_any_state(answer: Answer, number: int) -> None:
    many = crowd(answer, number)
    for look in looks(many):
        assert faults(answer_plate(many, many.rows, look).markup(role="group")) == [], look


@pytest.mark.parametrize("number", [60, 500])
def test_the_picture_is_the_same_each_time_and_small(answer: Answer, number: int) -> None:
    many = crowd(answer, number)
    one, other = (answer_plate(many, many.rows, Look(leads=leads)).markup() for _ in range(2))
    assert one == other
    assert len(one) < 70_000


def test_an_open_role_is_laid_out_and_its_neighbors_fold(answer: Answer) -> None:
    many = crowd(answer, 500)
    closed, opened = (by_role(many.rows, Look(opened=id_)) for id_ in ("", "suppliers"))
    assert len(closed["suppliers"].rows) <= 9 < closed["suppliers"].count
    assert len(opened["suppliers"].rows) == MOST_OPENED
    assert (len(opened["services"].rows), opened["services"].counted) == (
        0,
        str(closed["services"].count),
    )
    assert opened["customers"].rows == closed["customers"].rows


def test_what_is_sought_comes_into_the_picture_and_the_rest_is_dim(answer: Answer) -> None:
    many = crowd(answer, 500)
    last = [r for r in many.rows if r.section == "supplier"][-1]
    look = Look(sought=last.name[-10:], leads=leads)
    svg = answer_plate(many, many.rows, look).markup()
    marks = {e.get("data-key"): e.get("class", "").split() for e in elements(svg, "a", "mark")}
    assert "dim" not in marks[last.key]
    assert sum("dim" in classes for classes in marks.values()) > 40
    counted = [str(e.text) for e in elements(svg, "text", "value")]
    assert f"1 of {by_role(many.rows)['suppliers'].count} match" in counted


def test_what_is_hidden_is_gone_and_what_is_pinned_stays(answer: Answer) -> None:
    many = crowd(answer, 500)
    suppliers = [r for r in many.rows if r.section == "supplier"]
    first, last = suppliers[0].key, suppliers[-1].key
    found = by_role(many.rows, Look(hidden=frozenset({first}), pinned=(last,)))["suppliers"]
    assert first not in {r.key for r in found.every}
    assert last in {r.key for r in found.rows}


def test_links_by_another_linkage_change_order_and_width(answer: Answer) -> None:
    many = crowd(answer, 200)
    suppliers = [r for r in many.rows if r.section == "supplier"]
    ties = {suppliers[-1].key: 0.9, suppliers[-2].key: 0.225}
    look = Look(strengths=ties, leads=leads)
    assert [r.key for r in by_role(many.rows, look)["suppliers"].every[:2]] == list(ties)
    svg = answer_plate(many, many.rows, look).markup()
    wide = {e.get("data-to"): e.get("stroke-width") for e in elements(svg, "path", "feed")}
    assert [wide[key] for key in ties] == ["11", "5.5"]
    assert {"0.90", "0.23"} & {str(e.text) for e in elements(svg, "text", "value")}


def test_every_member_is_a_dot_or_says_for_how_many_a_dot_stands(answer: Answer) -> None:
    for number in (60, 500):
        for tile in tiles_of(by_role(crowd(answer, number).rows)):
            paths = [e.get("d", "") for e in elements(tile.picture, "path", "rest")]
            dots = sum(path.count("M") for path in paths)
            assert dots <= MOST_DOTS
            assert dots * tile.unit >= tile.filled.count
            assert (dots == tile.filled.count) or tile.unit > 1


def test_marks_lead_on_and_say_what_they_are(answer: Answer) -> None:
    svg = answer_plate(answer, drawn(answer), Look(leads=leads)).markup(role="group")
    assert 'role="group"' in svg
    marks = elements(svg, "a", "mark")
    assert {e.get("data-key") for e in marks} == {r.key for r in answer.rows[1:]}
    for mark in marks:
        assert mark.get("href") == f"/anatomy?at={mark.get('data-key')}"
        assert mark.get("aria-label")
        assert mark.get("data-ring") in {"0", "1", "2"}


def test_general_knowledge_is_dotted(answer: Answer) -> None:
    rows = [
        replace(r, basis="general knowledge") if r.section == "government" else r
        for r in answer.rows
    ]
    assert any(r.section == "government" for r in rows)
    known = sum(r.basis == "general knowledge" for r in rows[1:])
    guessed = replace(answer, rows=rows)
    assert len(of(guessed, "rect", "dotted")) == known > 0
    assert len(of(guessed, "path", "doubt")) + len(of(guessed, "line", "doubt")) == known


def test_a_list_says_the_same_as_the_picture(answer: Answer) -> None:
    for one in by_role(drawn(answer)).values():
        listed = lines(one, Look(), None)
        assert [line.key for line in listed] == [r.key for r in one.every]
        for line, row in zip(listed, one.every, strict=True):
            assert line.strong == (row.presence == "strong")
            assert line.jobs.startswith(f"{row.jobs:,}") if row.jobs else True
            if row.million_usd:
                assert dollar_words(row.million_usd) in line.link
    assert all(len(lines(one, Look(), 2)) <= 2 for one in by_role(drawn(answer)).values())


def test_what_is_told_of_a_mark(answer: Answer) -> None:
    sources = {s.key: s.says for s in answer.sources}
    place = told(answer, "", Look(), sources)
    assert place is not None
    assert place.key == answer.rows[0].key
    assert told(answer, "naics2017:999999", Look(), sources) is None
    for row in answer.rows[1:]:
        about = told(answer, row.key, Look(), sources)
        assert about is not None
        assert about.role in {role.title for role in ROLES}
        assert about.why or row.section == "institution"
        if row.million_usd:
            assert any(dollar_words(row.million_usd) in sentence for sentence in about.why)
        if row.jobs_low is not None and row.jobs_low != row.jobs_high:
            jobs = next(f for f in about.facts if f.label == "Jobs here")
            assert f"{row.jobs_low:,}-{row.jobs_high:,}" in jobs.value
            assert jobs.note


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("All Other Basic Organic Chemical Manufacturing", "Other Basic Organic Chemical mfg."),
        ("Land and Sea (except Air)", "Land & Sea"),
        ("Boston Children's Hospital", "Boston Children's Hospital"),
    ],
)
def test_titles_are_written_short(title: str, short: str) -> None:
    assert short_name(title) == short


@pytest.mark.parametrize(
    ("million", "words"),
    [(19264.0, "$19.3B"), (1000.0, "$1.0B"), (293.2, "$293M"), (10.0, "$10M"), (0.42, "$0.4M")],
)
def test_sales_are_written_short(million: float, words: str) -> None:
    assert dollar_words(million) == words


def test_the_picture_is_as_wide_as_it_says(answer: Answer) -> None:
    assert answer_plate(answer, drawn(answer)).width == WIDTH
