"""Maps of one figure and of what leads: colors by scale, names apart, withheld and absent apart."""

from __future__ import annotations

from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.draw.areas.keys import Swatch, swatch_mark
from clusteratlas.queries.draw.canvas import Svg, overlapping
from clusteratlas.queries.draw.ground.national.plane import HIGH, WIDE, nation_shape
from clusteratlas.queries.draw.national.families import (
    answer_families,
    family_colors,
    family_swatches,
)
from clusteratlas.queries.draw.national.measured import (
    MeasuredMap,
    answer_areas,
    area_id,
    region_figure,
    spanned,
)
from clusteratlas.queries.draw.scales import RATIO, color_steps, nearest_round
from clusteratlas.queries.language.answer import Answer


def areas_of(answer: Answer) -> dict[str, tuple[str, str]]:
    """Class and fill of the group that each area's path is in, by the id of the path."""
    svg = Svg("map", WIDE, HIGH, "", "")
    MeasuredMap(answer).draw(svg, 0, one_by_one=True)
    root = ElementTree.fromstring(svg.markup())  # noqa: S314 (our own)
    return {
        path.attrib["id"]: (group.attrib.get("class", ""), group.attrib.get("fill", ""))
        for group in root.iter("g")
        for path in group.findall("path")
        if "id" in path.attrib
    }


def test_each_area_has_the_color_of_its_figure(embedded: Atlas) -> None:
    """One that is filled wrongly fails here."""
    for measure in ("lq", "jobs", "growth", "wage"):
        answer = embedded.ask("map", cluster="drugs", type="county", measure=measure)
        scale = MeasuredMap(answer).scale
        found = areas_of(answer)
        assert set(found) == {area_id(r.key) for r in answer.rows}
        for row in answer.rows:
            class_, fill = found[area_id(row.key)]
            if row.known == "withheld":
                assert fill == "url(#hatch-withheld)"
                continue
            step = scale.class_of(row.value)
            ends = {scale.class_of(v) for v in (row.value_low, row.value_high) if v is not None}
            if row.known == "published" or ends <= {step}:
                assert class_ == f"area {step}"
            else:
                assert (class_, fill) == ("area", f"url(#hatch-{step})")


def test_withheld_and_not_there_are_drawn_apart(embedded: Atlas) -> None:
    answer = embedded.ask("map", cluster="boats", type="county")
    found = areas_of(answer)
    assert found["r25025"] == ("area", "url(#hatch-withheld)")
    assert found["r25017"] == ("area lined", "")
    words = {e.words: e.count for e in MeasuredMap(answer).entries}
    assert words["there, but withheld"] == words["not there"] == 1
    counted = [e for e in MeasuredMap(answer).entries if e.class_[:1] == "m"]
    assert sum(e.count or 0 for e in counted if not e.hatched) == 1
    said = {r.key: region_figure(r) for r in answer.rows}
    assert said["county:25017"] == "not there"
    assert said["county:25025"].startswith("withheld: at most")


def test_hot_spots_and_strong_regions_are_outlined(embedded: Atlas) -> None:
    answer = embedded.ask("map", cluster="drugs", type="county")
    svg = Svg("map", WIDE, HIGH, "", "")
    drawing = MeasuredMap(answer, {"county:25017"})
    drawing.draw(svg, 0, one_by_one=True)
    shape = nation_shape(frozenset({"25017"})).path
    assert f'<path d="{shape}" class="hot-area"/>' in svg.markup()
    assert {e.words: e.count for e in drawing.entries}["hot spot"] == 1
    strong = {r.key for r in answer.rows if r.strong}
    assert drawing.outlined["strong-area"] == strong


@pytest.mark.parametrize("type_", ["state", "ea", "cbsa", "county"])
def test_names_lie_on_nothing(type_: str, shipped: Atlas) -> None:
    for cluster, measure in (("biopharma", "lq"), ("automotive", "growth"), ("", "strength")):
        answer = shipped.ask("map", cluster=cluster, measure=measure, type=type_, limit=1)
        svg = answer_areas(answer, answer.rows)
        assert overlapping(svg.boxes) == 0
        assert len(svg.boxes) > 10
        assert all(b.left >= 0 and b.right <= svg.width for b in svg.boxes)
        assert all(b.top >= 0 and b.bottom <= svg.height for b in svg.boxes)
    leaders = shipped.ask("leaders", type=type_)
    assert overlapping(answer_families(leaders, leaders.rows).boxes) == 0


def test_all_counties_are_few_bytes(shipped: Atlas) -> None:
    import gzip

    answer = shipped.ask("map", cluster="biopharma", type="county", limit=1)
    svg = Svg("map", WIDE, HIGH, "", "")
    MeasuredMap(answer).draw(svg, 0, one_by_one=True)
    text = svg.markup().encode()
    assert text.count(b' id="r') > 3100
    assert len(gzip.compress(text)) < 150_000
    assert len(answer_areas(answer, ()).markup()) < 300_000


def test_an_outline_is_a_dot_where_it_is_small() -> None:
    assert nation_shape(frozenset()).path == ""
    assert not nation_shape(frozenset()).small(5)
    assert nation_shape(frozenset({"51610"})).small(4)  # Falls Church
    assert not nation_shape(frozenset({"25017"})).small(4)


@given(st.lists(st.floats(0.001, 1e7), max_size=60))
def test_borders_are_round_and_figures_are_between_theirs(values: list[float]) -> None:
    scale = color_steps(values, "jobs")
    assert list(scale.breaks) == sorted(set(scale.breaks))
    assert len(scale.classes) == len(scale.words) == len(scale.breaks) + 1 <= 6
    for value in values:
        step = scale.classes.index(scale.class_of(value))
        assert step == sum(value >= b for b in scale.breaks)
    steps = [b - a for a, b in pairwise(scale.breaks)]
    even = all(step == pytest.approx(steps[0], rel=1e-6) for step in steps)
    assert even or all(b == nearest_round(b) for b in scale.breaks)


@given(st.lists(st.integers(-90, 300).map(lambda n: n / 100), min_size=1, max_size=60))
def test_growth_parts_at_zero(values: list[float]) -> None:
    scale = color_steps(values, "share")
    if min(values) < 0:
        assert scale.breaks[2] == 0
        assert scale.class_of(-1e-9) == "d2"
        assert scale.class_of(0.0) == "d3"
        assert [-b for b in reversed(scale.breaks)] == list(scale.breaks)
    else:
        assert scale.letter == "m"


def test_scales_by_hand() -> None:
    assert color_steps([0.2, 7.0], "ratio").breaks == RATIO
    assert color_steps([], "ratio").breaks == RATIO
    assert color_steps([], "jobs").words == ("all of them",)
    assert color_steps([0, 0], "jobs").class_of(0) == "m2"
    near = color_steps([50_000, 60_000, 70_000, 80_000, 90_000, 100_000], "USD")
    assert near.breaks == (60_000, 70_000, 80_000, 90_000, 100_000)
    assert near.words[0] == "below 60,000"
    far = color_steps([10.0**k for k in range(7)], "jobs")
    assert far.breaks == (10, 100, 10_000, 100_000, 1_000_000)
    assert [nearest_round(v) for v in (0, 3, 3.5, 8, 0.012)] == [0, 2, 5, 10, 0.01]


def test_a_swatch_by_itself_is_hatched_as_on_the_map() -> None:
    assert 'fill="url(#hatch-m3)"' in swatch_mark(Swatch("m3", "", 1, hatched=True))
    assert 'class="swatch m3"' in swatch_mark(Swatch("m3", "", 1))


class Row:
    """A region of a map, as far as its words need."""

    def __init__(self, known: str, value: Any, low: Any, high: Any, unit: str = "jobs") -> None:
        self.known, self.value, self.value_low, self.value_high = known, value, low, high
        self.unit = unit


def test_figures_in_words() -> None:
    assert region_figure(Row("published", 1234, 1234, 1234)) == "1,234"
    assert region_figure(Row("estimated", 1234, 1000, 2000)) == "1,234 (1,000-2,000)"
    assert region_figure(Row("estimated", 0.1, -0.1, None, "share")) == "10% (-10%-?)"
    assert region_figure(Row("estimated", 0.1, None, None, "share")) == "about 10%"
    assert region_figure(Row("withheld", None, None, None)) == "there, but withheld"
    assert spanned(Row("estimated", 1234, 1000, 2000)) == "1,000 to 2,000"
    assert spanned(Row("published", 1.234, 1.2341, 1.2341, "ratio")) == "1.23"


def test_families_with_most_have_colors_of_their_own(embedded: Atlas, shipped: Atlas) -> None:
    small = embedded.ask("leaders", type="county")
    assert family_colors(small) == {"Coastal Industries": "f0"}
    key = {e.words: e.count for e in family_swatches(small)}
    assert key["Coastal Industries"] == len(small.backdrop) - (key.get("no strong cluster") or 0)
    answer = shipped.ask("leaders")
    colors = family_colors(answer)
    assert len(colors) == 7
    assert "f4" not in colors.values()  # gray is for all others
    assert sum(e.count or 0 for e in family_swatches(answer)) == len(answer.backdrop)
    svg = answer_families(answer, answer.rows).markup()
    assert svg.count("data-key") == sum(a.figures is not None for a in answer.backdrop)
    for area in answer.backdrop[:20]:
        shade = colors.get(area.figures.family, "f4")
        group = svg[: svg.index(f'@{area.key}"')].rpartition('<g class="area family ')[2]
        assert group.startswith(f'{shade}"'), area
