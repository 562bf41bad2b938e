"""Pictures of answers: the right marks, of the right length, and no text on other text."""

from __future__ import annotations

import itertools
from xml.etree import ElementTree

import pytest

from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.draw.axes import Scale, ticks
from clusteratlas.queries.draw.canvas import (
    Box,
    fitted,
    overlapping,
    text_box,
    text_width,
    wrapped,
)
from clusteratlas.queries.draw.change.quadrants import _corner
from clusteratlas.queries.draw.labels import Placer
from clusteratlas.queries.draw.palette import DARK, LIGHT, style_sheet
from clusteratlas.queries.draw.pictures import drawn, picture
from clusteratlas.queries.language.answer import Answer, column_title, value_words
from clusteratlas.queries.numbers import quantity


def marks(answer: Answer, tag: str, class_: str) -> list[ElementTree.Element]:
    svg = ElementTree.fromstring(picture(answer).markup())  # noqa: S314 (our own)
    return [e for e in svg.iter(tag) if class_ in e.attrib.get("class", "").split()]


def test_bars_are_as_many_and_as_long_as_the_rows_say(embedded: Atlas) -> None:
    answer = embedded.ask("cluster", cluster="drugs")
    rows = sorted(drawn(answer), key=lambda r: -r.jobs)
    found = marks(answer, "rect", "length")
    assert len(found) == len(rows) > 1
    lengths = [float(e.attrib["width"]) for e in found]
    assert lengths[0] > 0
    expected = [lengths[0] * r.jobs / rows[0].jobs for r in rows]
    assert lengths == pytest.approx(expected, abs=0.02)
    for row, bar in zip(rows, found, strict=True):
        assert {f"name: {row.name}", f"jobs: {row.jobs:,}"} <= set(
            str(bar.findtext("title")).splitlines()
        )


def test_bubbles_are_where_their_figures_are(embedded: Atlas) -> None:
    answer = embedded.ask("region", region="boston")
    rows = drawn(answer)
    found = marks(answer, "circle", "bubble")
    assert len(found) == len(rows)
    by_name = {str(e.findtext("title")).split("name: ")[1].split("\n")[0]: e for e in found}
    right = [float(by_name[r.name].attrib["cx"]) for r in sorted(rows, key=lambda r: r.lq)]
    assert right == sorted(right)
    high = [float(by_name[r.name].attrib["cy"]) for r in sorted(rows, key=lambda r: -r.jobs)]
    assert high == sorted(high)


def test_a_network_has_a_node_and_a_tie_for_every_row(embedded: Atlas) -> None:
    answer = embedded.ask("related", cluster="drugs")
    count = sum(1 for r in drawn(answer) if r.key not in answer.centers)
    assert len(marks(answer, "circle", "node")) == count > 0
    assert len(marks(answer, "path", "tie")) == count


def test_states_of_industries_look_different_and_the_key_has_them(embedded: Atlas) -> None:
    answer = embedded.ask("anatomy", cluster="boats", region="boston")
    builders, ships = (r for r in drawn(answer) if r.section == "core")
    assert (builders.presence, ships.presence) == ("withheld", "missing")
    (withheld,) = marks(answer, "g", "is-withheld")
    assert len(marks(answer, "g", "is-missing")) >= 1
    words = {str(e.text) for e in marks(answer, "text", "key")}
    assert {"strong here", "missing here", "not measured"} <= words
    # Bounds are in the words of the node.
    assert "jobs: 50 (0-80)" in str(withheld.findtext("title")).splitlines()
    nobody = embedded.ask("anatomy", cluster="drugs", region="ea:19")
    unknown = marks(nobody, "g", "is-not-known")
    assert len(unknown) >= 4
    discs = [circle for e in unknown if len(e) < 5 for circle in e.iter() if "circle" in circle.tag]
    assert all("broken" in str(circle.get("class")) for circle in discs)


def test_bands_are_as_wide_as_the_sales(embedded: Atlas) -> None:
    answer = embedded.ask("suppliers", cluster="drugs")
    rows = sorted(drawn(answer), key=lambda r: (-r.million_usd, r.key))
    wide = [float(e.attrib["d"].split("v")[1].split("C")[0]) for e in marks(answer, "path", "flow")]
    assert len(wide) == len(rows)
    parts = [r.million_usd / sum(r.million_usd for r in rows) for r in rows]
    assert [w / sum(wide) for w in wide] == pytest.approx(parts, abs=1e-3)


def test_widths_are_those_of_helvetica() -> None:
    # Adobe's metrics: H 722, e 556, l 222, v 500, t 278, i 222, c 500, a 556.
    assert text_width("Helvetica", 1000) == 722 + 556 + 222 + 556 + 500 + 278 + 222 + 500 + 556
    assert text_width("Hl", 10, bold=True) > text_width("Hl", 10)


def test_text_is_cut_and_broken_to_its_room() -> None:
    assert fitted("short", 100, 12) == "short"
    cut = fitted("a long name that has no room", 60, 12)
    assert cut.endswith("…")
    assert text_width(cut, 12) <= 60
    lines = wrapped("one two three four five six", 50, 12, 2)
    assert len(lines) == 2
    assert all(text_width(line, 12) <= 50 for line in lines)


def side(line: tuple[float, float, float, float], x: float, y: float) -> float:
    """Positive on one side of a line, negative on the other."""
    x1, y1, x2, y2 = line
    return (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)


def test_names_avoid_one_another_and_the_edge() -> None:
    placer = Placer(200, 100, 10, 5)
    assert placer.place(50, 50, 4, "first") == (57, 53.5, "start")
    # The right is taken for a point beside it, so its name is on the left.
    found = placer.place(52, 51, 4, "second")
    assert found is not None
    assert found[2] == "end"
    assert placer.place(51, 50, 4, "third") is None
    assert placer.place(190, 90, 4, "at the edge") is not None
    assert overlapping(placer.taken) == 0
    free = Placer(200, 100, 10, 5, around=True)
    spots = [free.place(100, 50, 4, "name") for _ in range(5)]
    assert [s and s[2] for s in spots] == ["start", "end", "middle", "middle", None]
    assert overlapping(free.taken) == 0
    assert free.lines == []
    # Other points beside it, not names: the name goes farther, and a line leads to it.
    beside = Placer(200, 100, 10, 5, around=True)
    for x, y in ((112, 50), (88, 50), (100, 38), (100, 62)):
        beside.avoid(x, y, 8)
    found = beside.place(100, 50, 4, "name")
    assert found is not None
    assert found[2] == "start"
    (led,) = beside.lines
    assert (led[0] - 100) ** 2 + (led[1] - 50) ** 2 == pytest.approx(16)
    assert led[2] == pytest.approx(found[0] - 2)
    box = Box(0, 0, 10, 10)
    assert box.crossed(-5, -5, 15, 15)
    assert box.crossed(5, 20, 5, 5)
    assert not box.crossed(-5, 12, 15, 12)
    assert not box.crossed(-5, 8, 8, 21)
    # Lines to names do not cross: the second point would need one from below to above the first.
    crowded = Placer(120, 200, 10, 5, around=True)
    for y in range(20, 190, 12):
        crowded.avoid(50, y, 8)
        crowded.avoid(70, y, 8)
    for y in (80, 92, 104, 116):
        crowded.place(60, y, 4, "ab")
    lines = crowded.lines
    assert len(lines) > 1
    for one, other in itertools.combinations(lines, 2):
        meets = [side(one, *other[:2]) * side(one, *other[2:]) < 0]
        meets += [side(other, *one[:2]) * side(other, *one[2:]) < 0]
        assert not all(meets)
    full = Placer(20, 20, 10, 5, around=True)
    assert full.place(10, 10, 4, "a name without any room") is None
    same = text_box(0, 0, "text", 10)
    assert overlapping([same, same.moved(1, 1), same.moved(500, 0)]) == 1


def test_nothing_but_zeros_has_an_axis() -> None:
    assert ticks(0.0, 0.0) == [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    assert ticks(0.0, 10.0) == [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]


def test_small_figures_keep_their_digits_and_codes_are_words(embedded: Atlas) -> None:
    assert [quantity(0.174, unit) for unit in ("0..1", "ratio", "share")] == [
        "0.17",
        "0.2",
        "17.4%",
    ]
    answer = embedded.ask("suppliers", cluster="drugs")
    assert column_title(answer, "million_usd") == "million USD"
    answer = embedded.ask("cluster-links")
    assert column_title(answer, "bcr") == "relatedness (standard deviations)"
    assert value_words("lc_emp") == "co-located jobs"
    assert value_words("core_company") == "core company"


def test_the_word_of_a_quadrant_gives_way_to_bubbles(embedded: Atlas) -> None:
    free = _corner("star", [], 16, 700, 400)
    assert free == (700, 16)
    x, base = _corner("star", [(710.0, 10.0, 20.0)], 16, 700, 400)
    assert base == 16
    assert x + text_width("star", 13, bold=True) < 690
    x, _ = _corner("mature", [(20.0, 10.0, 20.0)], 16, 6, 400)
    assert x > 40
    # Nowhere is room: the corner.
    crowd = [(float(x), 10.0, 20.0) for x in range(0, 800, 20)]
    assert _corner("star", crowd, 16, 700, 400) == (700, 16)


def test_a_root_scale_and_its_ticks() -> None:
    scale = Scale([0.0, 100.0], 0, 100, root=True)
    assert scale(25.0) == 50.0
    spaced = scale.spaced(30)
    assert spaced[-1] == 100
    assert all(scale(b) - scale(a) >= 30 for a, b in itertools.pairwise(spaced))


def test_the_style_sheet_has_every_color_in_light_and_dark() -> None:
    assert set(LIGHT) == set(DARK)
    assert "var(" in style_sheet()
    assert "var(" not in style_sheet(dark=False)
