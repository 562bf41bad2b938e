"""Planning regions of Connecticut in a build: its old counties, with nothing lost."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from clusteratlas.analysis.cells.overlaps import overlap_shares
from clusteratlas.editions.flow.cache import Cache
from clusteratlas.editions.flow.files import DataFile
from clusteratlas.editions.linkages.planning_regions import (
    CELLS,
    MEASURES,
    county_list_bridge,
    measure_pairs,
    old_counties,
    people_of_counties,
    planning_regions,
)
from clusteratlas.loaders.source.declaration import all_sources
from clusteratlas.loaders.source.provenance import provenance
from tests.editions.inputs import NEW_COUNTIES, Inputs, Stub

SOURCES = all_sources()
QCEW = (
    "area_fips,own_code,industry_code,agglvl_code,size_code,year,qtr,disclosure_code,"
    "annual_avg_estabs,annual_avg_emplvl,total_annual_wages"
)


def load(folder: Path, source: str, vintage: int) -> pd.DataFrame:
    return SOURCES[source].load(SOURCES[source].find(folder, vintage), vintage)


def people(year: int, *figures: tuple[str, str, int]) -> Stub:
    table = pd.DataFrame(figures, columns=["fips", "name", "population"]).assign(year=year)
    types = {"fips": "string", "name": "string", "population": "Int64", "year": "Int64"}
    return Stub("population", year, table[["fips", "name", "year", "population"]].astype(types))


def test_pairs_are_the_nine_regions_and_eight_counties() -> None:
    pairs = planning_regions()
    assert pairs["towns"].sum() == 169
    assert set(pairs["region"]) == {f"091{n}0" for n in range(1, 10)}
    assert set(pairs["county"]) == {f"090{n:02d}" for n in range(1, 16, 2)}
    for start, end in (("region", "county"), ("county", "region")):
        shares = overlap_shares(pairs, start, end, MEASURES)
        assert shares.groupby("start")[MEASURES].sum().eq(1).all(axis=None)


def test_regions_of_a_county_file_become_counties(tmp_path: Path) -> None:
    path = tmp_path / "2024.annual.singlefile.csv"
    path.write_text(f"{QCEW}\n09110,5,456110,78,0,2024,A,,30,456221,4000\n")
    source = SOURCES["qcew"]
    file = DataFile(source, path, provenance(source, path, 2024), Cache(None))
    cells = file.table[["area", "naics", "jobs", "establishments"]]
    out = old_counties(file, cells, {k: v for k, v in CELLS.items() if k in cells})
    # The region's 456,221 jobs are 428,376 in Hartford County and 27,845 in Tolland County; its
    # 23,736 establishments 21,382 and 2,354.
    assert out["area"].tolist() == ["09003", "09013"]
    assert out["jobs"].tolist() == pytest.approx([428_376, 27_845], abs=0.01)
    assert out["jobs"].sum() == 456_221
    assert out["establishments"].sum() == 30
    assert out["establishments"].iloc[1] == pytest.approx(30 * 2354 / 23736)


def test_a_file_of_old_counties_stays() -> None:
    table = pd.DataFrame({"area": ["09110"], "jobs": [1.0]})
    file = Stub("qcew", 2023, table)
    assert old_counties(file, table, {"jobs": "jobs"}) is table
    assert county_list_bridge(file, "jobs") == {}
    of_2019 = people(2019, ("09003", "Hartford County", 9))
    assert people_of_counties(of_2019) is of_2019.table


def test_people_of_regions_by_hand() -> None:
    file = people(
        2023,
        ("09", "Connecticut", 1000),
        ("09110", "Capitol Planning Region", 900),
        ("09120", "Greater Bridgeport Planning Region", 100),
        ("25025", "Suffolk County", 7),
    )
    # 811,724 of 962,436 in Hartford County: 759.06 and 140.94 of 900.
    assert people_of_counties(file).to_numpy().tolist() == [
        ["09", "Connecticut", 2023, 1000],
        ["09001", "Fairfield County", 2023, 100],
        ["09003", "Hartford County", 2023, 759],
        ["09013", "Tolland County", 2023, 141],
        ["25025", "Suffolk County", 2023, 7],
    ]


def test_a_build_with_newer_people_has_the_counties() -> None:
    flow = Inputs(people=NEW_COUNTIES, population=2023, income=2023).flow()
    facts = flow.make("county_facts").set_index("code")
    assert facts["name"]["09003"] == "Hartford County, CT"
    assert facts["population"].to_dict() == {
        **{"25025": 1000, "39035": 1000},
        **{"09003": 843, "09013": 157},
    }
    found = flow.make("county_losses")["2019"]
    assert all("areas that are not among" not in loss.what for loss in found)
    bridge = flow.make("population_bridge")
    assert (bridge["file"], bridge["to_counties"]) == ("population-2023", 2018)
    assert bridge["weights"][-1] == "zip-totals-2022"
    assert list(bridge["method"]) == ["people"]


@pytest.mark.data
def test_the_pairs_are_those_of_the_files(data_dir: Path) -> None:
    totals = load(data_dir, "zip-totals", 2022)
    older, newer = (load(data_dir, "population", v).set_index("fips") for v in (2019, 2023))
    made = measure_pairs(
        load(data_dir, "ct-towns", 2022),
        load(data_dir, "zip-counties", 2023),
        totals[totals["year"] == 2022],
        older.loc[older["year"] == 2019, "population"],
        newer.loc[newer["year"] == 2020, "population"],
    )
    kept = planning_regions()
    names = older.loc[older["year"] == 2019, "name"]
    assert kept["county_name"].tolist() == names[kept["county"]].tolist()
    exact = ["region", "county", "towns", "establishments", "jobs"]
    assert made[exact].to_numpy().tolist() == kept[exact].to_numpy().tolist()
    assert (made["people"] - kept["people"]).abs().max() <= 1
    # One ZIP code of an employer of its own is not in the list of ZIP codes.
    own = totals[totals["state"].eq("CT") & totals["year"].eq(2022)]
    assert made["establishments"].sum() / own["establishments"].sum() > 0.9999
    assert made["jobs"].sum() / own["jobs"].sum() > 0.9996


@pytest.mark.data
def test_population_of_2023_in_old_counties(data_dir: Path) -> None:
    source = SOURCES["population"]
    path = source.find(data_dir, 2023)
    file = DataFile(source, path, provenance(source, path, 2023), Cache(None))
    out = people_of_counties(file)
    assert out.dtypes.equals(file.table.dtypes)
    county = out["fips"].str.startswith("09") & out["fips"].str.len().eq(5)
    sums = out[county].groupby("year")["population"].sum()
    state = out[out["fips"] == "09"].set_index("year")["population"]
    assert sums.to_dict() == state.to_dict()
    assert sums[2023] == 3_617_176
    older = load(data_dir, "population", 2019)
    before = older[older["year"] == 2019].set_index("fips")["population"]
    after = out[county & out["year"].eq(2023)].set_index("fips")["population"]
    assert len(after) == 8
    growth = after / before[after.index] - 1
    assert growth.astype(float).between(0, 0.03).all()
