"""Maps of answers: areas of their color, unions of counties, nothing lost at the edge."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import cos, pi, radians, sin
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.draw.areas.choropleth import ABSENT, STEPS
from clusteratlas.queries.draw.areas.keys import Swatch, area_key
from clusteratlas.queries.draw.canvas import Svg
from clusteratlas.queries.draw.ground.outlines import (
    PARTS,
    Place,
    Plane,
    Tracing,
    county_borders,
    extent,
)
from clusteratlas.queries.draw.pictures import drawn, picture
from clusteratlas.queries.language.answer import Answer

SVG = "{http://www.w3.org/2000/svg}"


def elements(answer: Answer, tag: str, class_: str) -> list[ElementTree.Element]:
    svg = ElementTree.fromstring(picture(answer).markup())  # noqa: S314 (our own)
    return [e for e in svg.iter(tag) if class_ in e.attrib.get("class", "").split()]


def flat(longitude: float, latitude: float) -> tuple[float, float]:
    """Longitudes at their true length by the equal-area projection of a cylinder."""
    return 1000 * radians(longitude), -1000 * sin(radians(latitude))


@pytest.fixture(scope="module")
def plane() -> Plane:
    return Plane(flat)


def ring_area(line: Sequence[Place]) -> float:
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(line)) / 2


def test_outlines_are_rings_and_small_where_they_should_be(plane: Plane) -> None:
    suffolk = plane.outline(["25025"])
    assert suffolk.lines
    assert all(line[0] == line[-1] for line in suffolk.lines)
    assert plane.outline([]).lines == []
    assert plane.outline([]).path == ""
    assert plane.outline(["no such"]).lines == []
    assert not plane.outline([]).small(5)
    dot = Tracing([[(10, 10), (30, 10), (10, 40), (10, 10)]])
    assert dot.small(3)
    assert not dot.small(2.9)
    assert dot.middle == (2, 2.5)
    assert dot.path == "M10 10l20 0-20 30z"
    assert Tracing([[(0, 5), (3, 1), (9, 9)]]).path == "M0 5l3-4 6 8"


def test_a_union_is_as_large_as_its_counties(plane: Plane) -> None:
    """On an equal-area plane, to rounding: borders that are shared cancel out."""
    massachusetts = [c for c in plane.counties if c.startswith("25")]
    assert len(massachusetts) == 14
    one = sum(abs(ring_area(r)) for r in plane.outline(massachusetts).lines)
    parts = sum(abs(ring_area(r)) for c in massachusetts for r in plane.outline([c]).lines)
    assert one == pytest.approx(parts, rel=1e-9)
    # The Census gives 20,202 km2 of land; outlines go along the coast.
    earth = 4 * pi * 6371**2
    assert one / PARTS**2 / 1e6 * earth / (4 * pi) == pytest.approx(20_900, rel=0.04)


def test_every_county_is_there_and_states_are_unions_of_counties(plane: Plane) -> None:
    assert len(plane.counties) == 3142
    assert len({c[:2] for c in plane.counties}) == 51
    assert {c for c in plane.counties if c.startswith("09")} == {
        f"090{n:02d}" for n in range(1, 16, 2)
    }
    # Colorado has no coast: its part of the borders of states is all of its outline.
    colorado = plane.outline(c for c in plane.counties if c.startswith("08"))
    border = {frozenset(p) for line in colorado.lines for p in pairwise(line)}
    states = {frozenset(p) for line in plane.states.lines for p in pairwise(line)}
    assert border
    assert border <= states
    inner = plane.inside_states(lambda a, b: a != b)
    within = {frozenset(p) for line in inner.lines for p in pairwise(line)}
    # Islands narrower than a tenth of a pixel shrink onto the line beside them.
    assert len(states & within) < 0.002 * len(within)
    left_out = plane.inside_states(lambda a, _: a.startswith("08"))
    assert 0 < len(left_out.lines) < len(inner.lines)


def test_close_views_have_more_points_and_only_what_they_reach() -> None:
    box = extent(["25025"])
    assert box is not None
    west, south, east, north = box
    assert (-71.3, 42.2) < (west, south) < (east, north) < (-70.8, 42.5)
    assert extent(["no such"]) is None

    def near(longitude: float, latitude: float) -> tuple[float, float]:
        return 2000 * (longitude - west), 2000 * (north - latitude)

    close = Plane(near, (400, 400))
    assert "25025" in close.counties
    assert len(close.counties) < 15
    for county in close.counties:
        left, top, right, bottom = close.outline([county]).box
        assert (left, top) >= (-20.1, -20.1)
        assert max(right, bottom) <= 420.1
    assert sum(len(b.points) for b in county_borders(close=True)) > sum(
        len(b.points) for b in county_borders(close=False)
    )


@given(st.floats(-30, 30), st.floats(0.1, 3), st.integers(3, 12))
def test_what_is_cut_stays_inside_its_view(shift: float, size: float, corners: int) -> None:
    """A regular polygon around the middle of a view is cut to the view and a bit around it."""
    from clusteratlas.queries.draw.ground.outlines import _cut

    angles = [2 * pi * i / corners for i in range(corners)]
    ring = [
        (round(PARTS * (50 + shift + 80 * size * cos(a))), round(PARTS * (50 + 80 * size * sin(a))))
        for a in angles
    ]
    cut = _cut([*ring, ring[0]], 100, 100)
    assert cut[0] == cut[-1]
    assert all(-20 * PARTS <= v <= 120 * PARTS for p in cut for v in p)
    assert abs(ring_area(cut)) <= abs(ring_area([*ring, ring[0]])) * (1 + 1e-9)
    whole = all(-20 <= v / PARTS <= 120 for p in ring for v in p)
    if whole:
        assert set(cut) == set(ring)


def test_areas_have_the_color_of_their_figure(embedded: Atlas) -> None:
    answer = embedded.ask("top-regions", cluster="drugs", type="county")
    assert [len(answer.backdrop), len(drawn(answer))] == [3, 3]
    areas = [e for e in elements(answer, "path", "area") if e.find("title") is not None]
    found = {str(e.findtext("title")).splitlines()[0]: e for e in areas}
    assert set(found) == {f"key: {r.key}" for r in answer.rows}
    for row in answer.rows:
        area = found[f"key: {row.key}"]
        step = sum(row.lq >= bound for _, bound in STEPS if bound is not None)
        low, high = (
            sum(value >= bound for _, bound in STEPS if bound is not None)
            for value in (row.lq_low, row.lq_high)
        )
        if low == high:
            assert area.attrib["class"] == f"area m{step}"
        else:
            assert area.attrib["fill"] == f"url(#hatch-m{step})"
    circles = elements(answer, "circle", "round")
    assert len(circles) == 3
    sizes = [row.jobs for row in sorted(answer.rows, key=lambda r: (-r.jobs, r.key))]
    assert [float(c.attrib["r"]) / float(circles[0].attrib["r"]) for c in circles] == [
        pytest.approx((n / sizes[0]) ** 0.5, abs=0.01) for n in sizes
    ]


def test_what_is_not_there_is_empty_and_counted(embedded: Atlas) -> None:
    answer = embedded.ask("top-regions", cluster="boats", type="county")
    absent = [a for a in answer.backdrop if a.figures is None]
    words = {str(e.text) for e in elements(answer, "text", "key")}
    assert absent
    assert f"none published or likely ({len(absent)})" in words
    assert "outside such regions" in words
    assert len(elements(answer, "path", "absent")) == 1
    assert ABSENT.class_ == "absent"


def test_metropolitan_areas_are_unions_of_their_counties(embedded: Atlas) -> None:
    answer = embedded.ask("top-regions", cluster="drugs")
    inside = {a.key: a.counties for a in answer.backdrop}
    assert {"25017", "25025"} <= inside["cbsa:14460"]


def test_hot_spots_have_colors_of_their_own(embedded: Atlas) -> None:
    answer = embedded.ask("hotspots", cluster="drugs")
    words = [str(e.text) for e in elements(answer, "text", "key")]
    assert words[:3] == ["hot spot (0)", "cold spot (0)", "neither (3)"]
    close = embedded.ask("neighbors", cluster="drugs", region="county:25025")
    assert elements(close, "path", "inset") == []
    assert len(elements(answer, "path", "inset")) == 1


def test_a_region_without_an_outline_is_a_circle_of_its_color(embedded: Atlas) -> None:
    answer = embedded.ask("top-regions", cluster="drugs", type="county")
    bare: list[Any] = [type(a)(a.key, a.name, frozenset(), a.figures) for a in answer.backdrop]
    object.__setattr__(answer, "backdrop", bare)
    classes = [c.attrib["class"].split() for c in elements(answer, "circle", "round")]
    assert len(classes) == 3
    assert all("open" not in names for names in classes)
    assert elements(answer, "path", "area") == []


def test_a_point_off_its_outline_is_drawn_on_it(embedded: Atlas) -> None:
    answer = embedded.ask("top-regions", cluster="drugs", type="county")
    first = min(answer.rows, key=lambda r: (-r.jobs, r.key))
    before = elements(answer, "circle", "round")[0].attrib
    object.__setattr__(first, "longitude", -150.0)
    object.__setattr__(first, "latitude", 40.0)
    after = elements(answer, "circle", "round")[0].attrib
    assert after["r"] == before["r"]
    assert float(after["cx"]) == pytest.approx(float(before["cx"]), abs=10)
    assert float(after["cy"]) == pytest.approx(float(before["cy"]), abs=10)
    top = max(float(e.attrib["y"]) for e in elements(answer, "text", "key"))
    assert all(float(e.attrib["y"]) > top for e in elements(answer, "text", "name"))


def test_regions_of_one_s_own_are_seen_close_by_their_whole_name(embedded: Atlas) -> None:
    answer = embedded.ask("top-regions", cluster="drugs", type="county")
    own: list[Any] = [
        type(a)(f"custom:{a.key[-5:]}", a.name, a.counties, a.figures) for a in answer.backdrop
    ]
    object.__setattr__(answer, "backdrop", own)
    for row in answer.rows:
        object.__setattr__(row, "key", f"custom:{row.key[-5:]}")
    assert elements(answer, "path", "inset") == []
    names = {str(e.text) for e in elements(answer, "text", "name")}
    assert names == {r.name for r in answer.rows}


def test_a_key_breaks_its_line() -> None:
    svg = Svg("key", 200, 0, "", "")
    entries = [Swatch(f"m{i}", f"color {i}", i) for i in range(5)]
    bottom = area_key(svg, "title", entries, 200)
    assert bottom > 40
    assert all(box.right <= 200 for box in svg.boxes)
