"""The anatomy as a plate: what is drawn where, how wide, how large, and of how many."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from xml.etree import ElementTree

import pytest

from benchmarks.pictures import faults
from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.draw.anatomy.plate import LEFT, MOST_CORE, RIGHT, ROLES
from clusteratlas.queries.draw.pictures import drawn, picture
from clusteratlas.queries.language.answer import Answer
from clusteratlas.queries.numbers import dollar_words

NAMESPACE = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def answer(embedded: Atlas) -> Answer:
    return embedded.ask("anatomy", cluster="drugs", region="boston")


def elements(answer: Answer, tag: str, class_: str) -> list[ElementTree.Element]:
    tree = ElementTree.fromstring(picture(answer).markup(""))  # noqa: S314 (ours)
    found = tree.iter(f"{NAMESPACE}{tag}")
    return [e for e in found if class_ in str(e.get("class", "")).split()]


def texts(answer: Answer, class_: str) -> list[str]:
    return [str(e.text) for e in elements(answer, "text", class_)]


def key_of(mark: ElementTree.Element) -> str:
    """Key of the row that a mark is of, which is among the words that a pointer brings up."""
    words = (mark.findtext(f"{NAMESPACE}title") or "").splitlines()
    return next((line.removeprefix("key: ") for line in words if line.startswith("key: ")), "")


def test_every_role_that_has_rows_has_a_place_and_says_of_how_many(answer: Answer) -> None:
    sections = {r.section for r in answer.rows}
    at_sides = [role for role in (*LEFT, *RIGHT) if sections & {s for s, _ in role.sections}]
    assert len(elements(answer, "rect", "role")) == len(at_sides) >= 4
    heads = " ".join(texts(answer, "head"))
    for role in ROLES:
        assert (role.title in heads) == bool(sections & {s for s, _ in role.sections})
    assert len([v for v in texts(answer, "value") if v.startswith("all ")]) >= 3


def test_every_drawn_row_has_a_mark_with_its_words(answer: Answer) -> None:
    rows = [r for r in drawn(answer) if r.section != "place"]
    marks = [*elements(answer, "circle", "node"), *elements(answer, "rect", "node")]
    assert {r.key for r in rows} == set(map(key_of, marks))


def test_a_line_is_as_wide_as_the_root_of_its_sales(answer: Answer) -> None:
    largest = max(r.million_usd or 0 for r in answer.rows)
    wide = sorted(float(e.get("stroke-width", "0")) for e in elements(answer, "path", "feed"))
    sales = [r.million_usd for r in drawn(answer) if r.million_usd]
    want = sorted(max(1.0, 10 * sqrt(s / largest)) for s in sales)
    assert wide[-len(want) :] == pytest.approx(want, abs=0.05)
    assert wide[-1] == pytest.approx(10.0)


def test_what_is_strong_lies_nearer_than_what_is_missing(embedded: Atlas) -> None:
    """On each side; the plate lies between x of 358 and 762."""
    one = embedded.ask("anatomy", cluster="drugs", region="boston", limit=40)
    for circle in elements(one, "circle", "is-missing"):
        x = float(circle.get("cx", "0"))
        if circle.find(f"{NAMESPACE}title") is not None:
            assert min(abs(x - 346 + 14), abs(x - 774 - 14)) == pytest.approx(34.0)


def test_the_plate_has_the_industries_with_discs_by_their_jobs(answer: Answer) -> None:
    core = [r for r in drawn(answer) if r.section == "core"]
    radius = {key_of(e): float(e.get("r", "0")) for e in elements(answer, "circle", "node")}
    most = max(r.jobs or 0 for r in core)
    for row in core:
        if row.jobs:
            assert radius[row.key] == pytest.approx(max(4, 27 * sqrt(row.jobs / most)), abs=0.1)
    assert f"{next(r.jobs for r in answer.rows if r.section == 'place'):,} jobs" in " ".join(
        texts(answer, "value")
    )


def test_many_industries_are_cut_and_counted_and_no_text_lies_on_another(answer: Answer) -> None:
    core = [r for r in answer.rows if r.section == "core"]
    many = [replace(core[0], key=f"naics2017:{325000 + n}", jobs=100 * n) for n in range(25)]
    rows = [*many, *(r for r in answer.rows if r.section != "core")]
    crowded = replace(answer, rows=rows)
    assert f"{MOST_CORE} of 25 industries" in " ".join(texts(crowded, "value"))
    assert faults(picture(crowded).markup()) == []


def test_a_cluster_alone_is_a_plate_alone(answer: Answer) -> None:
    alone = replace(answer, rows=[r for r in answer.rows if r.section in {"place", "core"}])
    assert elements(alone, "rect", "role") == []
    assert len(elements(alone, "rect", "plate")) == 1
    assert faults(picture(alone).markup()) == []


@pytest.mark.parametrize(
    ("million", "words"),
    [(19264.0, "$19.3B"), (1000.0, "$1.0B"), (293.2, "$293M"), (10.0, "$10M"), (0.42, "$0.4M")],
)
def test_sales_are_written_short(million: float, words: str) -> None:
    assert dollar_words(million) == words
