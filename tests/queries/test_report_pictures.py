"""Pictures of the report: projections by the book, round axes, bands that add up."""

from __future__ import annotations

import re
from math import floor, log10
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.queries.draw.axes import Scale, ticks
from clusteratlas.queries.draw.bars import histogram, shares, stability_bars
from clusteratlas.queries.draw.bubbles import Dot, scatter
from clusteratlas.queries.draw.canvas import Svg, coordinate
from clusteratlas.queries.draw.flows import sankey
from clusteratlas.queries.draw.maps import (
    BACKGROUND,
    HEIGHT,
    WIDTH,
    Place,
    albers,
    ground,
    place_of,
    region_map,
)


def parsed(markup: str) -> ElementTree.Element:
    return ElementTree.fromstring(markup)  # noqa: S314  # our own


def tips(markup: str) -> list[str]:
    return [t.text or "" for t in parsed(markup).iter("title")][1:]


def test_albers_by_the_worked_example_of_snyder() -> None:
    # Snyder 1987, Map Projections: A Working Manual, p. 291: the sphere of radius 1.
    x, y = albers(-75.0, 35.0, (-96.0, 23.0), (29.5, 45.5))
    assert x == pytest.approx(0.2952720, abs=5e-8)
    assert y == pytest.approx(0.2416774, abs=5e-8)


@pytest.mark.parametrize(
    ("longitude", "latitude"),
    [
        (-124.7, 48.4),
        (-67.0, 44.8),
        (-80.9, 25.1),
        (-97.4, 25.9),
        (-117.1, 32.5),
        (-149.9, 61.2),
        (-156.8, 71.3),
        (-174.7, 52.2),
        (179.0, 52.0),
        (-131.6, 55.3),
        (-157.9, 21.3),
        (-155.1, 19.6),
        (-159.5, 22.1),
    ],
)
def test_all_states_are_on_the_map(longitude: float, latitude: float) -> None:
    x, y = place_of(longitude, latitude)
    assert 0 <= x <= WIDTH
    assert 0 <= y <= HEIGHT


def test_the_map_keeps_east_and_north() -> None:
    boston, seattle, miami = place_of(-71.1, 42.4), place_of(-122.3, 47.6), place_of(-80.2, 25.8)
    assert seattle[0] < miami[0] < boston[0]
    assert seattle[1] < boston[1] < miami[1]


def test_the_ground_of_maps_is_the_states() -> None:
    land = ground()
    assert f'<symbol id="{BACKGROUND}"' in land
    assert [land.count(f'class="{name}"') for name in ("land", "states")] == [1, 1]
    assert len(land) < 60_000


def test_areas_of_circles_are_shares() -> None:
    places = [
        Place("Boston-Cambridge, MA", -71.1, 42.4, 0.12, "Boston: 12"),
        Place("Seattle, WA", -122.3, 47.6, 0.03, "Seattle: 3"),
    ]
    picture = parsed(region_map("m", places, "Where", "Two areas."))
    radii = [float(c.attrib["r"]) for c in picture.iter("circle")]
    assert radii[0] ** 2 / radii[1] ** 2 == pytest.approx(4, rel=0.01)
    assert [t.text for t in picture.iter("text")] == ["Boston", "Seattle"]


def test_labels_that_would_lie_on_one_another_are_left_out() -> None:
    places = [Place(f"Town{i}, ST", -100.0 + i / 50, 40.0, 0.05, str(i)) for i in range(4)]
    labels = list(parsed(region_map("m", places, "Where", "Close.")).iter("text"))
    assert len(labels) == 2
    assert {t.attrib["text-anchor"] for t in labels} == {"start", "end"}


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.integers(2, 12))
def test_ticks_are_round_and_cover_the_range(low: float, span: float, about: int) -> None:
    found = ticks(low, low + span, about)
    step = found[1] - found[0]
    assert found[0] <= low + step * 1e-6
    assert found[-1] >= low + span - step * 1e-6
    assert len(found) <= about + 3
    assert round(step / 10 ** floor(log10(step) + 1e-6), 3) in {1, 2, 5}


def test_ticks_worked() -> None:
    assert ticks(0.0, 1.0, 10) == [i / 10 for i in range(11)]
    assert ticks(73.2, 84.9) == [72.0, 74.0, 76.0, 78.0, 80.0, 82.0, 84.0, 86.0]
    assert ticks(5.0, 5.0)[0] <= 5.0 <= ticks(5.0, 5.0)[-1]
    assert Scale([10.0, 20.0], 0.0, 100.0)(15.0) == 50.0


def test_numbers_are_short() -> None:
    assert [coordinate(v) for v in (1.0, 1.234, -0.001, 0, 10.50, -2)] == [
        "1",
        "1.23",
        "0",
        "0",
        "10.5",
        "-2",
    ]


def test_text_is_escaped_everywhere() -> None:
    svg = Svg('a"b', 10, 10, "<t>", "a & b")
    svg.label(1, 2, "x < y")
    svg.link(1, 2, "go", '#"', "row")
    svg.add("circle", tip="<i>", r=1, class_='"')
    picture = parsed(svg.markup())
    assert [t.text for t in picture.iter("text")] == ["x < y", "go"]
    assert picture.find("desc") is not None
    assert picture.attrib["aria-labelledby"] == 'a"b-t a"b-d'


def test_a_scatter_draws_every_point_and_a_diagonal_where_both_axes_go() -> None:
    points = [Dot(70.0, 72.0, "tried", "one"), Dot(80.0, 81.0, "shipped", "two")]
    markup = scatter("s", points, ("x", "y"), "T", "D", diagonal=True)
    assert tips(markup) == ["one", "two"]
    assert 'class="diagonal"' in markup
    far = [Dot(1.0, 72.0, "tried", "one"), Dot(2.0, 81.0, "tried", "two")]
    assert "diagonal" not in scatter("s", far, ("x", "y"), "T", "D", diagonal=True)


def test_bars_of_stability_have_the_words_of_hennig() -> None:
    markup = stability_bars("s", [("#a", "A", 0.9, "highly stable")], "T", "D")
    assert "A: 0.90, highly stable" in tips(markup)
    widths = [float(r.attrib["width"]) for r in parsed(markup).iter("rect")]
    # From 1 down to 0: the bounds .85, .75, .6 and .5.
    assert [w / sum(widths) for w in widths] == pytest.approx([0.15, 0.1, 0.15, 0.1, 0.5], abs=1e-3)


def test_shares_are_in_proportion() -> None:
    markup = shares("s", [("core", 3), ("usual", 1), ("marginal", 0)], "T", "D")
    assert tips(markup) == ["core: 3 (75.0%)", "usual: 1 (25.0%)", "marginal: 0 (0.0%)"]
    assert tips(shares("s", [("core", 0)], "T", "D")) == ["core: 0 (0.0%)"]


def test_a_histogram_counts_every_figure_once() -> None:
    markup = histogram("h", {"traded": [0.0, 0.99, 1.0], "local": [0.04]}, "score", "T", "D")
    counts = [int(m.group(1)) for t in tips(markup) if (m := re.search(r": (\d+) industries", t))]
    assert sorted(counts) == [1, 1, 2]


FLOWS = [("a1", "b1", 10), ("a1", "b2", 2), ("a2", "b2", 6), ("a3", "b2", 1), ("a3", "b3", 1)]
NAMES = {k: k.upper() for f in FLOWS for k in f[:2]}


def test_bands_add_up_to_the_bars() -> None:
    picture = parsed(sankey("s", FLOWS, NAMES, ("one", "two"), "T", "D").markup())
    bars = [float(r.attrib["height"]) for r in picture.iter("rect")]
    assert sum(bars[:3]) == pytest.approx(sum(bars[3:]))
    assert bars[0] / bars[1] == pytest.approx(2)
    classes = [p.attrib["class"].split()[0] for p in picture.iter("path")]
    # A band that is most of both its clusters is calm: a1-b1 and a2-b2.
    assert classes.count("calm") == 2
    assert classes.count("moved") == 3


def test_the_sankey_names_both_sides_with_their_sizes() -> None:
    texts = [
        t.text
        for t in parsed(sankey("s", FLOWS, NAMES, ("one", "two"), "T", "D").markup()).iter("text")
    ]
    assert texts == ["one", "two", "A1  12", "A2  6", "A3  2", "B1  10", "B2  9", "B3  1"]
    assert (
        sankey("s", FLOWS[::-1], NAMES, ("one", "two"), "T", "D").markup()
        == sankey("s", FLOWS, NAMES, ("one", "two"), "T", "D").markup()
    )
