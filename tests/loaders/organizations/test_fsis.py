"""Meat, poultry and egg establishments: zeros restored, size classes, other names."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusteratlas.errors import SourceError
from clusteratlas.loaders.organizations.facilities import fsis
from tests.loaders.organizations.rows import by_id, write

HEADER = (
    "establishment_id,establishment_number,establishment_name,duns_number,street,city,state,zip,"
    "grant_date,activities,dbas,district,circuit,size,latitude,longitude,county,fips_code"
)
EGG = "1,G1016,M.G. Waldbaum Company,18076351,430 Railroad Avenue ,Gaylord,MN,55334,1/28/2026"
MEAT = "2,M5+P5,Channel Fish,18-310-6657,2 C Dr,Braintree,MA,02184,10/15/2021"
PLACE = "44.55,-94.2,Sibley County,6143"


def test_establishments(tmp_path: Path) -> None:
    write(
        tmp_path / "MPI_Directory_by_Establishment_Number_2026-05.csv",
        HEADER,
        f"{EGG},Egg Product,Michael Foods; Michael Foods Inc.,25,2507,N / A,{PLACE}",
        f"{MEAT},Meat Processing; Poultry Processing,,60,6029,Large,,,,",
    )
    found = by_id(fsis.REGISTER.load(tmp_path))
    egg, meat = found["G1016"], found["M5+P5"]
    assert egg["aliases"] == "Michael Foods|Michael Foods Inc."
    assert (egg["county"], egg["identifiers"], egg["size"]) == ("06143", "duns:018076351", None)
    assert meat["field"] == "Meat Processing|Poultry Processing"
    assert (meat["size"], meat["identifiers"], meat["county"]) == (500, "duns:183106657", None)
    assert (meat["first_seen"], meat["last_seen"]) == (2021, 2026)


def test_a_new_size_class(tmp_path: Path) -> None:
    path = write(
        tmp_path / "MPI_Directory_by_Establishment_Number_2026-05.csv",
        HEADER,
        f"{EGG},Egg Product,,25,2507,Huge,{PLACE}",
    )
    with pytest.raises(SourceError, match="'Huge' is no size class"):
        fsis.SOURCE.load(path)


@pytest.mark.data
def test_real_establishments(data_dir: Path) -> None:
    records = fsis.REGISTER.load(data_dir).records
    assert len(records) == 7_185
    assert records["county"].notna().sum() == 7_081
    assert (records["size"] == 500).sum() == 515
