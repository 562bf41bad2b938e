"""Toxics Release Inventory: every facility, who reported in 2018, and the main code of each."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusteratlas.errors import SourceDrift
from clusteratlas.loaders.organizations.facilities import tri
from tests.loaders.organizations.rows import write

FACILITIES = (
    "TRIFID,FACILITY_NAME,STREET,CITY,COUNTYGEOID,STUSPS,ZIP_CODE,LATITUDE,LONGITUDE,ESTIMATE,"
    "TRACTGEOID,FAC_CLOSED_IND,ASGN_FEDERAL_IND,BIA_CODE,EPA_REGISTRY_ID"
)
REPORTERS = "FacilityID,FacilityName,Address,City,County,State,Zip,NAICS,Latitude,Longitude"
CODES = "TRIFID,NAICS_CODE,NAICS_SEQUENCE_NUM,PRIMARY_IND"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(
        tmp_path / "TRI_FACILITY.csv",
        FACILITIES,
        "B1,NALCO CO -  MONAHANS 438,A ST,MONAHANS,48475,TX,797560001,31.5,-102.9,False,x,1,C,,110",
        "C1,GONE CORP,2 B ST,BRISTOL,09003,CT,6010,41.6,-72.9,True,x,1,C,,",
        "D1,QUIET FORT,3 C ST,ANASCO,72011,PR,6101576,18.2,-67.1,False,x,0,F,,",
    )
    write(
        tmp_path / "TRI_2018_facilities.csv",
        REPORTERS,
        "A1,NEW PLANT LLC,9 Z ST,LEWES,SUSSEX,DE,19958,325412,38.79,-75.10",
        "B1,NALCO COMPANY - MONAHANS 0438,1 A ST,MONAHANS,WARD,TX,79756,325998,31.6,-102.8",
        "B1,NALCO COMPANY - MONAHANS 0438,1 A ST,MONAHANS,WARD,TX,79756,325211,31.6,-102.8",
    )
    write(
        tmp_path / "TRI_SUBMISSION_NAICS.csv",
        CODES,
        "B1,325998,1,1",
        "B1,325211,2,0",
        "C1,332813,2,0",
        "C1,322110,1,1",
        "D1,,1,1",
    )
    return tmp_path


def test_every_facility_once(folder: Path) -> None:
    records = tri.REGISTER.load(folder).records.set_index("id")
    assert list(records.index) == ["A1", "B1", "C1", "D1"]
    assert records["status"].tolist() == ["active", "active", "closed", "silent"]
    assert records["naics"].fillna("").tolist() == ["325412", "325998", "322110", ""]
    assert records["naics_vintage"].fillna(0).tolist() == [2017, 2017, 0, 0]
    assert records["zip"].tolist() == ["19958", "79756", "06010", "00610"]
    assert records.loc["B1", "name"] == "NALCO CO - MONAHANS 438"
    assert records.loc["B1", "aliases"] == "NALCO COMPANY - MONAHANS 0438"
    assert records["identifiers"].fillna("").tolist() == ["", "frs:110", "", ""]
    assert records.loc["D1", "kind"] == "government agency"


def test_estimated_coordinates_are_not_used(folder: Path) -> None:
    records = tri.REGISTER.load(folder).records.set_index("id")
    assert records["latitude"].fillna(0).tolist() == [38.79, 31.5, 0, 18.2]
    assert records["longitude"].isna().tolist() == [False, False, True, False]


def test_drift(folder: Path) -> None:
    path = folder / "TRI_2018_facilities.csv"
    path.write_text(path.read_text().replace("County", "CountyName"))
    with pytest.raises(SourceDrift) as caught:
        tri.REGISTER.load(folder)
    assert caught.value.undeclared == ("CountyName",)


@pytest.mark.data
def test_real_facilities(data_dir: Path) -> None:
    records = tri.REGISTER.load(data_dir).records
    assert len(records) == 60_680
    assert (records["status"] == "active").sum() == 21_547
    # Estimated coordinates are left out, the registry id stands in fewer than two thirds.
    assert records["longitude"].notna().mean() > 0.97
    assert records["identifiers"].notna().sum() == 35_725
    assert records["county"].notna().mean() > 0.99
