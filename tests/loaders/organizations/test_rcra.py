"""Hazardous waste generators: county by name, short codes as given, stores told apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusteratlas.loaders.organizations.facilities import rcra
from tests.loaders.organizations.rows import by_id, write


def test_sites(tmp_path: Path) -> None:
    write(
        tmp_path / "RCRAInfo_2017_facilities.csv",
        "FacilityID,FacilityName,City,State,Zip,County,NAICS,Address",
        "AK1,PETRO  REFINERY,VALDEZ,AK,99686,VALDEZ-CORDOVA,32411,",
        "MA1,CVS PHARMACY #1,BOSTON,MA,02111-1234,Suffolk,446110,1 A ST",
    )
    write(
        tmp_path / "FIPS.csv",
        "State,County,FIPS",
        "Alaska,Valdez-Cordova,2261",
        "Massachusetts,Suffolk,25025",
    )
    found = by_id(rcra.REGISTER.load(tmp_path))
    refinery = found["AK1"]
    assert (refinery["name"], refinery["county"]) == ("PETRO REFINERY", "02261")
    assert (refinery["naics"], refinery["naics_vintage"]) == ("32411", 2017)
    assert (refinery["street"], refinery["field"]) == (None, None)
    assert (found["MA1"]["field"], found["MA1"]["zip"]) == ("pharmacy", "02111")


@pytest.mark.data
def test_real_sites(data_dir: Path) -> None:
    records = rcra.REGISTER.load(data_dir).records
    assert len(records) == 24_986
    assert records["county"].notna().mean() > 0.99
    assert (records["field"] == "pharmacy").sum() > 6_000
