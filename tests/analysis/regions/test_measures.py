"""Location quotients, shares and strong clusters: figures worked by hand."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusteratlas.analysis.regions.measures import regional_measures, regional_shares
from clusteratlas.analysis.regions.rankings import SITE, SITE_TOP_TENTH, StrongRule
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.tables import TABLES

KIND = {"drugs": "traded", "boats": "traded", "shops": "local", "clinics": "local"}


def cells_of(rows: list[tuple[str, str, str, float, int]]) -> pd.DataFrame:
    """(region, type, cluster, jobs, establishments) -> cells without suppression."""
    frame = pd.DataFrame(
        rows, columns=["region", "region_type", "cluster", "jobs", "establishments"]
    )
    frame["kind"] = frame["cluster"].map(KIND)
    frame["jobs_low"] = frame["jobs_high"] = frame["jobs"]
    frame["payroll"] = pd.array([pd.NA] * len(frame), dtype="Float64")
    return frame


def nation_of(cells: pd.DataFrame) -> pd.DataFrame:
    """The nation as the sum of the given cells."""
    figures = cells.groupby(["cluster", "kind"], as_index=False)[["jobs", "establishments"]].sum()
    return figures.sort_values("cluster", ignore_index=True)


#           drugs  boats  shops   traded  local
# a           300    100    400      400    400
# b           100    300    200      400    200
# c           100    100    400      200    400
# nation      500    500   1000     1000   1000
CELLS = cells_of(
    [
        ("a", "state", "drugs", 300.0, 6),
        ("a", "state", "boats", 100.0, 2),
        ("a", "state", "shops", 400.0, 40),
        ("b", "state", "drugs", 100.0, 4),
        ("b", "state", "boats", 300.0, 8),
        ("b", "state", "shops", 200.0, 20),
        ("c", "state", "drugs", 100.0, 1),
        ("c", "state", "boats", 100.0, 3),
        ("c", "state", "shops", 400.0, 30),
    ]
)
NATION = nation_of(CELLS)


def pick(frame: pd.DataFrame, columns: list[str], **key: str) -> list[Any]:
    """The figures of the one row that has this key."""
    for name, value in key.items():
        frame = frame[frame[name] == value]
    assert len(frame) == 1
    return [frame[column].iloc[0] for column in columns]


def measures_of(cells: pd.DataFrame, nation: pd.DataFrame = NATION) -> pd.DataFrame:
    """Measures, and the shares that the graph has beside them."""
    measures = regional_measures(cells, nation, year=2019).measures
    shares = regional_shares(cells, nation)
    keyed = pd.concat([cells[["cluster", "region"]], shares], axis=1)
    return measures.merge(keyed, on=["cluster", "region"], validate="one_to_one")


def test_worked_figures() -> None:
    m = measures_of(CELLS)
    drugs = m[m["cluster"] == "drugs"]
    assert drugs["share_region"].tolist() == [0.75, 0.25, 0.5]  # 300/400, 100/400, 100/200
    assert drugs["share_nation"].tolist() == [0.6, 0.2, 0.2]
    assert drugs["lq"].tolist() == [1.5, 0.5, 1.0]  # over 500/1000
    assert drugs["rank"].tolist() == [1, 2, 2]
    assert drugs["rank_lq"].tolist() == [1, 3, 2]
    assert drugs["percentile"].tolist() == [83, 17, 50]  # 100/3 * (2.5, 0.5, 1.5)
    # The base of a local cluster is local employment: 400/400 over 1000/1000.
    assert m.loc[m["cluster"] == "shops", "lq"].tolist() == [1, 1, 1]
    assert pick(m, ["share_nation"], cluster="shops", region="a") == [0.4]


def test_uncertainty_is_what_is_not_published_of_the_largest_possible() -> None:
    cells = CELLS.copy()
    cells.loc[0, ["jobs_low", "jobs_high"]] = 240.0, 400.0
    cells.loc[1, ["jobs", "jobs_low", "jobs_high"]] = 0.0, 0.0, 0.0
    m = measures_of(cells, nation_of(CELLS))
    assert pick(m, ["uncertainty"], cluster="drugs", region="a") == [0.4]  # 160 / 400
    assert pick(m, ["uncertainty"], cluster="drugs", region="b") == [0.0]
    assert np.isnan(pick(m, ["uncertainty"], cluster="boats", region="a")[0])


def test_strong_needs_lq_jobs_and_establishments() -> None:
    m = measures_of(CELLS)
    # drugs: P75 of LQ 0.5, 1, 1.5 is 1.25; P25 of jobs 100, 100, 300 is 100; of plants 1, 4, 6: 2.5
    strong = m.loc[m["strong"], ["cluster", "region"]].to_numpy().tolist()
    assert strong == [["boats", "b"], ["drugs", "a"]]
    fewer = CELLS.copy()
    fewer.loc[0, "establishments"] = 1  # a's drug plants: no longer above P25
    after = measures_of(fewer, nation_of(fewer))
    assert pick(after, ["strong"], cluster="drugs", region="a") == [False]


def test_floors_and_profiles() -> None:
    result = regional_measures(CELLS, NATION, year=2019)
    columns = ["lq_p75", "jobs_p25", "establishments_p25", "regions"]
    assert pick(result.floors, columns, cluster="drugs") == [1.25, 100, 2.5, 3]
    assert set(result.floors["cluster"]) == {"boats", "drugs"}
    profiles = result.region_profiles
    columns = ["jobs", "traded_jobs", "local_jobs", "strong_clusters", "strong_jobs", "strength"]
    assert pick(profiles, columns, region="a") == [800, 400, 400, 1, 300, 0.75]
    assert pick(profiles, columns, region="c") == [600, 200, 400, 0, 0, 0]


def test_frames_have_the_columns_of_the_edition() -> None:
    result = regional_measures(CELLS, NATION, year=2019)
    for frame, table in (
        (result.measures, "measures"),
        (result.floors, "floors"),
        (result.region_profiles, "region_profiles"),
    ):
        # Growth needs two years, and region totals are given.
        left_out = {"source", "definition", "growth", "establishments", "payroll"}
        given = left_out if table == "region_profiles" else left_out - {"establishments", "payroll"}
        wanted = [c for c in TABLES[table].names if c not in given]
        assert sorted(frame.columns) == sorted(wanted)
        integers = [f.name for f in TABLES[table].columns if f.type == "int64" and f.name in frame]
        assert all(pd.api.types.is_integer_dtype(frame[name]) for name in integers)


def test_the_nation_has_lq_one_no_floor_and_no_percentile() -> None:
    rows = NATION.assign(region="us", region_type="nation", payroll=np.nan)
    rows["jobs_low"] = rows["jobs_high"] = rows["jobs"]
    both = pd.concat([CELLS, rows], ignore_index=True)
    result = regional_measures(both, NATION, year=2019)
    m = measures_of(both)
    us = m[m["region"] == "us"]
    assert us["lq"].tolist() == [1, 1, 1]
    assert us["share_nation"].tolist() == [1, 1, 1]
    assert us["percentile"].isna().all()
    assert not us["strong"].any()
    assert set(result.floors["pool"]) == {"state"}
    pd.testing.assert_frame_equal(
        result.measures[result.measures["region"] != "us"].reset_index(drop=True),
        regional_measures(CELLS, NATION, year=2019).measures,
    )


def test_custom_regions_are_ranked_against_economic_areas_but_not_counted() -> None:
    areas = CELLS.assign(region_type="ea")
    mine = areas[areas["region"] == "a"].assign(region="custom:mine", region_type="custom")
    both = pd.concat([areas, mine], ignore_index=True)
    result, m = regional_measures(both, NATION, year=2019), measures_of(both)
    figures = ["lq", "rank", "rank_lq", "percentile", "strong", "share_region"]
    of_area = pick(m, figures, cluster="drugs", region="a")
    assert pick(m, figures, cluster="drugs", region="custom:mine") == of_area
    assert result.floors.loc[result.floors["cluster"] == "drugs", "regions"].tolist() == [3]


def test_a_cell_without_jobs_has_zero_lq_and_no_percentile() -> None:
    empty = cells_of([("d", "state", "drugs", 0.0, 1), ("d", "state", "shops", 0.0, 2)])
    both = pd.concat([CELLS, empty], ignore_index=True)
    result = regional_measures(both, NATION, year=2019)
    figures = ["lq", "share_region", "rank", "rank_lq", "percentile"]
    *known, percentile = pick(measures_of(both), figures, cluster="drugs", region="d")
    assert known == [0, 0, 4, 4]
    assert np.isnan(percentile)
    strength, estimated = pick(result.region_profiles, ["strength", "estimated_share"], region="d")
    assert np.isnan(strength)
    assert estimated == 0
    assert result.floors.loc[result.floors["cluster"] == "drugs", "regions"].tolist() == [3]


def test_bounds_are_rounded_outwards_and_estimates_counted() -> None:
    cells = CELLS.copy()
    cells.loc[0, ["jobs", "jobs_low", "jobs_high"]] = [300.5, 200.4, 400.2]
    result = regional_measures(cells, NATION, year=2019)
    bounds = ["jobs", "jobs_low", "jobs_high"]
    assert pick(result.measures, bounds, cluster="drugs", region="a") == [300, 200, 401]
    estimated = pick(result.region_profiles, ["estimated_share"], region="a")
    assert estimated == [pytest.approx(100.1 / 800.5)]


RULES = {
    rule.name: rule
    for rule in (
        SITE,
        SITE_TOP_TENTH,
        StrongRule("significant", 50, lq_above=True),
        StrongRule("qualifying", 25, lq_above=True),
        StrongRule("top-25", 75),
        StrongRule("top-20", 80),
    )
}
"""strong_b, strong10_b, significant_b and qualifying_b of the U.S. Cluster Mapping site, and the
rules of Delgado, Porter & Stern 2010 and 2014."""


def strong_clusters(
    cells: pd.DataFrame, nation: pd.DataFrame, rules: dict[str, StrongRule]
) -> pd.DataFrame:
    """Mark the strong clusters of each region by each rule."""
    by_rule = {
        name: regional_measures(cells, nation, year=1, rule=rule).measures
        for name, rule in rules.items()
    }
    marks = {name: measures["strong"] for name, measures in by_rule.items()}
    return next(iter(by_rule.values()))[["cluster", "region"]].assign(**marks)


def test_named_rules_nest() -> None:
    rng = np.random.default_rng(3)
    rows = [
        (f"r{i}", "ea", c, float(rng.integers(1, 500)), int(rng.integers(1, 30)))
        for i in range(60)
        for c in ("drugs", "boats", "shops")
    ]
    cells = cells_of(rows)
    marks = strong_clusters(cells, nation_of(cells), RULES)
    assert (marks["site-10"] <= marks["site"]).all()
    assert (marks["site"] <= marks["top-25"]).all()
    assert (marks["top-20"] <= marks["top-25"]).all()
    assert (marks["significant"] <= marks["qualifying"]).all()
    assert 0 < marks["site-10"].sum() < marks["site"].sum() < marks["significant"].sum()
    assert not marks.loc[marks["cluster"] == "shops", list(RULES)].any(axis=None)
    pd.testing.assert_series_equal(
        marks["site"],
        regional_measures(cells, nation_of(cells), year=1).measures["strong"],
        check_names=False,
    )


def test_significant_lies_above_its_percentile_and_strong_reaches_it() -> None:
    # LQs 0.5, 1, 1.5: c is at the median of drugs, but at P25 of jobs and establishments.
    rule = StrongRule("at", 50, jobs_percentile=0, establishments_percentile=0)
    above = StrongRule("above", 50, lq_above=True, jobs_percentile=0, establishments_percentile=0)
    cells = CELLS.copy()
    cells.loc[6, ["jobs", "establishments"]] = [101.0, 5]
    marks = strong_clusters(cells, NATION, {"at": rule, "above": above})
    assert pick(marks, ["at", "above"], cluster="drugs", region="c") == [True, False]


def test_absolute_floors() -> None:
    big = StrongRule("big", 75, lq_minimum=1, jobs_minimum=301)
    many = StrongRule("many", 75, lq_minimum=1, establishments_minimum=7)
    marks = strong_clusters(CELLS, NATION, {"site": SITE, "big": big, "many": many})
    assert marks["site"].sum() == 2
    assert marks["big"].sum() == 0
    assert marks.loc[marks["many"], ["cluster", "region"]].to_numpy().tolist() == [["boats", "b"]]


def test_another_rule_names_its_floors() -> None:
    floors = regional_measures(CELLS, NATION, year=1, rule=RULES["top-20"]).floors
    assert "lq_p80" in floors
    assert "lq_p75" not in floors


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(*[st.integers(1, 900)] * 4), min_size=2, max_size=9))
def test_identities(table: list[tuple[int, ...]]) -> None:
    rows = [
        (f"r{i}", "cbsa", cluster, float(jobs), 1 + jobs % 7)
        for i, numbers in enumerate(table)
        for cluster, jobs in zip(KIND, numbers, strict=True)
    ]
    cells = cells_of(rows)
    m = measures_of(cells, nation_of(cells))
    kind = m["cluster"].map(KIND)
    np.testing.assert_allclose(m.groupby("cluster")["share_nation"].sum(), 1)
    np.testing.assert_allclose(m.groupby(["region", kind])["share_region"].sum(), 1)
    # The mean of the LQ over regions, weighted by their base, is the nation's: 1.
    base = m.groupby(["region", kind])["jobs"].transform("sum")
    weighted = (m["lq"] * base).groupby(m["cluster"]).sum() / base.groupby(m["cluster"]).sum()
    np.testing.assert_allclose(weighted, 1)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 50)] * 4), min_size=1, max_size=8))
def test_two_names_for_the_same_counties_give_the_same_figures(
    table: list[tuple[int, ...]],
) -> None:
    table = [*table, (3, 4, 5, 6), (3, 4, 5, 6)]
    rows = [
        (f"r{i:02}", "ea", cluster, float(jobs), 1 + jobs % 7)
        for i, numbers in enumerate(table)
        for cluster, jobs in zip(KIND, numbers, strict=True)
    ]
    cells = cells_of(rows)
    result = regional_measures(cells, nation_of(cells), year=1)
    one, two = f"r{len(table) - 2:02}", f"r{len(table) - 1:02}"
    for frame, key in ((result.measures, "cluster"), (result.region_profiles, "year")):
        pd.testing.assert_frame_equal(
            frame[frame["region"] == one].drop(columns="region").set_index(key),
            frame[frame["region"] == two].drop(columns="region").set_index(key),
        )


def test_row_order_does_not_matter() -> None:
    shuffled = CELLS.sample(frac=1, random_state=5)
    pd.testing.assert_frame_equal(
        regional_measures(shuffled, NATION, year=1).measures,
        regional_measures(CELLS, NATION, year=1).measures,
    )


@pytest.mark.parametrize(
    ("cells", "nation", "text"),
    [
        (CELLS.drop(columns="jobs_low"), NATION, "jobs_low"),
        (pd.concat([CELLS, CELLS.head(1)]), NATION, "twice"),
        (CELLS.assign(jobs=np.nan), NATION, "a count is missing"),
        (CELLS.assign(jobs_high=np.inf), NATION, "without bound"),
        (CELLS.assign(kind="other"), NATION, "kind"),
        (CELLS, NATION[NATION["cluster"] != "boats"], "'boats'"),
        (CELLS, NATION.assign(kind="local"), "same kind"),
        (CELLS, NATION.assign(jobs=0), "none in the nation"),
    ],
)
def test_inputs_that_cannot_carry_it(cells: pd.DataFrame, nation: pd.DataFrame, text: str) -> None:
    with pytest.raises(AnalysisError, match=text) as caught:
        regional_measures(cells, nation, year=1)
    assert caught.value.hint


def test_150_000_cells_take_under_two_seconds() -> None:
    regions, clusters = 2500, 60
    rng = np.random.default_rng(0)
    jobs = rng.integers(0, 5000, regions * clusters).astype(np.float64)
    cells = pd.DataFrame(
        {
            "region": np.repeat([f"county:{i:05}" for i in range(regions)], clusters),
            "region_type": "county",
            "cluster": np.tile([f"us-2017/algorithm:c{i}" for i in range(clusters)], regions),
            "kind": np.tile(np.where(np.arange(clusters) < 45, "traded", "local"), regions),
            "jobs": jobs,
            "jobs_low": jobs,
            "jobs_high": jobs,
            "establishments": rng.integers(1, 90, regions * clusters),
            "payroll": 1.0,
        }
    )
    nation = nation_of(cells)
    start = time.process_time()
    result = regional_measures(cells, nation, year=2019)
    assert time.process_time() - start < 2
    assert len(result.measures) == regions * clusters


@pytest.mark.data
def test_states_of_2019_by_naics_sector(data_dir: Path) -> None:
    from clusteratlas.loaders.source.declaration import all_sources

    states = all_sources()["cbp-state"].load(data_dir / "cbp" / "cbp19st.txt.gz", 2019)
    sectors = states[(states["level"] == 2) & states["jobs"].notna()]
    local = ["44-45", "62", "72", "81"]
    cells = pd.DataFrame(
        {
            "region": sectors["area"],
            "region_type": "state",
            "cluster": sectors["naics"],
            "kind": np.where(sectors["naics"].isin(local), "local", "traded"),
            "jobs": sectors["jobs"].astype("float64"),
            "establishments": sectors["establishments"],
            "payroll": sectors["payroll"],
        }
    )
    cells["jobs_low"] = cells["jobs_high"] = cells["jobs"]
    result = regional_measures(cells, nation_of(cells), year=2019)
    m = measures_of(cells, nation_of(cells))
    np.testing.assert_allclose(m.groupby("cluster")["share_nation"].sum(), 1)
    # Mining is most specialized in Wyoming, finance (with Hartford's insurers) among Connecticut's.
    mining = m[(m["cluster"] == "21") & (m["rank_lq"] == 1)]
    assert mining["region"].tolist() == ["56"]
    assert pick(m, ["strong"], cluster="52", region="09") == [True]
    assert result.region_profiles["region"].nunique() == 50
    assert result.region_profiles["jobs"].sum() == pytest.approx(cells["jobs"].sum())
