"""Cells of counties and states, the district, and regions as their sums: worked by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import pytest

from clusteratlas.analysis.cells.bridge import bridge_shares
from clusteratlas.analysis.cells.completion import IndustryTree
from clusteratlas.analysis.cells.states import FIGURES
from clusteratlas.editions.cells.counties import (
    ENDS,
    CountyCells,
    county_cells,
    national_figures,
)
from clusteratlas.editions.cells.district import district_cells
from clusteratlas.editions.cells.regions import RegionMaps, cluster_cells, region_totals
from clusteratlas.editions.completion.filled import expected_establishments
from clusteratlas.editions.linkages.naics_bridges import NaicsBridge
from clusteratlas.errors import AnalysisError, InputError
from tests.editions.inputs import SAME, Stub, all_levels, concordance

FOOD, BOOKS = "311111", "511130"
TREE = IndustryTree([FOOD, BOOKS])
LEAVES = [TREE.codes[leaf] for leaf in TREE.leaves]
# Lowest, point and highest jobs. In Massachusetts 35 jobs in food are published, and 3 of them lie
# in no county at least.
FOOD_JOBS = {
    "09001": (7, 7, 7),
    "25001": (4, 10, 20),
    "25003": (20, 20, 30),
    "25999": (3, 5, 9),
    "09": (7, 7, 7),
    "25": (35, 35, 35),
}
BOOKS_JOBS = {"25001": (3, 3, 3), "25": (3, 3, 3)}
MAPS = RegionMaps(
    {
        "nation": pd.Series({"09": "us", "25": "us"}),
        "state": pd.Series({"09": "state:09", "25": "state:25"}),
        "county": pd.Series({c: f"county:{c}" for c in ("09001", "25001", "25003")}),
        "cbsa": pd.Series({"09001": "cbsa:1", "25001": "cbsa:1"}),
        "ea": pd.Series({"25001": "ea:1", "25003": "ea:1"}),
    }
)
CLUSTER_OF = pd.Series({FOOD: "d:food", BOOKS: "d:books"})
KINDS = pd.Series({"d:food": "traded", "d:books": "local"})


def worked() -> CountyCells:
    """Two states; every cell of a county that has jobs has one establishment."""
    grids = {}
    for k, end in enumerate(("_low", "", "_high")):
        leaves = np.zeros((len(FOOD_JOBS), 2))
        for code, jobs in ((FOOD, FOOD_JOBS), (BOOKS, BOOKS_JOBS)):
            for area, figures in jobs.items():
                leaves[list(FOOD_JOBS).index(area), LEAVES.index(code)] = figures[k]
        grids[f"jobs{end}"] = TREE.add_up(leaves)
        plants = (leaves > 0).astype(float)
        for row, area in enumerate(FOOD_JOBS):
            if len(area) == 2:
                inside = [len(a) == 5 and a.startswith(area) for a in FOOD_JOBS]
                plants[row] = plants[inside].sum(axis=0)
        grids[f"establishments{end}"] = TREE.add_up(plants)
    return CountyCells(tuple(FOOD_JOBS), tuple(TREE.codes), grids)


JOBS = ["jobs_low", "jobs", "jobs_high"]


def of_food(name: str) -> dict[str, float]:
    """One column of the cells of the food cluster, by region."""
    cells = cluster_cells(worked(), MAPS, CLUSTER_OF, KINDS)
    own = cells[cells["cluster"] == "d:food"]
    return dict(zip(own["region"].astype(str), own[name].astype(float), strict=True))


def test_regions_are_sums_of_counties_and_states_have_what_is_in_none() -> None:
    jobs = of_food("jobs")
    counties = {r: n for r, n in jobs.items() if r.startswith("county:")}
    assert counties == {"county:09001": 7, "county:25001": 10, "county:25003": 20}
    assert (jobs["cbsa:1"], jobs["ea:1"]) == (17, 30)
    # Five jobs of Massachusetts lie in no county.
    assert (jobs["state:25"], jobs["state:09"], jobs["us"]) == (35, 7, 42)


def test_a_region_has_no_more_than_its_states_leave() -> None:
    low, high = of_food("jobs_low"), of_food("jobs_high")
    assert (low["county:25001"], high["county:25001"]) == (4, 20)
    assert (low["state:25"], high["state:25"]) == (35, 35)
    # Massachusetts has 8 jobs beyond the least of its counties: 4 + 8 in the one, 7 in the other
    # state; by themselves the two counties could have 27.
    assert (low["cbsa:1"], high["cbsa:1"]) == (11, 19)
    # Once for both counties: 4 + 20 + 8, and not 50.
    assert (low["ea:1"], high["ea:1"]) == (24, 32)


def test_cells_have_kinds_and_figures_that_the_file_has() -> None:
    cells = cluster_cells(worked(), MAPS, CLUSTER_OF, KINDS)
    assert cells.groupby("cluster")["kind"].first().to_dict() == KINDS.to_dict()
    assert set(cells.loc[cells["cluster"] == "d:books", "region"]) == {
        *("us", "state:25", "county:25001", "cbsa:1", "ea:1")
    }
    assert cells[[f"payroll{end}" for end in ENDS]].isna().all(axis=None)
    for name in ("jobs", "establishments"):
        assert (cells[f"{name}_low"] <= cells[name]).all()
        assert (cells[name] <= cells[f"{name}_high"]).all()


def test_an_industry_in_no_cluster_counts_in_the_totals_alone() -> None:
    cells = cluster_cells(worked(), MAPS, CLUSTER_OF[[FOOD]], KINDS)
    assert set(cells["cluster"]) == {"d:food"}
    totals = region_totals(worked(), MAPS).set_index("region")
    assert totals["jobs"].to_dict() == {
        **{"us": 45, "state:09": 7, "state:25": 38, "cbsa:1": 20, "ea:1": 33},
        **{"county:09001": 7, "county:25001": 13, "county:25003": 20},
    }
    assert totals["payroll"].isna().all()


def test_six_digit_cells_of_areas_and_of_regions() -> None:
    cells = worked()
    own = cells.leaves()
    assert set(zip(own["area"], own["naics"], strict=True)) == {
        *((area, FOOD) for area in FOOD_JOBS),
        *((area, BOOKS) for area in BOOKS_JOBS),
    }
    areas = cells.leaves(MAPS.by_type["cbsa"]).set_index("naics")
    assert areas["area"].unique().tolist() == ["cbsa:1"]
    assert areas.loc[[FOOD], ["jobs_low", "jobs", "jobs_high"]].to_numpy().tolist() == [
        [11, 17, 27]
    ]
    assert areas.loc[BOOKS, "jobs"] == 3
    # Known to be absent where no establishment is possible.
    more = cells.leaves(MAPS.by_type["county"], absent=True).set_index(["area", "naics"])
    assert more.loc[("county:25003", BOOKS), "jobs_high"] == 0
    assert len(more) == 6


def completed(rows: Sequence[tuple[str, str, int]]) -> pd.DataFrame:
    """A completed state of which all is published."""
    frame = all_levels(rows).drop(columns="level")
    ends = {f"{name}{end}": frame[name] for name in FIGURES for end in ENDS}
    whole = frame[["area", "naics"]].assign(**ends).astype(dict.fromkeys(ends, np.int32))
    return whole.astype({"area": "category", "naics": "category"})


DELAWARE = completed([("10001", FOOD, 50), ("10999", FOOD, 6), ("10", FOOD, 56)])
RHODE_ISLAND = completed([("44007", BOOKS, 30), ("44", BOOKS, 30)])
DISTRICT = pd.DataFrame(
    {
        "naics": [FOOD, BOOKS],
        **{"establishments": [1, 2], "establishments_low": [1, 2], "establishments_high": [1, 2]},
        **{"jobs": [4, 5], "jobs_low": [0, 5], "jobs_high": [9, 5]},
        **{"payroll": [40, 50], "payroll_low": [0, 50], "payroll_high": [90, 50]},
    }
)
PATTERNS = Stub("cbp-county", 2019, pd.DataFrame())
NOTHING = pd.DataFrame()
UNCHANGED = NaicsBridge(2017, 2017)


LISTED = frozenset({FOOD, BOOKS})
"""Six-digit codes of the edition."""


def at(cells: CountyCells, name: str, area: str, code: str) -> float:
    return float(cells.grids[name][cells.areas.index(area), cells.codes.index(code)])


def test_states_and_the_district_are_put_together() -> None:
    states = {"10": DELAWARE, "44": RHODE_ISLAND, "50": pd.DataFrame()}
    cells = county_cells(PATTERNS, states, DISTRICT, NOTHING, NOTHING, UNCHANGED, LISTED)
    assert cells.areas == ("10001", "10999", "11001", "44007", "10", "11", "44")
    assert at(cells, "jobs", "10999", FOOD) == 6
    assert at(cells, "jobs", "10", "total") == 56
    assert at(cells, "jobs", "44007", FOOD) == 0
    for area in ("11001", "11"):
        found = [at(cells, name, area, "total") for name in ("jobs_low", "jobs", "jobs_high")]
        assert found == [5, 9, 14]
        assert at(cells, "payroll", area, "511") == 50
    nation = national_figures(cells)
    assert nation.loc[["total"], JOBS].to_numpy().tolist() == [[91, 95, 100]]
    assert nation.loc[BOOKS, "jobs"] == 35


def test_a_district_in_other_codes_is_refused() -> None:
    with pytest.raises(AnalysisError, match=f"NAICS {BOOKS}, and no state has"):
        county_cells(
            PATTERNS, {"10": DELAWARE}, DISTRICT, NOTHING, NOTHING, UNCHANGED, frozenset({FOOD})
        )


def test_an_industry_of_the_district_alone_has_room_if_the_classification_has_it() -> None:
    cells = county_cells(PATTERNS, {"10": DELAWARE}, DISTRICT, NOTHING, NOTHING, UNCHANGED, LISTED)
    own = DISTRICT.set_index("naics")["jobs"]
    assert at(cells, "jobs", "11", BOOKS) == own[BOOKS]
    assert at(cells, "jobs", "11", BOOKS[:3]) == own[BOOKS]
    assert at(cells, "jobs", "10", BOOKS) == 0
    assert at(cells, "jobs", "10", "total") == 56
    assert at(cells, "jobs", "11", "total") == own.sum()


def test_filled_counties_are_summed_to_their_states() -> None:
    rows = [("10001", FOOD, 5, 2, 9, 1), ("10003", FOOD, 6, 6, 6, 2), ("44007", BOOKS, 7, 0, 8, 3)]
    names = ["area", "naics", "jobs", "jobs_low", "jobs_high", "establishments"]
    qcew = Stub("qcew", 2019, pd.DataFrame())
    filled = pd.DataFrame(rows, columns=names)
    cells = county_cells(qcew, {}, NOTHING, filled, filled, UNCHANGED, LISTED)
    assert cells.areas == ("10001", "10003", "44007", "10", "44")
    assert cells.figures == ["establishments", "jobs"]
    found = [at(cells, name, "10", "total") for name in ("jobs_low", "jobs", "jobs_high")]
    assert found == [8, 11, 15]
    assert at(cells, "establishments_high", "10", FOOD) == 3
    nation = national_figures(cells)
    assert nation.loc["total", "jobs"] == 18
    assert nation["payroll"].isna().all()


def qcew_of(figures: Mapping[str, tuple[int, int | None]]) -> Stub:
    """Private establishments and jobs of the district; 60 thousand USD for each job."""
    rows = [(code, plants, jobs) for code, (plants, jobs) in figures.items()]
    table = pd.DataFrame(rows, columns=["naics", "establishments", "jobs"])
    table = table.astype({"naics": "string", "establishments": "Int64", "jobs": "Int64"})
    levels = {"total": 0, **{code: len(code) for code in figures if code != "total"}}
    return Stub(
        "qcew-state",
        2020,
        table.assign(
            area="11",
            area_type="state",
            ownership=5,
            wages=table["jobs"] * 60_000,
            level=table["naics"].map(levels),
        ),
    )


def test_the_district_as_business_patterns_would_have_it() -> None:
    above = dict.fromkeys(("54", "541", "5415", "54151"), (4, 60))
    households = dict.fromkeys(("81", "814", "8141", "81411", "814110"), (4, 10))
    books = dict.fromkeys(("51", "511", "5111", "51113", BOOKS), (2, 40))
    figures = {
        "total": (10, 110),
        **books,
        **above,
        **{"541511": (3, None), "541512": (1, 20)},
        **households,
    }
    cells = district_cells(qcew_of(figures), UNCHANGED).set_index("naics")
    # Private households are in no business patterns.
    assert sorted(cells.index) == [BOOKS, "541511", "541512"]
    assert cells.loc[[BOOKS], [f"jobs{end}" for end in ENDS]].to_numpy().tolist() == [[40, 40, 40]]
    assert cells.loc[BOOKS, "payroll"] == 2400
    # What is withheld is what the industry above leaves: 60 less 20.
    assert cells.loc["541511", "jobs"] == 40
    low, high = cells.loc[["541511"], ["jobs_low", "jobs_high"]].to_numpy()[0]
    assert low <= 40 <= high <= 41
    assert (cells["establishments_low"] == cells["establishments_high"]).all()
    assert all(dtype == "int64" for dtype in cells.dtypes)

    # Of a divided industry each part may be all of it or none.
    pairs = [(BOOKS, "513130", 0.6, True), (BOOKS, "513140", 0.4, True)]
    shares = pd.DataFrame(pairs, columns=["from_naics", "to_naics", "share", "split"])
    later = district_cells(qcew_of(figures), NaicsBridge(2017, 2022, shares)).set_index("naics")
    assert later.loc["541511"].to_dict() == cells.loc["541511"].to_dict()
    parts = later.loc[["513130", "513140"]]
    assert parts[["jobs_low", "jobs", "jobs_high"]].to_numpy().tolist() == [
        [0, 24, 40],
        [0, 16, 40],
    ]


def known(year: int, *rows: tuple[str, int, str, int]) -> Stub:
    """QCEW: area, ownership, industry, establishments."""
    table = pd.DataFrame(rows, columns=["area", "ownership", "naics", "establishments"])
    levels = [0 if code == "total" else len(code) for code in table["naics"]]
    return Stub("qcew", year, table.assign(area_type="county", level=levels))


def test_expected_establishments_are_private_ones_in_the_codes_of_the_edition() -> None:
    pairs = [("541711", "541713"), ("541711", "541714"), ("511130", "511130")]
    table = pd.DataFrame(pairs, columns=["from_naics", "to_naics"])
    bridge = Stub("naics-concordance", 2017, table.assign(from_vintage=2012, to_vintage=2017))
    shares = bridge_shares(bridge.table, pd.Series({"541713": 600, "541714": 400, "511130": 9}))
    file = known(
        2016,
        ("10001", 5, "541711", 10),
        ("10001", 5, "511130", 3),
        ("10001", 3, "511130", 50),
        ("10001", 5, "total", 99),
    )
    found = expected_establishments(file, shares, bridge, None, None)
    assert found.set_index("naics")["establishments"].to_dict() == pytest.approx(
        {"541713": 6, "541714": 4, "511130": 3}
    )
    assert list(found.columns) == ["area", "naics", "establishments"]


def test_expected_establishments_of_the_same_naics_need_no_bridge() -> None:
    bridge = concordance(2017, 2012, SAME)
    file = known(2019, ("10001", 5, FOOD, 4))
    found = expected_establishments(file, pd.DataFrame(), bridge, None, None)
    assert found.to_numpy().tolist() == [["10001", FOOD, 4]]
    unfit = known(2022, ("10001", 5, FOOD, 4))
    with pytest.raises(InputError, match="qcew-2022 has codes of NAICS 2022, naics-concordance"):
        expected_establishments(unfit, pd.DataFrame(), bridge, None, None)
