"""Counties of metropolitan areas found in the figures: a list that holds, changed ones, doubts."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from clusteratlas.analysis.cells.metropolitan.counties import MetroCounties, metro_counties
from clusteratlas.loaders.economy.cbp import CBP_COUNTY, CBP_MSA
from clusteratlas.loaders.places.geography import CBSA_DELINEATION

SECTORS = ("11", "21", "22", "23")
CODES = [f"{sector}1{digit}10" for sector in SECTORS for digit in range(1, 10)]
"""36 industries of four sectors, in all of which every county has plants."""
SIZES = {"10001": 3, "10003": 5, "10005": 11, "24011": 23}


def rows(of: dict[str, list[str]]) -> pd.DataFrame:
    """Areas that are sums of counties; ten jobs a plant."""
    found = []
    for area, counties in of.items():
        plants = {
            code: sum(SIZES[county] + (SIZES[county] * k) % 7 for county in counties)
            for k, code in enumerate(CODES)
        }
        for sector in SECTORS:
            plants[sector] = sum(n for code, n in plants.items() if code.startswith(sector))
        found += [(area, code, n, 10 * n) for code, n in plants.items()]
    return pd.DataFrame(found, columns=["area", "naics", "establishments", "jobs"])


def listed(*pairs: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["cbsa", "county"])


COUNTIES = rows({county: [county] for county in SIZES})


def found(of: dict[str, list[str]], *pairs: tuple[str, str]) -> MetroCounties:
    return metro_counties(rows(of), COUNTIES, listed(*pairs))


def test_a_list_that_sums_to_the_area_is_kept() -> None:
    given = found({"1": ["10001", "10003"]}, ("1", "10001"), ("1", "10003"))
    assert given == MetroCounties({"1": ("10001", "10003")}, {}, {})


def test_a_county_came_or_went() -> None:
    came = found({"1": ["10001", "10003"]}, ("1", "10001"))
    assert came.counties == {"1": ("10001", "10003")}
    assert came.changes == {"1": ("+10003",)}
    went = found({"1": ["10001"]}, ("1", "10001"), ("1", "10003"))
    assert went.changes == {"1": ("-10003",)}
    both = found({"1": ["10001", "10005"]}, ("1", "10001"), ("1", "10003"))
    assert both.counties == {"1": ("10001", "10005")}
    assert both.changes == {"1": ("-10003", "+10005")}


def test_a_county_came_from_another_state() -> None:
    came = found({"1": ["10001", "24011"]}, ("1", "10001"))
    assert came.changes == {"1": ("+24011",)}


def test_what_is_left_out_says_why() -> None:
    none = found({"1": ["10001"], "2": ["10003"]}, ("1", "10001"))
    assert none.left_out == {"2": "no counties are listed"}
    odd = rows({"1": ["10001"]})
    odd["establishments"] += 1
    left = metro_counties(odd, COUNTIES, listed(("1", "10001"))).left_out
    assert left == {"1": "neither the listed counties nor any near them sum to it"}


def test_two_counties_alike_are_told_apart_by_nothing() -> None:
    twin = COUNTIES[COUNTIES["area"] == "10003"].assign(area="10009")
    area = rows({"1": ["10001", "10003"]})
    left = metro_counties(area, pd.concat([COUNTIES, twin]), listed(("1", "10001"))).left_out
    assert left == {"1": "2 changes of its counties agree"}


def test_few_cells_are_no_evidence() -> None:
    few = {*CODES[:5], "11"}
    # As if there were no other industries; the sector is not their sum, and need not be.
    area = rows({"1": ["10001", "10003"]})
    counties = COUNTIES[COUNTIES["naics"].isin(few)]
    left = metro_counties(area[area["naics"].isin(few)], counties, listed(("1", "10001"))).left_out
    assert left == {"1": "only 6 cells speak for a change of its counties"}


def test_a_county_is_in_one_area() -> None:
    # Area 2 agrees with its list once it takes a county that area 1 has by its own list.
    given = found(
        {"1": ["10001"], "2": ["10001", "10003"]}, ("1", "10001"), ("2", "10003"), ("2", "24011")
    )
    assert given.counties == {"1": ("10001",)}
    assert given.changes == {}
    assert given.left_out == {"2": "10001 is in another area too"}


@pytest.mark.parametrize(("plants", "agrees"), [(0, True), (2, True), (3, False)])
def test_a_county_without_a_row_has_two_plants_at_most(plants: int, agrees: bool) -> None:
    code = CODES[0]
    counties = COUNTIES[(COUNTIES["area"] != "10003") | (COUNTIES["naics"] != code)]
    metro = rows({"1": ["10001", "10003"]})
    cell = (metro["naics"] == code).to_numpy()
    metro.loc[cell, "establishments"] = SIZES["10001"] + plants
    given = metro_counties(metro, counties, listed(("1", "10001"), ("1", "10003")))
    assert ("1" in given.counties) == agrees


@pytest.mark.data
def test_real_areas_have_the_counties_of_an_older_delineation(data_dir: Path) -> None:
    """Four areas of 2019: the bulletin of 2013 has Union in Spartanburg, Barry in Grand Rapids."""
    counties = CBP_COUNTY.load(CBP_COUNTY.find(data_dir, 2019))
    counties = counties[counties["area"].str[:2].isin(["18", "21", "26", "45"])]
    delineation = CBSA_DELINEATION.load(CBSA_DELINEATION.find(data_dir, 2020))
    metros = CBP_MSA.load(CBP_MSA.find(data_dir, 2019))
    wanted = ["43900", "24340", "31140", "24860"]
    given = metro_counties(metros[metros["area"].isin(wanted)], counties, delineation)
    assert given.counties["43900"] == ("45083", "45087")
    assert given.changes == {
        "24340": ("+26015", "-26067"),
        "31140": ("+18143", "+21223"),
        "43900": ("+45087",),
    }
    assert sorted(given.counties) == sorted(wanted)
    assert given.left_out == {}
