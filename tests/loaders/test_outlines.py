"""Outlines of counties: every border once, thinned without a gap, with the old Connecticut."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.editions.store.edition import open_edition
from clusteratlas.errors import SourceError
from clusteratlas.loaders.places.outlines import COUNTY_OUTLINES, outline_points
from clusteratlas.loaders.places.simplified import (
    UNITS,
    Stretch,
    of_old_counties,
    outlines_text,
    packed_outlines,
    stretches,
    weights,
)

FILE = Path(__file__).resolve().parents[2] / (
    "clusteratlas/queries/draw/ground/county_outlines.txt"
)


def topology(shapes: dict[str, list[object]], arcs: list[list[list[int]]]) -> str:
    geometries = [{"type": "Polygon", "id": i, "arcs": rings} for i, rings in shapes.items()]
    return json.dumps(
        {
            "type": "Topology",
            "transform": {"scale": [0.5, 0.25], "translate": [-100, 40]},
            "objects": {"counties": {"type": "GeometryCollection", "geometries": geometries}},
            "arcs": arcs,
        }
    )


def test_a_border_has_a_county_on_either_side(tmp_path: Path) -> None:
    path = tmp_path / "us_atlas_2023_counties-10m.topojson"
    # Two squares side by side; the second goes along arc 3 and back, which is no border.
    shapes: dict[str, list[object]] = {"01001": [[0, 1]], "01003": [[-1, 2, 3, -4]]}
    arcs = [[[2, 0], [0, 4]], [[2, 4], [-2, 0], [0, -4], [2, 0]]]
    arcs += [[[2, 0], [2, 0], [0, 4], [-2, 0]], [[2, 4], [0, 1]]]
    path.write_text(topology(shapes, arcs))
    frame = COUNTY_OUTLINES.load(path)
    assert [tuple(row) for row in frame.astype("object").to_numpy().tolist()][:2] == [
        (0, 0, -99.0, 40.0, "01001", "01003"),
        (0, 1, -99.0, 41.0, "01001", "01003"),
    ]
    assert frame.groupby("arc").size().tolist() == [2, 4, 4]
    assert frame["b"].isna().tolist() == [False] * 2 + [True] * 8
    found = stretches(frame)
    assert found[0] == Stretch(((-99 * UNITS, 40 * UNITS), (-99 * UNITS, 41 * UNITS)), *shapes)


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "us_atlas_2023_counties-10m.topojson"
    path.write_text('{"type": "Topology", "objects": {"counties": {"geometries": []}}}')
    with pytest.raises(SourceError, match="is not quantized TopoJSON"):
        COUNTY_OUTLINES.load(path)


def test_a_point_weighs_as_its_triangle() -> None:
    # At the equator a unit is 111.2 / 400 km long either way. Of the points between the ends, the
    # second makes the smallest triangle (2 units high, 10 wide) and goes first; then the third one
    # (at 10 of 30 along, 20 high), then the first.
    unit = (111.2 / UNITS) ** 2
    assert weights([(0, 0), (10, 0)]) == [float("inf")] * 2
    line = [(0, 0), (10, 1), (20, 0)]
    assert weights(line) == pytest.approx([float("inf"), 10 * unit, float("inf")], rel=1e-4)
    # A point that goes late never weighs less than one that went before it.
    line = [(0, 0), (10, 40), (20, 41), (30, 42), (40, 0)]
    first, *rest = weights(line)[1:-1]
    # (20, 41) lies on the line of its neighbors; then (30, 42) weighs 10 * 40 + ... by hand:
    # triangle (10, 40), (30, 42), (40, 0): |20 * -40 - 30 * 2| / 2 = 430;
    # triangle (0, 0), (10, 40), (30, 42): |10 * 42 - 30 * 40| / 2 = 390, which goes before it,
    # and then (0, 0), (30, 42), (40, 0): 40 * 42 / 2 = 840.
    assert rest[0] == 0
    assert [first, rest[1]] == pytest.approx([390 * unit, 840 * unit], rel=1e-4)


@given(
    st.lists(
        st.tuples(st.integers(-60000, -30000), st.integers(8000, 28000)), min_size=2, max_size=30
    )
)
def test_ends_stay_and_weights_are_areas(points: list[tuple[int, int]]) -> None:
    found = weights(points)
    assert len(found) == len(points)
    assert found[0] == found[-1] == float("inf")
    assert all(weight >= 0 for weight in found)
    # Along the line the other way the same points are dropped at last.
    assert max(found[1:-1], default=0) == pytest.approx(max(weights(points[::-1])[1:-1], default=0))


def test_old_lines_of_connecticut_end_on_its_new_outline() -> None:
    # A planning region from x 0 to 40, cut at x 20 by the older file, whose outline is 1 off.
    new = [
        Stretch(((0, 0), (10, 0), (19, 0), (40, 0)), "09110"),
        Stretch(((40, 0), (40, 20), (21, 20), (0, 20), (0, 0)), "09110", "25001"),
        Stretch(((5, 5), (9, 9)), "09110", "09120"),
        Stretch(((90, 0), (99, 9)), "02063", "02066"),
        Stretch(((90, 0), (95, 9)), "02020", "02066"),
    ]
    old = [
        Stretch(((20, 1), (0, 1), (0, 21), (20, 21)), "09001"),
        Stretch(((20, 1), (40, 1), (40, 21), (20, 21)), "09003", "25001"),
        Stretch(((20, 1), (22, 9), (20, 21)), "09001", "09003"),
    ]
    found = {(s.a, s.b, s.points) for s in of_old_counties(new, old)}
    assert found == {
        ("09001", None, ((0, 0), (10, 0), (19, 0))),
        ("09003", None, ((19, 0), (40, 0))),
        ("09003", "25001", ((40, 0), (40, 20), (21, 20))),
        ("09001", "25001", ((21, 20), (0, 20), (0, 0))),
        ("09001", "09003", ((19, 0), (22, 9), (21, 20))),
        ("02020", "02261", ((90, 0), (95, 9))),
    }


def test_a_line_says_which_steps_are_for_close_views_alone() -> None:
    far, near = 400, 2
    bend = Stretch(((-40000, 0), (-40000 + far, far), (-40000 + 2 * far, 0)), "01001", "01003")
    kink = Stretch(
        ((-40000, 0), (-40000 + 50 * near, near), (-40000 + 100 * near, 0)), "01001", "01005"
    )
    rest = [Stretch(((i, 0), (i, 9)), "01003", "01005") for i in range(3)]
    text = outlines_text(
        [kink, bend, Stretch(((0, 0), (0, 9)), "01001"), *rest], ["heading"]
    ).splitlines()
    assert text[0] == "# heading"
    assert "01001 01005 -40000,0 100;2 100,-2" in text
    assert "01001 01003 -40000,0 400,400 400,-400" in text


@pytest.mark.data
def test_the_packed_file_is_made_of_the_publisher_s(data_dir: Path) -> None:
    assert FILE.read_text("utf-8") == packed_outlines(data_dir)


@pytest.mark.data
def test_thinning_moves_no_end(data_dir: Path) -> None:
    old = stretches(outline_points(data_dir / "geography" / "counties_eas_cbsas.topojson"))
    inside = [s for s in old if {s.a[:2], (s.b or "")[:2]} == {"09"}]
    assert {c for s in inside for c in (s.a, s.b)} == {f"090{n:02d}" for n in range(1, 16, 2)}


def test_every_county_of_the_edition_has_a_whole_outline() -> None:
    lines = [line.split() for line in FILE.read_text("utf-8").splitlines() if line[0] != "#"]
    ends: dict[str, Counter[tuple[int, int]]] = defaultdict(Counter)
    for a, b, first, *steps in lines:
        x, y = (int(part) for part in first.split(","))
        pairs = [step.replace(";", ",").split(",") for step in steps]
        last = (x + sum(int(p[0]) for p in pairs), y + sum(int(p[1]) for p in pairs))
        for county in {a, b} - {"-"}:
            ends[county] += Counter([(x, y), last])
    regions = open_edition().table("regions")
    counties = set(regions[regions["type"] == "county"]["code"])
    assert set(ends) == counties
    odd = {c for c, points in ends.items() if any(n % 2 for n in points.values())}
    assert odd == set()
    assert FILE.stat().st_size < 450_000
    assert all(a < b or b == "-" for a, b, *_ in lines)
