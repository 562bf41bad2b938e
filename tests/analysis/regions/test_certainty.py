"""Regions are ranked in pools, and strong clusters say how sure that is: worked by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.analysis.regions.measures import regional_measures
from tests.analysis.regions.test_measures import CELLS, NATION, cells_of, measures_of, pick

# LQ of drugs: 1.2, 1.0 and 0.8 in metropolitan areas, 1.8, 1.6 and 1.4 in small towns.
AREAS = [("m1", 600, 400, 30), ("m2", 500, 500, 20), ("m3", 400, 600, 10)]
TOWNS = [("u1", 90, 10, 3), ("u2", 80, 20, 2), ("u3", 70, 30, 1)]
HALF = NATION.assign(jobs=10_000)
"""A nation in which half of the traded jobs are in drugs."""


def pooled() -> pd.DataFrame:
    """Metropolitan and micropolitan areas: one type, two pools."""
    rows = []
    for region, drugs, boats, plants in AREAS + TOWNS:
        rows.append((region, "cbsa", "drugs", float(drugs), plants))
        rows.append((region, "cbsa", "boats", float(boats), plants))
    cells = cells_of(rows)
    metropolitan = cells["region"].str.startswith("m")
    return cells.assign(pool=np.where(metropolitan, "metropolitan", "micropolitan"))


def test_a_large_area_is_strong_among_its_own_and_not_among_small_towns() -> None:
    """As Houston, whose LQ in oil is far below that of a town beside one field."""
    m = regional_measures(pooled(), HALF, year=1).measures
    # P75 of the LQ is 1.1 among the three large ones, 1.7 among the small, 1.55 among all six.
    marks = ["lq", "strong", "strong_overall"]
    assert pick(m, marks, cluster="drugs", region="m1") == [1.2, True, False]
    assert pick(m, marks, cluster="drugs", region="u1") == [1.8, True, True]
    # 80 jobs are above the quarter of small towns, and not above that of all areas (82.5).
    assert pick(m, marks, cluster="drugs", region="u2") == [1.6, False, False]


def test_ranks_percentiles_and_floors_are_those_of_the_pool() -> None:
    result = regional_measures(pooled(), HALF, year=1)
    measures = measures_of(pooled(), HALF)
    ranks = ["rank", "rank_lq", "percentile"]
    for best, least in (("m1", "m3"), ("u1", "u3")):
        assert pick(measures, ranks, cluster="drugs", region=best) == [1, 1, 83]
        assert pick(measures, ranks, cluster="drugs", region=least) == [3, 3, 17]
    floors = ["lq_p75", "jobs_p25", "establishments_p25", "regions"]
    large = pick(result.floors, floors, cluster="drugs", pool="metropolitan")
    assert large == pytest.approx([1.1, 450, 15, 3])
    small = pick(result.floors, floors, cluster="drugs", pool="micropolitan")
    assert small == pytest.approx([1.7, 75, 1.5, 3])
    assert set(result.floors["pool"]) == {"metropolitan", "micropolitan"}


def test_without_pools_a_cluster_is_strong_overall_where_it_is_strong() -> None:
    m = measures_of(CELLS)
    assert m["strong"].any()
    assert m["strong_overall"].tolist() == m["strong"].tolist()


def test_quotients_at_the_bounds_move_the_cluster_and_its_part_of_the_base() -> None:
    cells = CELLS.copy()
    cells.loc[0, ["jobs_low", "jobs_high"]] = 200.0, 400.0
    cells.loc[1, ["jobs_low", "jobs_high"]] = 0.0, 300.0
    m = measures_of(cells)
    bounds = ["lq_low", "lq", "lq_high"]
    # 200 of 300, 300 of 400 and 400 of 500 traded jobs, over one half.
    drugs = pick(m, bounds, cluster="drugs", region="a")
    assert drugs == pytest.approx([4 / 3, 1.5, 1.6])
    # 0 of 300, 100 of 400 and 300 of 600.
    assert pick(m, bounds, cluster="boats", region="a") == pytest.approx([0.0, 0.5, 1.0])
    assert pick(m, bounds, cluster="drugs", region="b") == [0.5, 0.5, 0.5]


@pytest.mark.parametrize(
    ("row", "bounds", "strong", "certainty"),
    [
        # Drugs in a, 300 of 400 traded jobs in 6 plants. Floors: LQ 1.25, 100 jobs, 2.5 plants.
        (0, {}, True, "certain"),
        # 250 of 350 is 1.43
        (0, {"jobs_low": 250, "jobs_high": 350}, True, "certain"),
        # 100 of 200 is 1; halfway, 200 of 300 is 1.33
        (0, {"jobs_low": 100}, True, "likely"),
        # halfway, 150 of 250 is 1.2
        (0, {"jobs_low": 0}, True, "depends"),
        (0, {"establishments_low": 3}, True, "certain"),
        # one plant is too few; halfway, three and a half are not
        (0, {"establishments_low": 1}, True, "likely"),
        # Drugs in c, 100 of 200 in 1 plant: not strong, however many jobs it may have
        (6, {"jobs_high": 900}, False, "certain"),
        # 200 of 300 is 1.33, but halfway 150 of 250 is 1.2
        (6, {"jobs_high": 200, "establishments_high": 5}, False, "likely"),
        # halfway, 200 of 300 jobs in 3 plants
        (6, {"jobs_high": 300, "establishments_high": 5}, False, "depends"),
        # Shops are local, and never strong.
        (2, {"jobs_low": 0, "jobs_high": 9000}, False, "certain"),
    ],
)
def test_certainty(row: int, bounds: dict[str, float], strong: bool, certainty: str) -> None:
    cells = CELLS.assign(
        establishments_low=CELLS["establishments"], establishments_high=CELLS["establishments"]
    )
    for name, value in bounds.items():
        cells.loc[row, name] = value
    cell = cells.loc[row]
    m = measures_of(cells)
    found = pick(
        m, ["strong", "certainty"], cluster=str(cell["cluster"]), region=str(cell["region"])
    )
    assert found == [strong, certainty]
    others = m[(m["cluster"] != cell["cluster"]) | (m["region"] != cell["region"])]
    assert set(others["certainty"]) == {"certain"}


def test_bounds_of_establishments_and_payroll_are_told_outwards() -> None:
    cells = CELLS.assign(
        establishments_low=CELLS["establishments"] - 0.4,
        establishments_high=CELLS["establishments"] + 0.4,
        payroll=pd.array([5000.4] * 9, dtype="Float64"),
        payroll_low=pd.array([4000.4] * 9, dtype="Float64"),
        payroll_high=pd.array([6000.4] * 8 + [None], dtype="Float64"),
    )
    m = measures_of(cells)
    plants = ["establishments_low", "establishments", "establishments_high"]
    assert pick(m, plants, cluster="drugs", region="a") == [5, 6, 7]
    pay = ["payroll_low", "payroll", "payroll_high"]
    assert pick(m, pay, cluster="drugs", region="a") == [4000, 5000, 6000]
    assert m["payroll_high"].isna().sum() == 1


def test_totals_are_those_of_all_industries() -> None:
    totals = pd.DataFrame(
        {
            "region": ["c", "a", "b", "x"],
            "jobs": [650.4, 900.0, 600.0, 1.0],
            "establishments": [40.0, 60.0, 50.0, 1.0],
            "payroll": [np.nan, 12_345.6, 100.0, 1.0],
        }
    )
    profiles = regional_measures(CELLS, NATION, year=1, totals=totals).region_profiles
    columns = ["jobs", "establishments", "payroll", "traded_jobs", "local_jobs"]
    assert pick(profiles, columns, region="a") == [900, 60, 12_346, 400, 400]
    c = profiles[profiles["region"] == "c"].iloc[0]
    assert (c["jobs"], c["establishments"]) == (650, 40)
    assert pd.isna(c["payroll"])
    assert sorted(profiles["region"]) == ["a", "b", "c"]


SPREADS = st.tuples(*[st.floats(0, 1)] * 4)


@given(st.lists(SPREADS, min_size=9, max_size=9))
def test_what_is_certain_is_so_however_the_figures_lie(spreads: list[tuple[float, ...]]) -> None:
    fewer, more, without, extra = np.array(spreads).T
    jobs, plants = CELLS["jobs"], CELLS["establishments"]
    cells = CELLS.assign(
        jobs_low=jobs * fewer,
        jobs_high=jobs * (1 + more),
        establishments_low=plants * without,
        establishments_high=plants * (1 + extra),
    )
    m = measures_of(cells)
    assert (m["lq_low"] <= m["lq"] + 1e-12).all()
    assert (m["lq"] <= m["lq_high"] + 1e-12).all()
    unmoved = measures_of(CELLS)
    assert m["strong"].tolist() == unmoved["strong"].tolist()
    # A cell without a spread is certain, and one with less of it is as sure at least.
    half = cells.assign(
        **{
            f"{name}_{end}": (cells[f"{name}_{end}"] + cells[name]) / 2
            for name in ("jobs", "establishments")
            for end in ("low", "high")
        }
    )
    order = {"certain": 0, "likely": 1, "depends": 2}
    before, after = m["certainty"].map(order), measures_of(half)["certainty"].map(order)
    assert (after <= before).all()
    assert set(unmoved["certainty"]) == {"certain"}
