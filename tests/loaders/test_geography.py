from __future__ import annotations

from pathlib import Path

import pytest

from clusteratlas.errors import SourceDrift, SourceError
from clusteratlas.loaders.places.counties import STATES, modernize
from clusteratlas.loaders.places.geography import (
    CBSA_DELINEATION,
    CENTROIDS,
    COUNTY_CODES,
    ECONOMIC_AREAS,
)
from clusteratlas.loaders.places.population import POPULATION
from tests.loaders.files import Rows, write_xlsx

HEAD = [
    "CBSA Code",
    "Metropolitan Division Code",
    "CSA Code",
    "CBSA Title",
    "Metropolitan/Micropolitan Statistical Area",
    "Metropolitan Division Title",
    "CSA Title",
    "County/County Equivalent",
    "State Name",
    "FIPS State Code",
    "FIPS County Code",
    "Central/Outlying County",
]
METRO = "Metropolitan Statistical Area"
BOSTON = ["14460", "14454", "148", "Boston-Cambridge-Newton, MA-NH", METRO, "Boston, MA", "Boston"]
DELINEATION: Rows = [
    ["Table with row headers in column A and column headers in row 3"],
    ["List 1. CORE BASED STATISTICAL AREAS (CBSAs), ..., MARCH 2020"],
    HEAD,
    [*BOSTON, "Suffolk County", "Massachusetts", "25", "025", "Central"],
    ["10100", "", "", "Aberdeen, SD", "Micropolitan Statistical Area", "", ""]
    + ["Edmunds County", "South Dakota", 46, 45, "Outlying"],
    [],
    ["Note: The 2010 OMB Standards ..."],
    ["Internet Release Date: April 2020"],
]


def test_delineation(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "list1_2020.xlsx", {"List 1": DELINEATION})
    frame = CBSA_DELINEATION.load(path)
    assert frame["county"].tolist() == ["25025", "46045"]
    assert frame["kind"].tolist() == ["metropolitan", "micropolitan"]
    assert frame["central"].tolist() == [True, False]
    assert frame["csa"].isna().tolist() == [False, True]


def test_the_title_inside_decides_the_vintage(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "list1.xlsx", {"List 1": DELINEATION})
    with pytest.raises(SourceError, match="is the delineation of 2020, not of 2017") as caught:
        CBSA_DELINEATION.load(path)
    assert caught.value.hint == "name it list1_2020.xlsx"


def test_delineation_defects(tmp_path: Path) -> None:
    path = tmp_path / "list1_2020.xlsx"
    odd = [*DELINEATION[:3], [*BOSTON, "Suffolk County", "Massachusetts", "25", "025", "Near"]]
    write_xlsx(path, {"List 1": odd})
    with pytest.raises(SourceError, match="unknown value 'Near' in column 'Central/Outlying"):
        CBSA_DELINEATION.load(path)
    renamed = [*DELINEATION[:2], ["Area Code", *HEAD[1:]], DELINEATION[3]]
    write_xlsx(path, {"List 1": renamed})
    with pytest.raises(SourceDrift) as caught:
        CBSA_DELINEATION.load(path)
    assert caught.value.missing == ("CBSA Code",)
    assert caught.value.undeclared == ("Area Code",)


@pytest.mark.parametrize(
    ("name", "vintage"),
    [("list1.xls", 2017), ("list1_Sep_2018.xls", 2018), ("list1_2023.xlsx", 2023)],
)
def test_names_of_the_delineations(name: str, vintage: int) -> None:
    assert CBSA_DELINEATION.vintage_of(name) == vintage


def test_economic_areas(tmp_path: Path) -> None:
    path = tmp_path / "BEA_Economic_Areas_and_Counties.xlsx"
    members: Rows = [
        ["FIPS", "County", "EA", "EA Name"],
        [1001, "Autauga County, AL", 7, "Montgomery"],
    ]
    write_xlsx(path, {"EA list": [["EA"]], "EA county definition": members})
    frame = ECONOMIC_AREAS.load(path)
    assert frame.to_numpy().tolist() == [["007", "Montgomery", "01001", "Autauga County, AL"]]
    write_xlsx(path, {"EA list": [["EA"]]})
    with pytest.raises(SourceError, match="has no sheet 'EA county definition'"):
        ECONOMIC_AREAS.load(path)


def test_county_codes_drop_states_and_the_nation(tmp_path: Path) -> None:
    path = tmp_path / "FIPS.csv"
    path.write_text("State,County,FIPS\n,,0\nAlabama,,1000\nAlabama,Autauga,1001\n")
    assert COUNTY_CODES.load(path).to_numpy().tolist() == [["01001", "Autauga", "Alabama"]]


def test_centroids(tmp_path: Path) -> None:
    path = tmp_path / "centroids.csv"
    path.write_text(
        "kind,code,name,lon,lat\n"
        'eas,57008,"Anchorage, AK (Economic Area)",-151.5,63.8\n'
        "counties,02016,Aleutians West Census Area,-94.9802,52.677\n"
        'msas,10180,"Abilene, TX (Metropolitan Statistical Area)",-99.7,32.4\n'
    )
    frame = CENTROIDS.load(path).set_index("kind")
    assert frame["code"].to_dict() == {"ea": "008", "county": "02016", "cbsa": "10180"}
    assert frame["name"].to_dict() == {
        "ea": "Anchorage, AK",
        "county": "Aleutians West Census Area",
        "cbsa": "Abilene, TX",
    }
    assert frame["lon"].to_dict() == {"ea": -151.5, "county": -174.6506, "cbsa": -99.7}
    path.write_text("kind,code,name,lon,lat\ncounties,25025,Suffolk,-271.0,42.3\n")
    with pytest.raises(SourceError, match="25025 lies outside the globe"):
        CENTROIDS.load(path)
    path.write_text("kind,code,name,lon,lat\ntowns,25025,Suffolk,-71.0,42.3\n")
    with pytest.raises(SourceError, match="unknown kind 'towns'"):
        CENTROIDS.load(path)


@pytest.mark.data
def test_real_regions(data_dir: Path) -> None:
    cbsa = CBSA_DELINEATION.load(CBSA_DELINEATION.find(data_dir, 2020))
    assert len(cbsa) == 1916
    assert cbsa["cbsa"].nunique() == 939
    assert cbsa.loc[cbsa["cbsa"] == "14460", "county"].tolist() == [
        *("25009", "25017", "25021", "25023", "25025", "33015", "33017")
    ]
    areas = ECONOMIC_AREAS.load(ECONOMIC_AREAS.find(data_dir, 2004))
    assert len(areas) == 3147
    assert areas["ea"].nunique() == 179


@pytest.mark.data
def test_real_county_codes_agree_after_modernizing(data_dir: Path) -> None:
    people = POPULATION.load(POPULATION.find(data_dir, 2019))
    counties = {c for c in people["fips"] if len(c) == 5}
    assert len(counties) == 3142
    areas = ECONOMIC_AREAS.load(ECONOMIC_AREAS.find(data_dir, 2004))
    assert set(modernize(areas, "county")["county"]) == counties
    listed = COUNTY_CODES.load(COUNTY_CODES.find(data_dir, 2018))
    assert {c for c in listed["fips"] if c[:2] != "72"} == counties
    names = dict(zip(listed["fips"].str[:2], listed["state"], strict=True))
    assert names == {code: name for code, (_, name) in STATES.items()}
