"""The claims of cluster theory, by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from clusteratlas.errors import InputError
from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.draw.canvas import overlapping
from clusteratlas.queries.draw.pictures import picture
from clusteratlas.queries.language.question import Context, Value
from clusteratlas.queries.questions.evidence.claims.claims import all_claims
from clusteratlas.queries.questions.evidence.shared.material import (
    EvidenceCell,
    EvidenceRegion,
    Material,
    PatentFigure,
)
from clusteratlas.queries.questions.evidence.shared.rows import EvidenceRow
from tests.queries.test_pictures import marks

ASKED: dict[str, dict[str, Value]] = {"evidence": {}}


def test_figures_of_the_tiny_atlas(atlas: Atlas) -> None:
    answer = atlas.ask("evidence")
    rows = {r.key: r for r in answer.rows}
    share = rows["traded-share"]
    # 1,990 to 2,014 of 6,000 jobs.
    assert (share.value, share.beside) == (pytest.approx(1 / 3), pytest.approx(2 / 3))
    assert (share.value_low, share.value_high) == (1990 / 6000, 2014 / 6000)
    assert (share.outcome, share.found) == ("as the theory says", "33.3% against 66.7%")
    assert share.published == "31.8 % of jobs in 2000"
    wage = rows["traded-wage"]
    assert (wage.value, wage.beside) == (pytest.approx(106_500), pytest.approx(26_250))
    assert wage.value_low == pytest.approx((1495 * 120 + 495 * 66) * 1000 / 2014)
    regions = rows["traded-wage-regions"]
    assert (regions.value, regions.value_low, regions.n) == (1, 1, 2)
    # Of two regions the Gini is the distance of the shares: Boston has 1,400 of 1,900 traded jobs.
    gini = rows["concentration"]
    assert gini.value == pytest.approx((500 / 1900 - 100 / 1450 + 1400 / 1900 - 50 / 450) / 2)
    assert (gini.beside, gini.n) == (pytest.approx(0, abs=1e-12), 2)
    # Nothing can be fitted to two regions, and there are no patents.
    local, patents = rows["local-population"], rows["patents-share"]
    assert (local.value, local.outcome, local.n) == (None, None, 2)
    assert (patents.value, patents.outcome, patents.n) == (None, None, 0)
    assert any(n.startswith("too little is known for: local-population") for n in answer.notes)


def test_growth_of_the_tiny_atlas(atlas: Atlas) -> None:
    rows = {r.key: r for r in atlas.ask("evidence").rows}
    grown = rows["strong-growth"]
    # Strong in 2017: drugs in Boston, 850 to 1,350 jobs, and boats in Providence, 600 to 400.
    assert grown.value == pytest.approx((1750 / 1450) ** 0.5 - 1)
    assert grown.value_low == pytest.approx((1740 / 1464) ** 0.5 - 1)
    assert grown.value_high == pytest.approx((1764 / 1440) ** 0.5 - 1)
    # Boats in Boston from 100 (0 to 150) to 50 (0 to 200), drugs in Providence stay at 100.
    assert grown.beside == pytest.approx((150 / 200) ** 0.5 - 1)
    assert grown.beside_high == pytest.approx((307 / 95) ** 0.5 - 1)
    assert (grown.outcome, grown.n) == ("as the theory says, not certain", 2)
    # Of Boston's boats and the 95 to 107 drug makers of Providence too little is known.
    assert rows["convergence"].n == 2
    drugs, boats = (r for r in rows.values() if r.section == "cluster")
    assert (drugs.name, boats.name) == ("Drugs", "Boats")
    assert drugs.value == pytest.approx((1350 / 850) ** 0.5 - 1)
    assert (drugs.beside, drugs.n, drugs.theory) == (0, 1, None)
    assert boats.value == pytest.approx((4 / 6) ** 0.5 - 1)


def test_years_types_and_definitions(atlas: Atlas) -> None:
    earlier = {r.key: r for r in atlas.ask("evidence", year=2018).rows}
    assert earlier["strong-growth"].value == pytest.approx(1600 / 1450 - 1)
    assert earlier["traded-share"].value == pytest.approx(2000 / 5000)
    states = {r.key: r for r in atlas.ask("evidence", type="state").rows}
    # 900 to 1,400 drug makers, 600 to 400 boat builders.
    assert states["strong-growth"].value == pytest.approx((1800 / 1500) ** 0.5 - 1)
    areas = atlas.ask("evidence", type="ea")
    assert [r for r in areas.rows if r.section == "cluster"] == []
    assert any("nothing is said of growth" in note for note in areas.notes)
    one = atlas.ask("evidence", limit=1)
    assert (one.shown, one.count) == (1, 2)
    with pytest.raises(InputError, match="no figures of regions"):
        atlas.ask("evidence", definition="other")


REGIONS = [f"cbsa:{k}" for k in range(10)]
PEOPLE = [1000.0 * (k + 1) for k in range(10)]


def made_up(*, since: int = 2019) -> Material:
    """Ten regions k with clusters A (strong), B and C (weak), and half a local job a resident.

    A goes from 100 + k jobs to 90 + 11 k, B from 300 to 300 + 5 k, C stays at 200. Jobs are known
    to 5 more or less. Wages and patents rise with k. A may be weak in region 3.
    """
    read: dict[str, list[Any]] = {"cells": [], "regions": [], "patents": []}
    for k, (key, people) in enumerate(zip(REGIONS, PEOPLE, strict=True)):
        local = int(people / 2)
        for year, clusters in (
            (2019, {"a": 100 + k, "b": 300, "c": 200}),
            (2021, {"a": 90 + 11 * k, "b": 300 + 5 * k, "c": 200}),
        ):
            traded = sum(clusters.values())
            for cluster, jobs in {**clusters, "l": local}.items():
                kind, wage = ("local", 30) if cluster == "l" else ("traded", 50)
                read["cells"].append(
                    EvidenceCell(
                        region=key,
                        cluster=cluster,
                        name=cluster,
                        kind=kind,
                        year=year,
                        jobs=jobs,
                        jobs_low=jobs - 5,
                        jobs_high=jobs + 5,
                        payroll=wage * jobs,
                        payroll_low=wage * jobs,
                        payroll_high=wage * jobs,
                        strong=cluster == "a",
                        certain=cluster != "a" or k != 3,
                        source="s",
                    )
                )
            total = traded + local
            read["regions"].append(
                EvidenceRegion(
                    key, year, int(people), total, traded, local, total * (30 + k), f"s{year}"
                )
            )
        read["patents"] += [
            PatentFigure(key, "patents", 2015, float(k), "p"),
            PatentFigure(key, "patents_per_head", 2015, k / people, "p"),
        ]
    return Material(read, Context({"year": 2021, "since": since}, {}, {}))


def claims(material: Material) -> dict[str, EvidenceRow]:
    return {row.key: row for row in all_claims(material)}


def test_regressions_over_made_up_regions() -> None:
    rows = claims(made_up())
    local = rows["local-population"]
    assert [local.value, local.r2] == pytest.approx([1, 1])
    assert local.value_low is not None
    assert local.value_low < 1
    assert local.outcome == "as the theory says"
    assert local.effect == pytest.approx(1)
    k = np.arange(10)
    strength = (90 + 11 * k) / (590 + 16 * k)
    wage = rows["wage-strength"]
    slope, _ = np.polyfit(strength, np.log(30.0 + k), 1)
    assert wage.value == pytest.approx(slope)
    # Surely strong is nothing in region 3; nothing more can be.
    strength[3] = 0
    sure, _ = np.polyfit(strength, np.log(30.0 + k), 1)
    assert [wage.value_low, wage.value_high] == pytest.approx([sure, slope])
    assert wage.allowed == "readings"


def test_patents_over_made_up_regions() -> None:
    rows = claims(made_up())
    k = np.arange(1, 10)  # none in the first, so no logarithm
    strength = (100 + k) / (600 + k)
    slope, _ = np.polyfit(strength, np.log(k / (1000.0 * (k + 1))), 1)
    assert rows["patents-strength"].value == pytest.approx(slope)
    assert rows["patents-strength"].n == 9
    # The three strongest of ten: 7 + 8 + 9 of 45 patents, 27 of 55 thousand residents.
    share = rows["patents-share"]
    assert [share.value, share.beside] == pytest.approx([24 / 45, 27 / 55])
    assert (share.source, share.source_then) == ("p", "s2019")


def test_growth_over_made_up_regions() -> None:
    rows = claims(made_up())
    k = np.arange(10)
    a, b, c = 100.0 + k, np.full(10, 300.0), np.full(10, 200.0)
    # Jobs of each cluster, what of the other traded jobs is in A, and growth.
    tables = [
        np.stack([np.log(a), 0 * a, np.log((90 + 11 * k) / a) / 2]),
        np.stack([np.log(b), a / (a + c), np.log((300 + 5 * k) / b) / 2]),
        np.stack([np.log(c), a / (a + b), 0 * c]),
    ]
    # 85 to 95 jobs are not known to a tenth: A in the first region is left out.
    tables[0] = tables[0][:, 1:]
    dummies = np.repeat(np.eye(3), [9, 10, 10], axis=0)
    jobs, elsewhere, growth = np.concatenate(tables, axis=1)
    x = np.column_stack([jobs, elsewhere, dummies])
    slopes, *_ = np.linalg.lstsq(x, growth, rcond=None)
    found = rows["convergence"], rows["strength-growth"]
    assert [r.value for r in found] == pytest.approx(slopes[:2].tolist())
    assert [r.n for r in found] == [29, 29]
    grown = rows["strong-growth"]
    assert grown.value == pytest.approx((sum(90 + 11 * k) / sum(a)) ** 0.5 - 1)
    assert grown.n == 10


def test_of_one_year_nothing_is_said_of_growth() -> None:
    rows = claims(made_up(since=2021))
    assert rows["strong-growth"].value is None
    assert rows["convergence"].value is None
    assert rows["local-population"].value == pytest.approx(1)


def test_bars_of_slopes(shipped: Atlas) -> None:
    answer = shipped.ask("evidence", type="state")
    assert len(marks(answer, "rect", "length")) == 5
    assert overlapping(picture(answer).boxes) == 0
