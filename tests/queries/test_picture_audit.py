"""No text on another and none beyond the edge, in any picture of any question's examples."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.pictures import contact_sheet, faults, in_light, shown, texts
from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.atlas.registry import QUESTIONS
from clusteratlas.queries.draw.canvas import Svg, text_width
from clusteratlas.queries.draw.palette import DARK, LIGHT, style_sheet
from clusteratlas.queries.draw.pictures import picture_bytes, save

COUNTY_MAP = 300_000
"""Bytes that a map of all counties may have at most."""


def test_texts_are_found_wherever_they_are_moved() -> None:
    inner, outer = Svg("inner", 50, 50, "", ""), Svg("outer", 200, 100, "title", "")
    inner.label(10, 20, "words", "row")
    inner.upright(30, 40, "up")
    outer.put(inner, 5, 7)
    with outer.within("g", transform="translate(10 5) scale(2)"):
        outer.add("text", "large", x=0, y=10, class_="row", text_anchor="end")
    flat, up, large = texts(outer.markup(style_sheet()))
    assert [t.words for t in (flat, up, large)] == ["words", "up", "large"]
    assert (flat.box.left, flat.box.right) == pytest.approx((15, 15 + text_width("words", 12)))
    assert (up.box.top + up.box.bottom) / 2 == pytest.approx(47)
    assert up.box.bottom - up.box.top == pytest.approx(text_width("up", 12))
    assert up.box.right - up.box.left == pytest.approx(12 * 0.97)
    assert (large.box.left, large.box.right) == pytest.approx(
        (10 - 2 * text_width("large", 12), 10)
    )
    for found, kept in zip((flat, up), outer.boxes, strict=True):
        assert (found.box.left, found.box.top) == pytest.approx((kept.left, kept.top))


def test_what_lies_badly_is_said() -> None:
    svg = Svg("bad", 100, 50, "", "")
    svg.label(10, 20, "one")
    svg.label(20, 22, "two")
    svg.label(80, 40, "too far")
    assert faults(svg.markup()) == ["on one another: 'one', 'two'", "beyond the edge: 'too far'"]
    good = Svg("good", 100, 50, "", "")
    good.label(10, 20, "one")
    good.label(10, 40, "two")
    assert faults(good.markup()) == []


def test_a_sheet_has_each_picture_in_light_and_dark(shipped: Atlas) -> None:
    (one,) = shown(shipped, ["definitions"])
    page = contact_sheet([one])
    assert page.count("<img ") == 2
    assert "1 pictures, 0 texts that lie badly" in page
    assert LIGHT["paper"] != DARK["paper"]
    assert "@media not all" in in_light(one.svg)
    assert "@media all" in in_light(one.svg, dark=True)


@pytest.mark.parametrize("id_", QUESTIONS)
def test_pictures_of_the_examples_have_no_text_on_another(id_: str, shipped: Atlas) -> None:
    found = list(shown(shipped, [id_]))
    assert {one.name: one.faults for one in found if one.faults} == {}
    if QUESTIONS[id_].picture.kind == "map":
        assert max(len(one.svg) for one in found) <= COUNTY_MAP


@pytest.mark.parametrize("cluster", ["biopharma", "business services", "local restaurants"])
def test_maps_of_all_counties_are_small(cluster: str, shipped: Atlas, tmp_path: Path) -> None:
    answer = shipped.ask("top-regions", cluster=cluster, type="county")
    save(answer, tmp_path / "map.svg")
    text = (tmp_path / "map.svg").read_text("utf-8")
    assert len(text) <= COUNTY_MAP
    assert faults(text) == []


def test_the_picture_of_the_first_page_is_what_is_drawn(shipped: Atlas) -> None:
    """Written by `clusteratlas ask anatomy biopharma boston --plot docs/pictures/anatomy.svg`."""
    root = Path(__file__).resolve().parent.parent.parent
    drawn = picture_bytes(shipped.ask("anatomy", cluster="biopharma", region="boston"), "svg")
    assert (root / "docs" / "pictures" / "anatomy.svg").read_bytes() == drawn
    assert "docs/pictures/anatomy.svg" in (root / "README.md").read_text("utf-8")
