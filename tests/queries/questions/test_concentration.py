"""Concentration of clusters and specialization of a region, by hand."""

from __future__ import annotations

from typing import Any

import pytest

from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.draw.pictures import caption, picture
from clusteratlas.queries.language.answer import Answer
from tests.queries.test_pictures import marks

ASKED: dict[str, dict[str, str | int | float]] = {"concentration": {"region": "boston"}}


def figures(row: Any, name: str) -> tuple[float, float, float]:
    return getattr(row, name), getattr(row, f"{name}_low"), getattr(row, f"{name}_high")


def of(answer: Answer, section: str) -> list[Any]:
    return [r for r in answer.rows if r.section == section]


def test_two_regions_and_two_clusters(embedded: Atlas) -> None:
    answer = embedded.ask("concentration", region="boston")
    (boston,) = of(answer, "region")
    boats, drugs = of(answer, "cluster")
    # 14/19 of the traded jobs are in Boston: 1,350 of 1,450 in drugs, 50 of 450 in boats. Of two
    # regions the Gini is the Hoover index.
    x, y = 14 / 19, 5 / 19
    for row, share in ((drugs, 27 / 29), (boats, 1 / 9)):
        assert (row.gini, row.hoover) == pytest.approx((abs(share - x),) * 2)
    # Drugs: 1,345 to 1,357 in Boston and 95 to 107 in Providence; boats 0 to 200 and 395 to 407.
    assert figures(drugs, "hoover")[1:] == pytest.approx((1345 / 1450 - x, y - 95 / 1450))
    assert figures(boats, "hoover")[1:] == pytest.approx((395 / 450 - y, 407 / 450 - y))
    # Below the Lorenz curve are at most the two triangles that Hoover's least leaves. At least: the
    # curve of the low ends (95 of 1,440; 0 of 395), and where that of the high ones less what they
    # have too many (14 of 1,464; 157 of 607) is above it: by -2 and 10; by -157, 43 and 55.
    assert drugs.gini_low == pytest.approx(drugs.hoover_low)
    assert boats.gini_low == pytest.approx(boats.hoover_low)
    least = (y * 95 / 2 + x * (95 + 1440) / 2 + x * 10**2 / 12 / 2) / 1450
    assert drugs.gini_high == pytest.approx(1 - 2 * least)
    least = (y * 395 / 2 + x * 43**2 / 200 / 2 + y * (43 + 55) / 2) / 450
    assert boats.gini_high == pytest.approx(1 - 2 * least)
    assert (boats.position, boats.position_low, boats.position_high) == (1, 1, 1)
    assert figures(boats, "jobs") == (450, 395, 607)
    # Of Boston's 1,400 traded jobs 50 are in boats, a quarter in the nation.
    own = 50 / 1400
    assert boston.krugman == pytest.approx(2 * (0.25 - own))
    assert boston.hachman == pytest.approx(1 / (own**2 / 0.25 + (1 - own) ** 2 / 0.75))
    assert (boston.position, figures(boston, "jobs")) == (2, (1400, 1345, 1557))
    assert answer.notes[:2] == (
        "2 of 2 traded clusters",
        "figures of 2019; 3 of 3 are estimates between bounds; clusters are ranked among 2",
    )
    assert "Boston-Cambridge-Newton, MA-NH is ranked among 2 regions" in answer.notes
    assert any(note.startswith("no Ellison-Glaeser index") for note in answer.notes)


def test_four_areas(wide: Atlas) -> None:
    answer = wide.ask("concentration", region="ea:1")
    (area,) = of(answer, "region")
    found = {r.name: r for r in of(answer, "cluster")}
    # Amber: 10, 8, 0 and 2 of 20, where 16, 14, 20 and 13 of 63 traded jobs are.
    moved = (10 / 20 - 16 / 63) + (8 / 20 - 14 / 63)
    assert figures(found["Amber"], "hoover") == pytest.approx((moved, moved, moved))
    # By quotient: 0 of 20/63, 2 of 13/63, 10 of 16/63 and 8 of 14/63 follow each other (0, 0.48,
    # 1.97 and 1.8): running sums of 0, 0.1, 0.5 and 1.
    spread = (13 * 0.1 + 14 * (0.1 + 0.5) + 16 * (0.5 + 1)) / 63
    assert figures(found["Amber"], "gini") == pytest.approx((1 - spread,) * 3)
    assert found["Cloth"].hoover_low < found["Cloth"].hoover < found["Cloth"].hoover_high
    # The first area: 10, 0, 5 (2 to 7), 1 and 0 (to 4) of 16; the nation 20, 11, 10, 11, 11 of 63.
    more, less = 10 / 16 - 20 / 63, 11 / 63
    assert figures(area, "krugman") == pytest.approx(
        (
            2 * (more + 5 / 16 - 10 / 63),
            2 * more,  # what is surely above; surely below are but bells and dyes
            2 * (less + (less - 1 / 16) + less + (10 / 63 - 2 / 16)),
        )
    )
    square = 100 * 63 / 20 + 63 / 11
    assert figures(area, "hachman") == pytest.approx(
        tuple(256 / (square + n * 63 / 10 + m * 63 / 11) for n, m in ((25, 0), (49, 16), (4, 0)))
    )
    assert caption(answer) == "Concentration of traded clusters in space"
    assert len(marks(answer, "rect", "length")) == 5
    assert f">{found['Amber'].gini:.2f}<" in str(picture(answer).markup())  # not rounded to 0 or 1


def test_one_cluster_and_an_earlier_year(wide: Atlas) -> None:
    answer = wide.ask("concentration", cluster="cloth", type="ea")
    (cloth,) = answer.rows
    assert (cloth.name, cloth.jobs, cloth.jobs_low, cloth.jobs_high) == (
        "Cloth",
        10000,
        7000,
        12000,
    )
    assert (answer.shown, answer.count) == (1, 5)
    (before,) = wide.ask("concentration", cluster="cloth", type="ea", year=2017).rows
    assert (before.jobs, before.gini) == (5000, pytest.approx(cloth.gini))
    assert before.gini_low == before.gini_high


def test_what_has_no_index(embedded: Atlas) -> None:
    family = embedded.ask("concentration", cluster="coastal industries")
    assert not family.rows
    assert "no traded cluster with jobs there" in family.notes[1]
    (coast,) = embedded.ask("concentration", cluster="coastal industries", level="family").rows
    assert coast.gini == pytest.approx(0, abs=1e-12)  # it has all traded jobs
    one = embedded.ask("concentration", type="ea")
    assert not one.rows
    assert "two such regions or more" in one.notes[1]
